"""Goals as Markdown. What people and models wrote stays text: it makes no links, HTML, headings or lists of its own."""

import re

from server.exports.sheet import GoalSheet, SheetGoal, spoken_day, spoken_minutes, spoken_score

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~@$#]")
_LINE_START = re.compile(r"^([ ]*)([+=-])", re.MULTILINE)
_NUMBERED = re.compile(r"^([ ]*\d+)([.)])", re.MULTILINE)
_ADDRESS = re.compile(r"(?<=\w)(?:(:)(?=//)|(\.)(?=\w*[^\W\d]))")
"""What some readers make links of: the colon of `https://`, the dot of `www.example`; not that of `2.5`."""


def markdown_of(sheet: GoalSheet) -> str:
    """The whole document, UTF-8 text with a line break at its end."""
    parts = [f"# {escaped(sheet.title)}", _about(sheet), _summary(sheet)]
    parts += [_goal(number, goal) for number, goal in enumerate(sheet.goals, 1)]
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
    return " · ".join([*(escaped(text) for text in told if text), spoken_day(sheet.made_on)])


def _summary(sheet: GoalSheet) -> str:
    lines = [f"- Average score: **{spoken_score(sheet.avg_score)}** of 10"]
    if sheet.minutes is not None:
        lines.append(f"- Time: {spoken_minutes(sheet.minutes)}")
    if sheet.open:
        lines.append(f"- Still open: {', '.join(sheet.open)}")
    return "\n".join(lines)


def _goal(number: int, goal: SheetGoal) -> str:
    parts = [f"## {number}. {goal.title}: {spoken_score(goal.score)} of 10", escaped(goal.content)]
    if goal.proposals:
        proposed = "; ".join(f"“{escaped(text)}”" for text in goal.proposals)
        parts.append(f"Proposed by the coach, still to be agreed: {proposed}")
    if goal.criteria:
        rows = [
            f"| {escaped(c.name)} | {spoken_score(c.score)} | {c.weight} % | {escaped(c.reasoning)} |"
            for c in goal.criteria
        ]
        parts.append("\n".join(["| Criterion | Score | Weight | Why |", "|---|---:|---:|---|", *rows]))
    if goal.links:
        links = [f"- {link.words} *{link.to}*, {link.strength} of 10: {escaped(link.notes)}" for link in goal.links]
        parts.append("How it links:\n\n" + "\n".join(links))
    return "\n\n".join(parts)
