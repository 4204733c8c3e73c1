"""The catalogue version: a hash of the declarations and of the formulas' meaning, so that changing either changes it."""

import ast
import hashlib
import json
from functools import cache
from pathlib import Path

from shared.catalogue.registry import CATALOGUE

_NO_FORMULAS = frozenset({"app", "handlers", "settings", "store", "rows", "version", "__main__", "__init__"})


@cache
def catalogue_version() -> str:
    """Sixteen hex digits; comments, docstrings and layout of the formulas do not count."""
    folder = Path(__file__).parent
    modules = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.py") if path.stem not in _NO_FORMULAS)
    formulas = {module: _meaning((folder / module).read_text(encoding="utf-8")) for module in modules}
    content = json.dumps({"declarations": CATALOGUE.declarations(), "formulas": formulas}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _meaning(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and _has_docstring(node):
            node.body = node.body[1:]
    return ast.dump(tree)


def _has_docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> bool:
    return ast.get_docstring(node, clean=False) is not None
