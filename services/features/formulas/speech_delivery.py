"""Formulas of speech_analysis: the voice, speech over music, in step with texts and gestures."""

from math import log2

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.formulas.speech import SYNC_S
from services.features.intervals import complement, intersect, length, near_count, overlap_s
from services.features.statistics import ratio
from shared.contracts.analysis import VoicePitch


def _pitch(clip: Clip) -> VoicePitch:
    if clip.sound.audio.pitch is None:
        raise NotDefined("no pitch of a voice was measured")
    return clip.sound.audio.pitch


@produces("speech_pitch_hz")
def _pitch_hz(clip: Clip) -> float:
    return _pitch(clip).median_hz


@produces("speech_pitch_range_semitones")
def _pitch_range(clip: Clip) -> float:
    return max(0.0, 12 * log2(_pitch(clip).high_hz / _pitch(clip).low_hz))


@produces("speech_voiced_share")
def _voiced(clip: Clip) -> float:
    return min(1.0, ratio(_pitch(clip).voiced_s, length(clip.speech_spans), none="nobody speaks"))


@produces("speech_over_music_share")
def _over_music(clip: Clip) -> float:
    speech = clip.speech_spans
    return min(1.0, ratio(overlap_s(speech, clip.sound.music), length(speech), none="nobody speaks"))


@produces("speech_over_music_lift_db")
def _over_music_lift(clip: Clip) -> float:
    speech, music, level = clip.speech_spans, clip.sound.music, clip.sound.level
    alone = intersect(music, complement(speech, clip.windows.whole))
    return level.mean_over(intersect(speech, music)) - level.mean_over(alone)


def _starts_with(clip: Clip, kind: str) -> float:
    starts = clip.beginnings("speech")
    return ratio(near_count(starts, clip.beginnings(kind), SYNC_S), len(starts), none="nobody speaks")


@produces("speech_starts_with_text_share")
def _starts_with_text(clip: Clip) -> float:
    return _starts_with(clip, "text")


@produces("speech_starts_with_gesture_share")
def _starts_with_gesture(clip: Clip) -> float:
    return _starts_with(clip, "gesture")
