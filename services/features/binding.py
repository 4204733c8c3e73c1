"""Binds formulas to declarations: what is declared must be produced, and the other way round."""

from collections.abc import Callable, Mapping
from functools import wraps
from types import ModuleType
from typing import TypeVar

from services.features.clip import Clip
from services.features.intervals import Span
from shared.catalogue.registry import CATALOGUE
from shared.catalogue.segments import NUMBERS
from shared.catalogue.timeline import WINDOWS

Formula = Callable[[Clip], float | bool | str]
PerSegment = Callable[[Clip, Span], float]
PerWindow = Callable[[Clip, str], float]
_Bound = TypeVar("_Bound", bound=Formula)
_FORMULAS: dict[str, Formula] = {}


class Unbound(RuntimeError):  # noqa: N818 - reads as the state it names
    """A feature without a formula, a formula without a feature, or two formulas for one."""


def produces(name: str) -> Callable[[_Bound], _Bound]:
    """Bind a formula to the declaration `name`. Raises Unbound at import if it is not declared or bound already."""

    def bind(formula: _Bound) -> _Bound:
        if name not in CATALOGUE:
            raise Unbound(f"{formula.__module__} produces {name}, which shared/catalogue does not declare.")
        if name in _FORMULAS:
            raise Unbound(f"Two formulas produce {name}: {_FORMULAS[name].__module__} and {formula.__module__}.")
        _FORMULAS[name] = formula
        return formula

    return bind


def produces_per_segment(name: str) -> Callable[[PerSegment], PerSegment]:
    """Bind a formula of each segment of the middle to its declaration; `{n}` in the name is the segment's number."""

    def bind(measure: PerSegment) -> PerSegment:
        for number in NUMBERS:
            produces(name.replace("{n}", str(number)))(_of_segment(measure, number))
        return measure

    return bind


def _of_segment(measure: PerSegment, number: int) -> Formula:
    @wraps(measure)
    def formula(clip: Clip) -> float:
        return measure(clip, clip.windows.segment(number))

    return formula


def produces_over_time(name: str) -> Callable[[PerWindow], PerWindow]:
    """Bind a formula of each window of a timeline to its declaration; `{window}` in the name is the word for the window."""

    def bind(measure: PerWindow) -> PerWindow:
        for window in WINDOWS:
            produces(name.replace("{window}", window))(_of_window(measure, window))
        return measure

    return bind


def _of_window(measure: PerWindow, window: str) -> Formula:
    @wraps(measure)
    def formula(clip: Clip) -> float:
        return measure(clip, window)

    return formula


def bound(names: tuple[str, ...], modules: tuple[ModuleType, ...]) -> Mapping[str, Formula]:
    """The formulas of these features in this order, from these imported modules. Raises Unbound naming features without one."""
    known = {module.__name__ for module in modules}
    unproduced = [name for name in names if name not in _FORMULAS or _FORMULAS[name].__module__ not in known]
    if unproduced:
        raise Unbound(f"Declared in shared/catalogue but produced by no formula: {', '.join(unproduced)}.")
    return {name: _FORMULAS[name] for name in names}
