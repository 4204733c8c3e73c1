"""Scores the sound: tempo, beats, onsets, loudness, music and pitch, on generated sound that went through a file."""

from pathlib import Path

import numpy as np

from bench.accuracy.clips import RATE, Sound, clicks, solid, tone, write_clip
from bench.accuracy.score import Matches, Score, Sense, match_times
from bench.accuracy.sounds import Rng, mix, music, noise, voice
from services.analyzer.analysis import analyze
from services.analyzer.engines.audio import AudioEngine
from services.analyzer.engines.pitch import fundamentals, voice_pitch
from services.analyzer.probe import probe
from services.analyzer.sound import decode_sound
from shared.contracts.analysis import Audio, EngineName
from shared.contracts.spans import Interval

ENGINE = EngineName.AUDIO.value
BEAT_S, ONSET_S, SAME_TEMPO, PART_S = 0.07, 0.05, 0.04, 8.0
"""The conventions of MIREX: 4 % for a tempo, 70 ms for a beat, 50 ms for an onset."""
KINDS: dict[str, tuple[float, Sense]] = {
    "music": (0.9, "at least"), "speech over music": (0.6, "at least"), "speech": (0.1, "at most"),
    "noise": (0.1, "at most"), "silence": (0.05, "at most"),
}  # fmt: skip
"""Kinds of sound with the target for the share that is called music."""


def score(folder: Path, seeds: range) -> list[Score]:
    """Every measure on `len(seeds)` clips."""
    lines = _rhythm(folder, seeds)
    lines += _clicks(folder, seeds)
    lines += _loudness(folder, seeds)
    lines += _music(folder, seeds)
    return lines + _pitch(folder, seeds)


def _heard(folder: Path, sound: Sound) -> Audio:
    audio = analyze(_file(folder, sound), engines=[AudioEngine()]).audio
    if audio is None:
        raise RuntimeError("a clip that was made with sound has none")
    return audio


def _file(folder: Path, sound: Sound) -> Path:
    picture = solid((40, 40, 40), width=32, height=32)
    return write_clip(folder / "sound.mp4", [picture] * max(1, round(len(sound) / RATE * 30)), sound=sound)


def _rhythm(folder: Path, seeds: range) -> list[Score]:
    """Music, every other piece beneath a voice 6 dB louder."""
    same = octave = 0
    found = Matches()
    for seed in seeds:
        rng = np.random.default_rng([seed, 1])
        piece = music(rng, 20.0)
        sound = mix((piece.sound, -6), (voice(rng, 20.0, 140)[0], 0)) if seed % 2 else piece.sound
        audio = _heard(folder, sound)
        ratios = [abs((audio.tempo_bpm or 0.0) * k / piece.bpm - 1) for k in (1, 2, 0.5, 3, 1 / 3)]
        same, octave = same + (ratios[0] < SAME_TEMPO), octave + (min(ratios) < SAME_TEMPO)
        found += match_times(audio.beats_s or (), piece.beats_s, BEAT_S)
    return [
        Score.share(ENGINE, "music", "tempo within 4 %", same, len(seeds)),
        Score.share(ENGINE, "music", "or half, double, triple", octave, len(seeds), target=0.9),
        *found.scores(ENGINE, "music: beats"),
    ]


def _clicks(folder: Path, seeds: range) -> list[Score]:
    errors: list[float] = []
    found = Matches()
    for seed in seeds:
        bpm = float(np.random.default_rng([seed, 2]).uniform(80, 160))
        audio = _heard(folder, clicks(bpm, 12.0))
        errors.append(abs((audio.tempo_bpm or 0.0) / bpm - 1))
        found += match_times(audio.onsets_s, np.arange(0.25, 11.9, 60 / bpm).tolist(), ONSET_S)
    return [
        Score(ENGINE, "clicks", "median tempo error", float(np.median(errors)), len(errors), target=0.01, sense="at most"),
        *found.scores(ENGINE, "clicks: onsets", f1=0.97),
    ]


def _loudness(folder: Path, seeds: range) -> list[Score]:
    """Sines of 997 Hz in one channel, whose loudness is their level by definition."""
    worst = 0.0
    for seed in seeds:
        level = float(np.random.default_rng([seed, 3]).uniform(-40, -6))
        found = _heard(folder, tone(997, 5.0, level)).integrated_lufs
        worst = max(worst, abs((found if found is not None else 0.0) - level))
    return [Score(ENGINE, "sines", "largest loudness error (LU)", worst, len(seeds), target=0.2, sense="at most")]


def _music(folder: Path, seeds: range) -> list[Score]:
    """Tracks of 40 s, 8 s of each kind in random order: which share of each is called music."""
    shares: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for seed in seeds:
        rng = np.random.default_rng([seed, 4])
        order = [str(kind) for kind in rng.permutation(list(KINDS))]
        bed = music(rng, PART_S * len(order)).sound
        parts = [
            _part(rng, kind, bed[round(k * PART_S * RATE) : round((k + 1) * PART_S * RATE)]) for k, kind in enumerate(order)
        ]
        found = _heard(folder, np.concatenate(parts)).music or ()
        for k, kind in enumerate(order):
            shares[kind].append(_share(found, k * PART_S, (k + 1) * PART_S))
    return [
        Score(ENGINE, kind, "share called music", float(np.mean(shares[kind])), len(seeds), target=target, sense=sense)
        for kind, (target, sense) in KINDS.items()
    ]


def _part(rng: Rng, kind: str, bed: Sound) -> Sound:
    if kind == "music":
        return bed
    if kind == "noise":
        return noise(rng, PART_S)
    if kind == "silence":
        return np.zeros_like(bed)
    spoken = voice(rng, PART_S, float(rng.uniform(90, 250)))[0]
    return spoken if kind == "speech" else mix((spoken, 0), (bed, -8))


def _share(found: tuple[Interval, ...], start_s: float, end_s: float) -> float:
    return sum(max(0.0, min(f.end_s, end_s) - max(f.start_s, start_s)) for f in found) / (end_s - start_s)


def _pitch(folder: Path, seeds: range) -> list[Score]:
    """Babbles of known pitch alone, and over music 6 dB below; all of each counts as speech."""
    lines: list[Score] = []
    for where, under_db in (("voice alone", None), ("voice over music", -6.0)):
        errors: list[float] = []
        for seed in seeds:
            rng = np.random.default_rng([seed, 5])
            spoken, truth = voice(rng, 8.0, float(rng.uniform(85, 260)))
            sound = spoken if under_db is None else mix((spoken, 0), (music(rng, 8.0).sound, under_db))
            track = decode_sound(probe(_file(folder, sound)))
            found = voice_pitch(fundamentals(track.speech), [Interval(start_s=0, end_s=8)])
            if found is not None:
                errors.append(abs(found.median_hz / float(np.median(truth[truth > 0])) - 1))
        value = float(np.median(errors)) if errors else None
        lines.append(Score(ENGINE, where, "median error of the median pitch", value, len(errors), target=0.05, sense="at most"))
    return lines
