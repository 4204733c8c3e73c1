"""Compares what was planted in a sample batch with what the findings report."""

from dataclasses import dataclass

from samples.truth import PlantedChoice, Truth
from shared.contracts.findings import Findings, Pattern


@dataclass(frozen=True)
class ChoiceVerdict:
    """One planted choice; `pattern` is the strongest reported pattern that expresses it, None where it was not found."""

    choice: PlantedChoice
    pattern: Pattern | None

    @property
    def found(self) -> bool:
        """Whether a pattern expresses the choice, in its direction."""
        return self.pattern is not None


@dataclass(frozen=True)
class Comparison:
    """The planted choices in order, and the reported patterns that express none of them."""

    choices: tuple[ChoiceVerdict, ...]
    unplanted: tuple[Pattern, ...]

    def lines(self) -> list[str]:
        """One sentence per planted choice, and one about the patterns that were not planted."""
        lines = [_sentence(verdict) for verdict in self.choices]
        if self.unplanted:
            named = ", ".join(f"{pattern.features[0]} ({pattern.label})" for pattern in self.unplanted)
            return [*lines, f"Reported but not planted: {named}."]
        return [*lines, "Nothing was reported that was not planted."]


def compare(truth: Truth, findings: Findings) -> Comparison:
    """Match the patterns of one bucket with the planted choices. Several patterns may express one choice."""
    matches = {choice.knob: [p for p in findings.patterns if expresses(p, choice)] for choice in truth.choices}
    verdicts = tuple(
        ChoiceVerdict(choice, max(matches[choice.knob], key=lambda p: abs(p.effect), default=None)) for choice in truth.choices
    )
    planted = {pattern.id for patterns in matches.values() for pattern in patterns}
    return Comparison(verdicts, tuple(pattern for pattern in findings.patterns if pattern.id not in planted))


def expresses(pattern: Pattern, choice: PlantedChoice) -> bool:
    """Whether a pattern's own features express the choice in its direction."""
    return any(choice.features.get(feature) == pattern.direction for feature in pattern.features)


def _sentence(verdict: ChoiceVerdict) -> str:
    if verdict.pattern is None:
        return f"Planted: {verdict.choice.sentence}. Not found."
    pattern = verdict.pattern
    return (
        f"Planted: {verdict.choice.sentence}. Found as {pattern.features[0]} {pattern.direction} "
        f"({pattern.label}, effect {pattern.effect:+.2f}, q {pattern.q_value:.3f})."
    )
