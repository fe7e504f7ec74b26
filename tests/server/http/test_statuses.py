"""Every error that can leave a route has a status of its own; no code is named that nothing raises."""

from server.http.statuses import STATUSES, status_of
from state.errors import PetrafError
from state.records.database import DatabaseUnavailable
from tests.server.command.test_messages import subclasses

TERMINAL = {
    "EMBEDDING_MISMATCH", "NO_DATA_FOLDER", "NO_PLACE_FOR_DATABASE", "OWNER_NEEDS_RIGHTS", "PORT_BUSY", "REFUSED",
    "SCORES_DIFFER", "SERVER_AWAY", "STUDIO_NOT_LOOPBACK", "WRONG_SETTING",
}  # fmt: skip
"""What only the command line tells."""


def codes() -> set[str]:
    """Those of all errors of ours."""
    import server.app  # noqa: F401 (all of them)

    ours = [e for e in subclasses(PetrafError) if not e.__module__.startswith(("tests", "evals", "bench"))]
    return {PetrafError.code, *(error.code for error in ours)}


def test_every_error_of_a_route_has_a_status() -> None:
    assert codes() - TERMINAL - set(STATUSES) == set(), "name them in server/http/statuses.py"


def test_no_status_is_of_an_error_that_nothing_raises() -> None:
    assert set(STATUSES) - codes() == set()


def test_an_error_has_its_own_status_and_an_unknown_one_is_ours() -> None:
    class Foreign(PetrafError):
        """Something else."""

        code = "PORT_BUSY"

    assert (status_of(DatabaseUnavailable()), status_of(Foreign())) == (503, 500)
