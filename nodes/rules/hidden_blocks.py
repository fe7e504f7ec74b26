"""Code, comments, tags, JSON, tables, addresses, encoded runs, footnotes and turned text: no way to write a goal."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from bisect import bisect_left
from collections.abc import Iterator

_FLAGS = re.IGNORECASE | re.DOTALL | re.MULTILINE
_MARKUP = r"<\|[^<>\n]{0,40}\|>[^<\n]*|</?[a-z_|][^<>\n]{0,60}>"
_OTHERS = (
    r"\[/?\s?(?:inst|system)\b[^\]]*(?:\]|\Z)|"
    r"\{(?=[^{}]*[:,])[^{}\n\"]*\"[^{}]*+\}(?:[\],}\s\"\w:.]*\})*|(?P<row>^\s*\|)|\bhttps?://\S+|\bwww\.\S+|[\u202a-\u202e\u2066-\u2069][^\u202c\u2069\n]*[\u202c\u2069]?|"
    r"(?<!\w)(?:0x)?[0-9a-fA-F]{16,}(?!\w)|(?<![\w/+])(?=[A-Za-z+/]{0,80}\d|[A-Za-z+/]{0,80}?(?-i:[a-z][A-Z])[A-Za-z+/]{0,80}?(?-i:[a-z][A-Z]))[A-Za-z0-9+/]{28,}={0,2}(?![\w/])|(?:[.-]{1,6}[ /]+){6,}[.-]*|^\s*(?://|\[\d+\]|tel\.?|p\.?s\.?)(?=\W)[^\n]*|(?://|\(rot13\))\s[^\n]*"
)
_BLOCK = re.compile(
    rf"```.*?(?:```|\Z)|<!--.*?(?:-->|\Z)|(?P<tag><\|?/?\w[^<>\n]{{0,60}}\|?>)|{_MARKUP}|{_OTHERS}", _FLAGS
)
_UNCLOSED = re.compile(_MARKUP, _FLAGS)
"""What a tag is that nothing closes."""
_CLOSING_TAG = re.compile(r"<\|?/[^<>\n]{0,60}\|?>", _FLAGS)
_ROW_END = re.compile(r"\|\s*$", _FLAGS)


def find_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where they stand, in order. What ends a tag or a table is looked for once, however many begin."""
    ends = _Ends(text)
    at = 0
    while match := _BLOCK.search(text, at):
        end = ends.of(match)
        if end is None:
            at = match.start() + 1
            continue
        yield match.start(), end
        at = end if end > match.start() else match.start() + 1


class _Ends:
    """Where a block ends that may hold anything."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tags = [match.span() for match in _CLOSING_TAG.finditer(text)]
        self._rows = [match.span() for match in _ROW_END.finditer(text)]

    def of(self, match: re.Match[str]) -> int | None:
        """The end of a block; None when it turns out to be none."""
        if match["tag"]:
            return self._of_tag(match)
        return self._of_table(match) if match["row"] else match.end()

    def _of_tag(self, match: re.Match[str]) -> int | None:
        number = bisect_left(self._tags, (match.end(), 0))
        if number < len(self._tags):
            return self._tags[number][1]
        unclosed = _UNCLOSED.match(self._text, match.start())
        return unclosed.end() if unclosed else None

    def _of_table(self, match: re.Match[str]) -> int | None:
        """A table reaches to the last line that ends like a row."""
        last = self._rows[-1] if self._rows else (0, 0)
        return last[1] if last[0] >= match.end() else None
