"""What a run measured, on which data and with which rules."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from evals.scoring.data import Data
from evals.scoring.suite import Suite
from nodes.rules.judge import MODEL, PROMPT_VERSION
from state.rubric import DEFAULT_RUBRICS

OWN_SET = (
    "These figures are of our own small set: we wrote the goals and their labels ourselves, so they show that the suites run, "
    "and little about goals of other people. Name a folder with PETRAF_EVAL_DATA to measure on those."
)


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that a run measured."""

    kind: str
    own: bool
    """Whether the goals are our own small set."""
    about: str
    """How many goals, and which: a fingerprint that changes with any of them."""
    suites: tuple[Suite, ...]

    @property
    def held(self) -> bool:
        """Whether every bar is reached."""
        return all(bar.held for suite in self.suites for bar in suite.bars)

    def by_name(self) -> Mapping[str, Suite]:
        """The suites that ran."""
        return {suite.name: suite for suite in self.suites}


def about(data: Data) -> str:
    """The size and the fingerprint of the goals."""
    digest = hashlib.sha256()
    for row in (*data.pairs, *data.singles):
        digest.update(row.model_dump_json().encode())
    return f"{len(data.pairs)} pairs and {len(data.singles)} single goals, fingerprint {digest.hexdigest()[:12]}"


def measured_with() -> Mapping[str, str]:
    """What a score depends on, by name."""
    rubrics = {f"rubric of {phase.value}": rubric.version for phase, rubric in DEFAULT_RUBRICS.items()}
    return {"Petraf": _version(), "judge": f"{MODEL}, version {PROMPT_VERSION}", **rubrics}


def _version() -> str:
    try:
        return version("petraf")
    except PackageNotFoundError:
        return "not installed"
