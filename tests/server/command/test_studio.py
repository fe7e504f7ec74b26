"""LangGraph Studio: `langgraph dev` serves the same graph for the demo company, on loopback only."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient

from graph.studio import NotLoopback
from server.command.studio import check_host
from tests.ports import free_port

ROOT = Path(__file__).parents[3]
LANGGRAPH = Path(sys.executable).with_name("langgraph")
DEADLINE_SECONDS = 90


@pytest.fixture
async def studio(database_url: str, tmp_path: Path) -> AsyncIterator[LangGraphClient]:
    port = free_port()
    environment = {
        **os.environ,
        "PETRAF_DATABASE_URL": database_url,
        "PETRAF_DATA_DIR": str(tmp_path),
        "PETRAF_CHAT_MODEL": "rules",
        "LANGSMITH_TRACING": "false",
    }
    command = [str(LANGGRAPH), "dev", "--no-browser", "--no-reload", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        await _answers(f"http://127.0.0.1:{port}/ok", process)
        async with get_client(url=f"http://127.0.0.1:{port}") as client:
            yield client
    finally:
        process.terminate()
        await process.wait()


async def _answers(url: str, process: Process) -> None:
    async with httpx.AsyncClient() as http, asyncio.timeout(DEADLINE_SECONDS):
        while process.returncode is None:
            try:
                if (await http.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.2)
    raise AssertionError("langgraph dev stopped")


@pytest.mark.timeout(300)  # Studio starts within DEADLINE_SECONDS
async def test_studio_talks_with_the_demo_company_in_a_session_of_its_own(studio: LangGraphClient) -> None:
    thread = await studio.threads.create()
    for message in (
        "I want to become a senior engineer",
        "I want to lead a team of 4 developers on the payment platform",
    ):
        events = [
            part.data
            async for part in studio.runs.stream(
                thread["thread_id"], "goal-setting", input={"message": message}, stream_mode="custom"
            )
            if part.event == "custom"
        ]
        assert events[-1]["event"] == "end"
    state = await studio.threads.get_state(thread["thread_id"])
    assert state["values"]["brief"]["company"] == "Sunrise Corporation"  # type: ignore[call-overload]
    assert state["values"]["scorecard"]["score"] >= 7  # type: ignore[call-overload]


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--host=192.168.0.7"], ["--tunnel"]])  # noqa: S104
def test_studio_refuses_to_be_reached_from_other_machines(arguments: list[str]) -> None:
    with pytest.raises(NotLoopback):
        check_host(["dev", "--no-browser", *arguments])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_studio_starts_on_loopback(host: str) -> None:
    check_host(["dev", "--host", host])
