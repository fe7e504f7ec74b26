"""A running turn as its followers see it: a growing list of events, numbered from 1 within the attempt."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from state.conversation import Event

LONGEST_NUMBER = 9
"""Digits of a number in an event's id."""


def turn_key(session_id: str, turn_id: str) -> str:
    """A turn's name on this installation: clients make turn ids, so two sessions may use the same one."""
    return f"{session_id}/{turn_id}"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """How far a follower has read: the id of an event on the wire is `<attempt>-<number>`."""

    attempt: int = 0
    number: int = 0

    @classmethod
    def parse(cls, event_id: str | None) -> "Position":
        """The position a client names in Last-Event-ID; the beginning when it names none or nonsense."""
        attempt, _, number = (event_id or "").partition("-")
        if attempt.isdecimal() and number.isdecimal() and max(len(attempt), len(number)) <= LONGEST_NUMBER:
            return cls(int(attempt), int(number))
        return cls()

    def __str__(self) -> str:
        return f"{self.attempt}-{self.number}"


class LiveTurn:
    """The events of one attempt while it runs."""

    def __init__(self, attempt: int) -> None:
        self.attempt = attempt
        self.events: list[Event] = []
        self.over = False
        self._changed = asyncio.Event()

    def add(self, event: Event) -> None:
        """Append an event and wake the followers; what comes after the end is not heard any more."""
        if not self.over:
            self.events.append(event)
            self._wake()

    def close(self) -> None:
        """No more events will come."""
        self.over = True
        self._wake()

    async def after(self, number: int) -> AsyncGenerator[tuple[Position, Event], None]:
        """Every event after `number`, as they come, until the turn is over."""
        while True:
            changed = self._changed
            while number < len(self.events):
                number += 1
                yield Position(self.attempt, number), self.events[number - 1]
            if self.over:
                return
            await changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
