"""Words that speak to or of the judging instead of the work, hidden or encoded ones too: they count for nothing."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Iterator
from itertools import pairwise

from nodes.evidence import Span, read_evidence
from nodes.evidence.lexicon import VERB_FORMS, word_set
from nodes.evidence.spans import Stretches, blanked
from nodes.evidence.words import SENTENCE_BREAK, pieces
from nodes.rules.hidden_blocks import find_blocks
from nodes.rules.meta import is_foreign

BLANK = "\x00"
"""No pattern of the evidence rules crosses it."""

_JUDGE = "judge|reviewer|assistant|model|ai|llm|gpt|evaluator|grader|assessor"
_NO_COUNT = r"(?=\W*$|[.,;:!?)\"'“”…]|\s(?:for|in|on|to|please|and|or|but|because|as|if|is|are|from|by|at|of|with|then|this|it|scores?|rating|marks?|points?|grades?)\b|\s[^\w\s])"
"""After a full score: `10 out of 10 patients` and `a 10 km run` count something else."""
_FULL = (
    rf"(?:\b10 ?/ ?10\b(?! ?confiden)|\b(?:10|ten|9|nine) out of (?:10|ten)\b{_NO_COUNT}|\b(?:full|top|maximum|max|highest|perfect|best|low|lowest) (?:possible )?"
    rf"(?:scores?|marks?|points?|rating|grade|level|value)\b|\bscores? (?:of|to|=|at)? ?(?:10|ten|100)\b|\ba (?:10|ten)\b{_NO_COUNT}|"
    rf"\b(?:this|it|me|everything) (?:a |as |with )?(?:10|ten)\b{_NO_COUNT}|\b(?:10|ten) (?:points? )?(?:for|on|in|to|of) (?:everything|all|each|every)\b|\bnine or ten\b)"
)
_SPEAKS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|waive)\b.{0,60}\b(?:instruction|rule|prompt|rubric|criteri|above|previous|everything|scores?)|"
    r"\bconvert\b.{0,60}\b(?:instruction|prompt|rubric|criteri|scores?)|"
    rf"\b(?:give|gives|gave|given|giving|award|awards|assign|rate|rated|grade|return|returned|output|deserves?|grant|grants|respond|reply|print)\b.{{0,60}}{_FULL}|"
    r"\b(?:this|each|every|any) (?:goal|objective)s? (?:already |fully |clearly |really |truly )*"
    r"(?:is|are|deserves?|meets?|satisf\w+|fulfil\w*|scores?|should|has|qualif\w+|receives?|gets?)\b(?! to\b| (?:two|three|four|five|six) (?:parts|steps|stages|phases)\b)|"
    rf"(?:^|[,;:] ?|\b(?:and|but|so|to|to the) )(?:{_JUDGE})\s?[:!]|(?:^|\b(?:dear|hey|hello|hi|please),? )(?:{_JUDGE})\b\s?[:,!]|"
    r"\byou are (?:now )?(?:a|an|the|by far) \w+|\b(?:your|the|any other) rubrics?\b|"
    r"^\s*(?:please )?(?:assume|pretend|suppose|imagine|act as if|treat (?:this|it)|consider (?:this|it))\b|\b(?:assume|pretend|suppose|imagine) that\b|\bact as (?:if|though)\b|\bas (?:if|though) (?:this|my|the) (?:goal|plan|text|answer)\b|"
    r"\bwho(?:ever)? (?:is the judge|(?:judge|read|rate|score|grade|mark|evaluate|assesse?)s (?:this|it|here|me|my))\b|"
    r"\b(?:points?|marks?|scores?|rating|10|ten) (?:for|in|on|of) (?:its |the )?(?:specificity|measurability|time.?bound\w*|achievability)\b|"
    r"\b(?:levels?|scores?|points?|marks?|rating)\b.{0,30}\b(?:each|every|all|any) criteri(?:on|a)\b|"
    r"\bdecode (?:and|this|the (?:following|above|text|string|rest|line)|it|rot)\b|^\s*decode\s*$|"
    r"\bcriteri(?:on|a) (?:is|are|was|were|of measurability)\b|\bin any criteri(?:on|a)\b|\bthe former criteri(?:on|a)\b|\bas (?:an|the) (?:ai|judge)\b|"
    r"\b(?:the |this |your |final |next |low |scores? |depends on (?:this|the) )(?:score|scoring|rating)\b (?:would|will|must|is|are|confirmed|module|mode|depends)|"
    r"\bdepends on (?:this|the|your) (?:score|rating|result)\b|\bcalibration mode\b|\bmark(?:ed)? me down\b|"
    r"^\s*(?:status|(?:final |total |overall |my )?(?:score|rating|marks?|punktzahl|note))\s*[:=]|"
    r"\bif (?:this|it|my goal) (?:gets?|receives?|scores?|is (?:rated|scored|marked))\b|\bthe use of this tool\b|\bheld responsible\b|"
    r"\b(?:i|we) (?:beg|ask|urge|implore|thank|already thank|trust) you\b|\byou (?:will|must|should|can|may|have to) (?:see|be|give|rate|score|judge|treat|read|count|find)\b|"
    r"\b(?:count|counted|treat|read|score|judge|regard) (?:it |them |this |each goal |the goals? )?as (?:though|if|stated|part of|complete|aligned|identical)\b|"
    r"\brot13\b|\bbase64\b|\b(?:implied|by definition|for (?:all|any) goals)\b.{0,40}\b(?:deadline|target|aligned)|\bnever to be held against\b|"
    r"\bbenchmark of excellence\b|\bto be considered (?:perfect|met|fulfilled)\b|\b(?:measurab\w+|time-?_?bound\w*) .{0,40}\b(?:met|full|fulfilled|assumed)\b|"
    r"\b(?:numbers|deadlines?|date|figures) .{0,40}\b(?:in my head|in my (?:private )?notebook|elsewhere|implied)\b|"
    r"\bat the very core of our strategy\b|\busual ten\b|\bgoals? in general\b|\bthis says (?:everything|it all)\b|\bevery(?:thing|one) (?:that )?our people say\b|\bany goal which\b|\ba good goal would be\b",
    re.IGNORECASE | re.MULTILINE,
)
"""No sentence about work says this."""
_PRAISE = (
    r".{0,40}\b(?:perfect|excellent|clear|specific|smart|good|strong|best|complete|example|model|full|ten|10|aligned|measurable|ideal|top|kind|sort|"
    r"statement|masterpiece|ambitious|great|realistic|well|right|very|one|match|fit|highest|standard)\b"
)
_MAY_SPEAK = re.compile(
    rf"\b(?:get|gets|for|least|with|set|receives?|mark|score|scored|scoring|answer|enter|entered)\b.{{0,60}}{_FULL}|"
    rf"\b(?:this|the|my|each|every|any|all) (?:goal|plan|text|answer|objective|target|statement|entry|texts|goals)s? (?:already |fully |clearly |really |truly )*"
    rf"(?:is|are|deserves?|meets?|satisf\w+|fulfil\w*|scores?|should|has|qualif\w+|receives?|gets?)\b(?! to\b| (?:two|three|four|five|six) (?:parts|steps|stages|phases)\b| (?:an?|the) (?!{_PRAISE}))|"
    rf"\b(?:{_JUDGE})\b\s?[:,!]|\b(?:new|next|further|final|following) instructions?\b|\b(?:levels?|scores?|criteria|ratings?) (?:to|at|=) ?(?:10|ten)\b{_NO_COUNT}|\b(?:system|developer) ?(?:prompt|message|note|override)\b|\b(?:evaluators?|graders?|assessors?)\b|"
    r"\b(?:automated|automatic) (?:assessment|scoring|evaluation|judg\w+)s?\b|\b(?:specific, )?measurable,? (?:achievable|attainable)|\bsmart (?:goal|criteria)|\b(?:scoring|grading) rubrics?\b|"
    r"\b(?:each|every|all|on) criteri(?:on|a)\b|\bas (?:an|the) expert\b|\b(?:the |this |your |final |next |low |scores? )(?:score|scoring|rating)\b (?:to|below|starts?|and|which)|"
    r"\bscores? below\b|\bthe score\s*$|\bmarked down\b|\b(?:approved|verified|confirmed|checked|cleared) by (?:the |my )?(?:line manager|manager|hr|compliance|management|board|system)\b|"
    r"\bthis tool\b|\bannex\b|\bmissing (?:figures|dates|details?)\b|\b(?:play|playing) (?:a |the )?(?:game|role)\b|\bexempt from\b|\b(?:all|any|these|such) goals\b|"
    r"\brate (?:this|it|me)\b|\b(?:attentive|any|every|the) reader\b|\bstatement of intent\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Words of the judging that are words of some trade as well: after the writer's own deed, as in `train 4 assessors`, they are work."""
