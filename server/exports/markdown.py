"""Goals as Markdown. What people and models wrote stays text: it makes no links, HTML, headings or lists of its own."""

import re

from server.exports.sheet import GoalSheet, Link, SheetGoal, spoken_minutes
from state.languages.catalogue import Catalogue

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~@$#]")
_LINE_START = re.compile(r"^([ ]*)([+=-])", re.MULTILINE)
_NUMBERED = re.compile(r"^([ ]*\d+)([.)])", re.MULTILINE)
_ADDRESS = re.compile(r"(?<=\w)(?:(:)(?=//)|(\.)(?=\w*[^\W\d]))")
"""What some readers make links of: the colon of `https://`, the dot of `www.example`; not that of `2.5`."""


def markdown_of(sheet: GoalSheet) -> str:
    """The whole document, UTF-8 text with a line break at its end."""
    parts = [f"# {escaped(sheet.title)}", _about(sheet), _summary(sheet)]
    parts += [_goal(number, goal, sheet) for number, goal in enumerate(sheet.goals, 1)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """`text` so that it is shown as it stands, its lines kept."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    text = _ADDRESS.sub(lambda m: f"\\{m[0]}", text)
    text = _NUMBERED.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))
    lines = [line.strip() for line in text.split("\n")]
    return "\\\n".join(lines).replace("\n\\\n", "\n\n").replace("\\\n\n", "\n\n")


def _about(sheet: GoalSheet) -> str:
    told = [sheet.company, sheet.position, sheet.department]
    return " · ".join([*(escaped(text) for text in told if text), sheet.day])


def _summary(sheet: GoalSheet) -> str:
    words = sheet.words
    lines = [f"- {words.say('Average score: {score} of 10', score=f'**{sheet.average}**')}"]
    if sheet.minutes is not None:
        lines.append(f"- {words.say('Time: {duration}', duration=spoken_minutes(sheet.minutes, words))}")
    if sheet.open:
        lines.append(f"- {words.say('Still open: {goals}', goals=', '.join(sheet.open))}")
    return "\n".join(lines)


def _goal(number: int, goal: SheetGoal, sheet: GoalSheet) -> str:
    words = sheet.words
    scored = words.say("{goal}: {score} of 10", goal=goal.title, score=sheet.number(goal.score))
    parts = [f"## {number}. {scored}", *([sheet.kept] if goal.kept else []), escaped(goal.content)]
    if goal.proposals:
        proposed = "; ".join(words.say("“{quote}”", quote=escaped(text)) for text in goal.proposals)
        parts.append(words.say("Proposed by the coach, still to be agreed: {proposals}", proposals=proposed))
    if goal.criteria:
        rows = [
            f"| {escaped(c.name)} | {sheet.number(c.score)} | {c.weight} % | {escaped(c.reasoning)} |"
            for c in goal.criteria
        ]
        heads = [words.say("Criterion"), words.say("Score"), words.say("Weight"), words.say("Why")]
        parts.append("\n".join([f"| {' | '.join(heads)} |", "|---|---:|---:|---|", *rows]))
    if goal.links:
        parts.append("\n".join([words.say("How it links:"), "", *(_link(link, words) for link in goal.links)]))
    return "\n\n".join(parts)


def _link(link: Link, words: Catalogue) -> str:
    strength = words.say("{strength} of 10", strength=link.strength)
    return f"- {link.words} *{link.to}*, {strength}: {escaped(link.notes)}"
