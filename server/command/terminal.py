"""`petraf chat`: the conversation in a terminal, streamed, with the score shown as bars."""

import json
import os
import re
from collections.abc import Iterator
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.markup import escape

from state.errors import PetrafError

BAR = 20
LEAVE = {"/quit", "/exit", "quit", "exit"}
console = Console(highlight=False)


class ServerAway(PetrafError):
    """No Petraf answers at {address}. Start one with `make run`, or name another with --server."""

    code = "SERVER_AWAY"


class Refused(PetrafError):
    """The server refused a request."""

    code = "REFUSED"


class Conversation:
    """One session over HTTP."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.session_id = ""
        self.phase = "g2_basic"
        self.completion = 0

    def open(self, token: str | None) -> str:
        """Resume with a token, or begin; answers the token."""
        if token:
            session = self._json("POST", "/api/session/resume", json={"resume_token": token})
            self.session_id = session["id"]
        else:
            session = self._json("POST", "/api/session/create", json={"metadata": {"source": "terminal"}})
            self.session_id, token = session["session_id"], session["resume_token"]
        self.client.headers["Authorization"] = f"Bearer {token}"
        return token

    def introduce(self, answers: dict[str, str]) -> None:
        """Send the basic information."""
        self._json("PUT", f"/api/session/{self.session_id}/info", json=answers)

    def question(self) -> str:
        """What is asked now; also learns the phase."""
        session = self._json("GET", f"/api/session/{self.session_id}")
        self.phase, self.completion = session["phase"], session["completion_percentage"]
        return str(session["question"])

    def say(self, message: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Send a message and give the events as they come."""
        body = {"session_id": self.session_id, "message": message}
        with self.client.stream("POST", f"/api/chat/{self.phase}/stream", json=body) as response:
            if response.status_code != httpx.codes.OK:
                response.read()
                raise Refused(_message(response))
            yield from _events(response.iter_lines())

    def _json(self, method: str, path: str, **kwargs: Any) -> dict[str, Any]:
        response = self.client.request(method, path, **kwargs)
        if response.is_error:
            raise Refused(_message(response))
        value: dict[str, Any] = response.json()
        return value


def chat(
    server: Annotated[str, typer.Option(help="Address of a running Petraf.")] = "",
    tenant: Annotated[str, typer.Option(help="Tenant id, where the address doesn't name the company.")] = "",
    resume: Annotated[str, typer.Option(help="Resume token of an earlier conversation.")] = "",
) -> None:
    """Talk with the coach in this terminal. /quit leaves; the token it prints comes back later with --resume."""
    address = server or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    headers = {"X-Tenant-ID": tenant} if tenant else {}
    try:
        with httpx.Client(base_url=address, headers=headers, timeout=httpx.Timeout(10, read=120)) as client:
            _talk(Conversation(client), resume or None)
    except httpx.TransportError:
        raise ServerAway(address=address) from None


def _talk(conversation: Conversation, token: str | None) -> None:
    kept = conversation.open(token)
    question = conversation.question()
    if conversation.phase == "g2_basic":
        conversation.introduce(_ask_basics())
        question = conversation.question()
    console.print(f"[dim]/quit leaves. Come back with: petraf chat --resume {kept}[/dim]\n", soft_wrap=True)
    while conversation.phase != "done":
        if question:
            console.print(f"[bold cyan]Coach[/] {escape(question)}\n")
        answer = _read("[bold]You[/] ")
        if answer is None:
            return
        question = _turn(conversation, answer)
    console.print("[bold green]All three goals are set.[/]")


def _ask_basics() -> dict[str, str]:
    console.print("Some basics first; Enter skips a question.\n")
    asked = {"name": "First name", "position": "Position", "department": "Department", "employee_code": "Employee code"}
    answers = {field: _read(f"{label}: ") for field, label in asked.items()}
    return {field: answer for field, answer in answers.items() if answer}


def _read(prompt: str) -> str | None:
    try:
        answer = console.input(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        return None
    return None if answer.lower() in LEAVE else answer


def _turn(conversation: Conversation, answer: str) -> str:
    if not answer:
        return ""
    following, column = "", 0
    console.print()
    for name, data in conversation.say(answer):
        if name == "message":
            column = _speak(data["content"], column, "green" if data["step"] == "refine" else "")
        elif name == "complete":
            console.print("\n")
            column = 0
        elif name == "score":
            _bars(data)
        elif name == "transition":
            following = _moved(conversation, data)
        elif name == "error":
            console.print(f"[red]{escape(data['error']['message'])}[/]")
    return following


def _speak(piece: str, column: int, style: str) -> int:
    """Print a streamed piece, breaking lines between words; answers the column it ends in."""
    for word in re.findall(r"\n|[^\S\n]*\S+|[^\S\n]+", piece):
        if word == "\n":
            column = 0
        elif column and column + len(word) > console.width:
            console.print()
            word, column = word.lstrip(), 0
        console.print(escape(word), end="", style=style)
        column += 0 if word == "\n" else len(word)
    return column


def _moved(conversation: Conversation, data: dict[str, Any]) -> str:
    moved = data["to"]["phase"] != conversation.phase
    conversation.phase = data["to"]["phase"]
    if not moved:
        return ""
    percentage = data["completion_percentage"]
    console.print(f"[bold green]Saved.[/] Progress {_bar(percentage / 10)} {percentage}%\n")
    return str(data["next_prompt"])


def _bars(score: dict[str, Any]) -> None:
    for criterion in [*score["criteria"], {"name": "total", "score": score["score"]}]:
        style = "green" if criterion["score"] >= score["threshold"] else "yellow"
        name = criterion["name"].replace("_", " ")
        console.print(f"  {name:<18} [{style}]{_bar(criterion['score'])}[/] {criterion['score']:>4.1f}")
    console.print()


def _bar(out_of_ten: float) -> str:
    full = round(out_of_ten * BAR / 10)
    return "█" * full + "░" * (BAR - full)


def _events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def _message(response: httpx.Response) -> str:
    try:
        return str(response.json()["detail"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered {response.status_code}"
