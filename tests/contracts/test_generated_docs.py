"""Generated documents: none differs from the code, and the AsyncAPI document hangs together."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shared.bus.senders import SENDS
from shared.bus.topology import CONSUMERS
from shared.contracts.events import EVENTS
from tools.asyncapi import document, type_of
from tools.generate_docs import drift, main, write
from tools.schemas import contracts, schema_of

DOCUMENT = document()


def test_no_generated_document_differs_from_the_code() -> None:
    assert drift() == (), "run `make docs` and commit what it changes"


def test_drift_names_the_file_and_the_cure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    assert drift(tmp_path) == ()
    (tmp_path / "docs" / "asyncapi.json").write_text("{}")
    (tmp_path / "docs" / "schemas" / "gone.v1.json").write_text("{}")
    assert drift(tmp_path) == ("docs/asyncapi.json", "docs/schemas/gone.v1.json")
    assert main(["--check"], tmp_path) == 1
    assert "run `make docs` and commit docs/asyncapi.json, docs/schemas/gone.v1.json." in capsys.readouterr().err
    assert write(tmp_path) == ("docs/asyncapi.json", "docs/schemas/gone.v1.json")
    assert not (tmp_path / "docs" / "schemas" / "gone.v1.json").exists()


@pytest.mark.parametrize("name", contracts())
def test_every_schema_is_a_valid_closed_schema(name: str) -> None:
    schema = schema_of(name, contracts()[name])
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False


def test_every_event_has_a_channel_with_both_tokens() -> None:
    for event in EVENTS:
        channel = DOCUMENT["channels"][type_of(event)]
        assert channel["address"] == f"{type_of(event)}.{{client}}.{{batch}}"
        assert set(re.findall(r"{(\w+)}", channel["address"])) == set(channel["parameters"])
        assert channel["x-stream"] == event.stream


def test_who_sends_and_who_receives_is_what_the_topology_says() -> None:
    sent = {f"{who}.send.{type_of(event)}" for who, events in SENDS.items() for event in events}
    received = {f"{consumer.name}.receive.{type_of(event)}" for consumer in CONSUMERS.values() for event in consumer.events}
    assert set(DOCUMENT["operations"]) == sent | received
    for name, operation in DOCUMENT["operations"].items():
        assert operation["action"] == name.split(".")[1]


def test_every_reference_resolves() -> None:
    for reference in references(DOCUMENT):
        node: Any = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


def test_names_are_those_that_asyncapi_allows() -> None:
    allowed = re.compile(r"[\w.\-]+")
    for group in ("channels", "operations"):
        assert all(allowed.fullmatch(name) for name in DOCUMENT[group])
    assert all(allowed.fullmatch(name) for kind in DOCUMENT["components"].values() for name in kind)
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= set(DOCUMENT["info"])
    for operation in DOCUMENT["operations"].values():
        assert set(operation) - {"x-durable"} == {"action", "channel", "messages", "tags"}


def test_a_payload_schema_in_the_document_is_the_one_in_docs_schemas() -> None:
    for event in EVENTS:
        inside = DOCUMENT["components"]["schemas"][event.__name__]
        alone = {key: value for key, value in schema_of("x", event).items() if key not in ("$schema", "$id", "$defs")}
        assert json.loads(json.dumps(inside).replace("#/components/schemas/", "#/$defs/")) == alone


def references(node: Any) -> Iterator[str]:
    """Every $ref in the document."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)
