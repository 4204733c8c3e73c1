"""Findings files as commands take them: several at once, each under the name that people know it by."""

from collections.abc import Sequence
from pathlib import Path

from services.console.input import read_contract
from shared.contracts.findings import Findings
from shared.errors import UsageError


def read_all(paths: Sequence[Path]) -> list[tuple[Path, Findings]]:
    """All of them. Raises UsageError for none, and for a file that does not fit."""
    if not paths:
        raise UsageError("No findings are given: name findings.json files, or the folders that hold one.")
    files = [path / "findings.json" if path.is_dir() else path for path in paths]
    return [(path, read_contract(path, Findings, what="findings file")) for path in files]


def search_name(path: Path, findings: Findings) -> str:
    """The hashtags and handles; else the batch; else the name of the file, or of its folder where all are called alike."""
    if findings.searches:
        return " ".join(findings.searches)
    return findings.batch or (path.resolve().parent.name if path.stem == "findings" else path.stem)
