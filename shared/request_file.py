"""Loads a batch request from a YAML or JSON file and names every wrong field in one line each."""

import hashlib
import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shared.contracts.request import BatchRequest, DatasetSource
from shared.errors import UsageError
from shared.mapping_file import read_mapping
from shared.request_problems import describe_problems
from shared.tokens import MAX_TOKEN, slug

DIGEST_CHARS = 8


def load_request(path: Path) -> BatchRequest:
    """The request in a `.json` file, or YAML under any other name; its paths become absolute, seen from the file.

    Raises UsageError for a missing or malformed file, and one that lists every wrong field, a line each.
    """
    content = read_mapping(path, what="request file")
    try:
        request = BatchRequest.model_validate(content)
    except ValidationError as error:
        raise UsageError(_complaint(path, describe_problems(error, content))) from None
    _refuse_spaces(request, path)
    return _with_absolute_paths(request, path)


def _refuse_spaces(request: BatchRequest, path: Path) -> None:
    """A name with a space would fit no video, and a batch without videos is a dear way to be told."""
    for field, names in (("hashtags", request.hashtags), ("handles", request.handles)):
        for name in names:
            if len(name.split()) > 1:
                raise UsageError(_complaint(path, [f'{field}: "{name}" holds a space; write it as one word, as TikTok does']))


def request_digest(request: BatchRequest) -> str:
    """The sha256 of the canonical request, 64 hex digits."""
    return hashlib.sha256(request.to_bytes()).hexdigest()


def client_token(request: BatchRequest) -> str:
    """The tenant's token, from the client's name in any script."""
    return slug(request.client.name)


def batch_token(request: BatchRequest) -> str:
    """The request's own batch name, or one made of its hashtags, handles and eight hex digits of its content."""
    if request.batch is not None:
        return request.batch
    words = slug("-".join((*request.hashtags, *request.handles)))[: MAX_TOKEN - DIGEST_CHARS - 1].strip("-")
    return f"{words}-{request_digest(request)[:DIGEST_CHARS]}"


def _complaint(path: Path, problems: list[str]) -> str:
    if len(problems) == 1:
        return f"The request file {path} has a wrong field: {problems[0]}"
    return "\n".join((f"The request file {path} has {len(problems)} wrong fields:", *(f"  {line}" for line in problems)))


def _with_absolute_paths(request: BatchRequest, path: Path) -> BatchRequest:
    data: dict[str, Any] = request.model_dump()
    if isinstance(request.source, DatasetSource):
        data["source"] |= {name: _seen_from(path, data["source"][name]) for name in ("items", "videos")}
    if request.client.brand.logo:
        data["client"]["brand"]["logo"] = _seen_from(path, request.client.brand.logo)
    try:
        return BatchRequest.model_validate(data)
    except ValidationError as error:
        raise UsageError(_complaint(path, describe_problems(error, data))) from None


def _seen_from(request_file: Path, value: str) -> str:
    """An absolute path without `..`; symbolic links stay, so that what a person wrote is what they read again."""
    return os.path.normpath(request_file.absolute().parent / Path(value).expanduser())
