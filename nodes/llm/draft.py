"""From the model's wording to a draft an employee can trust: inside the limit, nothing invented in disguise."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nodes.coach import Briefing
from nodes.llm.guard import masked
from nodes.llm.invention import Known, Span, inventions, names_stand_out
from nodes.llm.schemas import RefinedReply
from state.conversation import Draft, Passage, Proposal, Source

MOST_PROPOSALS = 2
_SHORTEST = 20
"""A goal of fewer characters says nothing; what is left after cutting must be longer."""
_MOST_QUOTE = 400
_MOST_CUTS = 6
_FEW_TOPICS = 4
"""From so many words on one can tell whether a goal is about them."""
_UNITS = re.compile(r"\n+|(?<=[.!?;])\s+")
_CLAUSES = re.compile(r"\n+|(?<=[.!?;,])\s+|\s+(?=and\s)")
_LEFT_OVER = re.compile(r"[\s,;]*(?:\b(?:and|or|with|by|to|of|in|for|the|a)\b)?[\s,;:–-]*$", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\bI(?:['’](?:m|d|ve|ll))?\b(?!\.)|\b[Mm]y\b")
_REASON = "You didn't say this, and no company document that was used says it: keep it only if it is true."


@dataclass(frozen=True, slots=True)
class Facts:
    """What one refinement is checked against."""

    known: Known
    limit: int
    struck: tuple[str, ...]
    sources: tuple[Source, ...]
    topics: frozenset[str]
    """Words that carry what the employee said; a goal that shares none of them is about something else."""


def facts(reply: RefinedReply, briefing: Briefing) -> Facts:
    """Everything this goal may rest on: said, profile, horizon, cited passages, what was settled in the last draft."""
    cited = [briefing.passages[i] for i in dict.fromkeys(reply.used_passages) if 0 <= i < len(briefing.passages)]
    leaned = [(p, source) for p in cited if (source := _source(p, reply.goal))]
    previous = briefing.previous
    texts = [briefing.company, *briefing.said, *(str(v) for v in briefing.profile.values() if v is not None)]
    texts += [p.content for p, _ in leaned]
    if previous:
        texts.append(masked(previous["text"], [(p["start"], p["end"]) for p in previous["proposals"]]))
    known = Known.of(texts, briefing.horizon_months, names_stand_out(briefing.said))
    return Facts(
        known, briefing.limit, tuple(sorted(briefing.struck)), tuple(source for _, source in leaned), _topics(briefing)
    )


def shortcomings(goal: str, facts: Facts) -> list[str]:
    """What the model is asked to mend, in its own words of instruction; empty when the goal can stand."""
    found = []
    if len(goal) > facts.limit:
        found.append(f"It has {len(goal)} characters; at most {facts.limit} are allowed.")
    if back := _struck_spans(goal, facts):
        found.append("These words were struck and must not come back: " + _listed(goal, back))
    spans = inventions(goal, facts.known)
    if len(spans) > MOST_PROPOSALS:
        found.append("Nobody said these, leave them out: " + _listed(goal, spans))
    if _FIRST_PERSON.search(goal):
        found.append("Write it without 'I' and 'my'.")
    if not says_something(goal, facts):
        found.append("It isn't a goal yet: write a whole sentence about what the employee said.")
    return found


def says_something(goal: str, facts: Facts) -> bool:
    """Whether there is a goal beside the proposals, and whether it is about what the employee said."""
    own = " ".join(masked(goal, inventions(goal, facts.known)).split())
    if len(own) < min(_SHORTEST, facts.limit):
        return False
    return len(facts.topics) < _FEW_TOPICS or bool(_topic_words(own) & facts.topics)


def mended(goal: str, facts: Facts) -> str:
    """The goal with what can't stand cut out; empty when that can't be done."""
    for _ in range(_MOST_CUTS):
        spans = _struck_spans(goal, facts) or inventions(goal, facts.known)[MOST_PROPOSALS:]
        if not spans:
            break
        goal = _without(goal, spans)
    else:
        return ""
    return fitted(goal, facts.limit)


def draft(goal: str, facts: Facts) -> Draft:
    """The draft of a goal that can stand, with its inventions marked as proposals."""
    spans = inventions(goal, facts.known)
    proposals = [
        Proposal(id=f"p{i}", text=goal[a:b], start=a, end=b, reason=_REASON) for i, (a, b) in enumerate(spans, start=1)
    ]
    return Draft(text=goal, proposals=proposals, sources=list(facts.sources), note="")


def fitted(goal: str, limit: int) -> str:
    """`goal` cut at the last clause that fits `limit`, or at the last word where no clause does."""
    if len(goal) <= limit:
        return goal
    head = goal[:limit]
    ends = [m.start() for m in _CLAUSES.finditer(goal) if m.start() <= limit]
    usable = [e for e in ends if e >= _SHORTEST and e >= limit // 3]
    cut = max(usable) if usable else (head.rfind(" ") if " " in head else limit)
    return _closed(goal[:cut], limit)


def _closed(text: str, limit: int) -> str:
    """The text without a dangling conjunction, and with a full stop where it has room for one."""
    text = _LEFT_OVER.sub("", text).rstrip()
    if text and text[-1].isalnum() and len(text) < limit:
        text += "."
    return text


def _without(goal: str, spans: Iterable[Span]) -> str:
    """The goal without the lines, sentences or clauses that hold the spans; the smallest piece that leaves a rest."""
    spans = list(spans)
    if not spans:
        return goal
    for boundary in (_CLAUSES, _UNITS):
        rest = _kept(goal, boundary, spans)
        if len(rest) >= _SHORTEST:
            return rest
    return _closed(re.sub(r"[ \t]{2,}", " ", masked(goal, spans, "")), len(goal)).strip()


def _kept(goal: str, boundary: re.Pattern[str], spans: list[Span]) -> str:
    kept, at = [], 0
    for match in [*boundary.finditer(goal), None]:
        end = match.end() if match else len(goal)
        if not any(a < end and at < b for a, b in spans):
            kept.append(goal[at:end])
        at = end
    text = "".join(kept).strip()
    text = re.sub(r"^and\s+", "", text)
    return _closed(text[:1].upper() + text[1:], len(goal))


def _struck_spans(goal: str, facts: Facts) -> list[Span]:
    """Where struck words stand in the goal, and what else is nobody's word but theirs."""
    spans = [m.span() for text in facts.struck if text.strip() for m in _pattern(text).finditer(goal)]
    struck = Known.of(facts.struck, None)
    loose = [s for s in inventions(goal, facts.known) if facts.struck and _all_from(goal[s[0] : s[1]], struck)]
    return sorted({*spans, *loose})


