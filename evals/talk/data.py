"""The texts of `evals/data/talk`: labelled segments and dialogues, each tuned or held out."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel

from nodes.understanding.features import fold

FOLDER = Path(__file__).parent.parent / "data" / "talk"
LANGUAGES = ("en", "de", "es", "fr", "pl")
OTHER = "other"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled segment."""

    text: str
    act: str
    about: str
    language: str
    """One of LANGUAGES, or OTHER."""
    author: str = ""
    """Who wrote the file: the second part of its name, `b1` of `en_b1_05_questions.jsonl`."""

    @property
    def label(self) -> str:
        """`question.term`, or the act alone."""
        return f"{self.act}.{self.about}" if self.about else self.act


def read_acts(split: str, file: str = "*") -> list[Row]:
    """All labelled segments of a split, in a fixed order."""
    return [row for path in sorted((FOLDER / "acts" / split).glob(f"{file}.jsonl")) for row in _rows(path)]


def unseen(rows: Sequence[Row], tuned: Sequence[Row]) -> list[Row]:
    """The rows whose words don't stand in the same order in a tuned row: what a head can have learned by heart proves nothing."""
    known = {_words(row) for row in tuned}
    return [row for row in rows if _words(row) not in known]


def _words(row: Row) -> str:
    """The words as the heads read them, without case, accents, stops and quotes; numbers are all alike."""
    return " ".join(_WORD.findall(fold(row.text))) or row.text


def _rows(path: Path) -> Iterator[Row]:
    author = path.stem.split("_")[1] if "_" in path.stem else path.stem
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield _row(json.loads(line), author)


def _row(kept: dict[str, str], author: str) -> Row:
    language = kept.get("lang", "en")
    return Row(kept["text"], kept["act"], kept.get("about") or "", language if language in LANGUAGES else OTHER, author)


class Check(BaseModel):
    """A pattern that a goal must hold, or must not."""

    kind: str
    pattern: str

    def stands_in(self, text: str) -> bool:
        """Whether the pattern is found, case aside."""
        return re.search(self.pattern, text, re.IGNORECASE) is not None


class Said(BaseModel):
    """One message of the employee's, with what should be heard and answered."""

    say: str
    acts: list[str]
    reply: list[str] = []
    kind: str = ""


class Dialogue(BaseModel):
    """A dialogue by its properties."""

    id: str
    lang: str
    position: str
    phase: str
    confirm: bool
    turns: list[Said]
    goal_must: list[Check] = []
    goal_must_not: list[Check] = []
    saved: bool | None = None

    @property
    def language(self) -> str:
        """What the session is held in."""
        return self.lang

    @property
    def expires(self) -> datetime:
        """When its session is over."""
        return datetime.now(UTC) + timedelta(days=1)


def read_dialogues(split: str) -> list[Dialogue]:
    """All dialogues of a split, in a fixed order."""
    paths = sorted((FOLDER / "dialogues" / split).glob("*.jsonl"))
    return [Dialogue.model_validate_json(line) for path in paths for line in _lines(path)]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
