"""What is to come out, told without the one who does it: `30 rooms renewed by June`, `returns fall to 4%`, `target: 15%`, `12 by May`."""

# ruff: noqa: E501 - a word list or a pattern reads best unbroken

from collections.abc import Sequence

from nodes.english.lexicon import MEASURABLE_VERBS, STOP, VERB_FORMS, word_set
from nodes.screening.segments import CONTENT, DATE, GENERAL, NUMBER, THING, VERB, Token, is_judging
from nodes.screening.vocabulary import has_class

_ENDS_IN_TIME = word_set("by until before in within from on every each a and for")
_CHANGE = MEASURABLE_VERBS | word_set("go move shrink climb sink double halve")
_CHANGES_TO = word_set("from to by below above under over")
_COMPARES = frozenset(
    ["higher", "above", "less", "more", "fewer", "below", "least", "under", "over", "<", ">", "≥", "≤"]
)
_PLANNED = word_set("must should will shall")
_OWN = word_set("my our the")
_AIMS = word_set("goal target aim measure plan objective success result")
_LABELS = word_set(
    "deadline target measure kpi milestone milestones timeline date when due aim quantity number result how much many"
)
_MOST_LABEL = 3
_MOST_BARE = 12
_MOST_NAMED = 2
_TELLS = word_set("is are was were has have had there there's it's that's did do does")
_BETWEEN = word_set(
    "by in on until from to a an the per about around at least most end of every each and or before within per"
)


def tells_result(words: Sequence[Token]) -> str | None:
    """What a clause says will be so: the word that names it; None when it says nothing of the kind."""
    at = _result_verb(words)
    if at is None:
        return _wanted(words)
    named = [token.word for token in words[:at] if token.frame in (CONTENT, THING, VERB) or is_judging(token.word)]
    return next((word for word in named if not is_judging(word)), named[0]) if named else None


def _wanted(words: Sequence[Token]) -> str | None:
    """`I want 4.5 by June`, `my target is 20 visits`: the first thing after the number, else the number."""
    for number in range(len(words) - 2):
        if _wants(words, number) and any(token.frame == NUMBER for token in words[number + 2 : number + 5]):
            rest = words[number + 2 :]
            return next((t.word for t in rest if t.frame in (CONTENT, THING) or is_judging(t.word)), rest[0].word)
    return None


def _wants(words: Sequence[Token], at: int) -> bool:
    one, two = words[at].word, words[at + 1].word
    return (one in ("i", "we") and two in ("want", "need", "aim")) or (
        one in _AIMS and two in ("is", "are") and words[max(at - 1, 0)].word in _OWN
    )


def _result_verb(words: Sequence[Token]) -> int | None:
    for number, token in enumerate(words):
        if number and (
            _compares(words, number)
            or _is_done_by(words, number)
            or _changes(words, number)
            or _is_planned(words, number)
        ):
            return number
        if has_class(token.word, "you", "pretend"):
            return None
    return None


def _compares(words: Sequence[Token], at: int) -> bool:
    """`85% or higher`, `below 200`, `≥ 90%`."""
    near = words[max(0, at - 2) : at + 3]
    return words[at].word in _COMPARES and any(token.frame == NUMBER for token in near)


def _is_done_by(words: Sequence[Token], at: int) -> bool:
    """`renewed by June`, `are kept until`."""
    word = words[at].word
    done = word in VERB_FORMS and VERB_FORMS[word] != word and not word.endswith(("ing", "s"))
    follows = words[at + 1] if at + 1 < len(words) else None
    return (
        done
        and follows is not None
        and (follows.word in _ENDS_IN_TIME or follows.frame == DATE)
        and _has_time(words[at:])
    )


def _changes(words: Sequence[Token], at: int) -> bool:
    """`falls from 9% to 4%`."""
    changes = VERB_FORMS.get(words[at].word, words[at].word.rstrip("s")) in _CHANGE
    return (
        changes
        and any(t.word in _CHANGES_TO for t in words[at + 1 : at + 3])
        and any(t.frame == NUMBER for t in words[at:])
    )


def _is_planned(words: Sequence[Token], at: int) -> bool:
    """`must fall below 5`, `should be 20 by May`."""
    return words[at].word in _PLANNED and any(t.frame == NUMBER for t in words[at:]) and _has_time(words[at:])


def _has_time(words: Sequence[Token]) -> bool:
    return any(token.frame == DATE for token in words)


def is_label(words: Sequence[Token]) -> bool:
    """`Deadline`, `by when`, before a colon."""
    bare = [token.word for token in words if token.word not in ("my", "our", "the", "by")]
    return 0 < len(bare) <= _MOST_LABEL and all(word in _LABELS for word in bare)


def is_bare(words: Sequence[Token]) -> bool:
    """An amount or a time alone, as one answers a question: `3 people`, `by March 2027`."""
    if not 0 < len(words) <= _MOST_BARE or not any(token.frame in (NUMBER, DATE) for token in words):
        return False
    if any(token.word in _TELLS or has_class(token.word, "you", "order", "pretend") for token in words):
        return False
    rest = [
        token
        for token in words
        if token.frame not in (NUMBER, DATE) and token.word not in _BETWEEN and token.word not in STOP
    ]
    named = all(token.frame in (CONTENT, THING, GENERAL) or has_class(token.word, "text") for token in rest)
    return named and len(rest) <= _MOST_NAMED
