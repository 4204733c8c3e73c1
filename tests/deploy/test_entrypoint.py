"""deploy/docker/entrypoint.sh, run as it is: exit codes, signals and secrets."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ENTRYPOINT = Path(__file__).parents[2] / "deploy" / "docker" / "entrypoint.sh"
PATH = os.environ["PATH"]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ENTRYPOINT), *command], env={"PATH": PATH, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("code", "seen"), [(0, 0), (1, 1), (2, 2), (4, 4), (70, 70), (3, 0)])
def test_only_a_bug_ends_so_that_docker_does_not_restart(code: int, seen: int) -> None:
    answer = run(sys.executable, "-c", f"raise SystemExit({code})")
    assert answer.returncode == seen
    assert ("rumiai resume" in answer.stderr) == (code == 3)


def test_a_killed_service_is_restarted() -> None:
    assert run(sys.executable, "-c", "import os; os.kill(os.getpid(), 9)").returncode == 137


@pytest.mark.parametrize(("code", "seen"), [(0, 0), (5, 5), (3, 0)])
def test_sigterm_reaches_the_service_and_its_own_exit_code_counts(code: int, seen: int) -> None:
    service = f"""
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit({code}))
print("ready", flush=True)
time.sleep(60)
"""
    with subprocess.Popen(
        ["sh", str(ENTRYPOINT), sys.executable, "-c", service], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == seen


def test_secrets_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("p ss'wo\"rd$(id)\n")
    answer = run(sys.executable, "-c", "import os; print(os.environ['PGPASSWORD'])", PGPASSWORD_FILE=str(tmp_path / "secret"))
    assert answer.stdout == "p ss'wo\"rd$(id)\n"


def test_a_secret_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    answer = run("true", PGPASSWORD_FILE=str(tmp_path / "none"))
    assert answer.returncode == 4
    assert answer.stderr.splitlines()[-1].startswith("entrypoint: PGPASSWORD_FILE can't be read")


def test_a_persons_command_keeps_its_exit_code(tmp_path: Path) -> None:
    command = tmp_path / "rumiai"
    command.write_text("#!/bin/sh\nexit 3\n")
    command.chmod(0o755)
    assert subprocess.run(["sh", str(ENTRYPOINT), "rumiai"], env={"PATH": f"{tmp_path}:{PATH}"}, check=False).returncode == 3
