"""`rumiai report`: the documents of one bucket, from a findings file."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from cyclopts import Parameter
from pydantic import ValidationError
from pydantic_core import to_json

from services.reporter.brand import read_logo
from services.reporter.package import build_documents
from shared.contracts.base import Contract
from shared.contracts.findings import Findings
from shared.contracts.plan import Plan
from shared.errors import UsageError
from shared.request_file import load_request

AnyContract = TypeVar("AnyContract", bound=Contract)


def report(
    findings: Path,
    *,
    out: Annotated[Path, Parameter(help="folder for the documents; made when absent")],
    plan: Annotated[
        Path | None, Parameter(help="the plan of the batch: adds links, creators and how videos were chosen")
    ] = None,
    request: Annotated[Path | None, Parameter(help="the batch request: adds the client's brand")] = None,
    json: Annotated[bool, Parameter(help="print what was written as JSON")] = False,
) -> None:
    """Make the PDF report and the findings JSON from FINDINGS, a findings.json as `rumiai train` writes it."""
    material = read_contract(findings, Findings, what="findings file")
    selection = read_contract(plan, Plan, what="plan file") if plan else None
    batch = load_request(request) if request else None
    logo = read_logo(Path(batch.client.brand.logo)) if batch and batch.client.brand.logo else None
    files = build_documents(material, plan=selection, request=batch, logo=logo)
    written = [(file.kind, write(out / file.filename, file.data)) for file in files]
    _print(written, material, as_json=json)


def read_contract(path: Path, contract: type[AnyContract], *, what: str) -> AnyContract:
    """A contract from a JSON file. Raises UsageError that says where the file does not fit."""
    try:
        return contract.from_bytes(path.read_bytes())
    except OSError as error:
        raise UsageError(f"The {what} {path} can't be read ({error.strerror}): give the path of an existing file.") from error
    except ValidationError as error:
        raise UsageError(f"The {what} {path} does not fit: {_first_problem(error)}.") from error


def write(path: Path, data: bytes) -> Path:
    """Write a file, making its folder. Raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path} can't be written ({error.strerror}): choose another folder with --out.") from error
    return path


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    more = f", and {error.error_count() - 1} more problems" if error.error_count() > 1 else ""
    return f"{where or 'the whole file'}: {first['msg'][:1].lower()}{first['msg'][1:]}{more}"


def _print(written: Sequence[tuple[str, Path]], findings: Findings, *, as_json: bool) -> None:
    if as_json:
        documents = [{"kind": kind, "path": str(path)} for kind, path in written]
        answer = {"verdict": findings.verdict.value, "patterns": len(findings.patterns), "documents": documents}
        sys.stdout.write(to_json(answer).decode() + "\n")
        return
    for _, path in written:
        sys.stdout.write(f"{path}\n")
