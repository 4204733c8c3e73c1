"""Features in words, from the catalogue; a column the catalogue does not know keeps its own name and nothing is invented."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from shared.catalogue import words
from shared.catalogue.feature import Direction, Feature, Kind, Unit
from shared.catalogue.registry import CATALOGUE
from shared.numbers import number, percent

Format = Callable[[float], str]
Aim = tuple[float, float]
"""The values to aim for, lowest and highest."""
Instruct = Callable[[Direction, Aim | None], str]
_LAST_UNIT = re.compile(r"(?<=\d) (?=[^ ]+\)$)")  # the number before it stays on its line


@dataclass(frozen=True)
class FeatureWords:
    """How one feature is spoken of. `form` writes a value with its unit, `short` the same without, `tick` a mark on an axis.

    `instruct` says what to do for a higher or lower value, with the values to aim for where they are given.
    """

    title: str
    definition: str | None
    instruct: Instruct
    form: Format
    short: Format
    tick: Format


def describe(column: str) -> FeatureWords:
    """The words of a column: a catalogue name, `name=option` for a member of a closed list, or any other column's name."""
    name, _, option = column.partition("=")
    if name not in CATALOGUE:
        return FeatureWords(column, None, _plain(column), number, number, number)
    feature = CATALOGUE.get(name)
    if feature.kind is Kind.ENUM:
        return _member(feature, option.replace("_", " ") or "none of the list")
    return _numeric(feature)


def _numeric(feature: Feature) -> FeatureWords:
    plain = _plain(feature.title[:1].lower() + feature.title[1:])
    unit = " ".join(part for part in (feature.noun, feature.unit.value) if part)

    def instruct(direction: Direction, aim: Aim | None) -> str:
        told = words.instruction(feature, direction, aim)
        return _LAST_UNIT.sub("\u00a0", told) if told else plain(direction, None)

    def form(value: float) -> str:
        return words.format_value(feature, value)

    def short(value: float) -> str:
        return form(value).removesuffix(unit).rstrip()

    return FeatureWords(feature.title, _definition(feature), instruct, form, short, _tick(feature))


def _definition(feature: Feature) -> str:
    """The definition for people: names of options as words, and that of a yes-or-no feature without its numbers."""
    told = feature.definition.replace("_", " ")
    return told.replace("1 where ", "Yes where ", 1) if feature.kind is Kind.FLAG else f"{told[:1].upper()}{told[1:]}"


def _member(feature: Feature, option: str) -> FeatureWords:
    title = f"{feature.title}: {option}"

    def instruct(direction: Direction, aim: Aim | None) -> str:
        advice = words.instruction(feature, direction, aim)
        often = "More" if direction == "higher" else "Less"
        return advice.format(option=option) if advice else f"{often} often {title}"

    return FeatureWords(title, _definition(feature), instruct, _yes_no, _yes_no, _yes_no)


def _tick(feature: Feature) -> Format:
    if feature.kind is Kind.FLAG:
        return _yes_no
    if feature.unit in (Unit.SHARE, Unit.POINTS):
        return lambda value: percent(value, 0)
    return number


def _plain(name: str) -> Instruct:
    return lambda direction, _: f"{direction.capitalize()} {name}"


def _yes_no(value: float) -> str:
    return {0.0: "no", 1.0: "yes"}.get(value) or percent(value, 0)
