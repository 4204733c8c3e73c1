"""What a finished batch says about itself, for people and for programs."""

import json
from collections import Counter
from pathlib import Path

from services.console.batch_run import BatchRun
from shared.contracts.findings import Findings, Verdict


def five_lines(state: BatchRun, files: dict[str, list[Path]], *, seconds: float, out: Path) -> list[str]:
    """Batch, videos, what was learned, documents, time: five lines."""
    ledger = state.ledger
    reasons = Counter(event.reason.value for event in ledger.failed.values())
    failed = f"{len(ledger.failed)} failed" + (f" ({_counts(reasons)})" if reasons else "")
    pdfs = [path for paths in files.values() for path in paths if path.suffix == ".pdf"]
    return [
        f"Batch      {state.client} / {state.batch}: {_number(len(ledger.reports), 'bucket')} reported",
        f"Videos     {ledger.total} planned, {len(ledger.ready)} compared, {failed}",
        "Learned    " + "; ".join(_learned(findings) for findings in read_findings(files)),
        f"Documents  {', '.join(path.name for path in pdfs)} in {out}",
        f"Time       {seconds // 60:.0f} min {seconds % 60:.0f} s",
    ]


def as_json(state: BatchRun, files: dict[str, list[Path]]) -> str:
    """The same for programs: counts, failures with their reasons, documents per bucket."""
    ledger = state.ledger
    return json.dumps(
        {
            "client": state.client,
            "batch": state.batch,
            "planned": ledger.total,
            "ready": len(ledger.ready),
            "failed": [
                {"video_id": event.video_id, "stage": event.stage, "reason": event.reason, "message": event.message}
                for event in ledger.failed.values()
            ],
            "buckets": {
                bucket: {"verdict": report.verdict, "patterns": report.patterns, "documents": [str(p) for p in files[bucket]]}
                for bucket, report in ledger.reports.items()
            },
        },
        indent=2,
    )


def read_findings(files: dict[str, list[Path]]) -> list[Findings]:
    """The findings among the documents, in bucket order."""
    return [Findings.from_bytes(p.read_bytes()) for paths in files.values() for p in paths if p.suffix == ".json"]


def _learned(findings: Findings) -> str:
    if findings.verdict is not Verdict.TRAINED:
        return f"{findings.bucket}: {findings.verdict_sentence.rstrip('.')}"
    labels = Counter(pattern.label.value for pattern in findings.patterns)
    return (
        f"{findings.bucket}: {_counts(labels) or 'no pattern survived the statistics'} of {findings.features_tested} features"
    )


def failures(state: BatchRun) -> list[str]:
    """One line per video that was given up, and per item that could not even be planned."""
    given_up = [*state.ledger.failed.values(), *state.ledger.unplanned.values()]
    return [f"{event.video_id}  {event.stage}  {event.reason}  {event.message}" for event in given_up]


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counter.items())
