"""What somebody names without saying what they do with it: a certificate, a team of six, less overtime, a permanent contract."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re

from nodes.rules.verbs import names_role

CREDENTIAL = re.compile(
    r"(?!(?:an?|the|my)\b)(?:[\w/&+-]+ ){0,3}?(?:certificat(?:e|ion)|licen[cs]e|diploma|degree|accreditation|exam)\b(?P<done> passed| done| finished)?",
    re.IGNORECASE,
)
"""Something one earns, said without a verb: `PMP certificate by June`."""
COMPARED = re.compile(r"(?:more|less|fewer|better|no more) \w", re.IGNORECASE)
PEOPLE = re.compile(
    r"(?:(?:an?|the) )?(?:\w+ )?(?:team|crew|group|department|shift|staff) (?:of|with) (?:about )?(?:\d|[a-z]+ \w)",
    re.IGNORECASE,
)
THING = re.compile(r"(?:an?|the) \w", re.IGNORECASE)
DONE = re.compile(r"\w (?:finished|done|passed|completed)\b(?! by (?!\d|the|end|next|this|\w+ \d))", re.IGNORECASE)
"""`a permanent contract`, `microbiology bachelor finished by 2028`: what one wants to have."""
RECORD = re.compile(r"(?:zero|no) \w", re.IGNORECASE)


def names_thing(text: str) -> bool:
    """Whether a text without a verb is something that one can have or be."""
    return (
        names_role(text)
        or any(form.match(text) for form in (RECORD, CREDENTIAL, COMPARED, PEOPLE, THING))
        or bool(DONE.search(text))
    )
