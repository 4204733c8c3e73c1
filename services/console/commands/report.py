"""`rumiai report`: the documents of one bucket, from a findings file."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from pydantic_core import to_json

from services.console.input import read_contract
from services.console.output import Json, write_file
from services.reporter.brand import read_logo
from services.reporter.package import build_documents
from shared.contracts.findings import Findings
from shared.contracts.plan import Plan
from shared.request_file import load_request


def report(
    findings: Annotated[Path, Parameter(help="a findings.json as `rumiai train` or `rumiai run` writes it")],
    *,
    out: Annotated[Path, Parameter(help="folder for the documents; made when absent")],
    plan: Annotated[
        Path | None, Parameter(help="the plan of the batch: adds links, creators and how videos were chosen")
    ] = None,
    request: Annotated[Path | None, Parameter(help="the batch request: adds the client's brand")] = None,
    json: Json = False,
) -> None:
    """Make the PDF report and the findings JSON from FINDINGS, a findings.json as `rumiai train` writes it."""
    material = read_contract(findings, Findings, what="findings file")
    selection = read_contract(plan, Plan, what="plan file") if plan else None
    batch = load_request(request) if request else None
    logo = read_logo(Path(batch.client.brand.logo)) if batch and batch.client.brand.logo else None
    files = build_documents(material, plan=selection, request=batch, logo=logo)
    for file in files:
        write_file(out / file.filename, file.data)
    _print([(file.kind, out / file.filename) for file in files], material, as_json=json)


def _print(written: Sequence[tuple[str, Path]], findings: Findings, *, as_json: bool) -> None:
    if as_json:
        documents = [{"kind": kind, "path": str(path)} for kind, path in written]
        answer = {"verdict": findings.verdict.value, "patterns": len(findings.patterns), "documents": documents}
        sys.stdout.write(to_json(answer).decode() + "\n")
        return
    for _, path in written:
        sys.stdout.write(f"{path}\n")
