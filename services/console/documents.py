"""Writes the documents of a batch's reports into a folder, each checked to be whole."""

from pathlib import Path

from shared.artifacts import ArtifactStore
from shared.contracts.events import Document
from shared.contracts.findings import Findings
from shared.errors import Incomplete
from shared.ledger import BatchLedger


def collect(ledger: BatchLedger, artifacts: ArtifactStore, out: Path) -> dict[str, list[Path]]:
    """Write every document that is ready to `out`. Returns the files per bucket.

    Raises Incomplete for a document that is not whole, and, once all are written, where the batch's ledger does not balance.
    """
    out.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[Path]] = {}
    for bucket, report in sorted(ledger.reports.items()):
        for document in report.documents:
            path = out / document.filename
            artifacts.fetch(document.artifact, path)
            _check(document, path)
            files.setdefault(bucket, []).append(path)
    if problems := ledger.problems():
        raise Incomplete("The batch's ledger does not balance: " + " ".join(problems))
    return files


def _check(document: Document, path: Path) -> None:
    data = path.read_bytes()
    if document.kind == "findings":
        Findings.from_bytes(data)
    elif document.kind == "findings_page":
        if not data.rstrip().endswith(b"</html>"):
            raise Incomplete(f"The page {path} is not whole: run the batch again.")
    elif not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise Incomplete(f"The report {path} is not a whole PDF: run the batch again.")
