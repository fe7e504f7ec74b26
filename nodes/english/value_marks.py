"""Where a text names values, and what leads from a name to how it shows: `honesty, i tell families`, `the third one is pride: …`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from nodes.english.terms import terms
from nodes.english.value_words import ADJECTIVES, NAMES

LONGEST_NAME = 4
"""Words of a name before a colon or a dash."""
LONGEST_TOLD = 3
"""Words of a name before a weaker sign, where it wasn't named before."""
FEWEST_TOLD = 4
"""Words of a deed without a subject: `been here 12 years`."""
_WORD = r"[^\W\d_][\w'’/&-]*"
_NAME = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}?"
_ORDINAL = r"(?:the |my )?(?P<ordinal>first|second|third|fourth|fifth|last|other|next)(?: (?:one|value))?"
_LEAD_IN = (
    rf"(?:(?:and|also|then|but|so|oh|ah|ok|okay|well|yes|plus|now|finally|lastly|hm+),? |{_ORDINAL}(?:(?:['’]s| is| would be)(?: called| named)?|,|:)? "
    r"|(?:with|for|about|regarding|to show|i show|i value|i also value|my value is) (?=\S+,? ))*"
)
_SIGN = r"\s*:\s*|\s*=\s*|\s+[-–—]+\s+|\s*\((?!s\))"
_MEANS = r",?\s+(?:for me |to me |also )?(?:means?(?: for me| to me)?|is when|is that|is about|is(?=\s(?:not )?\w+ing\b)|shows? (?:in|when|by|that)|should (?:say|read|be))\s+(?:that )?"
_WHY = r",?\s+(?:(?:because|cause|cos|coz|cuz|bc)\s+(?=\w)|(?:since|as|so)\s+(?=(?:i|we|my|it)\b))"
_OPENS = r"(?:i|we)(?:['’]\w+)?|my|never|always|not|no|if|when|whenever|every|each|even|only"
_DIRECT = rf",?\s+(?=(?!my\b)(?:{_OPENS})\s\w)"
_COMMA = r",\s+(?=\S+\s\S+\s\S)"
_MARK = re.compile(
    rf"(?:^|(?<=[,.;)\n])\s+|,?\s(?=and ))(?P<lead_in>{_LEAD_IN})(?P<name>{_NAME})"
    rf"(?:(?P<sign>{_SIGN})|(?P<means>{_MEANS})|(?P<why>{_WHY})|(?P<direct>{_DIRECT})|(?P<comma>{_COMMA}))(?=\S)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:i|we|you|they|he|she|it|is|are|was|were|has|have|will|would|can|if|when|what|which|who)\b|['’](?:m|ve|ll|re|d)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    ["example", "for example", "note", "ps", "values", "my values", "value", "also", "then", "and", "core values", "sometimes", "often", "usually", "always", "never", "every day", "each day", "at work", "today", "yesterday", "in the morning", "in the evening", "later", "so", "like", "mainly", "mostly", "honestly", "basically", "by the way", "the others", "the rest", "thanks", "please", "yes", "no", "ok", "okay", "well", "ha", "haha", "lol", "oh", "ah", "hm", "hmm", "um", "look", "now", "sure", "right", "sorry", "yeah", "yep", "actually", "anyway", "though", "too", "etc", "guess", "maybe", "perhaps"]
)  # fmt: skip
_DEED = re.compile(r"(?:and |or |also )*\w+ing\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A name at [start, end), led in from `begin`, whose telling begins at `told`; `ordinal` is its place where it was called by
    that (`third`, else empty)."""

    name: str
    begin: int
    start: int
    end: int
    told: int
    ordinal: str
    bracketed: bool


def is_value(text: str) -> bool:
    """Whether a word of it names something that people call a value."""
    return any(word.lower() in NAMES or word.lower() in ADJECTIVES for word in re.findall(r"[\w-]+", text))


def says_something(item: str) -> bool:
    """Whether a listed thing is more than a word that carries nothing: `well`."""
    return bool(re.search(r"\w", item)) and item.strip(" .,:;-–—").lower() not in _NO_NAME


def marks(text: str, known: Iterable[str] = ()) -> list[Mark]:
    """The names in a text that are told of in it, in order; `known` are names that were said before, in any writing."""
    before = [terms(name) or frozenset([name.lower()]) for name in known]
    found: list[Mark] = []
    at = 0
    while match := _MARK.search(text, at):
        if _names(match, before, found):
            name = match["name"]
            found.append(
                Mark(name, match.start("lead_in"), match.start("name"), match.end("name"), match.end(), (match["ordinal"] or "").lower(), "(" in (match["sign"] or ""))
            )  # fmt: skip
            at = match.end()
        else:
            at = match.start("name") + 1 if match.end() <= match.start() + 1 else _onward(text, match)
    return found


def _onward(text: str, match: re.Match[str]) -> int:
    """The next place where a name may begin: behind the first word of the one that is none."""
    return match.start("name") + len(match["name"].split()[0])


def _names(match: re.Match[str], before: list[frozenset[str]], found: list[Mark]) -> bool:
    name = match["name"]
    words = name.split()
    if name.lower() in _NO_NAME or _TELLS.search(name):
        return False
    own = terms(name) or frozenset([name.lower()])
    known = any(own <= one or one <= own for one in before)
    if match["ordinal"] and len(words) <= LONGEST_NAME + 1:
        return True
    if match["sign"]:
        return len(words) <= LONGEST_NAME
    short = len(words) <= LONGEST_TOLD and (words[0].lower() == "being" or not _DEED.fullmatch(words[0]))
    if match["comma"]:
        rest = match.string[match.end() :]
        deed = len(rest.split()) >= FEWEST_TOLD and not re.search(r",|\band\b", rest) and not _DEED.match(rest)
        tells = deed or bool(_TELLS.search(rest))
        return (known or (short and is_value(name) and tells)) and not _listed(rest)
    if match["means"]:
        return known or len(words) <= LONGEST_NAME
    opens = match.start() == 0 or match.string[: match.start()].rstrip().endswith((".", ";", "\n"))
    commaed = "," in (match["direct"] or "") and len(words) == 1 and not name.lower().endswith("ly")
    return known or (is_value(name) and (short or opens)) or (opens and short and (commaed or bool(match["why"])))


def _listed(rest: str) -> bool:
    """Whether other names follow, and nothing is told: `fairness and high standards`."""
    parts = re.split(r",|\band\b|\bor\b", rest)
    return any(is_value(part) and len(part.split()) <= LONGEST_TOLD for part in parts) or len(parts) > LONGEST_TOLD


def stretches(text: str, found: list[Mark]) -> list[tuple[int, int]]:
    """Where each name stands with all that is told of it, without what joins it to the next."""
    edges = [*(mark.begin if mark.ordinal else mark.start for mark in found), len(text)]
    return [(a, a + len(_JOINED.sub("", text[a:b]).rstrip(" ,;.:-–—\n"))) for a, b in pairwise(edges)]


_JOINED = re.compile(
    r"(?:[,;.\s]+(?:and|then|also|plus|or|lastly|finally|oh|with|for))*"
    rf"(?:[,;.]\s*(?:and )?{_ORDINAL.replace('?P<ordinal>', '?:')}(?:['’]s| is)?)?[,;.\s]*$",
    re.IGNORECASE,
)


def value_lead(text: str) -> int:
    """Where the values begin behind words that announce them: `what matters to me is …`."""
    found = _VALUE_LEAD.match(text)
    return found.end() if found else 0


_VALUE_LEAD = re.compile(
    r"^(?:(?:i|we)?\s*(?:really |also |always |strongly |deeply |truly |do )*(?:value|appreciate|care (?:deeply |"
    r"a lot )?about|believe in|stand for|cherish|"
    r"prize|treasure|go for|pick|choose|name|live by|am about|(?:try to )?live)|(?:my|the|our) (?:\w+ )?(?:core |"
    r"top |main |personal |key |most important )*"
    r"(?:values?|principles?)(?: (?:at|in|for) (?:\w+ )?work)? (?:are|is|would be|include)|(?:what|the things? that|"
    r"things that) (?:really )?(?:matters?|counts?|is important)"
    r"(?: the)?(?: most)?(?: (?:to|for) me)? (?:is|are)|(?:the )?most important (?:thing |things |one |ones |"
    r"values? )?(?:to me |for me )?(?:is|are)|"
    r"values?|(?:core|my|personal) (?:\w+ )?values?)\s*:?\s+",
    re.IGNORECASE,
)
