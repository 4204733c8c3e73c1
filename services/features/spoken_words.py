"""What is said, word by word, each at its own time; the questions and the first call to action among it."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from services.features.intervals import Span
from services.features.language import has_question, sentences
from shared.contracts.analysis import SpeechSegment
from shared.language import first_call, words


class SpokenWords:
    """The words of a transcript in order, case-folded.

    A segment is a stretch of speech of any length, so its start says nothing about when a word of it is said. A word has the
    time that the recognizer gave it. Where it gave none, or timed other words than the segment's text has, the words of the
    text are spread evenly over the segment.
    """

    def __init__(self, transcript: tuple[SpeechSegment, ...]) -> None:
        self._transcript = transcript
        self.by_segment = tuple(words(segment.text or "") for segment in transcript)
        self.words = tuple(chain.from_iterable(self.by_segment))

    @cached_property
    def times(self) -> tuple[Span, ...]:
        """When each word is said."""
        known = zip(self._transcript, map(len, self.by_segment), strict=True)
        return tuple(chain.from_iterable(_times(segment, number) for segment, number in known))

    @cached_property
    def questions(self) -> tuple[Span, ...]:
        """When each sentence with a question mark is said; the end of a segment ends a sentence too."""
        found, before = list[Span](), 0
        for segment, said in zip(self._transcript, self.by_segment, strict=True):
            parts = _questions(segment.text or "")
            found += [(self.times[before + first][0], self.times[before + last][1]) for first, last in parts]
            before += len(said)
        return tuple(found)

    @cached_property
    def first_call_s(self) -> float | None:
        """When the first call to action begins, None without one."""
        at = first_call(self.words)
        return None if at is None else self.times[at][0]


def _times(segment: SpeechSegment, number: int) -> list[Span]:
    if segment.words:
        timed = [time for word in segment.words for time in _spread(word.start_s, word.end_s, len(words(word.text)))]
        if len(timed) == number:
            return timed
    return _spread(segment.start_s, segment.end_s, number)


def _spread(start_s: float, end_s: float, number: int) -> list[Span]:
    """Equal parts of an interval, as many as there are words; all of it for one."""
    if number == 1:
        return [(start_s, end_s)]
    step = (end_s - start_s) / number if number else 0.0
    return [(start_s + i * step, start_s + (i + 1) * step) for i in range(number)]


def _questions(text: str) -> Iterator[tuple[int, int]]:
    """The places of the first and the last word of each sentence that asks."""
    before = 0
    for sentence in sentences(text) if has_question(text) else ():
        number = len(words(sentence))
        if number and has_question(sentence):
            yield before, before + number - 1
        before += number
