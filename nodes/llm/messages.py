"""What the model gets to read: trusted instructions as the system message, everything else as one user message.

One system and one user message on purpose: many chat templates of local models know no other order.
"""

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from nodes.coach import Briefing, Exam
from nodes.llm.guard import masked
from nodes.llm.prompts import DATA_RULES, JUDGE, PROMPTS, REFINE_RULES, SYSTEM, prompt_text, render
from nodes.screening.delimiters import fence, group
from state.rubric import Criterion

MOST_SAID = 24_000
"""Characters of employee text in one prompt, the newest kept: small models have small windows."""
MOST_DIALOGUE = 8
"""Latest lines of the dialogue in one prompt; what the employee said is there in full anyway."""


def reply_messages(briefing: Briefing) -> list[BaseMessage]:
    """Prompt for an answer in the conversation."""
    system = [*_instructions(briefing, "collect"), _reply_task(briefing), DATA_RULES]
    data = [_profile(briefing), _passages(briefing), _other_goals(briefing), _dialogue(briefing), _said(briefing)]
    data += [fence("latest_message", briefing.spoken[:MOST_SAID]), _heard(briefing)]
    if briefing.question:
        data.append(fence("question", briefing.question))
    return _messages(system, data, "Write your reply to the employee now.")


def refine_messages(briefing: Briefing) -> list[BaseMessage]:
    """Prompt for a refined goal, or for rewording one without what was struck."""
    values = _values(briefing, "refine")
    system = [*_instructions(briefing, "refine"), render(REFINE_RULES, values), DATA_RULES]
    data = [f"Today is {briefing.today.isoformat()}.", _profile(briefing), _passages(briefing), _said(briefing)]
    ask = f"Write the goal now, in at most {briefing.limit} characters"
    if briefing.horizon_months:
        ask += f". The phase's time frame is {briefing.horizon_months} months"
    if briefing.previous:
        data += [fence("draft", briefing.previous["text"]), group("struck", _struck(briefing))]
        ask += (
            ". Reword the draft so that nothing between the struck tags is left in it, neither its words nor its sense"
        )
    return _messages(system, data, ask + ".")


def judge_messages(exam: Exam) -> list[BaseMessage]:
    """Prompt for a judgement; holds the goal, the rubric and the company's passages, never the chat."""
    criteria = [fence("criterion", _criterion(c), name=name) for name, c in exam.rubric.criteria.items()]
    passages = [fence("passage", p.content, document=p.document) for p in exam.passages]
    data = [
        f"Today is {exam.today.isoformat()}.",
        group("rubric", criteria),
        group("passages", passages),
        fence("goal", masked(exam.text, exam.proposals, "[...]")),
    ]
    names = ", ".join(exam.rubric.criteria)
    return _messages([PROMPTS[JUDGE], DATA_RULES], data, f"Judge the goal now by these criteria: {names}.")


def _messages(system: list[str], data: list[str], ask: str) -> list[BaseMessage]:
    return [SystemMessage("\n\n".join(system)), HumanMessage("\n\n".join([*filter(None, data), ask]))]


def _instructions(briefing: Briefing, step: str) -> list[str]:
    values = _values(briefing, step)
    return [prompt_text(name, briefing.prompts, values) for name in (SYSTEM, f"{step}.{briefing.phase}")]


def _values(briefing: Briefing, step: str) -> dict[str, object]:
    return {
        # The role is the employee's own text, so the system message only points to it (DECISIONS 11).
        "employee_role": "an employee (their role stands in their profile)",
        "company_name": briefing.company,
        "phase": str(briefing.phase),
        "step": step,
        "months": briefing.horizon_months or "several",
        "limit": briefing.limit,
    }


def _heard(briefing: Briefing) -> str:
    """What the latest message does and changes, as our own reading has it."""
    acts = [act["act"] + (f" ({act['about']})" if act.get("about") else "") for act in briefing.acts]
    lines = [f"The latest message holds: {', '.join(dict.fromkeys(acts))}."] if acts else []
    lines += [
        f"Replaced: {swap.old} by {swap.new}" if swap.new else f"Taken back: {swap.old}" for swap in briefing.swaps
    ]
    return fence("heard", "\n".join(lines)) if lines else ""


_ANSWER_FIRST = (
    "If the latest message asks something, answer that first in one or two sentences: about the company from the passages alone, "
    "and if none tells it, say so; a word of yours in one plain sentence; asked for an example, give one from work like theirs. "
    "If they refuse, accept it. If they tell a feeling, acknowledge it in one sentence. Never thank for a question. "
)


def _reply_task(briefing: Briefing) -> str:
    if briefing.course == "score":
        return "Say in one short sentence that you take the draft as it stands. Ask nothing."
    if briefing.course == "confirm":
        return (
            "A draft of the goal waits for the employee's yes. "
            + _ANSWER_FIRST
            + "Reply in at most 70 words and end with the one "
            "question between the question tags, in your words and in the employee's language."
        )
    if briefing.course == "refine":
        return (
            "Enough is known. Reply in at most 80 words: sum up what the employee said in two to four short points, "
            "without adding anything, and say that their goal is now being written. Ask nothing."
        )
    return (
        _ANSWER_FIRST
        + "Reply in at most 90 words: acknowledge in one sentence what the employee said; if one of the passages fits, "
        "lean on it and name its document; don't write the goal itself. End by asking exactly the one question between "
        "the question tags, in your words and in the employee's language, and no other question."
    )


def _profile(briefing: Briefing) -> str:
    known = [f"{key.replace('_', ' ')}: {value}" for key, value in briefing.profile.items() if value not in (None, "")]
    return fence("profile", "\n".join(known)) if known else ""


def _passages(briefing: Briefing) -> str:
    fenced = [
        fence("passage", p.content, index=i, document=p.document, page=p.page) for i, p in enumerate(briefing.passages)
    ]
    return group("passages", fenced)


def _other_goals(briefing: Briefing) -> str:
    return group("other_goals", [fence("other_goal", text, phase=phase) for phase, text in briefing.goals.items()])


def _dialogue(briefing: Briefing) -> str:
    spoken = [fence("line", d["content"], by="coach") for d in briefing.dialogue if d["role"] == "assistant"]
    return group("dialogue", spoken[-MOST_DIALOGUE:])


def _said(briefing: Briefing) -> str:
    kept: list[str] = []
    room = MOST_SAID
    for text in reversed(briefing.said):
        if room <= 0:
            break
        kept.insert(0, fence("message", text[:room]))
        room -= len(text)
    return group("messages", kept)


def _struck(briefing: Briefing) -> list[str]:
    return [fence("line", text) for text in sorted(briefing.struck)]


def _criterion(criterion: Criterion) -> str:
    """The criterion as the judge reads it, each level on a line of its own."""
    lines = [criterion.description]
    if criterion.keywords:
        lines.append(f"Words that count: {', '.join(criterion.keywords)}")
    lines += [f"{anchor}: {_one_line(words)}" for anchor, words in (criterion.levels or {}).items()]
    if criterion.example:
        lines.append(f"Example: {_one_line(criterion.example)}")
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())
