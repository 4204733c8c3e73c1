"""One face sample: head angles, mouth and eye openness and a smile proxy from mesh landmarks."""

import math

import numpy as np

from services.analyzer.engines.boxes import Rect, to_box
from services.analyzer.engines.people.models import Points
from shared.contracts.people import FaceSample

FOREHEAD, CHIN = 10, 152
LEFT_EYE = (33, 133, 159, 145)
"""Outer corner, inner corner, upper lid, lower lid of the eye on the image's left."""
RIGHT_EYE = (263, 362, 386, 374)
MOUTH_CORNERS, LIPS = (61, 291), (13, 14)


def face_sample(t_s: float, box: Rect, confidence: float, track: int, mesh: Points | None) -> FaceSample:
    """A face with what its mesh says; angles and ratios are None where no mesh was found."""
    base = FaceSample(t_s=t_s, box=to_box(box), confidence=round(confidence, 4), track=track)
    return base if mesh is None else base.model_copy(update={**angles(mesh), **expression(mesh)})


def angles(mesh: Points) -> dict[str, float]:
    """Degrees: yaw > 0 turns to the image's right, pitch > 0 looks up, roll > 0 leans clockwise."""
    across = mesh[RIGHT_EYE[0]] - mesh[LEFT_EYE[0]]
    down = mesh[CHIN] - mesh[FOREHEAD]
    return {
        "yaw_deg": _degrees(across[2], math.hypot(across[0], across[1])),
        "pitch_deg": _degrees(-down[2], math.hypot(down[0], down[1])),
        "roll_deg": _degrees(across[1], across[0]),
    }


def expression(mesh: Points) -> dict[str, float]:
    """Ratios of landmark distances.

    mouth_open: gap between the inner lips over the mouth's width. eyes_open: mean of both eyes' lid gap over their width.
    smile_proxy: mouth width over the distance of the outer eye corners; it grows with a smile, it does not prove one.
    """
    width = _distance(mesh, *MOUTH_CORNERS)
    return {
        "mouth_open": _ratio(_distance(mesh, *LIPS), width),
        "eyes_open": _ratio(
            sum(_distance(mesh, eye[2], eye[3]) for eye in (LEFT_EYE, RIGHT_EYE)),
            sum(_distance(mesh, eye[0], eye[1]) for eye in (LEFT_EYE, RIGHT_EYE)),
        ),
        "smile_proxy": _ratio(width, _distance(mesh, LEFT_EYE[0], RIGHT_EYE[0])),
    }


def _distance(mesh: Points, a: int, b: int) -> float:
    return float(np.linalg.norm(mesh[a] - mesh[b]))


def _ratio(part: float, whole: float) -> float:
    return round(part / max(whole, 1e-6), 4)


def _degrees(opposite: float, adjacent: float) -> float:
    return round(math.degrees(math.atan2(opposite, adjacent)), 2) + 0.0