_ORDERS_THEM = re.compile(
    r"\W*(?:please|must|should|shall|will|may|can|has to|have to|is|are|was|were|gives?|gave|awards?|agrees?|to (?:give|award|rate|score|grade|assume|read|count))\b",
    re.IGNORECASE,
)
"""What follows when the judge is spoken to after all."""
_JUDGES_DEEDS = word_set(
    "give award assign grant print read count treat consider ignore judge evaluate assess note regard accept confirm verify approve return"
)
_OF_SOMETHING = re.compile(
    r"\s(?:of|from|in|at|on)\s(?!all\b|each|every|any\b|this|it\b|my (?:goal|plan)|the (?:goal|plan|text|scale)|criteri)\w",
    re.IGNORECASE,
)
"""`the best value from 12 suppliers`."""
_HAS_IT_DONE = re.compile(r"\W*(?:i will |to )?(?:have|get) (?:the|my|our|a|an|all|\d+) ", re.IGNORECASE)
_MARKS = re.compile(r"(?:mark|grade|score|rate)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\w+ (?:\d+|two|three|four|five|six) (?!out\b|points?\b|of\b|for\b)[a-z]", re.IGNORECASE)
_CONFIDENCE = re.compile(
    r"\b\d+ ?(?:/ ?\d+|%|out of \d+) ?confiden\w+|\bconfiden\w+[^.;\n]{0,25}?\d+(?:\s?/\s?\d+|\s?%| out of \d+)?",
    re.IGNORECASE,
)
"""How sure somebody is of their own goal is no word to the judge."""
_MIXED = re.compile(
    r"\b(?!(?:[kM]?Ω|μ[A-Za-z]{1,3}|Δ[A-Za-z]{1,2})\b)(?=\w*[A-Za-z])(?=\w*[\u0370-\u03ff\u0400-\u04ff])\w+"
)
"""Letters of two scripts in one word; `kΩ` and `μm` are units."""
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u06ff\u3040-\u9fff\uac00-\ud7af][^A-Za-z\n]{4,200}[\u0370-\u06ff\u3040-\u9fff\uac00-\ud7af]"
)
_LEET = re.compile(r"\b[a-z]*+\d++[a-z]++\d*+[a-z_]*+\b|\b[a-z]++\d++[a-z]++\w*+\b", re.IGNORECASE)
_MOST_LEET = 3
_TECHNICAL = re.compile(r"[a-z]\d{1,2}[a-z]s?|\d+(?:st|nd|rd|th|[a-z]{1,2}|min|mins|days?)", re.IGNORECASE)
"""`k8s`, `B2B`, `3rd`, `5kg`: digits among letters as everybody writes them."""
_QUOTED = re.compile(r"(?<!\w)(?:'[^'\n]{40,}?'|\"[^\"\n]{40,}?\")(?!\w)")
_BUZZ = (
    "kpi|smart|metric|deadline|milestone|measurable|time-bound|achievable|relevant|target value|baseline|quarter|percentage|date|owner|strategy|"
    "company values|clarity|authenticity|specificity|measurability|time_bound|achievability|alignment"
)
_CLAIMED = re.compile(
    rf"(?P<trade>(?<![\w.,-])(?:10|ten|100) out of (?:10|ten|100)\b(?!{_NO_COUNT})|\b(?:note|total|level|grade): \d+(?= (?!points|marks|stars)[a-z]+s\b)|"
    r"(?<![\w.,-])(?:10|ten|100)\s?(?:points?|stars?|marks)\b|\bpage \d+ of \d+\b|\b(?:room|case no\.?|ext\.?) [\w./%-]*\d[\w./%-]*|\bv\d+(?:\.\d+)+\b|"
    rf"\b(?:{_BUZZ})\s?[,;✅✔]\s?(?:and )?(?:{_BUZZ})\b(?!\s?[,;✅✔]\s?(?:and )?(?:{_BUZZ})\b))|"
    r"[\"']?\b(?:score|rating|grade|level|points|marks|specificity|measurability|time_?-?bound|alignment|achievability|clarity|"
    r"authenticity|total|punktzahl|note|puntuaci[oó]n|puntos)\b[\"']?\s?[:=]\s?[\"']?\d+(?:\s?/\s?\d+)?|"
    rf"(?<![\w.,-])(?:10|ten|100|zehn|dix|diez)\s?(?:punkte\w*|puntos|pontos|punti|(?:von|sur|de|su|av|van) (?:10|ten|100|zehn|dix)\b|out of (?:10|ten|100)\b|/ ?10\b)|"
    r"\balign\w* (?:perfectly |fully |closely |strongly )?(?:with|to) (?:all )?(?:the |our |my |their )?(?:company|corporate|organi[sz]ation)\S*"
    r"(?: \w+){0,4}|\b(?:form|build) (?:[A-Z]+[./-]?\d[\w./%-]*|\d+[./%-][\w./%-]*\d[\w./%-]*)|\+\d[\d ]{6,}|"
    rf"\b(?:{_BUZZ})(?:\s?[,;✅✔]\s?(?:and )?(?:{_BUZZ})\b){{1,30}}",
    re.IGNORECASE,
)
"""Scores and criteria as one claims them; the `trade`'s own ones stay where they follow a deed, as in `redesign room 214`."""
_FRESH_START = word_set(
    "it this these that the a every each all note score rating grade status specificity please dear you your my our we if as for new"
)
_CAPITAL = re.compile(r"(?<=[a-z0-9,] )([A-Z][a-z]+)(?= [a-z0-9]|:| \W)")
_JUDGES_NAME = re.compile(rf"(?:{_JUDGE})s?|pretend|suppose|imagine|assume|respond|whoever|footnote|kpi")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]+"
)


