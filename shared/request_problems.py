"""Turns validation errors of a batch request into lines that name the field, what was given and what is allowed."""

import difflib
import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from shared.contracts.request import ApifySource, BatchRequest, DatasetSource

Path = tuple[int | str, ...]

_SHOWN_CHARS = 60
_SOURCES: dict[str, type[BaseModel]] = {"apify": ApifySource, "dataset": DatasetSource}
_NEEDS_A_SEARCH = "hashtags: is missing, and so is handles; name at least one hashtag or one handle"
_DATE = "it must be a date like 2025-05-31"
_PATTERNS = {
    r"^[a-z0-9-]{1,48}$": "it must be 1 to 48 small letters, digits or hyphens",
    r"^#[0-9A-Fa-f]{6}$": 'it must be a colour like "#1E3A8A", in quotes because # starts a comment in YAML',
}
_BY_KIND = {
    "string_type": "it must be text; put it in quotes",
    "int_type": "it must be a whole number",
    "int_parsing": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "float_type": "it must be a number",
    "float_parsing": "it must be a number",
    "finite_number": "it must be a finite number",
    "bool_type": "it must be true or false",
    "bool_parsing": "it must be true or false",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE + ", without a time",
    "model_type": "it must be a mapping of fields to values",
    "model_attributes_type": "it must be a mapping of fields to values",
    "tuple_type": "it must be a list, like [one, two]",
    "string_too_short": "it must not be empty",
    "invalid_key": "field names must be text",
}


def describe_problems(error: ValidationError, content: Mapping[str, Any]) -> list[str]:
    """One line per wrong field, in the contract's order; `content` is the mapping that was given."""
    problems = error.errors(include_url=False)
    wrong = [problem["loc"] for problem in problems]
    lines = [_line(problem) for problem in problems if not _follows_from_another(problem, wrong)]
    if not content.get("hashtags") and not content.get("handles") and not any(loc[:1] == ("hashtags",) for loc in wrong):
        lines = [*(line for line in lines if "at least one of hashtags" not in line), _NEEDS_A_SEARCH]
    return lines


def _follows_from_another(problem: ErrorDetails, wrong: list[Path]) -> bool:
    """A list is also "too short" when one of its items was refused: that says nothing new."""
    loc = problem["loc"]
    return problem["type"] == "too_short" and any(other[: len(loc)] == loc and len(other) > len(loc) for other in wrong)


def _line(problem: ErrorDetails) -> str:
    return f"{_dotted(problem['loc'])}{_said(problem)}"


def _said(problem: ErrorDetails) -> str:
    kind, given = problem["type"], problem["input"]
    if kind == "value_error":
        return f": {problem['ctx']['error']}"
    if kind == "extra_forbidden":
        return f": is not a known field; {_nearest(problem['loc'])}"
    if kind in ("missing", "union_tag_not_found"):
        return ": is missing" if kind == "missing" else f".kind: is missing; choose from {', '.join(_SOURCES)}"
    if kind == "union_tag_invalid":
        return f".kind: {_shown(problem['ctx']['tag'])} is not allowed; choose from {', '.join(_SOURCES)}"
    return f": {'is empty' if given is None else _shown(given) + ' is not allowed'}; {_wanted(problem)}{_hint(problem)}"


def _hint(problem: ErrorDetails) -> str:
    if problem["input"] is None and str(problem["loc"][0]) in ("hashtags", "client"):
        return ' (in YAML a # starts a comment: put the value in quotes, like "#gym")'
    return ""


def _wanted(problem: ErrorDetails) -> str:
    kind, ctx = problem["type"], problem.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return "choose from " + str(ctx["expected"]).replace(" or ", ", ").replace("'", "")
    if kind in ("greater_than_equal", "less_than_equal"):
        return _range(problem["loc"], ctx)
    if kind in ("string_too_long", "too_long"):
        return f"at most {ctx['max_length']} {'characters' if kind == 'string_too_long' else 'entries'} are allowed"
    if kind == "too_short":
        return f"name at least {ctx['min_length']}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(ctx["pattern"], f"it must match {ctx['pattern']}")
    return _BY_KIND.get(kind, problem["msg"][0].lower() + problem["msg"][1:])


def _range(loc: Path, ctx: Mapping[str, Any]) -> str:
    """Both limits of a number, read from its field: the error itself names only the one that was crossed."""
    model = _model_at(loc[:-1])
    limits = dict(ctx)
    for rule in model.model_fields[str(loc[-1])].metadata if model else ():
        limits |= {side: getattr(rule, side) for side in ("ge", "le") if hasattr(rule, side)}
    if "ge" in limits and "le" in limits:
        return f"it must be from {limits['ge']} to {limits['le']}"
    return f"it must be at least {limits['ge']}" if "ge" in limits else f"it must be at most {limits['le']}"


def _nearest(loc: Path) -> str:
    model = _model_at(loc[:-1])
    known = list(model.model_fields) if model else []
    close = difflib.get_close_matches(str(loc[-1]), known, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(known)}"


def _model_at(loc: Path) -> type[BaseModel] | None:
    """The contract whose fields stand at a path."""
    model: type[BaseModel] = BatchRequest
    for step in loc:
        if step in _SOURCES:
            return _SOURCES[str(step)]
        if step == "source":
            continue
        field = model.model_fields.get(str(step))
        kinds = [field.annotation, *get_args(field.annotation)] if field else []
        inner = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        if inner is None:
            return None
        model = inner
    return model


def _dotted(loc: Path) -> str:
    """The path as it stands in the file: without the tag that pydantic puts behind `source`."""
    steps = loc[:1] + loc[2:] if len(loc) > 1 and loc[0] == "source" and loc[1] in _SOURCES else loc
    return ".".join(str(step) for step in steps) or "the request"


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + "…"
