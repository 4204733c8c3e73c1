"""Logs: what a traceback may show."""

import json
import logging
from typing import Literal

import pytest
import structlog

from shared.settings import Settings
from shared.telemetry import configure_logging, get_logger


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_traceback_never_shows_local_variables(form: Literal["console", "json"], capsys: pytest.CaptureFixture[str]) -> None:
    handlers = logging.getLogger().handlers[:]
    try:
        configure_logging("test", Settings(log_format=form))
        _fail_and_log()
    finally:
        logging.getLogger().handlers[:] = handlers
        structlog.reset_defaults()
    said = capsys.readouterr().err
    assert "KeyError" in said
    assert "in _fail_and_log" in said
    assert "sesame" not in said
    if form == "json":
        assert json.loads(said)["service"] == "test"


def _fail_and_log() -> None:
    token = "".join(("ses", "ame"))
    try:
        {}[token[:0]]
    except KeyError:
        get_logger("test").error("it failed", exc_info=True)
