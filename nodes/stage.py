"""Where a step speaks from: it writes the events of DECISIONS.md to whoever listens and keeps them for the record."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from langgraph.config import get_stream_writer

from state.clock import wire_time
from state.conversation import NO_USAGE, ConversationState, Event, Usage, add_usage
from state.phases import Step

PIECE_SECONDS = 0.03
"""What is spoken within this time goes out as one piece: an event a word cost more than the words, and nobody reads faster."""


class Stage:
    """One step of one turn: `start`, any number of `say`, then `complete`."""

    def __init__(self, state: ConversationState, step: Step) -> None:
        self.events: list[Event] = []
        self.usage = NO_USAGE
        self._at = {"phase": state["brief"]["phase"], "step": step.value}
        self._pieces: list[str] = []
        self._held = ""
        self._due: asyncio.TimerHandle | None = None
        self._write = get_stream_writer()
        self._began = time.monotonic()
        self.tell("start", {**self._at, "timestamp": _timestamp(), "turn_id": state["turn"]["turn_id"]})

    def tell(self, name: str, data: dict[str, Any]) -> None:
        """Write one event."""
        self.send(Event(event=name, data=data))

    def send(self, *events: Event) -> None:
        """Write events that were made before."""
        for event in events:
            self.events.append(event)
            self._write(event)

    def say(self, text: str, usage: Usage = NO_USAGE) -> None:
        """Speak a piece of text, the first at once; empty pieces only count their usage, and null characters, which no record
        can hold, go."""
        self.usage = add_usage(self.usage, usage)
        self._held += text.replace("\x00", "")
        if self._held and not self._due:
            self._speak()
            self._due = asyncio.get_running_loop().call_later(PIECE_SECONDS, self._go_on)

    def pause(self) -> None:
        """Let out what is still held."""
        if self._due:
            self._due.cancel()
        self._speak()

    def _go_on(self) -> None:
        """Let out what was said since the last piece; where that is nothing, the next goes out at once again."""
        self._due = None
        self.say("")

    def _speak(self) -> None:
        if self._held:
            self._pieces.append(self._held)
            self._held = ""
            self.tell("message", {"content": self._pieces[-1], **self._at, "chunk_index": len(self._pieces)})

    def complete(self, **more: object) -> str:
        """Close the step's speech; answers the whole text."""
        self.pause()
        text = "".join(self._pieces)
        self.tell(
            "complete",
            {
                **self._at,
                "full_response": text,
                "chunks": len(self._pieces),
                "tokens_used": dict(self.usage),
                "latency_ms": round((time.monotonic() - self._began) * 1000),
                "timestamp": _timestamp(),
                **more,
            },
        )
        return text


def _timestamp() -> str:
    return wire_time(datetime.now(UTC))
