"""How the LLM coach refines: what nobody said is found, what can't stand is cut, whatever the model says."""

import pytest
from langchain_core.runnables import RunnableLambda

from nodes.errors import CoachReplyUnfit
from nodes.llm.coach import MOST_SPOKEN, MOST_WRITTEN, LLMCoach
from state.conversation import Draft, Passage, Proposal
from tests.nodes.llm_cases import GOAL, LADDER, briefing, everything, goal, system_and_data, within_limits
from tests.nodes.model_server import (
    BAD_JSON,
    INPUT_TOKENS,
    Behaviour,
    CutOff,
    ModelServer,
    Text,
)


async def test_a_goal_of_said_things_has_no_proposals(server: ModelServer, coach: LLMCoach) -> None:
    server.script(goal(GOAL))
    refined = await coach.refine(briefing())
    assert refined.draft == Draft(text=GOAL, proposals=[], sources=[], note="")
    assert refined.usage["input"] == INPUT_TOKENS
    assert refined.usage["total"] == refined.usage["input"] + refined.usage["output"]
    assert not server.requests[0].get("stream")
    assert server.requests[0]["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Within 24 months, train 9 junior nurses on the night shift.", ["9"]),
        ("Within 24 months, train nine junior nurses on the night shift.", ["nine"]),
        ("Within 24 months, train 4% of the junior nurses.", ["4%"]),
        ("By March 2028, become charge nurse on the night shift.", ["March"]),
        ("Within 24 months, run triage training every week.", ["every week"]),
        ("Within 24 months, train nurses with the Manchester method.", ["Manchester"]),
        ("Within 24 months, earn an ACLS certificate in nursing.", ["ACLS"]),
        ("Within 24 months, reach level L5 as a charge nurse.", ["L5"]),
        ("Become charge nurse and lead 24 nurses.", ["24"]),
        ("Within two years, train four juniors at Riverside Hospital by June.", []),
        ("In 2 years, train 4 juniors and finish Emergency Nursing.", []),
    ],
)
async def test_what_nobody_said_is_found_by_code(
    server: ModelServer, coach: LLMCoach, text: str, found: list[str]
) -> None:
    server.script(goal(text))
    draft = (await coach.refine(briefing())).draft
    assert draft["text"] == text
    assert len(draft["proposals"]) == len(found)
    assert all(part in p["text"] for part, p in zip(found, draft["proposals"], strict=True))
    assert within_limits(draft)
    assert len(server.requests) == 1


async def test_a_cited_passage_allows_its_facts_and_becomes_a_source(server: ModelServer, coach: LLMCoach) -> None:
    text = "Within 24 months, become charge nurse, lead a shift of 12 nurses and finish the Acme Leadership course."
    server.script(goal(text, 0), goal(text), goal(text, 5, -1))
    cited = (await coach.refine(briefing(passages=(LADDER,)))).draft
    assert cited["proposals"] == []
    assert [s["document_id"] for s in cited["sources"]] == ["doc-1"]
    assert cited["sources"][0]["quote"] in LADDER.content
    for uncited in (await coach.refine(briefing(passages=(LADDER,)))).draft, (await coach.refine(briefing())).draft:
        assert uncited["sources"] == []
        assert any("12" in p["text"] for p in uncited["proposals"])


async def test_citing_a_passage_that_has_nothing_to_do_with_the_goal_allows_nothing(
    server: ModelServer, coach: LLMCoach
) -> None:
    other = Passage("Parking costs 12 euros a month.", "Parking.pdf", "doc-2", 1, "other", 0.1)
    server.script(goal("Within 24 months, lead a shift of 12 nurses as charge nurse.", 0))
    draft = (await coach.refine(briefing(passages=(other,)))).draft
    assert draft["sources"] == []
    assert len(draft["proposals"]) == 1


