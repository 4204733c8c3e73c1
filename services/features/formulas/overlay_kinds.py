"""Formulas of visual_overlay_analysis: kinds of text, lettering in the scene, stickers and inserts."""

from math import fsum

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import Spans, share
from services.features.statistics import ratio, share_near, share_of_time
from services.features.texts import spans
from shared.contracts.analysis import Graphic

SYNC_S = 0.5
NO_GRAPHIC = "no sticker or insert is on screen"
KINDS = ("caption", "title", "sticker")


@produces("overlay_caption_time_share")
def _caption_time(clip: Clip) -> float:
    return share(spans(clip.texts.of_kind("caption")), clip.windows.whole)


@produces("overlay_title_count")
def _title_count(clip: Clip) -> float:
    return len(clip.texts.of_kind("title"))


@produces("overlay_text_sticker_count")
def _text_sticker_count(clip: Clip) -> float:
    return len(clip.texts.of_kind("sticker"))


@produces("overlay_scene_text_count")
def _scene_text_count(clip: Clip) -> float:
    return len(clip.texts.of_kind("scene"))


@produces("overlay_scene_text_time_share")
def _scene_text_time(clip: Clip) -> float:
    return share(spans(clip.texts.of_kind("scene")), clip.windows.whole)


@produces("overlay_hook_title_share")
def _hook_title(clip: Clip) -> float:
    return share(spans(clip.texts.of_kind("title")), clip.windows.hook)


@produces("overlay_main_kind")
def _main_kind(clip: Clip) -> str:
    seconds = {kind: fsum(overlay.length_s for overlay in clip.texts.of_kind(kind)) for kind in KINDS}
    longest = max(seconds, key=lambda kind: round(seconds[kind], 6))
    if seconds[longest] == 0:
        raise NotDefined("no text is on screen")
    return longest


def _some(clip: Clip) -> tuple[Graphic, ...]:
    if not clip.graphics:
        raise NotDefined(NO_GRAPHIC)
    return clip.graphics


@produces("overlay_sticker_count")
def _sticker_count(clip: Clip) -> float:
    return sum(graphic.kind == "sticker" for graphic in clip.graphics)


@produces("overlay_insert_count")
def _insert_count(clip: Clip) -> float:
    return sum(graphic.kind == "insert" for graphic in clip.graphics)


@produces("overlay_graphic_time_share")
def _graphic_time(clip: Clip) -> float:
    return share(clip.graphic_spans, clip.windows.whole)


@produces("overlay_graphic_area_mean")
def _graphic_area(clip: Clip) -> float:
    weighted = fsum(graphic.length_s * graphic.box.width * graphic.box.height for graphic in clip.graphics)
    return ratio(weighted, fsum(graphic.length_s for graphic in clip.graphics), none=NO_GRAPHIC)


def _of_graphics(clip: Clip, other: Spans) -> float:
    return share_of_time(clip.graphic_spans, other, none=NO_GRAPHIC)


@produces("overlay_graphic_with_text_share")
def _graphic_with_text(clip: Clip) -> float:
    return _of_graphics(clip, clip.text_spans)


@produces("overlay_graphic_in_speech_share")
def _graphic_in_speech(clip: Clip) -> float:
    return _of_graphics(clip, clip.speech_spans)


@produces("overlay_graphic_with_cut_share")
def _graphic_with_cut(clip: Clip) -> float:
    cuts = clip.cuts
    return share_near(clip.beginnings("graphic"), cuts, SYNC_S, of="stickers and inserts")


@produces("overlay_first_graphic_s")
def _first_graphic(clip: Clip) -> float:
    return _some(clip)[0].start_s
