"""What somebody will do, as a goal and a reply say it: opening with a verb."""

import re
from dataclasses import replace

from nodes.english.spelling import small
from nodes.english.things import deed_with, with_article
from nodes.english.verbs import base_of, base_of_participle, names_role
from nodes.english.vocabulary import MONTHS
from nodes.rules.clauses import Clause

_AS = re.compile(r"^as (?!well|soon|long)", re.IGNORECASE)
_FROM = re.compile(r"^From\b(?=.* to )")
_POST = re.compile(r"(?:an?|the) \w", re.IGNORECASE)


def as_action(clause: Clause, frame: str = "") -> Clause:
    """The clause opening with a verb where one fits: `head of sales` becomes `become head of sales`."""
    text, verb = _AS.sub("", _FROM.sub("from", clause.text)), clause.verb
    if verb == "be":
        text, verb = _becoming(text)
    elif not verb:
        text, verb = deed_with(text)
    late = f" {on_time(clause.lead_time)}" if _apart(clause.lead_time, frame) else ""
    return replace(clause, text=text + late, verb=verb)


def on_time(time: str) -> str:
    """A time as it stands in a sentence: `May 2028` as `by May 2028`."""
    return f"by {time}" if _BARE_DAY.match(time) else small(time)


_SEASON = rf"(?:{MONTHS}|spring|summer|autumn|fall|winter|q[1-4])"
_BARE_DAY = re.compile(
    rf"(?:(?:early|mid|late|end of|the end of) )?{_SEASON}\b|\d{{1,2}}\.? (?:{MONTHS})\b|20\d\d$", re.IGNORECASE
)


def _becoming(text: str) -> tuple[str, str]:
    """`be a nurse` as `become a nurse`, `be running a shop` as `run a shop`; with the verb."""
    _, _, rest = text.partition(" ")
    first, _, more = rest.partition(" ")
    if base := base_of(first) if first.lower().endswith("ing") else "":
        return f"{base} {more}".strip(), base
    if base_of_participle(first):
        return text, "be"
    if rest and not first.isdigit() and names_role(rest) and not _POST.match(rest):
        return f"become {with_article(rest)}", "become"
    return (f"become {rest}", "become") if names_role(rest) or _POST.match(rest) else (text, "be")


def _apart(lead_time: str, frame: str) -> bool:
    return bool(lead_time) and lead_time.lower() != "then" and frame[-8:].lower() != lead_time[-8:].lower()
