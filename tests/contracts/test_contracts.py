"""What every contract promises: the same bytes back, no change in place, nothing unknown, and what its schema says."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from shared.contracts.base import Contract
from shared.contracts.findings import Tier
from tests.contracts.strategies import contract
from tools.schemas import contracts, schema_of

CONTRACTS = contracts()
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", CONTRACTS)
@QUICK
@given(data=st.data())
def test_bytes_come_back_as_the_same_contract(name: str, data: st.DataObject) -> None:
    value: Contract = data.draw(contract(CONTRACTS[name]))
    again = type(value).from_bytes(value.to_bytes())
    assert again == value
    assert again.to_bytes() == value.to_bytes()


@pytest.mark.parametrize("name", CONTRACTS)
@settings(QUICK, max_examples=6)
@given(data=st.data())
def test_what_is_published_fits_the_published_schema(name: str, data: st.DataObject) -> None:
    value: Contract = data.draw(contract(CONTRACTS[name]))
    Draft202012Validator(schema_of(name, CONTRACTS[name])).validate(json.loads(value.to_bytes()))


@pytest.mark.parametrize("name", CONTRACTS)
@settings(QUICK, max_examples=1)
@given(data=st.data())
def test_frozen_and_closed(name: str, data: st.DataObject) -> None:
    value: Contract = data.draw(contract(CONTRACTS[name]))
    field = next(iter(type(value).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(value, field, getattr(value, field))
    body: dict[str, Any] = json.loads(value.to_bytes())
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(value).from_bytes(json.dumps(body | {"surprise": 1}))


# A record has no version of its own: the event that names it has one.
VERSIONED = [
    (name, field) for name, model in CONTRACTS.items() for field in ("schema_version", "version") if field in model.model_fields
]


@pytest.mark.parametrize(("name", "field"), VERSIONED)
@settings(QUICK, max_examples=1)
@given(data=st.data())
def test_another_schema_version_is_refused(name: str, field: str, data: st.DataObject) -> None:
    model = CONTRACTS[name]
    body = json.loads(data.draw(contract(model)).to_bytes())
    with pytest.raises(ValidationError, match=field):
        model.from_bytes(json.dumps(body | {field: 2}))


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    body = f'{{"name":"top","n":1,"median":{text}}}'
    with pytest.raises(ValidationError):
        Tier.from_bytes(body)
