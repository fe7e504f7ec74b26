"""LangChain's JavaScript client, as it is published, walks Sarah's whole journey."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.events import TurnEvent
from server.typescript import check
from tests.npm.program import HERE, build, execute
from tests.server.client import Company
from tests.server.journeys import TURNS, lenient
from tests.server.test_journey import SARAH

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
            check(TurnEvent, event)
    assert told["turnId"] == told["came"][-1][-1]["data"]["turn_id"] == "by-javascript"
    assert "SESSION_COMPLETED" in told["refused"]
    assert (await sarah.get())["status"] == "completed"
    assert (await sarah.goals())["total"] == 3


def spoken(events: list[dict[str, Any]]) -> list[str]:
    """What each step said, put together from its pieces."""
    steps: dict[str, str] = {}
    for event in events:
        if event["event"] == "message":
            steps[event["data"]["step"]] = steps.get(event["data"]["step"], "") + event["data"]["content"]
    return list(steps.values())