def without_words_to_the_judge(text: str) -> str:
    """`text` with such words blanked; every letter keeps its place."""
    text = blanked(text, find_blocks(text), BLANK)
    idle = ((start, end) for start, end in _sentences(text) if _counts_for_nothing(text[start:end]))
    text = _without_claims(blanked(text, idle, BLANK))
    return _OTHER_SCRIPT.sub(_blanked, _QUOTED.sub(_blanked, text))


def _without_claims(text: str) -> str:
    claims = list(_CLAIMED.finditer(text))
    deeds = _deeds(text) if any(m["trade"] for m in claims) else ()
    done = Stretches((deed + 1, end) for deed, end in deeds)
    return blanked(text, (m.span() for m in claims if not (m["trade"] and done.at(m.start()) is not None)), BLANK)


def _deeds(text: str) -> tuple[tuple[int, int], ...]:
    """From the writer's deed to the end of its sentence."""
    return tuple((start + own_deed(text[start:end]), end) for start, end in _sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text, also those that begin without a full stop before them."""
    for start, end in pieces(text, SENTENCE_BREAK):
        cuts = [m.start(1) for m in _CAPITAL.finditer(text, start, end) if _starts_afresh(m[1].lower())]
        yield from pairwise([start, *cuts, end])


def _starts_afresh(word: str) -> bool:
    return word in _FRESH_START or word in VERB_FORMS or bool(_JUDGES_NAME.fullmatch(word))


def _counts_for_nothing(sentence: str) -> bool:
    sure = _CONFIDENCE.sub("", sentence)
    hidden = _MIXED.search(sentence) or _is_leet(sentence) or is_foreign(sentence)
    return bool(hidden or _SPEAKS.search(sure) or _speaks_of_judging(sure))


def _is_leet(sentence: str) -> bool:
    odd = [word for word in _LEET.findall(sentence) if not _TECHNICAL.fullmatch(word)]
    return len(odd) >= _MOST_LEET and any(re.search(r"[a-z]\d+[a-z]", word, re.IGNORECASE) for word in odd)


def _speaks_of_judging(sentence: str) -> bool:
    """Whether words of the judging stand there outside of what the writer does."""
    found = list(_MAY_SPEAK.finditer(sentence))
    deed = own_deed(sentence) if found else 0
    return any(_is_for_the_judge(sentence, m, deed) for m in found)


def _is_for_the_judge(sentence: str, match: re.Match[str], deed: int) -> bool:
    later = match.start() > deed or (match.start() == deed and bool(_OF_SOMETHING.match(sentence, match.end())))
    return not later or bool(_ORDERS_THEM.match(sentence, match.end()))


def own_deed(sentence: str) -> int:
    """Where the writer's first deed stands; the end when there is none. What a judge does is none, unless it is done to so many things."""
    if _HAS_IT_DONE.match(sentence) or (_MARKS.match(sentence) and _COUNTED.match(sentence)):
        return 0
    evidence = read_evidence(sentence)
    verbs = sorted(
        s.start for s in (*evidence.actions, *evidence.vague) if s.kind != "degree" and _is_work(sentence, s)
    )
    return verbs[0] if verbs else len(sentence)


def _is_work(sentence: str, verb: Span) -> bool:
    lemma = VERB_FORMS.get(verb.text.lower(), "")
    return bool(lemma) and (lemma not in _JUDGES_DEEDS or bool(_COUNTED.match(sentence, verb.start)))


def _blanked(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
