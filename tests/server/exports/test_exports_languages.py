"""Exports in the language that a session is held in: what nobody wrote is said in it, what was written stays."""

import re

import pytest
from icalendar import Calendar

from state.languages.choice import LANGUAGES
from tests.server.client import Company, Employee
from tests.server.exports.test_exports import exported, pages
from tests.server.journeys import lenient, sarah_after

ENGLISH = re.compile(
    r"\b(Future vision|Action plan|Average score|of 10|Criterion|Why|How it links|Page|Scores run|minute)\b"
)


async def sarah_in(acme: Company, language: str, turns: int = 4) -> Employee:
    """Sarah with her goals, who goes on in another language."""
    await lenient(acme)
    sarah = await sarah_after(acme, turns)
    path = f"/api/session/{sarah.session_id}"
    answer = await acme.http.patch(path, headers=sarah.headers, json={"language": language})
    assert answer.status_code == 200, answer.text
    return sarah


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("de", ["Ziele von Sarah", "Zukunftsbild", "Aktionsplan zahlt ein auf: Zukunftsbild", "Durchschnitt", "von 10",
                "Kriterium", "Warum", "Wie es zusammenhängt", "Messbarkeit", "Seite 1 von", "weniger als eine Minute"]),
        ("pl", ["Cele: Sarah", "Wizja przyszłości", "Plan działania wspiera: Wizja przyszłości", "Średnia ocena", "na 10",
                "Kryterium", "Dlaczego", "Jak się łączy", "Mierzalność", "Strona 1 z", "mniej niż minuta"]),
    ],
)  # fmt: skip
async def test_the_pdf_is_set_in_the_session_s_language(acme: Company, language: str, pieces: list[str]) -> None:
    sarah = await sarah_in(acme, language)
    text = " ".join(await pages(sarah))
    assert not [piece for piece in pieces if piece not in text], text
    assert re.search(r"\b\d,\d\b", text)
    assert re.search(rf"/Lang ?\({language}\)".encode(), await exported(sarah, "pdf"))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
async def test_no_english_of_ours_is_left_in_the_markdown(acme: Company, language: str) -> None:
    sarah = await sarah_in(acme, language)
    written = (await exported(sarah, "md")).decode()
    ours = re.sub(r"\|[^|\n]*\|$", "|", written, flags=re.MULTILINE)  # the coach's reasons stand in the last column
    left = ENGLISH.findall(ours.replace(" sur 10", ""))
    assert not [word for word in left if not (language == "fr" and word in ("minute", "Page"))], ours


async def test_an_open_phase_and_the_calendar_are_said_in_it_too(acme: Company) -> None:
    sarah = await sarah_in(acme, "es", turns=2)
    assert "Pendiente: Valores, Plan de acción" in (await exported(sarah, "md")).decode()
    assert "pendiente" in " ".join(await pages(sarah))
    calendar = Calendar.from_ical((await exported(sarah, "ics")).decode())
    assert calendar["x-wr-calname"] == "Objetivos de Sarah"
    assert [str(event["description"]).split("\n")[0] for event in calendar.walk("VEVENT")] == ["Visión de futuro"]
