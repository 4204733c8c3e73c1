"""From what Whisper wrote over the joined stretches of speech back to each stretch: its words and text, or none."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from shared.contracts.analysis import SpeechSegment, Word

Span = tuple[float, float]
MIN_WORD_S = 0.02
"""Whisper's clock ticks every 20 ms; a word that starts and ends on one tick gets this length."""
MIN_LOG_PROBABILITY, MAX_COMPRESSION = -1.0, 2.4
"""The limits at which OpenAI's own decoder throws a text away: improbable on average, or repeating itself (gzip ratio)."""


@dataclass(frozen=True)
class RawWord:
    """A word on the clock of the joined sound; its text keeps the space that separates it from the word before."""

    start_s: float
    end_s: float
    text: str
    probability: float


@dataclass(frozen=True)
class Passage:
    """What was written in one go, with the decoder's own doubts about it."""

    start_s: float
    end_s: float
    log_probability: float
    compression: float
    words: tuple[RawWord, ...]

    @property
    def reliable(self) -> bool:
        """Whether its text can be believed; an invented text over noise is improbable or repeats itself."""
        return self.log_probability >= MIN_LOG_PROBABILITY and self.compression <= MAX_COMPRESSION


def unjoin(spans: Sequence[Span], passages: Sequence[Passage], language: str | None) -> tuple[SpeechSegment, ...]:
    """One segment per span (seconds in the video, joined end to end in this order for the recognizer).

    A span that an unreliable passage touches stays without text; one in which nothing was said that could be read has "".
    """
    starts = (0.0, *accumulate(end - start for start, end in spans))[:-1]
    doubtful = {i for passage in passages if not passage.reliable for i in _touched(passage, starts, spans)}
    words: dict[int, list[RawWord]] = {i: [] for i in range(len(spans))}
    for passage in passages:
        for word in passage.words:
            words[_index(starts, (word.start_s + word.end_s) / 2)].append(word)
    return tuple(
        SpeechSegment(start_s=span[0], end_s=span[1])
        if i in doubtful
        else _segment(span, span[0] - starts[i], words[i], language)
        for i, span in enumerate(spans)
    )


def _segment(span: Span, shift_s: float, words: Sequence[RawWord], language: str | None) -> SpeechSegment:
    placed = tuple(_placed(word, span, shift_s) for word in words)
    confidence = round(sum(word.confidence for word in placed) / len(placed), 3) if placed else None
    text = "".join(word.text for word in words).strip()
    return SpeechSegment(
        start_s=span[0], end_s=span[1], text=text, language=language if text else None, confidence=confidence, words=placed
    )


def _placed(word: RawWord, span: Span, shift_s: float) -> Word:
    """On the video's clock, inside its span, at least one tick long."""
    start = min(max(word.start_s + shift_s, span[0]), span[1] - MIN_WORD_S)
    end = min(max(word.end_s + shift_s, start + MIN_WORD_S), span[1])
    probability = min(1.0, max(0.0, word.probability))
    return Word(start_s=round(start, 3), end_s=round(end, 3), text=word.text.strip(), confidence=round(probability, 3))


def _touched(passage: Passage, starts: Sequence[float], spans: Sequence[Span]) -> list[int]:
    lengths = [end - start for start, end in spans]
    return [
        i
        for i, (start, length) in enumerate(zip(starts, lengths, strict=True))
        if passage.start_s < start + length and start < passage.end_s
    ]


def _index(starts: Sequence[float], t_s: float) -> int:
    return max(0, bisect_right(starts, t_s) - 1)
