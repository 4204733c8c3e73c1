"""How density changes over the video: Dynamics."""

from shared.catalogue.creative_density.sections import NOTHING, beginning, lasting
from shared.catalogue.feature import Block, Unit
from shared.catalogue.segments import per_segment

_section, _layers = beginning(Block.DYNAMICS), lasting(Block.DYNAMICS)

DYNAMICS = (
    _section.positive(
        "density_variation", "Unevenness of events",
        "Standard deviation divided by mean of the number of elements in equal bins of about 1 s.", undefined=NOTHING,
        higher="Alternate busy and calm seconds", lower="Spread events evenly",
    ),
    _section.number(
        "density_trend", "Change of density", "Elements per second in the last third minus those in the first third.",
        unit=Unit.PER_SECOND, noun="elements",
        higher="Get busier towards the end", lower="Be busiest at the start",
    ),
    _section.share(
        "density_first_third_share", "Elements in the first third", "Share of the elements that begin in the first third.",
        undefined=NOTHING,
        higher="Put more into the first third", lower="Put less into the first third",
    ),
    _section.share(
        "density_middle_third_share", "Elements in the middle third", "Share of the elements that begin in the middle third.",
        undefined=NOTHING,
        higher="Put more into the middle", lower="Put less into the middle",
    ),
    _section.seconds(
        "density_longest_lull_s", "Longest lull", "Longest stretch of the video in which no element begins.",
        higher="Let a longer stretch pass without anything new", lower="Never go long without something new",
    ),
    _layers.number(
        "density_layers_trend", "Change of layers", "Mean number of layers in the last third minus that in the first third.",
        noun="layers", low=-4.0, high=4.0,
        higher="Add layers towards the end", lower="Start with many layers",
    ),
    *per_segment(
        _section.number, "density_middle_{n}_elements_per_s", "Elements per second in {segment}",
        "Number of elements that begin in {segment} divided by its length.", unit=Unit.PER_SECOND, noun="elements", low=0.0,
        higher="Let more happen in {segment}", lower="Let less happen in {segment}",
    ),
    *per_segment(
        _layers.positive, "density_middle_{n}_layers", "Layers in {segment}",
        "Mean number of layers (text, speech, face, hands) in {segment}.", noun="layers",
        higher="Combine more of text, speech, face and hands in {segment}", lower="Use fewer layers in {segment}",
    ),
    _section.seconds(
        "density_median_gap_s", "Typical time between elements",
        "Median time from the beginning of an element to the next one.",
        undefined="fewer than two elements begin",
        higher="Let more time pass from one new thing to the next", lower="Let new things follow each other quickly",
    ),
    _section.positive(
        "density_gap_variation", "Irregularity of elements",
        "Standard deviation of the times from the beginning of an element to the next one, divided by their mean.",
        undefined="fewer than three elements begin at different times",
        higher="Let things come irregularly", lower="Let things come at a steady pace",
    ),
    _section.per_10_s(
        "density_level_changes_per_10s", "Changes between calm and busy",
        "Changes of level from one bin of about 1 s to the next, per 10 s; the levels: no, one or several elements begin.",
        noun="changes",
        higher="Switch between calm and busy more often", lower="Stay calm or busy for longer",
    ),
    _layers.per_10_s(
        "density_layer_changes_per_10s", "Changes of the layers",
        "How often the number of layers (text, speech, face, hands) changes, per 10 s.", noun="changes",
        higher="Add and remove text, speech, face and hands more often", lower="Keep the same layers for longer",
    ),
    _layers.positive(
        "density_layers_spread", "Unevenness of layers",
        "Standard deviation over time of the number of layers (text, speech, face, hands).", noun="layers",
        higher="Alternate full and plain moments", lower="Keep the number of layers even",
    ),
    _section.share(
        "density_lull_time_share", "Time in lulls",
        "Share of the duration in lulls of at least 3 s in which no element begins.",
        higher="Leave more calm time", lower="Leave no calm time of 3 seconds or more",
    ),
)  # fmt: skip
