"""Why a feature has its value: each piece of evidence is taken away in turn, and what changes the number made the number.

This needs nothing from the formulas, so it holds for every feature and can't drift from what is computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.features.compute import value_of
from services.features.explain.evidence import Evidence, evidence
from services.features.explain.kinds import emptied
from services.features.formula_reference import formula_line
from shared.catalogue.feature import Feature, Source, Value
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis
from shared.contracts.record import VideoRecord


@dataclass(frozen=True)
class Influence:
    """One piece of evidence and the feature's value without it; `missing` is the reason where that is None.

    Times in seconds, half-open; frames are the first and last displayed frame of that stretch at the file's mean rate.
    """

    what: str
    start_s: float
    end_s: float
    frames: tuple[int, int]
    value_without: Value
    missing: str | None


@dataclass(frozen=True)
class Explanation:
    """A feature's value and what it rests on.

    `decisive` evidence changes the value when it is taken away alone. Where nothing decides alone (two texts that cover the
    same second, say), `together` is the evidence of the kinds without which the value would be another. `known` are fields of
    the file or of the metadata, which have no place in time.
    """

    feature: Feature
    value: Value
    missing: str | None
    formula: str
    decisive: tuple[Influence, ...]
    together: tuple[Influence, ...]
    known: dict[str, object]


def explain(name: str, analysis: Analysis, record: VideoRecord | None) -> Explanation:
    """Explain one feature of one video. Raises UsageError for a name the catalogue does not have."""
    feature = CATALOGUE.get(name)
    value, missing = value_of(feature, analysis, record)
    influences = list(_influences(feature, analysis, record))
    decisive = tuple(one for one, _ in influences if (one.value_without, one.missing) != (value, missing))
    kinds = set() if decisive or not value else _kinds(feature, analysis, record, {piece.kind for _, piece in influences})
    return Explanation(
        feature=feature,
        value=value,
        missing=missing,
        formula=formula_line(name),
        decisive=tuple(sorted(decisive, key=lambda one: (one.start_s, one.end_s, one.what))),
        together=tuple(influence for influence, piece in influences if piece.kind in kinds),
        known=_known(feature, analysis, record),
    )


def _influences(feature: Feature, analysis: Analysis, record: VideoRecord | None) -> Iterator[tuple[Influence, Evidence]]:
    for source in feature.needs:
        for piece in evidence(analysis, source):
            value, missing = value_of(feature, piece.without(), record)
            yield Influence(piece.what, piece.start_s, piece.end_s, _frames(piece, analysis), value, missing), piece


def _kinds(feature: Feature, analysis: Analysis, record: VideoRecord | None, kinds: set[str]) -> set[str]:
    """Those without which the value would be another."""
    value = value_of(feature, analysis, record)
    without = emptied(analysis)
    return {kind for kind in kinds if value_of(feature, without[kind](), record) != value}


def _frames(piece: Evidence, analysis: Analysis) -> tuple[int, int]:
    fps, last = analysis.video.fps, analysis.video.frames - 1
    first = min(last, round(piece.start_s * fps))
    return first, max(first, min(last, round(piece.end_s * fps) - 1))


def _known(feature: Feature, analysis: Analysis, record: VideoRecord | None) -> dict[str, object]:
    known: dict[str, object] = {}
    if Source.VIDEO in feature.needs:
        facts = analysis.video.model_dump(mode="json", include={"duration_s", "fps", "width", "height", "frames"})
        known |= {f"video.{field}": value for field, value in facts.items()}
    if Source.METADATA in feature.needs and record is not None:
        known |= {f"metadata.{field}": value for field, value in record.model_dump(mode="json").items()}
    return known
