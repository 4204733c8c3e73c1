"""Fitted pipelines as skops bytes that depend on the pipeline alone: never pickle, same model, same bytes."""

import io
import json
import zipfile
from typing import Any

from sklearn.pipeline import Pipeline
from skops import io as skops_io

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SCHEMA = "schema.json"


def freeze(pipeline: Pipeline) -> bytes:
    """A skops archive. skops names objects by memory address and stamps the time; both are replaced by fixed values."""
    with zipfile.ZipFile(io.BytesIO(skops_io.dumps(pipeline))) as archive:
        blobs = {name: archive.read(name) for name in archive.namelist() if name != _SCHEMA}
        schema = json.loads(archive.read(_SCHEMA))
    files: dict[str, str] = {}
    _renumber(schema, {}, files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for old, new in files.items():
            archive.writestr(_entry(new), blobs[old])
        archive.writestr(_entry(_SCHEMA), json.dumps(schema, separators=(",", ":")))
    return buffer.getvalue()


def thaw(data: bytes) -> Pipeline:
    """The pipeline of a skops archive; only scikit-learn's own types are trusted."""
    pipeline = skops_io.loads(data, trusted=[])
    if not isinstance(pipeline, Pipeline):
        raise TypeError(f"the archive holds a {type(pipeline).__name__}, not a Pipeline")
    return pipeline


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _renumber(node: Any, ids: dict[int, int], files: dict[str, str]) -> None:
    """Give object ids and file names numbers in the order in which they appear."""
    if isinstance(node, list):
        for child in node:
            _renumber(child, ids, files)
        return
    if not isinstance(node, dict):
        return
    if "__id__" in node:
        node["__id__"] = ids.setdefault(node["__id__"], len(ids))
    if isinstance(name := node.get("file"), str):
        node["file"] = files.setdefault(name, f"{len(files)}.{name.rpartition('.')[2]}")
    for child in node.values():
        _renumber(child, ids, files)
