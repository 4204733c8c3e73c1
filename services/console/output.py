"""Writing what a command was asked to write, with one clear sentence when that is not possible."""

from pathlib import Path

from shared.errors import UsageError


def make_folder(out: Path) -> None:
    """Make the output folder and prove that files can be written there. Raises UsageError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(f"The output folder {out} can't be written ({error.strerror}): choose another with --out.") from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file, its folder made when absent. Raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"The output {path} can't be written ({error.strerror}): choose another with --out.") from error
