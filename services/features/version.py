"""The catalogue version: a hash of the declarations and of all code the formulas are made of; changing either changes it."""

import ast
import functools
import hashlib
import inspect
import json
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from services.features.compute import FORMULAS
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

    Contracts are left out: a field that no formula reads changes no number. The buckets are rules, so they count.
    """
    found: dict[str, str] = {}
    waiting = [_START]
    while waiting:
        module = waiting.pop()
        path = _path(module)
        if module in found or path is None:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        waiting += _imported(tree)
        found[module] = _digest(_meaning(tree))
    return dict(sorted(found.items()))


def formula_digest(name: str) -> str:
    """A digest of one feature's own formula and what was bound into it, without the code it calls."""
    return _digest(_described(FORMULAS[name]))


def _described(value: object) -> str:
    """A callable by its code and what it holds on to, never by its address; anything else by its repr."""
    if isinstance(value, functools.partial):
        held = [*value.args, *(value.keywords[key] for key in sorted(value.keywords))]
        return f"partial({_described(value.func)}, {[_described(one) for one in held]})"
    if not inspect.isfunction(value):
        return repr(value)
    inside = inspect.getclosurevars(value).nonlocals
    code = _meaning(ast.parse(textwrap.dedent(inspect.getsource(value))))
    return f"{code} {[(key, _described(inside[key])) for key in sorted(inside)]}"


def _imported(tree: ast.Module) -> Iterator[str]:
    """Modules named by `from a import b`, where b may be a module itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _path(module: str) -> Path | None:
    """The source of one of our own modules, None for others and for contracts."""
    if not module.startswith(("services.features", "shared.")):
        return None
    if module.startswith("shared.contracts") and module != "shared.contracts.bucket":
        return None
    base = ROOT / module.replace(".", "/")
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _meaning(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
    return ast.dump(tree)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
