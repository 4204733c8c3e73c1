"""The blocks of creative_density: for what begins (five kinds of elements) and for what lasts (four layers)."""

from shared.catalogue.feature import Analysis, Block, Source
from shared.catalogue.section import Section

NOTHING = "no element begins"
_BEGINNING = (Source.SCENES, Source.TEXT, Source.SPEECH, Source.PEOPLE)
_LASTING = (Source.TEXT, Source.SPEECH, Source.PEOPLE)


def beginning(block: Block) -> Section:
    """The block for features of what begins."""
    return Section(Analysis.CREATIVE_DENSITY, block, _BEGINNING)


def lasting(block: Block) -> Section:
    """The block for features of what lasts."""
    return Section(Analysis.CREATIVE_DENSITY, block, _LASTING)


def of(block: Block, *sources: Source) -> Section:
    """The block for features of some sources."""
    return Section(Analysis.CREATIVE_DENSITY, block, tuple(dict.fromkeys(sources)))
