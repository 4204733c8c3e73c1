"""Declares what changes over time in the same six windows: the hook, each segment of the middle, the closing.

The windows stand in services/features/windows.py. The segments come from shared/catalogue/segments.py: a clip has as many of
them as its length gives it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shared.catalogue.feature import Analysis, Block, Feature, Source
from shared.catalogue.section import Section
from shared.catalogue.segments import FEWER, NUMBERS, segment


@dataclass(frozen=True)
class Window:
    """A window in words: `there` for a definition, `when` for a creator, `rest` is what a change in it is measured against."""

    block: Block
    there: str
    when: str
    rest: str


WINDOWS: Mapping[str, Window] = {
    "hook": Window(Block.KEY_EVENTS, "the hook", "the first 3 seconds", "the rest"),
    **{f"middle_{number}": Window(Block.DYNAMICS, segment(number), segment(number), "the whole video") for number in NUMBERS},
    "closing": Window(Block.KEY_EVENTS, "the closing", "the last 3 seconds", "what is before"),
}
"""By the word for it in the names of features, in the order of time."""


def over_time(
    declare: Callable[..., Feature], source: tuple[Analysis, Source], name: str, title: str, definition: str, **more: object
) -> tuple[Feature, ...]:
    """One feature per window: `{window}` in the name is the word for it, `{there}`, `{when}` and `{rest}` are put in anywhere.

    `declare` is a method of the class Section, such as `Section.share`; `more` is what it takes.
    """
    return tuple(_one(declare, source, word, (name, title, definition), more) for word in WINDOWS)


def _one(
    declare: Callable[..., Feature],
    source: tuple[Analysis, Source],
    word: str,
    text: tuple[str, str, str],
    more: dict[str, object],
) -> Feature:
    window = WINDOWS[word]

    def filled(words: object) -> object:
        told = {"window": word, "there": window.there, "when": window.when, "rest": window.rest}
        return words.format(**told) if type(words) is str else words

    rest = {key: filled(value) for key, value in more.items()}
    if window.block is Block.DYNAMICS:
        rest["undefined"] = f"{rest['undefined']}, or {FEWER}" if "undefined" in rest else FEWER
    return declare(Section(source[0], window.block, (source[1],)), *map(filled, text), **rest)
