"""How the lengths of the shots follow each other, when cuts gather, and how they sit on the beat."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.section import Section
from shared.catalogue.segments import per_segment

NO_CUT = "nothing is cut"
_NO_BEATS = "no clear beat was found or looked for"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.SCENE_PACING, block, (Source.SCENES,)) for block in Block
)

FEATURES = (
    _core.share(
        "scene_shots_under_1s_share", "Very short shots", "Share of the shots that are shorter than (under) 1 s.",
        higher="Make more of your shots shorter than a second", lower="Let your shots last a second or more",
    ),
    *per_segment(
        _dynamics.per_10_s, "scene_middle_{n}_cuts_per_10s", "Cuts per 10 seconds in {segment}",
        "Number of cuts in {segment} divided by its length, times ten.", noun="cuts",
        higher="Cut more often in {segment}", lower="Cut less often in {segment}",
    ),
    _dynamics.correlation(
        "scene_shot_length_trend", "Trend of shot lengths", "Correlation of a shot's length with its number in the order.",
        undefined="there are fewer than three shots or all are equally long",
        higher="Let your shots get longer", lower="Let your shots get shorter",
    ),
    _dynamics.share(
        "scene_quickening_share", "Quickening cuts",
        "Share of the cuts after which the shot is at least a tenth shorter than the one before.", undefined=NO_CUT,
        higher="Follow a shot with a shorter one more often", lower="Follow a shot with a longer one more often",
    ),
    _dynamics.share(
        "scene_steady_share", "Steady rhythm",
        "Share of the cuts between two shots whose lengths differ by at most a fifth of the longer one.", undefined=NO_CUT,
        higher="Give neighbouring shots the same length", lower="Give neighbouring shots different lengths",
    ),
    _interactions.share(
        "scene_cut_on_beat_share", "Cuts on the beat", "Share of the cuts that are at most 0.1 s from a beat.",
        also=(Source.AUDIO,), undefined=f"{NO_CUT}, or {_NO_BEATS}",
        higher="Place your cuts on the beat", lower="Place your cuts between the beats",
    ),
    _interactions.share(
        "scene_beat_with_cut_share", "Beats with a cut", "Share of the beats that have a cut at most 0.1 s away.",
        also=(Source.AUDIO,), undefined=_NO_BEATS,
        higher="Cut on more of the beats", lower="Let more beats pass without a cut",
    ),
    _interactions.positive(
        "scene_beats_per_shot", "Beats per shot", "Number of beats divided by the number of shots.", noun="beats",
        also=(Source.AUDIO,), undefined=_NO_BEATS,
        higher="Hold each shot for more beats", lower="Cut after fewer beats",
    ),
    _events.share(
        "scene_shortest_shot_position", "Position of the shortest shot",
        "Start of the shortest shot (the first of equals) divided by the duration.", undefined=NO_CUT,
        higher="Put your shortest shot late", lower="Put your shortest shot early",
    ),
    _events.share(
        "scene_busiest_3s_position", "Position of the busiest 3 seconds",
        "Start of the 3 s with most cuts (the first of equals) divided by the duration.", undefined=NO_CUT,
        higher="Put your quickest cuts late", lower="Put your quickest cuts early",
    ),
    _events.share(
        "scene_half_cuts_position", "When half of the cuts are made",
        "Time by which half of the cuts are made, divided by the duration: its position.", undefined=NO_CUT,
        higher="Move your cuts towards the end", lower="Move your cuts towards the start",
    ),
    _events.number(
        "scene_opening_shot_ratio", "Opening shot against the average",
        "Length of the first (opening) shot: its ratio to the mean.",
        unit=Unit.RATIO, low=0.0, undefined=NO_CUT,
        higher="Open with a shot longer than the others", lower="Open with a shot shorter than the others",
    ),
    _events.number(
        "scene_last_shot_ratio", "Final shot against the average", "Length of the last shot: its ratio to the mean.",
        unit=Unit.RATIO, low=0.0, undefined=NO_CUT,
        higher="End on a shot longer than the others", lower="End on a shot shorter than the others",
    ),
    _patterns.share(
        "scene_longest_take_share", "Weight of the longest take", "Share of the duration that the longest shot (take) lasts.",
        higher="Build the video on one long take", lower="Let no single shot take up much of the video",
    ),
    _quality.share(
        "scene_glimpse_share", "Glimpses", "Share of the shots shorter than 0.4 s: a glimpse, too short to take in.",
        higher="Flash shots by faster than they can be taken in", lower="Leave every shot long enough to be taken in",
    ),
)  # fmt: skip
