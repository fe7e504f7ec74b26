"""What somebody typed in haste as one writes it: days, months, languages and short forms with their capitals, `by the end of`."""

# ruff: noqa: E501 - a word list reads best unbroken

import re

from nodes.english.times import find_times
from nodes.english.verbs import base_of
from nodes.english.vocabulary import MONTHS, read_file, words_in

_DAYS = frozenset(words_in("weekday"))
_DATA = read_file("capitals")
_NAMED = _DAYS | frozenset(_DATA["named"]["words"].split())
_SHORT = frozenset(_DATA["short"]["words"].split())
_WORD = re.compile(r"(?<![\w@./'’-])[a-z][a-z0-9]+s?(?![\w@'’]|[./-]\w)")
_OF_NUMBER = re.compile(r"\d\s?$")
"""Before `hr` it makes that hours."""
_MONTH = re.compile(rf"\b(?:{MONTHS})\b", re.IGNORECASE)
_TO_MONTH = re.compile(rf"\b(?:{MONTHS})(?=\.? (?:and|to|or|until|till|[-–]) (?:{MONTHS.title()})\b)", re.IGNORECASE)
_END = re.compile(
    r"\b(?P<before>by|until|till|before|from|at|since) (?P<edge>end|start|beginning|middle) (?:of )?(?=\S)",
    re.IGNORECASE,
)
_I = re.compile(r"(?<![\w.@])i(?=['’\s]|$)(?!\.)")


_IN_FULL = {
    "im": "I'm", "ive": "I've", "id": "I'd", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "wont": "won't",
    "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't", "wanna": "want to", "gonna": "going to", "thats": "that's", "theres": "there's", "whats": "what's", "hes": "he's", "shes": "she's", "theyre": "they're",
    "double check": "double-check", "youre": "you're", "havent": "haven't", "hasnt": "hasn't", "shouldnt": "shouldn't", "wouldnt": "wouldn't",
    "couldnt": "couldn't", "u": "you", "pls": "please", "w": "with", "til": "until", "bc": "because", "cos": "because", "coz": "because",
    "cuz": "because", "ppl": "people", "btwn": "between",
}  # fmt: skip
"""Chat spelling. `ID` in capitals stays a document."""
_CHAT = re.compile(rf"(?<![\w'’-])(?:{'|'.join(sorted(_IN_FULL, key=len, reverse=True))})(?![\w'’-])", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\w/])w/\s?", re.IGNORECASE)
_ILL = re.compile(r"(?<![\w'’-])ill (?=(?P<verb>[a-z]+)\b)")
_ITS = re.compile(r"\bits (?=(?:not|a|an|the|too|only|just|always|never|\d)\b)", re.IGNORECASE)


def written(text: str) -> str:
    """The text in full, with the capitals and the small words that haste left out."""
    text = _SLASHED.sub("with ", text)
    text = _CHAT.sub(lambda chat: chat[0] if chat[0].isupper() else _IN_FULL[chat[0].lower()], text)
    text = _ILL.sub(lambda ill: "I'll " if base_of(ill["verb"]) else ill[0], text)
    text = _ITS.sub("it's ", text)
    text = _I.sub("I", _WORD.sub(_cased, text))
    text = _ARTICLE.sub(lambda said: f"{said['before']}{_article_of(said)} ", text)
    text = _END.sub(r"\g<before> the \g<edge> of ", text)
    return _with_months(text) if _MONTH.search(text) else text


def _article_of(said: re.Match[str]) -> str:
    right = "an" if VOWEL.match(said["word"]) else "a"
    return right.capitalize() if said["article"][0].isupper() else right


VOWEL = re.compile(
    r"[AEFHILMNORSX](?:[A-Z0-9]|\d|$)|8|11\b|18|(?!(?:one|once)\b|u(?:s[eaiu]|ni(?!n|m)|r[aeiou]|t[ei]|k)|eu)[aeiou]|[Hh](?:ono?u?r|our|eir)|(?![A-Z]{2}|U[a-z]|O(?:ne|nce)\b|Eu)[AEIOU]"
)
"""What begins with the sound of a vowel: `an hour`, `an HR manager`, `a unit`."""
_ARTICLE = re.compile(r"(?P<before>(?<![\w'’.-]))(?P<article>an?|An?) (?=(?P<word>[\w]+))")


def _cased(word: re.Match[str]) -> str:
    low = word[0]
    if low in _NAMED or (low.endswith("s") and low[:-1] in _DAYS):
        return low.capitalize()
    if low in _SHORT and not _OF_NUMBER.search(word.string, 0, word.start()):
        return low[:-1].upper() + "s" if low.endswith("s") and low[:-1] in _SHORT else low.upper()
    return low


def _with_months(text: str) -> str:
    """Months with their capital where they are part of a time: `march` and `may` are other words too."""
    for time in find_times(text):
        said = _MONTH.sub(lambda month: month[0].capitalize(), time.text)
        text = text[: time.start] + said + text[time.end :]
    return _TO_MONTH.sub(lambda month: month[0].capitalize(), text)


def small(text: str) -> str:
    """The opening of a sentence as it stands inside one: its capital small unless it is a name's or a short form's."""
    first = text.split(" ", 1)[0]
    own = first.lower() in _NAMED or _MONTH.fullmatch(first) or first == "I"
    return text if own or (not first[1:].islower() and len(first) > 1) else text[:1].lower() + text[1:]


def to_you(text: str) -> str:
    """The employee's words as the coach says them to the employee: `my own shop` as `your own shop`."""
    return _PERSON.sub(lambda said: _YOURS[" ".join(said[0].lower().replace("’", "'").split())], text)


_YOURS = {
    "i am": "you are", "i'm": "you're", "i was": "you were", "i've": "you've", "i'll": "you'll", "i'd": "you'd", "i": "you", "my": "your",
    "me": "you", "mine": "yours", "myself": "yourself", "we": "you", "our": "your", "us": "you", "ours": "yours", "ourselves": "yourselves",
}  # fmt: skip
_PERSON = re.compile(
    r"(?<![\w'’-])(?:i am|i was|i['’](?:m|ve|ll|d)|myself|ourselves|ours|our|my|me|mine|we|us|i)(?![\w'’-])",
    re.IGNORECASE,
)
