"""The sound track: loudness, level, brightness, onsets, tempo, beats, silences, music and fundamental frequency."""

import numpy as np

from services.analyzer.counters import Counters
from services.analyzer.engines import music, pitch, rhythm
from services.analyzer.engines.base import EngineResult, Feed, Spec, report
from services.analyzer.engines.loudness import PARAMETERS as LOUDNESS
from services.analyzer.engines.loudness import loudness
from services.analyzer.engines.pitch import fundamentals
from services.analyzer.engines.rhythm import beats, novelty, onsets, tempo
from services.analyzer.engines.speech import NO_SOUND
from services.analyzer.sampling import coverage
from services.analyzer.sound import FULL_HZ, GAP_S, SPEECH_HZ, Samples, SoundTrack
from shared.contracts.analysis import Audio, EngineName, VideoInfo
from shared.contracts.spans import Interval

STEP_S, FLOOR_DB = 0.25, -90.0
SILENCE_DB, SILENCE_STEP_S, SILENCE_S = -50.0, 0.05, 0.3
PARAMETERS = {
    "sound": [SPEECH_HZ, FULL_HZ, GAP_S], "floor_db": FLOOR_DB, "loudness": LOUDNESS,
    "step_s": STEP_S, "silence_db": SILENCE_DB, "silence_step_s": SILENCE_STEP_S, "silence_s": SILENCE_S,
    "rhythm": rhythm.PARAMETERS, "music": music.PARAMETERS, "pitch": pitch.PARAMETERS,
}  # fmt: skip


class AudioEngine:
    """Measures the sound track; no model."""

    spec = Spec(EngineName.AUDIO, "2", packages=("scipy",), parameters=PARAMETERS)
    feed = Feed.SOUND
    rate_hz = 0.0

    def load(self) -> None:
        """Nothing to load."""

    def start(self, video: VideoInfo, counters: Counters) -> "AudioSession":
        """A fresh session."""
        return AudioSession(self.spec, video, counters)


class AudioSession:
    """Runs once over the whole track."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters) -> None:
        self._spec, self._video, self._counters = spec, video, counters
        self._audio: Audio | None = None
        self._fundamentals: tuple[float, ...] | None = None

    def process(self, sound: SoundTrack) -> None:
        """Measure the track."""
        self._counters.call("audio.track")
        self._audio = measure(sound)
        self._fundamentals = fundamentals(sound.speech)

    def finish(self) -> EngineResult:
        """The curves; None without a sound track."""
        steps = [] if self._audio is None else [k * STEP_S for k in range(len(self._audio.level_db))]
        reason = None if self._video.has_audio else NO_SOUND
        done = report(self._spec, seen=self._audio is not None, coverage=coverage(steps, self._video.duration_s), reason=reason)
        return EngineResult(engine=EngineName.AUDIO, report=done, audio=self._audio, fundamentals_hz=self._fundamentals)


def measure(sound: SoundTrack) -> Audio:
    """All curves and events of one track; the voice's pitch waits for what the speech engine hears."""
    mono = sound.full.mean(axis=1)
    level, loud, change = levels_db(mono, STEP_S), loudness(sound.full, STEP_S), novelty(sound.speech)
    bpm, quiet = tempo(change.beat), silences(mono, sound.duration_s)
    return Audio(
        step_s=STEP_S, level_db=tuple(level), brightness_hz=tuple(centroids_hz(mono, level)),
        integrated_lufs=loud.integrated, momentary_lufs=loud.momentary, loudness_range_lu=loud.range_lu,
        tempo_bpm=bpm, beats_s=None if bpm is None else _within(beats(change.beat, bpm), sound),
        onsets_s=_within(onsets(change.full), sound), silences=quiet,
        music=music.stretches(sound.speech, change.beat, quiet, sound.duration_s),
    )  # fmt: skip


def _within(times_s: list[float], sound: SoundTrack) -> tuple[float, ...]:
    return tuple(t for t in times_s if t < sound.duration_s)


def levels_db(mono: Samples, step_s: float) -> list[float]:
    """RMS in dBFS per step of `step_s`; the last step may be shorter."""
    size = round(step_s * FULL_HZ)
    parts = [mono[k : k + size] for k in range(0, len(mono), size)]
    power = [float(np.mean(np.square(part, dtype=np.float64))) for part in parts]
    return [round(max(FLOOR_DB, 10 * np.log10(p)), 2) if p > 0 else FLOOR_DB for p in power]


def centroids_hz(mono: Samples, level_db: list[float]) -> list[float]:
    """Spectral centroid per step, weighted by magnitude; 0 where the step is at or below the silence level."""
    size = round(STEP_S * FULL_HZ)
    found = []
    for k, level in enumerate(level_db):
        part = mono[k * size : (k + 1) * size]
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
        total = float(spectrum.sum())
        silent = level <= SILENCE_DB or total == 0
        frequencies = np.fft.rfftfreq(len(part), 1 / FULL_HZ)
        found.append(0.0 if silent else round(float((spectrum * frequencies).sum()) / total, 1))
    return found


def silences(mono: Samples, duration_s: float) -> tuple[Interval, ...]:
    """Stretches of at least 0.3 s at or below -50 dBFS, on a grid of 0.05 s."""
    quiet = [level <= SILENCE_DB for level in levels_db(mono, SILENCE_STEP_S)]
    edges = np.flatnonzero(np.diff(np.array([False, *quiet, False]).astype(np.int8)))
    pairs = [(round(a * SILENCE_STEP_S, 3), round(min(b * SILENCE_STEP_S, duration_s), 3)) for a, b in edges.reshape(-1, 2)]
    return tuple(Interval(start_s=a, end_s=b) for a, b in pairs if b - a >= SILENCE_S - 1e-9)
