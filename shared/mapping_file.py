"""Reads one mapping from a YAML or JSON file; whatever is wrong with the file is one sentence with line and column."""

import json
import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from shared.errors import UsageError

_BARE_HASH = re.compile(r"^[^#\"']*\[\s*(?:[^#\"']*,\s*)?#")


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Refuses a key that stands twice; leaves dates as text, so that a wrong one is reported under its field's name."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen and key != "<<":
                raise yaml.constructor.ConstructorError(None, None, f"{key} stands twice", key_node.start_mark)
            if isinstance(key, Hashable):
                seen.add(key)
        content: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return content


def read_mapping(path: Path, *, what: str) -> dict[str, Any]:
    """The top-level mapping of a `.json` file, or of YAML under any other name. `what` names the file in errors.

    Raises UsageError when the file is missing, not text, malformed (with line and column), or holds no mapping.
    """
    text = read_text(path, what=what)
    try:
        content = _parse(text, path, what)
    except RecursionError:
        raise UsageError(f"The {what} {path} is nested too deeply to be read: flatten it.") from None
    if not isinstance(content, dict):
        found = "nothing" if content is None else f"a {_kind(content)}"
        raise UsageError(f"The {what} {path} must hold a mapping of fields to values, but holds {found}.")
    return content


def read_text(path: Path, *, what: str) -> str:
    """The file as UTF-8 text, without a byte order mark. Raises UsageError when it is missing or not text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"The {what} {path} does not exist: check the path.") from None
    except IsADirectoryError:
        raise UsageError(f"The {what} {path} is a folder: name a file in it.") from None
    except OSError as error:
        raise UsageError(f"The {what} {path} can't be read ({error.strerror}): check its permissions.") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"The {what} {path} is not UTF-8 text (byte {error.start}): save it as UTF-8.") from None


def _parse(text: str, path: Path, what: str) -> object:
    try:
        if path.suffix.lower() == ".json":
            return json.loads(text, object_pairs_hook=_no_twins)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except json.JSONDecodeError as error:
        raise UsageError(
            f"The {what} {path} is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise UsageError(
            f"The {what} {path} is not valid YAML: {error.problem or error.context}{where}.{_hint(text)}"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UsageError(f"The {what} {path} can't be read: {str(error).splitlines()[0]}.") from None


def _hint(text: str) -> str:
    """The mistake that hashtags invite: in `[#gym, #yoga]` the first # starts a comment that swallows the bracket."""
    line = next((number for number, line in enumerate(text.splitlines(), start=1) if _BARE_HASH.search(line)), None)
    return "" if line is None else f' In YAML a # starts a comment: put it in quotes, like "#gym" (line {line}).'


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)} stands twice in one object")
    return content


def _kind(content: object) -> str:
    return {list: "list", str: "text", bool: "truth value"}.get(type(content), "single value")
