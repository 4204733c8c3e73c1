"""An explained feature as people read it, and as JSON."""

from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.features.explain.explanation import Explanation, Influence
from shared.catalogue.feature import Feature, Value
from shared.catalogue.words import format_value


def as_document(explanation: Explanation) -> dict[str, object]:
    """Plain data for JSON."""
    return {
        "feature": explanation.feature.name,
        "definition": explanation.feature.definition,
        "formula": explanation.formula,
        "value": explanation.value,
        "missing": explanation.missing,
        "decisive": [asdict(influence) for influence in explanation.decisive],
        "together": [asdict(influence) for influence in explanation.together],
        "known": explanation.known,
    }


def show(explanation: Explanation, console: Console) -> None:
    """The value, how it is defined, and the stretches of video it rests on."""
    feature = explanation.feature
    console.print(Text(f"{feature.name} = {_worded(feature, explanation.value, explanation.missing)}", style="bold"))
    console.print(f"{feature.title}: {feature.definition}", markup=False)
    console.print(f"Formula: {explanation.formula}; needs {', '.join(need.value for need in feature.needs)}.", markup=False)
    if explanation.decisive:
        console.print(_table("Taken away alone, each of these changes the number:", feature, explanation.decisive))
    elif explanation.together:
        console.print(
            _table("No piece of evidence decides alone; the number rests on all of these:", feature, explanation.together)
        )
    elif not explanation.known and explanation.missing is None:
        console.print("Nothing of what it counts was seen or heard." if explanation.value == 0 else "No evidence decides it.")
    for field, value in explanation.known.items():
        console.print(f"{field}: {value}", markup=False)


def _table(title: str, feature: Feature, influences: tuple[Influence, ...]) -> Table:
    table = Table("from", "to", "frames", "evidence", "without it", title=title, title_justify="left")
    for one in influences:
        frames = f"{one.frames[0]}" if one.frames[0] == one.frames[1] else f"{one.frames[0]}-{one.frames[1]}"
        without = _worded(feature, one.value_without, one.missing)
        table.add_row(f"{one.start_s:.2f} s", f"{one.end_s:.2f} s", frames, Text(one.what), Text(without))
    return table


def _worded(feature: Feature, value: Value, missing: str | None) -> str:
    return f"not known: {missing}" if missing is not None else format_value(feature, value)
