"""faster-whisper behind one function: stretches of speech in, passages with words out, the same ones every time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from services.analyzer.batches import Batches
from services.analyzer.device import Device
from services.analyzer.engines.speech.transcript import MAX_COMPRESSION, MIN_LOG_PROBABILITY, MIN_WORD_S, Passage, RawWord, Span
from services.analyzer.sound import SPEECH_HZ, Samples
from shared.errors import RumiError, Unavailable

THREADS = 2
"""Fixed: the number of threads decides in which order floats are summed."""
COMPUTE = {Device.CPU: "int8", Device.CUDA: "float16"}
DECODING = {
    "task": "transcribe", "beam_size": 5, "temperature": 0.0, "condition_on_previous_text": False, "word_timestamps": True,
    "no_speech_threshold": 0.6, "log_prob_threshold": -1.0, "compression_ratio_threshold": 2.4,
}  # fmt: skip
"""One temperature: the higher ones draw at random. Without the text before as a prompt, one invented sentence can't repeat."""
MIN_LANGUAGE_PROBABILITY = 0.5
PARAMETERS = {
    **DECODING, "threads": THREADS, "min_language_probability": MIN_LANGUAGE_PROBABILITY, "min_word_s": MIN_WORD_S,
    "reliable": [MIN_LOG_PROBABILITY, MAX_COMPRESSION],
}  # fmt: skip
_NO_LIBRARY = "not found or cannot be loaded"
"""CTranslate2's words for a library of CUDA that is not there: "Library libcublas.so.12 is not found or cannot be loaded"."""
_OTHER_CODES = {"jw": "jv"}
"""Whisper's code for Javanese is not that of ISO 639-1."""


class Recognizer:
    """A loaded model."""

    def __init__(self, folder: Path, device: Device, batches: Batches) -> None:
        """Load it. Raises Unavailable for files that are no multilingual Whisper model, and what `batches` raises."""
        from faster_whisper import WhisperModel  # noqa: PLC0415 - 0.3 s

        options = {"device": device.value, "compute_type": COMPUTE[device], "cpu_threads": THREADS, "local_files_only": True}
        self._batches, self._device = batches, device
        try:
            self._model: Any = batches.once(lambda: WhisperModel(str(folder), **options))
        except (RumiError, MemoryError):
            raise
        except Exception as error:
            raise Unavailable(f"The Whisper model in {folder} can't be loaded ({_first_line(error)}): get it again.") from error
        if not self._model.model.is_multilingual:
            raise Unavailable(f"The Whisper model in {folder} knows only English: take one without .en in its name.")

    def listen(self, sound: Samples, spans: Sequence[Span]) -> tuple[tuple[Passage, ...], str | None]:
        """What is said in the spans (seconds; never empty) of a 16 kHz track, and its language where that is clear (ISO 639-1).

        Raises what `batches` raises, and Unavailable where CUDA lacks a library: CTranslate2 loads them when it first computes.
        Times run over the spans joined end to end. Whisper hears nothing else: over music alone it invents text.
        """
        joined = np.concatenate([sound[round(a * SPEECH_HZ) : round(b * SPEECH_HZ)] for a, b in spans])
        try:
            passages, facts = self._batches.once(lambda: self._transcribe(joined))
        finally:
            if self._device is Device.CUDA:  # between videos the GPU's memory belongs to others; the next one loads from memory
                self._model.model.unload_model(to_cpu=True)
        clear = facts.language_probability >= MIN_LANGUAGE_PROBABILITY
        return passages, _OTHER_CODES.get(facts.language, facts.language) if clear else None

    def _transcribe(self, sound: Samples) -> tuple[tuple[Passage, ...], Any]:
        if not self._model.model.model_is_loaded:
            self._model.model.load_model()
        try:
            heard, facts = self._model.transcribe(sound, **DECODING)
            return tuple(_passage(segment) for segment in heard), facts  # the decoding happens while they are drawn
        except RuntimeError as error:
            if _NO_LIBRARY not in str(error):
                raise
            raise Unavailable(
                f"CTranslate2 can't start CUDA for the speech engine ({_first_line(error)}): install cuBLAS and cuDNN, "
                "or set RUMIAI_DEVICE=cpu."
            ) from error


def _passage(segment: Any) -> Passage:
    words = tuple(RawWord(float(w.start), float(w.end), str(w.word), float(w.probability)) for w in segment.words or ())
    return Passage(
        float(segment.start), float(segment.end), float(segment.avg_logprob), float(segment.compression_ratio), words
    )


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
