"""Every message of the sources is in every catalogue, translated, with the same placeholders; errors and questions come in it."""

import re
from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Any

import polib
import pytest

from nodes.errors import CoachUnavailable
from server.command.messages.renew import FORMS, PLURALS
from server.command.messages.sources import EMPLOYEE_ERRORS, MODEL_FAULTS, Room, rooms
from server.http.errors import told
from state.company import Company as Settings
from state.company import PhaseSettings, TenantConfig
from state.errors import PetrafError
from state.languages.choice import LANGUAGES, SOURCE, Language
from state.languages.words import criterion_name, spoken_day, spoken_number
from state.phases import Phase
from state.records.turns.accept import TooMuchSaid
from tests.server.client import Company, Employee
from tests.server.held import BrokenCoach
from tests.server.journeys import code_of
from tests.server.sessions.test_session_language import created
from tests.server.sessions.test_sessions import refused
from tests.server.test_journey import FUTURE, SARAH

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
ROOMS = rooms()
SAME_ELSEWHERE = {
    "de": {"April", "August", "September", "November", "Coach", "Name", "Position", "{n} min"},
    "es": {"Coach", "{n} min"},
    "fr": {"{n} minute", "Conversation", "Versions ({n})", "Versions", "Version {version}", "Messages", "Sources",
           "Sources ({n})", "page {page}", "version {version}", "Coach", "{n} min"},
    "pl": {"Coach", "{n} min"},
}  # fmt: skip
"""What is written in another language as it is in English."""
FOREIGN_TO_EMPLOYEES = {
    "AdminKeyNeeded", "AdminSessionExpired", "CannotReplay", "ConfigChanged", "ConversationPrivate", "DatabaseAway",
    "DocumentNotFound", "DocumentTooLarge", "DocumentTooLong", "DocumentUnpacksTooLarge",
    "EmbeddingMismatch", "EmbeddingsMoved", "EmbeddingsNeedKey", "EmployeeNotFound",
    "ExamUnreadable", "JobBroke", "JobCancelled", "JobGaveUp", "JobLost", "JobNotFound", "JobOver",
    "JudgeNotConfigured", "KeyNotFound", "LastKey", "NothingKept", "OtherVersion",
    "NoDataFolder", "NoPlaceForDatabase", "NoSuchFile", "NotLoopback", "NothingToMove", "NothingToRead", "OwnKey",
    "OwnerNeedsRights", "PortBusy", "Refused", "ReindexRunning", "SameContent", "ScoresDiffer", "ServerAway", "SomeRefused",
    "SystemKeyNeeded", "TenantTaken", "Told", "UnknownDocumentType", "UnknownEmbeddings", "UnreadableDocument",
    "WrongAdminKey", "WrongSetting",
}  # fmt: skip
"""Errors that only admins, programs and whoever runs the server get to see; they stay English."""


def entries(room: Room, language: str) -> list[polib.POEntry]:
    """What a catalogue holds."""
    return list(polib.pofile(str(room.folder / f"{language}.po")))


def placeholders(text: str) -> set[str]:
    """The names that are filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def forms(entry: polib.POEntry) -> list[str]:
    """Every translation of a message."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.folder.parent.name)
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_sources_is_translated(room: Room, language: str) -> None:
    held = entries(room, language)
    assert [(e.msgid, e.msgid_plural) for e in held] == [(m.one, m.many) for m in room.messages], "run `make messages`"
    assert not [e.msgid for e in held if e.fuzzy or e.obsolete or not all(forms(e))]
    assert {len(forms(e)) for e in held if e.msgid_plural} <= {FORMS[language]}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.folder.parent.name)
@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_placeholders_and_no_english(room: Room, language: str) -> None:
    for entry in entries(room, language):
        wanted = placeholders(entry.msgid_plural or entry.msgid)
        assert [placeholders(form) for form in forms(entry)] == [wanted] * len(forms(entry)), entry.msgid
        told_in_english = entry.msgid in forms(entry) and re.search(r"[a-z]{3}", re.sub(r"\{\w+\}", "", entry.msgid))
        assert not told_in_english or entry.msgid in SAME_ELSEWHERE[language], entry.msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_follow_the_language(language: Language) -> None:
    for room in ROOMS:
        assert polib.pofile(str(room.folder / f"{language}.po")).metadata["Plural-Forms"] == PLURALS[language]


def subclasses(error: type[PetrafError]) -> Iterator[type[PetrafError]]:
    """All errors below one."""
    for one in error.__subclasses__():
        yield one
        yield from subclasses(one)


