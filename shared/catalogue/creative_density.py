"""Declarations of creative_density: how much happens at once, and when.

Elements are cuts, texts, stretches of speech, gestures and appearances of a face; each counts once, when it begins
(what is there from the first moment begins then). Layers are what lasts: text, speech, face and hands.
"""

from itertools import combinations

from shared.catalogue.feature import Analysis, Block, Feature, Source, Unit
from shared.catalogue.section import Section

_SOURCES = (Source.SCENES, Source.TEXT, Source.SPEECH, Source.PEOPLE)
_NOTHING = "no element begins"
_core, _dynamics, _interactions, _events, _patterns = (
    Section(Analysis.CREATIVE_DENSITY, block, _SOURCES) for block in Block if block is not Block.QUALITY
)
_LASTING = (Source.TEXT, Source.SPEECH, Source.PEOPLE)
_core_layers, _dynamics_layers, _events_layers, _quality_layers = (
    Section(Analysis.CREATIVE_DENSITY, block, _LASTING)
    for block in (Block.CORE, Block.DYNAMICS, Block.KEY_EVENTS, Block.QUALITY)
)
KINDS = ("cut", "text", "speech", "gesture", "face")
LAYERS = ("text", "speech", "face", "hands")
_LAYER_SOURCES = {"text": Source.TEXT, "speech": Source.SPEECH, "face": Source.PEOPLE, "hands": Source.PEOPLE}
_LAYER_WORDS = {"text": "text on screen", "speech": "speech", "face": "a face", "hands": "hands"}


def _together(first: str, second: str) -> Feature:
    """Two layers at the same time: one declaration for every pair, whether a video has them or not."""
    a, b = _LAYER_WORDS[first], _LAYER_WORDS[second]
    section = Section(
        Analysis.CREATIVE_DENSITY, Block.INTERACTIONS, tuple(dict.fromkeys((_LAYER_SOURCES[first], _LAYER_SOURCES[second])))
    )
    return section.share(
        f"density_{first}_with_{second}_share", f"{a.capitalize()} together with {b}",
        f"Share of the duration with both {a} and {b}.",
        higher=f"Combine {a} with {b}", lower=f"Keep {a} and {b} apart",
    )  # fmt: skip


def _cut_during(layer: str) -> Feature:
    words = _LAYER_WORDS[layer]
    section = Section(Analysis.CREATIVE_DENSITY, Block.INTERACTIONS, (Source.SCENES, _LAYER_SOURCES[layer]))
    return section.share(
        f"density_cut_during_{layer}_share", f"Cuts during {words}", f"Share of the cuts at whose time there is {words}.",
        undefined="nothing is cut",
        higher=f"Cut while there is {words}", lower=f"Cut while there is no {words.removeprefix('a ')}",
    )  # fmt: skip


