"""How well a goal fits the company: content words shared with its passages, else the criterion's keywords."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nodes.english.lexicon import DELIVERABLES, VERB_FORMS, word_set
from nodes.english.spans import Stretches
from nodes.english.terms import stem
from nodes.english.words import SENTENCE_BREAK, Word, is_content, pieces, words_of
from nodes.rules.judge_blanks import CITED
from nodes.rules.judge_reading import Reading
from nodes.rules.judge_smart import Level
from nodes.screening import screened
from state.conversation import Passage
from state.phases import Phase
from state.rubric import Criterion
from state.scorecard import half_step

UNCONSULTED = "No company document was consulted"
UNFOUND = "No company document was found that fits it"
NEUTRAL = 7.0
"""Where no document was consulted: the usual threshold, so that a company without documents neither lifts nor sinks a goal."""
NOTHING = 1.0
"""A greeting fits nothing."""
FEW_WORDS = 1
UNRELATED = 3.5
"""Alignment when documents were found and share nothing with the goal."""
ENOUGH = 6.0
"""Weight of shared words from which a goal counts as fully aligned: about four telling terms."""
_COMPANY = re.compile(
    r"\b((?:[A-Z][\w&-]+\s){1,3})(?:Corp(?:oration)?|Inc|Ltd|Limited|GmbH|AG|LLC|PLC|plc|Group|Company|Holding|Foundation|University|"
    r"Hospital|Council)\b|\b([A-Z][\w-]+)['’]s\b|\b(?:[Ww]elcome to|[Jj]oin|[Hh]ere at) ([A-Z][\w-]+)"
)


_LEGAL_FORMS = frozenset(
    map(stem, ["corp", "corporation", "inc", "ltd", "limited", "gmbh", "llc", "plc", "holding", "group"])
)


@dataclass(frozen=True, slots=True)
class _Shared:
    """A word of the goal that a passage holds too."""

    word: Word
    weight: float
    document: str
    said: str
    """What the document says with it."""


def alignment(reading: Reading, criterion: Criterion) -> Level:
    """Shared content terms; without documents the keywords, without those a neutral level that says so."""
    if _says_nothing(reading):
        return Level(NOTHING, "It says nothing yet that could fit your company.")
    if reading.exam.rag_enabled and reading.exam.passages:
        return _against_passages(reading)
    why = UNFOUND if reading.exam.rag_enabled else UNCONSULTED
    if criterion.keywords:
        found = by_keywords(reading, criterion)
        return Level(found.score, f"{found.reasoning} {why}.", found.evidence, mendable=False)
    return Level(NEUTRAL, f"{why}, so the fit is neither praised nor faulted.", mendable=False)


def _says_nothing(reading: Reading) -> bool:
    """A word without anything done, counted or named; among values one word names a value."""
    values = reading.exam.phase is Phase.G6_VALUES
    told = any(
        c.acts or (values and c.details) or c.quantities or c.roles or c.outcomes or c.times for c in reading.clauses
    )
    return not told and len(words_of(reading.exam.text)) <= FEW_WORDS


def _against_passages(reading: Reading) -> Level:
    shared = _shared(reading)
    weight = sum(s.weight for s in shared)
    level = half_step(UNRELATED + (10 - UNRELATED) * min(1.0, weight / ENOUGH) ** 0.7)
    if not shared:
        return Level(level, "It shares no telling word with the company's documents that were found for it.")
    best = max(shared, key=lambda s: s.weight)
    told = f"“{reading.quote(best.word.start, best.word.end)}” is what {best.document} speaks of: “{best.said}”."
    more = [f"“{reading.quote(s.word.start, s.word.end)}”" for s in shared if s is not best]
    also = f" It shares {', '.join(more[:MOST_NAMED])} too." if more else ""
    return Level(level, told + also, _quote(reading, best.word))


MOST_NAMED = 2
LONGEST_SAID = 90


def _shared(reading: Reading) -> tuple[_Shared, ...]:
    corpus = _stems(reading.exam.passages, reading.exam.company)
    seen: dict[str, _Shared] = {}
    for word in _counting_words(reading):
        root = stem(word.lower)
        if root in corpus and root not in seen:
            passage, spread = corpus[root]
            said = _sentence_with(passage, root)
            seen[root] = _Shared(word, _weight(word.lower, spread), passage.document, said)
    return tuple(seen.values())


@lru_cache(maxsize=4096)
def _said(text: str, root: str) -> str:
    for start, end in pieces(text, SENTENCE_BREAK):
        found = next((w for w in words_of(text[start:end]) if stem(w.lower) == root), None)
        if found:
            return _cut(" ".join(text[start:end].split()), found.start)
    return root


def _sentence_with(passage: Passage, root: str) -> str:
    """The sentence of a passage that holds a stem, as much of it as a reason has room for."""
    return _said(f"{passage.heading}\n{passage.content}", root)


def _cut(sentence: str, at: int) -> str:
    """About as many letters as are read in passing, at whole words around a place."""
    if len(sentence) <= LONGEST_SAID:
        return sentence
    first = max(0, at - LONGEST_SAID // 2)
    words = sentence[first : first + LONGEST_SAID].split()
    return f"…{' '.join(words[1 if first else 0 : -1])}…"


def _weight(word: str, spread: float) -> float:
    """Longer and rarer words tell more; one that stands in every passage tells less."""
    return (0.6 if len(word) <= 4 else 1.0 if len(word) <= 7 else 1.5) * (1.0 - 0.3 * spread)


def _stems(passages: tuple[Passage, ...], company: str) -> dict[str, tuple[Passage, float]]:
    """Each stem of the passages with the first passage that holds it and the share of passages that do."""
    names = _company_names(passages) | {stem(w.lower) for w in words_of(company)}
    held: dict[str, list[Passage]] = {}
    for passage in passages:
        for root in _passage_stems(f"{passage.heading}\n{passage.content}") - names:
            held.setdefault(root, []).append(passage)
    several = max(len(passages) - 1, 1)
    return {root: (docs[0], (len(docs) - 1) / several) for root, docs in held.items()}


@lru_cache(maxsize=512)
def _passage_stems(text: str) -> frozenset[str]:
    return frozenset(stem(w.lower) for w in words_of(screened(text)) if _tells(w.lower))


_VALUE_WORDS = word_set(
    "attention balance best collaboration commitment communication community creativity culture dedication "
    "determination difference direction efficiency energy enthusiasm excellence experience feedback growth "
    "help honest honesty impact initiative innovation integrity knowledge leadership learning ownership "
    "passion pride professional professionalism purpose quality relationship respect responsibility "
    "service success support teamwork transparency trust truth vision "
)
"""Commonplaces in a goal, but the very names that values have."""


def _tells(word: str) -> bool:
    """A word of substance; a mere activity (`leaving`) is shared by chance."""
    return word in _VALUE_WORDS or (is_content(word) and not _is_bare_activity(word))


def _is_bare_activity(word: str) -> bool:
    return word.endswith("ing") and word not in DELIVERABLES and word not in VERB_FORMS


def _company_names(passages: tuple[Passage, ...]) -> frozenset[str]:
    names = (
        part
        for p in passages
        for m in _COMPANY.finditer(p.content[:4000])
        for part in " ".join(g for g in m.groups() if g).split()
    )
    return _LEGAL_FORMS | {stem(name.lower()) for name in names}


def _counting_words(reading: Reading) -> Iterable[Word]:
    """In a goal only words of clauses that say something count, so that strewn buzzwords don't; in values all do."""
    values = reading.exam.phase is Phase.G6_VALUES
    stretches = Stretches((c.start, c.end) for c in reading.clauses if values or c.substantial)
    text = CITED.sub(lambda cited: " " * len(cited[0]), reading.text)
    words = (w for w in words_of(text) if _tells(w.lower))
    return [w for w in words if stretches.at(w.start) is not None]


