"""The JSON Schema of a feature vector, made from the declarations."""

from typing import Any

from shared.catalogue.feature import Feature, Kind
from shared.catalogue.registry import CATALOGUE


def values_schema() -> dict[str, Any]:
    """The schema of the `values` of a feature row: every feature required, nothing else allowed, null where not observed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Feature values",
        "type": "object",
        "properties": {feature.name: _property(feature) for feature in CATALOGUE.features()},
        "required": list(CATALOGUE.names()),
        "additionalProperties": False,
    }


def _property(feature: Feature) -> dict[str, Any]:
    described = {"title": feature.title, "description": f"{feature.definition} {feature.missing_meaning}"}
    if feature.kind is Kind.ENUM:
        return described | {"enum": [*feature.options, None]}
    bounds = {"minimum": feature.low, "maximum": feature.high, "multipleOf": None if feature.kind is Kind.NUMBER else 1}
    return described | {"type": ["number", "null"]} | {key: bound for key, bound in bounds.items() if bound is not None}
