"""Makes the secrets that compose.yaml mounts: nkeys for the bus, passwords for the stores. What is there is kept."""

import secrets
import sys
from pathlib import Path

from tools.make_nkeys import make as make_nkeys

ROOT = Path(__file__).parents[1]
PASSWORDS = ("s3_secret_key", "postgres_password")
GIVEN = ("apify_token",)
"""Nobody can make these up; the file is empty until somebody fills it."""


def make(deploy: Path) -> tuple[Path, ...]:
    """Make what is missing below `deploy`. Returns the new files.

    The folder is closed to other users of this machine; the files in it are readable, since a container mounts each one
    alone and reads it as a user of its own.
    """
    folder = deploy / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    contents = {name: secrets.token_urlsafe(32) for name in PASSWORDS} | dict.fromkeys(GIVEN, "")
    made = tuple(path for name, text in contents.items() if (path := _write_once(folder / name, text)) is not None)
    return (*make_nkeys(deploy / "nats"), *made)


def _write_once(path: Path, text: str) -> Path | None:
    if path.exists():
        return None
    path.write_text(text)
    path.chmod(0o644)
    return path


if __name__ == "__main__":
    new = make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "deploy")
    print(f"{len(new)} new secrets below deploy/, all ignored by git; put the Apify token into deploy/secrets/apify_token.")
