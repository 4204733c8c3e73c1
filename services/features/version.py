"""The catalogue version: a hash of the declarations and of all code the formulas are made of; changing either changes it."""

import ast
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from services.features.compute import FORMULAS
from services.features.formula_code import parts, without_docstrings
from shared.catalogue.registry import CATALOGUE

ROOT = Path(__file__).parents[2]
_START = "services.features.compute"


@cache
def catalogue_version() -> str:
    """Sixteen hex digits; comments, docstrings and layout of the formulas do not count."""
    content = {"declarations": CATALOGUE.declarations(), "code": code_digests()}
    return _digest(json.dumps(content, sort_keys=True, ensure_ascii=False))


def code_digests() -> dict[str, str]:
    """A digest per module that computing a vector runs through: formulas, helpers, lexicons and declarations.

    Of contracts only what they do counts, their methods and properties: a field that no formula reads changes no number.
    The buckets are rules, so they count as a whole.
    """
    found: dict[str, str] = {}
    waiting = [_START]
    while waiting:
        module = waiting.pop()
        path = _path(module)
        if module in found or path is None:
            continue
        tree = without_docstrings(ast.parse(path.read_text(encoding="utf-8")))
        waiting += _imported(tree)
        fields_only = module.startswith("shared.contracts") and module != "shared.contracts.bucket"
        found[module] = _behaviour(tree) if fields_only else ast.dump(tree)
    return {module: _digest(found[module]) for module in sorted(found) if found[module]}


def formula_digest(name: str) -> str:
    """A digest of one feature's own formula, the functions that it calls and the constants in them.

    What it reads off the clip is not in it: that is among `code_digests`.
    """
    return _digest("\n".join(parts(FORMULAS[name])))


def _imported(tree: ast.Module) -> Iterator[str]:
    """Modules named by `from a import b`, where b may be a module itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _path(module: str) -> Path | None:
    """The source of one of our own modules, None for others."""
    if not module.startswith(("services.features", "shared.")):
        return None
    base = ROOT / module.replace(".", "/")
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _behaviour(tree: ast.Module) -> str:
    """The functions of a module with the class that each stands in, and the values of the module that they name."""
    inside = [(part.name, inner) for part in tree.body if isinstance(part, ast.ClassDef) for inner in part.body]
    alone = [("", part) for part in tree.body]
    functions = [(owner, part) for owner, part in (*inside, *alone) if isinstance(part, ast.FunctionDef)]
    named = {node.id for _, part in functions for node in ast.walk(part) if isinstance(node, ast.Name)}
    values = [part for part in tree.body if isinstance(part, ast.Assign) and named & _names(part)]
    return " ".join([*(f"{owner} {ast.dump(part)}" for owner, part in functions), *map(ast.dump, values)])


def _names(assigned: ast.Assign) -> set[str]:
    return {target.id for target in assigned.targets if isinstance(target, ast.Name)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
