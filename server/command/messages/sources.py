"""Every message of the sources, room by room: what `make messages` writes into the catalogues and tests hold them against.

Messages are found where they are said: `words.say("…")` and `words.counted("…", "…", n)` in Python, `t("…")`, `te("…")` and
`tn("…", "…", n)` in the page's modules, `{t:…}` in its HTML. What is said by way of errors and settings is listed below, and
`coach.py` finds what the coach says.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nodes.errors import CoachReplyUnfit, CoachUnavailable
from retrievers.errors import EmbeddingsUnavailable
from server.command.messages.coach import NODES, coach_texts
from server.exports.calendar import NoDates
from server.exports.pdf import UnprintableGoals
from server.exports.sheet import NoGoals
from server.http.cross_site import CrossSite
from server.http.errors import InvalidBody, NotFound, RateLimited, TenantMismatch, TokenExpired, Unauthorized
from server.http.middleware import BodyTooLarge
from server.sessions.fact_routes import FactReplaced
from server.turns.runner import TurnBroke, TurnGaveUp, TurnStopped
from state.errors import PetrafError
from state.languages.words import DAY, MONTHS, criterion_name
from state.phases import GOAL_PHASES
from state.records.companies.tenants import TenantNotFound
from state.records.database import DatabaseUnavailable
from state.records.sessions.frames import FactNotFound, MessageNotWithheld
from state.records.sessions.sessions import GoalsMissing, SessionNotFound
from state.records.sessions.shares import ShareNotFound
from state.records.turns.accept import (
    NothingToConfirm,
    NothingToKeep,
    NothingToRefine,
    PhaseMismatch,
    SessionCompleted,
    TooMuchSaid,
    TurnIdReused,
    TurnInProgress,
    TurnNotFound,
    UnknownProposal,
)
from state.records.turns.outcomes import TurnLost
from state.rubric import DEFAULT_RUBRICS

ROOT = Path(__file__).parents[3]
WEB = ROOT / "server" / "web"
ADMIN = WEB / "admin"
"""The console for HR speaks English only."""
MARKED = re.compile(r"\{t:([^{}]+)\}")
_TEXT = r'("(?:[^"\\\n]|\\.)*")'
SAID = re.compile(rf"\b(?:te?\(\s*{_TEXT}|tn\(\s*{_TEXT},\s*{_TEXT})")
"""A message of the page's modules: JavaScript's strings with double quotes are JSON's."""

EMPLOYEE_ERRORS: tuple[type[PetrafError], ...] = (
    BodyTooLarge,
    CoachReplyUnfit,
    CoachUnavailable,
    CrossSite,
    DatabaseUnavailable,
    EmbeddingsUnavailable,
    FactNotFound,
    FactReplaced,
    GoalsMissing,
    InvalidBody,
    MessageNotWithheld,
    NoDates,
    NoGoals,
    NotFound,
    NothingToConfirm,
    NothingToKeep,
    NothingToRefine,
    PhaseMismatch,
    RateLimited,
    SessionCompleted,
    SessionNotFound,
    ShareNotFound,
    TenantMismatch,
    TenantNotFound,
    TokenExpired,
    TooMuchSaid,
    TurnBroke,
    TurnGaveUp,
    TurnIdReused,
    TurnInProgress,
    TurnLost,
    TurnNotFound,
    TurnStopped,
    Unauthorized,
    UnknownProposal,
    UnprintableGoals,
)
"""What employees may be shown. All others are for admins, programs and whoever runs the server, and stay English."""
MODEL_FAULTS = (
    "did not accept the key it was called with (401)",
    "did not accept the key it was called with (403)",
    "is not known at the configured address (404)",
    "did not answer in time (408)",
    "is asked for more than it allows right now (429)",
    "has a fault of its own (500)",
    "has a fault of its own (502)",
    "has a fault of its own (503)",
    "has a fault of its own (504)",
    "refused the request (400)",
    "did not answer in time",
    "could not be reached, or the connection to it broke",
    "broke off in the middle of its answer",
    "gave an answer that could not be read",
    "it did not follow the form it was given",
)
"""What `CoachUnavailable` and `CoachReplyUnfit` say of a model; any other status stays English."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the sources."""

    one: str
    many: str = ""
    """The form for other numbers than 1; empty for a message that counts nothing."""


@dataclass(frozen=True, slots=True)
class Room:
    """A folder of catalogues and what they are to hold."""

    folder: Path
    messages: tuple[Message, ...]


def rooms() -> list[Room]:
    """All of them."""
    return [
        Room(ROOT / "state" / "languages", _unique(_of_state())),
        Room(ROOT / "server" / "languages", _unique(_of_server())),
        Room(WEB / "languages", _unique(_of_page())),
        Room(NODES / "languages", _unique(_of_coach())),
    ]


def _unique(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(message for message in dict.fromkeys(messages) if message.one)


def _of_state() -> Iterator[Message]:
    for spec in GOAL_PHASES.values():
        yield Message(spec.question_of_a_month, spec.question) if spec.question_of_a_month else Message(spec.question)
    for rubric in DEFAULT_RUBRICS.values():
        for name, criterion in rubric.criteria.items():
            yield Message(criterion_name(name))
            yield Message(criterion.description)
    yield Message(DAY)
    yield from map(Message, MONTHS)


def _of_server() -> Iterator[Message]:
    for error in EMPLOYEE_ERRORS:
        yield Message(" ".join((error.__doc__ or "").split()))
    yield from map(Message, MODEL_FAULTS)
    yield from _of_python(ROOT / "server")


def _of_coach() -> Iterator[Message]:
    yield from _of_python(NODES)
    yield from map(Message, coach_texts())


def _of_python(folder: Path) -> Iterator[Message]:
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                method = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                yield from _said(method, [_texts(one, constants) for one in node.args[:2]])


def _said(method: str, arguments: list[list[str]]) -> Iterator[Message]:
    if method == "say" and arguments:
        yield from map(Message, arguments[0])
    if method == "counted" and len(arguments) > 1:
        yield from (Message(one, many) for one, many in zip(*arguments, strict=False))


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """The module's texts by name: a text, or every value of a table of texts."""
    named = [(n.targets[0], n.value) for n in tree.body if isinstance(n, ast.Assign)]
    return {target.id: _texts(value, {}) for target, value in named if isinstance(target, ast.Name)}


def _texts(node: ast.expr, constants: dict[str, list[str]]) -> list[str]:
    """What an expression can say."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in _texts(value, {})]
    if isinstance(node, ast.Subscript):
        return _texts(node.value, constants)
    return constants.get(node.id, []) if isinstance(node, ast.Name) else []


def page_files(ending: str) -> list[Path]:
    """The files of that ending which employees load."""
    return [path for path in sorted(WEB.rglob(f"*{ending}")) if ADMIN not in path.parents]


def _of_page() -> Iterator[Message]:
    for path in page_files(".html"):
        yield from map(Message, MARKED.findall(path.read_text(encoding="utf-8")))
    for path in page_files(".js"):
        for found in SAID.findall(path.read_text(encoding="utf-8")):
            yield Message(*(json.loads(text) for text in found if text))
