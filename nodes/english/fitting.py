"""Texts brought under a limit without cutting a word."""

import re

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


def cut_at_sentence(text: str, limit: int) -> str:
    """`text` up to its last whole sentence within `limit`, else up to its last whole word."""
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: limit + 1]) if match.end() <= limit]
    return text[: ends[-1]] if ends and ends[-1] * 3 >= limit else cut_at_word(text, limit)


def cut_at_word(text: str, limit: int) -> str:
    """`text` up to its last whole word within `limit`."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1].rsplit(None, 1)[0]
    return head[:limit].rstrip(" ,;:-–—(")


def series(parts: list[str], joint: str = "and") -> str:
    """`a, b and c`, with a comma before `and` where a part holds one of its own; `joint` is `and` in another language."""
    if len(parts) < 2:
        return "".join(parts)
    inner = any("," in part or f" {joint} " in part for part in parts)
    return f"{', '.join(parts[:-1])}{',' if inner else ''} {joint} {parts[-1]}"


def capital(text: str) -> str:
    """The first letter made a capital; the rest untouched."""
    return text[:1].upper() + text[1:]
