"""A LangSmith for tests: it keeps what the official client sends, and refuses what it wouldn't understand."""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import zstandard

NOW = "2026-11-21T00:00:00+00:00"
INFO = {
    "version": "0.13.0",
    "instance_flags": {"dataset_examples_multipart_enabled": True},
    "batch_ingest_config": {
        "use_multipart_endpoint": True,
        "scale_up_qsize_trigger": 1000,
        "scale_up_nthreads_limit": 16,
        "scale_down_nempty_trigger": 4,
        "size_limit": 100,
        "size_limit_bytes": 20_000_000,
    },
}
Json = Any
Parts = Mapping[str, Json]


class LangSmith(ThreadingHTTPServer):
    """Everything that was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, str]] = []
        self.keys: set[str | None] = set()
        self.datasets: dict[str, Json] = {}
        self.examples: dict[str, dict[str, Json]] = {}
        self.experiments: list[Json] = []
        self.runs: dict[str, Json] = {}
        self.feedback: list[Json] = []
        self.refusing: tuple[str, int] | None = None
        """A path that is answered with this status."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def sent(self, method: str, path: str) -> int:
        """How often."""
        return sum(one == method and re.fullmatch(path, other) is not None for one, other in self.requests)


@contextmanager
def langsmith_server() -> Iterator[LangSmith]:
    """Serve until the end of the block."""
    server = LangSmith()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: LangSmith
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def _answer(self) -> None:
        server, path = self.server, urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server.requests.append((self.command, path))
        server.keys.add(self.headers.get("x-api-key"))
        if server.refusing and server.refusing[0] == path:
            self._send(server.refusing[1], {"detail": "refused"})
            return
        for (method, pattern), route in ROUTES.items():
            if method == self.command and (found := re.fullmatch(pattern, path)):
                self._send(200, route(self, body, *found.groups()))
                return
        self._send(404, {"detail": f"no such route: {self.command} {path}"})

    def _send(self, status: int, content: Json) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def query(self, name: str) -> str:
        return parse_qs(urlsplit(self.path).query).get(name, [""])[0]

    def parts(self, body: bytes) -> Parts:
        """The parts of a multipart body, by name."""
        if self.headers.get("Content-Encoding") == "zstd":
            body = zstandard.ZstdDecompressor().stream_reader(body).read()
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = message_from_bytes(head + body)
        found = {}
        for part in message.get_payload():
            assert not isinstance(part, str)
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found[str(part.get_param("name", header="content-disposition"))] = json.loads(content)
        return found


def _info(handler: Handler, body: bytes) -> Json:
    return INFO


def _find_datasets(handler: Handler, body: bytes) -> Json:
    named = handler.server.datasets.get(handler.query("name"))
    return [named] if named else []


def _create_dataset(handler: Handler, body: bytes) -> Json:
    sent = json.loads(body)
    assert sent["name"] not in handler.server.datasets
    made = {"id": str(uuid4()), "created_at": NOW, "name": sent["name"], "description": sent["description"]}
    handler.server.datasets[sent["name"]] = made
    handler.server.examples[made["id"]] = {}
    return made


def _list_examples(handler: Handler, body: bytes) -> Json:
    offset, limit = int(handler.query("offset")), int(handler.query("limit"))
    return list(handler.server.examples[handler.query("dataset")].values())[offset : offset + limit]


def _write_examples(handler: Handler, body: bytes, dataset: str) -> Json:
    there, ids = handler.server.examples[dataset], set()
    for name, content in handler.parts(body).items():
        number, _, field = name.partition(".")
        assert (number in there) == (handler.command == "PATCH" or number in ids)
        made = there.setdefault(number, {"id": number, "dataset_id": dataset, "created_at": NOW, "modified_at": NOW})
        if field:
            made[field] = content
        else:
            made["metadata"] = content.get("metadata") or made.get("metadata")
        ids.add(number)
    return {"count": len(ids), "example_ids": sorted(ids), "as_of": NOW}


def _sessions(handler: Handler, body: bytes) -> Json:
    return [
        {
            "id": str(uuid4()),
            "tenant_id": str(uuid4()),
            "name": "default",
            "start_time": NOW,
            "reference_dataset_id": None,
        }
    ]


def _create_experiment(handler: Handler, body: bytes) -> Json:
    made = json.loads(body)
    handler.server.experiments.append(made)
    return {**made, "tenant_id": str(uuid4()), "start_time": NOW}


def _ingest(handler: Handler, body: bytes) -> Json:
    for name, content in handler.parts(body).items():
        kind, number, *field = name.split(".")
        if kind == "feedback":
            handler.server.feedback.append(content)
        elif field:
            handler.server.runs[number][field[0]] = content
        else:
            assert kind == "post"
            handler.server.runs[number] = dict(content)
    return {}


ROUTES: Mapping[tuple[str, str], Callable[..., Json]] = {
    ("GET", "/info"): _info,
    ("GET", "/datasets"): _find_datasets,
    ("POST", "/datasets"): _create_dataset,
    ("GET", "/examples"): _list_examples,
    ("POST", "/v1/platform/datasets/([^/]+)/examples"): _write_examples,
    ("PATCH", "/v1/platform/datasets/([^/]+)/examples"): _write_examples,
    ("GET", "/sessions"): _sessions,
    ("POST", "/sessions"): _create_experiment,
    ("POST", "/runs/multipart"): _ingest,
}
