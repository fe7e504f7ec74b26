"""A local model server and an LLM coach that talks to it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from nodes.llm.coach import LLMCoach
from tests.nodes.llm_cases import coach_at
from tests.nodes.model_server import ModelServer, model_server


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture
async def coach(server: ModelServer) -> AsyncIterator[LLMCoach]:
    async with coach_at(server) as built:
        yield built
