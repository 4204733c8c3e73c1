"""Hypothesis strategies for every contract, read from its own annotations, so a new field is covered without a new test."""

import types
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from shared.contracts.base import Contract
from shared.contracts.feature_row import FeatureRow, Value
from shared.contracts.findings import Findings, Pattern, Verdict
from shared.contracts.plan import Counts, NotSelected, Plan, PlannedVideo, Rejection
from shared.contracts.request import BatchRequest
from shared.contracts.sightings import Moment, Sighting
from shared.contracts.spans import Interval

_LARGEST = 2**53
_OFFSETS = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=8))])
_SIMPLE: Mapping[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    type(None): st.none(),
    datetime: st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=_OFFSETS),  # noqa: DTZ001 - hypothesis adds it
    date: st.dates(date(1970, 1, 1), date(2100, 1, 1)),
}


@cache
def contract(model: type[Contract]) -> st.SearchStrategy[Any]:
    """Valid instances of a contract."""
    if model is Plan:
        return _plan()
    if model is FeatureRow:
        return _feature_row()
    fields = {name: _field(info) for name, info in model.model_fields.items()}
    if issubclass(model, Interval | Moment):
        fields |= _interval()
    built = st.fixed_dictionaries(fields)
    if model is Pattern:
        built = built.map(lambda values: values | {"interval": tuple(sorted(values["interval"]))})
    if model is Sighting:
        built = built.map(lambda values: values | {"note": values["note"] or "it has no place in time"})
    if model is Findings:
        built = built.map(_agreeing)
    if model is BatchRequest:
        built = built.filter(_names_something)
    return built.map(model.model_validate)


def _agreeing(values: dict[str, Any]) -> dict[str, Any]:
    """Findings of which only trained ones have patterns and models."""
    return values if values["verdict"] is Verdict.TRAINED else values | {"patterns": (), "models": ()}


def _names_something(values: dict[str, Any]) -> bool:
    names = (*values["hashtags"], *values["handles"])
    return bool(names) and all(name.lstrip("#@") for name in names)


def _interval() -> dict[str, st.SearchStrategy[Any]]:
    return {"start_s": st.floats(0, 50), "end_s": st.floats(51, 120)}


def _field(info: FieldInfo) -> st.SearchStrategy[Any]:
    return _typed(info.annotation, _constraints(info.metadata))


def _constraints(metadata: Any) -> dict[str, Any]:
    """ge, le, gt, min_length, max_length and pattern, wherever pydantic keeps them."""
    found: dict[str, Any] = {}
    for item in metadata:
        nested = item.metadata if isinstance(item, FieldInfo) else ()
        found |= _constraints(nested)
        for name in ("ge", "gt", "le", "min_length", "max_length", "pattern"):
            if (value := getattr(item, name, None)) is not None:
                found[name] = value
    return found


def _typed(annotation: Any, limits: dict[str, Any]) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _typed(arguments[0], _constraints(arguments[1:]) | limits)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, types.UnionType):
        return st.one_of([_typed(argument, limits) for argument in arguments])
    if origin is tuple or hasattr(annotation, "_fields"):
        return _tuple(arguments, limits) if arguments else _named_tuple(annotation)
    if origin is dict:
        return st.dictionaries(_typed(arguments[0], {}), _typed(arguments[1], {}), max_size=3)
    return _plain(annotation, limits)


def _tuple(arguments: tuple[Any, ...], limits: dict[str, Any]) -> st.SearchStrategy[Any]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return st.lists(_typed(arguments[0], {}), min_size=limits.get("min_length", 0), max_size=2).map(tuple)
    return st.tuples(*(_typed(argument, {}) for argument in arguments))


def _named_tuple(annotation: Any) -> st.SearchStrategy[Any]:
    fields = get_type_hints(annotation, include_extras=True).values()
    return st.tuples(*(_typed(field, {}) for field in fields)).map(annotation._make)


def _plain(annotation: Any, limits: dict[str, Any]) -> st.SearchStrategy[Any]:
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if issubclass(annotation, StrEnum):
        return st.sampled_from(annotation)
    if issubclass(annotation, Contract):
        return contract(annotation)
    if annotation is str:
        return _text(limits)
    lowest = limits.get("ge", limits.get("gt", -_LARGEST))
    highest = limits.get("le", _LARGEST)
    if annotation is int:
        return st.integers(int(lowest) + ("gt" in limits), int(highest))
    assert annotation is float, annotation
    return st.floats(lowest, highest, exclude_min="gt" in limits, allow_nan=False)


def _text(limits: dict[str, Any]) -> st.SearchStrategy[str]:
    if "pattern" in limits:
        return st.from_regex(limits["pattern"].removeprefix("^").removesuffix("$"), fullmatch=True)
    text = st.text(min_size=limits.get("min_length", 0), max_size=min(limits.get("max_length", 20), 20))
    return text.map(str.strip).filter(lambda value: len(value) >= limits.get("min_length", 0))


@st.composite
def _plan(draw: st.DrawFn) -> Plan:
    """A balanced plan: every video once, counts from what is in it."""
    videos = draw(st.lists(contract(PlannedVideo), max_size=4, unique_by=lambda video: video.video_id))
    below = draw(st.lists(contract(NotSelected), max_size=3))
    rejected = draw(st.lists(contract(Rejection), max_size=3))
    records = len(videos) + len(below)
    counts = Counts(items=records + len(rejected), records=records, rejected=len(rejected), selected=len(videos))
    names = ("videos", "not_selected", "rejected", "counts")
    fields = {name: _field(info) for name, info in Plan.model_fields.items() if name not in names}
    return Plan(**draw(st.fixed_dictionaries(fields)), videos=videos, not_selected=below, rejected=rejected, counts=counts)


@st.composite
def _feature_row(draw: st.DrawFn) -> FeatureRow:
    """A row with a reason for exactly the values that are missing."""
    values = draw(st.dictionaries(st.text(min_size=1, max_size=10), _typed(Value, {}), max_size=6))
    missing = {name: "speech: off" for name, value in values.items() if value is None}
    fields = {name: _field(info) for name, info in FeatureRow.model_fields.items() if name not in ("values", "missing")}
    return FeatureRow(**draw(st.fixed_dictionaries(fields)), values=values, missing=missing)
