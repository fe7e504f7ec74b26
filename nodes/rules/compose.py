"""One goal from what was said, in its own words: nothing invented, nothing lost, within the limit (DECISIONS 3)."""

import re

from nodes.coach import Briefing
from nodes.english.first_person import drop_hedges, strip_lead, without_foreign_lead
from nodes.english.fitting import capital, cut_at_sentence, cut_at_word
from nodes.english.spelling import small, written
from nodes.rules.actions import on_time
from nodes.rules.clauses import only_time, without_subject
from nodes.rules.compose_actions import compose_actions
from nodes.rules.compose_future import compose_future
from nodes.rules.compose_values import compose_values
from nodes.rules.material import english_of
from nodes.rules.proposing import with_proposals
from nodes.understanding.sentences import clean, sentences
from nodes.words import words_of
from state.conversation import Draft, Source
from state.phases import Phase

KEPT_RAW = "Your own words were kept, because rewording them would have lost something."
FOREIGN = "Your own words were kept, because the coach reads English only."
_FIRST_PERSON = re.compile(r"\b(?:i|i['’]\w+|my|me|we|our|us|mine)\b", re.IGNORECASE)
_FINISHED = re.compile(
    r"^\s*(?:(?:within|by|in|over|until|before) (?:the )?[^,.]{2,40},|(?:core |my |our )?(?:\w+ ){0,3}values:|"
    r"(?:\d+[- ]month )?(?:\w+ )?action plan:)",
    re.IGNORECASE,
)


def compose(briefing: Briefing) -> Draft:
    """A draft from everything said; the tidied words themselves where no goal can be read from them."""
    said = tuple(message for message in briefing.said if message.strip())
    if is_finished(said):
        return _draft(cut_at_sentence(tidied(said[0]), briefing.limit))
    read = english_of(said)
    text, sources = _composed(briefing, read)
    text = without(text, briefing.struck)
    if text:
        return with_proposals(_draft(written(text), sources), briefing)
    if said and not read:
        own = tuple("\n".join(capital(without_foreign_lead(line)) for line in text.splitlines()) for text in said)
        return _draft(raw(own, briefing.limit), note=words_of(briefing.language).say(FOREIGN))
    return _draft(written(plainly(said, briefing.limit) or raw(said, briefing.limit)))


def plainly(said: tuple[str, ...], limit: int) -> str:
    """The employee's sentences, one a line, without hedges, wishes and the first person."""
    told: list[str] = []
    for text in (sentence.text.rstrip(" .!;,:") for sentence in sentences(said)):
        if told and (time := only_time(text)):
            told[-1] = f"{told[-1]} {on_time(time)}"
        else:
            told.append(_bare(text))
    return cut_at_word("\n".join(f"{capital(text)}." for text in told if text), limit)


def _bare(sentence: str) -> str:
    when, rest = strip_lead(sentence)
    bare = without_subject(drop_hedges(rest))
    return f"{bare} {small(when)}" if when and bare else bare


def raw(said: tuple[str, ...], limit: int) -> str:
    """The employee's own words, tidied and cut to the limit."""
    text = "\n".join(filter(None, map(tidied, said))) or " ".join(said).strip()
    return cut_at_sentence(text, limit)


def tidied(text: str) -> str:
    """A text with its lines kept, single spaces, and no control characters."""
    return "\n".join(line.strip() for line in clean(text).splitlines() if line.strip())


def is_finished(said: tuple[str, ...]) -> bool:
    """Whether the only message is a complete goal text, as the editing flow passes it."""
    text = said[0].strip() if len(said) == 1 else ""
    return text[:1].isupper() and text[-1:] == "." and bool(_FINISHED.match(text)) and not _FIRST_PERSON.search(text)


def without(text: str, struck: frozenset[str]) -> str:
    """The text with every struck phrase gone and the seams closed."""
    for phrase in sorted(filter(None, (s.strip() for s in struck)), key=len, reverse=True):
        text = re.sub(rf",?\s*(?:\band\s+)?{re.escape(phrase)}", "", text, flags=re.IGNORECASE)
    return re.sub(r"\s+([,.;])", r"\1", re.sub(r" {2,}", " ", text)).strip() if struck else text


def _composed(briefing: Briefing, said: tuple[str, ...]) -> tuple[str, list[Source]]:
    if briefing.phase is Phase.G6_VALUES:
        return compose_values(briefing, said)
    if briefing.phase is Phase.G8_ACTIONS:
        return compose_actions(said, briefing.limit, briefing.horizon_months), []
    return compose_future(said, briefing.limit, briefing.horizon_months), []


def _draft(text: str, sources: list[Source] | None = None, note: str = "") -> Draft:
    return Draft(text=text, proposals=[], sources=sources or [], note=note)
