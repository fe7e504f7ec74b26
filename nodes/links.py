"""How strongly an action plan serves a vision or a set of values, and what the two texts share. Pure."""

import re
from typing import Literal

from nodes.english.terms import content_words, stem, terms
from nodes.words import words_of
from state.languages.choice import SOURCE, Language

STRONGEST, WEAKEST = 10, 1
FEW_SHARED = 4
"""Below this strength the note says that little is shared."""
LONGEST_QUOTE = 60
NOTES = {
    "future": (
        "One of the two texts is empty, so the plan and the vision share nothing yet.",
        "The plan (“{ours}”) and the vision (“{theirs}”) share little; a step towards the vision would link them.",
        "“{ours}” in the plan serves “{theirs}” in the vision.",
    ),
    "values": (
        "One of the two texts is empty, so the plan and the values share nothing yet.",
        "The plan (“{ours}”) and the values (“{theirs}”) share little; a step towards the values would link them.",
        "“{ours}” in the plan serves “{theirs}” in the values.",
    ),
}
"""What is said of a link: when a text is empty, when little is shared, and when the plan serves the other."""
_COMMON = frozenset(
    map(
        stem,
        str.split("""
            action plan core value work team lead complete improve finish learn month week people company job role
            within become train develop reach build skill new support help project build up deliver manage manager
            increase reduce at all every each good well important start run hold report course shift start system
            begin quarter get take
        """),
    )
)
"""Stems that most plans of any profession hold; they link a little."""
_RELATED: tuple[frozenset[str], ...] = tuple(
    frozenset(map(stem, group.split()))
    for group in (
        "learn learning study read course book training certification certificate growth exam",
        "collaboration teamwork team together colleague colleagues mentor share talk pair present talks",
        "mentor coach train teach tutor guide onboard junior juniors",
        "excellence quality craft code pipeline standard accuracy precision audit errors",
        "impact result downtime deliver customers outcome",
        "safety safe falls accident incident audit checklist",
        "honesty honest transparency openness integrity feedback truth",
        "customer customers client clients guest guests account accounts service",
        "balance wellbeing health rest pace overtime",
        "fairness fair rota rotate roster equal",
    )
)
_TELLING, _PLAIN = 2.2, 0.5
"""Points for a shared stem that tells something, and for one that most plans hold."""
_BRIDGE = {"values": 1.5, "future": 0.7}
"""Points for a kind of thing both speak of; values are rarely repeated word for word in a plan."""
MOST_PIECES = 60
_HEADING = re.compile(r"\b(?:action plan|values|months?)$", re.IGNORECASE)
_BORDER = re.compile(r"[.;:\n]|,\s(?:and\s)?|\s(?:and|with)\s(?![^()\n]*\))")


def link_goals(
    actions: str, parent: str, parent_type: Literal["future", "values"], language: Language = SOURCE
) -> tuple[int, str]:
    """Strength 1-10 of the link from a plan to its parent goal, and a sentence that quotes both."""
    ours, theirs = terms(actions), terms(parent)
    strength = _strength(ours, theirs, parent_type)
    return strength, _note(actions, parent, NOTES[parent_type], strength, language)


def _strength(ours: frozenset[str], theirs: frozenset[str], parent_type: str) -> int:
    shared = ours & theirs
    bridges = len(_bridges(ours - shared, theirs - shared))
    points = _TELLING * len(shared - _COMMON) + _PLAIN * len(shared & _COMMON) + _BRIDGE[parent_type] * bridges
    return min(STRONGEST, WEAKEST + int(points))


def _bridges(ours: frozenset[str], theirs: frozenset[str]) -> list[frozenset[str]]:
    """Kinds of things that both texts speak of in different words."""
    return [group for group in _RELATED if group & ours and group & theirs]


def _note(actions: str, parent: str, notes: tuple[str, str, str], strength: int, language: Language) -> str:
    say = words_of(language).say
    empty, little, serves = notes
    ours, theirs = _best_pair(_pieces(actions), _pieces(parent))
    if not ours or not theirs:
        return say(empty)
    return say(little if strength < FEW_SHARED else serves, ours=ours, theirs=theirs)


def _best_pair(ours: list[str], theirs: list[str]) -> tuple[str, str]:
    """The two pieces that share most, the first ones when none do."""
    best, most = (ours[:1], theirs[:1]), 0.0
    others = [(other, terms(other)) for other in theirs[:MOST_PIECES]]
    for mine in ours[:MOST_PIECES]:
        told = terms(mine)
        for other, shown in others:
            closeness = _closeness(told, shown)
            if closeness > most:
                best, most = ([mine], [other]), closeness
    shared = terms(" ".join(best[0])) & terms(" ".join(best[1]))
    return _window("".join(best[0]), shared), _window("".join(best[1]), shared)


def _closeness(mine: frozenset[str], other: frozenset[str]) -> float:
    shared = mine & other
    telling = len(shared - _COMMON)
    return _TELLING * telling + _PLAIN * len(shared) + 0.5 * len(_bridges(mine - shared, other - shared))


def _pieces(text: str) -> list[str]:
    """The phrases of a text without its heading."""
    pieces = [piece for piece in (p.strip(' •–-\t"“”') for p in _cut(text)) if terms(piece)]
    return [p for p in pieces if not _HEADING.search(p)] or pieces


def _cut(text: str) -> list[str]:
    edges = [0, *(edge for match in _BORDER.finditer(text) for edge in match.span()), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _window(piece: str, wanted: frozenset[str]) -> str:
    """As much of a piece as fits a short quote, around its first wanted word."""
    if len(piece) <= LONGEST_QUOTE:
        return piece
    first = next((m.start() for m in content_words(piece) if stem(m.group()) in wanted), 0)
    start = piece.rfind(" ", 0, max(0, first - 15)) + 1
    tail = piece[start : start + LONGEST_QUOTE + 1]
    return tail.rsplit(" ", 1)[0] if len(piece) - start > LONGEST_QUOTE and " " in tail else tail[:LONGEST_QUOTE]