def _quote(reading: Reading, word: Word) -> str:
    clause = next((c for c in reading.clauses if c.start <= word.start < c.end), None)
    return reading.quote(clause.start, clause.end) if clause else reading.quote(word.start, word.end)


def by_keywords(reading: Reading, criterion: Criterion) -> Level:
    """A criterion of the tenant's own: its keywords found in the goal, or words shared with its description."""
    if not criterion.keywords:
        return _by_description(reading, criterion)
    found = [m for k in criterion.keywords if (m := _find_keyword(reading.text, k))]
    needed = min(len(criterion.keywords), 3)
    score = half_step(2.0 + 8.0 * min(1.0, len(found) / needed))
    if not found:
        return Level(2.0, "Judged by keywords: none of them stands in the goal (fairly sure).")
    named = ", ".join(f"“{m[0]}”" for m in found[:3])
    sure = "quite sure" if len(found) >= needed else "not very sure"
    return Level(score, f"Judged by keywords: {named} found ({sure}).", found[0][0])


def _find_keyword(text: str, keyword: str) -> re.Match[str] | None:
    roots = [re.escape(stem(w.lower())) + r"\w*" if len(w) > 3 else re.escape(w) for w in keyword.split()]
    return re.search(r"\b" + r"\s+".join(roots), text, re.IGNORECASE) if roots else None


def _by_description(reading: Reading, criterion: Criterion) -> Level:
    wanted = {stem(w.lower) for w in words_of(criterion.description) if is_content(w.lower)}
    found = list({stem(w.lower): w for w in _counting_words(reading) if stem(w.lower) in wanted}.values())
    score = half_step(4.0 + 2.0 * min(3, len(found)))
    if not found:
        return Level(score, "Judged by the words of its description, none of which the goal uses (not sure at all).")
    first = reading.quote(found[0].start, found[0].end)
    return Level(
        score,
        f"Judged by the words it shares with the criterion's description, such as “{first}” (not very sure).",
        first,
    )
