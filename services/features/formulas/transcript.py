"""Formulas of speech_analysis that read the transcript; null where no recognizer ran."""

from collections import defaultdict

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.intervals import length
from services.features.language import has_question
from services.features.sentiment import covered
from services.features.statistics import ratio
from shared.catalogue.languages import LANGUAGES

FIRST_WORDS = 50
"""The share of different words falls with length, so only this many words count."""


@produces("speech_word_count")
def _word_count(clip: Clip) -> float:
    return len(clip.said.words) if clip.speech_segments else 0


@produces("speech_words_per_s")
def _words_per_s(clip: Clip) -> float:
    return ratio(len(clip.said.words), length((s.start_s, s.end_s) for s in clip.transcript), none="nobody speaks")


@produces("speech_unique_word_share")
def _unique_word_share(clip: Clip) -> float:
    spoken = clip.said.words[:FIRST_WORDS]
    return ratio(len(set(spoken)), len(spoken), none="the transcript is empty")


@produces("speech_asks")
def _asks(clip: Clip) -> bool:
    return bool(clip.speech_segments) and any(has_question(text) for text in clip.spoken)


@produces("speech_calls")
def _calls(clip: Clip) -> bool:
    return bool(clip.speech_segments) and (clip.said.first_call_s is not None or bool(none_called(clip)))


def none_called(clip: Clip) -> tuple[str, ...]:
    """No calls to action. Raises NotDefined where the lists of calls cover no segment: nobody could have found one."""
    if not any(covered(segment.language, segment.text or "") for segment in clip.transcript):
        raise NotDefined("the speech is in none of the languages listed")
    return ()


def spoken_language(clip: Clip) -> str:
    """The language that is spoken longest (ISO 639-1). Raises NotDefined where none was recognized."""
    seconds: dict[str, float] = defaultdict(float)
    for segment in clip.speech_segments:
        if segment.language is not None:
            seconds[segment.language.split("-")[0].lower()] += segment.length_s
    if not seconds:
        raise NotDefined("nobody speaks or no language was recognized")
    return max(sorted(seconds), key=lambda name: seconds[name])


@produces("speech_language")
def _language(clip: Clip) -> str:
    language = spoken_language(clip)
    return language if language in LANGUAGES else "other"
