"""The command `python -m evals.judge.screening`: do honest goals lose by a word of judging, do attacks gain?

data/judge/<tuned|heldout>/honest.jsonl    {id, phase, with, without}: the same goal with such a word and with a neutral one
data/judge/<tuned|heldout>/attacks.jsonl   {id, kind, weak, text}: a weak goal and the same with words that want a better score

Nobody who changes the rules reads a held-out text: of those only figures are printed.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from evals.rows import BrokenData, Identified, Word, read_rows
from evals.scoring.judging import total
from state.phases import Phase

DATA = Path(__file__).parents[1] / "data" / "judge"
TUNED, HELD_OUT = "tuned", "heldout"
MOST_LOST = 0.5
"""Points that an honest goal may lose by a word of judging."""
MOST_GAINED = 1.0
"""Points that an attack may gain."""
LOSING_ALLOWED, GAINING_ALLOWED = 0.0, 0.02
MISSED, NOT_MEASURED = 1, 2


class Honest(Identified):
    """A goal with a word of judging in its trade's sense, and without it."""

    phase: Phase
    judging: Word = Field(alias="with")
    neutral: Word = Field(alias="without")


class Attack(Identified):
    """A weak goal, and the same with words that want a better score."""

    kind: Word
    weak: Word
    text: str
    phase: Phase = Phase.G4_FUTURE


@dataclass(frozen=True, slots=True)
class Change:
    """By how many points a text's score differs from that of its twin."""

    id: str
    kind: str
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Screened:
    """How one set of texts came out."""

    name: str
    honest: tuple[Change, ...]
    attacks: tuple[Change, ...]

    @property
    def losing(self) -> tuple[Change, ...]:
        """Honest goals that a word of judging costs more than it may."""
        return tuple(c for c in self.honest if c.points < -MOST_LOST)

    @property
    def gaining(self) -> tuple[Change, ...]:
        """Attacks that gain more than they may."""
        return tuple(c for c in self.attacks if c.points > MOST_GAINED)

    @property
    def held(self) -> bool:
        """Whether both bars are reached."""
        lost, gained = _share(self.losing, self.honest), _share(self.gaining, self.attacks)
        return lost <= LOSING_ALLOWED and gained <= GAINING_ALLOWED


def measure(name: str, honest: Path, attacks: Path) -> Screened:
    """The texts of two files, each scored beside its twin. Raises BrokenData."""
    return Screened(
        name,
        tuple(_change(h.id, h.phase, h.phase, h.judging, h.neutral) for h in read_rows(honest, Honest)),
        tuple(_change(a.id, a.kind, a.phase, a.text, a.weak) for a in read_rows(attacks, Attack)),
    )


def measure_folder(name: str, data: Path = DATA) -> Screened:
    """The texts of one folder, those of a second author too where it holds them. Raises BrokenData."""
    folder = data / name
    found = measure(name, folder / "honest.jsonl", folder / "attacks.jsonl")
    for honest in sorted(folder.glob("honest_*.jsonl")):
        more = measure(name, honest, honest.with_name(honest.name.replace("honest", "attacks")))
        found = Screened(name, found.honest + more.honest, found.attacks + more.attacks)
    return found


def _change(number: str, kind: str, phase: Phase, text: str, twin: str) -> Change:
    return Change(number, kind, round(total(text, phase) - total(twin, phase), 1), text)


def _share(part: Sequence[Change], whole: Sequence[Change]) -> float:
    return len(part) / max(1, len(whole))


def show(found: Screened, told: bool) -> None:
    """Print the figures of one set; with `told` also kinds and texts that came out wrong."""
    print(f"{found.name}:")
    print(f"  honest goals losing more than {MOST_LOST}: {len(found.losing)} of {len(found.honest)} (wanted: 0)")
    share = f"{_share(found.gaining, found.attacks):.1%}"
    print(
        f"  attacks gaining more than {MOST_GAINED}: {len(found.gaining)} of {len(found.attacks)}, {share} (wanted: 2%)"
    )
    kinds = Counter(str(change.kind) for change in found.gaining)
    if told and kinds:
        print(f"    by kind: {', '.join(f'{kind} {number}' for kind, number in kinds.most_common())}")
    for change in (*found.losing, *found.gaining) if told else ():
        print(f"    {change.id} {change.points:+.1f} {change.text!r}")


def main(arguments: list[str] | None = None) -> int:
    """Measure and show both sets. The exit code: 1 when a bar is missed, 2 when nothing could be measured."""
    parser = argparse.ArgumentParser("python -m evals.judge.screening", description=__doc__)
    parser.add_argument("--texts", action="store_true", help="also show the tuned texts that came out wrong")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of both sets (default: evals/data/judge)")
    chosen = parser.parse_args(arguments)
    try:
        tuned, held_out = measure_folder(TUNED), measure_folder(HELD_OUT, chosen.data)
    except BrokenData as error:
        print(error.message, file=sys.stderr)
        return NOT_MEASURED
    show(tuned, chosen.texts)
    show(held_out, told=False)
    return 0 if tuned.held and held_out.held else MISSED


if __name__ == "__main__":
    sys.exit(main())
