"""The evaluation end to end, on two tiny organisations in a scratch database."""

from pathlib import Path
from secrets import token_hex

import psycopg
import pytest

from evals.retrieval.__main__ import MISSED, NOT_MEASURED, main
from retrievers import search
from retrievers.search import CompanyRetriever
from state.conversation import Passage
from state.identity import TenantId
from tests.evals.organisations import QUESTIONS, write_data

FULL = "| {name} | {asked} | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 |"
WIDE = {"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, admin_url: str) -> Path:
    """The organisations, named by the settings."""
    folder = write_data(tmp_path / "data")
    for name, value in {**WIDE, "PETRAF_EVAL_DATA": str(folder), "PETRAF_DATABASE_URL": admin_url}.items():
        monkeypatch.setenv(name, value)
    return folder


def run(reports: Path) -> tuple[int, str]:
    """The exit code and the page."""
    code = main(["--reports", str(reports)])
    return code, (reports / "retrieval.md").read_text()


def untimed(page: str) -> str:
    return page.split("## Time")[0]


def databases(admin_url: str) -> set[str]:
    with psycopg.connect(admin_url) as connection:
        return {name for (name,) in connection.execute("select datname from pg_database").fetchall()}


def test_what_is_found_is_measured_and_written_without_anybodys_words(
    data: Path, tmp_path: Path, admin_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    floor, mark = search.FLOOR, token_hex(6)
    monkeypatch.setattr("evals.retrieval.pipeline.token_hex", lambda _: mark)
    (data / "companydocs" / "acme" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, page = run(tmp_path / "reports")
    printed = capsys.readouterr().out
    assert code == 0
    for name, asked in (("acme", 2), ("Globex 2", 1), ("all", 3)):
        assert FULL.format(name=name, asked=asked) in page
    assert "| acme | 2 | 2 | 1 | 100% | – | 0 |" in page
    assert "4 questions asked as a company they are not about" in page
    assert "1 files were refused by the reader: acme/logo.png" in page
    assert "documents of organisations named by PETRAF_EVAL_DATA" in page
    assert "documents of organisations named by PETRAF_EVAL_DATA" in printed
    for words in (str(tmp_path), "mentors", "frightened", *(str(row["question"]) for row in QUESTIONS)):
        assert words not in page
    assert (tmp_path / "reports" / "retrieval.svg").read_text().startswith("<?xml")
    assert f"petraf_eval_{mark}" not in databases(admin_url)
    assert floor == search.FLOOR


def test_a_rerun_without_changes_differs_in_its_timings_alone(data: Path, tmp_path: Path) -> None:
    first, second = run(tmp_path / "one"), run(tmp_path / "two")
    assert untimed(first[1]) == untimed(second[1])
    assert (tmp_path / "one" / "retrieval.svg").read_bytes() == (tmp_path / "two" / "retrieval.svg").read_bytes()


def test_a_question_that_is_missed_is_named_with_its_rank_and_fails_the_run(data: Path, tmp_path: Path) -> None:
    lost = {**QUESTIONS[2], "id": "q9", "expected_substring": "words that stand nowhere"}
    write_data(data, [*QUESTIONS, lost], [{"id": "u1", "org": "acme", "question": QUESTIONS[0]["question"]}])
    code, page = run(tmp_path / "reports")
    assert code == MISSED
    assert "| recall@3 | at least 0.900 | 0.750 | **missed** |" in page
    assert "| q9 | Globex 2 | – | – | – | no passage holds the expected words |" in page
    assert "| foreign questions that cite nothing | at least 90.0% | 0.0% | **missed** |" in page
    assert "| u1 | acme | " in page


def test_a_floor_that_is_too_high_shows_what_it_costs(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FLOOR", 1.01)
    code, page = run(tmp_path / "reports")
    assert code == MISSED
    assert "| all | 3 | 0.00 | 0.00 | 0.00 | 0.00 | 1.00 | 1.00 |" in page
    assert page.count("| below the floor |") == 3


FIRST: dict[str, TenantId] = {}


class Leaking(CompanyRetriever):
    """Shows everybody what the company that asked a question first may see: its own."""

    async def passages(self, query: str) -> tuple[Passage, ...]:
        first = FIRST.setdefault(query, self.tenant)
        return await CompanyRetriever(tenant=first, library=self.library, k=self.k).passages(query)


def test_another_companys_passage_is_a_leak_and_fails_the_run(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FIRST.clear()
    monkeypatch.setattr(search, "CompanyRetriever", Leaking)
    code, page = run(tmp_path / "reports")
    assert code == MISSED
    assert "| passages of another company | 0 | 0 | held |" not in page
    assert "**missed** |" in page.split("| passages of another company |")[1].splitlines()[0]


def test_a_server_that_is_away_is_one_line(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETRAF_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert main(["--reports", str(tmp_path / "reports")]) == NOT_MEASURED
    assert "PETRAF_DATABASE_URL: no database for the evaluation can be made there" in capsys.readouterr().err
