"""A real server that is slow, stalls or dies: the coach says so in time, and works again when the server does."""

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import cast

import pytest

from nodes.coach import Chunk
from nodes.errors import CoachUnavailable
from nodes.llm import coach as llm_coach
from tests.nodes.llm_cases import KEY, QUESTION, briefing, everything
from tests.real_llm.conftest import coach_on
from tests.real_llm.llama import Llama, llama_server
from tests.real_llm.relay import Relay

pytestmark = pytest.mark.real_llm

PATIENCE = 1.0
SOON = 10.0
"""Seconds in which a failure is told, on a busy machine."""


def is_told_plainly(error: CoachUnavailable) -> bool:
    """Whether a failure says that nothing is lost, and tells no secret."""
    told = error.message
    return "is kept" in told and not any(secret in told for secret in (KEY, "charge nurse", "triage", "127.0.0.1"))


@pytest.mark.parametrize("call", ["reply", "refine", "judge"])
async def test_a_stalled_server_is_given_up_in_time(llama: Llama, call: str) -> None:
    async with coach_on(llama.base_url, seconds=PATIENCE) as coach:
        with llama.stalled():
            started = time.monotonic()
            with pytest.raises(CoachUnavailable, match="did not answer in time") as failed:
                await everything(coach, call)
            assert PATIENCE <= time.monotonic() - started < SOON
    assert is_told_plainly(failed.value)


@pytest.mark.parametrize("call", ["refine", "judge"])
async def test_a_server_too_slow_for_the_time_allowed(llama: Llama, call: str) -> None:
    async with coach_on(llama.base_url, seconds=0.2) as coach:
        with pytest.raises(CoachUnavailable, match="did not answer in time") as failed:
            await everything(coach, call)
    assert is_told_plainly(failed.value)


async def test_a_server_that_stalls_in_the_middle_keeps_what_was_said(
    relay: Relay, llama: Llama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm_coach, "MOST_SPOKEN", 4000)
    relay.extra["ignore_eos"] = True
    heard: list[str] = []
    async with coach_on(relay.base_url, seconds=10) as coach:
        replies = coach.reply(briefing(question=QUESTION))
        heard.append((await anext(replies)).text)
        with llama.stalled(), pytest.raises(CoachUnavailable, match="did not answer in time") as failed:
            async for chunk in replies:
                heard.append(chunk.text)
    assert "".join(heard).strip()
    assert QUESTION not in "".join(heard)
    assert is_told_plainly(failed.value)


async def test_a_server_that_dies_in_the_middle() -> None:
    with llama_server() as mortal:
        async with coach_on(mortal.base_url) as coach:
            replies = coach.reply(briefing(question=QUESTION))
            heard = (await anext(replies)).text
            mortal.process.kill()
            with pytest.raises(CoachUnavailable, match="broke") as failed:
                async for chunk in replies:
                    heard += chunk.text
            with pytest.raises(CoachUnavailable, match="could not be reached"):
                await coach.refine(briefing())
    assert heard
    assert is_told_plainly(failed.value)


async def test_it_works_again_after_the_stall(llama: Llama) -> None:
    async with coach_on(llama.base_url, seconds=PATIENCE) as hasty, coach_on(llama.base_url) as coach:
        with llama.stalled(), pytest.raises(CoachUnavailable):
            await everything(hasty, "refine")
        assert "".join([c.text async for c in coach.reply(briefing(question=QUESTION))]).strip()


async def test_a_reply_that_nobody_hears_any_more_stops_the_model(
    llama: Llama, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm_coach, "MOST_SPOKEN", 4000)
    relay.extra["ignore_eos"] = True
    async with coach_on(relay.base_url) as coach:
        replies = cast(AsyncGenerator[Chunk, None], coach.reply(briefing(question=QUESTION)))
        assert (await anext(replies)).text
        assert llama.is_speaking()
        await replies.aclose()
        for _ in range(100):
            if not llama.is_speaking():
                break
            await asyncio.sleep(0.05)
        else:
            raise AssertionError("the model speaks on")


async def test_an_address_without_a_model_is_told(llama: Llama) -> None:
    async with coach_on(f"{llama.address}/nowhere") as coach:
        with pytest.raises(CoachUnavailable, match="not known at the configured address"):
            await everything(coach, "refine")
