"""A goal's exam comes back from its record exactly as the judge had it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from nodes.coach import Exam
from nodes.exams import ExamUnreadable, kept, recalled
from nodes.rules.judge import judge
from state.conversation import Passage
from state.phases import Phase
from state.rubric import ANCHORS, DEFAULT_RUBRICS, Criterion, Rubric

OWN = Rubric(
    criteria={
        "zeal": Criterion(weight=40, description="d", keywords=("audit", "ward")),
        "calm": Criterion(weight=60, description="d", levels=dict.fromkeys(ANCHORS, "words"), example="Breathe"),
    }
)
PASSAGES = (
    Passage(
        "Nurses train starters.\nEvery ward – daily.",
        "Handbook.pdf",
        "doc-1",
        3,
        "values",
        0.8712345678901234,
        "Training",
    ),
    Passage("A charge nurse leads a shift.", "Ladder", "doc-2", None, "career_framework", 0.5, "", "2.1"),
)
EXAM = Exam(
    Phase.G4_FUTURE,
    "Train 4 starters on the ward by June 2027",
    ((6, 7), (29, 41)),
    DEFAULT_RUBRICS[Phase.G4_FUTURE],
    PASSAGES,
    True,
    date(2026, 1, 10),
    6.5,
)


@pytest.mark.parametrize(
    "exam", [EXAM, replace(EXAM, rubric=OWN, rag_enabled=False), replace(EXAM, passages=(), proposals=())]
)
def test_an_exam_survives_its_record_whole(exam: Exam) -> None:
    read = recalled(json.loads(json.dumps(kept(exam))), exam.phase, exam.text)
    assert read == exam
    assert list(read.rubric.criteria) == list(exam.rubric.criteria)
    assert read.rubric.version == exam.rubric.version
    assert judge(read) == judge(exam)


def test_a_record_holds_neither_the_goals_text_nor_its_phase_twice() -> None:
    assert EXAM.text not in json.dumps(kept(EXAM))
    assert set(kept(EXAM)) == {"rubric", "passages", "proposals", "rag_enabled", "today", "threshold", "company"}


@pytest.mark.parametrize("wrong", [{}, {"rubric": {"criteria": {}}}, {**kept(EXAM), "today": "yesterday"}])
def test_a_record_that_cannot_be_read_says_so(wrong: dict[str, object]) -> None:
    with pytest.raises(ExamUnreadable, match="another version"):
        recalled(wrong, EXAM.phase, EXAM.text)
