"""A conversation without a database: each message is read and planned for as the graph does it, with the rows in memory."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

from nodes.coach import DOUBTS
from nodes.collect import Plan, plan_for
from nodes.rules.adviser import RuleAdviser
from nodes.understanding.reading import read_lines, texts_of
from nodes.understanding.telling import told
from state.conversation import ConversationState, Line, Profile
from state.frame import Fact
from state.phases import Phase
from state.records.sessions.frames import SessionLine
from tests.nodes.test_compose import briefing


@dataclass
class Talk:
    """What one phase of a conversation holds while nothing is drafted yet."""

    phase: Phase
    position: str = "Cook"
    lines: list[SessionLine] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    question: str = ""
    dialogue: list[Line] = field(default_factory=list)

    @property
    def said(self) -> tuple[str, ...]:
        """What holds."""
        return told(self.facts, texts_of(self.lines), self.phase)

    def say(self, text: str) -> Plan:
        """What follows a message."""
        number = len(self.lines) + 1
        line = SessionLine(f"m{number}", "user", text, f"t{number}", self.phase, "collect", read=False, withheld=False)
        self.lines.append(line)
        doubted = any(asked in DOUBTS for asked in self.asked[-1:])
        reading = read_lines(self.lines, self.facts, doubted=doubted)
        self.lines[-1] = replace(line, read=True)
        self.facts = reading.facts
        state = self._state([one.wire() for one in reading.heard], reading.unclear)
        about = replace(
            briefing(self.phase, self.said),
            asked=tuple(self.asked),
            acts=tuple(state["acts"]),
            dialogue=tuple(self.dialogue),
            profile=Profile(position=self.position),
        )
        plan = plan_for(cast("ConversationState", state), about, RuleAdviser())
        self.asked = [*self.asked, plan.gap.criterion] if plan.gap else self.asked
        self.question = plan.question
        self.dialogue += [Line(role="user", content=text), Line(role="assistant", content=plan.question)]
        return plan

    def _state(self, acts: list[Any], unclear: str) -> dict[str, Any]:
        brief = {
            "phase": self.phase.value,
            "question": "Opening?",
            "language": "en",
        }
        return {
            "acts": acts,
            "facts": self.facts,
            "learned": {"facts": self.facts, "lines": []},
            "unclear": unclear,
            "pausing": False,
            "draft": None,
            "low_scores": 0,
            "brief": brief,
            "current_phase": self.phase.value,
            "said": list(self.said),
            "asked": self.asked,
            "question": self.question,
            "dialogue": self.dialogue,
        }
