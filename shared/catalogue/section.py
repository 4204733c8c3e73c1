"""Declares features with few words: a section is one block of one analysis, its methods are the usual kinds of number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict, Unpack

from shared.catalogue.feature import Analysis, Block, Feature, Kind, Source, Unit


class Words(TypedDict, total=False):
    """What any declaration may add. `also` names further sources; `higher` and `lower` are instructions to a creator."""

    also: tuple[Source, ...]
    undefined: str | None
    higher: str
    lower: str


class Nouns(TypedDict, total=False):
    """For numbers of something: what is counted, in the plural."""

    noun: str


class Bounds(Nouns, total=False):
    """A number's unit and inclusive bounds."""

    unit: Unit
    low: float
    high: float


class CountWords(Words, total=False):
    """What a count may add: `most` where there can't be more."""

    most: float


class NounWords(Words, Nouns, total=False):
    """What a number of something may add."""


class NumberWords(Words, Bounds, total=False):
    """What any number may add."""


@dataclass(frozen=True)
class Section:
    """One block of one analysis, and the sources that every feature in it needs."""

    analysis: Analysis
    block: Block
    needs: tuple[Source, ...]

    def number(self, name: str, title: str, definition: str, **more: Unpack[NumberWords]) -> Feature:
        """Any number."""
        return self._declare(Kind.NUMBER, (name, title, definition), more, more)

    def share(self, name: str, title: str, definition: str, **more: Unpack[Words]) -> Feature:
        """A share, 0 to 1."""
        return self.number(name, title, definition, unit=Unit.SHARE, low=0.0, high=1.0, **more)

    def change(self, name: str, title: str, definition: str, **more: Unpack[Words]) -> Feature:
        """A difference of two shares, -1 to 1."""
        return self.number(name, title, definition, unit=Unit.POINTS, low=-1.0, high=1.0, **more)

    def seconds(self, name: str, title: str, definition: str, **more: Unpack[Words]) -> Feature:
        """A time or a length in seconds."""
        return self.number(name, title, definition, unit=Unit.SECONDS, low=0.0, **more)

    def per_10_s(self, name: str, title: str, definition: str, **more: Unpack[NounWords]) -> Feature:
        """A rate per ten seconds."""
        return self.number(name, title, definition, unit=Unit.PER_10_S, low=0.0, **more)

    def positive(self, name: str, title: str, definition: str, **more: Unpack[NounWords]) -> Feature:
        """A number without a unit, 0 or more."""
        return self.number(name, title, definition, low=0.0, **more)

    def correlation(self, name: str, title: str, definition: str, **more: Unpack[Words]) -> Feature:
        """A correlation, -1 to 1."""
        return self.number(name, title, definition, unit=Unit.CORRELATION, low=-1.0, high=1.0, **more)

    def count(self, name: str, title: str, definition: str, noun: str, **more: Unpack[CountWords]) -> Feature:
        """How many; `noun` is what is counted, in the plural."""
        bounds: Bounds = {"noun": noun, "low": 0.0}
        if "most" in more:
            bounds["high"] = more["most"]
        return self._declare(Kind.COUNT, (name, title, definition), more, bounds)

    def flag(self, name: str, title: str, definition: str, **more: Unpack[Words]) -> Feature:
        """1 where it is so, 0 where it is not."""
        return self._declare(Kind.FLAG, (name, title, definition), more, {"low": 0.0, "high": 1.0})

    def choice(self, name: str, title: str, definition: str, options: tuple[str, ...], **more: Unpack[Words]) -> Feature:
        """One of a closed list; the instructions to a creator have {option} in them."""
        return self._declare(Kind.ENUM, (name, title, definition), more, {}, options)

    def _declare(
        self, kind: Kind, text: tuple[str, str, str], words: Words, bounds: Bounds, options: tuple[str, ...] = ()
    ) -> Feature:
        return Feature(
            name=text[0],
            analysis=self.analysis,
            block=self.block,
            kind=kind,
            title=text[1],
            definition=text[2],
            unit=bounds.get("unit", Unit.NONE),
            noun=bounds.get("noun", ""),
            low=bounds.get("low"),
            high=bounds.get("high"),
            options=options,
            needs=tuple(dict.fromkeys((*self.needs, *words.get("also", ())))),
            undefined=words.get("undefined"),
            higher=words.get("higher"),
            lower=words.get("lower"),
        )


def by_block(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """The features in the order of the blocks, within a block as they come."""
    blocks = list(Block)
    return tuple(sorted(features, key=lambda feature: blocks.index(feature.block)))
