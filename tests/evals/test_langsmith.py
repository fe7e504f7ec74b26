"""What is uploaded to LangSmith, seen from a server that takes it; without a key nothing is."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from evals.scoring import __main__ as command
from evals.scoring import langsmith
from evals.scoring.__main__ import MISSED, main
from evals.scoring.langsmith import AT_ONCE, NotUploaded, upload
from evals.scoring.suite import Example
from tests.evals.langsmith_server import Json, LangSmith, langsmith_server
from tests.evals.suites import GOOD, WEAK, results, suite

SECRET = "lsv2_sk_only_for_this_test"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LangSmith]:
    with langsmith_server() as serving:
        monkeypatch.setenv("LANGSMITH_API_KEY", SECRET)
        monkeypatch.setenv("LANGSMITH_ENDPOINT", serving.url)
        yield serving


def examples(server: LangSmith) -> dict[str, Json]:
    """What the only dataset holds, by our ids."""
    (of,) = server.examples.values()
    return {one["metadata"]["id"]: one for one in of.values()}


def writes(server: LangSmith) -> tuple[int, int, int]:
    """Datasets created, and requests that create and that update examples."""
    path = "/v1/platform/datasets/[^/]+/examples"
    return server.sent("POST", "/datasets"), server.sent("POST", path), server.sent("PATCH", path)


def test_a_suite_becomes_a_dataset_with_an_experiment_of_outputs_and_scores(server: LangSmith) -> None:
    (name,) = upload(results(suite(GOOD, WEAK)))
    assert server.keys == {SECRET}
    dataset = server.datasets["petraf-calibration"]
    assert dataset["description"] == "a few goals. Of goals of others."
    there = examples(server)
    assert {number: (one["inputs"], one["outputs"]) for number, one in there.items()} == {
        one.id: (one.inputs, one.expected) for one in (GOOD, WEAK)
    }
    (experiment,) = server.experiments
    assert (experiment["name"], experiment["reference_dataset_id"]) == (name, dataset["id"])
    metadata = experiment["extra"]["metadata"]
    assert metadata["bars"] == {"share <right>": "0.500, wanted at least 0.9: held"}
    assert metadata["figures"] == {"mean": 7.8}
    runs = {run["name"]: run for run in server.runs.values()}
    for one in (GOOD, WEAK):
        run = runs[one.id]
        assert (run["session_name"], run["inputs"], run["outputs"]) == (name, one.inputs, one.got)
        assert run["reference_example_id"] == there[one.id]["id"]
        assert run["dotted_order"].endswith(run["id"])
    given = {(server.runs[one["run_id"]]["name"], one["key"], one["score"]) for one in server.feedback}
    assert given == {("g1", "right", 1.0), ("g1", "score", 8.5), ("g2", "right", 0.0), ("g2", "score", 7.1)}
    assert {one["session_id"] for one in server.feedback} == {experiment["id"]}


def test_nothing_but_what_was_measured_leaves_the_machine(server: LangSmith) -> None:
    upload(results(suite(GOOD)))
    (run,) = server.runs.values()
    assert "extra" not in run
    assert not {"git", "revision_id"} & set(server.experiments[0]["extra"]["metadata"])


def test_a_second_run_adds_an_experiment_and_leaves_the_examples_alone(server: LangSmith) -> None:
    first, second = (upload(results(suite(GOOD, WEAK))) for _ in range(2))
    assert first != second
    assert writes(server) == (1, 1, 0)
    assert len(server.experiments) == 2
    assert len(examples(server)) == 2


def test_only_changed_examples_are_updated_and_only_new_ones_created(server: LangSmith) -> None:
    upload(results(suite(GOOD, WEAK)))
    before = examples(server)
    relabelled = Example(WEAK.id, WEAK.inputs, {"label": "good"}, WEAK.got, True)
    upload(results(suite(GOOD, relabelled, Example("g3", {"text": "New."}, {"label": "weak"}, {}, True))))
    after = examples(server)
    assert writes(server) == (1, 2, 1)
    assert after["g1"] == before["g1"]
    assert (after["g2"]["id"], after["g2"]["outputs"]) == (before["g2"]["id"], {"label": "good"})
    assert set(after) == {"g1", "g2", "g3"}


def test_many_examples_go_in_slices_and_none_is_lost(server: LangSmith) -> None:
    many = [Example(f"g{n}", {"text": f"Goal {n}."}, {"n": n}, {"score": n / 100}, True) for n in range(AT_ONCE + 5)]
    upload(results(suite(*many)))
    upload(results(suite(*many)))
    assert len(examples(server)) == len(many)
    assert (len(server.runs), len(server.feedback)) == (2 * len(many), 4 * len(many))
    assert writes(server) == (1, 2, 0)


def test_our_own_set_has_a_dataset_of_its_own(server: LangSmith) -> None:
    upload(results(suite(GOOD), own=True))
    upload(results(suite(GOOD)))
    (own, others) = (server.datasets[name]["id"] for name in ("petraf-calibration-own", "petraf-calibration"))
    assert {UUID(number) for number in server.examples[own]}.isdisjoint(UUID(n) for n in server.examples[others])


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [("/datasets", 401, "401"), ("/sessions", 403, "403"), ("/runs/multipart", 422, "422")],
)
def test_a_refusal_is_one_line_without_the_key(server: LangSmith, path: str, status: int, named: str) -> None:
    server.refusing = (path, status)
    with pytest.raises(NotUploaded) as told:
        upload(results(suite(GOOD)))
    assert named in told.value.message
    assert "\n" not in told.value.message
    assert SECRET[:5] not in told.value.message


def test_a_server_that_is_away_is_one_line_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_API_KEY", SECRET)
    monkeypatch.setenv("LANGSMITH_ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(NotUploaded, match="Connection error") as told:
        upload(results(suite(GOOD)))
    assert "\n" not in told.value.message
    assert SECRET[:5] not in told.value.message


def test_a_server_that_never_takes_the_scores_is_told(server: LangSmith, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(langsmith, "LONGEST_FLUSH", 0.0)
    with pytest.raises(NotUploaded, match="didn't take it"):
        upload(results(suite(GOOD)))


def test_the_command_uploads_and_says_so(
    server: LangSmith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "SUITES", {"calibration": lambda data: suite(GOOD)})
    assert main(["--reports", str(tmp_path)]) == 0
    assert f"Uploaded to LangSmith: {server.experiments[0]['name']}" in capsys.readouterr().out


@pytest.mark.parametrize(("held", "code"), [(True, 0), (False, MISSED)])
def test_an_upload_that_fails_is_told_and_the_exit_code_stays_that_of_the_bars(
    held: bool,
    code: int,
    server: LangSmith,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.refusing = ("/datasets", 401)
    monkeypatch.setattr(command, "SUITES", {"calibration": lambda data: suite(GOOD, held=held)})
    assert main(["--reports", str(tmp_path)]) == code
    assert "Not uploaded to LangSmith" in capsys.readouterr().out
    assert (tmp_path / "scoring.html").exists()


@pytest.mark.parametrize("key", [None, ""])
def test_without_a_key_nothing_is_sent(
    key: str | None,
    server: LangSmith,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "SUITES", {"calibration": lambda data: suite(GOOD)})
    if key is None:
        monkeypatch.delenv("LANGSMITH_API_KEY")
    else:
        monkeypatch.setenv("LANGSMITH_API_KEY", key)
    assert main(["--reports", str(tmp_path)]) == 0
    assert "Not uploaded: LANGSMITH_API_KEY is not set." in capsys.readouterr().out
    assert server.requests == []