FEATURES = (
    _core.number(
        "density_elements_per_s", "Elements per second", "Number of elements that begin divided by the duration.",
        unit=Unit.PER_SECOND, noun="elements", low=0.0,
        higher="Let something new happen more often", lower="Let less happen",
    ),
    _core.count(
        "density_max_in_1_s", "Most elements in a second", "Largest number of elements that begin within any 1 s.", "elements",
        higher="Include one very busy second", lower="Spread events out in time",
    ),
    _core_layers.share(
        "density_empty_share", "Time without anything", "Share of the duration without text, speech, face or hands.",
        higher="Leave moments without text, speech and people", lower="Always have text, speech or a person",
    ),
    _core_layers.positive(
        "density_layers_mean", "Layers at once", "Mean number of layers (text, speech, face, hands) at the same time.",
        noun="layers",
        higher="Combine more of text, speech, face and hands", lower="Use fewer layers at once",
    ),
    _core_layers.count(
        "density_layers_max", "Most layers at once", "Largest number of layers (text, speech, face, hands) at the same time.",
        "layers",
        higher="Combine text, speech, face and hands in one moment", lower="Never use all layers at once",
    ),
    _core.count(
        "density_kind_count", "Kinds of elements", "Number of different kinds of elements (of five).", "kinds",
        higher="Use more kinds of elements", lower="Use fewer kinds of elements",
    ),
    _dynamics.positive(
        "density_variation", "Unevenness of events",
        "Standard deviation divided by mean of the number of elements in equal bins of about 1 s.", undefined=_NOTHING,
        higher="Alternate busy and calm seconds", lower="Spread events evenly",
    ),
    _dynamics.number(
        "density_trend", "Change of density", "Elements per second in the last third minus those in the first third.",
        unit=Unit.PER_SECOND, noun="elements",
        higher="Get busier towards the end", lower="Be busiest at the start",
    ),
    _dynamics.share(
        "density_first_third_share", "Elements in the first third", "Share of the elements that begin in the first third.",
        undefined=_NOTHING,
        higher="Put more into the first third", lower="Put less into the first third",
    ),
    _dynamics.share(
        "density_middle_third_share", "Elements in the middle third", "Share of the elements that begin in the middle third.",
        undefined=_NOTHING,
        higher="Put more into the middle", lower="Put less into the middle",
    ),
    _dynamics.seconds(
        "density_longest_lull_s", "Longest lull", "Longest stretch of the video in which no element begins.",
        higher="Let a longer stretch pass without anything new", lower="Never let long pass without something new",
    ),
    _dynamics_layers.number(
        "density_layers_trend", "Change of layers", "Mean number of layers in the last third minus that in the first third.",
        noun="layers", low=-4.0, high=4.0,
        higher="Add layers towards the end", lower="Start with many layers",
    ),
    *(_together(first, second) for first, second in combinations(LAYERS, 2)),
    *(_cut_during(layer) for layer in LAYERS),
    _interactions.share(
        "density_sync_share", "Elements in step",
        "Share of the elements that begin at most 0.5 s from the beginning of an element of another kind.", undefined=_NOTHING,
        higher="Let things begin together: cut, text, speech, gesture", lower="Let things begin one after another",
    ),
    _interactions.count(
        "density_peak_count", "Multi-modal moments",
        "Number of separate moments in which elements of at least three kinds begin within 1 s.", "moments",
        higher="Create moments where three things begin at once", lower="Avoid moments where many things begin at once",
    ),
    _events.share(
        "density_peak_position", "Position of the busiest moment",
        "Start of the 3 s in which most elements begin (the first of equals) divided by the duration.", undefined=_NOTHING,
        higher="Be busiest late in the video", lower="Be busiest early in the video",
    ),
    _events.share(
        "density_peak_share", "Weight of the busiest moment", "Share of the elements that begin in the busiest 3 s.",
        undefined=_NOTHING,
        higher="Concentrate events in one burst", lower="Spread events over the video",
    ),
    _events.count(
        "density_hook_count", "Elements in the hook", "Number of elements that begin in the hook.", "elements",
        higher="Let more begin within the first 3 seconds", lower="Let less begin within the first 3 seconds",
    ),
    _events.count(
        "density_closing_count", "Elements in the closing", "Number of elements that begin in the closing.", "elements",
        higher="Let more begin within the last 3 seconds", lower="Let less begin within the last 3 seconds",
    ),
    _events.number(
        "density_hook_lift", "Density of the hook", "Elements per second in the hook divided by those in the whole video.",
        unit=Unit.RATIO, low=0.0, undefined=_NOTHING,
        higher="Make the first 3 seconds busier than the rest", lower="Make the first 3 seconds calmer than the rest",
    ),
    _events_layers.positive(
        "density_hook_layers", "Layers in the hook", "Mean number of layers (text, speech, face, hands) in the hook.",
        noun="layers",
        higher="Combine text, speech, face and hands in the first 3 seconds", lower="Open with few layers",
    ),
    _events_layers.positive(
        "density_closing_layers", "Layers in the closing", "Mean number of layers (text, speech, face, hands) in the closing.",
        noun="layers",
        higher="Combine text, speech, face and hands in the last 3 seconds", lower="Close with few layers",
    ),
    _events.count(
        "density_lull_count", "Lulls", "Number of stretches of at least 3 s in which no element begins.", "lulls",
        higher="Allow calm stretches", lower="Avoid stretches of 3 seconds without anything new",
    ),
    _patterns.choice(
        "density_arc", "Course of the density",
        "The third in which most elements begin, if at least 1.25 times its even share: front, middle or back; else even; "
        "none without elements.", ("none", "front", "middle", "back", "even"),
        higher="Distribute events this way: {option}", lower="Avoid this distribution of events: {option}",
    ),
    _patterns.choice(
        "density_class", "Density", "sparse below 0.5, moderate below 1, dense from 1 element per second.",
        ("sparse", "moderate", "dense"),
        higher="Make the video {option}", lower="Do not make the video {option}",
    ),
    _patterns.choice(
        "density_main_kind", "Most frequent element", "The kind of element that begins most often; none without elements.",
        ("none", *KINDS),
        higher="Build the video on this element: {option}", lower="Do not rely on this element: {option}",
    ),
    _patterns.share(
        "density_balance", "Balance of kinds",
        "Entropy of the kinds of elements divided by the largest possible one (that of five equally frequent kinds).",
        undefined=_NOTHING,
        higher="Use all kinds of elements equally", lower="Concentrate on one kind of element",
    ),
    _patterns.flag(
        "density_strong_opening", "Strong opening",
        "1 where no later window of the hook's length has more beginnings than the hook.",
        higher="Make the opening the busiest part", lower="Save the busiest part for later",
    ),
    _quality_layers.share(
        "density_crowded_share", "Crowded time", "Share of the duration with at least three layers at once.",
        higher="Fill more moments with three or four layers", lower="Avoid three or more layers at once",
    ),
    _quality_layers.share(
        "density_single_layer_share", "Focused time", "Share of the duration with exactly one layer.",
        higher="Give viewers one thing at a time", lower="Support each thing with a second one",
    ),
)  # fmt: skip
