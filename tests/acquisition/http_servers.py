"""Local HTTP servers for tests: one that answers from a table, and one that speaks the part of the Apify API we use."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "apify_api_TestToken123"
RUN_ID, DATASET_ID = "RunId123", "DatasetId123"


@dataclass
class Answer:
    """What a server says to one request; `cut` closes the connection before the promised bytes are out."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass
class Asked:
    """One request that a server got."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


Respond = Callable[[Asked], Answer]


@contextmanager
def serving(respond: Respond) -> Iterator[str]:
    """Serve on a free port of the loopback; yields the base URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            headers = {key.lower(): value for key, value in self.headers.items()}
            said = respond(Asked(self.command, parts.path, query, headers, body))
            self.send_response(said.status)
            length = {} if "Transfer-Encoding" in said.headers else {"Content-Length": str(len(said.body))}
            for name, value in (length | said.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body)
            if said.cut:
                self.close_connection = True

        do_GET = do_POST = answer  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def as_json(data: Any, status: int = 200, **headers: str) -> Answer:
    """A JSON answer."""
    return Answer(status, json.dumps(data).encode(), {"Content-Type": "application/json; charset=utf-8", **headers})


@dataclass
class FakeApify:
    """Starts runs, lets them end as `ends_as` after `polls` questions, and pages through `items`.

    `trouble` holds statuses that are answered first, before a call is served.
    """

    items: list[Any] = field(default_factory=list)
    ends_as: str = "SUCCEEDED"
    polls: int = 2
    trouble: list[int] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, request: Asked) -> Answer:
        self.asked.append(request)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return as_json({"error": {"type": "user-or-token-not-found", "message": "User was not found."}}, 401)
        if self.trouble:
            return as_json({"error": {"type": "trouble", "message": "Try again later."}}, self.trouble.pop(0))
        if request.method == "POST":
            known = request.path == "/v2/actors/clockworks~tiktok-scraper/runs"
            return as_json({"data": self._run("READY")}, 201) if known else self._unknown()
        if request.path == f"/v2/actor-runs/{RUN_ID}":
            self.polls -= 1
            return as_json({"data": self._run("RUNNING" if self.polls > 0 else self.ends_as)})
        return self._page(request) if request.path == f"/v2/datasets/{DATASET_ID}/items" else self._unknown()

    @property
    def starts(self) -> list[Asked]:
        """The requests that started a run."""
        return [request for request in self.asked if request.method == "POST"]

    def _page(self, request: Asked) -> Answer:
        offset, limit = int(request.query.get("offset", "0")), int(request.query.get("limit", "1000"))
        page = self.items[offset : offset + limit]
        sizes: dict[str, object] = {
            "total": len(self.items),
            "offset": offset,
            "count": len(page),
            "limit": limit,
            "desc": "false",
        }
        return as_json(page, **{f"X-Apify-Pagination-{name.title()}": str(size) for name, size in sizes.items()})

    @staticmethod
    def _unknown() -> Answer:
        return as_json({"error": {"type": "record-or-token-not-found", "message": "Actor was not found."}}, 404)

    def _run(self, status: str) -> dict[str, Any]:
        return {
            "id": RUN_ID, "actId": "a", "userId": "u", "startedAt": "2026-01-01T00:00:00.000Z", "status": status,
            "statusMessage": "The proxy was blocked." if status == "FAILED" else None,
            "meta": {"origin": "API"}, "buildId": "b", "defaultKeyValueStoreId": "k", "defaultDatasetId": DATASET_ID,
            "defaultRequestQueueId": "q", "stats": {"restartCount": 0, "resurrectCount": 0, "computeUnits": 0.0},
            "options": {"build": "latest", "timeoutSecs": 300, "memoryMbytes": 1024, "diskMbytes": 2048},
        }  # fmt: skip
