"""The command that measures the score: its exit codes, and what its reports say and keep to themselves."""

import re
from pathlib import Path

import pytest
from lxml import html

from evals.rows import BrokenData
from evals.scoring import __main__ as command
from evals.scoring.__main__ import MISSED, NOT_MEASURED, main
from evals.scoring.catalogue import SUITES
from evals.scoring.data import Data, read_data
from evals.scoring.page import MOST_SHOWN, page
from evals.scoring.plot import MOST_PROFESSIONS, by_profession
from evals.scoring.release import write_release
from evals.scoring.results import OWN_SET
from evals.scoring.suite import Example, Suite
from tests.evals.suites import GOOD, WEAK, results, suite


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests, and a wide terminal."""
    for name in ("PETRAF_EVAL_DATA", "LANGSMITH_API_KEY", "LANGSMITH_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"COLUMNS": "300", "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def own() -> Data:
    return read_data(None)


@pytest.fixture(scope="module")
def measured(own: Data) -> tuple[Suite, ...]:
    """The quick suites that are drawn."""
    return tuple(SUITES[name](own) for name in ("ranking", "detection", "calibration", "stability"))


def only(monkeypatch: pytest.MonkeyPatch, made: Suite) -> None:
    monkeypatch.setattr(command, "SUITES", {made.name: lambda data: made})


def test_one_suite_is_measured_on_our_own_set_and_says_plainly_whose_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--suite", "ranking", "--reports", str(tmp_path)])
    printed = capsys.readouterr().out
    assert code == 0
    assert OWN_SET in printed.replace("\n", " ")
    assert re.search(r"ranking +rewrites with number and date .* at least 0.98 +1.000 +held", printed)
    assert "fairness" not in printed
    assert "Not uploaded: LANGSMITH_API_KEY is not set." in printed
    assert [path.name for path in tmp_path.iterdir()] == ["scoring.html"]
    assert OWN_SET in html.fromstring((tmp_path / "scoring.html").read_text()).text_content()


@pytest.mark.parametrize(("held", "code", "said"), [(True, 0, "held"), (False, MISSED, "MISSED")])
def test_a_missed_bar_fails_the_run_after_everything_is_written(
    held: bool,
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    only(monkeypatch, suite(GOOD, WEAK, held=held))
    assert main(["--reports", str(tmp_path), "--release"]) == code
    assert re.search(rf"share <right> +at least 0.9 +0.500 +{said}", capsys.readouterr().out)
    assert (tmp_path / "RELEASE.md").exists()


def test_data_that_cannot_be_read_is_one_line_and_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETRAF_EVAL_DATA", str(tmp_path))
    assert main(["--reports", str(tmp_path / "reports")]) == NOT_MEASURED
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "PETRAF_EVAL_DATA" in told
    assert not (tmp_path / "reports").exists()


def test_files_without_a_row_are_named(tmp_path: Path) -> None:
    (tmp_path / "goals").mkdir()
    (tmp_path / "goals" / "pairs.jsonl").write_text("\n")
    with pytest.raises(BrokenData, match=r"pairs\.jsonl holds no row"):
        read_data(tmp_path)


@pytest.mark.parametrize("arguments", [["--suite", "nothing"], ["--suite", "ranking", "--release"]])
def test_wrong_arguments_measure_nothing(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == NOT_MEASURED
    assert capsys.readouterr().err


@pytest.mark.parametrize("name", SUITES)
def test_every_example_of_a_suite_has_an_id_of_its_own(name: str, own: Data) -> None:
    made = SUITES[name](own)
    assert made.name == name
    assert len({example.id for example in made.examples}) == len(made.examples)


def test_texts_stand_in_the_page_as_text_and_never_as_markup() -> None:
    evil = Example("<i>g3", {"text": "<script>alert(1)</script>"}, {"a": "<img src=x>"}, {"<b>": "x"}, False)
    written = page(results(suite(WEAK, evil)))
    seen = html.fromstring(written)
    for markup in ("script", "img", "i", "b"):
        assert not seen.findall(f".//{markup}")
    for text in ("<script>alert(1)</script>", "Be <b>better</b> & “nicer”", "<i>g3", "share <right>", "a: <img src=x>"):
        assert text in seen.text_content()


def test_a_professions_name_is_plain_text_in_its_plot_too() -> None:
    named = "<script>x</script> & co $a_b$"
    example = Example("p1", {"profession": named}, {}, {"vague": 2.0, "smart": 8.0}, True)
    written = page(results(Suite("ranking", "", [example], (), {}, {"vague": [2.0], "SMART": [8.0]})))
    assert "<script" not in written
    assert f"{named} (1)" in html.fromstring(written).text_content()


def test_the_page_loads_nothing_and_takes_its_colours_from_the_reader(measured: tuple[Suite, ...]) -> None:
    written = page(results(*measured))
    assert written.count("<svg") == 4
    for loads in ("<script", "<link", "<img", "@import", "src=", "url(http"):
        assert loads not in written
    addresses = set(re.findall(r"https?://[^\s\"'<]+", written))
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "prefers-color-scheme: dark" in written
    assert not re.search(r"(?:fill|stroke): #(?!ffffff)", written)
    ids = re.findall(r' id="([^"]+)"', written)
    assert len(ids) == len(set(ids))


def test_the_page_shows_so_many_wrong_examples_and_says_how_many_there_are() -> None:
    many = [Example(f"g{n}", {"text": f"goal number {n}."}, {}, {}, False) for n in range(MOST_SHOWN + 3)]
    written = page(results(suite(GOOD, *many)))
    assert f"{MOST_SHOWN + 3} of {MOST_SHOWN + 4} examples came out wrong, the first {MOST_SHOWN} here" in written
    assert f"goal number {MOST_SHOWN - 1}." in written
    assert f"goal number {MOST_SHOWN}." not in written
    assert "Weld ten frames" not in written


def test_a_release_holds_figures_and_ids_and_nobodys_words(
    own: Data, measured: tuple[Suite, ...], tmp_path: Path
) -> None:
    files = list(write_release(tmp_path, results(*measured)))
    assert sorted(path.name for path in files) == sorted(path.name for path in tmp_path.iterdir())
    written = "\n".join(path.read_text() for path in files)
    assert "RELEASE.md" in {path.name for path in files}
    for text in (
        *(one.text for one in own.singles),
        *(text for pair in own.pairs for text in (pair.vague, pair.smart)),
    ):
        assert text not in written
    assert str(tmp_path) not in written
    assert (
        "| ranking | rewrites with number and date score above the vague goal | at least 0.98 | 1.000 | held |"
        in written
    )
    assert OWN_SET not in written
    wrong = next(example.id for example in measured[1].examples if not example.right)
    assert f"`{wrong}`" in written


def test_a_release_on_our_own_set_says_so(measured: tuple[Suite, ...], tmp_path: Path) -> None:
    *_, written = write_release(tmp_path, results(measured[0], own=True))
    assert f"**{OWN_SET}**" in written.read_text()


def test_a_rerun_writes_the_same_files(measured: tuple[Suite, ...], tmp_path: Path) -> None:
    first, second = (
        {path.name: path.read_bytes() for path in write_release(folder, results(*measured))}
        for folder in (tmp_path, tmp_path)
    )
    assert first == second
    assert page(results(*measured)) == page(results(*measured))


def test_rare_professions_share_a_row() -> None:
    def example(profession: str, vague: float) -> Example:
        return Example(profession, {"profession": profession}, {}, {"vague": vague, "smart": 8.0}, True)

    rare = [example(f"rare {n:02}", 4.0) for n in range(MOST_PROFESSIONS + 1)]
    found = by_profession([*rare, example("nurse", 2.0), example("nurse", 3.0)])
    assert found[0] == ("nurse", 2, 2.5, 8.0)
    assert found[-1] == ("2 others", 2, 4.0, 8.0)
    assert len(found) == MOST_PROFESSIONS + 1