async def test_three_inventions_are_asked_for_once_more(server: ModelServer, coach: LLMCoach) -> None:
    server.script(goal("By 3 May 2027, train 9 nurses, save 15% of time and join NATO."), goal(GOAL))
    refined = await coach.refine(briefing())
    assert refined.draft["text"] == GOAL
    assert len(server.requests) == 2
    assert refined.usage["input"] == 2 * INPUT_TOKENS
    again = server.requests[1]["messages"][-1]["content"]
    assert "15%" in again
    assert "NATO" in again


async def test_a_model_that_goes_on_inventing_is_cut_down_to_two_proposals(
    server: ModelServer, coach: LLMCoach
) -> None:
    server.always(goal("Within 24 months, train 9 junior nurses, save 15% of time, join NATO, and finish triage."))
    draft = (await coach.refine(briefing())).draft
    assert len(server.requests) == 2
    assert within_limits(draft)
    assert "NATO" not in draft["text"]
    assert "junior nurses" in draft["text"]
    assert "triage" in draft["text"]


async def test_a_model_with_nothing_but_inventions_is_refused(server: ModelServer, coach: LLMCoach) -> None:
    server.always(goal("9% UN. 8% EU. 7% NATO."))
    with pytest.raises(CoachReplyUnfit):
        await coach.refine(briefing())


@pytest.mark.parametrize("empty", ["2026-11-21", "Fulfillment", "Be the best that one could ever be in this world."])
async def test_a_goal_that_is_not_about_what_was_said_is_refused(
    server: ModelServer, coach: LLMCoach, empty: str
) -> None:
    server.script(goal(empty), goal(GOAL))
    assert (await coach.refine(briefing())).draft["text"] == GOAL
    server.always(goal(empty))
    with pytest.raises(CoachReplyUnfit, match="hardly about"):
        await coach.refine(briefing())


async def test_first_person_is_asked_for_once_more_and_is_no_proposal(server: ModelServer, coach: LLMCoach) -> None:
    server.always(goal("Within 24 months, I'm charge nurse and I’ll train 4 junior nurses."))
    assert (await coach.refine(briefing())).draft["proposals"] == []
    assert len(server.requests) == 2
    server.requests.clear()
    server.always(goal("Within 24 months, train 4 junior nurses as a level I. nurse."))
    await coach.refine(briefing())
    assert "without 'I'" not in str(server.requests)


async def test_a_graph_that_listens_for_tokens_makes_no_stream_of_it(server: ModelServer, coach: LLMCoach) -> None:
    async def refine(_: None) -> str:
        return (await coach.refine(briefing())).draft["text"]

    assert [e async for e in RunnableLambda(refine).astream_events(None, version="v2")]
    assert not server.requests[0].get("stream")


async def test_answers_are_bounded(server: ModelServer, coach: LLMCoach) -> None:
    assert [c async for c in coach.reply(briefing())]
    await coach.refine(briefing())
    assert [r["max_completion_tokens"] for r in server.requests] == [MOST_SPOKEN, MOST_WRITTEN]


async def test_a_goal_that_is_too_long_is_asked_for_once_more(server: ModelServer, coach: LLMCoach) -> None:
    server.script(goal(f"{GOAL} {GOAL} {GOAL}"), goal(GOAL))
    assert (await coach.refine(briefing())).draft["text"] == GOAL
    assert "at most 300 are allowed" in server.requests[1]["messages"][-1]["content"]


async def test_a_goal_that_stays_too_long_is_cut_at_a_clause(server: ModelServer, coach: LLMCoach) -> None:
    server.always(goal(GOAL))
    draft = (await coach.refine(briefing(limit=90))).draft
    assert draft["text"] == "Within 24 months, become charge nurse on the night shift, train 4 junior nurses."
    server.always(goal("Become charge nurse of the night shift " + "nursesnurses" * 40))
    assert (await coach.refine(briefing(limit=90))).draft["text"] == "Become charge nurse of the night shift."


