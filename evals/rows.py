"""Reads rows of evaluation data, one JSON object a line, and says which row of which file must be mended."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from state.errors import PetrafError

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Row = TypeVar("Row", bound="Identified")


class BrokenData(PetrafError):
    """{what} {mend}"""

    code = "WRONG_SETTING"


class Identified(BaseModel):
    """A row with an id of its own."""

    model_config = ConfigDict(frozen=True)

    id: Word


def read_rows(path: Path, kind: type[Row], check: Callable[[int, Row], None] = lambda number, row: None) -> list[Row]:
    """Every row of a file, each checked with its number. Raises BrokenData with the file and row that must be mended."""
    rows: list[Row] = []
    first: dict[str, int] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        row = _row(path, number, kind, line)
        if row.id in first:
            raise broken(path, number, f"the id {row.id} is taken by row {first[row.id]}", "Give it another.")
        first[row.id] = number
        check(number, row)
        rows.append(row)
    return rows


def broken(path: Path, number: int, reason: str, mend: str) -> BrokenData:
    """What is wrong with a row and how to mend it."""
    return BrokenData(what=f"{path}, row {number}: {reason}.", mend=mend)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise BrokenData(what=f"{path} is missing.", mend="Write one JSON object a row.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenData(what=f"{path} can't be read: {error}.", mend="Save it as UTF-8 text.") from None


def _row(path: Path, number: int, kind: type[Row], line: str) -> Row:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        fields = ", ".join(kind.model_fields)
        raise broken(path, number, reason, f"A row is one JSON object with {fields}.") from None
