"""The suite of amounts and times prints figures of held-out texts, and never a text of theirs."""

import json
from pathlib import Path

import pytest

from evals.judge.__main__ import MISSED, NOT_MEASURED, main
from evals.judge.data import FOLDER, read_data

SECRET = "Weigh the walrus by June 2028."
TOLD = {"id": "h1", "phase": "g8_actions", "text": SECRET, "measurable": True, "time_bound": False}


def _held_out(folder: Path, told: dict[str, object]) -> Path:
    (folder / "heldout").mkdir()
    (folder / "heldout" / "measure_time.jsonl").write_text(json.dumps(told) + "\n")
    (folder / "heldout" / "dates.jsonl").write_text(json.dumps({"text": SECRET, "due": "2028-06-30"}) + "\n")
    return folder


def test_held_out_texts_are_counted_and_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--wrong", "--data", str(_held_out(tmp_path, TOLD))]) == MISSED
    shown = capsys.readouterr().out
    assert "walrus" not in shown and "1.000" in shown


def test_a_broken_held_out_row_is_named_without_its_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(_held_out(tmp_path, {**TOLD, "measurable": "walrus"}))]) == NOT_MEASURED
    shown = capsys.readouterr().err
    assert "row 1: measurable is wrong" in shown and "walrus" not in shown


def test_the_tuned_rows_can_be_read() -> None:
    data = read_data("tuned")
    assert data and len(data.told) >= 150 and len(data.dated) >= 60


def test_a_part_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert read_data("heldout", tmp_path) is None and FOLDER.is_dir()
