"""What a language model may not award: every judgement is checked against the goal's own text.

A language model's scores are opinions; that a date or a number stands in the text is a fact. Evidence must be the
goal's exact words, outside proposals, and without a time or a measure in the text no model can give one.
"""

import re
from collections.abc import Iterable, Sequence

from nodes.coach import Exam
from nodes.english.evidence import read_evidence
from nodes.english.spans import Evidence
from nodes.llm.schemas import CriterionReply, JudgedReply
from nodes.screening import screened
from nodes.screening.foreign import is_foreign
from state.scorecard import Verdict, half_step

UNPROVEN_MOST = 5.0
"""Without words of the goal that speak for it, a criterion is at best half met."""
UNVERIFIED_COSTS = 1.0
"""A quote that isn't the goal's own costs a point at any level: the model leaned on something that isn't there."""
ABSENT_MOST = 2.0
"""What the text doesn't hold at all is at best hinted at."""
MOST_SUGGESTIONS = 3
_LONGEST_REMARK = 600
_TELLING = re.compile(r"\w{3}|\d|[^\x00-\x7f]")
"""A quote of 'to' or 'a' proves nothing."""
_ALIKE = ("'’‘`´ʼ", '"“”„«»', "‐‑‒–—−-")
"""Marks that models swap when they copy."""

Spans = Sequence[tuple[int, int]]


def masked(text: str, spans: Spans, mark: str | None = None) -> str:
    """`text` with the spans taken out: as blanks of the same length, or as one `mark` each."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + (" " * (end - start) if mark is None else mark) + text[end:]
    return text


def complaint(reply: JudgedReply, names: Iterable[str]) -> str | None:
    """What is wrong with the form of a judgement, told to the model; None when nothing is."""
    wanted, given = sorted(names), sorted(c.name for c in reply.criteria)
    if given != wanted:
        return f"judge each of these criteria exactly once, by these names and no others: {', '.join(wanted)}"
    if any(not 0 <= c.score <= 10 for c in reply.criteria):
        return "scores run from 0 to 10"
    return None


def verdicts(reply: JudgedReply, exam: Exam) -> tuple[Verdict, ...]:
    """The model's word on each criterion, in the rubric's order, cut down to what the text can prove."""
    text = masked(exam.text, exam.proposals)
    # The evidence rules read English: what they don't find in another language may be there all the same.
    found = None if is_foreign(text) and re.search(r"\d", text) else read_evidence(screened(text))
    by_name = {c.name: c for c in reply.criteria}
    return tuple(_verdict(by_name[name], exam, found) for name in exam.rubric.criteria)


def remarks(texts: Iterable[str]) -> tuple[str, ...]:
    """The model's suggestions, as many and as long as a person reads."""
    return tuple(remark(t) for t in texts if t.strip())[:MOST_SUGGESTIONS]


def remark(text: str) -> str:
    """One remark of the model on one line, cut where a person stops reading."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REMARK else line[: _LONGEST_REMARK - 1].rstrip() + "…"


def exact_quote(quote: str, text: str, proposals: Spans) -> str:
    """The exact words of `text` that `quote` means, outside proposals; empty when there are none."""
    pieces = re.split(r"\[?(?:\.{3}|…)\]?", quote.strip().strip("\"'“”„‘’«»"))
    for piece in sorted(pieces, key=len, reverse=True):
        if match := _find(piece, text, proposals):
            return match
    return ""


def _verdict(said: CriterionReply, exam: Exam, found: Evidence | None) -> Verdict:
    evidence = exact_quote(said.evidence, exam.text, exam.proposals)
    level, reasons = half_step(said.score), [remark(said.reasoning)]
    for most, reason in _limits(said, level, evidence, found):
        if level > most:
            level = most
            reasons.append(reason)
    fit = "alignment" in said.name
    if fit and not exam.rag_enabled:
        reasons.append("Judged by the rubric's keywords: the company's documents are turned off.")
    mendable = bool(exam.passages) or not fit  # nobody can meet documents that aren't there
    return Verdict(said.name, level, " ".join(filter(None, reasons)), evidence, mendable)


def _limits(said: CriterionReply, level: float, evidence: str, found: Evidence | None) -> list[tuple[float, str]]:
    limits: list[tuple[float, str]] = []
    if found and said.name == "time_bound" and not found.times:
        limits.append((ABSENT_MOST, "Lowered: the goal names no time."))
    if found and said.name == "measurability" and not (found.quantities or found.outcomes):
        limits.append((ABSENT_MOST, "Lowered: the goal names neither a quantity nor a result."))
    if said.evidence and not evidence:
        most = max(0.0, min(UNPROVEN_MOST, level - UNVERIFIED_COSTS))
        limits.append((most, "Lowered: the words quoted for it are not the goal's own."))
    elif not evidence:
        limits.append((UNPROVEN_MOST, "Lowered: no words of the goal were quoted for it."))
    return limits


def _find(piece: str, text: str, proposals: Spans) -> str:
    words = piece.strip().rstrip(".,;:").split()
    if not words:
        return ""
    pattern = re.compile(r"\s+".join(map(_loosely, words)), re.IGNORECASE)
    found = [outside for m in pattern.finditer(text) for outside in _outside(m.start(), m.end(), text, proposals)]
    return max(found, key=len, default="")


def _loosely(word: str) -> str:
    """A pattern of the word in which a typewriter's mark stands for the typographic one and the reverse."""
    return "".join(next((f"[{marks}]" for marks in _ALIKE if c in marks), re.escape(c)) for c in word)


def _outside(start: int, end: int, text: str, proposals: Spans) -> list[str]:
    """The parts of [start, end) that no proposal covers, stripped, and only those that say something."""
    parts, at = [], start
    for left, right in sorted(proposals):
        if left < end and right > at:
            parts.append(text[at : max(at, left)])
            at = right
    parts.append(text[at:end])
    return [p.strip() for p in parts if _TELLING.search(p)]
