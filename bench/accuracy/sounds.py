"""Sound with known beats, pitch and kind: music from drums, bass and chords, voices from pulses and formants, noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, sosfilt

from bench.accuracy.clips import RATE, Sound

Rng = np.random.Generator
Wave = NDArray[np.float64]
PATTERNS = {
    "four on the floor": ("x.x.x.x.", "....x.......x...", "..x...x...x...x."),
    "rock": ("x.......x.......", "....x.......x...", "x.x.x.x.x.x.x.x."),
    "trap": ("x.....x...x.....", "........x.......", "x.xxx.x.x.x.xxx."),
    "reggaeton": ("x...x...x...x...", "...x..x....x..x.", "x.x.x.x.x.x.x.x."),
}  # fmt: skip
"""Kick, snare and hat on sixteenths of a bar; a shorter line repeats."""
FORMANTS_HZ = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410))
"""Of five vowels (Peterson and Barney 1952, men)."""


@dataclass(frozen=True)
class Piece:
    """Music: mono samples in -1..1 at RATE, its tempo, and the times of its beats (quarters)."""

    sound: Sound
    bpm: float
    beats_s: tuple[float, ...]


def music(rng: Rng, seconds: float, *, drums: bool = True, bpm: float | None = None) -> Piece:
    """A piece of 70 to 180 beats a minute, chords and bass beneath one of four drum patterns."""
    bpm = float(rng.uniform(70, 180)) if bpm is None else bpm
    beat, first = 60 / bpm, float(rng.uniform(0, 0.5))
    track = 0.25 * _chords(rng, seconds, 4 * beat, first)
    track += 0.3 * _bass(rng, seconds, beat, first)
    if drums:
        kick, snare, hat = PATTERNS[str(rng.choice(list(PATTERNS)))]
        for line, hit, gain in (
            (kick, _kick(), 0.8),
            (snare, _burst(rng, 0.12, 1000), 0.5),
            (hat, _burst(rng, 0.04, 6000), 0.2),
        ):
            for k in range(int((seconds - first) / beat * 4)):
                if line[k % len(line)] == "x":
                    _add(track, gain * rng.uniform(0.8, 1.0) * hit, first + k * beat / 4 + rng.normal(0, 0.003))
    beats = tuple(first + k * beat for k in range(int((seconds - first) / beat) + 1) if first + k * beat < seconds - 0.05)
    return Piece(_levelled(track, -18), bpm, beats)


def voice(rng: Rng, seconds: float, f0: float) -> tuple[Sound, Wave]:
    """A voice-like babble of syllables and pauses around `f0`, and the fundamental per millisecond (0 where unvoiced)."""
    steps = int(seconds * 1000)
    pitch = np.zeros(steps)
    track = np.zeros(round(seconds * RATE))
    at = 0.15
    while at < seconds - 0.4:
        length, sort = rng.uniform(0.12, 0.35), rng.random()
        if sort < 0.25:
            _add(track, 0.15 * _burst(rng, rng.uniform(0.05, 0.12), 3500), at)
            at += 0.1
        curve = f0 * 2 ** (rng.uniform(-0.3, 0.3) + np.linspace(0, rng.uniform(-0.25, 0.1), int(length * 1000)))
        end = min(steps, int(at * 1000) + len(curve))
        pitch[int(at * 1000) : end] = curve[: end - int(at * 1000)]
        _add(track, _vowel(rng, curve), at)
        at += length + (rng.uniform(0.3, 0.8) if rng.random() < 0.12 else rng.uniform(0.0, 0.08))
    return _levelled(track, -20), pitch


def noise(rng: Rng, seconds: float) -> Sound:
    """White, pink or low rumbling noise that swells slowly."""
    white = rng.standard_normal(round(seconds * RATE))
    sort = int(rng.integers(3))
    shaped = (
        white
        if sort == 0
        else lfilter([0.05], [1, -0.95], white)
        if sort == 1
        else sosfilt(butter(2, 400, fs=RATE, output="sos"), white)
    )
    swell = 0.6 + 0.4 * np.sin(np.arange(len(white)) / RATE * rng.uniform(0.5, 2))
    return _levelled(shaped * swell, -24)


def mix(*parts: tuple[Sound, float]) -> Sound:
    """Sounds of one length with gains in dB, kept from clipping."""
    total = sum(sound * 10 ** (gain / 20) for sound, gain in parts)
    return np.asarray(total / max(1.0, float(np.abs(total).max()) / 0.98), np.float32)


def _vowel(rng: Rng, pitch: Wave) -> Wave:
    """Pulses at the given fundamental (per millisecond) through three formants."""
    fine = np.interp(np.arange(len(pitch) * RATE // 1000) / RATE * 1000, np.arange(len(pitch)), pitch)
    phase = np.cumsum(fine / RATE)
    pulses = np.diff(np.floor(phase), prepend=0.0)
    source = lfilter([1.0], [1, -0.97], pulses) + 0.01 * rng.standard_normal(len(pulses))
    scale = rng.uniform(1.0, 1.2)
    for hz in FORMANTS_HZ[int(rng.integers(len(FORMANTS_HZ)))]:
        radius, angle = np.exp(-np.pi * 90 / RATE), 2 * np.pi * hz * scale / RATE
        source = lfilter([1 - radius], [1, -2 * radius * np.cos(angle), radius**2], source)
    shaped = source * np.hanning(len(source)) ** 0.3
    return np.asarray(shaped / max(1e-9, float(np.abs(shaped).max())))


def _chords(rng: Rng, seconds: float, length: float, first: float) -> Wave:
    """A minor or major chord per bar with a few harmonics, plucked or held."""
    out = np.zeros(round(seconds * RATE))
    root, held = rng.uniform(130, 260), rng.random() < 0.5
    for bar in range(-1, int(seconds / length) + 1):
        base = root * 2 ** (float(rng.choice([0, 3, 5, 7, 8, 10])) / 12)
        t = np.arange(round(length * RATE)) / RATE
        tones = [base * 2 ** (step / 12) for step in (0, int(rng.choice([3, 4])), 7)]
        wave = sum(np.sin(2 * np.pi * hz * n * t) / n**1.5 for hz in tones for n in range(1, 6))
        _add(out, wave * (np.hanning(len(t)) ** 0.2 if held else np.exp(-t * 3)), first + bar * length)
    return out / 4


def _bass(rng: Rng, seconds: float, beat: float, first: float) -> Wave:
    """Notes on quarters, eighths, once a bar, or off the beat."""
    out = np.zeros(round(seconds * RATE))
    root = rng.uniform(45, 80)
    ways = ((beat, 0.0), (beat / 2, 0.0), (4 * beat, 0.0), (beat, beat / 2))
    step, offset = ways[int(rng.choice(4, p=(0.4, 0.3, 0.2, 0.1)))]
    for k in range(int((seconds - first) / step)):
        t = np.arange(round(min(step, 2 * beat) * RATE)) / RATE
        hz = root * 2 ** (float(rng.choice([0, 0, 0, 5, 7])) / 12)
        _add(out, (np.sin(2 * np.pi * hz * t) + 0.3 * np.sin(4 * np.pi * hz * t)) * np.exp(-t * 4), first + offset + k * step)
    return out


def _kick() -> Wave:
    t = np.arange(round(0.25 * RATE)) / RATE
    return np.asarray(np.sin(2 * np.pi * (50 * t + 8 * (1 - np.exp(-t * 30)))) * np.exp(-t * 14))


def _burst(rng: Rng, seconds: float, above_hz: float) -> Wave:
    """A short hiss above a frequency: a snare, a hat, a consonant."""
    white = rng.standard_normal(round(seconds * RATE))
    high = sosfilt(butter(2, above_hz, "highpass", fs=RATE, output="sos"), white)
    return np.asarray(high * np.exp(-np.arange(len(white)) / RATE * 4 / seconds) / 3)


def _add(track: Wave, part: Wave, at_s: float) -> None:
    start = round(at_s * RATE)
    part = part[max(0, -start) :]
    start = max(0, start)
    room = track[start : start + len(part)]
    room += part[: len(room)]


def _levelled(track: Wave, level_db: float) -> Sound:
    """Scaled to an RMS level, or lower where it would clip."""
    gain = 10 ** (level_db / 20) / max(1e-9, float(np.sqrt(np.mean(track**2))))
    return np.asarray(track * min(gain, 0.98 / max(1e-9, float(np.abs(track).max()))), np.float32)
