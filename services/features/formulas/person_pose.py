"""Formulas of person_framing: place in the frame, head pose, gestures, clarity."""

from operator import ge, lt
from typing import get_args

from services.features.binding import Formula, produces
from services.features.clip import Clip
from services.features.intervals import length
from services.features.staging import CLOSE_HEIGHT, MEDIUM_HEIGHT
from services.features.statistics import ratio
from shared.contracts.people import Gesture

FACING_DEG = 15.0
EDGE = 0.01


@produces("person_shot_size")
def _shot_size(clip: Clip) -> str:
    height = clip.people.height
    close, wide = height.seconds_where(ge, CLOSE_HEIGHT), height.seconds_where(lt, MEDIUM_HEIGHT)
    medium, no_face = height.measured_s - close - wide, clip.duration_s - height.measured_s
    seconds = {"close": close, "medium": medium, "wide": wide, "no_face": no_face}
    return max(seconds, key=lambda size: round(seconds[size], 6))


@produces("person_place")
def _place(clip: Clip) -> str:
    x = clip.people.centre_x
    if not x:
        return "none"
    left, right = x.seconds_where(lt, 1 / 3), x.seconds_where(ge, 2 / 3)
    seconds = {"centre": x.measured_s - left - right, "left": left, "right": right}
    return max(seconds, key=lambda place: round(seconds[place], 6))


@produces("person_off_centre")
def _off_centre(clip: Clip) -> float:
    return clip.people.centre_x.mapped(lambda x: abs(x - 0.5)).mean()


@produces("person_face_position_y")
def _face_position_y(clip: Clip) -> float:
    return clip.people.centre_y.mean()


def _facing(yaw_deg: float | None, pitch_deg: float | None) -> float | None:
    if yaw_deg is None or pitch_deg is None:
        return None
    return float(abs(yaw_deg) <= FACING_DEG and abs(pitch_deg) <= FACING_DEG)


def _turned(degrees: float | None) -> float | None:
    return None if degrees is None else abs(degrees)


@produces("person_facing_camera_proxy")
def _facing_camera(clip: Clip) -> float:
    return clip.people.face(_facing, ("yaw_deg", "pitch_deg"), "head pose").mean()


@produces("person_yaw_mean")
def _yaw_mean(clip: Clip) -> float:
    return clip.people.face(_turned, ("yaw_deg",), "head pose").mean()


@produces("person_tilt_mean")
def _tilt_mean(clip: Clip) -> float:
    return clip.people.face(_turned, ("roll_deg",), "head pose").mean()


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
    both = clip.people.hand_count.seconds_where(ge, 2)
    return ratio(both, length(clip.people.hand_spans), none="no hand is seen")


@produces("person_hands_raised_share")
def _hands_raised(clip: Clip) -> float:
    return clip.people.raised_hands.mean()


@produces("person_face_confidence_proxy")
def _face_confidence(clip: Clip) -> float:
    return clip.people.measure("confidence", "face").mean()


def _cropped(x: float, y: float, width: float, height: float) -> float:
    return float(x < EDGE or y < EDGE or 1 - x - width < EDGE or 1 - y - height < EDGE)


@produces("person_face_cropped_share")
def _face_cropped(clip: Clip) -> float:
    return clip.people.rectangle(_cropped).mean()


@produces("person_headroom")
def _headroom(clip: Clip) -> float:
    return clip.people.rectangle(lambda _x, y, _width, _height: y).mean()
