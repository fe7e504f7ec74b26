"""Benchmark C: one judgement by the rule coach, against one regular expression over the same text, and its route over HTTP."""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from uuid import UUID

import httpx
import uvicorn
from rich.progress import Progress

from bench.goals import goals, source, written
from bench.places import BENCH_FOLDER, ROOT
from bench.server import bench_server, database_url, drop_database
from migrations.apply import upgrade
from retrievers.embeddings import build_embeddings
from server.app import create_app
from server.sessions.goal_routes import preview
from server.settings import Settings
from state.company import TenantConfig
from state.phases import Phase
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database
from tests.ports import free_port

KINDS: tuple[tuple[str, Phase, int | None], ...] = (
    ("future as it is written", Phase.G4_FUTURE, None),
    ("values as they are written", Phase.G6_VALUES, None),
    ("actions as they are written", Phase.G8_ACTIONS, None),
    ("future of 300 characters", Phase.G4_FUTURE, 300),
    ("values of 1,200 characters", Phase.G6_VALUES, 1_200),
    ("actions of 1,200 characters", Phase.G8_ACTIONS, 1_200),
    ("future of 5,000 characters", Phase.G4_FUTURE, 5_000),
    ("values of 5,000 characters", Phase.G6_VALUES, 5_000),
)
"""As people write them, as long as each phase's goals may be, and as long as a preview may be."""
BAR = 5
"""Milliseconds that half of the judgements of goals may take; a text for a preview may be longer than any goal."""
GOALS = 200
"""Of each kind."""
WORD = re.compile(r"\w+")
DATABASE = "bench_score"
AT_ONCE = 8
SECONDS = 5.0
"""Of requests to each route."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """One kind of goal: milliseconds, goal by goal."""

    kind: str
    judging: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """Everything that benchmark C measured."""

    source: str
    judgements: list[Judgements]
    previews: float
    """Requests a second of preview-score, goals of 300 characters."""
    floor: float
    """Requests a second of /api/ready, which asks the database once."""


def run_score(shown: Progress) -> ScoreResult:
    """Judge in this process, then ask a server in another."""
    judgements = [_judged(*kind, shown) for kind in KINDS]
    task = shown.add_task("asking the route", total=1)
    previews, floor = _route_rates()
    shown.update(task, completed=1)
    return ScoreResult(source(), judgements, previews, floor)


def _judged(kind: str, phase: Phase, characters: int | None, shown: Progress) -> Judgements:
    """The first goal once more before, to warm up."""
    measured = Judgements(kind)
    texts = goals(characters, GOALS) if characters else written(phase, GOALS)
    config = TenantConfig()
    preview(config, phase, texts[0])
    for text in shown.track(texts, description=f"judging goals: {kind}"):
        measured.judging.append(_milliseconds(partial(preview, config, phase, text)))
        measured.floor.append(_milliseconds(partial(WORD.findall, text)))
    return measured


def _milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def _route_rates() -> tuple[float, float]:
    with bench_server() as server:
        drop_database(server, DATABASE)
        url = database_url(server, DATABASE)
        upgrade(url, "local", build_embeddings("local").dimensions)
        with _served(url) as address:
            return asyncio.run(_asked(url, address))


async def _asked(url: str, address: str) -> tuple[float, float]:
    async with Database.connect(url, pool_size=1) as database:
        new = NewTenant(slug="bench", name="Bench", domain="bench.example", admin_email="hr@bench.example")
        tenant, _ = await seed_tenant(database, new)
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        await _ready(http)
        previews = _previews(http, tenant.id)
        await _rate(previews, 1.0)
        rate = await _rate(previews, SECONDS)
        return rate, await _rate(lambda: http.get("/api/ready"), SECONDS)


def _previews(http: httpx.AsyncClient, tenant: UUID) -> Callable[[], Awaitable[httpx.Response]]:
    """Each request from another address, as nobody may ask more than 20 times a second."""
    texts, numbers = goals(300, GOALS), count()

    def preview() -> Awaitable[httpx.Response]:
        number = next(numbers)
        headers = {"X-Tenant-ID": str(tenant), "X-Forwarded-For": f"2001:db8::{number % 0xFFFF:x}"}
        body = {"phase": Phase.G4_FUTURE.value, "content": texts[number % GOALS]}
        return http.post("/api/goals/preview-score", headers=headers, json=body)

    return preview


async def _rate(ask: Callable[[], Awaitable[httpx.Response]], seconds: float) -> float:
    """Answers a second with so many requests on the way at once."""
    begun, answered = time.perf_counter(), 0

    async def again() -> None:
        nonlocal answered
        while time.perf_counter() - begun < seconds:
            (await ask()).raise_for_status()
            answered += 1

    await asyncio.gather(*(again() for _ in range(AT_ONCE)))
    return answered / (time.perf_counter() - begun)


async def _ready(http: httpx.AsyncClient) -> None:
    for _ in range(600):
        try:
            (await http.get("/api/ready")).raise_for_status()
        except httpx.HTTPError:
            await asyncio.sleep(0.1)
        else:
            return
    raise TimeoutError("the benchmark's server doesn't answer")


@contextmanager
def _served(url: str) -> Iterator[str]:
    """The address of the real application in a process of its own (`python -m bench.score <database's address> <port>`)."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.score", url, str(port)], cwd=ROOT)  # noqa: S603
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _serve(url: str, port: str) -> None:
    settings = Settings(
        data_dir=BENCH_FOLDER,
        chat_model="rules",
        database_url=None,
        openai_api_key=None,
        openai_base_url=None,
    )
    uvicorn.run(create_app(settings, url), host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    _serve(*sys.argv[1:])
