"""An action plan as a heading and one numbered line an action."""

from dataclasses import replace

from nodes.english.fitting import capital, cut_at_word
from nodes.english.spelling import small
from nodes.english.things import deed_with_counted
from nodes.rules.actions import as_action
from nodes.rules.clauses import Clause, plans, read_clauses, time_answers
from nodes.rules.compose_future import months_in
from nodes.rules.merging import merge

MOST_ACTIONS = 12


def compose_actions(said: tuple[str, ...], limit: int, months: int | None) -> str:
    """The plan within `limit` characters, a line a clause; empty when no action was named."""
    actions = [capital(_action(clause, months)) for clause in merge(plans(read_clauses(said)))][:MOST_ACTIONS]
    answers = time_answers(said)
    heading = f"{months}-month action plan:" if months else "Action plan:"
    if answers:
        heading = f"Action plan, {small(answers[-1])}:"
    while len(actions) > 1 and len(_plan(heading, actions)) > limit:
        actions.remove(min(actions, key=_value))
    return cut_at_word(_plan(heading, actions), limit) if actions else ""


def _action(clause: Clause, months: int | None) -> str:
    when = clause.lead_time
    if months_in(when) == months or when.lower() in clause.text.lower():
        when = ""
    action = as_action(replace(clause, lead_time=when))
    return action.text if action.verb else deed_with_counted(action.text)[0]


def _value(action: str) -> tuple[bool, int]:
    return (any(c.isdigit() for c in action), -len(action))


def _plan(heading: str, actions: list[str]) -> str:
    return "\n".join([heading, *(f"{number}. {action}" for number, action in enumerate(actions, 1))])
