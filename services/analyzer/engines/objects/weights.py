"""YOLO weights given by path: what kind of file they are, and what their own metadata says about labels and picture size."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from shared.errors import Unavailable

METADATA = "metadata.yaml"


class Format(StrEnum):
    """How the network is stored, and so which library runs it."""

    OPENVINO = "OpenVINO"
    ONNX = "ONNX"
    TORCH = "PyTorch"
    TENSORRT = "TensorRT"


_BY_SUFFIX = {".onnx": Format.ONNX, ".pt": Format.TORCH, ".engine": Format.TENSORRT}


@dataclass(frozen=True)
class YoloWeights:
    """Files that exist. `files` are all that change a result."""

    format: Format
    path: Path
    files: tuple[Path, ...]


@dataclass(frozen=True)
class YoloFacts:
    """What an export says about itself: class names by number, and the height and width it takes, in pixels."""

    labels: Mapping[int, str]
    height: int
    width: int


def weights_at(path: Path) -> YoloWeights:
    """What lies at `path`. Raises Unavailable where nothing does, or nothing that is known."""
    if not path.exists():
        raise Unavailable(f"RUMIAI_OBJECTS_WEIGHTS names {path}, which does not exist.")
    if path.is_dir():
        return YoloWeights(Format.OPENVINO, path, _openvino_files(path))
    if path.suffix not in _BY_SUFFIX:
        known = "an OpenVINO folder, .onnx, .pt or .engine"
        raise Unavailable(f"RUMIAI_OBJECTS_WEIGHTS names {path}, which is none of the YOLO formats: {known}.")
    return YoloWeights(_BY_SUFFIX[path.suffix], path, (path,))


def facts(metadata: Mapping[str, Any], where: Path) -> YoloFacts:
    """The facts of an Ultralytics export, as its YAML file or as the strings that its ONNX file carries.

    Raises Unavailable where they are missing or of another task than detection: without them a number has no name.
    """
    values = {key: _parsed(value) for key, value in metadata.items()}
    names, size, task = values.get("names"), values.get("imgsz"), values.get("task")
    if not isinstance(names, dict) or not isinstance(size, list | tuple) or len(size) != 2:
        raise Unavailable(f"The weights {where} do not say their labels and picture size: export them again with Ultralytics.")
    if task != "detect":
        raise Unavailable(f"The weights {where} are made for the task {task}: give weights of a YOLO detection model.")
    return YoloFacts({int(number): str(name) for number, name in names.items()}, int(size[0]), int(size[1]))


def folder_facts(folder: Path) -> YoloFacts:
    """The facts of an OpenVINO folder. Raises Unavailable."""
    try:
        metadata = yaml.safe_load((folder / METADATA).read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Unavailable(f"{folder / METADATA} can't be read: export the weights again with Ultralytics.") from error
    return facts(metadata if isinstance(metadata, dict) else {}, folder)


def _openvino_files(folder: Path) -> tuple[Path, ...]:
    networks = sorted(folder.glob("*.xml"))
    if len(networks) != 1:
        raise Unavailable(
            f"RUMIAI_OBJECTS_WEIGHTS names the folder {folder}, which holds {len(networks)} .xml files instead of one."
        )
    files = (networks[0], networks[0].with_suffix(".bin"), folder / METADATA)
    if missing := [path.name for path in files if not path.is_file()]:
        raise Unavailable(f"The OpenVINO weights in {folder} (RUMIAI_OBJECTS_WEIGHTS) miss {', '.join(missing)}.")
    return files


def _parsed(value: Any) -> Any:
    """ONNX carries everything as text: numbers, lists and dicts as Python literals."""
    if not isinstance(value, str):
        return value
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return value
