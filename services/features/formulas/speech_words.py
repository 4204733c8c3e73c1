"""Formulas of speech_analysis: words in time, their rate and kinds; null where nothing was transcribed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.formulas.speech import SYNC_S
from services.features.intervals import Span, length
from services.features.language import graphemes, has_question
from services.features.listed_words import ADDRESS, FILLERS, FIRST_PERSON, listed
from services.features.statistics import mean, ratio, share_of, variation
from shared.contracts.analysis import Word
from shared.language import calls_to_action, words

WORD_GAP_S = 0.15
"""A stop consonant closes the mouth for up to about 0.1 s, so shorter gaps are no pauses."""


def _timed(clip: Clip) -> list[tuple[Word, ...]]:
    """The words of each transcribed segment in order. Raises NotDefined where some have no times."""
    segments = [segment.words for segment in clip.transcript]
    if any(timed is None for timed in segments) or not any(segments):
        raise NotDefined("words and their times were not transcribed")
    return [tuple(sorted(timed, key=lambda word: (word.start_s, word.end_s))) for timed in segments if timed]


@produces("speech_articulation_per_s")
def _articulation(clip: Clip) -> float:
    timed = [word for segment in _timed(clip) for word in segment]
    return len(timed) / length((word.start_s, word.end_s) for word in timed)


def _gaps(clip: Clip) -> list[float]:
    gaps = [after.start_s - before.end_s for segment in _timed(clip) for before, after in pairwise(segment)]
    return [gap for gap in gaps if round(gap, 6) >= WORD_GAP_S]


@produces("speech_word_gap_s")
def _word_gap(clip: Clip) -> float:
    return mean(_gaps(clip), of="gaps between words")


@produces("speech_word_pauses_per_10s")
def _word_pauses(clip: Clip) -> float:
    return 10 * len(_gaps(clip)) / length((s.start_s, s.end_s) for s in clip.transcript)


@produces("speech_word_length")
def _word_length(clip: Clip) -> float:
    return mean([float(graphemes(word)) for text in clip.spoken for word in words(text)], of="spoken words")


@produces("speech_rate_variation")
def _rate_variation(clip: Clip) -> float:
    return variation([len(words(s.text or "")) / s.length_s for s in clip.transcript], of="transcribed segments")


def _rate(clip: Clip, window: Span) -> float:
    inside = [s for s in clip.transcript if window[0] <= s.start_s < window[1]]
    seconds = length((s.start_s, s.end_s) for s in inside)
    return ratio(sum(len(words(s.text or "")) for s in inside), seconds, none="nothing was transcribed in one of the halves")


@produces("speech_rate_trend")
def _rate_trend(clip: Clip) -> float:
    half_s = clip.duration_s / 2
    return _rate(clip, (half_s, clip.duration_s)) - _rate(clip, (0.0, half_s))


@produces("speech_shown_word_share")
def _shown_words(clip: Clip) -> float:
    shown: dict[str, list[Span]] = defaultdict(list)
    for overlay, texts in zip(clip.overlays, clip.texts.words, strict=True):
        for word in texts:
            shown[word].append((overlay.start_s - SYNC_S, overlay.end_s + SYNC_S))
    said = [
        any(start < end_s and start_s < end for start, end in shown.get(word, ()))
        for word, start_s, end_s in _said(clip)
    ]  # fmt: skip
    return share_of(said, of="spoken words")


def _said(clip: Clip) -> list[tuple[str, float, float]]:
    """Each word with its own time, or that of its segment where words have no times."""
    parts = [part for s in clip.transcript for part in (s.words if s.words is not None else (s,))]
    return [(word, part.start_s, part.end_s) for part in parts for word in words(part.text or "")]


@produces("speech_hook_words")
def _hook_words(clip: Clip) -> float:
    if not clip.speech_segments:
        return 0
    return sum(t_s < clip.windows.hook[1] for t_s in _word_starts(clip))


def _word_starts(clip: Clip) -> Iterator[float]:
    """When each word begins: by its own time, or spread evenly over its segment where words have no times."""
    for segment in clip.transcript:
        for part in segment.words if segment.words is not None else (segment,):
            number = len(words(part.text or ""))
            yield from (part.start_s + i * part.length_s / number for i in range(number))


@produces("speech_call_position")
def _call_position(clip: Clip) -> float:
    starts = [segment.start_s for segment in clip.transcript if calls_to_action(segment.text or "")]
    if not starts:
        raise NotDefined("nothing spoken calls to action")
    return starts[0] / clip.duration_s


@produces("speech_hook_asks")
def _hook_asks(clip: Clip) -> bool:
    return any(has_question(s.text or "") for s in clip.transcript if s.start_s < clip.windows.hook[1])


def _listed_share(clip: Clip, phrases: Mapping[str, tuple[str, ...]]) -> float:
    known = [(words(s.text or ""), (s.language or "").split("-")[0].lower()) for s in clip.transcript]
    covered = [(spoken, language) for spoken, language in known if language in phrases and spoken]
    if not covered:
        raise NotDefined("the speech is in none of the languages listed")
    return sum(listed(spoken, phrases[language]) for spoken, language in covered) / sum(len(spoken) for spoken, _ in covered)


@produces("speech_filler_share")
def _fillers(clip: Clip) -> float:
    return _listed_share(clip, FILLERS)


@produces("speech_address_share")
def _address(clip: Clip) -> float:
    return _listed_share(clip, ADDRESS)


@produces("speech_first_person_share")
def _first_person(clip: Clip) -> float:
    return _listed_share(clip, FIRST_PERSON)


@produces("speech_clarity_proxy")
def _clarity(clip: Clip) -> float:
    told = [(segment.length_s, segment.confidence) for segment in clip.transcript if segment.confidence is not None]
    seconds = sum(length_s for length_s, _ in told)
    return ratio(sum(length_s * confidence for length_s, confidence in told), seconds, none="no confidence was told")
