"""Makes one nkey pair per user of the bus: seeds as files for the services, public keys as deploy/nats/nkeys.conf."""

import os
import sys
from pathlib import Path

import nkeys

from tools.bus_permissions import USERS, variable

CONF = "nkeys.conf"
SEEDS = "keys"


def make(folder: Path) -> tuple[Path, ...]:
    """Make the keys that are missing below `folder` and write nkeys.conf from all of them. Returns the new seed files.

    The folder of seeds is closed to other users of this machine; the files in it are readable, since a container mounts
    each one alone and reads it as a user of its own.
    """
    seeds = folder / SEEDS
    seeds.mkdir(parents=True, exist_ok=True)
    seeds.chmod(0o700)
    made = tuple(path for user in USERS if (path := _seed_file(seeds, user)) is not None)
    lines = (f"{variable(user)}: {_public(seeds / f'{user}.nk')}" for user in USERS)
    (folder / CONF).write_text("# Public keys only. Made by tools/make_nkeys.py.\n" + "\n".join(lines) + "\n")
    return made


def _seed_file(seeds: Path, user: str) -> Path | None:
    path = seeds / f"{user}.nk"
    if path.exists():
        return None
    path.write_bytes(nkeys.encode_seed(os.urandom(32), nkeys.PREFIX_BYTE_USER) + b"\n")
    path.chmod(0o644)
    return path


def _public(seed: Path) -> str:
    return bytes(nkeys.from_seed(bytearray(seed.read_bytes().strip())).public_key).decode()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "deploy" / "nats"
    new = make(target)
    print(f"{len(new)} new seeds in {target / SEEDS}, public keys in {target / CONF}; keep the seeds out of git and backups.")
