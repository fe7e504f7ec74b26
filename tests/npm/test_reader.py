"""The stream reader of docs/frontend.md on bad connections: nothing lost, nothing twice, whatever breaks."""

import asyncio
import json
from pathlib import Path
from typing import Any

from state.records.rows import TenantRow
from tests.npm.document import blocks
from tests.npm.flaky import Connection
from tests.npm.program import build, execute
from tests.server.client import Company, Employee
from tests.server.journeys import TAKEN_OVER_WITHIN
from tests.server.test_journey import FUTURE
from tests.server.turns.test_replicas import AT_ONCE, FOREVER, two_replicas

TURN = """
const told: TurnEvent[] = [];
for await (const { event, data } of turn("g4_future", "one", { message: MESSAGE })) told.push({ event, data } as TurnEvent);
console.log(JSON.stringify({ told, session: created.session_id, token: created.resume_token }));
"""
FORMAT = r"""
const wire = ': hello\r\n\r\nid: 1\r\nevent: a\r\ndata: {"x":\r\ndata:"\u00e9\u{1f600}\u2028"}\r\n\r\n'
  + 'event\nid: 2\revent: b\rdata: [2]\r\rdata: 3\n\nevent: no data\n\nretry: 5\nid: 3\ndata: ": "\n\ndata: {"cut": ';
const bytes = new TextEncoder().encode(wire);
const all: string[] = [];
for (let size = 1; size <= bytes.length; size++) {
  const body = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(new Response(body))) events.push(event);
  all.push(JSON.stringify(events));
}
console.log(JSON.stringify([...new Set(all)]));
"""


def program(address: str, tenant: str, more: str) -> str:
    """The document's program up to its reader, and something to do with it."""
    pieces = blocks("ts", address, tenant)
    last = next(n for n, piece in enumerate(pieces) if "async function* turn" in piece)
    return "\n".join([*pieces[: last + 1], more])


async def said(connection: Connection, tenant: str, message: str, folder: Path) -> Any:
    """What a program hears of a turn that it sends over a connection."""
    source = program(connection.address, tenant, TURN.replace("MESSAGE", json.dumps(message)))
    return json.loads((await execute(await build(folder, source))).splitlines()[-1])


async def test_a_stream_that_breaks_again_and_again_comes_whole_and_once(acme: Company, tmp_path: Path) -> None:
    async with Connection.to(str(acme.http.base_url)) as bad:
        heard = await said(bad, acme.tenant_id, " ".join(FUTURE), tmp_path)
    assert bad.cuts > 5
    sarah = Employee(acme, heard["session"], heard["token"])
    assert [(event["event"], event["data"]) for event in heard["told"]] == await sarah.replay("one")
    assert [message["role"] for message in (await sarah.get("messages"))["messages"]] == ["user", "assistant"]


async def test_a_turn_whose_server_dies_is_heard_from_the_next_one(
    database_url: str, company: tuple[TenantRow, str], tmp_path: Path
) -> None:
    async with (
        two_replicas(database_url, (FOREVER, AT_ONCE), company) as (first, other, process),
        Connection.to(str(first.http.base_url), never=True) as connection,
    ):
        hearing = asyncio.create_task(said(connection, first.tenant_id, " ".join(FUTURE), tmp_path))
        await connection.streaming.wait()
        connection.upstream = str(other.http.base_url)
        process.kill()
        heard = await asyncio.wait_for(hearing, TAKEN_OVER_WITHIN)
        names = [event["event"] for event in heard["told"]]
        again = names.index("restart")
        assert "message" in names[:again]
        sarah = Employee(other, heard["session"], heard["token"])
        assert [(event["event"], event["data"]) for event in heard["told"][again:]] == await sarah.replay("one")
        assert names[-1] == "end"


async def test_every_form_of_the_format_is_read_however_it_is_cut(acme: Company, tmp_path: Path) -> None:
    source = program(str(acme.http.base_url).rstrip("/"), acme.tenant_id, FORMAT)
    output = await execute(await build(tmp_path, source))
    (events,) = json.loads(output.strip().split("\n")[-1])
    assert json.loads(events) == [
        {"id": "1", "event": "a", "data": {"x": "é😀\u2028"}},
        {"id": "2", "event": "b", "data": [2]},
        {"id": "2", "event": "message", "data": 3},
        {"id": "3", "event": "message", "data": ": "},
    ]
