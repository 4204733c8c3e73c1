"""The sound track: loudness, levels, brightness, silences, onsets and tempo against known signals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.accuracy.sounds import music, noise, voice
from services.analyzer.engines.audio import centroids_hz, levels_db, measure, silences
from services.analyzer.engines.rhythm import novelty, onsets
from services.analyzer.sound import FULL_HZ, SPEECH_HZ, SoundTrack
from tests.analyzer.clips import clicks, texture, tone, write_clip


def _track(sound: np.ndarray[Any, np.dtype[np.float32]]) -> SoundTrack:
    return SoundTrack(sound[:: FULL_HZ // SPEECH_HZ].copy(), sound.reshape(len(sound), -1), len(sound) / FULL_HZ)


@pytest.mark.parametrize("level", [-6.0, -20.0, -40.0])
def test_the_level_of_a_sine_is_its_rms(level: float) -> None:
    assert levels_db(tone(1000, 1.0, level), 0.25) == pytest.approx([level] * 4, abs=0.05)


def test_brightness_is_the_frequency_of_a_sine_and_zero_in_silence() -> None:
    sound = np.concatenate([tone(2000, 0.5), np.zeros(FULL_HZ // 2, np.float32)])
    assert centroids_hz(sound, levels_db(sound, 0.25)) == pytest.approx([2000, 2000, 0, 0], rel=0.02)


def test_silences_are_intervals_with_true_ends() -> None:
    sound = np.concatenate([tone(500, 1.0), np.zeros(FULL_HZ, np.float32), tone(500, 0.5), np.zeros(FULL_HZ // 5, np.float32)])
    assert [(s.start_s, s.end_s) for s in silences(sound, 2.7)] == [(1.0, 2.0)], "0.2 s at the end are too short to be one"


@pytest.mark.parametrize("bpm", [75, 96, 120, 150])
def test_tempo_onsets_and_beats_of_a_click_track(bpm: int) -> None:
    audio = measure(_track(clicks(bpm, 12.0)))
    truth = np.arange(0.25, 11.9, 60 / bpm)
    assert audio.onsets_s == pytest.approx(truth, abs=0.03)
    assert audio.tempo_bpm == pytest.approx(bpm, rel=0.01)
    assert audio.beats_s == pytest.approx(truth, abs=0.03)


@pytest.mark.parametrize("seed", range(3))
def test_beats_go_on_where_the_music_rests(seed: int) -> None:
    piece = music(np.random.default_rng(seed), 16.0, bpm=120)
    sound = piece.sound.copy()
    sound[round(6 * FULL_HZ) : round(7 * FULL_HZ)] = 0
    found = measure(_track(sound)).beats_s
    assert np.diff(found) == pytest.approx([0.5] * (len(found) - 1), abs=0.1)


def test_no_tempo_without_a_beat() -> None:
    rng = np.random.default_rng(1)
    for sound in (noise(rng, 8.0), voice(rng, 12.0, 150)[0], np.zeros(8 * FULL_HZ, np.float32)):
        audio = measure(_track(sound))
        assert (audio.tempo_bpm, audio.beats_s) == (None, None)
    assert onsets(novelty(np.zeros(2, np.float32)).full) == []


def test_digital_silence_is_measured_as_such() -> None:
    audio = measure(_track(np.zeros(2 * FULL_HZ, np.float32)))
    assert set(audio.level_db) == {-90.0}
    assert audio.integrated_lufs is None
    assert [(s.start_s, s.end_s) for s in audio.silences] == [(0.0, 2.0)]


@given(st.integers(1, FULL_HZ), st.integers(1, 2))
def test_a_track_of_any_length_can_be_measured(samples: int, channels: int) -> None:
    full = np.random.default_rng(samples).uniform(-0.1, 0.1, (samples, channels)).astype(np.float32)
    audio = measure(SoundTrack(full[::3, 0].copy(), full, samples / FULL_HZ))
    assert len(audio.level_db) == len(audio.brightness_hz) == -(-samples // (FULL_HZ // 4))
    assert all(-90 <= level <= 0 for level in audio.level_db)


def test_curves_cover_the_video(tmp_path: Path, watch: Callable[..., Any]) -> None:
    path = write_clip(tmp_path / "v.mp4", [texture(1)] * 70, sound=tone(440, 1.5))
    analysis, _ = watch(path, "audio", "speech")
    assert len(analysis.audio.level_db) == len(analysis.audio.brightness_hz) == 10
    assert analysis.audio.level_db[2] == pytest.approx(-20, abs=0.5)
    assert analysis.audio.level_db[-1] == -90
    assert analysis.engines["audio"].coverage.last_s == 2.25
    assert analysis.engines["speech"].status == "empty"
    assert analysis.speech == ()


def test_short_tones_are_no_speech(tmp_path: Path, watch: Callable[..., Any]) -> None:
    quiet = np.zeros(FULL_HZ // 2, np.float32)
    beeps = np.concatenate([part for hz in (220, 330, 440, 660) for part in (tone(hz, 0.3, -12), quiet)])
    analysis, _ = watch(write_clip(tmp_path / "v.mp4", [texture(1)] * 96, sound=beeps), "speech")
    assert analysis.speech == ()


def test_without_a_sound_track_both_engines_say_so(tmp_path: Path, watch: Callable[..., Any]) -> None:
    analysis, counters = watch(write_clip(tmp_path / "v.mp4", [texture(1)] * 10), "audio", "speech")
    for name in ("audio", "speech"):
        assert analysis.engines[name].status == "empty"
        assert analysis.engines[name].reason == "the file has no sound track"
        assert analysis.engines[name].coverage is None
    assert (analysis.audio, analysis.speech) == (None, ())
    assert counters.frames_decoded == 0, "no picture is wanted, so none is decoded"
