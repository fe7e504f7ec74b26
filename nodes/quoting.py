"""The sentence of a company's passage that fits best what is spoken of. Pure."""

import re
from collections.abc import Sequence

from nodes.english.terms import terms
from nodes.screening.orders import is_instruction
from state.conversation import Passage, Source

LONGEST_QUOTE = 200
SHORTEST_QUOTE = 20
BEGINNING = 160
"""Characters of a passage that are shown where no sentence of it fits."""
_SENTENCE = re.compile(r"\S(?:.*?)(?:[.!?](?=\s|$)|(?=\n)|$)")
UNSAFE = re.compile(
    r"[<>{}\[\]|`]|={3,}|-{3,}|#{2,}|[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
"""What no quote and no title may hold: tags, borders of prompts, and letters that nobody sees."""


def quote_about(passage: Passage, wanted: frozenset[str]) -> str:
    """The sentence of the passage that shares most terms with `wanted`, a heading only without one; empty when none does."""
    shared = [
        (s[-1] in ".!?", len(terms(s) & wanted), -index, s) for index, s in enumerate(_sentences(passage.content))
    ]
    return max((entry for entry in shared if entry[1]), default=(False, 0, 0, ""))[3]


def sources_for(passages: Sequence[Passage], text: str) -> list[Source]:
    """Each passage as the employee sees it, with the sentence that fits `text` best, else its beginning."""
    wanted = terms(text)
    return [p.quoted(quote_about(p, wanted) or p.content[:BEGINNING]) for p in passages]


def _sentences(content: str) -> list[str]:
    found = [match.group() for match in _SENTENCE.finditer(content)]
    return [
        s for s in found if SHORTEST_QUOTE <= len(s) <= LONGEST_QUOTE and not UNSAFE.search(s) and not is_instruction(s)
    ]
