"""Sarah's journey, word for word, in a company with documents: what she gets, what is recorded, what the admin sees."""

import re
from typing import Any

import pytest

from server.demo import DEMO_DOCUMENTS
from state.records.database import Database
from tests.server.client import Company, Employee, Events, completed, one
from tests.server.journeys import TURNS, upload_demo
from tests.server.test_journey import ACTIONS, FUTURE, SARAH, VALUES

LIMITS = {"future": 300, "values": 1200, "actions": 1200}
COMMON = {"Core", "Within", "Values", "Plan", "Actions", "Steps"}
"""Words that open a heading or a sentence of ours and name nothing."""


async def journey(company: Company) -> tuple[Employee, list[Events]]:
    """Sarah through all four turns."""
    await upload_demo(company)
    sarah = await company.employee(**SARAH)
    return sarah, [await sarah.say(phase, message) for phase, message in TURNS]


def names(events: Events) -> list[str]:
    return [name for name, _ in events if name != "message"]


def known_text(goals: list[dict[str, Any]], events: list[Events]) -> str:
    """Everything a goal may draw on: her words, her profile, the asked horizons, cited passages, proposals."""
    sources = [source for goal in goals for source in goal["sources"]]
    sources += [s for turn in events for name, data in turn if name == "complete" for s in data.get("sources", [])]
    cited = [source[part] for source in sources for part in ("quote", "document")]
    proposed = [proposal["text"] for goal in goals for proposal in goal["proposals"]]
    return "\n".join([*FUTURE, VALUES, ACTIONS, *map(str, SARAH.values()), "24 months", "6 months", *cited, *proposed])


def inner_capitals(text: str) -> set[str]:
    """Capitalised words that neither open a line nor a sentence."""
    return {
        word
        for line in text.splitlines()
        for sentence in re.split(r"[.:!?]\s+", re.sub(r"^\W*\d*\W*", "", line))
        for word in re.findall(r"\b[A-Z]\w+", sentence.partition(" ")[2])
    }


async def test_her_second_message_brings_refine_score_and_the_next_phase_by_itself(acme: Company) -> None:
    _, turns = await journey(acme)
    first, second, third, fourth = turns
    assert names(first) == ["start", "complete", "understood", "start", "transition", "end"]
    for events in (second, third, fourth):
        steps = [data["step"] for name, data in events if name == "start"]
        assert steps == ["collect", "refine", "score", "transition"]
        assert names(events)[-1] == "end"
    moved = [one(events, "transition") for events in turns]
    assert [m["completion_percentage"] for m in moved] == [10, 33, 66, 100]
    assert [m["to"]["phase"] for m in moved] == ["g4_future", "g6_values", "g8_actions", "done"]


async def test_her_three_goals_meet_the_threshold_and_their_limits(acme: Company) -> None:
    sarah, turns = await journey(acme)
    goals = (await sarah.goals())["goals"]
    assert [goal["type"] for goal in goals] == ["future", "values", "actions"]
    for goal, events in zip(goals, turns[1:], strict=True):
        assert goal["score"] >= 7, goal["content"]
        assert len(goal["content"]) <= LIMITS[goal["type"]]
        refined = completed(events, "refine")
        assert refined["full_response"].startswith(goal["content"]) or refined["full_response"] == goal["content"]
        assert refined["characters"] == len(goal["content"])
        score = one(events, "score")
        assert (score["goal_id"], score["score"], score["meets_threshold"]) == (goal["id"], goal["score"], True)


async def test_every_number_and_name_in_her_goals_has_a_source(acme: Company) -> None:
    sarah, turns = await journey(acme)
    goals = (await sarah.goals())["goals"]
    known = known_text(goals, turns)
    numbers = set(re.findall(r"\d+", known))
    words = {word.lower() for word in re.findall(r"\w+", known)}
    for goal in goals:
        text = "\n".join(re.sub(r"^\d+[.)] ", "", line) for line in goal["content"].splitlines())
        assert set(re.findall(r"\d+", text)) <= numbers, text
        assert {word for word in inner_capitals(text) - COMMON if word.lower() not in words} == set(), text


async def test_a_cited_quote_is_an_exact_part_of_a_passage_of_the_document_it_names(acme: Company) -> None:
    _, turns = await journey(acme)
    sources = [s for events in turns for name, data in events if name == "complete" for s in data.get("sources", [])]
    assert sources
    assert {source["document"] for source in sources} <= {demo.title for demo in DEMO_DOCUMENTS}
    for source in sources:
        listed = await acme.admin(f"documents/{acme.tenant_id}/{source['document_id']}/passages")
        assert any(source["quote"] in passage["content"] for passage in listed["passages"])


async def test_a_source_names_document_version_page_and_heading_in_the_event_the_message_and_the_goal(
    acme: Company,
) -> None:
    sarah, turns = await journey(acme)
    told = [s for events in turns for name, data in events if name == "complete" for s in data.get("sources", [])]
    kept = [s for message in (await sarah.get("messages"))["messages"] for s in message["sources"]]
    cited = [s for goal in (await sarah.goals())["goals"] for s in goal["sources"]]
    assert kept == told
    assert cited
    for source in (*told, *cited):
        document = await acme.admin(f"documents/{acme.tenant_id}/{source['document_id']}")
        listed = await acme.admin(f"documents/{acme.tenant_id}/{source['document_id']}/passages")
        (passage,) = [one for one in listed["passages"] if source["quote"] in one["content"]]
        assert (source["document"], source["version"]) == (document["title"], document["version"])
        assert (source["page"], source["heading"]) == (passage["page"], passage["heading"])
    assert any(source["version"] for source in told)
    assert any(source["heading"] for source in told)


