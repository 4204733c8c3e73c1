"""Formulas of visual_overlay_analysis: how much there is to read and when, and what the texts say at key moments."""

from collections.abc import Callable
from itertools import pairwise

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import EPSILON_S, share
from services.features.language import has_digit, has_question, script_counts
from services.features.series import busiest, front_back
from services.features.statistics import ratio, share_of, variation
from services.features.texts import spans

QUICK_S, FLASH_S, BUSIEST_S = 1.0, 1.0, 3.0
SMALL = 0.02


@produces("overlay_load_trend_per_s")
def _load_trend(clip: Clip) -> float:
    return clip.texts.load.change(clip.windows.first_third, clip.windows.last_third)


@produces("overlay_hook_load_per_s")
def _hook_load(clip: Clip) -> float:
    return clip.texts.load.mean_in(clip.windows.hook)


@produces("overlay_peak_load_per_s")
def _peak_load(clip: Clip) -> float:
    return clip.texts.load.maximum()


@produces("overlay_middle_share")
def _middle_share(clip: Clip) -> float:
    return share(clip.text_spans, clip.windows.middle)


@produces("overlay_quick_succession_share")
def _quick_succession(clip: Clip) -> float:
    pauses = [after - before for before, after in pairwise(clip.texts.starts)]
    quick = sum(pause < QUICK_S - EPSILON_S for pause in pauses)
    return ratio(quick, len(pauses), none="fewer than two texts are on screen")


@produces("overlay_moving_share")
def _moving_share(clip: Clip) -> float:
    return share_of([overlay.moves for overlay in clip.overlays if overlay.moves is not None], of="texts watched for movement")


def _in_hook(clip: Clip, test: Callable[[str], bool]) -> bool:
    return any(test(overlay.text) for overlay in clip.overlays if overlay.start_s < clip.windows.hook[1])


@produces("overlay_hook_question")
def _hook_question(clip: Clip) -> bool:
    return _in_hook(clip, has_question)


@produces("overlay_hook_number")
def _hook_number(clip: Clip) -> bool:
    return _in_hook(clip, has_digit)


@produces("overlay_call_in_hook")
def _call_in_hook(clip: Clip) -> bool:
    return any(overlay.start_s < clip.windows.hook[1] for overlay in clip.texts.calling)


@produces("overlay_call_time_share")
def _call_time(clip: Clip) -> float:
    return share(spans(clip.texts.calling), clip.windows.whole)


@produces("overlay_first_duration_s")
def _first_duration(clip: Clip) -> float:
    return clip.texts.some()[0].length_s


@produces("overlay_after_last_s")
def _after_last(clip: Clip) -> float:
    return clip.duration_s - max(overlay.end_s for overlay in clip.texts.some())


@produces("overlay_busiest_3s_count")
def _busiest(clip: Clip) -> float:
    return busiest(clip.texts.starts, BUSIEST_S)[1]


@produces("overlay_course")
def _course(clip: Clip) -> str:
    if not clip.overlays:
        raise NotDefined("no text is on screen")
    return front_back(clip.texts.starts, clip.duration_s).removesuffix("_loaded")


@produces("overlay_numbered_count")
def _numbered(clip: Clip) -> float:
    return sum(overlay.text.lstrip(" #([*№")[:1].isdecimal() for overlay in clip.overlays)


@produces("overlay_script_mix_share")
def _script_mix(clip: Clip) -> float:
    counts = script_counts([overlay.text for overlay in clip.overlays])
    if not counts:
        raise NotDefined("no letter is on screen")
    return 1 - max(counts.values()) / sum(counts.values())


def _heights(clip: Clip) -> tuple[float, ...]:
    return clip.texts.letter_heights


@produces("overlay_letter_variation")
def _letter_variation(clip: Clip) -> float:
    return variation(_heights(clip), of="texts with a measured letter height")


@produces("overlay_small_letter_share")
def _small_letters(clip: Clip) -> float:
    return share_of([height < SMALL for height in _heights(clip)], of="texts with a measured letter height")


@produces("overlay_flash_share")
def _flash(clip: Clip) -> float:
    return share_of([seconds < FLASH_S - EPSILON_S for seconds in clip.texts.lengths], of="texts on screen")
