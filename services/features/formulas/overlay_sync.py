"""Formulas of visual_overlay_analysis: texts with speech, beats, sounds, gestures and motion, with tolerance in time."""

from collections import defaultdict

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import Span, intersect
from services.features.statistics import share_near, share_of, share_of_time
from services.features.texts import spans

SYNC_S, BEAT_S = 0.5, 0.1


def _said(clip: Clip) -> dict[str, list[Span]]:
    """The times at which each word is said."""
    said: dict[str, list[Span]] = defaultdict(list)
    if clip.speech_segments:
        for word, time in zip(clip.said.words, clip.said.times, strict=True):
            said[word].append(time)
    return said


@produces("overlay_spoken_word_share")
def _spoken_words(clip: Clip) -> float:
    said = _said(clip)
    heard = [
        any(start - SYNC_S < overlay.end_s and overlay.start_s < end + SYNC_S for start, end in said.get(word, ()))
        for overlay, shown in zip(clip.overlays, clip.texts.words, strict=True)
        for word in shown
    ]
    return share_of(heard, of="words on screen")


@produces("overlay_on_beat_share")
def _on_beat(clip: Clip) -> float:
    beats = clip.sound.beats
    if not beats:
        raise NotDefined("no beat was found")
    return share_near(clip.texts.starts, beats, BEAT_S, of="texts on screen")


@produces("overlay_on_onset_share")
def _on_onset(clip: Clip) -> float:
    onsets = clip.sound.onsets
    return share_near(clip.texts.starts, onsets, BEAT_S, of="texts on screen")


@produces("overlay_with_gesture_share")
def _with_gesture(clip: Clip) -> float:
    gestures = [start for start, _ in clip.people.gesture_spans]
    return share_near(clip.texts.starts, gestures, SYNC_S, of="texts on screen")


@produces("overlay_pointed_share")
def _pointed(clip: Clip) -> float:
    pointing = clip.people.gestures.get("pointing", ())
    shown = [(overlay.start_s, overlay.end_s) for overlay in clip.overlays]
    return share_of([bool(intersect(pointing, (span,))) for span in shown], of="texts on screen")


@produces("overlay_motion_lift")
def _motion_lift(clip: Clip) -> float:
    return clip.pictures.motion.lift(clip.text_spans, clip.windows.whole)


@produces("overlay_call_with_speech_share")
def _call_with_speech(clip: Clip) -> float:
    return share_of_time(spans(clip.texts.calling), clip.speech_spans, none="no text on screen has a call to action")
