"""`rumiai models`: what is here and what is missing; a download from a hub that speaks its protocol, and no hub at all."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from services.analyzer.engines.speech.weights import REPOSITORIES, find
from services.analyzer.settings import EngineSettings
from services.console.commands.models import list_models, pull
from shared.errors import UsageError
from shared.settings import Settings
from tests.analyzer.tiny_whisper import build_whisper
from tests.processes import rumiai

COMMIT = "c" * 40


class Hub(BaseHTTPRequestHandler):
    """One repository: its list of files, and each file with its etag, as huggingface.co answers."""

    folder: Path

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *_: object) -> None:
        """Not into the test's output."""

    def _answer(self, *, body: bool) -> None:
        files = sorted(path for path in self.folder.iterdir() if path.is_file())
        repository = REPOSITORIES["whisper-tiny"]
        if self.path.startswith(f"/api/models/{repository}/tree/"):
            content = json.dumps([{"type": "file", "path": p.name, "size": p.stat().st_size, "oid": "0" * 40} for p in files])
            self._send(content.encode(), "application/json", body=body)
        elif self.path.startswith(f"/api/models/{repository}"):
            siblings = [{"rfilename": path.name} for path in files]
            content = json.dumps({"id": repository, "sha": COMMIT, "siblings": siblings, "private": False})
            self._send(content.encode(), "application/json", body=body)
        elif (name := self.path.rsplit("/", 1)[-1]) in {path.name for path in files}:
            self._send((self.folder / name).read_bytes(), "application/octet-stream", body=body)
        else:
            self.send_error(404)

    def _send(self, content: bytes, kind: str, *, body: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if body:
            self.wfile.write(content)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    """A hub on this machine that has whisper-tiny."""
    served = type("Served", (Hub,), {"folder": build_whisper(tmp_path / "served", ["hello"])})
    server = ThreadingHTTPServer(("127.0.0.1", 0), served)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMIAI_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    for name in ("RUMIAI_OBJECTS_WEIGHTS", "RUMIAI_WHISPER", "RUMIAI_FACE_LANDMARKER", "HF_ENDPOINT", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def listed(capsys: pytest.CaptureFixture[str]) -> Callable[[], dict[str, dict[str, Any]]]:
    """What `rumiai models list --json` prints, by name."""

    def run() -> dict[str, dict[str, Any]]:
        list_models(json=True)
        return {line["name"]: line for line in json.loads(capsys.readouterr().out)}

    return run


def test_a_pulled_model_is_listed_with_its_digest_and_used_by_the_speech_engine(
    hub: str, listed: Callable[[], Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = listed()
    assert {line["path"] for line in before.values()} == {None}
    assert before["whisper-tiny"]["missing"] == "run `rumiai models pull whisper-tiny`"
    assert "RUMIAI_OBJECTS_WEIGHTS" in before["objects"]["missing"]
    pulled = rumiai("models", "pull", "whisper-tiny", HF_ENDPOINT=hub)
    assert (pulled.returncode, pulled.stdout) == (0, f"whisper-tiny is in {tmp_path / 'models' / 'whisper-tiny'}.\n"), (
        pulled.stderr
    )
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == ["whisper-tiny"]
    line = listed()["whisper-tiny"]
    assert line["sha256"] == hashlib.sha256((tmp_path / "served" / "model.bin").read_bytes()).hexdigest()
    assert line["source"] == "pulled"
    whisper = find(EngineSettings(), Settings().models_dir)
    assert not isinstance(whisper, str)
    assert whisper.name == "whisper-tiny"
    pull("whisper-tiny")
    assert capsys.readouterr().out.endswith("already.\n"), "nothing is asked for twice"


def test_without_a_hub_it_is_one_sentence_and_exit_code_4(tmp_path: Path) -> None:
    result = rumiai("models", "pull", "whisper-small", HF_ENDPOINT="http://127.0.0.1:1")
    assert (result.returncode, result.stdout) == (4, "")
    assert result.stderr.startswith("rumiai: Systran/faster-whisper-small can't be downloaded (")
    assert result.stderr.rstrip().endswith(f"or copy the model's files into {tmp_path / 'models' / 'whisper-small'}.")
    assert list((tmp_path / "models").iterdir()) == []


def test_an_unknown_model_is_a_mistake_of_the_person() -> None:
    with pytest.raises(UsageError, match="There is no model 'whisper-gigantic' to pull: take one of whisper-small, "):
        pull("whisper-gigantic")


def test_a_model_that_is_not_whole_says_what_it_misses(listed: Callable[[], Any], tmp_path: Path) -> None:
    half = tmp_path / "models" / "whisper-base"
    half.mkdir(parents=True)
    (half / "config.json").write_text("{}")
    assert listed()["whisper-base"]["missing"] == (
        f"{half} misses model.bin, tokenizer.json, vocabulary.json: run `rumiai models pull whisper-base`"
    )
