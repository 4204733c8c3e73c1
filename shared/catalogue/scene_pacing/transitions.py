"""How one shot becomes the next: cuts, fades, dissolves, flashes, and what changes in the picture."""

from shared.catalogue.feature import Analysis, Block, Source
from shared.catalogue.scene_pacing.rhythm import NO_CUT
from shared.catalogue.section import Section

_UNTOLD = "how the shots open was not determined"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.SCENE_PACING, block, (Source.SCENES,)) for block in Block
)

FEATURES = (
    _core.count(
        "scene_fade_count", "Fades", "Number of shots after the first that open with a fade.", "fades", undefined=_UNTOLD,
        higher="Fade between more of your shots", lower="Use fewer fades",
    ),
    _core.count(
        "scene_dissolve_count", "Dissolves", "Number of shots after the first that open with a dissolve.", "dissolves",
        undefined=_UNTOLD,
        higher="Dissolve between more of your shots", lower="Use fewer dissolves",
    ),
    _core.per_10_s(
        "scene_flashes_per_10s", "Flashes per 10 seconds",
        "Number of flashes (sudden bright frames that are no cut) divided by the duration, times ten.", noun="flashes",
        undefined="flashes were not looked for",
        higher="Use more flashes", lower="Use fewer flashes",
    ),
    _interactions.share(
        "scene_cut_at_speech_start_share", "Cuts at the start of speech",
        "Share of the cuts that are at most 0.5 s from the start of a stretch of speech.", also=(Source.SPEECH,),
        undefined=NO_CUT,
        higher="Cut as someone starts to speak", lower="Cut away from the starts of speech",
    ),
    _patterns.share(
        "scene_hard_cut_share", "Plain cuts", "Share of the cuts that are plain (hard): neither fade nor dissolve.",
        undefined=f"{NO_CUT} or {_UNTOLD}",
        higher="Use plain cuts", lower="Use fades and dissolves instead of plain cuts",
    ),
)  # fmt: skip
