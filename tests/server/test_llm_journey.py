"""Sarah's journey with the coach that is a language model: a local server that speaks OpenAI's protocol."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from pydantic import SecretStr

from server.settings import Settings
from state.records.rows import TenantRow
from tests.nodes.model_server import INPUT_TOKENS, ModelServer, model_server
from tests.server.client import Company
from tests.server.conftest import served
from tests.server.journeys import TURNS, count
from tests.server.test_journey import FUTURE, SARAH
from tests.server.turns.test_crisis import DARK, MAYBE


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """The model server."""
    with model_server() as running:
        yield running


@pytest.fixture
async def modelled(
    settings: Settings, database_url: str, company: tuple[TenantRow, str], model: ModelServer
) -> AsyncIterator[Company]:
    """The company on a server whose coach is the model server's."""
    given = {"chat_model": "openai:test", "openai_base_url": model.base_url, "openai_api_key": SecretStr("sk-test")}
    llm = settings.model_copy(update=given)
    async with served(llm, database_url) as address, httpx.AsyncClient(base_url=address, timeout=60) as http:
        yield Company(http, str(company[0].id), company[1])


@pytest.mark.parametrize("said", [DARK, MAYBE])
async def test_no_model_is_told_what_may_be_a_crisis(modelled: Company, model: ModelServer, said: str) -> None:
    sarah = await modelled.employee(**SARAH)
    for message in (FUTURE[0], said, FUTURE[1]):
        assert (await sarah.say("g4_future", message))[-1][0] == "end"
    assert model.requests
    assert said not in str(model.requests) and "carry" not in str(model.requests)


async def test_sarah_ends_with_three_goals_and_every_token_recorded(modelled: Company, database_url: str) -> None:
    sarah = await modelled.employee(**SARAH)
    spent = 0
    for phase, message in TURNS:
        events = await sarah.say(phase, message)
        assert events[-1][0] == "end", events[-1]
        speaking = [data for name, data in events if name == "complete"]
        for step in speaking:
            used = step["tokens_used"]
            assert used["total"] == used["input"] + used["output"]
            assert used["input"] >= INPUT_TOKENS
            assert used["output"] > 0
            spent += used["total"]
    session = await sarah.get()
    assert (session["status"], session["completion_percentage"]) == ("completed", 100)
    goals = await sarah.goals()
    assert (goals["total"], goals["completed"]) == (3, 3)
    assert all(goal["score"] == 8.0 for goal in goals["goals"])
    recorded = "role = 'assistant' and model_used like '%%test%%' and tokens_prompt > 0 and latency_ms > 0"
    assert await count(database_url, "messages", sarah.session_id, recorded) == len(TURNS)
    total = f"(select sum(tokens_prompt + tokens_completion) from messages) = {spent}"  # noqa: S608
    assert await count(database_url, "messages", sarah.session_id, total) == 2 * len(TURNS)
