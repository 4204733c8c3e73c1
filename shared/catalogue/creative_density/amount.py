"""How much happens: CoreMetrics and Quality, and objects in each window."""

from shared.catalogue.creative_density.kinds import ELEMENTS, KINDS
from shared.catalogue.creative_density.sections import NOTHING, beginning, lasting, of
from shared.catalogue.feature import Analysis, Block, Feature, Source, Unit
from shared.catalogue.section import Section
from shared.catalogue.timeline import over_time

_section, _layers, _quality = beginning(Block.CORE), lasting(Block.CORE), lasting(Block.QUALITY)
_objects = of(Block.CORE, Source.OBJECTS)


def _part(kind: str) -> Feature:
    """Which share of the elements one kind has: one declaration for every kind."""
    many = ELEMENTS[kind].many
    return _section.share(
        f"density_{kind}_part_share", f"Share of {many}", f"Share of the elements that are {many}.", undefined=NOTHING,
        higher=f"Let {many} be a larger part of what happens", lower=f"Let {many} be a smaller part of what happens",
    )  # fmt: skip


CORE = (
    _section.number(
        "density_elements_per_s", "Elements per second", "Number of elements that begin divided by the duration.",
        unit=Unit.PER_SECOND, noun="elements", low=0.0,
        higher="Let something new happen more often", lower="Let less happen",
    ),
    _section.count(
        "density_max_in_1_s", "Most elements in a second", "Largest number of elements that begin within any 1 s.", "elements",
        higher="Include one very busy second", lower="Spread events out in time",
    ),
    _layers.share(
        "density_empty_share", "Time without anything", "Share of the duration without text, speech, face or hands.",
        higher="Leave moments without text, speech and people", lower="Always have text, speech or a person",
    ),
    _layers.positive(
        "density_layers_mean", "Layers at once", "Mean number of layers (text, speech, face, hands) at the same time.",
        noun="layers",
        higher="Combine more of text, speech, face and hands", lower="Use fewer layers at once",
    ),
    _layers.count(
        "density_layers_max", "Most layers at once", "Largest number of layers (text, speech, face, hands) at the same time.",
        "layers",
        most=4.0, higher="Combine text, speech, face and hands in one moment", lower="Never use all layers at once",
    ),
    _section.count(
        "density_kind_count", "Kinds of elements", "Number of different kinds of elements.", "kinds",
        most=5.0, higher="Use more kinds of elements", lower="Use fewer kinds of elements",
    ),
    *(_part(kind) for kind in KINDS),
    of(Block.CORE, Source.GRAPHICS).per_10_s(
        "density_graphics_per_10s", "Graphics per 10 seconds",
        "Number of graphics (stickers, inserted pictures) divided by the duration, times ten.", noun="graphics",
        higher="Show stickers and inserted pictures more often", lower="Use fewer stickers and inserted pictures",
    ),
    _objects.per_10_s(
        "density_objects_per_10s", "Objects per 10 seconds",
        "Number of appearances of an object divided by the duration, times ten.", noun="objects",
        higher="Bring objects into the picture more often", lower="Bring fewer objects into the picture",
    ),
    _objects.count(
        "density_object_kinds", "Kinds of objects", "Number of different kinds of objects that are seen.", "kinds",
        higher="Show more different objects", lower="Show fewer different objects",
    ),
    _objects.share(
        "density_object_time_share", "Time with objects", "Share of the duration in which an object is seen.",
        higher="Keep an object in the picture for longer", lower="Show objects for less of the time",
    ),
)  # fmt: skip
OBJECTS = over_time(
    Section.share, (Analysis.CREATIVE_DENSITY, Source.OBJECTS), "density_{window}_object_share", "Objects in {there}",
    "Share of {there} in which an object is seen.",
    higher="Show an object in {when}", lower="Show no objects in {when}",
)  # fmt: skip
QUALITY = (
    _quality.share(
        "density_crowded_share", "Crowded time", "Share of the duration with at least three layers at once.",
        higher="Fill more moments with three or four layers", lower="Avoid three or more layers at once",
    ),
    _quality.share(
        "density_single_layer_share", "Focused time", "Share of the duration with exactly one layer.",
        higher="Give viewers one thing at a time", lower="Support each thing with a second one",
    ),
)  # fmt: skip
