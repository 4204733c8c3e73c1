"""Formulas of person_framing: how much of a person is shown, who comes and goes, gaze, and gestures with speech and text."""

from itertools import takewhile
from math import fsum
from operator import eq

from services.features.absent import NotDefined
from services.features.binding import Formula, produces
from services.features.clip import Clip
from services.features.intervals import Spans, inside, share
from services.features.staging import BRIDGE_S, SIZES
from services.features.statistics import ratio, share_of, share_of_time


@produces("person_count")
def _count(clip: Clip) -> float:
    return len(clip.people.followed)


@produces("person_main_share")
def _main_share(clip: Clip) -> float:
    seconds = [track.length_s for track in clip.people.followed]
    return ratio(max(seconds, default=0.0), fsum(seconds), none="nobody is in the picture")


@produces("person_second_entry_s")
def _second_entry(clip: Clip) -> float:
    if len(clip.people.followed) < 2:
        raise NotDefined("fewer than two people come into the picture")
    return min(clip.duration_s, clip.people.followed[1].start_s)


@produces("person_late_entry_count")
def _late_entries(clip: Clip) -> float:
    return len(inside([track.start_s for track in clip.people.followed], clip.windows.after_hook))


def _framed(size: str) -> Formula:
    code = SIZES.index(size)

    def formula(clip: Clip) -> float:
        return share(clip.people.framing.where(eq, code), clip.windows.whole)

    return formula


for _size in SIZES:
    produces(f"person_framed_{_size}_share")(_framed(_size))


@produces("person_hook_framing")
def _hook_framing(clip: Clip) -> str:
    end_s = clip.windows.hook[1]
    seconds = dict.fromkeys(SIZES, 0.0)
    for start, end, code in takewhile(lambda cell: cell[0] < end_s, clip.people.framing.cells):
        seconds[SIZES[int(code)]] += min(end, end_s) - start
    seconds["none"] = end_s - fsum(seconds.values())
    return max(seconds, key=lambda size: round(seconds[size], 6))


@produces("person_framing_changes_per_10s")
def _framing_changes(clip: Clip) -> float:
    return 10 * len(clip.people.framing.switches(BRIDGE_S)) / clip.duration_s


@produces("person_reframed_cut_share")
def _reframed_cuts(clip: Clip) -> float:
    return share_of(clip.people.reframed(clip.cuts), of="cuts from person to person")


@produces("person_gaze_share")
def _gaze(clip: Clip) -> float:
    return clip.people.looking.mean()


@produces("person_gaze_in_speech_share")
def _gaze_in_speech(clip: Clip) -> float:
    return clip.people.looking.mean_over(clip.speech_spans)


@produces("person_first_gaze_s")
def _first_gaze(clip: Clip) -> float:
    return clip.people.seen(clip.people.looks, "look into the camera")[0][0]


def _some_looks(clip: Clip) -> Spans:
    """The looks into the camera; without a face there is none. Raises NotDefined where no face's gaze was measured."""
    return clip.people.looks if clip.people.face_spans else ()


@produces("person_longest_gaze_s")
def _longest_gaze(clip: Clip) -> float:
    return max((end - start for start, end in _some_looks(clip)), default=0.0)


@produces("person_looks_per_10s")
def _looks(clip: Clip) -> float:
    return 10 * len(_some_looks(clip)) / clip.duration_s


@produces("person_gesture_in_speech_share")
def _gesture_in_speech(clip: Clip) -> float:
    return share_of_time(clip.people.gesture_spans, clip.speech_spans, none="no gesture is seen")


@produces("person_pointing_with_text_share")
def _pointing_with_text(clip: Clip) -> float:
    return share_of_time(clip.people.gestures.get("pointing", ()), clip.text_spans, none="no hand points")
