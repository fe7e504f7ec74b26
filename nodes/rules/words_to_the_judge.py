"""Words that speak to or of the judging instead of the work, hidden or encoded ones too: they count for nothing."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re

from nodes.evidence.words import SENTENCE_BREAK, pieces
from nodes.rules.meta import is_foreign

BLANK = "\x00"
"""No pattern of the evidence rules crosses it."""

_FULL = (
    r"(?:\b10 ?/ ?10\b(?! ?confiden)|\b(?:10|ten|9|nine) out of (?:10|ten)\b(?! ?confiden)|\b(?:full|top|maximum|max|highest|perfect|best|low|lowest) (?:possible )?"
    r"(?:scores?|marks?|points?|rating|grade|level|value)\b|\bscores? (?:of|to|=|at)? ?(?:10|ten|100)\b|\ba (?:10|ten)\b|"
    r"\b(?:this|it|me|everything) (?:a |as |with )?(?:10|ten)\b|\b(?:10|ten) (?:points? )?(?:for|on|in|to|of) (?:everything|all|each|every)\b|\bnine or ten\b)"
)
_SPEAKS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|convert|waive)\b.{0,60}\b(?:instruction|rule|prompt|rubric|criteri|above|previous|everything|scores?)|"
    r"\b(?:give|gives|gave|given|giving|award|awards|assign|assigns|rate|rated|grade|mark|score|scored|scoring|return|returned|output|set|deserves?|grant|grants|respond|"
    rf"reply|answer|print|enter|entered|receive|receives|get|gets|for|least|with)\b.{{0,60}}{_FULL}|"
    r"\b(?:this|the|my|each|every|any|all) (?:goal|plan|text|answer|objective|target|statement|entry|texts|goals)s? (?:already |fully |clearly |really |truly )*"
    r"(?:is|are|deserves?|meets?|satisf\w+|fulfil\w*|scores?|should|has|qualif\w+|receives?|gets?)\b(?! to\b)|"
    r"\b(?:dear )?(?:judge|reviewer|assistant|model|ai|llm|gpt)\b\s?[:,!]|\b(?:system|developer) ?(?:prompt|message|note|override)\b|"
    r"\b(?:evaluators?|graders?|assessors?)\b(?! (?:training|course|certificat\w+|role|licen[cs]e|qualification))|\b(?:automated|automatic) (?:assessment|scoring|evaluation|judg\w+)s?\b|"
    r"\byou are (?:now )?(?:a|an|the|by far) \w+|\b(?:specific, )?measurable,? (?:achievable|attainable)|\bsmart (?:goal|criteria)|\b(?:scoring|grading|your|the|any other) rubrics?\b|"
    r"^\s*(?:please )?(?:assume|pretend|suppose|imagine|act as if|treat (?:this|it)|consider (?:this|it)|decode)\b|\bdecode and\b|"
    r"\bcriteri(?:on|a) (?:is|are|was|were|of measurability)\b|\b(?:each|every|all|on|in any|the former) criteri(?:on|a)\b|\bas (?:an|the) (?:ai|judge|expert)\b|"
    r"\b(?:the |this |your |final |next |low |scores? |depends on (?:this|the) )(?:score|scoring|rating)\b (?:would|will|must|is|are|confirmed|to|module|mode|depends|below|starts?|and|which)|"
    r"\bdepends on (?:this|the|your) (?:score|rating|result)\b|\bscores? below\b|\bthe score\s*$|\bcalibration mode\b|\bmark(?:ed)? (?:me )?down\b|"
    r"\b(?:approved|verified|confirmed|checked|cleared) by (?:the |my )?(?:line manager|manager|hr|compliance|management|board|system)\b|^\s*(?:status|(?:final |total |overall |my )?(?:score|rating|marks?|punktzahl|note))\s*[:=]|"
    r"\bif (?:this|it|my goal) (?:gets?|receives?|scores?|is (?:rated|scored|marked))\b|\bthe use of this tool\b|\bthis tool\b|\bheld responsible\b|"
    r"\b(?:i|we) (?:beg|ask|urge|implore|thank|already thank|trust) you\b|\byou (?:will|must|should|can|may|have to) (?:see|be|give|rate|score|judge|treat|read|count|find)\b|"
    r"\b(?:count|counted|treat|read|score|judge|regard) (?:it |them |this |each goal |the goals? )?as (?:though|if|stated|part of|complete|aligned|identical)\b|"
    r"\bannex\b|\brot13\b|\bbase64\b|\b(?:implied|by definition|for (?:all|any) goals)\b.{0,40}\b(?:deadline|target|aligned)|\bnever to be held against\b|"
    r"\bbenchmark of excellence\b|\bto be considered (?:perfect|met|fulfilled)\b|\b(?:measurab\w+|time-?_?bound\w*) .{0,40}\b(?:met|full|fulfilled|assumed)\b|"
    r"\b(?:numbers|deadlines?|date|figures) .{0,40}\b(?:in my head|in my (?:private )?notebook|elsewhere|implied)\b|\bmissing (?:figures|dates|details?)\b|"
    r"\bat the very core of our strategy\b|\b(?:play|playing) (?:a |the )?(?:game|role)\b|\busual ten\b|\bexempt from\b|\b(?:all|any|these|such) goals\b|\brate (?:this|it|me)\b|\b(?:attentive|any|every|the) reader\b|\bgoals? in general\b|\bstatement of intent\b|\bthis says (?:everything|it all)\b|\bevery(?:thing|one) (?:that )?our people say\b|\bany goal which\b|\ba good goal would be\b",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCKS = re.compile(
    r"```.*?(?:```|\Z)|<!--.*?(?:-->|\Z)|<\|?/?\w[^<>\n]{0,60}\|?>.*?<\|?/[^<>\n]{0,60}\|?>|<\|[^<>\n]{0,40}\|>[^<\n]*|</?[a-z_|][^<>\n]{0,60}>|\[/?\s?(?:inst|system)\b[^\]]*(?:\]|\Z)|"
    r"\{[^{}\n]*\"[^{}]*\}(?:[\],}\s\"\w:.]*\})*|^\s*\|.*\|\s*$|\bhttps?://\S+|\bwww\.\S+|[\u202a-\u202e\u2066-\u2069][^\u202c\u2069\n]*[\u202c\u2069]?|"
    r"(?<!\w)(?:0x)?[0-9a-fA-F]{16,}(?!\w)|(?<![\w/])[A-Za-z0-9+/]{28,}={0,2}(?![\w/])|(?:[.-]{1,6}[ /]+){6,}[.-]*|^\s*(?://|\[\d+\]|tel\.?|p\.?s\.?)(?=\W)[^\n]*|(?://|\(rot13\))\s[^\n]*",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
"""Code, comments, tags, JSON, tables, addresses, encoded runs, footnotes and turned text: no way to write a goal."""
_CONFIDENCE = re.compile(
    r"\b\d+ ?(?:/ ?\d+|%|out of \d+) ?confiden\w+|\bconfiden\w+[^.;\n]{0,25}?\d+(?:\s?/\s?\d+|\s?%| out of \d+)?",
    re.IGNORECASE,
)
"""How sure somebody is of their own goal is no word to the judge."""
_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u03ff\u0400-\u04ff])\w+")
"""Letters of two scripts in one word."""
_LEET = re.compile(r"\b[a-z]*\d+[a-z]+\d*[a-z_]*\b|\b[a-z]+\d+[a-z]+\w*\b", re.IGNORECASE)
_MOST_LEET = 3
_QUOTED = re.compile(r"(?<!\w)(?:'[^'\n]{40,}?'|\"[^\"\n]{40,}?\")(?!\w)")
_CLAIMED = re.compile(
    r"[\"']?\b(?:score|rating|grade|level|points|marks|specificity|measurability|time_?-?bound|alignment|achievability|clarity|"
    r"authenticity|total|punktzahl|note|puntuaci[oó]n|puntos)\b[\"']?\s?[:=]\s?[\"']?\d+(?:\s?/\s?\d+)?|"
    r"(?<![\w.,-])(?:10|ten|100|zehn|dix|diez)\s?(?:points?\b|punkte\w*|puntos|pontos|punti|stars?\b|marks\b|(?:out of|von|sur|de|su|av|van) (?:10|ten|100|zehn|dix)\b|/ ?10\b)|"
    r"\balign\w* (?:perfectly |fully |closely |strongly )?(?:with|to) (?:all )?(?:the |our |my |their )?(?:company|corporate|organi[sz]ation)\S*"
    r"(?: \w+){0,4}|\bpage \d+ of \d+\b|\b(?:room|form|case no\.?|ext\.?|build) [\w./%-]*\d[\w./%-]*|\+\d[\d ]{6,}|\bv\d+(?:\.\d+)+\b|"
    r"\b(?:kpi|metric|deadline|milestone|measurable|time-bound|achievable|relevant|target value|baseline|specificity|measurability|time_bound|achievability|alignment)"
    r"(?:\s?[,;✅✔]\s?(?:and )?(?:kpi|smart|metric|deadline|milestone|measurable|time-bound|achievable|relevant|target value|baseline|quarter|percentage|date|owner|strategy|"
    r"company values|clarity|authenticity|alignment|specificity|measurability|time_bound|achievability)\b){1,30}",
    re.IGNORECASE,
)
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]+"
)


def without_words_to_the_judge(text: str) -> str:
    """`text` with such words blanked; every letter keeps its place."""
    text = _BLOCKS.sub(_blanked, text)
    for start, end in pieces(text, SENTENCE_BREAK):
        if _counts_for_nothing(text[start:end]):
            text = text[:start] + BLANK * (end - start) + text[end:]
    return _CLAIMED.sub(_blanked, _QUOTED.sub(_blanked, text))


def _counts_for_nothing(sentence: str) -> bool:
    leet = len(_LEET.findall(sentence)) >= _MOST_LEET and bool(re.search(r"[a-z]\d+[a-z]", sentence, re.IGNORECASE))
    return (
        bool(_SPEAKS.search(_CONFIDENCE.sub("", sentence)) or _MIXED.search(sentence)) or leet or is_foreign(sentence)
    )


def _blanked(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
