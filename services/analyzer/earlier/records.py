"""Reads a document's parts record by record: one bad record costs that record, never its detector or another one."""

from typing import Annotated, Any, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from services.analyzer.earlier.document import (
    OUTSIDE,
    Changes,
    ObjectSeen,
    ObjectsSeen,
    Part,
    Scene,
    Spoken,
    Texts,
    TextSeen,
    Transcript,
)
from shared.contracts.analysis import VideoInfo


class Dropped(NamedTuple):
    """A record that can't be used: its place in the document, what is wrong, the record; whether it lies outside the frame."""

    where: str
    problem: str
    record: Any
    outside: bool = False


class Read(NamedTuple):
    """A part, or the sentence that says why there is none; and what was dropped of it."""

    part: Part | str
    dropped: tuple[Dropped, ...] = ()


class _Kind(NamedTuple):
    """What a part is, and what the records in its lists are."""

    part: type[Part]
    records: dict[str, TypeAdapter[Any]]


_CHANGE = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_KINDS = {
    "yolo": _Kind(ObjectsSeen, {"objectAnnotations": TypeAdapter(ObjectSeen)}),
    "whisper": _Kind(Transcript, {"segments": TypeAdapter(Spoken)}),
    "ocr": _Kind(Texts, {"textAnnotations": TypeAdapter(TextSeen)}),
    "scene_detection": _Kind(Changes, {"scene_changes": TypeAdapter(_CHANGE), "scenes": TypeAdapter(Scene)}),
}


def read_part(name: str, raw: object, info: VideoInfo) -> Read:
    """One detector's part of `ml_data`, checked against the video's size and duration.

    A part is refused as a whole where most of a list is bad: what is left would be counted as if it were all.
    """
    where = f"ml_data.{name}"
    if raw is None:
        return Read(f"the document has no {name}")
    if raw == {}:
        return Read(f"the earlier system's {name} failed")
    if not isinstance(raw, dict):
        return Read(f"the document's {name} does not parse", (Dropped(where, "it is no object", raw),))
    lists = {key: _sort(f"{where}.{key}", raw[key], one, info) for key, one in _KINDS[name].records.items() if _has(raw, key)}
    dropped = tuple(bad for _, every_bad in lists.values() for bad in every_bad)
    if any(len(bad) > len(good) for good, bad in lists.values()):
        return Read(f"{len(dropped)} records of the document's {name} do not parse, which is most of them", dropped)
    try:
        part = _KINDS[name].part.model_validate(raw | {key: good for key, (good, _) in lists.items()})
    except ValidationError as error:
        return Read(f"the document's {name} does not parse", (*dropped, Dropped(where, _problem(error), raw)))
    return Read(part, dropped)


def _has(raw: dict[str, Any], key: str) -> bool:
    return isinstance(raw.get(key), list)


def _sort(where: str, records: list[Any], one: TypeAdapter[Any], info: VideoInfo) -> tuple[list[Any], list[Dropped]]:
    good, bad = [], []
    for index, record in enumerate(records):
        try:
            good.append(one.validate_python(record, context=info))
        except ValidationError as error:
            outside = any(problem["type"] == OUTSIDE for problem in error.errors())
            bad.append(Dropped(f"{where}.{index}", _problem(error), record, outside))
    return good, bad


def _problem(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
