"""Every number that decides what an engine says is in its fingerprint, so that no stale result passes for a current one."""

import ast
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.analyzer import engines
from services.analyzer.engines import default_engines
from services.analyzer.engines.objects import ObjectsEngine
from services.analyzer.engines.objects.weights import weights_at
from tests.analyzer.tiny_yolo import build_onnx

ROOT = Path(engines.__file__).parents[3]
ENGINES = "services/analyzer/engines"
PICTURES = ["services/analyzer/frames.py", "services/analyzer/sampling.py"]
SOUND = "services/analyzer/sound.py"
MODULES = {
    "scenes": [f"{ENGINES}/scenes.py", f"{ENGINES}/transitions.py", *PICTURES],
    "people": [f"{ENGINES}/people", *PICTURES],
    "text": [f"{ENGINES}/text", *PICTURES],
    "graphics": [f"{ENGINES}/graphics", *(f"{ENGINES}/text/{name}.py" for name in ("areas", "plausible", "reader")), *PICTURES],
    "visuals": [
        *(f"{ENGINES}/{name}.py" for name in ("visuals", "palette", "camera")), *PICTURES, "services/analyzer/colours.py",
    ],
    "audio": [*(f"{ENGINES}/{name}.py" for name in ("audio", "loudness", "music", "pitch", "rhythm")), SOUND],
    "speech": [f"{ENGINES}/speech", SOUND],
    "objects": [f"{ENGINES}/objects", *PICTURES],
}  # fmt: skip
NOT_A_PARAMETER = {
    "rapid.STRIDE": "a property of the network, whose weights are in the fingerprint",
    "engine.BATCH": "how many pictures go through the objects' network at a time: each is seen as if alone",
}
"""Constants that are left out, and why."""
NOTHING = np.zeros((6, 4), np.float32)
"""What the tiny network finds: its parameters are asked for, not its answers."""
WHERE_WEIGHTS_ARE = {"recognizer"}
"""Their parameters count where Whisper has weights: the speech engine's own tests see to that."""


def _files(engine: str) -> list[Path]:
    paths = [ROOT / each for each in MODULES[engine]]
    return [file for path in paths for file in ([path] if path.suffix else sorted(path.glob("*.py")))]


def _constants(tree: ast.Module) -> Iterator[str]:
    """Names that a module binds to numbers: alone, in tuples and lists, as slices and arrays."""
    for node in tree.body:
        value = getattr(node, "value", None)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        for target in targets:
            several = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            pairs = zip(target.elts, value.elts, strict=True) if several else [(target, value)]  # type: ignore[attr-defined, union-attr]
            yield from (name.id for name, bound in pairs if isinstance(name, ast.Name) and _is_number(bound))


def _is_number(node: ast.expr | None) -> bool:
    """Whether numbers, and nothing else, make up an expression."""
    if node is None:
        return False
    leaves = [leaf for leaf in ast.walk(node) if isinstance(leaf, ast.Constant)]
    numbers = [leaf for leaf in leaves if isinstance(leaf.value, (int, float)) and not isinstance(leaf.value, bool)]
    kinds = (ast.Constant, ast.Tuple, ast.List, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop, ast.expr_context)
    calls = isinstance(node, ast.Call) and ast.unparse(node.func) in {"slice", "np.array"}
    return bool(numbers) and len(numbers) == len(leaves) and (calls or all(isinstance(part, kinds) for part in ast.walk(node)))


Bound = tuple[str, str]
"""A module and a name in it."""


def _bindings(tree: ast.Module, module: str) -> dict[Bound, set[Bound]]:
    """What each name of a module is made of; PARAMETERS also of what is added where an engine makes its Spec."""
    origin = {
        alias.asname or alias.name: ((node.module or "").rpartition(".")[2], alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    found: dict[Bound, set[Bound]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Spec":
            found.setdefault((module, "PARAMETERS"), set()).update(_parts(node, module, origin))
        for target in _targets(node):
            for name in ast.walk(target):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                    kept = "PARAMETERS" if name.id == "parameters" else name.id
                    found.setdefault((module, kept), set()).update(_parts(node, module, origin))
    return found


def _targets(node: ast.AST) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []


def _parts(node: ast.AST, module: str, origin: Mapping[str, Bound]) -> Iterator[Bound]:
    value = node if isinstance(node, ast.Call) else getattr(node, "value", None)
    for part in ast.walk(value) if value else ():
        if isinstance(part, ast.Name):
            yield origin.get(part.id, (module, part.id))
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            yield part.value.id, part.attr


def _named(trees: Mapping[str, ast.Module]) -> set[Bound]:
    """All that the modules' PARAMETERS are made of, directly or by way of other names."""
    bindings = {name: parts for module, tree in trees.items() for name, parts in _bindings(tree, module).items()}
    reached: set[Bound] = set()
    ahead = {name for name in bindings if name[1] == "PARAMETERS"}
    while ahead:
        reached |= ahead
        ahead = {part for name in ahead for part in bindings.get(name, ())} - reached
    return reached


Parameters = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def parameters(tmp_path_factory: pytest.TempPathFactory) -> Parameters:
    """Those of every engine, by its name."""
    weights = build_onnx(tmp_path_factory.mktemp("weights") / "tiny.onnx", NOTHING, NOTHING, names={0: "sun", 1: "moon"})
    specs = [each.spec for each in (*default_engines(), ObjectsEngine(weights_at(weights)))]
    return {spec.name.value: spec.parameters for spec in specs}


@pytest.mark.parametrize("engine", sorted(MODULES))
def test_every_number_is_among_the_parameters(engine: str, parameters: Parameters) -> None:
    trees = {file.stem: ast.parse(file.read_text(encoding="utf-8")) for file in _files(engine)}
    named = _named(trees)
    by_module = {module: part for module, part in parameters[engine].items() if isinstance(part, Mapping)}
    missing = [
        f"{module}.{name}"
        for module, tree in trees.items()
        for name in _constants(tree)
        if (module, name) not in named and name not in by_module.get(module, ()) and f"{module}.{name}" not in NOT_A_PARAMETER
    ]
    assert missing == []


@pytest.mark.parametrize("engine", sorted(MODULES))
def test_the_parameters_of_every_module_are_in_the_fingerprint(engine: str, parameters: Parameters) -> None:
    for file in _files(engine):
        module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        own = "\nPARAMETERS" in file.read_text(encoding="utf-8")
        if own and file.stem not in WHERE_WEIGHTS_ARE:
            assert _inside(module.PARAMETERS, parameters[engine]), file.stem


def _inside(part: Mapping[str, Any], whole: object) -> bool:
    """Whether one of the mappings in `whole` holds all of `part`."""
    if not isinstance(whole, Mapping):
        return False
    if all(key in whole and whole[key] == value for key, value in part.items()):
        return True
    return any(_inside(part, each) for each in whole.values())
