"""Every piece of evidence in an analysis, with the analysis as it would be without that piece."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, TypeVar

from shared.catalogue.feature import Source
from shared.contracts.analysis import Analysis, Audio, VisualSample
from shared.contracts.spans import Interval

SECOND = 1.0
WHOLE_TRACK = {
    "pitch": "voice pitch",
    "tempo_bpm": "tempo",
    "integrated_lufs": "loudness of the whole sound",
    "loudness_range_lu": "loudness range",
}
"""What the sound is measured for as a whole."""
_Timed = TypeVar("_Timed")


@dataclass(frozen=True)
class Evidence:
    """Something of a `kind` in [start_s, end_s) (a moment where both are equal), and the analysis `without` it.

    A second of a measured curve can't be taken away: there the clip's median stands in.
    """

    kind: str
    what: str
    start_s: float
    end_s: float
    without: Callable[[], Analysis]


def evidence(analysis: Analysis, source: Source) -> Iterator[Evidence]:
    """The evidence of one source, by kind and time; nothing where the source did not look."""
    readers: dict[Source, Callable[[Analysis], Iterator[Evidence]]] = {
        Source.SCENES: _cuts,
        Source.TEXT: lambda a: _listed(a, "text", lambda one: f'text "{one.text}"'),
        Source.GRAPHICS: lambda a: _listed(a, "graphics", lambda one: f"graphic ({one.kind})"),
        Source.SPEECH: lambda a: _listed(a, "speech", lambda one: f'speech "{one.text}"' if one.text else "speech"),
        Source.PEOPLE: _people,
        Source.AUDIO: _audio,
        Source.VISUALS: _visuals,
        Source.OBJECTS: _objects,
    }
    return readers[source](analysis) if source in readers else iter(())


def _cuts(analysis: Analysis) -> Iterator[Evidence]:
    shots = analysis.scenes or ()
    for index in range(1, len(shots)):
        before, after = shots[index - 1], shots[index]
        flashes = None if before.flashes_s is None else (*before.flashes_s, *(after.flashes_s or ()))
        joined = before.model_copy(update={"end_s": after.end_s, "flashes_s": flashes})
        rest = (*shots[: index - 1], joined, *shots[index + 1 :])
        yield Evidence("cuts", after.opens_with or "cut", after.start_s, after.start_s, changed(analysis, scenes=rest))
        for flash in after.flashes_s or ():
            kept = after.model_copy(update={"flashes_s": tuple(t for t in after.flashes_s or () if t != flash)})
            yield Evidence(
                "flashes", "flash", flash, flash, changed(analysis, scenes=(*shots[:index], kept, *shots[index + 1 :]))
            )


def _listed(analysis: Analysis, block: str, name: Callable[[Any], str]) -> Iterator[Evidence]:
    items = getattr(analysis, block) or ()
    for index, item in enumerate(items):
        yield Evidence(block, name(item), item.start_s, item.end_s, changed(analysis, **{block: _but(items, index)}))


def _people(analysis: Analysis) -> Iterator[Evidence]:
    people = analysis.people
    if people is None:
        return
    step = _step(people.sampled_s)
    kinds: tuple[tuple[str, Callable[[Any], str]], ...] = (
        ("faces", lambda face: f"face of person {face.track}"),
        ("poses", lambda _: "body"),
        ("hands", lambda hand: f"{hand.side} hand" + (f" ({hand.gesture})" if hand.gesture else "")),
        ("framing", lambda framing: f"framing {framing.size}"),
    )
    for block, name in kinds:
        samples = getattr(people, block) or ()
        for what, run in _runs(samples, name, step):
            rest = people.model_copy(update={block: tuple(one for one in samples if one not in run)})
            end = min(run[-1].t_s + step, analysis.video.duration_s)
            yield Evidence(block, what, run[0].t_s, end, changed(analysis, people=rest))
    for index, track in enumerate(people.tracks or ()):
        fewer = people.model_copy(update={"tracks": _but(people.tracks or (), index)})
        yield Evidence("tracks", f"person {track.track}", track.start_s, track.end_s, changed(analysis, people=fewer))


def _objects(analysis: Analysis) -> Iterator[Evidence]:
    objects = analysis.objects
    if objects is None:
        return
    step = _step(objects.sampled_s)
    for what, run in _runs(objects.found, lambda one: f"{one.label} {'' if one.track is None else one.track}".strip(), step):
        rest = objects.model_copy(update={"found": tuple(one for one in objects.found if one not in run)})
        end = min(run[-1].t_s + step, analysis.video.duration_s)
        yield Evidence("objects", what, run[0].t_s, end, changed(analysis, objects=rest))


def _audio(analysis: Analysis) -> Iterator[Evidence]:
    audio = analysis.audio
    if audio is None:
        return
    for block, what in (("silences", "silence"), ("music", "music")):
        spans: Sequence[Interval] = getattr(audio, block) or ()
        for index, span in enumerate(spans):
            yield Evidence(block, what, span.start_s, span.end_s, _with_audio(analysis, audio, **{block: _but(spans, index)}))
    for block, what in (("onsets_s", "onset"), ("beats_s", "beat")):
        times: Sequence[float] = getattr(audio, block) or ()
        for index, t_s in enumerate(times):
            yield Evidence(block, what, t_s, t_s, _with_audio(analysis, audio, **{block: _but(times, index)}))
    for block, what in WHOLE_TRACK.items():
        if getattr(audio, block) is not None:
            yield Evidence(block, what, 0.0, analysis.video.duration_s, _with_audio(analysis, audio, **{block: None}))
    for block, what in (("level_db", "level"), ("brightness_hz", "sound brightness"), ("momentary_lufs", "loudness")):
        yield from _curve_seconds(analysis, audio, block, what)


def _curve_seconds(analysis: Analysis, audio: Audio, block: str, what: str) -> Iterator[Evidence]:
    curve: Sequence[float] = getattr(audio, block) or ()
    usual = median(curve) if curve else 0.0
    for start, end in _seconds(analysis.video.duration_s):
        inside = [start <= index * audio.step_s < end for index in range(len(curve))]
        flat = tuple(usual if here else value for here, value in zip(inside, curve, strict=True))
        yield Evidence(block, what, start, end, _with_audio(analysis, audio, **{block: flat}))


def _visuals(analysis: Analysis) -> Iterator[Evidence]:
    samples = analysis.visuals or ()
    usual = _usual(samples) if samples else {}
    for start, end in _seconds(analysis.video.duration_s):
        flat = tuple(_flat(one, usual) if start <= one.t_s < end else one for one in samples)
        yield Evidence("visuals", "picture", start, end, changed(analysis, visuals=flat))


def _flat(one: VisualSample, usual: dict[str, object]) -> VisualSample:
    """What was not measured there stays unknown."""
    return one.model_copy(update={name: value for name, value in usual.items() if getattr(one, name) is not None})


def _usual(samples: Sequence[VisualSample]) -> dict[str, object]:
    """The median of every number that was measured, and the palette of a sample of middling brightness."""
    middle = sorted(samples, key=lambda one: one.brightness)[len(samples) // 2]
    usual: dict[str, object] = {"palette": middle.palette}
    for name in VisualSample.model_fields.keys() - {"t_s", "palette"}:
        known = [value for one in samples if (value := getattr(one, name)) is not None]
        usual[name] = median(known) if known else None
    return usual


def _runs(samples: Sequence[Any], name: Callable[[Any], str], step: float) -> Iterator[tuple[str, list[Any]]]:
    """Samples of one name that follow each other without a gap of more than one and a half steps."""
    by_name: dict[str, list[Any]] = {}
    for sample in samples:
        by_name.setdefault(name(sample), []).append(sample)
    for what, own in by_name.items():
        run = [own[0]]
        for before, after in pairwise(own):
            if after.t_s - before.t_s > 1.5 * step:
                yield what, run
                run = []
            run.append(after)
        yield what, run


def _step(times: Sequence[float]) -> float:
    gaps = [after - before for before, after in pairwise(times)]
    return median(gaps) if gaps else SECOND


def _seconds(duration_s: float) -> Iterator[tuple[float, float]]:
    count = int(-(-duration_s // SECOND))
    return ((index * SECOND, min((index + 1) * SECOND, duration_s)) for index in range(count))


def _but(items: Sequence[_Timed], index: int) -> tuple[_Timed, ...]:
    return (*items[:index], *items[index + 1 :])


def changed(analysis: Analysis, **blocks: object) -> Callable[[], Analysis]:
    """The analysis with other blocks, made when it is asked for."""
    return lambda: analysis.model_copy(update=blocks)


def _with_audio(analysis: Analysis, audio: Audio, **parts: object) -> Callable[[], Analysis]:
    return lambda: analysis.model_copy(update={"audio": audio.model_copy(update=parts)})
