"""What of a goal counts for nothing: proposals, words to the judge, and in a goal what is over, for others or only perhaps."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Iterable, Iterator

from nodes.english.phrases import find_hedges
from nodes.english.spans import Stretches, blanked
from nodes.english.words import SENTENCE_BREAK, pieces
from nodes.screening import BLANK, screened
from nodes.screening.deeds import Deed, deed_of
from nodes.screening.segments import segments
from state.phases import Phase

CITED = re.compile(r"(?:\bin the words of [^“”\n]{0,120}+)?“[^”\n]{0,600}+”")
"""A document's own sentence inside a goal: it explains, but it is neither the employee's doing nor proof of fitting the document."""

_FIGURE_OF_SPEECH = re.compile(
    r"\b(?:roll(?:ing)? up (?:my|our) sleeves|read(?:ing)? the room|(?P<unless_counted>build(?:ing)? bridges|plant\w* seeds?)|writ\w+ (?:my|our) own (?:story|chapter)|"
    r"walk(?:ing)? the (?:talk|extra mile)|rais\w+ the bar|run(?:ning)? the extra mile|hit(?:ting)? the ground running|mov\w+ mountains|"
    r"tak\w+ (?:it|things|my \w+|this) to the next level|open(?:ing)? (?:\w+ )?doors|turn\w* the page|break\w* new ground|"
    r"lead(?:ing)? (?:by|from the) (?:example|front)|wear\w* many hats|push\w* the envelope|the best version of myself|"
    r"(?:leave|make|leaving|making) (?:a|my) (?:lasting )?mark|think\w* outside the box|plan(?:ning)? to|set\w* out to)\b",
    re.IGNORECASE,
)
"""They sound like deeds and name none; `plan to` is a wish before the verb that counts."""
_CLAUSE, _DIGIT = re.compile(r"[^.;\n]+"), re.compile(r"\d")
_OTHERS_DO = re.compile(
    r"^\W*(?:and |then |also )?(?:the (?:company|firm|employer|boss|management|organi[sz]ation|union|board)|my (?:boss|manager|line manager|employer|"
    r"supervisor|company|director)|hr|head office|management|they|someone|somebody|he|she)\s(?:will|should|must|needs? to|has to|ought to|is going to|"
    r"could|sends?|gives?|pays?|clears?|raises?|finds?|makes?|buys?|lets?|provides?|organi[sz]es?|arranges?|hires?|promotes?|offers?|books?)\b(?!.*\bI\b)",
    re.IGNORECASE,
)
"""What others are to do is no plan of the writer's."""
_LONG_PAST = re.compile(
    r"\b(?:last|previous) (?:year|month|quarter|spring|summer|autumn|winter|week)\b(?! of\b)|\b(?:years?|months?|weeks?) ago\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|compared (?:with|to)|against|versus|vs\.?|over|below|above|under|on|from|beyond)(?: in| the)* (?:last|previous) (?:year|month|quarter|spring|summer|autumn|winter|week)\b",
    re.IGNORECASE,
)
"""`20% less than last year` measures a plan."""
_DONE = re.compile(
    r"\b(?:i|we)(?: have|['’]ve| had|['’]d)?(?: already| also| just| recently)? (?!need|exceed|succeed|proceed|feed|speed|embed)(?:[a-z]+ed|did|built|"
    r"wrote|led|ran|took|got|gave|made|taught|bought|sold|met|won|went|began|became|spoke|held|kept|been)\b",
    re.IGNORECASE,
)
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|going to|plan|shall|aim|want|next|until|goal|would like|by (?:the|end|mid|next|then|early|late|20\d\d|Q[1-4]|[A-Z][a-z]+))\b|['’]ll\b",
    re.IGNORECASE,
)
_COMPLAINS = re.compile(
    r"\bthere(?:['’]s| is| was| are) no (?:time|money|point|way|budget|chance|room)\b|\b(?:don['’]t|do not|can['’]t|cannot) (?:see|know|think|imagine)\b|"
    r"\b(?:gets?|got|was|were|been) (?:cancelled|canceled|refused|rejected|ignored)\b",
    re.IGNORECASE,
)
UNCOMMITTED = 3
"""Hedges from which a sentence promises nothing."""


def what_counts(phase: Phase, goal: str, proposals: Iterable[tuple[int, int]]) -> str:
    """The goal's text with everything else blanked; every letter keeps its place."""
    plans = phase is not Phase.G6_VALUES
    text = screened(_without_proposals(goal, proposals), counting=plans)
    if plans:
        text = _without_what_is_no_plan(text, phase)
    return blanked(text, _figures_of_speech(text), " ")


def _figures_of_speech(text: str) -> Iterator[tuple[int, int]]:
    """`build bridges` is none where a number follows in its clause."""
    told = Stretches(match.span() for match in _CLAUSE.finditer(text))
    last_digit: dict[int | None, int] = {told.at(match.start()): match.start() for match in _DIGIT.finditer(text)}
    for match in _FIGURE_OF_SPEECH.finditer(text):
        if not (match["unless_counted"] and last_digit.get(told.at(match.start()), -1) >= match.end()):
            yield match.span()


def _without_proposals(goal: str, proposals: Iterable[tuple[int, int]]) -> str:
    letters = list(goal)
    for start, end in proposals:
        start, end = max(0, start), min(len(letters), end)
        letters[start:end] = BLANK * (end - start)
    return "".join(letters)


def _without_what_is_no_plan(text: str, phase: Phase) -> str:
    """What others are to do, what is over, what is only perhaps done, and complaints count for nothing."""
    told = pieces(text, SENTENCE_BREAK)
    return blanked(text, ((start, end) for start, end in told if _is_no_plan(text[start:end], phase)), BLANK)


def _is_no_plan(sentence: str, phase: Phase) -> bool:
    past = _LONG_PAST.search(_COMPARED.sub("", sentence)) or (phase is Phase.G8_ACTIONS and _DONE.search(sentence))
    over = past and not _LOOKS_AHEAD.search(sentence)
    unsure = len(find_hedges(sentence)) >= UNCOMMITTED
    return bool(over or unsure or _OTHERS_DO.search(sentence) or _complains(sentence))


def _complains(sentence: str) -> bool:
    """`cut the bookings that get cancelled` is a deed about what others would complain of."""
    found = _COMPLAINS.search(sentence)
    return bool(found) and deed_of(segments(sentence, 0, len(sentence))[0]) is not Deed.SURE
