"""Who takes turns: employees of Petraf's demo company, and the same messages sent to the contenders."""

import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from bench.turns.wire import answer, events

TENANT = "550e8400-e29b-41d4-a716-446655440000"
JOURNEY = (
    ("g4_future", "I want to become a senior engineer and maybe lead a small team."),
    ("g4_future", "I'd like to lead a team of 3-4 developers on our payment platform and master distributed systems."),
    (
        "g6_values",
        "Continuous learning: I read for an hour every Friday. Collaboration: I review two merge requests a day. "
        "Excellence: I write a test before every change.",
    ),
    (
        "g8_actions",
        "1. Complete AWS Solutions Architect certification by May 2027 2. Lead the payment gateway migration project "
        "3. Mentor 2 junior developers every week 4. Read 3 books on distributed systems",
    ),
)
"""Sarah's journey: a first message that leaves something to ask, then three that reach a goal each."""
SIDE_QUESTION = "What do you mean by measurable?"
"""What may be said any number of times without a goal being reached."""
PLACES = ("Bel", "Mor", "Tan", "Ver", "Lim", "Ros", "Kel", "Dun", "Har", "Sol")
"""Syllables of towns that each employee has of their own where no two may say the same."""
EMPLOYEE = {"name": "Sarah", "employee_code": "EMP12345", "department": "Engineering", "position": "Software Engineer"}
FIRST_WORD = {"petraf": b"event: message", "plain": b"on_chat_model_stream", "floor": b'"content"'}


def journey(number: int | None = None) -> tuple[tuple[str, str], ...]:
    """Sarah's journey; with a number in words that no other employee says."""
    if number is None:
        return JOURNEY
    town = "".join(PLACES[int(digit)].lower() for digit in str(number)).title()
    return tuple((phase, f"{message.rstrip('.')} for the {town} office.") for phase, message in JOURNEY)


class Unfinished(Exception):
    """A turn that didn't end as it should; says with which line."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds from the request to the first line, to the first word and to the end."""

    first: float
    word: float
    whole: float


@dataclass(frozen=True, slots=True)
class User:
    """One conversation with one server."""

    kind: str
    """petraf, plain or floor."""
    base: str
    session: str
    headers: dict[str, str]

    @classmethod
    async def begin(cls, kind: str, base: str) -> "User":
        """A new conversation, opened and ready to talk."""
        if kind != "petraf":
            return cls(kind, base, str(uuid.uuid4()), {})
        made = await answer(f"{base}/api/session/create", {}, headers={"X-Tenant-ID": TENANT})
        headers = {"X-Tenant-ID": TENANT, "Authorization": f"Bearer {made['resume_token']}"}
        session = str(made["session_id"])
        await answer(f"{base}/api/session/{session}/info", EMPLOYEE, method="PUT", headers=headers)
        return cls(kind, base, session, headers)

    async def say(self, phase: str, message: str) -> Turn:
        """One turn, read to its end. Raises Unfinished or Refused."""
        begun, first, word, last = time.perf_counter(), 0.0, 0.0, b""
        async with aclosing(self._lines(phase, message)) as lines:  # type: ignore[type-var]
            async for line in lines:
                first = first or time.perf_counter()
                word = word or (time.perf_counter() if FIRST_WORD[self.kind] in line else 0.0)
                last = line
                if line == b"event: error":
                    raise Unfinished(f"{self.kind}: {message[:40]}")
        if not first or not word:
            raise Unfinished(f"{self.kind}: {last[:200]!r}")
        return Turn(first - begun, word - begun, time.perf_counter() - begun)

    def _lines(self, phase: str, message: str) -> AsyncIterator[bytes]:
        return _SAYING[self.kind](self, phase, message)


def _petraf(user: User, phase: str, message: str) -> AsyncIterator[bytes]:
    body = {"session_id": user.session, "message": message}
    return events(f"{user.base}/api/chat/{phase}/stream", body, headers=user.headers)


def _plain(user: User, phase: str, message: str) -> AsyncIterator[bytes]:
    said = {"messages": [{"type": "human", "content": message}]}
    return events(f"{user.base}/graph/stream_events", {"input": said}, headers={"X-Thread": user.session})


def _floor(user: User, phase: str, message: str) -> AsyncIterator[bytes]:
    return events(f"{user.base}/turn", {"message": message})


_SAYING: dict[str, Callable[[User, str, str], AsyncIterator[bytes]]] = {
    "petraf": _petraf,
    "plain": _plain,
    "floor": _floor,
}
