"""An analysis without all evidence of one kind: which kinds a number rests on when no single piece decides it."""

from collections.abc import Callable, Mapping

from services.features.explain.evidence import WHOLE_TRACK, changed
from shared.contracts.analysis import Analysis, Audio

SILENT_DB = -90.0
"""What stands for a sound level where there is none; below any level that is told apart."""


def emptied(analysis: Analysis) -> Mapping[str, Callable[[], Analysis]]:
    """By kind of evidence, the analysis as if none of that kind had been seen or heard; only kinds that were looked for."""
    found: dict[str, Callable[[], Analysis]] = {}
    if analysis.scenes:
        first, last = analysis.scenes[0], analysis.scenes[-1]
        one = first.model_copy(update={"end_s": last.end_s, "flashes_s": tuple(_flashes(analysis))})
        calm = tuple(shot.model_copy(update={"flashes_s": ()}) for shot in analysis.scenes)
        found |= {"cuts": changed(analysis, scenes=(one,)), "flashes": changed(analysis, scenes=calm)}
    for block in ("text", "graphics", "speech", "visuals"):
        found[block] = changed(analysis, **{block: ()})
    if analysis.people is not None:
        for block in ("faces", "poses", "hands", "framing", "tracks"):
            found[block] = changed(analysis, people=analysis.people.model_copy(update={block: ()}))
    if analysis.objects is not None:
        found["objects"] = changed(analysis, objects=analysis.objects.model_copy(update={"found": ()}))
    if analysis.audio is not None:
        for block, nothing in _sound(analysis.audio).items():
            found[block] = changed(analysis, audio=analysis.audio.model_copy(update={block: nothing}))
    return found


def _flashes(analysis: Analysis) -> list[float]:
    return [flash for shot in analysis.scenes or () for flash in shot.flashes_s or ()]


def _sound(audio: Audio) -> Mapping[str, object]:
    """What each block of the sound is without sound."""
    return {
        "silences": (),
        "music": (),
        "onsets_s": (),
        "beats_s": (),
        **dict.fromkeys(WHOLE_TRACK),
        "level_db": (SILENT_DB,) * len(audio.level_db),
        "brightness_hz": (0.0,) * len(audio.brightness_hz),
        "momentary_lufs": None,
    }
