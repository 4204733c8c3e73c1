"""Formulas of speech_analysis: words in time, their rate and kinds; null where nothing was transcribed."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from services.features.absent import NotDefined
from services.features.binding import produces
from services.features.clip import Clip
from services.features.formulas.speech import SYNC_S
from services.features.intervals import Span, intersect, length
from services.features.language import graphemes
from services.features.listed_words import ADDRESS, FILLERS, FIRST_PERSON, listed
from services.features.statistics import mean, ratio, share_of, variation
from shared.contracts.analysis import Word
from shared.language import spaced

WORD_GAP_S = 0.15
"""A stop consonant closes the mouth for up to about 0.1 s, so shorter gaps are no pauses."""
LEAST_S = 1.0
"""In less speech than this one word more or less decides how fast it was."""
LONGEST_S = 3.0
"""A question of the hook is over this soon after it; a longer sentence is more likely one whose full stops are missing."""


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
    return mean([float(graphemes(word)) for word in spaced(clip.said.words)], of="spoken words of a script with spaces")


@produces("speech_rate_variation")
def _rate_variation(clip: Clip) -> float:
    said = zip(clip.said.by_segment, clip.transcript, strict=True)
    return variation([len(spoken) / segment.length_s for spoken, segment in said], of="transcribed segments")


def _rate(clip: Clip, window: Span) -> float:
    seconds = length(intersect([(s.start_s, s.end_s) for s in clip.transcript], (window,)))
    if round(seconds, 6) < LEAST_S:
        raise NotDefined("less than 1 s of speech was transcribed in one of the halves")
    return sum(window[0] <= start < window[1] for start, _ in clip.said.times) / seconds


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
        for word, (start_s, end_s) in zip(clip.said.words, clip.said.times, strict=True)
    ]  # fmt: skip
    return share_of(said, of="spoken words")


@produces("speech_hook_words")
def _hook_words(clip: Clip) -> float:
    if not clip.speech_segments:
        return 0
    return sum(start < clip.windows.hook[1] for start, _ in clip.said.times)


@produces("speech_call_position")
def _call_position(clip: Clip) -> float:
    if clip.said.first_call_s is None:
        raise NotDefined("nothing spoken calls to action")
    return clip.said.first_call_s / clip.duration_s


@produces("speech_hook_asks")
def _hook_asks(clip: Clip) -> bool:
    if not clip.speech_segments:
        return False
    hook_s = clip.windows.hook[1]
    return any(start < hook_s and end <= hook_s + LONGEST_S for start, end in clip.said.questions)


def _listed_share(clip: Clip, phrases: Mapping[str, tuple[str, ...]]) -> float:
    languages = [(segment.language or "").split("-")[0].lower() for segment in clip.transcript]
    known = zip(clip.said.by_segment, languages, strict=True)
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