async def test_her_action_plan_is_linked_to_both_goals_with_notes_that_quote_both(acme: Company) -> None:
    sarah, _ = await journey(acme)
    future, values, actions = (await sarah.goals())["goals"]
    assert future["links"] == values["links"] == []
    links = {link["link_type"]: link for link in actions["links"]}
    assert set(links) == {"contributes_to", "aligns_with"}
    for kind, parent in (("contributes_to", future), ("aligns_with", values)):
        link = links[kind]
        assert link["parent_goal_id"] == parent["id"]
        assert 1 <= link["strength"] <= 10
        quotes = re.findall(r"[“\"]([^”\"]+)[”\"]", link["notes"])
        assert any(quote in parent["content"] for quote in quotes), link["notes"]
        assert any(quote in actions["content"] for quote in quotes), link["notes"]


async def test_the_goals_route_sums_her_journey_up(acme: Company) -> None:
    sarah, _ = await journey(acme)
    body = await sarah.goals()
    assert (body["session_id"], body["total"], body["completed"]) == (sarah.session_id, 3, 3)
    assert body["employee"].items() >= {"code": "EMP12345", "department": "Engineering", "grade": "L4"}.items()
    assert body["employee"]["position"] == "Software Engineer"
    scores = [goal["score"] for goal in body["goals"]]
    assert body["summary"] == {
        "avg_score": round(sum(scores) / 3, 2),
        "duration_minutes": 0,
        "message_count": 8,
        "phases_completed": ["g4_future", "g6_values", "g8_actions"],
    }


async def test_after_the_third_goal_a_chat_turn_is_refused_and_changes_nothing(acme: Company) -> None:
    sarah, _ = await journey(acme)
    answer = await sarah.try_say("g8_actions", "One more thing: I will also read a book.")
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "SESSION_COMPLETED")
    assert (await sarah.get("messages"))["total"] == 8


async def test_the_audit_holds_seven_rows_for_her_and_one_for_the_company_and_each_upload(acme: Company) -> None:
    sarah, _ = await journey(acme)
    await acme.http.post("/api/session/resume", headers=acme.headers, json={"resume_token": sarah.token})
    logs = (await acme.admin("audit-logs", session_id=sarah.session_id))["logs"]
    assert [(log["action"], log["actor"]) for log in logs] == [
        ("session.created", "anonymous"),
        ("session.info_updated", "EMP12345"),
        *[("goal.scored", "EMP12345")] * 3,
        ("session.completed", "EMP12345"),
        ("session.resumed", "EMP12345"),
    ]
    goals = (await sarah.goals())["goals"]
    assert [log["resource_id"] for log in logs[2:5]] == [goal["id"] for goal in goals]
    assert [log["payload"]["score"] for log in logs[2:5]] == [goal["score"] for goal in goals]
    assert logs[1]["changes"] == {"fields_updated": list(SARAH)}
    assert logs[5]["payload"]["goals_created"] == 3
    assert logs[6]["payload"] == {"days_since_completion": 0}
    others = [log["action"] for log in (await acme.admin("audit-logs"))["logs"] if log["session_id"] is None]
    assert others == ["tenant.created", *["rag.document_uploaded"] * len(DEMO_DOCUMENTS)]


async def test_the_statistics_equal_what_sql_counts(acme: Company, globex: Company, database: Database) -> None:
    await journey(acme)
    await (await acme.employee()).say("g4_future", "I want to become a team lead.")
    await globex.employee()
    stats = await acme.admin("stats/overview")
    counts = {
        "total_sessions": "select count(*) from sessions where {t}",
        "active_sessions": "select count(*) from sessions where status = 'active' and {t}",
        "completed_sessions": "select count(*) from sessions where status = 'completed' and {t}",
        "abandoned_sessions": "select count(*) from sessions where status = 'abandoned' and {t}",
        "total_messages_today": "select count(*) from messages where {t}",
        "total_goals_created": "select count(*) from goals where is_final and {t}",
        "avg_completion_rate": "select round(avg(completion_percentage), 1)::float from sessions where {t}",
        "avg_score": "select round(avg(score)::numeric, 2)::float from goals where is_final and {t}",
    }
    async with database.system() as tx:
        for name, query in counts.items():
            found = await tx.connection.execute(query.format(t=f"tenant_id = '{acme.tenant_id}'").encode())
            assert await found.fetchone() == (stats[name],), name
    assert (stats["total_tenants"], stats["total_sessions"], stats["total_messages_today"]) == (1, 2, 10)
    assert stats["goals_by_type"] == {"future": 1, "values": 1, "actions": 1}


@pytest.mark.parametrize("final_only", [True, False])
async def test_an_edited_goal_is_listed_once_as_final_and_its_forerunner_only_on_request(
    acme: Company, final_only: bool
) -> None:
    sarah, _ = await journey(acme)
    before = (await sarah.goals())["goals"][0]
    edited = before["content"].replace("24 months", "18 months")
    assert edited != before["content"]
    await sarah.say("g4_future", edited, step="refine")
    body = await sarah.goals(final_only=final_only)
    assert (body["total"], body["completed"]) == ((3, 3) if final_only else (4, 3))
    newest = next(goal for goal in body["goals"] if goal["type"] == "future" and goal["is_final"])
    assert (newest["version"], newest["supersedes"]) == (2, before["id"])
    assert (await sarah.get())["status"] == "completed"
