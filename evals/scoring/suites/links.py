"""A plan is strongly linked to its own vision, and weakly to anybody else's."""

from evals.scoring.data import Data, Person
from evals.scoring.suite import Example, Suite, at_least, share
from nodes.links import link_goals

FALL = 4


def links(data: Data) -> Suite:
    """Every plan with its own vision and with every other person's."""
    examples = [_example(person, other) for person in data.people for other in data.people if person is not other]
    return Suite(
        "links",
        f"{len(data.people)} plans, each with {len(data.people) - 1} foreign visions",
        examples,
        (at_least(f"strength falls by {FALL} or more", 0.90, share([e.right for e in examples])),),
        {"mean strength of own visions": sum(_strength(p, p) for p in data.people) / len(data.people)},
        {"own": [_strength(p, p) for p in data.people], "foreign": [float(e.got["foreign"] or 0) for e in examples]},
    )


def _example(person: Person, other: Person) -> Example:
    own, foreign = _strength(person, person), _strength(person, other)
    return Example(
        f"{person.id} with {other.id}",
        {"actions": person.actions, "vision": other.vision},
        {"own": own},
        {"foreign": foreign},
        own - foreign >= FALL,
    )


def _strength(person: Person, other: Person) -> int:
    return link_goals(person.actions, other.vision, "future")[0]
