"""Words that speak to or of the judging instead of the work: they count for nothing.

A clause counts by what the employee does in it. Where it names no deed of theirs, or a doubtful one, the linear head says whether
it speaks to the judge. A clause that holds a deed of the employee is never taken away.
"""

# ruff: noqa: E501 - a word list or a pattern reads best unbroken

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nodes.english.lexicon import POSITIONS, singular, word_set
from nodes.screening.deeds import Deed, Told, answers, deeds_of, names_writer, read_sentences
from nodes.screening.head import score
from nodes.screening.results import is_bare
from nodes.screening.segments import CONTENT, DATE, GENERAL, NUMBER, THING, VERB, Segment, Token
from nodes.screening.strewn import find_strewn, is_about_quoted
from nodes.screening.vocabulary import has_class

TALK = {"told": -1.0, "named": 0.0, "doubtful": 0.2, "role": 0.8, "result": 0.6, "sure": 0.3}
"""From here on a stretch is words to the judge; the training script's folds show what this costs."""
LONG_LEAD_IN = 25
"""Words before a colon from which they are padding."""
UNCOUNTED = 0.8
"""From here on where there is nothing to count."""
ALONE = 0.8
"""By how much a part of a sentence must be clearer talk than the sentence as a whole is work."""
WHOLE = 0.75
"""How much the sentence counts beside its part."""
ONLY = 1.2
"""How much clearer it must be where a sentence is all that is written: then it is the goal."""
SHARED = 1.0
"""How much less clear where several have, and none of them is firm."""
LONE = 2.0
"""How much less clear where it alone, of several, has numbers or times: so stands what is added to a goal that has none."""
SOLE = 3.0
"""The same where it has no parts: `Cell count below 150`."""
AMONG = 1.2
"""How much clearer where another is firm."""
AMONG_VALUES = 0.5
"""The same of one without either among values."""
FIRM = -1.2
"""Below it a sentence with numbers or times is firm: what is added to a goal that has none stands beside no such one."""
PROTECTED = 0.7
"""How much clearer it must be to outweigh a deed."""
NO_TRADE = -1.0
"""The same for a sentence that has words of judging and names nothing else."""
LINGERS = -0.5
"""After words to the judge the rest of their sentence counts only when it is this clearly of work."""


_JUDGES = ("reader", "you", "verdict", "criterion", "detail", "pretend", "authority", "pressure", "technical")
_FEWEST_WORDS = 2
_OPENING = 4
_PLAIN_MARKS = (",", "(", ")")
_MOST_LABEL = 3
"""Words before a colon that name what follows."""


def find_talk(text: str, counting: bool = True) -> Iterator[tuple[int, int]]:
    """Where words to the judge stand, in order; where nothing is counted only what is clearly that."""
    every = [one for one in map(_without_confidence, read_sentences(text)) if one.parts]
    told = [one for one in every if not answers(one.parts)]
    answered = any(one.does or one.names_role for one in told)
    beside = _Beside(len(told), sum(one.counts for one in told), sum(one.counts and _is_firm(one) for one in told))
    for one in every:
        yield from _lead_in(one.parts)
        yield from find_strewn(one, len(told) == 1) if counting else ()
        if counting and is_about_quoted(one):
            yield one.start, one.end
        if answers(one.parts):
            yield from _unasked(one.parts, answered or len(every) == 1 or not counting)
        elif _needs_screening(one, counting):
            doubt = _doubt(beside, one, counting)
            opens = one in told[:1] and beside.counting == 1  # a goal, and what is said about it
            yield from _talk_in(one.parts, counting, max(doubt, 0.0) if opens else doubt)


def _needs_screening(one: Told, counting: bool) -> bool:
    """Whether a judge could count something of a sentence; among values only what turns to somebody, or gives a score."""
    words = [token.word for part in one.parts for token in part.tokens]
    if len(words) < _FEWEST_WORDS or not any(map(_could_count, one.parts)):
        return False
    gives = not _OWN & set(words) and not any(map(names_writer, one.parts))
    return counting or any(has_class(word, *_SPOKEN_TO, *(("verdict", "order") if gives else ())) for word in words)


_OWN = word_set("my our")
_SPOKEN_TO = ("you", "reader", "text", "pretend", "authority", "pressure", "technical")


@dataclass(frozen=True, slots=True)
class _Beside:
    """The sentences of a text that are no bare answers: how many, how many count, and how many of those are firm."""

    sentences: int
    counting: int
    firm: int


