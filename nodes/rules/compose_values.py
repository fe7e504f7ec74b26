"""Values as a heading and one line a value, each with how it shows in the employee's or the company's words."""

import re

from nodes.coach import Briefing
from nodes.english.fitting import capital, cut_at_word
from nodes.english.terms import terms
from nodes.quoting import quote_about
from nodes.understanding.own_values import Value, read_values
from state.conversation import Passage, Source

HEADING = "Core values:"
MOST_VALUES = 7
_OPENER = re.compile(r"^(?:If|When|The|A|An|Every|Each|No|People|Being)\b")
LONGEST_BORROWED = 130
"""Characters of a company sentence that still read as an explanation."""


def compose_values(briefing: Briefing, said: tuple[str, ...]) -> tuple[str, list[Source]]:
    """The lines within the limit, and the passages they lean on; an empty text when no value was named."""
    values = read_values(said)[:MOST_VALUES]
    sources: list[Source] = []
    lines = [_line(value, briefing.passages, sources) for value in values]
    while len(lines) > 1 and len("\n".join([HEADING, *lines])) > briefing.limit:
        longest = max(range(len(lines)), key=lambda i: len(lines[i]))
        bare = f"• {capital(values[longest].name)}"
        lines[longest : longest + 1] = [bare] if lines[longest] != bare else []
    text = "\n".join([HEADING, *lines]) if lines else ""
    return cut_at_word(text, briefing.limit), [source for source in sources if source["quote"].rstrip(".") in text]


def _line(value: Value, passages: tuple[Passage, ...], sources: list[Source]) -> str:
    name = f"• {capital(value.name)}"
    if value.shown:
        return f"{name}: {_OPENER.sub(lambda word: word[0].lower(), value.shown)}"
    borrowed = _borrowed(value, passages)
    if borrowed is None:
        return name
    passage, quote = borrowed
    sources.append(passage.quoted(quote))
    return f"{name}: in the words of {passage.document}, “{quote.rstrip('.')}”"


def _borrowed(value: Value, passages: tuple[Passage, ...]) -> tuple[Passage, str] | None:
    """The company's sentence that speaks of the value itself: of its last word, and best of all its words."""
    wanted, head = terms(value.name), terms(value.name.split()[-1])
    quotes = [(passage, quote_about(passage, wanted)) for passage in passages]
    fitting = [(p, q) for p, q in quotes if q and len(q) <= LONGEST_BORROWED and head <= terms(q)]
    return max(fitting, key=lambda pair: len(terms(pair[1]) & wanted), default=None)
