"""Where the formula of a feature stands in the code."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from services.features.compute import FORMULAS


def formula_name(name: str) -> str:
    """`overlays._text_count`: the module in services/features/formulas and the function."""
    formula = _function(name)
    return f"{formula.__module__.rpartition('.')[2]}.{formula.__qualname__.partition('.<locals>')[0]}"


def formula_line(name: str) -> str:
    """`services/features/formulas/overlays.py:34`: where the formula starts."""
    formula = _function(name)
    return f"{formula.__module__.replace('.', '/')}.py:{inspect.getsourcelines(formula)[1]}"


def _function(name: str) -> Callable[..., Any]:
    formula: Callable[..., Any] = FORMULAS[name]
    while isinstance(formula, functools.partial):
        formula = formula.func
    return formula
