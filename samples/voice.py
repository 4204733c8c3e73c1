"""Synthetic speech from the espeak-ng library that the espeakng-loader wheel carries."""

import ctypes
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from shared.errors import Unavailable

SPEECH_RATE_HZ = 22050
_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples go to the callback, espeak_Synth returns when all are out
_DONT_EXIT = 0x8000
_UTF8 = 1
_SEED = 1
_WORDS_PER_MINUTE, _PITCH = 1, 3
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Utterance:
    """One sentence to be spoken; rate in words per minute (80..450), pitch 0..99."""

    text: str
    voice: str = "en-us"
    words_per_minute: int = 165
    pitch: int = 50


def speak_all(utterances: Sequence[Utterance]) -> list[Samples]:
    """The sentences as mono float32 in -1..1 at 22050 Hz, quiet ends cut off. Raises Unavailable without the library.

    They are spoken one after the other by a fresh process: the library keeps state between sentences that its own seed
    does not reset, so only the same list in a new process gives the same samples.
    """
    if not utterances:
        return []
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_speak_in_order, tuple(utterances)).result()


def _speak_in_order(utterances: tuple[Utterance, ...]) -> list[Samples]:
    library = _open_library()
    chunks: list[npt.NDArray[np.int16]] = []

    def collect(wave: Any, count: int, _events: Any) -> int:
        if wave and count > 0:
            chunks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        return 0

    callback = _CALLBACK(collect)  # kept alive by this frame as long as the library may call it
    library.espeak_SetSynthCallback(callback)
    spoken = []
    for utterance in utterances:
        chunks.clear()
        _speak(library, utterance)
        spoken.append(_trimmed(np.concatenate(chunks).astype(np.float32) / 32768.0))
    return spoken


def _open_library() -> Any:
    try:
        import espeakng_loader  # noqa: PLC0415 - optional at import time, so that its absence is one sentence

        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data_path = espeakng_loader.get_data_path()
    except (ImportError, OSError) as error:
        raise Unavailable("The speech library espeak-ng can't be loaded: install the package espeakng-loader.") from error
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    library.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
    library.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
        ctypes.c_void_p, ctypes.c_void_p,
    ]  # fmt: skip
    if library.espeak_Initialize(_SYNCHRONOUS, 0, str(data_path).encode(), _DONT_EXIT) != SPEECH_RATE_HZ:
        raise Unavailable(
            "The speech library espeak-ng did not start with its own data folder: reinstall the package espeakng-loader."
        )
    library.espeak_ng_SetRandSeed(_SEED)  # it starts with the clock as its seed
    return library


def _speak(library: Any, utterance: Utterance) -> None:
    if library.espeak_SetVoiceByName(utterance.voice.encode()) != 0:
        raise Unavailable(
            f"The speech library espeak-ng has no voice {utterance.voice}: reinstall the package espeakng-loader."
        )
    library.espeak_SetParameter(_WORDS_PER_MINUTE, utterance.words_per_minute, 0)
    library.espeak_SetParameter(_PITCH, utterance.pitch, 0)
    text = utterance.text.encode()
    if library.espeak_Synth(text, len(text) + 1, 0, 0, 0, _UTF8, None, None) != 0:
        raise Unavailable(
            f"The speech library espeak-ng refused the text {utterance.text!r}: reinstall the package espeakng-loader."
        )
    library.espeak_Synchronize()


def _trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[loud[0] : loud[-1] + 1] if loud.size else samples
