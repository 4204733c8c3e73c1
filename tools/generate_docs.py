"""Writes every generated document, or with --check says which ones differ from the code."""

import sys
from collections.abc import Callable
from pathlib import Path

from services.features.formula_reference import formula_name
from shared.catalogue.docs import PATH, markdown
from shared.catalogue.registry import CATALOGUE
from tools import asyncapi, bus_permissions, schemas

ROOT = Path(__file__).parents[1]
OWNED = ("docs/schemas/*.json",)
"""Folders that hold nothing but generated files: what no generator makes any more is drift too."""


def features() -> dict[str, str]:
    """docs/features.md by its path."""
    return {PATH: markdown({name: formula_name(name) for name in CATALOGUE.names()})}


GENERATORS: tuple[Callable[[], dict[str, str]], ...] = (
    schemas.render,
    asyncapi.render,
    bus_permissions.render,
    features,
)


def rendered() -> dict[str, str]:
    """Every generated document by its path from the root."""
    return {path: text for generator in GENERATORS for path, text in generator().items()}


def drift(root: Path = ROOT) -> tuple[str, ...]:
    """Paths that are missing, differ from the code, or that nothing generates any more."""
    wanted = rendered()
    differing = [path for path, text in wanted.items() if not (root / path).exists() or (root / path).read_text() != text]
    return (*differing, *_orphans(wanted, root))


def write(root: Path = ROOT) -> tuple[str, ...]:
    """Write what differs and remove orphans. Returns the paths that changed."""
    changed = drift(root)
    wanted = rendered()
    for path in changed:
        if path in wanted:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(wanted[path])
        else:
            (root / path).unlink()
    return changed


def main(arguments: list[str], root: Path = ROOT) -> int:
    """`--check` changes nothing and returns 1 on drift."""
    if arguments not in ([], ["--check"]):
        print("generate_docs: the only option is --check.", file=sys.stderr)
        return 2
    changed = drift(root) if arguments else write(root)
    if arguments and changed:
        print(f"Generated documents differ from the code: run `make docs` and commit {', '.join(changed)}.", file=sys.stderr)
        return 1
    print(f"{len(rendered())} generated documents, {len(changed)} changed.")
    return 0


def _orphans(wanted: dict[str, str], root: Path) -> list[str]:
    found = [path.relative_to(root).as_posix() for pattern in OWNED for path in sorted(root.glob(pattern))]
    return [path for path in found if path not in wanted]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
