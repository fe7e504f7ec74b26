"""What the coach says in other languages: all of it from the catalogues, in one form of address, careful in a crisis."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import polib
import pytest

from nodes.coach import Briefing
from nodes.collect import IS_THIS_IT
from nodes.crisis import HELP_LINE, crisis_reply
from nodes.links import link_goals
from nodes.rules.adviser import RuleAdviser
from nodes.rules.answers.replies import answers
from nodes.rules.compose import compose
from nodes.rules.keeping import never_worse
from nodes.rules.questions import Asking, ask, own_question
from nodes.rules.replies import compose_reply
from nodes.score import MAY_KEEP
from nodes.understanding.acts import hear
from nodes.words import words_of
from server.command.messages.sources import rooms
from state.conversation import Draft
from state.frame import Act, ActName
from state.languages.catalogue import Catalogue
from state.languages.choice import LANGUAGES, SOURCE, Language
from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS
from state.scorecard import CriterionScore, Scorecard
from tests.nodes.employees import SARAH
from tests.nodes.test_compose import briefing

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
COACH = next(room for room in rooms() if room.folder.parent.name == "nodes")
PHASES = [Phase.G4_FUTURE, Phase.G6_VALUES, Phase.G8_ACTIONS]
MOODS = ("new", "plain", "unsure", "foreign", "wordless")
ACTS: tuple[tuple[ActName, str], ...] = (
    ("question", "process"), ("question", "term"), ("question", "company"), ("request", "example"), ("request", "write"),
    ("request", "skip"), ("request", "rename"), ("request", "keep"), ("refusal", ""), ("feeling", ""), ("no", ""),
    ("chatter", "reminder"), ("chatter", ""), ("content", ""),
)  # fmt: skip
SPOKEN = ("Hello!", "Who reads this?", "What is a rubric?", "I am so tired", "I am glad", "I quit", "How long is it?")
NEEDED = {
    "de": ("Hilfe", "Notruf", "nicht allein", "Programm", "Niemand", "löschen"),
    "es": ("ayuda", "emergencias", "a solas", "programa", "nadie", "borrarlo"),
    "fr": ("aide", "urgence", "porter cela seul", "programme", "personne dans", "effacer"),
    "pl": ("pomoc", "alarmowy", "w samotności", "programem", "nikt", "usunąć"),
}
"""In a crisis: help, the emergency number, not alone, what the coach is, that nobody reads it and that it can be erased."""
OTHER_ADDRESS = {
    "de": r"\b(?:Ihnen|Ihrem|Ihren|Ihres)\b",
    "es": r"\b(?:usted|ustedes|su empresa)\b",
    "fr": r"\b(?:tu|toi|ton|tes|t')\b|\(e\)",
    "pl": r"\b(?:Pan|Pani|Państwo)\b|\b\w+[aeiyąęó]ł(?:eś|aś|em|am)\b",
}
"""Forms of address that are not ours; in Polish also past tenses, which tell whether a woman or a man speaks."""


def translations(language: str) -> dict[str, str]:
    """What the catalogue holds."""
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(COACH.folder / f"{language}.po"))}


def held(phase: Phase, language: Language, spoken: str = "", act: ActName | None = None, about: str = "") -> Briefing:
    """A briefing in a language whose message does one thing."""
    acts = (Act(act=act, about=about, span=(0, len(spoken))),) if act else ()
    return replace(briefing(phase, SARAH.says[phase]), language=language, spoken=spoken, acts=acts, asked=("clarity",))


def card(name: str) -> Scorecard:
    """A low score that one criterion causes."""
    criterion = CriterionScore(name=name, score=2.0, weight=100, weighted_score=20.0, reasoning="", evidence="")
    return Scorecard(
        score=2.0, threshold=7.0, meets_threshold=False, criteria=[criterion], feedback="", suggestions=[],
        rubric_version="", prompt_version="", model="rules",
    )  # fmt: skip


def asked(phase: Phase, said: str, language: Language, before: tuple[str, ...] = ()) -> str:
    """What is asked next; empty when a goal can be written."""
    about = replace(briefing(phase, (said,)), language=language, asked=before)
    gap = RuleAdviser().gap(about)
    return RuleAdviser().question(gap, about) if gap else ""


def questions(language: Language) -> Iterator[str]:
    """Every question that asks for what is missing."""
    for phase, times, mood in product(PHASES, range(4), MOODS):
        for criterion in DEFAULT_RUBRICS[phase].criteria:
            yield ask(Asking(phase, criterion, times, (), (), mood, "Nurse", 12, language))
        yield asked(phase, SARAH.says[phase][0], language, ("specificity",) * times)
    yield own_question("team_spirit", "Helps others.", language)
    for said in ("train 40% sales, 40% training and 30% admin", "reduce errors by 30% from 12%"):
        yield asked(Phase.G4_FUTURE, f"I want to become head nurse and {said}", language)


def replies(language: Language) -> Iterator[str]:
    """Answers to each act, the whole reply, and what follows a low score."""
    for phase, (act, about), spoken in product(PHASES, ACTS, SPOKEN):
        yield from answers(held(phase, language, spoken, act, about), lambda _: ("", None))
    for phase in PHASES:
        yield compose_reply(replace(held(phase, language, "x", "content"), course="refine"))
        for name in DEFAULT_RUBRICS[phase].criteria:
            advice = RuleAdviser().advice(card(name), held(phase, language))
            yield from (advice.question, advice.example)
    yield RuleAdviser().advice(card("team_spirit"), held(Phase.G4_FUTURE, language)).question
    yield crisis_reply({}, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_is_a_message_of_the_sources(monkeypatch: pytest.MonkeyPatch, language: Language) -> None:
    known, unknown = {message.one for message in COACH.messages}, set[str]()
    say = Catalogue.say

    def listening(self: Catalogue, message: str, **values: object) -> str:
        unknown.update({message} - known - {"", "team spirit"})
        return say(self, message, **values)

    monkeypatch.setattr(Catalogue, "say", listening)
    told = [*questions(language), *replies(language)]
    assert len(set(told)) > 150
    assert not unknown
    assert not [text for text in told if re.search(r"\{\w+\}", text)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_questions_and_replies_are_no_english(language: Language) -> None:
    english = set(questions(SOURCE)) - {""}
    assert not english & set(questions(language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_edges_and_signs_of_a_message_are_kept(language: Language) -> None:
    for message, said in translations(language).items():
        assert (said[:1].isspace(), said[-1:].isspace()) == (message[:1].isspace(), message[-1:].isspace()), message
        assert message.count("?") == said.count("?"), message
        assert message.startswith("[") == said.startswith("["), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_everybody_is_addressed_alike(language: Language) -> None:
    other = re.compile(OTHER_ADDRESS[language])
    assert not [said for said in translations(language).values() if other.search(said)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_crisis_reply_says_what_matters_and_names_no_number(language: Language) -> None:
    reply, english = (crisis_reply({}, one) for one in (language, SOURCE))
    assert not [word for word in NEEDED[language] if word not in reply]
    assert "!" not in reply
    assert not re.search(r"\d|\{|  ", reply)
    assert len(reply) < 1.4 * len(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_company_s_own_help_stands_in_the_crisis_reply(language: Language) -> None:
    ours = crisis_reply({}, language)
    theirs = crisis_reply({HELP_LINE: "Ana, room 5."}, language)
    assert "Ana, room 5. " in theirs
    assert len(theirs) < len(ours)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_be_said_to_keep_a_goal_is_understood(language: Language) -> None:
    quoted = re.findall("[“„«](.+?)[”“»]", words_of(language).say(MAY_KEEP))
    assert [(one.act, one.about) for one in hear(quoted[0].strip("\u00a0"))] == [("request", "keep")]


def notes(language: Language) -> list[str]:
    """What is said of drafts that keep the employee's words, of a link, and of a draft that waits."""
    foreign = briefing(Phase.G4_FUTURE, ("Ich möchte nächstes Jahr die Station leiten.",))
    kept = never_worse(Draft(text="Do it.", proposals=[], sources=[], note=""), held(Phase.G8_ACTIONS, language))
    link = link_goals("Train 3 juniors by May.", "Lead a team of juniors.", "future", language)[1]
    return [
        compose(replace(foreign, language=language))["note"],
        kept["note"],
        link,
        *map(words_of(language).say, IS_THIS_IT),
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_notes_of_drafts_and_links_are_in_the_language(language: Language) -> None:
    assert all(notes(language))
    assert not set(notes(language)) & set(notes(SOURCE))


@pytest.mark.parametrize(
    ("language", "joint"), [("en", " and "), ("de", " und "), ("es", " y "), ("fr", " et "), ("pl", " i ")]
)
def test_things_are_joined_as_the_language_does(language: Language, joint: str) -> None:
    said = ("I want to learn welding and train 2 juniors.",)
    reply = compose_reply(
        replace(
            briefing(Phase.G8_ACTIONS, said),
            language=language,
            acts=held(Phase.G8_ACTIONS, language, "x", "content").acts,
        )
    )
    assert f"learning welding{joint}training 2 juniors" in reply
