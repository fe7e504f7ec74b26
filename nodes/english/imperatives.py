"""What should become of something, as what one does: `errors should go down to 2%` as `bring errors down to 2%`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re

from nodes.english.lexicon import QUALIFYING, singular
from nodes.english.spelling import small
from nodes.english.times import find_times
from nodes.english.verbs import base_of_participle, leading_verb, names_role

_MUST = r"(?:(?:should|must|needs? to|ha(?:s|ve) to|will|would|shall|could|can|to|is to|are to|might)\s+)"
_GOES_DOWN = re.compile(
    rf"^(?P<what>(?!i\b|we\b)[^,;]{{3,80}}?)\s+(?:{_MUST}(?:go|come|get|be) down|{_MUST}(?:be )?(?:drop|fall|decrease|decline|shrink|sink|reduce)"
    r"(?:d|n|ped)?)\b(?P<tail>.*\d.*)$",
    re.IGNORECASE,
)
_GOES_UP = re.compile(
    rf"^(?P<what>(?!i\b|we\b)[^,;]{{3,80}}?)\s+{_MUST}(?:(?:go|come|get|be) (?:up|above|over)|(?:be )?(?:rise|increase|grow|climb|"
    r"improve|raise)d?)\b(?P<tail>.*\d.*)$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"^(?P<what>[A-Za-z][^,;\d]{2,60}?)\s+from (?P<old>[€$£]?\d[\d.,]*+)\s?(?P<tail>\S* to [€$£]?(?P<new>\d[\d.,]*).*)$"
)


_SEEN = re.compile(
    r"^see (?P<what>[^,;]{3,80}?) (?P<verb>(?:go|drop|fall|rise|increase|grow|decrease|improve)\b)(?=.*\d)",
    re.IGNORECASE,
)
_GOES_FROM = re.compile(
    rf"^(?P<what>[^,;]{{3,80}}?) {_MUST}?(?:goes|go|move|come) from (?P<old>[€$£]?\d[\d.,]*+)\s?(?P<tail>\S* to [€$£]?(?P<new>\d[\d.,]*).*)$",
    re.IGNORECASE,
)


def imperative(text: str) -> str:
    """`errors should go down from 5% to 2%` as `bring errors down from 5% to 2%`, `8 audits done` as `do 8 audits`."""
    text = _SEEN.sub(r"\g<what> should \g<verb>", text)
    if down := _GOES_DOWN.match(text):
        return f"bring {small(down['what'])} down{down['tail']}"
    if up := _GOES_UP.match(text):
        return f"raise {small(up['what'])}{up['tail']}"
    change = _GOES_FROM.match(text) or _FROM_TO.match(text)
    if change and not leading_verb(text):
        up_or_down = "raise" if _amount(change["new"]) > _amount(change["old"]) else "bring"
        down_word = "" if up_or_down == "raise" else " down"
        return f"{up_or_down} {small(change['what'])}{down_word} from {change['old']}{change['tail']}"
    if (level := _DOWN_TO.match(text)) and not leading_verb(text):
        return f"bring {small(level['what'])} {level['to']}"
    if (
        (bound := _BOUND.match(text))
        and not leading_verb(text)
        and not names_role(text)
        and not _NO_OBJECT.match(bound["what"])
    ):
        most = bound["bound"].lower()
        return f"keep {definite(small(bound['what']))} {_AT_MOST.get(most, most)} {bound['much']}"
    return _active(text)


def plain_future(text: str) -> str:
    """`I will have published three papers, supervised two students and been promoted` as `I will publish …, supervise … and be …`."""
    will = _WILL_HAVE.search(text)
    if not will or not (base_of_participle(will["done"]) or will["done"].lower() == "been"):
        return text
    rest = _PART_OF_LIST.sub(lambda part: part["join"] + _base(part["done"]), text[will.start("done") :])
    return f"{text[: will.start('have')]}{rest}"


def _base(participle: str) -> str:
    return "be" if participle.lower() == "been" else base_of_participle(participle) or participle


_WILL_HAVE = re.compile(r"(?:\bto|\bwill|['’]ll|\bshall) (?P<have>have )(?P<done>[a-z]+)\s(?!to\b)", re.IGNORECASE)
_PART_OF_LIST = re.compile(
    r"(?P<join>^|,\s(?:and\s)?|\sand\s)(?P<done>[a-z]+(?:ed|en|d|t|n|e|k|g))\b(?=\s)", re.IGNORECASE
)
_DOWN_TO = re.compile(r"(?P<what>[a-z][^,;:\d]{2,50}?) (?P<to>(?:down|up) (?:to|from) \S*\d.*)$", re.IGNORECASE)
_BOUND = re.compile(
    r"(?P<what>[a-z][^,;:\d]{2,50}?),? (?:at |is |are |stays? |to be |should be |must be )?(?P<bound>max\.?|maximum|at most|no more than|not more than|under|below|less than|fewer than) "
    r"(?P<much>[€$£]?\d.*)$",
    re.IGNORECASE,
)
_AT_MOST = dict.fromkeys(
    ("max", "max.", "maximum", "at most", "no more than", "not more than"), "to at most"
) | dict.fromkeys(("less than", "fewer than"), "below")


def _amount(number: str) -> float:
    digits = re.sub(r"[^\d.]", "", number).rstrip(".")
    return float(digits) if digits.count(".") < 2 and digits else 0.0


def is_passive(text: str) -> bool:
    """Whether a text tells what will be done with something, not who does it: `the van cleaned every Friday`."""
    return _active(text) != text


def _active(text: str) -> str:
    """`the shelves are sorted and labelled by May` as `sort and label the shelves by May`."""
    done = _DONE.match(text)
    if not done or _NO_OBJECT.match(done["what"]) or _does(done["what"]):
        return text
    verbs = [base_of_participle(word) for word in (done["done"], done["also"]) if word]
    person = names_role(done["what"]) and not _counts(done["what"]) and not find_times(done["tail"])
    if not all(verbs) or QUALIFYING.intersection(verbs) or person or _tells_whom(verbs[0], done["tail"]):
        return text
    return f"{' and '.join(verbs)}{done['particle']} {definite(small(done['what']))}{done['tail']}"


def _does(what: str) -> bool:
    """Whether a text tells a deed already: `have the van cleaned`, not `forecast model rebuilt`."""
    return bool(leading_verb(what, strict=True)) and (
        " " not in what
        or bool(_DETERMINED.match(what.split(" ", 1)[1]))
        or bool(leading_verb(f"{what.split()[0]} it") and what.split()[0].lower() in _MAKING)
    )


_MAKING = frozenset({"have", "get", "keep", "see", "be", "become", "make", "do", "find", "want"})


def _tells_whom(verb: str, tail: str) -> bool:
    """Whether what follows a passive is who does it (`run by two people`), or a thing that only giving has beside a person."""
    following = tail.strip()
    if following.startswith("by "):
        return not any(time.start == 0 for time in find_times(following))
    return bool(_OBJECT.match(following)) and verb not in _GIVING


_OBJECT = re.compile(r"(?:the|an?|my|our|how)\b", re.IGNORECASE)
_GIVING = frozenset({"show", "give", "teach", "send", "offer", "tell"})


def _counts(text: str) -> bool:
    return any(map(str.isdigit, text))


def definite(what: str) -> str:
    """A thing as one speaks of it in a plan: `the log`, `2 rooms`, `cables`."""
    first, last = what.split()[0], what.split()[-1].lower()
    named = first[:1].isupper() and not first.isupper()
    return what if _DETERMINED.match(what) or _counts(first) or named or singular(last) != last else f"the {what}"


_IS = r"(?:\s(?:is|are|will be|must be|should be|has to be|have to be|to be|gets?))?(?:\sall)?"
_PARTICLE = r"(?:\s(?:in|out|up|off|over|down|back|away|together)(?=\s[a-z]+\s|\s(?:weekly|daily|monthly)|,|$)(?!\s(?:the|my|our|a)\b))?"
_WHEN = r"by|until|till|before|within|during|every|each|once|twice|after|per|this|next|weekly|monthly|daily|the same"
_HOW = r"in|on|at|from|with|without|for|to|the|an?|my|our|how|below|under|above|over"
_DONE = re.compile(
    rf"(?P<what>[^,;:()]{{2,60}}?){_IS}\s(?P<done>[a-z-]+)(?:\sand\s(?P<also>[a-z-]+(?:ed|en|n|t)))?(?P<particle>{_PARTICLE})"
    rf"(?P<tail>|(?:,|\s(?:{_WHEN}|{_HOW})\b).*)$",
    re.IGNORECASE,
)
_NO_OBJECT = re.compile(
    r"(?:all|both|each|everything|nothing)$|"
    r"(?:i|we|you|it|they|he|she|there|no|zero|less|fewer|never|in|on|at|by|with|for|to|from|of|who|which|that|how|when|if|be|being|having)\b|"
    r".*\b(?:of|to|for|and|be|been|get|is|are|have|has|was)$",
    re.IGNORECASE,
)
"""What nothing is done with, or not plainly."""
_DETERMINED = re.compile(
    r"(?:the|an?|all|both|each|every|my|our|this|that|these|those|one|two|three|four|five|six|seven|eight|nine|ten|more|some|\w+['’]s)\b",
    re.IGNORECASE,
)
