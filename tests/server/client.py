"""What a front-end developer would write: a client of the HTTP routes, with the events of a stream as a list."""

import asyncio
import json
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

Events = list[tuple[str, dict[str, Any]]]


@dataclass
class Company:
    """One company's side of the API."""

    http: httpx.AsyncClient
    tenant_id: str
    admin_key: str

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Tenant-ID": self.tenant_id}

    @property
    def admin_headers(self) -> dict[str, str]:
        return {"X-Admin-Key": self.admin_key}

    async def employee(self, **info: Any) -> "Employee":
        """A new session with its basic information sent."""
        created = await self.http.post(
            "/api/session/create", headers=self.headers, json={"metadata": {"source": "web"}}
        )
        assert created.status_code == 200, created.text
        self.http.cookies.clear()
        body = created.json()
        employee = Employee(self, body["session_id"], body["resume_token"])
        answer = await employee.put("info", {"position": "Software Engineer", **info})
        assert answer.status_code == 200, answer.text
        return employee

    async def admin(self, path: str, **params: Any) -> Any:
        answer = await self.http.get(f"/api/admin/{path}", headers=self.admin_headers, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def upload(self, path: Path, category: str, metadata: dict[str, str] | None = None) -> httpx.Response:
        return await self.http.post(
            f"/api/admin/rag/upload/{self.tenant_id}",
            headers=self.admin_headers,
            files={"file": (path.name, path.read_bytes())},
            data={"category": category, "metadata": json.dumps(metadata or {})},
        )


@dataclass
class Employee:
    """One employee's session."""

    company: Company
    session_id: str
    token: str
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {**self.company.headers, "Authorization": f"Bearer {self.token}", **self.extra}

    async def put(self, what: str, body: dict[str, Any]) -> httpx.Response:
        return await self.company.http.put(f"/api/session/{self.session_id}/{what}", headers=self.headers, json=body)

    async def get(self, path: str = "") -> Any:
        answer = await self.company.http.get(
            f"/api/session/{self.session_id}{'/' if path else ''}{path}", headers=self.headers
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def goals(self, final_only: bool = True) -> Any:
        answer = await self.company.http.get(
            f"/api/goals/session/{self.session_id}", headers=self.headers, params={"final_only": final_only}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def try_say(self, phase: str, message: str, **more: Any) -> httpx.Response:
        body = {"session_id": self.session_id, "message": message, **more}
        return await self.company.http.post(f"/api/chat/{phase}/stream", headers=self.headers, json=body)

    async def say(self, phase: str, message: str, **more: Any) -> Events:
        answer = await self.try_say(phase, message, **more)
        assert answer.status_code == 200, answer.text
        return parse(answer.text)

    async def replay(self, turn_id: str, after: str | None = None) -> Events:
        headers = {**self.headers, **({"Last-Event-ID": after} if after else {})}
        answer = await self.company.http.get(f"/api/session/{self.session_id}/turns/{turn_id}/stream", headers=headers)
        assert answer.status_code == 200, answer.text
        return parse(answer.text)


def parse(text: str) -> Events:
    """The events of a whole stream."""
    events: Events = []
    name = ""
    for line in text.splitlines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            events.append((name, json.loads(line.removeprefix("data: "))))
    return events


async def lines(response: httpx.Response) -> AsyncIterator[tuple[str, str, dict[str, Any]]]:
    """Events of a stream as they come: id, name, data."""
    at = {"id": "", "event": ""}
    async for line in response.aiter_lines():
        key, _, value = line.partition(": ")
        if key in at:
            at[key] = value
        elif key == "data":
            yield at["id"], at["event"], json.loads(value)


def one(events: Events, name: str) -> dict[str, Any]:
    """The only event of a name."""
    found = [data for event, data in events if event == name]
    assert len(found) == 1, f"{len(found)} {name} events"
    return found[0]


def completed(events: Events, step: str) -> dict[str, Any]:
    """The complete event of a step."""
    return next(data for event, data in events if event == "complete" and data["step"] == step)


async def up(http: httpx.AsyncClient, process: Process) -> None:
    """Wait until the server of a process answers."""
    while process.returncode is None:
        with suppress(httpx.TransportError):
            if (await http.get("/")).status_code == 200:
                return
        await asyncio.sleep(0.1)
    raise AssertionError(f"the server ended with {process.returncode}")
