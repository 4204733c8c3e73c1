"""JSON Schemas of everything that crosses a service boundary, for docs/schemas."""

import json
from typing import Any

from shared.catalogue.schema import values_schema
from shared.contracts.analysis import Analysis
from shared.contracts.base import Contract
from shared.contracts.events import EVENTS
from shared.contracts.feature_row import FeatureRow
from shared.contracts.findings import Findings
from shared.contracts.forecast import Forecast
from shared.contracts.plan import Plan
from shared.contracts.portfolio import Comparison, Portfolio
from shared.contracts.record import ScrapedVideo
from shared.contracts.request import BatchRequest

DIALECT = "https://json-schema.org/draft/2020-12/schema"

ARTIFACTS: dict[str, type[Contract]] = {
    "batch-request": BatchRequest,
    "scraped-video": ScrapedVideo,
    "plan": Plan,
    "analysis": Analysis,
    "feature-row": FeatureRow,
    "findings": Findings,
    "forecast": Forecast,
    "portfolio": Portfolio,
    "comparison": Comparison,
}


def contracts() -> dict[str, type[Contract]]:
    """Every published contract by the name of its schema file: events under their type, artifacts under their noun."""
    events: dict[str, type[Contract]] = {event.model_fields["type"].default: event for event in EVENTS}
    return events | ARTIFACTS


def version_of(contract: type[Contract]) -> int:
    """The schema version that stands in the model; 1 where a model carries none."""
    field = contract.model_fields.get("schema_version") or contract.model_fields.get("version")
    return int(field.default) if field is not None else 1


def schema_of(name: str, contract: type[Contract]) -> dict[str, Any]:
    """What is accepted: fields with a default may be left out, unknown fields are refused."""
    body = contract.model_json_schema(mode="validation")
    return {"$schema": DIALECT, "$id": f"urn:rumiai:{name}:{version_of(contract)}"} | body


def render() -> dict[str, str]:
    """File texts by path."""
    schemas = {f"{name}.v{version_of(contract)}": schema_of(name, contract) for name, contract in contracts().items()}
    schemas["feature-values"] = values_schema()
    return {f"docs/schemas/{name}.json": json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}
