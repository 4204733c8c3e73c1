"""Real processes in tests: the command line as a person runs it, and what becomes of a process."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def rumiai(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end, with variables added to this process's environment."""
    return subprocess.run(
        [sys.executable, "-m", "services.console", *map(str, arguments)],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, env={**os.environ, **environment},
    )  # fmt: skip


async def until(condition: Callable[[], bool], *, within_s: float = 60) -> None:
    """Processes outside this one set no event of ours, so look."""
    async with asyncio.timeout(within_s):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    """False when the process is dead, or a zombie that nobody has waited for yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return False
