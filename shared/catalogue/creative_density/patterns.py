"""What kind of density a video has: Patterns."""

from itertools import combinations

from shared.catalogue.creative_density.kinds import KINDS, LAYERS
from shared.catalogue.creative_density.sections import NOTHING, beginning, lasting
from shared.catalogue.feature import Block

_section, _layers = beginning(Block.PATTERNS), lasting(Block.PATTERNS)
PAIRS = tuple(f"{first}_and_{second}" for first, second in combinations(LAYERS, 2))

PATTERNS = (
    _section.choice(
        "density_arc", "Course of the density",
        "The third in which most elements begin, if at least 1.25 times its even share: front, middle or back; else even; "
        "none without elements.", ("none", "front", "middle", "back", "even"),
        higher="Distribute events this way: {option}", lower="Avoid this distribution of events: {option}",
    ),
    _section.choice(
        "density_class", "Density", "sparse below 0.5, moderate below 1, dense from 1 element per second.",
        ("sparse", "moderate", "dense"),
        higher="Make the video {option}", lower="Do not make the video {option}",
    ),
    _section.choice(
        "density_main_kind", "Most frequent element",
        "The kind of element that begins most often, the first in this list of equals.", KINDS, undefined=NOTHING,
        higher="Build the video on this element: {option}", lower="Do not rely on this element: {option}",
    ),
    _section.share(
        "density_balance", "Balance of kinds",
        "Entropy of the kinds of elements divided by the largest possible one (that of five equally frequent kinds).",
        undefined=NOTHING,
        higher="Use all kinds of elements equally", lower="Concentrate on one kind of element",
    ),
    _section.flag(
        "density_strong_opening", "Strong opening",
        "1 where no later window of the hook's length has more beginnings than the hook.", undefined=NOTHING,
        higher="Make the opening the busiest part", lower="Save the busiest part for later",
    ),
    _layers.choice(
        "density_main_pair", "Main combination",
        "The pair of layers (text, speech, face, hands) that is there together for the longest time; none without any.",
        ("none", *PAIRS),
        higher="Build the video on this combination: {option}", lower="Do not rely on this combination: {option}",
    ),
)  # fmt: skip
