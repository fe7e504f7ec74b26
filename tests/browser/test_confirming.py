"""The coach shows a goal and asks; only a yes saves. In two languages: by the buttons, and by what is typed."""

import json

import pytest
from playwright.sync_api import Route, expect

from state.languages.choice import Language
from tests.browser.conftest import Browsers, Rows
from tests.browser.server import ThreadServer
from tests.browser.steps import MESSAGES, PAGE_WORDS, SOON, Visitor

ANSWER = "You have as many leave days as your contract says."


@pytest.fixture(params=["en", "de"])
def asked(request: pytest.FixtureRequest, browsers: Browsers, server: ThreadServer) -> Visitor:
    """Somebody whose first goal waits for their word, in English and in German."""
    language: Language = request.param
    visitor = Visitor(browsers.open(server.address, locale=language), PAGE_WORDS[language])
    visitor.begin()
    visitor.propose(MESSAGES[0])
    visitor.propose(MESSAGES[1])
    expect(visitor.yes).to_be_visible()
    return visitor


def word(visitor: Visitor, message: str) -> str:
    """A message as the visitor reads it."""
    return visitor.words.say(message)


def test_a_goal_waits_until_the_employee_says_yes(asked: Visitor, rows: Rows) -> None:
    card = asked.goal("future vision")
    expect(card).to_contain_text(word(asked, "Waits for your word"))
    expect(card.get_by_role("button", name=word(asked, "Change it"), exact=True)).to_be_visible()
    assert rows("select count(*) from goals") == [(0,)]
    assert rows("select confirm_goals, language from sessions") == [(True, asked.words.language)]
    asked.agree()
    expect(card).to_contain_text(word(asked, "Saved"))
    expect(asked.log).to_contain_text("9,1" if asked.words.language == "de" else "9.1")
    assert rows("select count(*) from goals") == [(1,)]


def test_the_goal_can_be_edited_instead(asked: Visitor, rows: Rows) -> None:
    card = asked.goal("future vision")
    card.get_by_role("button", name=word(asked, "Change it"), exact=True).click()
    card.get_by_role("textbox").fill(f"{SOON}, lead a team of 4 developers on the payment platform.")
    asked.button("Save and score").click()
    asked.wait_for_turn()
    expect(card).to_contain_text("lead a team of 4 developers")
    expect(asked.yes).to_be_hidden()


def test_what_is_typed_at_the_pause_is_an_ordinary_answer(asked: Visitor, rows: Rows) -> None:
    typed = "I also want to speak at one conference a year."
    asked.propose(typed)
    expect(asked.yes).to_have_count(1)
    kept = rows("select role, step, content from messages where content = %(typed)s", typed=typed)
    assert kept == [("user", "collect", typed)]
    assert rows("select count(*) from goals") == [(0,)]
    asked.agree()
    assert rows("select count(*) from goals") == [(1,)]


def test_the_question_outlives_the_page(asked: Visitor, rows: Rows) -> None:
    asked.page.reload()
    expect(asked.yes).to_have_count(1)
    asked.agree()
    assert rows("select count(*) from goals") == [(1,)]


def test_a_question_at_the_pause_is_answered_and_the_goal_asked_about_again(asked: Visitor, rows: Rows) -> None:
    (draft,) = rows("select draft from conversation_state")[0]

    def answer(route: Route) -> None:
        """As the server answers a side question: a reply, then the same goal once more."""
        done = {"phase": "g4_future", "step": "collect", "full_response": ANSWER, "sources": []}
        events = [
            ("start", {"phase": "g4_future", "step": "collect"}),
            ("message", {"content": ANSWER, "step": "collect"}),
            ("complete", done),
            ("confirm", {"content": draft["text"], "proposals": []}),
            ("end", {"turn_id": "asked", "status": "awaiting_confirmation"}),
        ]
        body = "".join(f"id: 1-{n}\nevent: {e}\ndata: {json.dumps(d)}\n\n" for n, (e, d) in enumerate(events, 1))
        route.fulfill(status=200, content_type="text/event-stream", body=body)

    asked.page.route("**/api/chat/**", answer)
    asked.propose("How many leave days do I have?")
    expect(asked.log).to_contain_text(ANSWER)
    expect(asked.yes).to_have_count(1)
    below = asked.page.evaluate(
        "(answer) => { const said = [...document.querySelectorAll('.bubble.coach')].find((one) => one.textContent === answer);"
        " return Boolean(said.compareDocumentPosition(document.querySelector('.goal')) & 4); }",
        ANSWER,
    )
    assert below
    asked.page.unroute("**/api/chat/**")
    asked.agree()
    assert rows("select count(*) from goals") == [(1,)]
