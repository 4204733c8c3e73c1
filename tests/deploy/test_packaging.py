"""What a fresh clone stands on: the lock, the menu, the scripts."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()
PINNED = re.findall(r"^([a-z0-9._-]+)==(\S+)", LOCK, flags=re.MULTILINE)
SCRIPTS = ["tools/setup.sh", "tools/check.sh", ".ci/run", "deploy/docker/entrypoint.sh"]


def test_every_package_is_pinned_and_hashed() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINNED)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_names_no_address() -> None:
    lines = [line for line in LOCK.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if "://" in line or "index-url" in line or "find-links" in line] == []


def test_what_the_overrides_drop_is_not_in_the_lock() -> None:
    dropped = re.findall(r"^([a-z-]+) ;", (ROOT / "requirements.overrides").read_text(), flags=re.MULTILINE)
    assert dropped
    assert set(dropped) & {name for name, _ in PINNED} == set()


def test_there_is_one_opencv_and_no_torch() -> None:
    names = {name for name, _ in PINNED}
    assert {name for name in names if name.startswith("opencv")} == {"opencv-python-headless"}
    assert names & {"torch", "ultralytics", "paddlepaddle", "paddleocr"} == set()


def test_what_we_ask_for_is_in_the_lock() -> None:
    lines = (ROOT / "requirements.in").read_text().splitlines()
    wanted = [re.split(r"[\[=<>~ ]", line)[0].lower() for line in lines if line and not line.startswith("#")]
    assert set(wanted) - {name for name, _ in PINNED} == set()


def test_make_alone_prints_every_target() -> None:
    menu = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("demo", "test", "check", "bench", "truth", "chaos", "lock", "docs", "clean", "setup"):
        assert re.search(rf"^  {target} +\S", menu, flags=re.MULTILINE), target


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_executable_and_parses(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(ROOT / script)], check=True)


def test_a_wrong_option_is_one_sentence() -> None:
    answer = subprocess.run(
        ["bash", str(ROOT / "tools" / "setup.sh"), "--all"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert answer.returncode == 1
    assert answer.stderr == "setup: Unknown option --all: the only one is --tests.\n"


def test_ci_calls_the_command_that_the_readme_names() -> None:
    run = (ROOT / ".ci" / "run").read_text()
    assert "make test" in run
    assert "make test" in (ROOT / "README.md").read_text()
