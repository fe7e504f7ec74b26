"""The conversation in a terminal."""

import asyncio

import pytest
from typer.testing import CliRunner

from server.command.main import app
from server.command.terminal import ServerAway
from tests.server.client import Company
from tests.server.test_journey import FUTURE

BASICS = ("Sarah", "Software Engineer", "Engineering", "EMP12345")


async def talk(acme: Company, *lines: str, resume: str = "") -> str:
    arguments = ["chat", "--server", str(acme.http.base_url), "--tenant", acme.tenant_id]
    arguments += ["--resume", resume] if resume else []
    result = await asyncio.to_thread(CliRunner().invoke, app, arguments, input="\n".join(lines) + "\n")
    assert result.exit_code == 0, result.output
    return result.output


def token_in(output: str) -> str:
    return output.split("--resume ")[1].split()[0]


async def test_a_goal_is_reached_in_the_terminal_with_its_score_as_bars(acme: Company) -> None:
    output = await talk(acme, *BASICS, *FUTURE, "/quit")
    assert "Within 24 months" in output
    assert "█" in output
    assert "33%" in output
    assert output.count("Which three to five values") == 1


async def test_an_earlier_conversation_goes_on_where_it_was(acme: Company) -> None:
    first = await talk(acme, *BASICS, *FUTURE, "/quit")
    again = await talk(acme, "/quit", resume=token_in(first))
    assert "First name" not in again
    assert "Which three to five values" in again


async def test_without_a_server_one_line_says_what_to_do() -> None:
    result = await asyncio.to_thread(CliRunner().invoke, app, ["chat", "--server", "http://127.0.0.1:1"])
    assert isinstance(result.exception, ServerAway)
    assert "make run" in result.exception.message


@pytest.mark.parametrize("line", ["/quit", "exit"])
async def test_leaving_says_how_to_come_back(acme: Company, line: str) -> None:
    assert token_in(await talk(acme, *BASICS, line)).startswith("ey")