def _doubt(beside: _Beside, one: Told, counting: bool) -> float:
    """How much clearer than alone it must be that a sentence speaks to the judge, by what stands beside it."""
    if beside.sentences == 1:
        several = sum(not is_bare(part.tokens) for part in one.parts) > 1 + _is_labelled(one.parts)
        return 0.0 if not _is_plain(one.parts) else ONLY if several else SOLE
    if not (counting and one.counts):
        return 0.0 if counting or one.counts else AMONG_VALUES
    if beside.firm > _is_firm(one):
        return AMONG
    return 0.0 if _is_role_named(one) else -SHARED if beside.counting > 1 else -LONE


def _is_firm(one: Told) -> bool:
    return _is_role_named(one) or level_of(one.parts, one.deeds) < FIRM


def _is_role_named(one: Told) -> bool:
    return _form(one.parts, strongest(one.deeds)) == "role"


def _counts(parts: Sequence[Segment]) -> bool:
    """Whether a number or a time stands there."""
    return any(token.frame in (NUMBER, DATE) for part in parts for token in part.tokens)


def _is_plain(parts: Sequence[Segment]) -> bool:
    """Whether nothing leads to something else, as what is told to the judge leads to the goal."""
    return all(_goes_on(part) for part in parts[1 + _is_labelled(parts) :])


def _is_labelled(parts: Sequence[Segment]) -> bool:
    """`Response time: 3 days`, `Report the status: 1 page a week`."""
    led = len(parts) > 1 and parts[1].led_by == ":"
    return led and (len(parts[0].tokens) <= _MOST_LABEL or deeds_of(parts)[0] is Deed.SURE)


def _goes_on(part: Segment) -> bool:
    """After a comma, a bracket, `because`, and before `and I`; an order begins without any of them."""
    linked = bool(part.tokens) and part.tokens[0].word in _LINKS
    return part.led_by in _PLAIN_MARKS or part.led_by.isalpha() or (not part.led_by and linked)


def _unasked(parts: Sequence[Segment], answered: bool) -> Iterator[tuple[int, int]]:
    """`365 days!` beside sentences that do nothing answers nothing."""
    if not answered:
        yield from ((part.start, part.end) for part in parts)


def level_of(parts: Sequence[Segment], deeds: Sequence[Deed]) -> float:
    """How clearly a sentence speaks to the judge as a whole; below 0 it speaks of work."""
    return score(tuple(token for part in parts for token in part.tokens), strongest(deeds))


def strongest(deeds: Sequence[Deed]) -> Deed:
    """The surest of some clauses' deeds."""
    order = (Deed.SURE, Deed.RESULT, Deed.DOUBTFUL)
    return next((deed for deed in order if deed in deeds), Deed.NONE)


def _talk_in(parts: Sequence[Segment], counting: bool, doubt: float) -> Iterator[tuple[int, int]]:
    deeds = deeds_of(parts)
    least = _least(parts, strongest(deeds), counting, doubt)
    found = list(_talking(parts, deeds, least, least + PROTECTED * counting, doubt))
    words = sum(len(part.tokens) for part in found)
    mostly = 2 * words > sum(len(part.tokens) for part in parts)
    idle = not {Deed.SURE, Deed.RESULT} & set(deeds)
    for part in parts if mostly and idle else found:
        yield part.start, part.end


def _talking(
    parts: Sequence[Segment], deeds: Sequence[Deed], least: float, protected: float, doubt: float
) -> Iterator[Segment]:
    whole = level_of(parts, deeds)
    spoke = acted = told_by_talk = False
    for part, deed in zip(parts, deeds, strict=True):
        level = whole if len(parts) == 1 else score(part.tokens, deed)
        talk = _feigns(part) or (
            level > least if whole > least else _is_clear(part, level + WHOLE * whole - max(doubt, 0), acted)
        )
        told_by_talk = (told_by_talk or (spoke and part.led_by == ":")) and not names_writer(part)
        own = deed is Deed.SURE and whole <= protected and not told_by_talk and (names_writer(part) or not spoke)
        if told_by_talk or (not own and (whole > least or talk or (spoke and level > LINGERS))):
            yield part
        spoke = spoke or _reports(part) or (talk and not own and _speaks_of_judging(part))
        acted = acted or deed in (Deed.SURE, Deed.RESULT)


def _is_clear(part: Segment, level: float, acted: bool) -> bool:
    return level > ALONE and (_speaks_of_judging(part) or (_is_loose_number(part) and not acted))


def _feigns(part: Segment) -> bool:
    """`assume 5 courses`, `pretend that ...`: what is put as said isn't; one may well assume the lead of a team."""
    words = [token for token in part.tokens if token.word not in _LINKS | _LETS]
    if len(words) < _FEWEST_WORDS or words[0].word not in _FEIGNED:
        return False
    guessed = words[0].word != "say" and words[1].frame in (NUMBER, DATE)  # `say five a year` guesses, and means it
    return guessed or words[1].word in _FEIGNED_THING


