"""Somebody in danger: coaching stops for a calm word, or offers help and goes on where it is only possible. Words stay theirs."""

from typing import Any

import psycopg
import pytest

from nodes.crisis import OFFERS
from tests.nodes.understanding.unsure import unsure
from tests.server.client import Company, Employee, one
from tests.server.companies.test_erasure import everything
from tests.server.journeys import configure, count, lenient, sarah_after, spoken
from tests.server.test_journey import FUTURE, SARAH

DARK = "I want to kill myself."
MAYBE = unsure()
"""What may be a crisis and may be none."""
HELP = "Ring Maria Novak on 1234, day and night."


@pytest.fixture
async def sarah(acme: Company) -> Employee:
    """Sarah after her first message; admins may read along, as she was told."""
    await lenient(acme, ui_flags_json={"admins_may_read_conversations": True})
    created = await acme.http.post("/api/session/create", headers=acme.headers, json={"told_admins_may_read": True})
    acme.http.cookies.clear()
    employee = Employee(acme, created.json()["session_id"], created.json()["resume_token"])
    await employee.put("info", SARAH)
    await employee.say("g4_future", FUTURE[0])
    return employee


def crises(url: str) -> int:
    """How often the installation heard somebody in danger."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select crises from installation").fetchone()
    assert row is not None
    return int(row[0])


def turn_input(url: str, turn_id: str) -> Any:
    with psycopg.connect(url) as connection:
        row = connection.execute("select input from turns where id = %s", (turn_id,)).fetchone()
    assert row is not None
    return row[0]


async def test_coaching_stops_for_a_calm_word_and_nothing_is_scored(sarah: Employee, database_url: str) -> None:
    before = (await sarah.get(), await sarah.get("facts"))
    events = await sarah.say("g4_future", DARK)
    assert "You don't have to carry this alone" in spoken(events)
    assert "?" not in spoken(events)
    assert [name for name, _ in events if name in ("score", "confirm")] == []
    assert [act["act"] for act in one(events, "understood")["acts"]] == ["crisis"]
    assert await sarah.get("facts") == before[1]
    after = await sarah.get()
    assert all(
        after[kept] == before[0][kept] for kept in ("phase", "step", "completion_percentage", "draft", "last_score")
    )
    assert await count(database_url, "goals", sarah.session_id) == 0


async def test_the_companys_own_help_is_named_and_no_number_without_it(sarah: Employee, acme: Company) -> None:
    assert not any(letter.isdigit() for letter in spoken(await sarah.say("g4_future", DARK)))
    await configure(acme, prompts_json={"help.crisis": HELP})
    assert HELP in spoken(await sarah.say("g4_future", DARK))


@pytest.mark.parametrize("said", [DARK, MAYBE])
async def test_the_employee_sees_it_and_admins_dont(sarah: Employee, acme: Company, said: str) -> None:
    await sarah.say("g4_future", said)
    mine = await sarah.get("messages")
    assert [line["withheld"] for line in mine["messages"]] == [False, False, True, True]
    assert said in [line["content"] for line in mine["messages"]]
    theirs = await acme.admin(f"sessions/{sarah.session_id}/messages")
    assert theirs["total"] == len(theirs["messages"]) == 2
    timeline = await acme.admin(f"sessions/{sarah.session_id}/timeline")
    for shown in (theirs, timeline, await acme.admin("audit-logs")):
        assert said not in str(shown) and "carry" not in str(shown) and "crisis" not in str(shown)


async def test_it_is_counted_for_the_installation_without_whom_and_when(sarah: Employee, database_url: str) -> None:
    assert crises(database_url) == 0
    for times in (1, 2):
        await sarah.say("g4_future", DARK)
        assert crises(database_url) == times


@pytest.mark.parametrize("said", [DARK, MAYBE])
async def test_the_turn_keeps_no_copy_of_it(sarah: Employee, database_url: str, said: str) -> None:
    await sarah.say("g4_future", said, turn_id="dark")
    assert "message" not in turn_input(database_url, "dark")
    assert await count(database_url, "messages", sarah.session_id, f"content = '{said}'") == 1
    assert everything(database_url).count(said) == 1


async def test_sent_again_it_is_replayed_and_counted_once(sarah: Employee, database_url: str) -> None:
    first = await sarah.say("g4_future", DARK, turn_id="dark")
    assert await sarah.say("g4_future", DARK, turn_id="dark") == first == await sarah.replay("dark")
    assert crises(database_url) == 1


async def test_the_conversation_goes_on_as_if_nothing_had_been_said(sarah: Employee) -> None:
    await sarah.say("g4_future", DARK)
    events = await sarah.say("g4_future", FUTURE[1])
    assert one(events, "score")["goal_id"]
    goal = (await sarah.goals())["goals"][0]["content"]
    assert "senior engineer" in goal and "kill" not in goal


@pytest.mark.parametrize("said", [DARK, MAYBE])
async def test_it_is_erased_alone_and_nothing_is_left_of_it(sarah: Employee, database_url: str, said: str) -> None:
    await sarah.say("g4_future", said, turn_id="dark")
    mine = (await sarah.get("messages"))["messages"]
    dark = next(line for line in mine if line["content"] == said)
    path = f"/api/session/{sarah.session_id}/messages"
    for ordinary in (mine[0]["id"], "nothing"):
        answer = await sarah.company.http.delete(f"{path}/{ordinary}", headers=sarah.headers)
        assert (answer.status_code, answer.json()["detail"]["error"]) == (404, "MESSAGE_NOT_FOUND")
    other = await sarah.company.employee()
    assert (await sarah.company.http.delete(f"{path}/{dark['id']}", headers=other.headers)).status_code == 404
    answer = await sarah.company.http.delete(f"{path}/{dark['id']}", headers=sarah.headers)
    assert (answer.status_code, answer.json()["erased"]) == (200, {"messages": 2})
    assert [line["content"] for line in (await sarah.get("messages"))["messages"]] == [m["content"] for m in mine[:2]]
    left = everything(database_url)
    assert said not in left and "carry" not in left
    assert one(await sarah.say("g4_future", FUTURE[1]), "score")["goal_id"]


async def test_after_the_last_goal_it_is_heard_all_the_same(acme: Company) -> None:
    await lenient(acme)
    done = await sarah_after(acme, 4)
    assert "carry this alone" in spoken(await done.say("g8_actions", DARK))
    assert (await done.get())["status"] == "completed"


async def test_where_it_is_only_possible_help_is_offered_and_the_question_follows(
    sarah: Employee, acme: Company, database_url: str
) -> None:
    await configure(acme, prompts_json={"help.crisis": HELP})
    events = await sarah.say("g4_future", MAYBE)
    offer, question = spoken(events).split("\n\n", 1)
    assert offer == OFFERS[0].format(help=f"{HELP} ")
    assert "?" not in offer
    assert "?" in question
    assert question.endswith(one(events, "transition")["next_prompt"])
    acts = one(events, "understood")["acts"]
    assert [(act["act"], act["about"]) for act in acts] == [("crisis", "possible")]
    assert crises(database_url) == 0
    assert one(await sarah.say("g4_future", FUTURE[1]), "score")["goal_id"]


async def test_help_is_offered_again_in_other_words(sarah: Employee) -> None:
    offers = [spoken(await sarah.say("g4_future", MAYBE)).split("\n\n")[0] for _ in OFFERS]
    assert len(set(offers)) == len(OFFERS)


async def test_what_stands_beside_it_counts_and_it_doesnt(sarah: Employee) -> None:
    before = len((await sarah.get("facts"))["facts"])
    await sarah.say("g4_future", f"I'd like to train 4 apprentices by June 2028. {MAYBE}")
    new = (await sarah.get("facts"))["facts"][before:]
    assert any("train 4 apprentices" in fact["text"] for fact in new)
    assert not any(MAYBE in fact["text"] for fact in new)


@pytest.mark.parametrize(
    "said", ["No, that was about our work", "no, it was about the process", "I'm fine, it's about work"]
)
async def test_it_counts_when_the_employee_says_that_it_was_about_their_work(sarah: Employee, said: str) -> None:
    await sarah.say("g4_future", MAYBE)
    await sarah.say("g4_future", said)
    assert any(MAYBE in fact["text"] for fact in (await sarah.get("facts"))["facts"])
    assert [line["withheld"] for line in (await sarah.get("messages"))["messages"]] == [False] * 2 + [True] * 2 + [
        False
    ] * 2


async def test_a_draft_that_waits_goes_on_waiting_and_keeps_no_copy(acme: Company, database_url: str) -> None:
    await lenient(acme)
    created = await acme.http.post("/api/session/create", headers=acme.headers, json={"confirm_goals": True})
    acme.http.cookies.clear()
    sarah = Employee(acme, created.json()["session_id"], created.json()["resume_token"])
    await sarah.put("info", SARAH)
    for message in FUTURE:
        await sarah.say("g4_future", message)
    draft = (await sarah.get())["draft"]
    events = await sarah.say("g4_future", MAYBE)
    assert one(events, "end")["status"] == "awaiting_confirmation"
    assert (await sarah.get())["draft"] == draft
    assert everything(database_url).count(MAYBE) == 1
    assert one(await sarah.say("g4_future", "yes"), "score")["goal_id"]
