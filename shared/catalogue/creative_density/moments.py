"""When most and least happens: KeyEvents."""

from shared.catalogue.creative_density.sections import NOTHING, beginning, lasting
from shared.catalogue.feature import Block, Unit

_section, _layers = beginning(Block.KEY_EVENTS), lasting(Block.KEY_EVENTS)

KEY_EVENTS = (
    _section.share(
        "density_peak_position", "Position of the busiest moment",
        "Start of the 3 s in which most elements begin (the first of equals) divided by the duration.", undefined=NOTHING,
        higher="Be busiest late in the video", lower="Be busiest early in the video",
    ),
    _section.share(
        "density_peak_share", "Weight of the busiest moment", "Share of the elements that begin in the busiest 3 s.",
        undefined=NOTHING,
        higher="Concentrate events in one burst", lower="Spread events over the video",
    ),
    _section.count(
        "density_hook_count", "Elements in the hook", "Number of elements that begin in the hook.", "elements",
        higher="Let more things begin within the first 3 seconds", lower="Let fewer things begin within the first 3 seconds",
    ),
    _section.count(
        "density_closing_count", "Elements in the closing", "Number of elements that begin in the closing.", "elements",
        higher="Let more things begin within the last 3 seconds", lower="Let fewer things begin within the last 3 seconds",
    ),
    _section.number(
        "density_hook_lift", "Density of the hook", "Elements per second in the hook divided by those in the whole video.",
        unit=Unit.RATIO, low=0.0, undefined=NOTHING,
        higher="Make the first 3 seconds busier than the rest", lower="Make the first 3 seconds calmer than the rest",
    ),
    _layers.positive(
        "density_hook_layers", "Layers in the hook", "Mean number of layers (text, speech, face, hands) in the hook.",
        noun="layers",
        higher="Combine text, speech, face and hands in the first 3 seconds", lower="Open with few layers",
    ),
    _layers.positive(
        "density_closing_layers", "Layers in the closing", "Mean number of layers (text, speech, face, hands) in the closing.",
        noun="layers",
        higher="Combine text, speech, face and hands in the last 3 seconds", lower="Close with few layers",
    ),
    _section.count(
        "density_lull_count", "Lulls", "Number of stretches of at least 3 s in which no element begins.", "lulls",
        higher="Allow calm stretches", lower="Avoid stretches of 3 seconds without anything new",
    ),
    _section.count(
        "density_first_second_count", "Elements in the first second", "Number of elements that begin in the first second.",
        "elements",
        higher="Let more things begin within the first second", lower="Let fewer things begin within the first second",
    ),
    _section.count(
        "density_hook_kinds", "Kinds of elements in the hook",
        "Number of different kinds of elements that begin in the hook.", "kinds",
        most=5.0,
        higher="Use more kinds of elements in the first 3 seconds", lower="Use fewer kinds of elements in the first 3 seconds",
    ),
    _section.count(
        "density_peak_kinds", "Kinds of elements in the busiest moment",
        "Number of different kinds of elements that begin in the busiest 3 s.", "kinds",
        most=5.0, higher="Make the busiest moment varied", lower="Build the busiest moment from one kind of element",
    ),
    _section.number(
        "density_closing_lift", "Density of the closing",
        "Elements per second in the closing divided by those in the whole video.",
        unit=Unit.RATIO, low=0.0, undefined=NOTHING,
        higher="Make the last 3 seconds busier than the rest", lower="Make the last 3 seconds calmer than the rest",
    ),
    _section.share(
        "density_lull_position", "Position of the longest lull",
        "Start of the longest stretch in which no element begins (the first of equals) divided by the duration.",
        undefined=NOTHING,
        higher="Put the calmest stretch late", lower="Put the calmest stretch early",
    ),
    _layers.share(
        "density_layers_peak_position", "Position of the most layers",
        "Start of the first moment with the largest number of layers (text, speech, face, hands), divided by the duration.",
        undefined="there is never text, speech, a face or a hand",
        higher="Bring text, speech, face and hands together late", lower="Bring text, speech, face and hands together early",
    ),
    _section.share(
        "density_half_position", "When half has happened",
        "Time by which half of the elements have begun, divided by the duration: its position.", undefined=NOTHING,
        higher="Move what happens towards the end", lower="Move what happens towards the start",
    ),
)  # fmt: skip