def test_every_error_is_translated_or_known_to_be_foreign_to_employees() -> None:
    import graph.replay  # noqa: F401 (whatever other tests of this process imported)
    import server.app  # noqa: F401 (all of them)

    ours = {e for e in subclasses(PetrafError) if not e.__module__.startswith(("tests", "evals", "bench"))}
    unknown = {e.__name__ for e in ours - set(EMPLOYEE_ERRORS)} - FOREIGN_TO_EMPLOYEES
    assert not unknown, "add them to EMPLOYEE_ERRORS in server/command/messages/sources.py, or here"


def test_an_error_is_said_with_its_details() -> None:
    assert told(TooMuchSaid(letters=50_000, most=40_000), "pl").startswith("W tej fazie jest 50000 znaków")
    assert told(TooMuchSaid(letters=5, most=4), "en") == TooMuchSaid(letters=5, most=4).message


@pytest.mark.parametrize("fault", MODEL_FAULTS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_wrong_with_a_model_is_said_too(fault: str, language: Language) -> None:
    said = told(CoachUnavailable(fault), language)
    assert fault not in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("language", "months", "piece"),
    [
        ("en", 1, "in 1 month?"),
        ("de", 24, "in 24 Monaten"),
        ("es", 1, "dentro de 1 mes?"),
        ("fr", 1, "dans 1 mois"),
        ("pl", 1, "za 1 miesiąc?"),
        ("pl", 22, "za 22 miesiące?"),
        ("pl", 12, "za 12 miesięcy?"),
    ],
)
def test_a_phase_s_question_counts_months_as_the_language_does(language: Language, months: int, piece: str) -> None:
    config = TenantConfig(phases_json={Phase.G4_FUTURE: PhaseSettings(horizon_months=months)})
    company = Settings(name="Acme", config=config, version=1)
    assert piece in company.question(Phase.G4_FUTURE, language)
    assert company.brief(Phase.G4_FUTURE, language)["question"] == company.question(Phase.G4_FUTURE, language)


def test_days_numbers_and_criteria_are_said_as_the_language_does() -> None:
    day = date(2026, 11, 1)
    said = [spoken_day(day, language) for language in LANGUAGES]
    assert said == [
        "1 November 2026",
        "1. November 2026",
        "1 de noviembre de 2026",
        "1 novembre 2026",
        "1 listopada 2026",
    ]
    assert [spoken_number(8.5, language) for language in LANGUAGES] == ["8.5", "8,5", "8,5", "8,5", "8,5"]
    assert criterion_name("time_bound", "de") == "Terminiert"
    assert criterion_name("own_criterion", "de") == "Own criterion"


async def in_language(company: Company, language: str) -> Employee:
    """Sarah, whose session is held in a language."""
    sarah = await created(company, {"language": language})
    assert (await sarah.put("info", SARAH)).status_code == 200
    return sarah


async def test_the_session_s_question_and_the_next_one_come_in_its_language(acme: Company) -> None:
    sarah = await in_language(acme, "fr")
    assert (await sarah.get())["question"].startswith("Où vous voyez-vous dans 24 mois")


async def test_the_company_s_phases_come_in_the_browser_s_language(acme: Company) -> None:
    headers = {**acme.headers, "Accept-Language": "pl-PL,en;q=0.5"}
    phases = (await acme.http.get("/api/tenant", headers=headers)).json()["phases"]
    assert phases[0]["question"].startswith("Gdzie widzisz siebie za 24 miesiące?")
    assert phases[0]["rubric"][2] == {"name": "time_bound", "weight": 20, "description": "Mówi, do kiedy"}


async def test_errors_come_in_the_browser_s_language(acme: Company) -> None:
    answer = await acme.http.get("/api/session/nobody", headers={**acme.headers, "Accept-Language": "es"})
    assert refused(answer, 401, "UNAUTHORIZED")["message"].startswith("Para esto hace falta")


async def test_a_turn_that_breaks_says_so_in_the_session_s_language(
    monkeypatch: pytest.MonkeyPatch, acme: Company
) -> None:
    monkeypatch.setattr("graph.tools.RuleCoach", BrokenCoach)
    monkeypatch.setattr(BrokenCoach, "times", 1)
    sarah = await in_language(acme, "de")
    events: Any = await sarah.say("g4_future", FUTURE[0], turn_id="broken")
    assert code_of(events) == "INTERNAL"
    assert events[-1][1]["error"]["message"].startswith("Bei uns ist etwas schiefgegangen")
    assert (await sarah.replay("broken"))[-1] == events[-1]
