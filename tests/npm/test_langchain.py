"""LangChain's JavaScript client, as it is published, walks Sarah's whole journey."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.command.typescript import check
from server.turns.events import TurnEvent
from tests.npm.program import HERE, build, execute
from tests.npm.test_frontend_document import ProposingCoach
from tests.server.client import Company
from tests.server.journeys import TURNS, lenient
from tests.server.test_journey import FUTURE, SARAH

pytestmark = pytest.mark.filterwarnings("ignore:Accessing the .model_fields:DeprecationWarning")  # LangServe's own


async def test_a_stock_javascript_client_walks_the_whole_journey(acme: Company, tmp_path: Path) -> None:
    await lenient(acme)
    sarah = await acme.employee(**SARAH)
    program = await build(tmp_path, (HERE / "journey.ts").read_text())
    url = f"{str(acme.http.base_url).rstrip('/')}/graph/goal-setting"
    messages = [message for _, message in TURNS]
    told = json.loads(await execute(program, URL=url, HEADERS=sarah.headers, MESSAGES=messages))
    for events in told["came"]:
        assert events[-1]["event"] == "end"
        assert spoken(events) == [e["data"]["full_response"] for e in events if e["event"] == "complete"]
        for event in events:
            check(TurnEvent, without_revived_facts(event))
    assert told["turnId"] == told["came"][-1][-1]["data"]["turn_id"] == "by-javascript"
    assert "SESSION_COMPLETED" in told["refused"]
    assert (await sarah.get())["status"] == "completed"
    assert (await sarah.goals())["total"] == 3


ODDITIES = """
import { RemoteRunnable } from "@langchain/core/runnables/remote";
import type { GraphTurn, TurnEvent } from "./types.d.ts";
declare const process: { env: Record<string, string> };
const options = { headers: JSON.parse(process.env["HEADERS"]!) as Record<string, string> };
const coach = new RemoteRunnable<GraphTurn, TurnEvent, Record<string, unknown>>({ url: process.env["URL"]!, options });
let proposals: object[] = [];
for await (const event of await coach.stream({ message: process.env["MESSAGE"]! })) {
  if (event.event === "complete" && event.data.step === "refine") proposals = event.data.proposals;
}
const wrong = coach.stream({ message: "x", phase: "g8_actions" }).then(async (events) => { for await (const _ of events); });
const refused = await wrong.catch((error: Error) => error.message);
console.log(JSON.stringify({ ids: proposals.map((proposal) => "id" in proposal), refused }));
"""


async def test_the_two_oddities_that_the_document_tells_of_are_there(
    monkeypatch: pytest.MonkeyPatch, acme: Company, tmp_path: Path
) -> None:
    monkeypatch.setattr("graph.tools.RuleCoach", ProposingCoach)
    monkeypatch.setattr("tests.npm.test_frontend_document.PROPOSED", "distributed systems")
    await lenient(acme)
    sarah = await acme.employee(**SARAH)
    program = await build(tmp_path, ODDITIES)
    url = f"{str(acme.http.base_url).rstrip('/')}/graph/goal-setting"
    told = json.loads(await execute(program, URL=url, HEADERS=sarah.headers, MESSAGE=" ".join(FUTURE)))
    assert told["ids"] == [False]
    assert "409" in told["refused"]
    assert "PHASE_MISMATCH" not in told["refused"]


def without_revived_facts(event: dict[str, Any]) -> dict[str, Any]:
    """The event without its facts: LangChain's client takes any object with a `text` for a prompt and drops its other fields.

    Front ends on that client read `GET /api/session/{id}/facts` instead (docs/frontend.md).
    """
    if event["event"] != "understood":
        return event
    assert all(fact["id"][-1] == "StringPromptValue" for fact in event["data"]["facts"])
    return {**event, "data": {**event["data"], "facts": []}}


def spoken(events: list[dict[str, Any]]) -> list[str]:
    """What each step said, put together from its pieces."""
    steps: dict[str, str] = {}
    for event in events:
        if event["event"] == "message":
            steps[event["data"]["step"]] = steps.get(event["data"]["step"], "") + event["data"]["content"]
    return list(steps.values())
