"""Values as a heading and one line a value, each with how it shows in the employee's or the company's words."""

from nodes.coach import Briefing
from nodes.rules.fitting import capital, cut_at_word
from nodes.rules.replies import quote_about, source_of
from nodes.rules.terms import terms
from nodes.rules.values import Value, read_values
from state.conversation import Passage, Source

HEADING = "Core values:"
MOST_VALUES = 7
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
    return cut_at_word(text, briefing.limit), [source for source in sources if source["quote"] in text]


def _line(value: Value, passages: tuple[Passage, ...], sources: list[Source]) -> str:
    name = f"• {capital(value.name)}"
    if value.shown:
        return f"{name}: {value.shown}"
    for passage in passages:
        quote = quote_about(passage, terms(value.name))
        if quote and len(quote) <= LONGEST_BORROWED:
            sources.append(source_of(passage, quote))
            return f"{name}: in the words of {passage.document}, “{quote.rstrip('.')}”"
    return name
