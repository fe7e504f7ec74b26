"""The data of an evaluation: organisations with their files, and questions that name the passage which answers them.

    companydocs/ORGANISATION/…              every file is a document of that organisation
    companydocs/questions.jsonl             {id, org, question, expected_file, expected_substring, also_in}
    companydocs/unanswerable.jsonl          {id, org, question, kind: foreign|near}; may be missing

A file is named from the data's folder (companydocs/acme/a.md), from the organisations' (acme/a.md) or from its own (a.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evals.retrieval.measure import Wanted, plain
from evals.rows import BrokenData, Identified, Word, broken, read_rows

OWN = Path(__file__).parents[1] / "data" / "retrieval"
OWN_WANTED = Wanted(recall=0.80, mrr=0.75)
"""Our own questions are put in other words than the text on purpose; these bars only tell when it gets worse."""
OWN_UNANSWERABLE_OF_OTHERS = OWN / "companydocs_unanswerable.jsonl"
"""Our own questions that the documents of others don't answer."""
ORGANISATIONS = "companydocs"
NO_DOCUMENT = "SOURCES.md"


class Question(Identified):
    """A question to an organisation's documents."""

    org: Word
    question: Word


class Unanswerable(Question):
    """A question that no document of the organisation answers."""

    kind: Literal["foreign", "near"] = "foreign"
    """foreign: the documents touch nothing of it. near: its topic is there and only the answer isn't."""


class Answerable(Question):
    """A question with the words that a right passage holds, and the files it may stand in."""

    expected_file: Word
    expected_substring: Word
    also_in: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company of the data."""

    name: str
    folder: Path
    files: tuple[str, ...]
    """Paths below `folder`."""

    def find(self, named: str) -> str | None:
        """The file that a row names."""
        parents = (f"{self.folder.parent.name}/{self.name}/", f"{self.name}/", "")
        return next((named[len(p) :] for p in parents if named.startswith(p) and named[len(p) :] in self.files), None)


@dataclass(frozen=True, slots=True)
class Data:
    """What is evaluated."""

    kind: str
    """As a report names it."""
    organisations: tuple[Organisation, ...]
    answerable: tuple[Answerable, ...]
    unanswerable: tuple[Unanswerable, ...]
    skipped: int
    """Questions of organisations that are not in the data."""
    wanted: Wanted

    def right_files(self, question: Answerable) -> frozenset[str]:
        """The files below the organisation's folder whose passages may answer."""
        organisation = next(one for one in self.organisations if one.name == question.org)
        return frozenset(file for named in _named(question) if (file := organisation.find(named)))


def read_data(folder: Path | None) -> Data:
    """The data of `folder`, or our own small set. Raises BrokenData with the file and row that must be mended."""
    if folder is None:
        return _read("our own small set (evals/data/retrieval)", OWN / "documents", OWN, (), OWN_WANTED)
    root = folder / ORGANISATIONS
    if not root.is_dir():
        raise BrokenData(
            what=f"PETRAF_EVAL_DATA: {folder} is not a folder that holds {ORGANISATIONS}/.",
            mend="Name one that does, or leave it out for our own small set.",
        )
    return _read(
        "documents of organisations named by PETRAF_EVAL_DATA", root, root, (OWN_UNANSWERABLE_OF_OTHERS,), Wanted()
    )


def _read(kind: str, root: Path, questions: Path, more_unanswerable: Iterable[Path], wanted: Wanted) -> Data:
    organisations = tuple(
        one for path in sorted(root.iterdir()) if path.is_dir() and (one := _organisation(path)).files
    )
    if not organisations:
        raise BrokenData(what=f"{root} holds no folder with documents.", mend="Make one for each organisation.")
    known = {one.name: one for one in organisations}

    def check(number: int, row: Answerable) -> None:
        if row.org in known:
            _check(questions / "questions.jsonl", number, row, known[row.org])

    asked = read_rows(questions / "questions.jsonl", Answerable, check)
    answerable = [row for row in asked if row.org in known]
    if not answerable:
        raise BrokenData(
            what=f"{questions / 'questions.jsonl'} asks nothing about {', '.join(known)}.",
            mend="Name these organisations in its rows' org, or add their folders.",
        )
    own = questions / "unanswerable.jsonl"
    open_rows = [
        row for path in (*more_unanswerable, *([own] if own.exists() else [])) for row in read_rows(path, Unanswerable)
    ]
    unanswerable = [row for row in open_rows if row.org in known]
    skipped = len(asked) - len(answerable) + len(open_rows) - len(unanswerable)
    return Data(kind, organisations, tuple(answerable), tuple(unanswerable), skipped, wanted)


def _organisation(folder: Path) -> Organisation:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.name != NO_DOCUMENT)
    files = sorted(path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))
    return Organisation(folder.name, folder, tuple(files))


def _check(path: Path, number: int, row: Answerable, organisation: Organisation) -> None:
    for named in _named(row):
        if organisation.find(named) is None:
            raise broken(path, number, f"{row.org} has no file {named}", "Name a file of the organisation's folder.")
    if not plain(row.expected_substring):
        raise broken(path, number, "expected_substring has no word", "Quote words of the passage that answers.")


def _named(row: Answerable) -> tuple[str, ...]:
    return (row.expected_file, *row.also_in)
