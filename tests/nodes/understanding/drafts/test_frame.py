"""What is said at a draft leaves facts behind that say what the draft says, and what was lost can come back."""

from dataclasses import dataclass, field, replace

from nodes.understanding.drafts.shown import Shown
from nodes.understanding.reading import Reading, read_lines, texts_of
from nodes.understanding.telling import told
from state.frame import Fact, holding
from state.phases import Phase
from state.records.sessions.frames import SessionLine


@dataclass
class Talk:
    """A phase whose draft is shown after the first message."""

    phase: Phase
    draft: str
    lines: list[SessionLine] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def say(self, text: str, *, shown: bool = True) -> Reading:
        """Read a message, with the draft as it stands before it."""
        name = f"m{len(self.lines) + 1}"
        self.lines.append(SessionLine(name, "user", text, name, self.phase, "collect", read=False, withheld=False))
        reading = read_lines(self.lines, self.facts, shown=Shown.of(self.phase, self.draft) if shown else None)
        self.lines[-1] = replace(self.lines[-1], read=True)
        self.facts = reading.facts
        self.draft = reading.revised["text"] if reading.revised else self.draft
        return reading

    @property
    def held(self) -> list[str]:
        """The texts of the facts that hold."""
        return [fact["text"] for fact in holding(self.facts, self.phase)]

    @property
    def said(self) -> str:
        """What holds, as text."""
        return "\n".join(told(self.facts, texts_of(self.lines), self.phase))


def plan() -> Talk:
    talk = Talk(Phase.G8_ACTIONS, "Action plan:\n1. Prune 40 limes by March\n2. Paint the gate\n3. Call Ola weekly")
    talk.say("prune 40 limes by march, paint the gate and call Ola weekly", shown=False)
    return talk


def test_the_facts_say_what_the_draft_says() -> None:
    talk = plan()
    talk.say("number 2 should read: paint both gates by May")
    assert talk.held == ["Prune 40 limes by March", "Paint both gates by May", "Call Ola weekly"]
    assert talk.said.splitlines() == talk.held


def test_an_unchanged_part_stays_the_fact_it_was() -> None:
    talk = plan()
    talk.say("number 2 should read: paint both gates by May")
    first = holding(talk.facts, talk.phase)[0]
    talk.say("delete number 3")
    assert holding(talk.facts, talk.phase)[0] == first
    assert talk.held == ["Prune 40 limes by March", "Paint both gates by May"]


def test_what_was_taken_out_comes_back_by_its_name_or_as_the_last() -> None:
    talk = plan()
    talk.say("take out the gate")
    talk.say("delete the last one")
    assert talk.held == ["Prune 40 limes by March"]
    talk.say("put the gate back")
    assert talk.held[-1] == "Paint the gate"
    talk.say("what happened to Ola? put it back")
    assert "Ola" in talk.held[-1]


def test_starting_over_leaves_nothing_that_holds() -> None:
    talk = plan()
    reading = talk.say("start over please")
    assert reading.revised is not None
    assert (reading.revised["verdict"], talk.held, talk.said) == ("cleared", [], "")


def test_starting_over_works_before_there_is_a_draft() -> None:
    talk = plan()
    talk.say("delete everything and begin again", shown=False)
    assert talk.held == []


def test_a_question_or_complaint_leaves_every_fact_as_it_was() -> None:
    talk = plan()
    before = talk.facts
    for message in ("what is a tariff?", "you mangled that", "remove pineapple", "wtf"):
        talk.say(message)
    assert talk.facts == before
