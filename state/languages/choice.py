"""Which of our languages somebody means: by a BCP 47 tag, or by what a browser says it accepts."""

import re
from typing import Literal, get_args

Language = Literal["en", "de", "es", "fr", "pl"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
SOURCE: Language = "en"
"""What texts are written in; also for whoever speaks none of the others."""

TAG = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
"""How BCP 47 writes a language, for example `de`, `pt-BR`, `zh-Hant-TW`."""

MOST_ACCEPTED = 20
"""Entries of an Accept-Language header that are looked at; browsers send fewer than ten."""
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def spoken(tag: str | None) -> Language | None:
    """Ours of a tag, its region and script left aside (`de-AT` is `de`); None for a language we don't speak."""
    first = (tag or "").split("-", 1)[0].strip().lower()
    return next((language for language in LANGUAGES if language == first), None)


def accepted(header: str | None) -> Language:
    """The one of ours that an Accept-Language header prefers (RFC 9110), else English. What is malformed in it is passed over."""
    best: tuple[float, Language] = (0.0, SOURCE)
    for entry in (header or "").split(",")[:MOST_ACCEPTED]:
        tag, _, parameter = entry.partition(";")
        language, quality = spoken(tag), _quality(parameter)
        if language is not None and quality > best[0]:
            best = (quality, language)
    return best[1]


def _quality(parameter: str) -> float:
    """1 unless said otherwise; 0, which refuses the entry, where it can't be read."""
    if not parameter.strip():
        return 1.0
    found = _QUALITY.fullmatch(parameter.strip())
    return float(found[1]) if found else 0.0
