"""The live display of a batch: per stage what is done and failed, and when it should be over."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.table import Table

from shared.ledger import BatchLedger, StageCount


@dataclass
class Rates:
    """Estimates the remaining time of each stage from when its results came in.

    A stage's seconds per item are measured from its first result on, so that start-up does not count.
    """

    clock: Callable[[], float] = time.monotonic
    _first: dict[str, tuple[float, int]] = field(default_factory=dict)

    def eta_s(self, stage: StageCount) -> float | None:
        """Seconds until the stage is done; 0 when it is, None while nothing can be said."""
        settled = stage.done + stage.failed
        if stage.total is not None and settled >= stage.total:
            return 0.0
        if settled == 0:
            return None
        since, before = self._first.setdefault(stage.stage, (self.clock(), settled))
        if stage.total is None or settled == before:
            return None
        return (self.clock() - since) / (settled - before) * (stage.total - settled)


class ProgressDisplay:
    """`with ProgressDisplay(...)`: redraws a table on a terminal; elsewhere prints a line when something changed."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._rates = Rates()
        self._live = Live(console=console, refresh_per_second=4, transient=False) if console.is_terminal else None
        self._last = ""

    def __enter__(self) -> "ProgressDisplay":
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def show(self, ledger: BatchLedger) -> None:
        """Draw the ledger's present state."""
        if self._live:
            self._live.update(self._table(ledger))
            return
        line = "  ".join(_brief(stage) for stage in ledger.stages())
        if line != self._last:
            self._console.print(line, highlight=False, soft_wrap=True)
            self._last = line

    def say(self, sentence: str) -> None:
        """A line above the table."""
        self._console.print(sentence, highlight=False, markup=False, soft_wrap=True)

    def _table(self, ledger: BatchLedger) -> Table:
        table = Table("stage", box=None, pad_edge=False)
        for name in ("done", "failed", "of", "ETA"):
            table.add_column(name, justify="right")
        for stage in ledger.stages():
            total = "?" if stage.total is None else str(stage.total)
            table.add_row(stage.stage, str(stage.done), str(stage.failed), total, clock_time(self._rates.eta_s(stage)))
        return table


def clock_time(seconds: float | None) -> str:
    """`1:05` for 65 seconds, `done` for 0, `…` for unknown."""
    if seconds is None:
        return "…"
    if seconds == 0:
        return "done"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _brief(stage: StageCount) -> str:
    total = "?" if stage.total is None else stage.total
    failed = f" ({stage.failed} failed)" if stage.failed else ""
    return f"{stage.stage} {stage.done}/{total}{failed}"
