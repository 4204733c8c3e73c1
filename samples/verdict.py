"""Compares what was planted in a sample batch with what the findings report."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from samples.design import correlation
from samples.truth import Direction, PlantedChoice, Truth
from shared.contracts.findings import Findings, Label, Pattern

_BELIEVED = (Label.STRONG, Label.MODERATE)


@dataclass(frozen=True)
class ChoiceVerdict:
    """One planted choice and the reported patterns that express it in its direction, strongest first."""

    choice: PlantedChoice
    patterns: tuple[Pattern, ...]

    @property
    def found(self) -> bool:
        """Whether a STRONG or MODERATE pattern expresses the choice; EMERGING promises too little to count."""
        return any(pattern.label in _BELIEVED for pattern in self.patterns)


@dataclass(frozen=True)
class Comparison:
    """The planted choices in order, and the reported patterns that express none of them."""

    choices: tuple[ChoiceVerdict, ...]
    unplanted: tuple[Pattern, ...]

    def lines(self) -> list[str]:
        """One sentence per planted choice, and one about the patterns that were not planted."""
        lines = [_sentence(verdict) for verdict in self.choices]
        if self.unplanted:
            named = ", ".join(f"{pattern.features[0]} {pattern.direction} ({pattern.label})" for pattern in self.unplanted)
            return [*lines, f"Reported but not planted: {named}."]
        return [*lines, "Nothing was reported that was not planted."]


def compare(truth: Truth, findings: Findings) -> Comparison:
    """Match the patterns of one bucket with the planted choices. Several patterns may express one choice."""
    values = {row.row_id: row.values for row in findings.evidence}
    verdicts = tuple(
        ChoiceVerdict(choice, tuple(p for p in _ordered(findings) if expresses(p, choice, truth=truth, values=values)))
        for choice in truth.choices
    )
    planted = {pattern.id for verdict in verdicts for pattern in verdict.patterns}
    return Comparison(verdicts, tuple(pattern for pattern in findings.patterns if pattern.id not in planted))


def expresses(
    pattern: Pattern, choice: PlantedChoice, *, truth: Truth, values: Mapping[str, Mapping[str, float | str | None]]
) -> bool:
    """Whether a pattern says what was planted, in the same direction.

    Its own feature decides. If the list of the choice does not name it, but names a column that it stands for
    (also_known_as), the direction follows from how the feature (`values` by row id) goes with the planted knob.
    """
    own = [choice.features[feature] for feature in pattern.features if feature in choice.features]
    if own:
        return pattern.direction in own
    if not set(pattern.also_known_as) & set(choice.features):
        return False
    return _expected(pattern.features[0], choice, truth, values) == pattern.direction


def _expected(
    feature: str, choice: PlantedChoice, truth: Truth, values: Mapping[str, Mapping[str, float | str | None]]
) -> Direction | None:
    known = {row: cells.get(feature) for row, cells in values.items() if row in truth.videos}
    pairs = [(truth.videos[row].knobs[choice.knob], cell) for row, cell in known.items() if isinstance(cell, float | int)]
    if len(pairs) < 3:
        return None
    knob, seen = np.array(pairs, dtype=float).T
    with_knob = correlation(knob, seen)
    if with_knob == 0:
        return None
    return "higher" if (with_knob > 0) == (choice.direction == "higher") else "lower"


def _ordered(findings: Findings) -> list[Pattern]:
    order = list(Label)
    return sorted(findings.patterns, key=lambda pattern: (order.index(pattern.label), pattern.q_value, pattern.id))


def _sentence(verdict: ChoiceVerdict) -> str:
    if not verdict.patterns:
        return f"Planted: {verdict.choice.sentence}. Not found."
    best = verdict.patterns[0]
    seen = f"{best.features[0]} {best.direction} ({best.label}, effect {best.effect:+.2f}, q {best.q_value:.3f})"
    return f"Planted: {verdict.choice.sentence}. {'Found' if verdict.found else 'Only hinted at'}: {seen}."
