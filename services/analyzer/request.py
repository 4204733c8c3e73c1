"""What the analyzer's child process is asked, and what it answers."""

from pathlib import Path
from typing import Any

from pydantic import Field

from shared.contracts.analysis import Analysis, EngineName
from shared.contracts.base import Contract


class AnalyzeRequest(Contract):
    """Which file to analyze; engine results are cached in the store at `cache_url`, or nowhere; `only` one engine, or all."""

    path: Path
    cache_url: str | None = None
    only: EngineName | None = None


class AnalyzeAnswer(Contract):
    """The analysis, the engines that really ran for it (none when all were cached), and what they did."""

    analysis: Analysis
    engine_runs: tuple[str, ...]
    counters: dict[str, Any] = Field(default_factory=dict)
