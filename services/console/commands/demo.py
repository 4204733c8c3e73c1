"""`rumiai demo`: sample videos, a whole batch over them, and whether what was planted was found."""

import sys
import time
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from samples.make import SampleBatch, make_samples
from samples.truth import Truth
from samples.verdict import compare
from services.console.commands.run import run_request
from services.console.output import make_folder
from services.console.summary import five_lines, read_findings
from shared.contracts.findings import Verdict


def demo(*, out: Annotated[Path, Parameter(help="folder for the samples and the documents")] = Path("demo")) -> None:
    """Make sample videos with planted creative choices, run a batch over them, say which choices were found."""
    make_folder(out)
    started = time.monotonic()
    samples = _make(out / "samples")
    state, files, _ = run_request(samples.request_path, out / "reports")
    print("\nPlanted in the sample videos, and what the system reports")
    for line in _planted(samples, files):
        print(f"  {line}")
    print("\nPDFs (made from sample data, and marked so)")
    for path in (path for paths in files.values() for path in paths if path.suffix == ".pdf"):
        print(f"  {path}")
    print()
    for line in five_lines(state, files, seconds=time.monotonic() - started, out=out / "reports"):
        print(line)


def _make(folder: Path) -> SampleBatch:
    console = Console(stderr=True)
    columns = (TextColumn("sample videos"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("samples", total=None)
        return make_samples(folder, progress=lambda done, total: bar.update(task, completed=done, total=total))


def _planted(samples: SampleBatch, files: dict[str, list[Path]]) -> list[str]:
    truth = Truth.model_validate_json(samples.truth_path.read_text())
    trained = [findings for findings in read_findings(files) if findings.verdict is Verdict.TRAINED]
    return [line for findings in trained for line in compare(truth, findings).lines()]
