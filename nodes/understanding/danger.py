"""What may be a crisis and may be none: kept out of what was said, until the employee says that it was about their work."""

from collections.abc import Sequence
from dataclasses import replace

from nodes.english.terms import terms
from nodes.understanding.acts import Heard, hear
from nodes.understanding.changes import change
from nodes.understanding.frames import Frame, Message
from state.records.sessions.frames import SessionLine

MEANT = "chatter.meant"
"""The label of what only says how something was meant: `that was about the process`."""


_AGAIN = "m"
"""Ends the ids of a message that is read again: its facts are numbered anew."""


def without(message: Message, dark: Sequence[Heard]) -> Message:
    """A message with blanks in the place of some pieces; what stands behind them keeps its place."""
    text = message.text
    for one in dark:
        text = text[: one.segment.start] + " " * (one.segment.end - one.segment.start) + text[one.segment.end :]
    return replace(message, text=text)


def without_danger(frame: Frame, before: SessionLine, heard: Sequence[Heard]) -> tuple[Frame, bool]:
    """The frame with what was kept out of it of the message before, where the one heard now says that it was no crisis; and
    whether that added anything. A piece that stopped the coach stays out, but not what stood beside it."""
    kept_out = before.step == "collect" and (before.withheld or not before.read)
    earlier = hear(before.content) if kept_out else ()
    dark = [one for one in earlier if one.danger]
    if not dark or not _says_how_meant(heard, dark):
        return frame, False
    again = Message(before.id + _AGAIN, before.phase, before.content)
    unread = earlier if any(one.danger > 1 for one in dark) else dark
    meant = [one.taken_for(one.otherwise) if one.danger else one for one in unread if one.danger < 2]
    after = change(frame.facts, {**frame.texts, again.id: again.text}, again, meant)
    for fact in after.facts:
        fact["message_id"] = before.id if fact["message_id"] == again.id else fact["message_id"]
    return Frame(after.facts, frame.texts), len(after.facts) > len(frame.facts)


def _says_how_meant(heard: Sequence[Heard], dark: Sequence[Heard]) -> bool:
    """Whether a message says how another was meant, also by correcting with its words: `the old process, I mean`."""
    words = frozenset().union(*(terms(one.segment.text) for one in dark))
    return any(
        one.label == MEANT or (one.act == "correction" and bool(words & terms(one.segment.text))) for one in heard
    )
