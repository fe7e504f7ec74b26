"""Where a step speaks from: it writes the events of DECISIONS.md to whoever listens and keeps them for the record."""

import time
from datetime import UTC, datetime
from typing import Any

from langgraph.config import get_stream_writer

from nodes.coach import chunks
from state.clock import wire_time
from state.conversation import NO_USAGE, ConversationState, Event, Usage, add_usage
from state.phases import Step


class Stage:
    """One step of one turn: `start`, any number of `say` and `recite`, then `complete`."""

    def __init__(self, state: ConversationState, step: Step) -> None:
        self.events: list[Event] = []
        self.usage = NO_USAGE
        self._at = {"phase": state["brief"]["phase"], "step": step.value}
        self._said: list[str] = []
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
        """Speak a piece of text; empty pieces only count their usage, and null characters, which no record can hold, go."""
        text = text.replace("\x00", "")
        self.usage = add_usage(self.usage, usage)
        if not text:
            return
        self._said.append(text)
        self.tell("message", {"content": text, **self._at, "chunk_index": len(self._said)})

    def recite(self, text: str) -> None:
        """Speak a text that is known already, word by word."""
        for chunk in chunks(text):
            self.say(chunk.text)

    def complete(self, **more: object) -> str:
        """Close the step's speech; answers the whole text."""
        text = "".join(self._said)
        self.tell(
            "complete",
            {
                **self._at,
                "full_response": text,
                "chunks": len(self._said),
                "tokens_used": dict(self.usage),
                "latency_ms": round((time.monotonic() - self._began) * 1000),
                "timestamp": _timestamp(),
                **more,
            },
        )
        return text


def _timestamp() -> str:
    return wire_time(datetime.now(UTC))
