"""The days that goals name, as all-day events of an iCalendar file (RFC 5545)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from nodes.english.times import due_days
from server.exports.sheet import GoalSheet, SheetGoal
from state.errors import PetrafError

LONGEST_SUMMARY = 160
_PIECE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=\S)")
_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[.):]|[-•*–])\s*")


class NoDates(PetrafError):
    """These goals name no day yet, so a calendar would be empty. Edit a goal and say by when, for example “by June 2028”."""

    code = "NO_DATES"
    recoverable = True


@dataclass(frozen=True, slots=True)
class _Entry:
    day: date
    summary: str
    goal: SheetGoal
    number: int
    """Counts the goal's entries from 1."""


def calendar_of(sheet: GoalSheet) -> bytes:
    """The file. Time spans count from the day a goal was saved. Raises NoDates.

    An event keeps its UID in every later download, also when the goal was edited meanwhile: a calendar that takes the file again
    moves the event and doesn't double it.
    """
    entries = [entry for goal in sheet.goals for entry in _entries(goal)]
    if not entries:
        raise NoDates
    calendar = Calendar()
    calendar.add("prodid", f"-//Petraf//Goals//{sheet.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", sheet.title)
    for entry in entries:
        calendar.add_component(_event(sheet.session_id, entry))
    return bytes(calendar.to_ical())


def _entries(goal: SheetGoal) -> Iterator[_Entry]:
    """One for each day and piece of the goal."""
    said_on = goal.saved_at.astimezone(UTC).date()
    found = dict.fromkeys((due.day, _summary(goal.content, due.start)) for due in due_days(goal.content, said_on))
    for number, (day, summary) in enumerate(found, 1):
        yield _Entry(day, summary or goal.title, goal, number)


def _summary(text: str, position: int) -> str:
    """The action, sentence or heading of `text` that holds `position`."""
    line = next(m for m in _PIECE.finditer(text) if m.start() <= position < m.end())
    start, end = line.span()
    if not _MARK.match(line[0]):
        ends = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
        start = max([start, *(e for e in ends if e <= position)])
        end = min([end, *(e for e in ends if e > position)])
    piece = _MARK.sub("", text[start:end]).strip().rstrip(".:;")
    return piece if len(piece) <= LONGEST_SUMMARY else piece[: LONGEST_SUMMARY - 1].rstrip() + "…"


def _event(session_id: str, entry: _Entry) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'petraf:{session_id}:{entry.goal.phase}:{entry.number}')}@petraf")
    event.add("dtstamp", entry.goal.saved_at.astimezone(UTC))
    event.add("last-modified", entry.goal.saved_at.astimezone(UTC))
    event.add("sequence", entry.goal.version - 1)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", f"{entry.goal.title}\n\n{entry.goal.content}")
    event.add("transp", "TRANSPARENT")
    return event
