"""Writing what a command was asked to write, with one clear sentence when that is not possible."""

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from shared.errors import UsageError

Json = Annotated[bool, Parameter(name="--json", help="print JSON", negative="")]
Request = Annotated[Path, Parameter(help="the batch request, a YAML or JSON file like those in examples/")]
Client = Annotated[str, Parameter(help="the client's name as `rumiai batch submit` and `rumiai run` print it")]
Batch = Annotated[str, Parameter(help="the batch's name as they print it")]
Run = Annotated[str, Parameter(help="which run of the batch; replays have their own")]


def make_folder(out: Path, option: str = "--out") -> None:
    """Make the output folder and prove that files can be written there. Raises UsageError that names the option."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(
            f"The output folder {out} can't be written ({error.strerror}): choose another with {option}."
        ) from error


def check_file(path: Path) -> None:
    """Make a file's folder and see that the file could be written, before long work for it. Raises UsageError."""
    make_folder(path.parent)
    if path.is_dir() or (path.exists() and not os.access(path, os.W_OK)):
        raise UsageError(f"The output {path} can't be written: choose another file with --out.")


def write_file(path: Path, data: bytes | str) -> None:
    """Write a file, text as UTF-8, its folder made when absent. Raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    except OSError as error:
        raise UsageError(f"The output {path} can't be written ({error.strerror}): choose another with --out.") from error
