"""One llama.cpp server a run, a relay that writes down the wire, and an LLM coach on either."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from nodes.llm import coach as llm_coach
from nodes.llm.coach import LLMCoach, build_llm_coach
from nodes.rules.adviser import RuleAdviser
from tests.nodes.llm_cases import KEY
from tests.real_llm.llama import Llama, llama_server
from tests.real_llm.relay import Relay, relay_to

SPOKEN = 48
"""Most tokens of a reply in these tests: this model seldom stops by itself."""


@asynccontextmanager
async def coach_on(base_url: str, seconds: float = 200, key: str = KEY) -> AsyncIterator[LLMCoach]:
    """A coach on the server at this address."""
    coach = build_llm_coach(
        "openai:smollm2", RuleAdviser(), api_key=key, base_url=base_url, timeout=seconds, max_retries=0
    )
    try:
        yield coach
    finally:
        await coach.aclose()


@pytest.fixture(scope="session")
def llama() -> Iterator[Llama]:
    with llama_server() as running:
        yield running


@pytest.fixture(autouse=True)
def brief_replies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm_coach, "MOST_SPOKEN", SPOKEN)


@pytest.fixture
async def relay(llama: Llama) -> AsyncIterator[Relay]:
    async with relay_to(llama.base_url) as running:
        running.extra["seed"] = 1
        yield running


@pytest.fixture
async def coach(relay: Relay) -> AsyncIterator[LLMCoach]:
    async with coach_on(relay.base_url) as built:
        yield built
