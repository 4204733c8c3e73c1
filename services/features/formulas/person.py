"""Formulas of person_framing: presence, size, time."""

from operator import ge, lt

from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import Spans, complement, share
from services.features.staging import CLOSE_HEIGHT, MEDIUM_HEIGHT
from services.features.statistics import ratio, share_near, share_of, share_of_time

SYNC_S = 0.5


def _close_ups(clip: Clip) -> Spans:
    return clip.people.height.where(ge, CLOSE_HEIGHT)


@produces("person_face_share")
def _face_share(clip: Clip) -> float:
    return share(clip.people.face_spans, clip.windows.whole)


@produces("person_body_share")
def _body_share(clip: Clip) -> float:
    return share(clip.people.body_spans, clip.windows.whole)


@produces("person_hands_share")
def _hands_share(clip: Clip) -> float:
    return share(clip.people.hand_spans, clip.windows.whole)


@produces("person_face_area_mean")
def _face_area_mean(clip: Clip) -> float:
    return clip.people.area.mean()


@produces("person_face_area_max")
def _face_area_max(clip: Clip) -> float:
    return clip.people.area.maximum() if clip.people.area else 0.0


@produces("person_close_up_share")
def _close_up_share(clip: Clip) -> float:
    return share(_close_ups(clip), clip.windows.whole)


@produces("person_wide_share")
def _wide_share(clip: Clip) -> float:
    return share(clip.people.height.where(lt, MEDIUM_HEIGHT), clip.windows.whole)


@produces("person_max_faces")
def _max_faces(clip: Clip) -> float:
    return clip.people.face_count.maximum()


@produces("person_group_share")
def _group_share(clip: Clip) -> float:
    return share(clip.people.face_count.where(ge, 2), clip.windows.whole)


@produces("person_face_area_variation")
def _face_area_variation(clip: Clip) -> float:
    return ratio(clip.people.area.spread(), clip.people.area.mean(), none="the face has no area")


@produces("person_face_share_trend")
def _face_share_trend(clip: Clip) -> float:
    faces = clip.people.face_spans
    return share(faces, clip.windows.last_third) - share(faces, clip.windows.first_third)


@produces("person_face_area_trend")
def _face_area_trend(clip: Clip) -> float:
    return clip.people.area.change(clip.windows.first_third, clip.windows.last_third)


@produces("person_sway_x")
def _sway_x(clip: Clip) -> float:
    return clip.people.sway(clip.people.centre_x, clip.cuts)


@produces("person_sway_y")
def _sway_y(clip: Clip) -> float:
    return clip.people.sway(clip.people.centre_y, clip.cuts)


@produces("person_shot_size_changes")
def _shot_size_changes(clip: Clip) -> float:
    return clip.people.shot_size_changes


@produces("person_face_visits")
def _face_visits(clip: Clip) -> float:
    return len(clip.people.face_visits)


@produces("person_longest_absence_s")
def _longest_absence(clip: Clip) -> float:
    return max((end - start for start, end in complement(clip.people.face_spans, clip.windows.whole)), default=0.0)


@produces("person_face_while_speech_share")
def _face_while_speech(clip: Clip) -> float:
    return share_of_time(clip.speech_spans, clip.people.face_spans, none="nobody speaks")


def _of_hands(clip: Clip, spans: Spans) -> float:
    return share_of_time(clip.people.hand_spans, spans, none="no hand is seen")


@produces("person_hands_with_speech_share")
def _hands_with_speech(clip: Clip) -> float:
    return _of_hands(clip, clip.speech_spans)


@produces("person_hands_with_face_share")
def _hands_with_face(clip: Clip) -> float:
    return _of_hands(clip, clip.people.face_spans)


@produces("person_gesture_on_text_share")
def _gesture_on_text(clip: Clip) -> float:
    starts = clip.texts.starts
    return share_near(clip.beginnings("gesture"), starts, SYNC_S, of="gestures")


@produces("person_face_after_cut_share")
def _face_after_cut(clip: Clip) -> float:
    return share_of(clip.people.faced_after(clip.cuts), of="cuts to a shot that was looked at")


@produces("person_first_face_s")
def _first_face(clip: Clip) -> float:
    return clip.people.seen(clip.people.face_spans, "face")[0][0]


@produces("person_hook_close_up_share")
def _hook_close_up(clip: Clip) -> float:
    return share(_close_ups(clip), clip.windows.hook)


@produces("person_largest_face_position")
def _largest_face_position(clip: Clip) -> float:
    return clip.people.area.peak_s() / clip.duration_s


@produces("person_first_gesture_s")
def _first_gesture(clip: Clip) -> float:
    return clip.people.seen(clip.people.gesture_spans, "gesture")[0][0]
