"""Where music plays and how high a voice is, on sound whose kind and pitch are known."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.signal import resample_poly

from bench.accuracy.sounds import mix, music, noise, voice
from services.analyzer.engines.audio import measure
from services.analyzer.engines.pitch import HOP_S, fundamentals, voice_pitch
from services.analyzer.sound import FULL_HZ, Samples, SoundTrack
from shared.contracts.spans import Interval
from tests.analyzer.clips import solid, tone, write_clip


def _track(sound: Samples) -> SoundTrack:
    return SoundTrack(_low(sound), sound[:, None], len(sound) / FULL_HZ)


def _low(sound: Samples) -> Samples:
    return resample_poly(sound, 1, 3).astype(np.float32)


def _share(found: Sequence[Interval], start_s: float, end_s: float) -> float:
    return sum(max(0.0, min(f.end_s, end_s) - max(f.start_s, start_s)) for f in found) / (end_s - start_s)


@pytest.mark.parametrize("seed", range(3))
def test_music_is_found_alone_and_beneath_speech(seed: int) -> None:
    rng = np.random.default_rng(seed)
    piece, spoken = music(rng, 24.0).sound, voice(rng, 12.0, 140)[0]
    whole = np.concatenate(
        [np.zeros(FULL_HZ * 4, np.float32), piece[: FULL_HZ * 12], mix((piece[FULL_HZ * 12 :], -6), (spoken, 0))]
    )
    found = measure(_track(whole)).music
    assert _share(found, 0, 3.5) == 0
    assert _share(found, 5, 16) > 0.9
    assert _share(found, 16, 27) > 0.6


@pytest.mark.parametrize("seed", range(3))
def test_neither_speech_nor_noise_nor_silence_is_music(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for sound in (voice(rng, 12.0, 180)[0], noise(rng, 12.0), np.zeros(FULL_HZ * 6, np.float32)):
        assert _share(measure(_track(sound)).music, 0, len(sound) / FULL_HZ) < 0.1


@pytest.mark.parametrize("hz", [70, 110, 220, 390])
def test_the_fundamental_of_a_sound_with_harmonics_is_found(hz: int) -> None:
    sound = sum(tone(hz * k, 1.0, -20 - 3 * k) for k in range(1, 6))
    found = fundamentals(_low(sound))
    assert len(found) == 50
    assert found[5:45] == pytest.approx([hz] * 40, rel=0.01)
    assert set(fundamentals(np.zeros(16_000, np.float32))) == {0.0}


@pytest.mark.parametrize("f0", [95.0, 150.0, 240.0])
@pytest.mark.parametrize("under_db", [None, -10.0])
def test_a_voice_s_pitch_is_measured_beside_quiet_music_too(f0: float, under_db: float | None) -> None:
    rng = np.random.default_rng(round(f0))
    spoken, truth = voice(rng, 10.0, f0)
    sound = spoken if under_db is None else mix((spoken, 0), (music(rng, 10.0).sound, under_db))
    measured = voice_pitch(fundamentals(_low(sound)), [Interval(start_s=0, end_s=10)])
    voiced = truth[truth > 0]
    tolerance = 0.02 if under_db is None else 0.08
    assert measured.median_hz == pytest.approx(np.median(voiced), rel=tolerance)
    assert measured.low_hz < measured.median_hz < measured.high_hz
    assert measured.voiced_s == pytest.approx(len(voiced) / 1000, rel=0.25)


def test_only_what_is_speech_counts() -> None:
    hz = [100.0] * 100 + [300.0] * 100
    assert voice_pitch(hz, [Interval(start_s=0, end_s=100 * HOP_S)]).high_hz == 100
    assert voice_pitch(hz, []) is None
    assert voice_pitch(hz, None) is None
    assert voice_pitch(None, [Interval(start_s=0, end_s=2)]) is None
    assert voice_pitch(hz, [Interval(start_s=0, end_s=0.4)]) is None


def test_music_alone_has_no_voice_and_the_analysis_holds_no_curve_of_it(tmp_path: Path, watch: Callable[..., Any]) -> None:
    piece = music(np.random.default_rng(3), 6.0).sound
    clip = write_clip(tmp_path / "v.mp4", [solid((9, 9, 9), width=32, height=32)] * 60, fps=10, sound=piece)
    analysis, _ = watch(clip, "audio", "speech")
    assert analysis.audio.pitch is None
    assert analysis.audio.music
    assert b"fundamentals" not in analysis.to_bytes()
