"""What a session is held in, and whether goals wait for the employee: as its creation said, else by header and flag."""

from typing import Any

import pytest

from tests.server.client import Company, Employee
from tests.server.journeys import lenient
from tests.server.sessions.test_sessions import refused
from tests.server.test_journey import FUTURE, SARAH


async def created(company: Company, body: dict[str, Any] | None, **headers: str) -> Employee:
    """A new session without its basic information."""
    answer = await company.http.post("/api/session/create", headers={**company.headers, **headers}, json=body)
    assert answer.status_code == 200, answer.text
    company.http.cookies.clear()
    return Employee(company, answer.json()["session_id"], answer.json()["resume_token"])


@pytest.mark.parametrize(
    ("body", "header", "language"),
    [
        (None, "", "en"),
        ({}, "pl,en;q=0.5", "pl"),
        ({"language": None}, "fr-CA", "fr"),
        ({"language": "de-AT"}, "fr", "de"),
        ({"language": "it"}, "fr", "en"),
    ],
)
async def test_a_session_is_held_in_the_language_that_was_asked_for(
    acme: Company, body: dict[str, Any] | None, header: str, language: str
) -> None:
    employee = await created(acme, body, **{"Accept-Language": header})
    assert (await employee.get())["language"] == language


async def test_what_is_no_language_is_refused(acme: Company) -> None:
    answer = await acme.http.post("/api/session/create", headers=acme.headers, json={"language": "de_AT<"})
    refused(answer, 422, "INVALID_BODY")


async def test_a_session_goes_on_in_another_language(acme: Company) -> None:
    employee = await created(acme, {"language": "de"})
    path = f"/api/session/{employee.session_id}"
    answer = await acme.http.patch(path, headers=employee.headers, json={"language": "es-MX"})
    assert (answer.status_code, answer.json()["language"]) == (200, "es")
    assert (await employee.get())["language"] == "es"
    refused(await acme.http.patch(path, headers=employee.headers, json={}), 422, "INVALID_BODY")
    refused(await acme.http.patch(path, headers=acme.headers, json={"language": "fr"}), 401, "UNAUTHORIZED")


@pytest.mark.parametrize("flag", [False, True])
@pytest.mark.parametrize("wish", [None, False, True])
async def test_the_session_s_wish_to_confirm_goes_before_the_company_s_flag(
    acme: Company, flag: bool, wish: bool | None
) -> None:
    await lenient(acme, ui_flags_json={"confirm_refined_goal": flag})
    sarah = await created(acme, {"confirm_goals": wish})
    assert (await sarah.put("info", SARAH)).json()["confirm_goals"] is wish
    await sarah.say("g4_future", FUTURE[0])
    events = await sarah.say("g4_future", FUTURE[1])
    waits = events[-1][1]["status"] == "awaiting_confirmation"
    assert waits is (flag if wish is None else wish)


async def test_the_score_says_in_the_employee_s_language_that_its_reasons_are_english(acme: Company) -> None:
    sarah = await created(acme, {"language": "de", "confirm_goals": True})
    assert (await sarah.put("info", SARAH)).status_code == 200
    for message in FUTURE:
        await sarah.say("g4_future", message)
    events = await sarah.say("g4_future", "Ja, das passt genau so, bitte speichere mein Ziel.")
    spoken = next(data["full_response"] for name, data in events if name == "complete" and data["step"] == "score")
    assert spoken.startswith("Die Begründungen unten sind auf Englisch")
    assert "von 10 (nötig: 7)." in spoken
