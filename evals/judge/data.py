"""The rows: texts with what they hold, and texts with the day they name. Held-out rows are counted and never shown."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.rows import BrokenData, Word
from state.phases import Phase

FOLDER = Path(__file__).parents[1] / "data" / "judge"
TODAY = date(2026, 11, 29)
"""The day on which every text was said."""

Part = Literal["tuned", "heldout"]
Kind = TypeVar("Kind", bound=BaseModel)


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True)


class Told(_Row):
    """A goal or a plan, and whether it says how one can tell and by when or how often."""

    id: Word
    phase: Phase
    text: Word
    measurable: bool
    time_bound: bool


class Dated(_Row):
    """A text that names one day, or none that a calendar could hold."""

    text: Word
    due: date | None


@dataclass(frozen=True, slots=True)
class Data:
    """Both kinds of rows of one part."""

    told: list[Told]
    dated: list[Dated]


def read_data(part: Part, folder: Path = FOLDER) -> Data | None:
    """The rows of a part, of all its authors; None when it isn't there.

    Raises BrokenData, which names the row and shows none of its text.
    """
    here = folder / part
    told, dated = sorted(here.glob("measure_time*.jsonl")), here / "dates.jsonl"
    if not told or not dated.is_file():
        return None
    return Data(
        [_row(path, *line, Told) for path in told for line in _lines(path)],
        [_row(dated, *line, Dated) for line in _lines(dated)],
    )


def _lines(path: Path) -> list[tuple[int, str]]:
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    return [(number, line) for number, line in lines if line.strip()]


def _row(path: Path, number: int, line: str, kind: type[Kind]) -> Kind:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "the row"
        fields = ", ".join(kind.model_fields)
        raise BrokenData(
            what=f"{path}, row {number}: {where} is wrong.", mend=f"A row is one JSON object with {fields}."
        ) from None
