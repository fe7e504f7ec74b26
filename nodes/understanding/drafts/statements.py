"""What is of a goal, and what is said to the coach."""

import re

from nodes.english.first_person import strip_lead
from nodes.english.terms import terms
from nodes.english.verbs import names_role
from nodes.understanding.acts import hear
from nodes.understanding.drafts import speech
from nodes.understanding.drafts.shown import Shown
from nodes.understanding.mending import (
    read_mend,
    states_something,
)
from nodes.understanding.value_names import label_of, names_value

TO_THE_COACH = re.compile(
    r"(?:you|u|your|why|what|how|when|where|who|which|this|that|there|it|nobody|wtf|that['’]s|there['’]s|you['’]\w+|it['’]s|du|"
    r"warum|wieso|tú|por qué|usted|tu|vous|pourquoi|dlaczego|czemu|ty)\b",
    re.IGNORECASE,
)
"""How a sentence opens that speaks to the coach or of the draft, and is no part of a goal."""


def to_coach(body: str) -> bool:
    return bool(TO_THE_COACH.match(body)) or body.rstrip().endswith("?")


def tells(body: str, said: tuple[str, ...], shown: Shown) -> bool:
    """Whether a piece is of the goal: a statement, a value, an amount or a time, and not said to the coach."""
    if to_coach(body) or not (terms(body) or read_mend(body).values):
        return False
    heard = hear(speech.without_tail(body))
    content = all(one.act in ("content", "correction", "withdrawal") for one in heard)
    bare = strip_lead(body)[1]
    opens = states_something(body) or names_role(bare) or (bare != body and bool(terms(bare)))
    if shown.phase == "g6_values" and (label_of(body) or names_value(body)):
        return True
    if read_mend(body).values and content:
        return True
    shared = len(terms(body) & shown.terms)
    return (opens and content) or (bool(shared) and shared * 2 >= len(terms(body)))
