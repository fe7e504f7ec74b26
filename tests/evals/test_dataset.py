"""Reading an evaluation's data: any organisations in the layout, and one clear line for what is broken."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from evals.retrieval.__main__ import NOT_MEASURED, main
from evals.retrieval.dataset import OWN_UNANSWERABLE_OF_OTHERS, read_data
from evals.rows import BrokenData
from tests.evals.organisations import QUESTIONS, write_data


def test_every_folder_is_an_organisation_with_all_its_files_but_its_sources(tmp_path: Path) -> None:
    (write_data(tmp_path) / "companydocs" / "acme" / ".DS_Store").write_text("x")
    data = read_data(tmp_path)
    assert {one.name: one.files for one in data.organisations} == {
        "Globex 2": ("values.html",),
        "acme": ("README.md", "rules/leave.txt"),
    }


def test_questions_of_organisations_that_are_not_there_are_skipped_and_counted(tmp_path: Path) -> None:
    data = read_data(write_data(tmp_path))
    ours = len(OWN_UNANSWERABLE_OF_OTHERS.read_text().splitlines())
    assert ([one.id for one in data.answerable], [one.id for one in data.unanswerable]) == (["q1", "q2", "q3"], ["u1"])
    assert data.skipped == 1 + ours


def test_our_own_questions_that_others_documents_do_not_answer_are_asked_too(tmp_path: Path) -> None:
    write_data(tmp_path)
    (tmp_path / "companydocs" / "acme").rename(tmp_path / "companydocs" / "clef")
    (tmp_path / "companydocs" / "unanswerable.jsonl").unlink()
    data = read_data(tmp_path)
    assert data.unanswerable
    assert {one.org for one in data.unanswerable} == {"clef"}


@pytest.mark.parametrize("named", ["companydocs/acme/rules/leave.txt", "acme/rules/leave.txt", "rules/leave.txt"])
def test_a_file_is_named_from_any_of_its_folders(tmp_path: Path, named: str) -> None:
    row = {**QUESTIONS[0], "expected_file": "README.md", "also_in": [named]}
    data = read_data(write_data(tmp_path, [row]))
    assert data.right_files(data.answerable[0]) == {"README.md", "rules/leave.txt"}


def test_without_a_folder_it_is_our_own_small_set() -> None:
    data = read_data(None)
    assert "our own small set" in data.kind
    assert data.skipped == 0
    assert {one.org for one in data.answerable} == {one.name for one in data.organisations}
    assert all(data.right_files(one) for one in data.answerable)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expected_file": "companydocs/acme/gone.md"}, "acme has no file companydocs/acme/gone.md"),
        ({"expected_file": "../secret"}, "acme has no file ../secret"),
        ({"also_in": ["gone.md"]}, "acme has no file gone.md"),
        ({"also_in": "README.md"}, "also_in: "),
        ({"expected_substring": "  **  "}, "expected_substring has no word"),
        ({"question": " "}, "question: "),
        ({"org": 7}, "org: "),
        ({"id": "q1"}, "the id q1 is taken by row 1"),
    ],
)
def test_a_broken_row_is_named_with_file_and_number(tmp_path: Path, change: Mapping[str, object], said: str) -> None:
    write_data(tmp_path, [QUESTIONS[0], {**QUESTIONS[1], **change}])
    with pytest.raises(BrokenData) as error:
        read_data(tmp_path)
    assert f"questions.jsonl, row 2: {said}" in error.value.message
    assert "\n" not in error.value.message


@pytest.mark.parametrize("row", ["{not json", "[]", '"a question"', '{"id": "u1", "org": "acme"}'])
def test_a_row_that_is_no_question_is_named_too(tmp_path: Path, row: str) -> None:
    (write_data(tmp_path) / "companydocs" / "unanswerable.jsonl").write_text(f"\n{row}\n")
    with pytest.raises(BrokenData, match=r"unanswerable\.jsonl, row 2: .* with id, org, question, kind\."):
        read_data(tmp_path)


def _no_questions(root: Path) -> None:
    (root / "questions.jsonl").unlink()


def _latin(root: Path) -> None:
    (root / "questions.jsonl").write_bytes("Größe".encode("latin-1"))


def _other_organisations(root: Path) -> None:
    (root / "acme").rename(root / "hooli")
    (root / "Globex 2").rename(root / "umbrella")


def _empty(root: Path) -> None:
    for path in root.rglob("*.*"):
        if path.parent != root:
            path.unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_no_questions, "questions.jsonl is missing"),
        (_latin, "questions.jsonl can't be read"),
        (_other_organisations, "questions.jsonl asks nothing about hooli, umbrella"),
        (_empty, "companydocs holds no folder with documents"),
    ],
)
def test_a_broken_folder_says_what_is_wrong_with_it(tmp_path: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(write_data(tmp_path) / "companydocs")
    with pytest.raises(BrokenData, match=said):
        read_data(tmp_path)


def test_a_wrong_folder_is_one_line_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETRAF_EVAL_DATA", str(tmp_path / "nowhere"))
    assert main(["--reports", str(tmp_path / "reports")]) == NOT_MEASURED
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"PETRAF_EVAL_DATA: {tmp_path / 'nowhere'} is not a folder that holds companydocs/.")
    assert printed.err.count("\n") == 1
    assert not (tmp_path / "reports").exists()
