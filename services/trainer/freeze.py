"""Fitted pipelines as skops bytes that depend on the data alone: never pickle; same data, seed and versions, same bytes.

skops names objects by memory address and stamps the time; both are replaced. The last bits of a fitted number depend on
where its operands lay in memory (seen: the elastic net's intercept, 7e-17 apart in half of the runs), so 40 bits are kept.
"""

import io
import json
import zipfile
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline
from skops import io as skops_io

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SCHEMA = "schema.json"
_TRUSTED = [
    "numpy.dtype",
    "sklearn.feature_selection._univariate_selection.f_regression",
    "sklearn.model_selection._split.KFold",
    "sklearn.tree._tree.Tree",
]
_BITS = 40


def freeze(pipeline: Pipeline) -> bytes:
    """A skops archive of a fitted pipeline."""
    with zipfile.ZipFile(io.BytesIO(skops_io.dumps(pipeline))) as archive:
        blobs = {name: archive.read(name) for name in archive.namelist() if name != _SCHEMA}
        schema = json.loads(archive.read(_SCHEMA))
    files: dict[str, str] = {}
    _renumber(schema, {}, files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for old, new in files.items():
            archive.writestr(_entry(new), _rounded(blobs[old]) if new.endswith(".npy") else blobs[old])
        archive.writestr(_entry(_SCHEMA), json.dumps(schema, separators=(",", ":")))
    return buffer.getvalue()


def thaw(data: bytes) -> Pipeline:
    """The pipeline of a skops archive.

    scikit-learn does not check the indices in a tree, so only load archives whose sha256 is in findings or a model card.
    """
    pipeline = skops_io.loads(data, trusted=_TRUSTED)
    if not isinstance(pipeline, Pipeline):
        raise TypeError(f"the archive holds a {type(pipeline).__name__}, not a Pipeline")
    return pipeline


def _rounded(blob: bytes) -> bytes:
    array = np.load(io.BytesIO(blob), allow_pickle=False)
    if array.dtype != np.float64:
        return blob
    mantissa, exponent = np.frexp(array)
    buffer = io.BytesIO()
    np.save(buffer, np.ldexp(np.round(np.ldexp(mantissa, _BITS)), exponent - _BITS), allow_pickle=False)
    return buffer.getvalue()


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
