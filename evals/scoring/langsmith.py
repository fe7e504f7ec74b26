"""Uploads what was measured to LangSmith, by its official client: a dataset for each suite, and an experiment for each run.

Runs and feedback are written directly instead of by the client's `evaluate`, because the outputs are there already, because
what fails must be told, and because `evaluate` would also send this machine's git remote and branch.
"""

import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from evals.scoring.results import Results, measured_with
from evals.scoring.suite import Example, Suite
from state.errors import PetrafError

if TYPE_CHECKING:
    from langsmith import Client
    from langsmith.schemas import Dataset, TracerSession

KEY = "LANGSMITH_API_KEY"
AT_ONCE = 200
LONGEST_REASON = 300
LONGEST_FLUSH = 120.0
RIGHT = "right"
Part = TypeVar("Part")


class NotUploaded(PetrafError):
    """Not uploaded to LangSmith, or not all of it: {reason} Check LANGSMITH_API_KEY and LANGSMITH_ENDPOINT, then run it again."""

    code = "WRONG_SETTING"


def upload(results: Results, told: Callable[[], None] = lambda: None) -> list[str]:
    """The names of the experiments; `told` is called after each. Raises NotUploaded."""
    from langsmith import Client
    from langsmith.utils import LangSmithError
    from requests import RequestException

    logging.getLogger("langsmith").setLevel(logging.CRITICAL)  # what fails is told once, by us
    failed = list[Exception]()
    client = Client(
        tracing_mode="langsmith",
        tracing_sampling_rate=1.0,
        omit_traced_runtime_info=True,
        tracing_error_callback=failed.append,
    )
    try:
        names = list[str]()
        for suite in results.suites:
            names.append(_upload(client, results, suite))
            told()
        _flush(client)
    except (LangSmithError, RequestException) as error:
        raise NotUploaded(reason=_reason(error)) from None
    finally:
        client.close(timeout=0)
    if failed:
        raise NotUploaded(reason=_reason(failed[0]))
    return names


def _flush(client: "Client") -> None:
    """Wait for what the client sends in the background; it doesn't say whether all of it went."""
    started = monotonic()
    client.flush(LONGEST_FLUSH)
    if monotonic() - started >= LONGEST_FLUSH:
        raise NotUploaded(reason=f"the server didn't take it within {LONGEST_FLUSH:g} seconds.")


def _upload(client: "Client", results: Results, suite: Suite) -> str:
    dataset = _dataset(client, results, suite)
    _bring_up_to_date(client, dataset, suite.examples)
    experiment = client.create_project(
        f"petraf-{suite.name}-{uuid.uuid4().hex[:8]}",
        description=suite.about,
        reference_dataset_id=dataset.id,
        num_examples=len(suite.examples),
        evaluator_keys=[RIGHT],
        metadata={
            **measured_with(),
            "data": f"{results.kind}, {results.about}",
            "bars": {bar.name: f"{bar.got}, wanted {bar.wanted}: {_held(bar.held)}" for bar in suite.bars},
            "figures": dict(suite.figures),
        },
    )
    for some in _slices(suite.examples):
        _write_runs(client, dataset, experiment, some)
    return experiment.name or str(experiment.id)


def _dataset(client: "Client", results: Results, suite: Suite) -> "Dataset":
    """The dataset of this suite, created once; our own small set has one of its own."""
    from langsmith.utils import LangSmithNotFoundError

    name = f"petraf-{suite.name}{'-own' if results.own else ''}"
    try:
        found: Dataset = client.read_dataset(dataset_name=name)
        return found
    except LangSmithNotFoundError:
        return client.create_dataset(name, description=f"{suite.about}. Of {results.kind}.")


def _bring_up_to_date(client: "Client", dataset: "Dataset", examples: Sequence[Example]) -> None:
    """Create what is missing, update what has changed. What is there and isn't measured any more stays."""
    there = {one.id: (one.inputs, one.outputs) for one in client.list_examples(dataset_id=dataset.id)}
    wanted = {_id(dataset, one): one for one in examples}
    missing = [
        {"id": number, "inputs": dict(one.inputs), "reference_outputs": dict(one.expected), "metadata": {"id": one.id}}
        for number, one in wanted.items()
        if number not in there
    ]
    changed = [
        {"id": number, "inputs": dict(one.inputs), "outputs": dict(one.expected)}
        for number, one in wanted.items()
        if number in there and there[number] != (dict(one.inputs), dict(one.expected))
    ]
    for created in _slices(missing):
        client.create_examples(dataset_id=dataset.id, examples=created)
    for updated in _slices(changed):
        client.update_examples(dataset_id=dataset.id, updates=updated)


def _write_runs(client: "Client", dataset: "Dataset", experiment: "TracerSession", examples: Sequence[Example]) -> None:
    """What came out for each example, and how right it was."""
    now = datetime.now(UTC)
    runs = {uuid.uuid4(): example for example in examples}
    client.multipart_ingest(
        create=[_run(number, now, dataset, experiment, example) for number, example in runs.items()]
    )
    for number, example in runs.items():
        for key, score in _scores(example).items():
            client.create_feedback(number, key, score=score, trace_id=number, session_id=experiment.id, start_time=now)


def _run(
    number: uuid.UUID, now: datetime, dataset: "Dataset", experiment: "TracerSession", example: Example
) -> dict[str, Any]:
    return {
        "id": number,
        "trace_id": number,
        "dotted_order": f"{now:%Y%m%dT%H%M%S%fZ}{number}",
        "session_name": experiment.name,
        "name": example.id,
        "run_type": "chain",
        "inputs": dict(example.inputs),
        "outputs": dict(example.got),
        "reference_example_id": _id(dataset, example),
        "start_time": now,
        "end_time": now,
    }


def _scores(example: Example) -> dict[str, float]:
    numbers = {
        name: float(value)
        for name, value in example.got.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    return {RIGHT: float(example.right), **numbers}


def _id(dataset: "Dataset", example: Example) -> uuid.UUID:
    """The same for the same example of a dataset."""
    return uuid.uuid5(dataset.id, example.id)


def _slices(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    for start in range(0, len(parts), AT_ONCE):
        yield parts[start : start + AT_ONCE]


def _held(held: bool) -> str:
    return "held" if held else "missed"


def _reason(error: Exception) -> str:
    """The first line, without the stack of a lost connection: the client writes its key, masked, into a later one."""
    line = str(error).partition("\n")[0].partition(" ConnectionError(")[0] or type(error).__name__
    return f"{line[:LONGEST_REASON].rstrip('. ')}."
