"""When someone speaks: Silero VAD, whose weights faster-whisper carries. What they say: Whisper, where it has weights."""

from dataclasses import dataclass
from pathlib import Path

from services.analyzer.batches import Batches
from services.analyzer.counters import Counters
from services.analyzer.device import Device, Runtime, choose
from services.analyzer.engines.base import EngineResult, Feed, Models, Spec, package_folder, report
from services.analyzer.engines.speech.recognizer import COMPUTE, PARAMETERS, Recognizer
from services.analyzer.engines.speech.transcript import Span, unjoin
from services.analyzer.engines.speech.weights import find
from services.analyzer.sampling import coverage
from services.analyzer.settings import EngineSettings
from services.analyzer.sound import FULL_HZ, GAP_S, SPEECH_HZ, Samples, SoundTrack
from shared.contracts.analysis import EngineName, SpeechSegment, VideoInfo
from shared.settings import Settings

VAD = {"min_silence_duration_ms": 300, "speech_pad_ms": 100, "threshold": 0.5, "min_speech_duration_ms": 250}
"""The library's 2 s and 400 ms merge utterances: precision .72 instead of .94 over music. Its 0 ms lets short tones through."""
WINDOW = 512
HEARING = {"vad": VAD, "window": WINDOW, "sound": [SPEECH_HZ, FULL_HZ, GAP_S]}
PACKAGES = ("faster-whisper", "onnxruntime")
NO_SOUND = "the file has no sound track"


class SpeechEngine:
    """Speech activity, and the words where there are weights for a recognizer."""

    feed = Feed.SOUND
    rate_hz = 0.0

    def __init__(self, settings: EngineSettings | None = None, models_dir: Path | None = None) -> None:
        """Finds the weights and the device; loads nothing. Raises Unavailable where one that was asked for is missing."""
        settings = settings or EngineSettings()
        found = find(settings, models_dir or Settings().models_dir)
        self._whisper: tuple[Path, Device, Batches] | None = None
        if isinstance(found, str):
            self.spec = Spec(EngineName.SPEECH, "2", PACKAGES, (_silero(),), HEARING, lacks=found)
        else:
            device = choose(EngineName.SPEECH, Runtime.CTRANSLATE2, settings)
            self._whisper = found.folder, device, Batches(EngineName.SPEECH, device, 1)
            parameters = {**HEARING, "whisper": {**PARAMETERS, "device": device, "compute": COMPUTE[device]}}
            packages = (*PACKAGES, "ctranslate2", "tokenizers")
            self.spec = Spec(EngineName.SPEECH, "2", packages, (_silero(), *found.files), parameters)
        self._models = Models(self.spec)

    def load(self) -> None:
        """Load Silero VAD (0.1 s), and Whisper where it is on (small: 1 s)."""
        self._models.get(self._load)

    def start(self, video: VideoInfo, counters: Counters) -> "SpeechSession":
        """A fresh session."""
        return SpeechSession(self.spec, video, counters, self._models.get(self._load))

    def _load(self) -> "Ears":
        from faster_whisper.vad import get_vad_model  # noqa: PLC0415 - heavy, and only where the engine runs

        get_vad_model()  # the library keeps it
        return Ears(Recognizer(*self._whisper) if self._whisper else None)


def _silero() -> Path:
    return package_folder("faster_whisper") / "assets" / "silero_vad_v6.onnx"


@dataclass(frozen=True)
class Ears:
    """The loaded models."""

    recognizer: Recognizer | None

    def speech(self, sound: Samples) -> list[Span]:
        """The stretches of speech, in seconds."""
        from faster_whisper.vad import VadOptions, get_speech_timestamps  # noqa: PLC0415

        found = get_speech_timestamps(sound, VadOptions(**VAD), sampling_rate=SPEECH_HZ)
        return [(round(s["start"] / SPEECH_HZ, 3), round(s["end"] / SPEECH_HZ, 3)) for s in found]


class SpeechSession:
    """Runs once over the whole 16 kHz track."""

    def __init__(self, spec: Spec, video: VideoInfo, counters: Counters, ears: Ears) -> None:
        self._spec, self._video, self._counters, self._ears = spec, video, counters, ears
        self._segments: tuple[SpeechSegment, ...] = ()
        self._windows: list[float] = []

    def process(self, sound: SoundTrack) -> None:
        """Find the stretches of speech, and what is said in them; a track without any never reaches the recognizer."""
        self._counters.call("speech.vad")
        ends = self._video.duration_s
        spans = [(a, min(b, ends)) for a, b in self._ears.speech(sound.speech) if min(b, ends) > a]
        self._segments = self._listened(sound.speech, spans)
        self._windows = [k * WINDOW / SPEECH_HZ for k in range(-(-len(sound.speech) // WINDOW))]

    def finish(self) -> EngineResult:
        """The segments, or the reason why there can be none."""
        seen = coverage(self._windows, self._video.duration_s)
        done = report(self._spec, seen=bool(self._segments), coverage=seen, reason=self._reason())
        return EngineResult(engine=EngineName.SPEECH, report=done, speech=self._segments)

    def _listened(self, sound: Samples, spans: list[Span]) -> tuple[SpeechSegment, ...]:
        if not spans or self._ears.recognizer is None:
            return tuple(SpeechSegment(start_s=a, end_s=b) for a, b in spans)
        self._counters.call("speech.recognizer")
        passages, language = self._ears.recognizer.listen(sound, spans)
        return unjoin(spans, passages, language)

    def _reason(self) -> str | None:
        if not self._video.has_audio:
            return NO_SOUND
        unread = sum(segment.text is None for segment in self._segments)
        if self._ears.recognizer is None or not unread:
            return None
        return f"{unread} of {len(self._segments)} stretches of speech could not be read with confidence"
