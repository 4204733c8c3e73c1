"""The wheel that containers install is complete: modules, templates and fonts."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("shared", "services", "samples")
LEFT_OUT = {"__pycache__", ".mypy_cache", ".ruff_cache"}


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT).as_posix() for path in files if not LEFT_OUT & set(path.parts)}
    assert {path for path in wanted - held if not path.endswith(".pyc")} == set()
    assert not any(path.startswith(("tests/", "deploy/", "docs/")) for path in held)
