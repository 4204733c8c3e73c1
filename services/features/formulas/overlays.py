"""Formulas of visual_overlay_analysis: when texts are on screen, and with what."""

from itertools import pairwise
from math import fsum

from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import Spans, complement, inside, intersect, length, share
from services.features.staging import Rectangle
from services.features.statistics import mean, ratio, share_near, share_of, share_of_time, variation
from shared.contracts.spans import Box

SYNC_S = 0.5
ACROSS_S = 0.2


@produces("overlay_count")
def _count(clip: Clip) -> float:
    return len(clip.overlays)


@produces("overlay_per_10s")
def _per_10s(clip: Clip) -> float:
    return 10 * len(clip.overlays) / clip.duration_s


@produces("overlay_time_share")
def _time_share(clip: Clip) -> float:
    return share(clip.text_spans, clip.windows.whole)


@produces("overlay_mean_duration_s")
def _mean_duration(clip: Clip) -> float:
    return mean(clip.texts.lengths, of="texts on screen")


@produces("overlay_max_duration_s")
def _max_duration(clip: Clip) -> float:
    return max(clip.texts.lengths, default=0.0)


@produces("overlay_unique_share")
def _unique_share(clip: Clip) -> float:
    said = zip(clip.texts.some(), clip.texts.words, strict=True)
    return len({words or overlay.text for overlay, words in said}) / len(clip.overlays)


@produces("overlay_word_count")
def _word_count(clip: Clip) -> float:
    return sum(map(len, clip.texts.words))


@produces("overlay_words_per_text")
def _words_per_text(clip: Clip) -> float:
    return _word_count(clip) / len(clip.texts.some())


@produces("overlay_max_at_once")
def _max_at_once(clip: Clip) -> float:
    return clip.texts.at_once.maximum()


@produces("overlay_mean_at_once")
def _mean_at_once(clip: Clip) -> float:
    return fsum([overlay.length_s for overlay in clip.texts.some()]) / length(clip.text_spans)


@produces("overlay_duration_variation")
def _duration_variation(clip: Clip) -> float:
    return variation(clip.texts.lengths, of="texts on screen")


@produces("overlay_rhythm_variation")
def _rhythm_variation(clip: Clip) -> float:
    starts = sorted(set(clip.texts.starts))
    return variation([b - a for a, b in pairwise(starts)], of="pauses between new texts")


@produces("overlay_time_trend")
def _time_trend(clip: Clip) -> float:
    return share(clip.text_spans, clip.windows.last_third) - share(clip.text_spans, clip.windows.first_third)


@produces("overlay_first_third_share")
def _first_third_share(clip: Clip) -> float:
    return len(inside(clip.texts.starts, clip.windows.first_third)) / len(clip.texts.some())


@produces("overlay_longest_gap_s")
def _longest_gap(clip: Clip) -> float:
    return max((end - start for start, end in complement(clip.text_spans, clip.windows.whole)), default=0.0)


def _shared_time(clip: Clip, other: Spans) -> float:
    return share_of_time(clip.text_spans, other, none="no text is on screen")


@produces("overlay_speech_share")
def _speech_share(clip: Clip) -> float:
    return _shared_time(clip, clip.speech_spans)


@produces("overlay_hands_share")
def _hands_share(clip: Clip) -> float:
    return _shared_time(clip, clip.people.hand_spans)


@produces("overlay_starts_with_speech_share")
def _starts_with_speech(clip: Clip) -> float:
    speech = [start for start, _ in clip.speech_spans]
    return share_near(clip.texts.starts, speech, SYNC_S, of="texts on screen")


@produces("overlay_starts_with_cut_share")
def _starts_with_cut(clip: Clip) -> float:
    cuts = clip.cuts
    return share_near(clip.texts.starts, cuts, SYNC_S, of="texts on screen")


@produces("overlay_across_cut_share")
def _across_cut(clip: Clip) -> float:
    cuts = clip.cuts
    across = [any(o.start_s <= t - ACROSS_S and t + ACROSS_S <= o.end_s for t in cuts) for o in clip.overlays]
    return share_of(across, of="texts on screen")


@produces("overlay_on_face_share")
def _on_face(clip: Clip) -> float:
    over = (
        span
        for overlay in clip.overlays
        for span, face in clip.people.main_faces((overlay.start_s, overlay.end_s))
        if _overlap(overlay.box, face)
    )
    both = intersect(clip.text_spans, clip.people.face_spans)
    return ratio(length(over), length(both), none="text and face are never on screen together")


def _overlap(a: Box, b: Rectangle) -> bool:
    x, y, width, height = b
    return a.x < x + width and x < a.x + a.width and a.y < y + height and y < a.y + a.height


@produces("overlay_first_s")
def _first(clip: Clip) -> float:
    return clip.texts.some()[0].start_s


@produces("overlay_hook_count")
def _hook_count(clip: Clip) -> float:
    return len(inside(clip.texts.starts, clip.windows.hook))


@produces("overlay_hook_share")
def _hook_share(clip: Clip) -> float:
    return share(clip.text_spans, clip.windows.hook)


@produces("overlay_hook_words")
def _hook_words(clip: Clip) -> float:
    end_s = clip.windows.hook[1]
    shown = zip(clip.overlays, clip.texts.words, strict=True)
    return sum(len(words) for overlay, words in shown if overlay.start_s < end_s)


@produces("overlay_closing_share")
def _closing_share(clip: Clip) -> float:
    return share(clip.text_spans, clip.windows.closing)


@produces("overlay_closing_count")
def _closing_count(clip: Clip) -> float:
    return len(inside(clip.texts.starts, clip.windows.closing))


@produces("overlay_fullest_position")
def _fullest_position(clip: Clip) -> float:
    clip.texts.some()
    return clip.texts.at_once.peak_s() / clip.duration_s
