"""The AsyncAPI 3.0 document, derived from the events, the topology and who sends what; no service is imported."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from shared.bus.senders import SENDS
from shared.bus.topology import CONSUMERS, DLQ
from shared.contracts.events import EVENTS, Event

_PARAMETERS = {
    "client": {"description": "The tenant, a token ^[a-z0-9-]{1,48}$."},
    "batch": {"description": "The batch request, a token ^[a-z0-9-]{1,48}$."},
}
_DEAD_LETTER = "dead.letter"
_HEADERS = {
    "type": "object",
    "required": ["Nats-Msg-Id"],
    "properties": {
        "Nats-Msg-Id": {"type": "string", "description": "The event_id: the same event published twice is stored once."},
        "Nats-Expected-Stream": {"type": "string", "description": "The stream the publisher expects to be stored in."},
    },
}
_LETTER = {
    "name": "DeadLetter",
    "title": "DeadLetter",
    "summary": "The bytes of a message that a service gave up, as they were delivered; the headers say why.",
    "headers": {
        "type": "object",
        "properties": {
            name: {"type": "string"}
            for name in (
                "X-Service", "X-Reason", "X-Message", "X-Orig-Stream", "X-Orig-Seq", "X-Orig-Subject", "X-Orig-Msg-Id",
                "X-Deliveries",
            )
        },
    },
}  # fmt: skip


def document() -> dict[str, Any]:
    """The whole document; same code, same content."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "RumiAI",
            "version": "1",
            "description": "The events of the pipeline on NATS JetStream. They carry ids and artifact references, never blobs.",
        },
        "defaultContentType": "application/json",
        "servers": {"bus": {"host": "127.0.0.1:4222", "protocol": "nats", "description": "RUMIAI_NATS_URL"}},
        "channels": {type_of(event): _channel(event) for event in EVENTS} | {_DEAD_LETTER: _dead_letter_channel()},
        "operations": dict(_operations()),
        "components": {
            "messages": {event.__name__: _message(event) for event in EVENTS} | {"DeadLetter": _LETTER},
            "schemas": _schemas(),
        },
    }


def type_of(event: type[Event]) -> str:
    """`video.selected`: the event's name in subjects."""
    return str(event.model_fields["type"].default)


def render() -> dict[str, str]:
    """File texts by path."""
    return {"docs/asyncapi.json": json.dumps(document(), indent=2) + "\n"}


def _channel(event: type[Event]) -> dict[str, Any]:
    return {
        "address": f"{type_of(event)}.{{client}}.{{batch}}",
        "title": type_of(event),
        "summary": _first_line(event),
        "parameters": _PARAMETERS,
        "messages": {event.__name__: {"$ref": f"#/components/messages/{event.__name__}"}},
        "x-stream": event.stream,
    }


def _dead_letter_channel() -> dict[str, Any]:
    extra = {"service": {"description": "Who gave up."}, "event": {"description": "The event's name, two tokens."}}
    return {
        "address": "dlq.{service}.{event}.{client}.{batch}",
        "title": _DEAD_LETTER,
        "summary": "Messages that were given up.",
        "parameters": extra | _PARAMETERS,
        "messages": {"DeadLetter": {"$ref": "#/components/messages/DeadLetter"}},
        "x-stream": DLQ,
    }


def _message(event: type[Event]) -> dict[str, Any]:
    return {
        "name": event.__name__,
        "title": event.__name__,
        "summary": _first_line(event),
        "contentType": "application/json",
        "correlationId": {"location": "$message.payload#/batch", "description": "The batch."},
        "headers": _HEADERS,
        "payload": {"$ref": f"#/components/schemas/{event.__name__}"},
    }


def _operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for sender, events in SENDS.items():
        yield from (_operation(sender, "send", event) for event in events)
    for consumer in CONSUMERS.values():
        for event in consumer.events:
            name, operation = _operation(consumer.name, "receive", event)
            yield name, operation | {"x-durable": consumer.name}


def _operation(who: str, action: str, event: type[Event]) -> tuple[str, dict[str, Any]]:
    channel = f"#/channels/{type_of(event)}"
    return f"{who}.{action}.{type_of(event)}", {
        "action": action,
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{event.__name__}"}],
        "tags": [{"name": who}],
    }


def _schemas() -> dict[str, Any]:
    _, schemas = models_json_schema([(event, "validation") for event in EVENTS], ref_template="#/components/schemas/{model}")
    definitions: dict[str, Any] = schemas["$defs"]
    return definitions


def _first_line(event: type[Event]) -> str:
    return (event.__doc__ or "").strip().splitlines()[0]
