"""Declares one column per segment of the middle: the columns are fixed, a clip has as many of the segments as its length gives.

The rule stands in services/features/windows.py: none under 9 s, then 2 up to 15 s, 3 up to 30 s, 4 in longer clips.
"""

from collections.abc import Callable

from shared.catalogue.feature import Feature

NUMBERS = (1, 2, 3, 4)
_ORDINALS = ("first", "second", "third", "fourth")
FEWER = "the middle of a clip of this length has fewer segments"


def segment(number: int) -> str:
    """`the first segment of the middle`."""
    return f"the {_ORDINALS[number - 1]} segment of the middle"


def per_segment(declare: Callable[..., Feature], name: str, title: str, definition: str, **more: object) -> tuple[Feature, ...]:
    """One feature per segment: `{n}` in the name is its number; in all words `{segment}` is `the first segment of the middle`.

    `declare` is a method of a section, `more` what it takes.
    """
    return tuple(_one(declare, number, (name, title, definition), more) for number in NUMBERS)


def _one(declare: Callable[..., Feature], number: int, text: tuple[str, str, str], more: dict[str, object]) -> Feature:
    def filled(words: object) -> object:
        return words.replace("{n}", str(number)).replace("{segment}", segment(number)) if type(words) is str else words

    undefined = f"{more['undefined']}, or {FEWER}" if "undefined" in more else FEWER
    return declare(*map(filled, text), **{key: filled(words) for key, words in more.items()} | {"undefined": undefined})
