"""Reading the files a command was given, with one clear sentence when one does not fit."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from shared.contracts.base import Contract
from shared.errors import UsageError
from shared.mapping_file import read_text

AnyContract = TypeVar("AnyContract", bound=Contract)


def read_contract(path: Path, contract: type[AnyContract], *, what: str) -> AnyContract:
    """A contract from a JSON file; `what` names the file in errors. Raises UsageError that says where it does not fit."""
    return parse_contract(read_text(path, what=what), contract, what=f"{what} {path}")


def parse_contract(text: str, contract: type[AnyContract], *, what: str) -> AnyContract:
    """A contract from JSON; `what` names it in errors. Raises UsageError that says where it does not fit."""
    try:
        return contract.from_bytes(text)
    except ValidationError as error:
        raise UsageError(f"The {what} does not fit: {first_problem(error)}.") from None


def first_problem(error: ValidationError) -> str:
    """Where a document does not fit and how, for a sentence."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    more = f", and {error.error_count() - 1} more problems" if error.error_count() > 1 else ""
    return f"{where or 'the whole file'}: {first['msg'][:1].lower()}{first['msg'][1:]}{more}"
