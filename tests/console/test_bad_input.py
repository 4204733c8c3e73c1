"""Every mistake a person can make at the command line: one sentence, no traceback, a non-zero exit code, nothing lost."""

import socket
import subprocess
from pathlib import Path

import pytest
import yaml

from shared.bus.embedded import EmbeddedServer
from tests.processes import rumiai


@pytest.fixture(autouse=True)
def no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMIAI_NATS_URL", "nats://127.0.0.1:1")


def complaint(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence; fails when there was a traceback, output, or success."""
    assert result.returncode not in (0, None)
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert lines[-1].startswith("rumiai: ") or any(line.startswith("rumiai: ") for line in lines)
    return result.stderr


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    (tmp_path / "items.json").write_text("[]")
    (tmp_path / "videos").mkdir()
    path = tmp_path / "request.yaml"
    request = {
        "client": {"name": "Fernwell", "industry": "drinks"},
        "source": {"kind": "dataset", "items": "items.json", "videos": "videos"},
        "hashtags": ["tea"],
        "buckets": ["0-15s"],
    }
    path.write_text(yaml.safe_dump(request))
    return path


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["run", "none.yaml", "--out", "out"], "none.yaml"),
        (["analyze", "none.mp4"], "none.mp4"),
        (["features", "none.json"], "none.json"),
        (["train", "none.csv", "--target", "x", "--out", "out"], "none.csv"),
        (["report", "none.json", "--out", "out"], "none.json"),
        (["predict", "none.json", "new.json"], "none.json"),
        (["portfolio", "none.json", "--videos", "9"], "none.json"),
        (["compare", "none.json"], "none.json"),
        (["train", "none.csv", "--target", "x", "--out", "out", "--previous", "none.json"], "none.json"),
        (["select", "none.json", "--request", "none.yaml"], "none.yaml"),
        (["batch", "submit", "none.yaml"], "none.yaml"),
    ],
)
def test_a_file_that_is_not_there_is_named(command: list[str], words: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    assert words in complaint(rumiai(*[tmp_path / part if "." in part else part for part in command]))
    assert sorted(path for path in tmp_path.iterdir() if path.name != "out") == before


def test_unknown_command_and_option() -> None:
    assert "analyse" in complaint(rumiai("analyse"))
    assert "--nope" in complaint(rumiai("doctor", "--nope"))


def test_no_server_is_one_sentence_for_every_bus_command() -> None:
    for command in (["bus", "status"], ["bus", "apply"], ["resume"], ["dlq", "list"], ["batch", "status", "c", "b"]):
        assert "No NATS server answers at nats://127.0.0.1:1" in complaint(rumiai(*command))


@pytest.mark.parametrize(
    ("variable", "value"),
    [("RUMIAI_ACK_WAIT", "abc"), ("RUMIAI_LOG_LEVEL", "loud"), ("RUMIAI_DEBUG", "perhaps")],
)
def test_a_wrong_variable_is_named(variable: str, value: str) -> None:
    assert variable in complaint(rumiai("doctor", **{variable: value}))


def test_a_seed_that_no_generator_takes() -> None:
    assert "4294967295" in complaint(rumiai("train", "none.csv", "--target", "x", "--out", "out", "--seed", 2**32))


def test_missing_topology_says_what_to_run(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "nats") as server:
        assert "rumiai bus apply" in complaint(rumiai("bus", "status", RUMIAI_NATS_URL=server.url))


def test_missing_apify_token_is_said_before_anything_starts(request_file: Path, tmp_path: Path) -> None:
    request = yaml.safe_load(request_file.read_text()) | {"source": {"kind": "apify"}}
    request_file.write_text(yaml.safe_dump(request))
    text = complaint(rumiai("run", request_file, "--out", tmp_path / "out", APIFY_TOKEN="", APIFY_TOKEN_FILE=""))
    assert "APIFY_TOKEN" in text


def test_wrong_field_names_the_field_what_was_given_and_what_is_allowed(request_file: Path, tmp_path: Path) -> None:
    request = yaml.safe_load(request_file.read_text()) | {"buckets": ["0-20s"]}
    request_file.write_text(yaml.safe_dump(request))
    text = complaint(rumiai("run", request_file, "--out", tmp_path / "out"))
    assert all(word in text for word in ("buckets", "0-20s", "0-15s", "91-120s"))


def test_malformed_yaml_says_where(request_file: Path, tmp_path: Path) -> None:
    request_file.write_text("client: [unclosed\nsource: x: y")
    assert "line" in complaint(rumiai("run", request_file, "--out", tmp_path / "out"))


def test_output_that_can_not_be_written(request_file: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    assert "--out" in complaint(rumiai("run", request_file, "--out", tmp_path / "taken" / "below"))
    assert (tmp_path / "taken").read_text() == "a file"


def test_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in complaint(rumiai("up", "--port", port, "--data", tmp_path / "data"))


def test_debug_shows_where_it_came_from(tmp_path: Path) -> None:
    assert "Traceback" in rumiai("--debug", "run", tmp_path / "none.yaml", "--out", tmp_path / "out").stderr


def test_a_missing_or_malformed_dataset_is_told_before_anything_starts(request_file: Path, tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text("[")
    assert "items.json" in complaint(rumiai("run", request_file, "--out", tmp_path / "out"))
    (tmp_path / "videos").rmdir()
    assert "source.videos" in complaint(rumiai("run", request_file, "--out", tmp_path / "out"))
    assert not (tmp_path / "out").exists()
