"""Synthetic speech: long enough to be speech, the same every time, and heard as speech by the detector."""

import numpy as np
import pytest
from faster_whisper import vad
from scipy.signal import resample_poly

from samples.sound import SOUND_RATE_HZ, Music, Speech, mix
from samples.voice import SPEECH_RATE_HZ, Utterance, speak_all
from shared.errors import Unavailable

TEXT = "Here is how I make iced tea in the evening."


def test_the_same_list_gives_the_same_samples_and_sounds_like_its_length() -> None:
    wanted = [Utterance(TEXT), Utterance(TEXT, words_per_minute=195), Utterance(TEXT, voice="en-us+f3", pitch=60)]
    first, again = speak_all(wanted), speak_all(wanted)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert 1.5 < len(first[0]) / SPEECH_RATE_HZ < 5
    assert len(first[1]) < len(first[0])
    assert all(np.abs(samples).max() > 0.2 for samples in first)


def test_no_sentences_need_no_library() -> None:
    assert speak_all([]) == []


def test_an_unknown_voice_is_one_sentence() -> None:
    with pytest.raises(Unavailable, match="no voice xx-nobody"):
        speak_all([Utterance(TEXT, voice="xx-nobody")])


def test_the_speech_detector_hears_the_sentence_over_music_where_it_is() -> None:
    [spoken] = speak_all([Utterance(TEXT)])
    speech = Speech(2.0, spoken)
    track = mix(7.0, Music(tempo_bpm=120, level_db=-24, start_s=0.0, end_s=7.0, seed=1), [speech])
    heard = resample_poly(track.astype(np.float32) / 32768, 16_000, SOUND_RATE_HZ).astype(np.float32)
    options = vad.VadOptions(min_silence_duration_ms=300, speech_pad_ms=100)
    found = [(part["start"] / 16_000, part["end"] / 16_000) for part in vad.get_speech_timestamps(heard, options)]
    assert found[0][0] == pytest.approx(2.0, abs=0.3)
    assert found[-1][1] == pytest.approx(speech.end_s, abs=0.4)


def test_a_track_is_exactly_as_long_as_asked_and_silent_without_sources() -> None:
    track = mix(2.5, None, ())
    assert track.shape == (round(2.5 * SOUND_RATE_HZ),)
    assert not track.any()
