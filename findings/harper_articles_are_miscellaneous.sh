#!/usr/bin/env bash
# harper-py 0.2.0 (Harper 2, English grammar), Python 3.11.
#
# Guess: a wrong article ("an manager") is filed under Grammar or Agreement, a singular behind a number ("2 cook") under Agreement,
# and a doubled preposition ("by to September") under some kind of its own.
# Seen: the article is `Miscellaneous`, so whoever counts errors of grammar by kind must count that kind; the singular behind a
# number and the doubled preposition are not reported at all, while verb agreement and a doubled word are.
#
#   an manager        Miscellaneous
#   2 cook            nothing
#   by to September   nothing
#   He have           Agreement
#   the the           Repetition
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check harper-py==0.2.0
"$folder/venv/bin/python" - <<'PYTHON'
from harper import Dialect, Linter

EXPECTED = {
    "Become an manager by June.": ["Miscellaneous"],
    "Train 2 cook by May.": [],
    "Open the shop by to September 2028.": [],
    "He have three goals.": ["Agreement"],
    "Reduce the the complaints.": ["Repetition"],
}
linter = Linter(Dialect.BRITISH)
seen = {text: [lint.lint_kind for lint in linter.lint(text)] for text in EXPECTED}
for text, kinds in seen.items():
    print(f"{text:40} {', '.join(kinds) or 'nothing'}")
raise SystemExit(seen != EXPECTED)
PYTHON
