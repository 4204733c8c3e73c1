"""When someone speaks: Silero VAD, whose weights faster-whisper carries. What they say needs a recognizer with weights."""

from typing import Any

from services.analyzer.counters import Counters
from services.analyzer.engines.base import EngineResult, Feed, Models, Spec, package_folder, report
from services.analyzer.sampling import coverage
from services.analyzer.sound import SPEECH_HZ, SoundTrack
from shared.contracts.analysis import EngineName, SpeechSegment, VideoInfo

PARAMETERS = {"min_silence_duration_ms": 300, "speech_pad_ms": 100, "threshold": 0.5, "min_speech_duration_ms": 250}
"""The library's 2 s and 400 ms merge utterances: precision .72 instead of .94 over music. Its 0 ms lets short tones through."""
WINDOW = 512


class SpeechEngine:
    """Speech activity."""

    feed = Feed.SOUND
    rate_hz = 0.0

    def __init__(self) -> None:
        weights = package_folder("faster_whisper") / "assets" / "silero_vad_v6.onnx"
        packages = ("faster-whisper", "onnxruntime")
        self.spec = Spec(EngineName.SPEECH, "1", packages, (weights,), PARAMETERS)
        self._models = Models(self.spec)

    def load(self) -> None:
        """Load Silero VAD (0.1 s)."""
        self._models.get(_load)

    def start(self, video: VideoInfo, counters: Counters) -> "SpeechSession":
        """A fresh session."""
        return SpeechSession(self.spec, video, counters)


def _load() -> Any:
    from faster_whisper.vad import get_vad_model  # noqa: PLC0415 - heavy, and only where the engine runs

    return get_vad_model()


class SpeechSession:
    """Runs once over the whole 16 kHz track."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters) -> None:
        self._spec, self._video, self._counters = spec, video, counters
        self._segments: tuple[SpeechSegment, ...] = ()
        self._windows: list[float] = []

    def process(self, sound: SoundTrack) -> None:
        """Find the stretches of speech."""
        from faster_whisper.vad import VadOptions, get_speech_timestamps  # noqa: PLC0415

        self._counters.call("speech.vad")
        found = get_speech_timestamps(sound.speech, VadOptions(**PARAMETERS), sampling_rate=SPEECH_HZ)
        pairs = [(round(s["start"] / SPEECH_HZ, 3), round(s["end"] / SPEECH_HZ, 3)) for s in found]
        self._segments = tuple(SpeechSegment(start_s=a, end_s=min(b, self._video.duration_s)) for a, b in pairs if b > a)
        self._windows = [k * WINDOW / SPEECH_HZ for k in range(-(-len(sound.speech) // WINDOW))]

    def finish(self) -> EngineResult:
        """The segments, or the reason why there can be none."""
        seen = coverage(self._windows, self._video.duration_s)
        reason = None if self._video.has_audio else NO_SOUND
        done = report(self._spec, seen=bool(self._segments), coverage=seen, reason=reason)
        return EngineResult(engine=EngineName.SPEECH, report=done, speech=self._segments)


NO_SOUND = "the file has no sound track"
