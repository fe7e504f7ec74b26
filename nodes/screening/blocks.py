"""Code, comments, tags, JSON, tables, addresses, encoded runs and footnotes: no way to write a goal."""

# ruff: noqa: E501 - a word list or a pattern reads best unbroken

import re
from bisect import bisect_left
from collections.abc import Iterator

_FLAGS = re.IGNORECASE | re.DOTALL | re.MULTILINE
_PATTERNS = {
    "code": r"```.*?(?:```|\Z)",
    "comment": r"<!--.*?(?:-->|\Z)|\[[^\]\n]{0,40}\]:\s?#[^\n]*",
    "role mark": r"<\|[^<>\n]{0,40}\|>[^<\n]*",
    "role in brackets": r"\[/?\s?(?:inst|system|admin|developer)\b[^\]]*(?:\]|\Z)",
    "square brackets": r"\[[^\[\]\n]{0,200}\]",
    "angles": r"<<+[^<>\n]{0,60}>>+|<<+[^<>\n]{0,60}$",
    "object": r"\{(?=[^{}]*[:,])[^{}\n\"]*\"[^{}]*+\}(?:[\],}\s\"\w:.]*\})*",
    "address": r"\bhttps?://\S+|\bwww\.\S+",
    "turned": r"[\u202a-\u202e\u2066-\u2069][^\u202c\u2069\n]*[\u202c\u2069]?",
    "hexadecimal": r"(?<!\w)(?:0x)?[0-9a-f]{16,}(?:\s[0-9a-f]{1,4})?(?!\w)",
    "percent signs": r"(?:\S{0,40}%[0-9a-f]{2}){3}\S{0,200}",
    "entities": r"(?:&#x?[0-9a-f]{1,6};){3,}[^\n.]*",
    "pairs of hexadecimal digits": r"(?<!\w)(?:[2-7][0-9a-f]\s){5,}[2-7][0-9a-f](?!\w)",
    "numbers in a row": r"(?<![\w.,/-])(?:\d[\d.,/:-]*\s?%?[.;|]?\s+){3,}\d[\d.,/:-]*%?(?![\w-])",
    "morse": r"(?:[.-]{1,6}[ /]+){6,}[.-]*",
    "remark": r"(?:(?<!:)//\s|//(?=(?-i:[A-Z]{4}))|\(rot13\b|--\s)[^\n]*",
    "footnote": r"^\s*(?://|\[\d+\]|tel\.?|p\.?s\.?)(?=\W)[^\n]*",
    "query": r"\b(?-i:SELECT|INSERT|UPDATE|DELETE)\b[^\n;]{0,200}\b(?-i:FROM|INTO|SET|WHERE)\b[^\n;]*",
    "settings": r"\b[a-z_]+=[\w.%/\"'-]+(?:[,;\s]+[a-z_]+\s?=\s?[\w.%/\"'-]+)+",
    "hashtags": r"#[a-z]\w*(?:\s#\w+){2,}",
    "spelled out": r"(?<!\w)\w(?:[ .]\w){4,}(?!\w)",
    "other alphabet of capitals": r"[\uff01-\uff5e\U0001d400-\U0001d7ff](?:[\s\uff01-\uff5e\U0001d400-\U0001d7ff]*[\uff01-\uff5e\U0001d400-\U0001d7ff])?",
}
"""Each by itself and short; what they find may overlap."""
_COMPILED = tuple(re.compile(pattern, _FLAGS) for pattern in _PATTERNS.values())
_UNREADABLE = tuple(
    re.compile(_PATTERNS[name], _FLAGS)
    for name in ("hexadecimal", "percent signs", "entities", "pairs of hexadecimal digits", "morse")
)
_ENCODED = re.compile(r"(?<![\w/+])[A-Za-z0-9+/]{28,}={0,2}(?![\w/])")
_CASE_CHANGES = re.compile(r"[a-z][A-Z]")
_TAG = re.compile(r"<\|?/?\w[^<>\n]{0,60}\|?>")
_CLOSING_TAG = re.compile(r"<\|?/[^<>\n]{0,60}\|?>")
_PLAIN_TAG = re.compile(r"</?[a-z]+>", re.IGNORECASE)
_ROW, _ROW_END = re.compile(r"^\s*\|", _FLAGS), re.compile(r"\|\s*$", _FLAGS)
_SETTING = re.compile(r"(?:^|(?<=;))\s*[a-z_ ]{1,24}\s?[:=]\s?[^\s;][^\n;]{0,200}(?:$|;)|^---\s*$", re.MULTILINE)
_VERDICT_KEY = re.compile(r"\s*(?:score|level|rating|points|grade|verdict|status|result)\s?[:=]", _FLAGS)
_FEWEST_SETTINGS = 2


def find_encoded(text: str) -> tuple[tuple[int, int], ...]:
    """Those whose words nobody can read."""
    found = (match.span() for pattern in _UNREADABLE for match in pattern.finditer(text))
    return merged([*found, *_encoded(text)])


def find_blocks(text: str) -> tuple[tuple[int, int], ...]:
    """Where they stand, in order and apart."""
    return merged([*_matches(text), *_encoded(text), *_tags(text), *_table(text), *_settings(text)])


def merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif start < end:
            found.append((start, end))
    return tuple(found)


def _matches(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _COMPILED:
        yield from (match.span() for match in pattern.finditer(text))


def _encoded(text: str) -> Iterator[tuple[int, int]]:
    """Long runs of letters with digits or many changes of case; `nurses/doctors/therapists` has neither."""
    for match in _ENCODED.finditer(text):
        if any(c.isdigit() for c in match[0]) or len(_CASE_CHANGES.findall(match[0])) >= 2:
            yield match.span()


def _tags(text: str) -> Iterator[tuple[int, int]]:
    """From a tag to the next that closes one; a plain tag that nothing closes is a word of the web."""
    closing = [match.span() for match in _CLOSING_TAG.finditer(text)]
    at = 0
    while match := _TAG.search(text, at):
        number = bisect_left(closing, (match.end(), 0))
        if number < len(closing):
            at = closing[number][1]
            yield match.start(), at
            continue
        at = match.end()
        if not _PLAIN_TAG.fullmatch(match[0]):
            yield match.span()


def _table(text: str) -> Iterator[tuple[int, int]]:
    """From the first line that begins like a row to the last that ends like one."""
    first = _ROW.search(text)
    ends = [match.end() for match in _ROW_END.finditer(text)] if first else []
    if first and ends and ends[-1] > first.end():
        yield first.start(), ends[-1]


def _settings(text: str) -> Iterator[tuple[int, int]]:
    """Lines of names with values one below the other, one of them a verdict."""
    run: list[re.Match[str]] = []
    for match in [*_SETTING.finditer(text)]:
        if run and match.start() > run[-1].end() + 1:
            yield from _if_verdict(text, run)
            run = []
        run.append(match)
    yield from _if_verdict(text, run)


def _if_verdict(text: str, run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    if len(run) >= _FEWEST_SETTINGS and any(_VERDICT_KEY.match(text, m.start(), m.end()) for m in run):
        yield run[0].start(), run[-1].end()