def _all_from(text: str, struck: Known) -> bool:
    """Whether an invention only repeats numbers and names that were struck."""
    words = [w for w in re.findall(r"\w+", text.lower()) if w[0].isdigit() or len(w) > 3]
    return bool(words) and not inventions(text, struck) and any(w in " ".join(struck.words).split() for w in words)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, text.split())) + r"(?!\w)", re.IGNORECASE)


def _listed(goal: str, spans: Iterable[Span]) -> str:
    return "; ".join(repr(goal[a:b]) for a, b in spans)


def _source(passage: Passage, goal: str) -> Source | None:
    """The passage as a source of this goal: its sentence that shares most words with it; None when it shares none."""
    wanted = _content_words(goal)
    sentences = [s for s in re.split(r"(?<=[.!?])\s+|\n+", passage.content) if s.strip()]
    best = max(sentences, key=lambda s: len(_content_words(s) & wanted), default="")
    if len(_content_words(best) & wanted) < 2:
        return None
    return passage.quoted(best.strip()[:_MOST_QUOTE])


def _topics(briefing: Briefing) -> frozenset[str]:
    previous = briefing.previous["text"] if briefing.previous else ""
    return frozenset(_topic_words(" ".join([*briefing.said, previous])))


def _topic_words(text: str) -> set[str]:
    """Longer words by their beginnings; only of scripts that put spaces between words."""
    return {w[:5] for w in re.findall(r"[a-zà-ÿ\u0370-\u04ff]{5,}", text.lower())}


def _content_words(text: str) -> set[str]:
    """Words that carry meaning, and numbers."""
    return {w[:7] for w in re.findall(r"\w+", text.lower()) if len(w) > 4 or w[0].isdigit()}
