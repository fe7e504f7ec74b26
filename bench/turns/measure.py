"""Rounds of turns, contender after contender, at 16 and at 64 conversations at once."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.progress import Progress

from bench.places import BENCH_FOLDER
from bench.server import bench_server, database_url, drop_database
from bench.turns.details import measure_details, without_documents
from bench.turns.record import Measured
from bench.turns.servers import Server, started
from bench.turns.users import JOURNEY, Turn, User

AT_ONCE = (16, 64)
ROUNDS = 3
WAIT_MS = 300
"""What the model waits before its first word where the first word is measured."""
LISTENERS = 8
"""Conversations at once where the first word is measured: so few that nobody waits for a processor."""
CONTENDERS = ("floor", "plain", "petraf llm", "petraf rules")
CONTENDER_MODULE = "bench.turns.contenders"


def run_turns(progress: Progress) -> dict[str, Measured]:
    """Every contender's figures, measured in turn with the others."""
    measured = {name: Measured() for name in CONTENDERS}
    folder = BENCH_FOLDER / "turns"
    folder.mkdir(parents=True, exist_ok=True)
    with _servers(folder, delay_ms=0) as (model, *servers):
        task = progress.add_task("turns", total=len(AT_ONCE) * (ROUNDS + 1) * len(servers))
        for at_once in AT_ONCE:
            for number in range(ROUNDS + 1):
                for server in servers:
                    asyncio.run(_round(server, at_once, measured[server.name] if number else None))
                    progress.advance(task)
        for server in servers:
            measured[server.name].memory_mb = server.memory()
        asyncio.run(measure_details(model, servers, measured))
    with _servers(folder, delay_ms=WAIT_MS) as (_, *servers):
        task = progress.add_task("first words", total=(ROUNDS + 1) * len(servers) * 2)
        for bare in (False, True):
            for number in range(ROUNDS + 1):
                for server in servers:
                    asyncio.run(_first_words(server, measured[server.name] if number else None, bare=bare))
                    progress.advance(task)
            without_documents(servers)
    return measured


@contextmanager
def _servers(folder: Path, delay_ms: int) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        url = stack.enter_context(bench_server())
        model = stack.enter_context(
            started("model", "model", ["-m", "bench.turns.model"], folder, BENCH_MODEL_MS=str(delay_ms))
        )
        address = {"OPENAI_BASE_URL": f"{model.base}/v1", "OPENAI_API_KEY": "none"}
        plain = {"BENCH_DATABASE_URL": _fresh(url, "turns_plain"), **address}
        contender, petraf = ["-m", CONTENDER_MODULE], ["-m", "bench.turns.counted", "serve", "--demo"]
        yield [
            model,
            stack.enter_context(started("floor", "floor", [*contender, "floor"], folder, **address)),
            stack.enter_context(started("plain", "plain", [*contender, "plain"], folder, **plain)),
            *(
                stack.enter_context(
                    started(
                        f"petraf {coach}",
                        "petraf",
                        petraf,
                        folder,
                        PETRAF_CHAT_MODEL=named,
                        PETRAF_DATA_DIR=str(folder / coach),
                        PETRAF_DATABASE_URL=_fresh(url, f"turns_{coach}"),
                        BENCH_COUNTS=str(folder / f"{coach}.counts"),
                        **address,
                    )
                )
                for coach, named in (("llm", "openai:fake"), ("rules", "rules"))
            ),
        ]


def _fresh(url: str, name: str) -> str:
    drop_database(url, name)
    return database_url(url, name)


async def _round(server: Server, at_once: int, into: Measured | None) -> None:
    """A journey of each user; into None: to warm up."""
    users = await asyncio.gather(*(User.begin(server.kind, server.base) for _ in range(at_once)))
    cpu, begun = server.cpu(), time.perf_counter()
    turns = [turn for told in await asyncio.gather(*map(_journey, users)) for turn in told]
    seconds = time.perf_counter() - begun
    if into:
        into.turns_s[at_once].append(len(turns) / seconds)
        into.cpu_ms[at_once].append((server.cpu() - cpu) * 1000 / len(turns))


async def _first_words(server: Server, into: Measured | None, *, bare: bool) -> None:
    """One user after the other, so that nobody waits for a processor."""
    wait = 0 if server.name == "petraf rules" else WAIT_MS
    for _ in range(LISTENERS):
        user = await User.begin(server.kind, server.base)
        for turn in await _journey(user):
            if into and bare:
                into.bare_word_ms.append(turn.word * 1000 - wait)
            elif into:
                into.word_ms.append(turn.word * 1000 - wait)
                into.first_ms.append(turn.first * 1000)


async def _journey(user: User) -> list[Turn]:
    return [await user.say(phase, message) for phase, message in JOURNEY]
