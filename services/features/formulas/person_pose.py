"""Formulas of person_framing: place in the frame, head pose, gestures, clarity."""

from collections.abc import Callable
from operator import ge, lt
from typing import get_args

from services.features.binding import Formula, produces
from services.features.clip import Clip
from services.features.curve import Curve
from services.features.intervals import intersect, length
from services.features.staging import CLOSE_HEIGHT, MEDIUM_HEIGHT
from services.features.statistics import ratio
from shared.contracts.people import FaceSample, Gesture

FACING_DEG = 15.0
EDGE = 0.01


@produces("person_shot_size")
def _shot_size(clip: Clip) -> str:
    height = clip.people.height
    seconds = {
        "close": length(height.where(ge, CLOSE_HEIGHT)),
        "medium": length(intersect(height.where(ge, MEDIUM_HEIGHT), height.where(lt, CLOSE_HEIGHT))),
        "wide": length(height.where(lt, MEDIUM_HEIGHT)),
    }
    seconds["no_face"] = clip.duration_s - height.measured_s
    return max(seconds, key=lambda size: round(seconds[size], 6))


@produces("person_place")
def _place(clip: Clip) -> str:
    x = clip.people.centre_x
    if not x:
        return "none"
    seconds = {
        "centre": length(intersect(x.where(ge, 1 / 3), x.where(lt, 2 / 3))),
        "left": length(x.where(lt, 1 / 3)),
        "right": length(x.where(ge, 2 / 3)),
    }
    return max(seconds, key=lambda place: round(seconds[place], 6))


def _face(clip: Clip, read: Callable[[FaceSample], float | None], name: str = "face") -> Curve:
    return clip.people.face(read, name)


@produces("person_off_centre")
def _off_centre(clip: Clip) -> float:
    return _face(clip, lambda face: abs(min(1.0, face.box.x + face.box.width / 2) - 0.5)).mean()


@produces("person_face_height_in_frame")
def _face_height_in_frame(clip: Clip) -> float:
    return clip.people.centre_y.mean()


def _facing(face: FaceSample) -> float | None:
    if face.yaw_deg is None or face.pitch_deg is None:
        return None
    return float(abs(face.yaw_deg) <= FACING_DEG and abs(face.pitch_deg) <= FACING_DEG)


@produces("person_facing_camera_proxy")
def _facing_camera(clip: Clip) -> float:
    return _face(clip, _facing, "head pose").mean()


@produces("person_yaw_mean")
def _yaw_mean(clip: Clip) -> float:
    return _face(clip, lambda face: None if face.yaw_deg is None else abs(face.yaw_deg), "head pose").mean()


@produces("person_tilt_mean")
def _tilt_mean(clip: Clip) -> float:
    return _face(clip, lambda face: None if face.roll_deg is None else abs(face.roll_deg), "head pose").mean()


@produces("person_gesture_count")
def _gesture_count(clip: Clip) -> float:
    return len(clip.people.gesture_spans)


@produces("person_gesture_kinds")
def _gesture_kinds(clip: Clip) -> float:
    return len(clip.people.gestures)


def _gesture_share(kind: str) -> Formula:
    def formula(clip: Clip) -> float:
        shown = length(clip.people.gestures.get(kind, ()))
        return ratio(shown, length(clip.people.hand_spans), none="no hand is seen")

    return formula


for _kind in get_args(Gesture):
    produces(f"person_{_kind}_share")(_gesture_share(_kind))


@produces("person_both_hands_share")
def _both_hands(clip: Clip) -> float:
    both = length(clip.people.hand_count.where(ge, 2))
    return ratio(both, length(clip.people.hand_spans), none="no hand is seen")


@produces("person_hands_raised_share")
def _hands_raised(clip: Clip) -> float:
    return clip.people.raised_hands.mean()


@produces("person_face_confidence")
def _face_confidence(clip: Clip) -> float:
    return _face(clip, lambda face: face.confidence).mean()


def _cropped(face: FaceSample) -> float:
    box = face.box
    return float(box.x < EDGE or box.y < EDGE or 1 - box.x - box.width < EDGE or 1 - box.y - box.height < EDGE)


@produces("person_face_cropped_share")
def _face_cropped(clip: Clip) -> float:
    return _face(clip, _cropped).mean()


@produces("person_headroom")
def _headroom(clip: Clip) -> float:
    return _face(clip, lambda face: face.box.y).mean()
