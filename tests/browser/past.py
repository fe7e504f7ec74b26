"""A company's past: one real session copied many times over the last weeks, for the console's figures and plots."""

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ulid import ULID

Row = dict[str, Any]
Rows = Callable[..., list[tuple[Any, ...]]]
DAYS = 28
OWNED = ("conversation_state", "goals")


def live_through(rows: Rows, session_id: str, sessions: int) -> None:
    """Copy a completed session so often; days, scores and where people left off are by chance, and the same each time."""
    chance = random.Random(7)  # noqa: S311 (the same each time, on purpose)
    (session,) = _of(rows, "sessions", "id", session_id)
    owned = {table: _of(rows, table, "session_id", session_id) for table in OWNED}
    for _ in range(sessions):
        new, ago = str(ULID()), timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(600))
        reached = chance.choice((0, 1, 2, 3, 3, 3))
        _insert(rows, "sessions", _session(session, new, ago, reached, chance.randrange(8, 45)))
        for table in OWNED:
            kept = owned[table] if table != "goals" else owned[table][:reached]
            for row in kept:
                _insert(rows, table, _moved({**row, "session_id": new}, ago, chance))


def _of(rows: Rows, table: str, column: str, value: str) -> list[Row]:
    found = rows(f"select to_jsonb(t) from {table} t where {column} = %(value)s order by 1", value=value)  # noqa: S608
    return [row for (row,) in found]


def _session(session: Row, new: str, ago: timedelta, reached: int, minutes: int) -> Row:
    done = reached == 3
    made = {**session, "id": new, "status": "completed" if done else "active"}
    made["completion_percentage"] = (10, 33, 66, 100)[reached]
    made["created_at"] = _before(session["created_at"], ago)
    made["completed_at"] = _before(session["created_at"], ago - timedelta(minutes=minutes)) if done else None
    return {**made, **{name: ULID().hex for name in made if name.endswith("_hash") and made[name]}}


def _moved(row: Row, ago: timedelta, chance: random.Random) -> Row:
    made = {**row, **({"id": str(ULID())} if "id" in row else {})}
    if "score" in row:
        made["score"] = round(min(10, max(7, row["score"] - chance.random() * 2.5)), 1)
    if row.get("created_at"):
        made["created_at"] = _before(row["created_at"], ago)
    return made


def _before(time: str, ago: timedelta) -> str:
    return (datetime.fromisoformat(time) - ago).isoformat()


def _insert(rows: Rows, table: str, row: Row) -> None:
    statement = f"insert into {table} select * from jsonb_populate_record(null::{table}, %(row)s)"  # noqa: S608
    rows(statement, row=json.dumps(row))
