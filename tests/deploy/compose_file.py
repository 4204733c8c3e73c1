"""compose.yaml and the Dockerfile as data, read the way Docker reads them."""

import fnmatch
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]


def compose() -> dict[str, Any]:
    """compose.yaml with its anchors merged."""
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return parsed


def environment(service: str) -> dict[str, str]:
    """What a service finds in its environment, with the defaults of ${NAME:-default}."""
    values = compose()["services"][service].get("environment", {})
    return {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(value)) for name, value in values.items()}


def dockerfile() -> str:
    """The Dockerfile with continued lines joined and comments dropped."""
    text = (ROOT / "deploy" / "docker" / "Dockerfile").read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ")


def stages() -> dict[str, str]:
    """The text of each stage of the Dockerfile by its name."""
    parts = re.split(r"^FROM (\S+) AS (\S+)$", dockerfile(), flags=re.MULTILINE)
    return dict(zip(parts[2::3], parts[3::3], strict=True))


def copied() -> list[str]:
    """Paths that the Dockerfile copies from the build context."""
    found = re.findall(r"^COPY (?!--from)(?:--\S+ )*(.+) \S+$", dockerfile(), flags=re.MULTILINE)
    return [path.removeprefix("./") for line in found for path in line.split()]


def in_build_context(path: str) -> bool:
    """Whether .dockerignore lets a path through: the last pattern that fits it or one of its parents decides."""
    kept = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        parts = path.split("/")
        prefixes = ["/".join(parts[: end + 1]) for end in range(len(parts))]
        if any(_fits(prefix, pattern.removeprefix("!")) for prefix in prefixes):
            kept = pattern.startswith("!")
    return kept


def _fits(path: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatch.fnmatch(path.rsplit("/", 1)[-1], pattern[3:])
    return path.count("/") == pattern.count("/") and fnmatch.fnmatch(path, pattern)
