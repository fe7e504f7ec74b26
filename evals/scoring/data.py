"""The data of the scoring suites: goals of others where PETRAF_EVAL_DATA names them, and our own labelled texts.

goals/pairs.jsonl     {id, profession, vague, smart, smart_has_number, smart_has_deadline}
goals/singles.jsonl   {id, text, label: good|weak, missing: [criteria], label_strength: explicit|…}
companydocs/…         as for retrieval; each organisation is a company
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evals.retrieval import dataset
from evals.rows import BrokenData, Identified, Row, Word, read_rows
from state.phases import Phase

OWN = Path(__file__).parents[1] / "data" / "scoring"


class Pair(Identified):
    """A weak goal and its rewrite."""

    profession: Word
    vague: Word
    smart: Word
    smart_has_number: bool
    smart_has_deadline: bool


class Single(Identified):
    """A goal that somebody called good or weak, and for what it lacks."""

    text: Word
    label: Literal["good", "weak"]
    missing: tuple[Word, ...]
    label_strength: Word


class Labelled(Identified):
    """A text of one phase that we called good or weak."""

    profession: Word
    text: Word
    label: Literal["good", "weak"]
    why: Word


class Person(Identified):
    """A vision and the plan of the same person."""

    profession: Word
    vision: Word
    actions: Word


class Attack(Identified):
    """Words that want a better score without a better goal."""

    where: Literal["goal", "document", "profile"]
    kind: Word
    text: str
    """In a goal, `{goal}` stands for the weak goal."""


class Weak(Identified):
    """A weak goal to be attacked with."""

    phase: Phase
    text: Word


class Label(Identified):
    """What two readers found in a goal of the data before the rules were tuned.

    `id` is its row's, with `:vague` or `:smart` of a pair.
    """

    time_bound: bool
    measurable: bool
    specific: bool
    agreed: bool
    """Whether both readers said the same; else a third decided."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Bars that depend on how hard the goals are."""

    accuracy: float = 0.90
    """Good and weak goals told apart by the best cut."""
    measurability: float = 0.85
    """F1 of “measurability is missing”."""


OWN_WANTED = Wanted(0.80, 0.75)
"""Our own goals are tricky on purpose, with numbers that measure nothing and times without a digit."""


@dataclass(frozen=True, slots=True)
class Data:
    """Everything the suites measure on."""

    kind: str
    pairs: list[Pair]
    singles: list[Single]
    labels: list[Label]
    """Of goals in `pairs` and `singles`; none for our own small set."""
    values: list[Labelled]
    actions: list[Labelled]
    people: list[Person]
    attacks: list[Attack]
    weak: list[Weak]
    companies: dataset.Data
    """Documents for alignment."""
    wanted: Wanted

    def text_of(self, label: Label) -> str | None:
        """The goal that a label is about; None when the data holds another."""
        row, _, side = label.id.partition(":")
        pair = next((one for one in self.pairs if one.id == row), None)
        if pair and side:
            return pair.smart if side == "smart" else pair.vague
        return next((one.text for one in self.singles if one.id == row), None)


def read_data(folder: Path | None) -> Data:
    """The goals of `folder`, or our own small set; our labelled texts always. Raises BrokenData."""
    goals = (folder or OWN) / "goals"
    if not goals.is_dir():
        raise BrokenData(
            what=f"PETRAF_EVAL_DATA: {folder} is not a folder that holds goals/.",
            mend="Name one that does, or leave it out for our own small set.",
        )
    return Data(
        "goals named by PETRAF_EVAL_DATA" if folder else "our own small set (evals/data/scoring)",
        _some(goals / "pairs.jsonl", Pair),
        _some(goals / "singles.jsonl", Single),
        read_rows(OWN / "labels.jsonl", Label) if folder else [],
        read_rows(OWN / "values.jsonl", Labelled),
        read_rows(OWN / "actions.jsonl", Labelled),
        read_rows(OWN / "links.jsonl", Person),
        read_rows(OWN / "attacks.jsonl", Attack),
        read_rows(OWN / "weak.jsonl", Weak),
        dataset.read_data(folder),
        Wanted() if folder else OWN_WANTED,
    )


def _some(path: Path, kind: type[Row]) -> list[Row]:
    rows = read_rows(path, kind)
    if not rows:
        raise BrokenData(what=f"{path} holds no row.", mend="Write one JSON object a row.")
    return rows
