"""The obvious way to analyze a clip: one engine after the other, each with its own decode at full size and library defaults.

The sample rates are the analyzer's own, so the comparison is of the arrangement and the settings, not of how much is looked at.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import mediapipe as mp
import numpy as np
from faster_whisper import decode_audio
from faster_whisper.vad import get_speech_timestamps
from numpy.typing import NDArray
from rapidocr import RapidOCR
from scenedetect import AdaptiveDetector, detect

from services.analyzer.analysis import analyze
from services.analyzer.engines import default_engines
from services.analyzer.engines.base import Engine
from shared.contracts.analysis import EngineName

VOICE_HZ = 16_000
_OWN = (EngineName.AUDIO, EngineName.VISUALS, EngineName.GRAPHICS)
"""Measures without a library that has defaults for them: our own engine, alone, with its own decode."""


@dataclass
class Seen:
    """What the obvious way saw: cut times, (time, text) readings, and how many samples had a face."""

    cuts: list[float] = field(default_factory=list)
    texts: list[tuple[float, str]] = field(default_factory=list)
    faces: int = 0


class Obvious:
    """Every engine as its own pass over the file; models are loaded by the constructor, which is not timed."""

    def __init__(self) -> None:
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        self._engines = {engine.spec.name: engine for engine in default_engines()}
        self._reader: Any = RapidOCR()
        self._reader(np.full((640, 360, 3), 127, np.uint8))
        solutions: Any = mp.solutions
        self._people = (
            solutions.face_detection.FaceDetection(model_selection=1),
            solutions.face_mesh.FaceMesh(max_num_faces=4, refine_landmarks=True),
            solutions.pose.Pose(),
            solutions.hands.Hands(),
        )

    def passes(self, clip: Path, seen: Seen) -> dict[str, Callable[[], object]]:
        """One pass per engine, to be called in turn."""
        own = [name for name in _OWN if name in self._engines]
        return {
            "scenes": lambda: self._scenes(clip, seen),
            "people": lambda: self._faces(clip, seen),
            "text": lambda: self._text(clip, seen),
            "speech": lambda: get_speech_timestamps(decode_audio(str(clip), sampling_rate=VOICE_HZ)),
            **{name.value: self._alone(clip, self._engines[name]) for name in own},
        }

    def _scenes(self, clip: Path, seen: Seen) -> None:
        seen.cuts = [start.seconds for start, _ in detect(str(clip), AdaptiveDetector())][1:]

    def _text(self, clip: Path, seen: Seen) -> None:
        for t_s, picture in sampled(clip, self._engines[EngineName.TEXT].rate_hz):
            seen.texts += [(t_s, text) for text in self._reader(picture).txts or ()]

    def _faces(self, clip: Path, seen: Seen) -> None:
        for _, picture in sampled(clip, self._engines[EngineName.PEOPLE].rate_hz):
            rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
            found = [model.process(rgb) for model in self._people]
            seen.faces += bool(found[0].detections)

    @staticmethod
    def _alone(clip: Path, engine: Engine) -> Callable[[], object]:
        return lambda: analyze(clip, engines=[engine])


def sampled(clip: Path, rate_hz: float) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """(time, full-size BGR picture) at a rate, read frame by frame with OpenCV."""
    capture = cv2.VideoCapture(str(clip))
    due, at = 0.0, 0
    fps = capture.get(cv2.CAP_PROP_FPS)
    while capture.grab():
        if at / fps >= due - 1e-6:
            _, picture = capture.retrieve()
            yield at / fps, np.asarray(picture, np.uint8)
            due += 1 / rate_hz
        at += 1
    capture.release()
