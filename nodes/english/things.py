"""What somebody names without saying what they do with it, and what one does with it: a certificate, a team of six, less overtime."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from nodes.english.fitting import series
from nodes.english.imperatives import definite, imperative, is_passive
from nodes.english.lexicon import singular
from nodes.english.spelling import VOWEL, small
from nodes.english.verbs import is_role, names_role

_ARTICLE = re.compile(r"(?:an?|the|my|our|one) ", re.IGNORECASE)
_NO_ARTICLE = re.compile(r"(?:an?|the|head|chief|director|vp|chair)\b", re.IGNORECASE)
_BEFORE = r"(?:(?:an?|the|my|our) )?(?:(?!(?:of|for|in|at|by|to|and|with|from|on)\b)[\w/&+'’.-]+ ){0,4}?"
"""What may stand before the word that tells which thing it is."""
_BEHIND = r"(?=\s*(?:$|[,(\d]|(?:level|part|no|of|for|in|at|by|to|and|with|from|on|until|till|before|every|each|this|next|as|about|called|finished|done|passed)\b))"
"""What may stand behind it: `training plan` is a plan."""


def with_article(text: str) -> str:
    """A position or thing as one speaks of it: `a nurse`, `head of sales`."""
    if _NO_ARTICLE.match(text):
        return text
    return f"{'an' if VOWEL.match(text) else 'a'} {text}"


def indefinite(text: str) -> str:
    """A thing with its article, unless it has one."""
    return text if _ARTICLE.match(text) else with_article(small(text))


def _small_title(text: str) -> str:
    """`Branch manager` as `branch manager`; acronyms and names of more than a title stay."""
    first, _, rest = text.partition(" ")
    return small(text) if not rest or rest[:1].islower() or is_role(first) else text


def _fewer(text: str) -> str:
    """`less errors` as `fewer errors`."""
    counted = _LESS.match(text)
    return (
        f"fewer{counted['what']}" + text[counted.end() :]
        if counted and singular(counted["last"].lower()) != counted["last"].lower()
        else small(text)
    )


_LESS = re.compile(
    r"less(?P<what>(?: [a-z-]+){0,2}? (?P<last>[a-z]+s))(?=$|[,.]|\s(?:by|in|per|a|on|from|than|with|until|at|every|each)\b)",
    re.IGNORECASE,
)


_BETTER = "shorter|longer|smaller|bigger|higher|lower|cheaper|faster|safer|cleaner|quieter|calmer|newer|closer|fixed|permanent|flexible|part-time|full-time"


def _one_or_some(text: str) -> str:
    """`shorter round` as `a shorter round`, `fixed hours` as they are."""
    head = _HEAD_ENDS.split(text)[0].split()[-1].lower()
    return small(text) if singular(head) != head or head in _UNCOUNTED else indefinite(text)


_HEAD_ENDS = re.compile(r"[,;(]|\s(?:in|of|for|at|with|on|to|by|from|than|until|every|and)\s")
_UNCOUNTED = frozenset(
    {
        "overtime",
        "work",
        "stress",
        "pay",
        "money",
        "time",
        "waste",
        "traffic",
        "noise",
        "food",
        "equipment",
        "stock",
        "staff",
    }
)


def _definite(text: str) -> str:
    """`brake course in May` as `the brake course in May`."""
    return definite(small(text)) if _ARTICLE.match(text) else f"the {small(text)}"


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing: its form, what one does with it, and how it is spoken of then."""

    form: re.Pattern[str]
    verb: str
    spoken: Callable[[str], str]


def _headed(heads: str) -> re.Pattern[str]:
    """Things told by their last word: `the big first-aid course`, `food hygiene certificate`."""
    return re.compile(rf"(?!\d){_BEFORE}(?:{heads})\b{_BEHIND}", re.IGNORECASE)


