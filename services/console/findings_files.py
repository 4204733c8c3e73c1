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
    files = [file for path in paths for file in _files(path)]
    return [(path, read_contract(path, Findings, what="findings file")) for path in files]


def _files(path: Path) -> list[Path]:
    """A file itself; of a folder what `rumiai train` or `rumiai run` wrote there, one file per bucket."""
    if not path.is_dir():
        return [path]
    found = [path / "findings.json"] if (path / "findings.json").is_file() else sorted(path.glob("*-findings.json"))
    if not found:
        raise UsageError(f"The folder {path} holds no findings.json and no …-findings.json: name one that has some.")
    return found


def search_name(path: Path, findings: Findings) -> str:
    """The hashtags and handles; else the batch; else the name of the file, or of its folder where all are called alike."""
    if findings.searches:
        return " ".join(findings.searches)
    return findings.batch or (path.resolve().parent.name if path.stem == "findings" else path.stem)
