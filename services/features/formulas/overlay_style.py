"""Formulas of visual_overlay_analysis: what texts say, where they stand, how legible they are."""

from collections.abc import Callable
from math import fsum
from operator import mul

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.language import has_digit, has_exclamation, has_question, script
from services.features.statistics import mean, median, ratio, share_of
from shared.contracts.spans import Box

READABLE_PER_S = 20.0
EDGE = 0.02
SAFE_TOP, SAFE_BOTTOM, SAFE_RIGHT = 0.10, 0.80, 0.88


def _by_time(clip: Clip, read: Callable[[Box], float]) -> float:
    """Mean of a property of the boxes, each weighted by its time on screen."""
    weighted = fsum(map(mul, clip.texts.lengths, [read(overlay.box) for overlay in clip.overlays]))
    return ratio(weighted, clip.texts.seconds, none="no text is on screen")


def _third(box: Box) -> str:
    centre = box.y + box.height / 2
    return "top" if centre < 1 / 3 else "middle" if centre < 2 / 3 else "bottom"


def _in_third(clip: Clip, third: str) -> float:
    return _by_time(clip, lambda box: float(_third(box) == third))


@produces("overlay_call_position")
def _call_position(clip: Clip) -> float:
    calling = clip.texts.calling
    if not calling:
        raise NotDefined("no text on screen calls to action")
    return calling[0].start_s / clip.duration_s


@produces("overlay_call_in_closing")
def _call_in_closing(clip: Clip) -> bool:
    return any(overlay.end_s > clip.windows.closing[0] for overlay in clip.texts.calling)


@produces("overlay_call_count")
def _call_count(clip: Clip) -> float:
    return len(clip.texts.calling)


@produces("overlay_position")
def _position(clip: Clip) -> str:
    if not clip.overlays:
        return "none"
    times = {third: _in_third(clip, third) for third in ("top", "middle", "bottom")}
    return max(times, key=lambda third: round(times[third], 6))


@produces("overlay_top_share")
def _top_share(clip: Clip) -> float:
    return _in_third(clip, "top")


@produces("overlay_bottom_share")
def _bottom_share(clip: Clip) -> float:
    return _in_third(clip, "bottom")


@produces("overlay_off_centre")
def _off_centre(clip: Clip) -> float:
    return _by_time(clip, lambda box: abs(box.x + box.width / 2 - 0.5))


@produces("overlay_area_mean")
def _area_mean(clip: Clip) -> float:
    return _by_time(clip, lambda box: box.width * box.height)


@produces("overlay_box_height")
def _box_height(clip: Clip) -> float:
    return _by_time(clip, lambda box: box.height)


@produces("overlay_letter_height")
def _letter_height(clip: Clip) -> float:
    return mean(clip.texts.letter_heights, of="texts with a measured letter height")


@produces("overlay_left_share")
def _left_share(clip: Clip) -> float:
    return _by_time(clip, lambda box: float(box.x + box.width / 2 < 1 / 3))


@produces("overlay_right_share")
def _right_share(clip: Clip) -> float:
    return _by_time(clip, lambda box: float(box.x + box.width / 2 >= 2 / 3))


@produces("overlay_at_edge_share")
def _at_edge(clip: Clip) -> float:
    return _by_time(clip, lambda box: float(box.x < EDGE or box.x + box.width > 1 - EDGE))


@produces("overlay_safe_area_share")
def _safe_area(clip: Clip) -> float:
    def safe(box: Box) -> float:
        return float(box.y >= SAFE_TOP and box.y + box.height <= SAFE_BOTTOM and box.x + box.width <= SAFE_RIGHT)

    return _by_time(clip, safe)


@produces("overlay_has_question")
def _has_question(clip: Clip) -> bool:
    return any(has_question(overlay.text) for overlay in clip.overlays)


@produces("overlay_has_exclamation")
def _has_exclamation(clip: Clip) -> bool:
    return any(has_exclamation(overlay.text) for overlay in clip.overlays)


@produces("overlay_number_share")
def _number_share(clip: Clip) -> float:
    return share_of([has_digit(overlay.text) for overlay in clip.overlays], of="texts on screen")


@produces("overlay_capitals_share")
def _capitals_share(clip: Clip) -> float:
    shown = "".join([overlay.text for overlay in clip.overlays])
    capitals = sum(map(str.isupper, shown))
    return ratio(capitals, capitals + sum(map(str.islower, shown)), none="there are no letters with a case on screen")


@produces("overlay_script")
def _script(clip: Clip) -> str:
    return script([overlay.text for overlay in clip.overlays]) or "none"


@produces("overlay_chars_per_s")
def _chars_per_s(clip: Clip) -> float:
    return median(clip.texts.speeds, of="texts on screen")


@produces("overlay_too_fast_share")
def _too_fast_share(clip: Clip) -> float:
    return share_of([speed > READABLE_PER_S for speed in clip.texts.speeds], of="texts on screen")


@produces("overlay_confidence")
def _confidence(clip: Clip) -> float:
    return mean([overlay.confidence for overlay in clip.overlays], of="texts on screen")
