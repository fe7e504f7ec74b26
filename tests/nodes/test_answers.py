"""What the rule coach says back: each question gets its own answer, in whatever words it is put, and none a thank-you."""

from dataclasses import replace

import pytest

from nodes.coach import Briefing
from nodes.rules.answers.draft import so_far, why_scored
from nodes.rules.answers.questions import about_company, about_process, about_term, named_terms
from nodes.rules.answers.replies import answers
from nodes.rules.replies import compose_reply
from nodes.varied import unsaid
from state.conversation import Draft, Line
from state.frame import Act
from state.languages.choice import Language
from state.phases import Phase
from tests.nodes.talking import Talk
from tests.nodes.test_compose import briefing

NOBODY = briefing(Phase.G4_FUTURE, ())
DRAFTED = replace(NOBODY, draft=Draft(text="Lead the night shift.", proposals=[], sources=[], note=""))
ASKED = [
    ("is my team leader able to open this chat", "Your manager sees nothing"),
    ("could anybody at head office see my text", "Your manager sees nothing"),
    ("roughly how many minutes will i need", "minutes"),
    ("may i alter the goal in a few weeks", "at any time"),
    ("suppose i have to run, is my text lost", "is kept"),
    ("would a low result hurt my bonus", "Nothing happens by itself"),
    ("are you some kind of robot", "no person"),
    ("how do you come up with the points", "from 0 to 10"),
    ("what makes you ask for a date", "Because"),
    ("could you summarise what i told you so far", "told me nothing"),
    ("do you reckon that is realistic for me", "can't judge"),
    ("which of those two would you take", "for you to choose"),
    ("kann meine Teamleitung das lesen", "Your manager sees nothing"),
    ("wie viel Zeit kostet mich das", "minutes"),
    ("puedo modificarlo más tarde", "at any time"),
    ("est-ce un robot qui me répond", "no person"),
    ("czy mój kierownik może to przeczytać", "Your manager sees nothing"),
]


@pytest.mark.parametrize(("question", "told"), ASKED)
def test_a_question_is_answered_in_whatever_words_it_is_put(question: str, told: str) -> None:
    assert told in about_process(NOBODY, question)


@pytest.mark.parametrize(
    "question", ["who can see this and how many minutes will it take?", "wer sieht das und wie lange dauert das"]
)
def test_two_questions_in_one_sentence_are_both_answered(question: str) -> None:
    reply = about_process(NOBODY, question)
    assert "Your manager sees nothing" in reply
    assert "minutes" in reply


def test_what_the_coach_asks_for_anyway_is_not_said_twice() -> None:
    low = replace(
        DRAFTED, score=4.0, question="It does not say yet how anyone could tell that you got there. What would?"
    )
    assert "how anyone could tell" not in why_scored(low)


def test_what_is_barely_understood_is_said_to_be() -> None:
    assert "purple elephants under the moon" in about_process(NOBODY, "purple elephants under the moon?")


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("what does attrition mean", "attrition"),
        ("whats a nine box grid?", "nine box grid"),
        ("I don't know the word 'ombudsman'", "ombudsman"),
        ("was heißt denn Fluktuation", "Fluktuation"),
        ("c'est quoi une mutuelle", "mutuelle"),
        ("co znaczy dywersyfikacja", "dywersyfikacja"),
    ],
)
def test_a_word_that_nobody_explains_is_named(question: str, word: str) -> None:
    assert named_terms(question) == [word]
    assert f"“{word}”" in about_term(NOBODY, question)


def test_two_words_are_told_from_each_other() -> None:
    both = about_term(NOBODY, "difference between a goal and a milestone?")
    assert both.index("A goal") < both.index("A milestone")


def test_what_no_document_says_is_said_of_the_very_question() -> None:
    reply = about_company(NOBODY, "How many leave days do I have?", "", None)
    assert "“How many leave days do I have”" in reply
    assert "HR" in reply


def test_a_score_is_explained_only_where_there_is_one() -> None:
    assert why_scored(NOBODY) == ""
    low = why_scored(replace(DRAFTED, score=4.0))
    assert "4 of 10" in low or "4.0 of 10" in low
    assert "It does not say" in low
    assert "not scored yet" in why_scored(replace(DRAFTED, score=4.0, pausing=True))


def test_what_was_said_is_told_again_and_the_draft_instead_of_it() -> None:
    assert "• Train 2 juniors." in so_far(briefing(Phase.G8_ACTIONS, ("Train 2 juniors.",)))
    assert "Lead the night shift." in so_far(DRAFTED)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("i'm exhausted from the nights", "exhausting"),
        ("we are understaffed and i have no time", "too much work"),
        ("my boss shouts at us", "people at work"),
        ("nobody listens to us anyway", "not to be seen"),
        ("i'm really proud of my team", "good to hear"),
    ],
)
def test_a_feeling_is_answered_by_what_it_is_about(said: str, heard: str) -> None:
    assert heard in _to_feeling(said)


def test_the_same_feeling_twice_brings_other_words() -> None:
    first = _to_feeling("i'm so tired")
    again = replace(NOBODY, dialogue=(Line(role="assistant", content=first),))
    assert _to_feeling("i'm so tired", again) != first


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pl"])
def test_all_of_a_mixed_message_is_answered(language: Language) -> None:
    spoken = "i'm tired. who reads this? what is a KPI?"
    acts = (
        Act(act="feeling", span=(0, 10)),
        Act(act="question", about="process", span=(11, 26)),
        Act(act="question", about="term", span=(27, 41)),
    )
    told = replace(NOBODY, spoken=spoken, acts=acts, language=language)
    assert len(answers(told, lambda _: ("", None))) == 3
    assert "KPI" in compose_reply(told)


def test_a_question_is_never_put_twice_in_the_same_words() -> None:
    talk = Talk(Phase.G4_FUTURE, "Nurse")
    asked = [talk.say(text).question for text in ("who reads this?", "how long does this take?", "are you a bot?")]
    assert len(set(asked)) == 3
    assert all(question.count("?") == 1 for question in asked)


def test_the_wording_used_longest_ago_comes_again() -> None:
    said = tuple(Line(role="assistant", content=text) for text in ("A?", "B?", "C?"))
    assert unsaid(["C?", "B?", "A?"], said) == "A?"
    assert unsaid(["C?", "D?"], said) == "D?"


def _to_feeling(said: str, about: Briefing = NOBODY) -> str:
    acts = (Act(act="feeling", span=(0, len(said))),)
    return answers(replace(about, spoken=said, acts=acts), lambda _: ("", None))[0]