def _reports(part: Segment) -> bool:
    """`Last year's winner wrote:` leads to what is another's."""
    return any(has_class(token.word, "reported") for token in part.tokens) and not names_writer(part)


_LETS = word_set("let us we if")
_FEIGNED = word_set("assume pretend suppose imagine presume say")
_FEIGNED_THING = word_set('that it this there i me you we " “')
_LINKS = word_set("and but so please just now then let's")


def _without_confidence(one: Told) -> Told:
    """How sure somebody is of their own goal (`confidence: 8/10`) is no word to the judge, nor a sentence beside the goal."""
    after = [part.led_by for part in one.parts[1:]]
    sure = [_is_sure(part, mark == ":") for part, mark in zip(one.parts, [*after, ""], strict=True)]
    led = [part.led_by == ":" and before for part, before in zip(one.parts, [False, *sure], strict=False)]
    parts = tuple(part for part, *told in zip(one.parts, sure, led, strict=True) if not any(told))
    return replace(one, parts=parts, deeds=deeds_of(parts)) if any(sure) else one


def _is_sure(part: Segment, leads: bool) -> bool:
    """`7/10 confidence`, and `confidence` before a colon; `more confident with clients` is what somebody wants to be."""
    said = [number for number, token in enumerate(part.tokens) if token.word.startswith("confiden")]
    near = (token for number in said for token in part.tokens[max(0, number - _NEAR) : number + _NEAR + 1])
    return bool(said) and (leads or any(token.frame == NUMBER for token in near))


_NEAR = 4
"""Words between how sure somebody is and its number."""


def _lead_in(parts: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """What leads to a colon in very many words, without a deed or a number, tells nothing."""
    colon = next((number for number, part in enumerate(parts) if part.led_by == ":"), 0)
    before = [token for part in parts[:colon] for token in part.tokens]
    idle = Deed.SURE not in deeds_of(parts[:colon]) and all(token.frame != NUMBER for token in before)
    if len(before) >= LONG_LEAD_IN and idle:
        yield from ((part.start, part.end) for part in parts[:colon])


def _least(parts: Sequence[Segment], deed: Deed, counting: bool, doubt: float) -> float:
    """From which level on a sentence is talk; where no number and no time stand there is little to be gained by it."""
    if not (counting and _counts(parts)):
        return UNCOUNTED + doubt
    idle = doubt <= 0 and deed not in (Deed.SURE, Deed.RESULT) and _names_judging_only(parts)
    return doubt + (NO_TRADE if idle else TALK[_form(parts, deed)])


def _names_judging_only(parts: Sequence[Segment]) -> bool:
    words = [token for part in parts for token in part.tokens if not token.quoted]
    trade = any(token.frame in (CONTENT, THING) for token in words)
    return not trade and any(has_class(token.word, *_JUDGES, "text") for token in words)


def _is_loose_number(part: Segment) -> bool:
    """`printed on 30 November`: said of a paper, dated, and nothing of a trade."""
    frames = {token.frame for token in part.tokens}
    filed = any(token.frame == VERB and token.word.endswith(("ed", "en")) for token in part.tokens)
    return filed and bool(frames & {NUMBER, DATE}) and not frames & {CONTENT, THING, GENERAL}


def _form(parts: Sequence[Segment], deed: Deed) -> str:
    """How a sentence stands: by its deed; without one, whether it tells something or only names it."""
    if deed is not Deed.NONE:
        return str(deed.value)
    words = {token.word for part in parts for token in part.tokens if token.frame != DATE}
    if words & _TELLING and not words & _PLANNING:
        return "told"
    return "role" if parts and any(map(_is_role, parts[0].tokens[:_OPENING])) else "named"


def _is_role(token: Token) -> bool:
    """`Head of lending`, `deputy manager`; one who judges is none."""
    return singular(token.word) in POSITIONS and not has_class(token.word, "reader", "pressure", "technical")


_TELLING = word_set(
    "is are it's there's that's isn't aren't has have contains holds means was were had did been got received said wrote told would could might can "
    "can't wouldn't if do does don't may"
)
_PLANNING = word_set("must should shall will need needs want aim i'll we'll to")


def _could_count(part: Segment) -> bool:
    """Whether a judge could count anything in it; `be nicer` needs no screening."""
    return any(token.frame in (NUMBER, DATE) or has_class(token.word, *_JUDGES, "text") for token in part.tokens)


def _speaks_of_judging(part: Segment) -> bool:
    """One word alone is too little to tell by: `note: 4 meetings a year`."""
    return len(part.tokens) >= _FEWEST_WORDS and any(has_class(token.word, *_JUDGES) for token in part.tokens)