async def test_a_reply_that_is_no_json_is_asked_for_once_more(server: ModelServer, coach: LLMCoach) -> None:
    server.script(BAD_JSON, goal(GOAL))
    assert (await coach.refine(briefing())).draft["text"] == GOAL
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "reply", [BAD_JSON, CutOff(), Text(""), Text("[]"), Text('{"goal": ""}'), Text('{"goal": 3}'), Text("null")]
)
async def test_a_model_that_never_fits_the_form_is_a_clear_error(
    server: ModelServer, coach: LLMCoach, reply: Behaviour
) -> None:
    server.always(reply)
    for call in ("refine", "judge"):
        before = len(server.requests)
        with pytest.raises(CoachReplyUnfit) as failed:
            await everything(coach, call)
        assert len(server.requests) == before + 2
        error = failed.value
        assert (error.code, error.status, error.recoverable) == ("MODEL_REPLY_INVALID", 502, True)
        assert "nothing is lost" in error.message.replace("\n", " ")


async def test_json_in_a_code_fence_is_read(server: ModelServer, coach: LLMCoach) -> None:
    server.script(f'```json\n{{"goal": "{GOAL}"}}\n```')
    assert (await coach.refine(briefing())).draft["text"] == GOAL


async def test_german_nouns_are_no_inventions(server: ModelServer, coach: LLMCoach) -> None:
    said = (
        "Ich möchte auf der Station die Leitung der Nachtschicht übernehmen und 4 Kolleginnen in der Triage schulen.",
    )
    server.script(
        goal("In 24 Monaten die Leitung der Nachtschicht übernehmen und 9 Pflegekräfte in der Triage schulen.")
    )
    draft = (await coach.refine(briefing(said=said))).draft
    assert len(draft["proposals"]) <= 2
    assert any("9" in p["text"] for p in draft["proposals"])
    assert not any(p["text"] == "Pflegekräfte" for p in draft["proposals"])


STRUCK = "Within 24 months, train 4 junior nurses in triage, cutting waiting times by 15%, with the Manchester method."


def drafted(*proposed: str) -> Draft:
    at = [(p, STRUCK.index(p)) for p in proposed]
    proposals = [
        Proposal(id=f"p{i}", text=p, start=a, end=a + len(p), reason="r") for i, (p, a) in enumerate(at, start=1)
    ]
    return Draft(text=STRUCK, proposals=proposals, sources=[], note="")


async def test_struck_words_are_gone_and_the_rest_stays_a_proposal(server: ModelServer, coach: LLMCoach) -> None:
    server.script(goal("Within 24 months, train 4 junior nurses in triage with the Manchester method."))
    previous = drafted("by 15%", "Manchester")
    draft = (await coach.refine(briefing(previous=previous, struck=frozenset({"by 15%"})))).draft
    assert "15" not in draft["text"]
    assert [p["text"] for p in draft["proposals"]] == ["Manchester"]
    _, data = system_and_data(server)
    assert "<struck>\n<line>\nby 15%\n</line>\n</struck>" in data
    assert STRUCK in data


@pytest.mark.parametrize(
    "sly", [STRUCK, "Within 24 months, train 4 junior nurses in triage, a 15% cut in waiting times."]
)
async def test_a_model_that_keeps_struck_words_is_overruled(server: ModelServer, coach: LLMCoach, sly: str) -> None:
    server.always(goal(sly))
    previous = drafted("by 15%", "Manchester")
    draft = (await coach.refine(briefing(previous=previous, struck=frozenset({"by 15%"})))).draft
    assert "15%" not in draft["text"]
    assert "train 4 junior nurses in triage" in draft["text"]
    assert len(server.requests) == 2
    assert "struck" in server.requests[1]["messages"][-1]["content"]


async def test_an_accepted_draft_without_proposals_counts_as_known(server: ModelServer, coach: LLMCoach) -> None:
    settled = Draft(text="Within 24 months, train 7 nurses in triage.", proposals=[], sources=[], note="")
    server.script(goal("Within 24 months, train 7 nurses in triage on the night shift."))
    assert (await coach.refine(briefing(previous=settled))).draft["proposals"] == []