_KINDS = (
    Thing(re.compile(r"(?:more|less|fewer|better|no more) \w", re.IGNORECASE), "have", _fewer),
    Thing(re.compile(rf"(?:{_BETTER}) \w", re.IGNORECASE), "have", _one_or_some),
    Thing(re.compile(r"(?:zero|no) \w", re.IGNORECASE), "have", small),
    Thing(re.compile(r"home (?:by|every|at|on|before|in time)\b", re.IGNORECASE), "be", small),
    Thing(_headed("exam|examination|test|assessment"), "pass", _definite),
    Thing(_headed("skills"), "practise", small),
    Thing(
        re.compile(r"(?:responsible|accountable|good|fluent|qualified|certified) (?:for|at|in)\b", re.I), "be", small
    ),
    Thing(
        _headed("course|training|workshop|class|masterclass|seminar|webinar|refresher|apprenticeship|internship"),
        "do",
        _definite,
    ),
    Thing(_headed("certificat(?:e|ion)|licen[cs]e|diploma|degree|accreditation|permit"), "earn", indefinite),
    Thing(
        re.compile(
            r"(?:(?:an?|the|my|our)(?: own)? )?(?:\w+ )?(?:team|crew|group|department|shift|staff) (?:of|with) (?:about )?(?:\d|[a-z]+ \w)",
            re.I,
        ),
        "lead",
        indefinite,
    ),
    Thing(re.compile(r"(?!one\b)[a-z]+ of \d", re.IGNORECASE), "have", indefinite),
    Thing(re.compile(r"(?:an?|the|my|our) \w", re.IGNORECASE), "get", small),
    Thing(
        re.compile(r"(?:in|at) (?:an?|the|my|our) (?!end|start|next|last|first|middle|beginning)\w", re.IGNORECASE),
        "work",
        small,
    ),
    Thing(re.compile(r"from \w", re.IGNORECASE), "go", small),
)
_LISTED, _PLAIN = _KINDS[:-2], _KINDS[:9]
_COUNTED = re.compile(
    r"(?:at least |about )?(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?!(?:by|in|until|to|of|or)\b)[a-z]",
    re.I,
)
_AGAIN = re.compile(r"\b(?:an?|per|each|every|until|till) \w", re.IGNORECASE)


def names_thing(text: str) -> bool:
    """Whether a text without a verb is something that one can have or be, or that will be done."""
    return names_role(text) or any(kind.form.match(text) for kind in _LISTED) or is_passive(text)


def opens_step(text: str) -> bool:
    """Whether a text without a verb is plainly a thing of its own in a list: no more than that, a course, something done."""
    return any(kind.form.match(text) for kind in _PLAIN) or imperative(text) != text


def deed_with(text: str) -> tuple[str, str]:
    """A text that names a thing, opening with the verb that goes with it, and that verb: `a nurse` as `become a nurse`; empty where
    none does."""
    if names_role(text) and not text[:1].isdigit():
        return f"become {with_article(_small_title(_with_counted(text)))}", "become"
    kind = next((kind for kind in _KINDS if kind.form.match(text)), None)
    return (f"{kind.verb} {kind.spoken(text)}", kind.verb) if kind else (text, "")


def counts_something(text: str) -> bool:
    """Whether a text opens with how many of what."""
    return bool(_COUNTED.match(text))


def _with_counted(text: str) -> str:
    """`studio manager, 300 members, 4 rooms by 2028` as `studio manager with 300 members and 4 rooms by 2028`."""
    first, *parts = text.split(", ")
    counted = list(takewhile(counts_something, parts))
    if not counted or " with " in first:
        return text
    rest = parts[len(counted) :]
    return ", ".join([f"{first} with {series(counted)}", *rest[:-1]]) + "".join(f" {when}" for when in rest[-1:])


def deed_with_counted(text: str) -> tuple[str, str]:
    """`2 new dishes by March` as something to have, `3 rounds a week` as something to do; empty where nothing is counted."""
    if not _COUNTED.match(text):
        return text, ""
    verb = "do" if _AGAIN.search(text) else "have"
    return f"{verb} {small(text)}", verb
