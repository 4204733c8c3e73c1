"""What a formula is made of: its code, the functions that it calls by name, and the constants and bound values in them."""

import ast
import functools
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

_OURS = ("services.features", "shared")
_ADDRESS = " at 0x"


def without_docstrings(tree: ast.Module) -> ast.Module:
    """The same tree, in which no docstring is left; it is changed in place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
    return tree


def parts(formula: Callable[..., Any]) -> list[str]:
    """One text per function that a formula reaches by name, itself first: code without layout, and the values it names.

    What it reads off the clip is reached as an attribute, not by name, and is not among them.
    """
    found: dict[int, str] = {}
    waiting: list[object] = [formula]
    while waiting:
        reached = waiting.pop(0)
        if isinstance(reached, functools.partial):
            waiting += [reached.func, *reached.args, *reached.keywords.values()]
            found.setdefault(id(reached), _told(reached))
        elif (function := _function(reached)) is not None and id(function) not in found:
            code, names = _code(function.__code__)
            values = _values(function, names)
            found[id(function)] = f"{code} {[(name, _told(value)) for name, value in values.items()]}"
            waiting += [part for value in values.values() for part in _inside(value)]
    return list(found.values())


def _function(value: object) -> FunctionType | None:
    """One of our own functions, also where it remembers its results."""
    inner = inspect.unwrap(value) if isinstance(value, functools._lru_cache_wrapper) else value
    return inner if isinstance(inner, FunctionType) and inner.__module__.startswith(_OURS) else None


def _values(function: FunctionType, names: frozenset[str]) -> Mapping[str, object]:
    """What the names in a function stand for: held in its closure, or global."""
    held = zip(function.__code__.co_freevars, (cell.cell_contents for cell in function.__closure__ or ()), strict=True)
    known = {name: function.__globals__[name] for name in names if name in function.__globals__}
    return dict(sorted({**known, **dict(held)}.items()))


def _inside(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [part for one in value.values() for part in _inside(one)]
    return [part for one in value for part in _inside(one)] if isinstance(value, list | tuple) else [value]


def _told(value: object) -> str:
    """A value as the same text in every process: no addresses, sets in order; a function by its name."""
    if isinstance(value, functools.partial):
        return f"partial({_told(value.func)}, {_told(value.args)}, {_told(value.keywords)})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_told(key)}: {_told(one)}' for key, one in value.items())}}}"
    if isinstance(value, set | frozenset):
        return f"{{{', '.join(sorted(map(_told, value)))}}}"
    if type(value) in (list, tuple):
        return f"[{', '.join(map(_told, value))}]"  # type: ignore[call-overload]  # one of the two
    named = value if isinstance(value, type) else _function(value)
    if named is not None:
        return f"{named.__module__}.{named.__qualname__}"
    text = repr(value)
    return type(value).__qualname__ if _ADDRESS in text else text


@functools.cache
def _code(code: CodeType) -> tuple[str, frozenset[str]]:
    """A function's syntax tree as text, and the names in its body: its decorators and annotations make no number."""
    nodes = _functions(code.co_filename)[code.co_firstlineno]
    bodies = [part for node in nodes for part in (node.body if isinstance(node, ast.FunctionDef) else [node.body])]
    names = {inner.id for body in bodies for inner in ast.walk(body) if isinstance(inner, ast.Name)}
    return " ".join(map(ast.dump, nodes)), frozenset(names)


@functools.cache
def _functions(path: str) -> Mapping[int, list[ast.FunctionDef | ast.Lambda]]:
    """The functions of a file by the line in which each begins, its decorators included; several lambdas may share one."""
    found: dict[int, list[ast.FunctionDef | ast.Lambda]] = {}
    for node in ast.walk(without_docstrings(ast.parse(Path(path).read_text(encoding="utf-8")))):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            above = node.decorator_list if isinstance(node, ast.FunctionDef) else []
            found.setdefault(min(part.lineno for part in (node, *above)), []).append(node)
    return found
