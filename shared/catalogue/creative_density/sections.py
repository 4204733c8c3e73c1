"""The blocks of creative_density: for what begins (five kinds of elements) and for what lasts (four layers)."""

import re
from dataclasses import replace

from shared.catalogue.feature import Analysis, Block, Feature, Source
from shared.catalogue.section import Section

NOTHING = "no element begins"
_BEGINNING = (Source.SCENES, Source.TEXT, Source.SPEECH, Source.PEOPLE)
_ELEMENTS, _KINDS = re.compile(r"\belements?\b"), "(cut, text, speech, gesture, face)"
_LASTING = (Source.TEXT, Source.SPEECH, Source.PEOPLE)


def beginning(block: Block) -> Section:
    """The block for features of what begins."""
    return Section(Analysis.CREATIVE_DENSITY, block, _BEGINNING)


def told(features: tuple[Feature, ...]) -> tuple[Feature, ...]:
    """The features, each definition of what begins with what an element is: it is read alone, in reports."""
    return tuple(
        replace(one, definition=_ELEMENTS.sub(rf"\g<0> {_KINDS}", one.definition, count=1)) if one.needs == _BEGINNING else one
        for one in features
    )


def lasting(block: Block) -> Section:
    """The block for features of what lasts."""
    return Section(Analysis.CREATIVE_DENSITY, block, _LASTING)


def of(block: Block, *sources: Source) -> Section:
    """The block for features of some sources."""
    return Section(Analysis.CREATIVE_DENSITY, block, tuple(dict.fromkeys(sources)))
