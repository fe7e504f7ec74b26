"""What one conversation costs beside time: statements, commits, checkpoints, tokens; and turns whose words nobody else says."""

import asyncio
import time
from collections.abc import Sequence
from statistics import median

import psycopg

from bench.turns.record import Measured
from bench.turns.servers import Server
from bench.turns.users import JOURNEY, SIDE_QUESTION, User, journey
from bench.turns.wire import answer

LONG_TALK = 20
"""Turns after which the checkpoints of a conversation are weighed."""
IDLE_SECONDS = 10
"""How long nobody talks, to count what the server does by itself."""
LETTERS_A_TOKEN = 4
"""Of English, as OpenAI's manual has it."""
NEW_ROUNDS, NEW_AT_ONCE = 3, 16
CHECKPOINTS = """select sum(bytes)::bigint from (
  select sum(pg_column_size(c.*)) as bytes from checkpoints c where thread_id like %(thread)s
  union all select sum(pg_column_size(c.*)) from checkpoint_blobs c where thread_id like %(thread)s
  union all select sum(pg_column_size(c.*)) from checkpoint_writes c where thread_id like %(thread)s) held"""


async def measure_details(model: Server, servers: Sequence[Server], measured: dict[str, Measured]) -> None:
    """Everything of this module, into `measured`."""
    for server in servers:
        if server.database:
            measured[server.name].checkpoint_bytes = await _checkpoints(server)
        if server.counts:
            await _count(server, measured[server.name])
    measured["petraf llm"].tokens = await _tokens(model, next(one for one in servers if one.name == "petraf llm"))
    for number in range(NEW_ROUNDS):
        for server in servers:
            measured[server.name].new_words_cpu_ms.append(await _new_words(server, number))


async def _count(server: Server, into: Measured) -> None:
    """A turn's own, without what the server asks from time to time while nobody talks."""
    user = await User.begin(server.kind, server.base)
    begun, before = time.perf_counter(), server.counted()
    for phase, message in JOURNEY:
        await user.say(phase, message)
    taken, after = time.perf_counter() - begun, server.counted()
    await asyncio.sleep(IDLE_SECONDS)
    idle = server.counted()

    def a_turn(what: str) -> float:
        background = (idle[what] - after[what]) / IDLE_SECONDS * taken
        return round((after[what] - before[what] - background) / len(JOURNEY), 1)

    into.statements, into.commits = a_turn("statements"), a_turn("commits")


async def _checkpoints(server: Server) -> float:
    user = await User.begin(server.kind, server.base)
    for _ in range(LONG_TALK):
        await user.say(JOURNEY[0][0], SIDE_QUESTION)
    with psycopg.connect(server.database) as connection:
        (held,) = connection.execute(CHECKPOINTS, {"thread": f"%{user.session}"}).fetchone() or (0,)
    return float(held or 0)


async def _tokens(model: Server, server: Server) -> float:
    before = await answer(f"{model.base}/v1/letters", None, method="GET")
    user = await User.begin(server.kind, server.base)
    for phase, message in JOURNEY:
        await user.say(phase, message)
    after = await answer(f"{model.base}/v1/letters", None, method="GET")
    letters: int = sum(after.values()) - sum(before.values())
    return letters / LETTERS_A_TOKEN


async def _new_words(server: Server, number: int) -> float:
    """Milliseconds of processor time a turn."""
    users = await asyncio.gather(*(User.begin(server.kind, server.base) for _ in range(NEW_AT_ONCE)))
    cpu = server.cpu()
    await asyncio.gather(*(_say_all(user, journey(number * NEW_AT_ONCE + at)) for at, user in enumerate(users)))
    return (server.cpu() - cpu) * 1000 / (NEW_AT_ONCE * len(JOURNEY))


async def _say_all(user: User, said: Sequence[tuple[str, str]]) -> None:
    for phase, message in said:
        await user.say(phase, message)


def without_documents(servers: Sequence[Server]) -> None:
    """Keep the companies of these servers from asking their documents."""
    for server in servers:
        if server.counts:
            with psycopg.connect(server.database, autocommit=True) as connection:
                connection.execute("update tenant_configs set rag_enabled = false")


def median_new_words(one: Measured) -> float:
    """Milliseconds of processor time a turn, the median round."""
    return median(one.new_words_cpu_ms)
