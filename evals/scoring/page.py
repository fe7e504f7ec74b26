"""The figures as one HTML file, with the texts that went wrong: no script, nothing loaded from elsewhere, light or dark.

It quotes the goals it was measured on, so it isn't kept with the project.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from evals.scoring.plot import PLOTS
from evals.scoring.report import COLUMNS, number, rows
from evals.scoring.results import OWN_SET, Results, measured_with
from evals.scoring.suite import Example, Suite, Value
from evals.scoring.svg import inline

MOST_SHOWN = 50
STYLE = """
:root { color-scheme: light dark; --pale: #8a96a1; --first: #1f6f8b; --second: #d1603d; --line: #dfe5e9; --ink: #22303c; --ground: #fff }
@media (prefers-color-scheme: dark) {
  :root { --pale: #84909b; --first: #5bb4d2; --second: #f08c6a; --line: #36424d; --ink: #e4eaef; --ground: #14191d }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line) }
td.text { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 14rem }
.own, .missed { color: var(--second); font-weight: bold }
svg { width: 100%; height: auto; max-height: 90vh }
summary { cursor: pointer }
"""  # noqa: E501


def page(results: Results) -> str:
    """The whole file."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Can the score be trusted?</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield "<h1>Can the score be trusted?</h1>"
    yield f"<p>Measured by <code>make eval</code> on {escape(results.kind)}: {escape(results.about)}.</p>"
    if results.own:
        yield f'<p class="own">{escape(OWN_SET)}</p>'
    yield f"<p>{escape('; '.join(f'{name}: {what}' for name, what in measured_with().items()))}</p>"
    yield from _table(COLUMNS, rows(results))
    for plot in PLOTS:
        if drawn := inline(plot, results.by_name()):
            yield f"<h2>{escape(plot.title)}</h2>\n<figure>{drawn}</figure>"
    for suite in results.suites:
        yield from _suite(suite)
    yield "</body>\n</html>"


def _suite(suite: Suite) -> Iterator[str]:
    wrong = [example for example in suite.examples if not example.right]
    yield f"<h2>{escape(suite.name.capitalize())}</h2>\n<p>{escape(suite.about)}</p>"
    if suite.figures:
        yield from _table(("figure", "got"), [(name, number(value)) for name, value in suite.figures.items()])
    if not wrong:
        yield f"<p>All {len(suite.examples)} examples came out right.</p>"
        return
    shown = f", the first {MOST_SHOWN} here" if len(wrong) > MOST_SHOWN else ""
    yield f"<details><summary>{len(wrong)} of {len(suite.examples)} examples came out wrong{shown}</summary>"
    yield from _table(("example", "what went in", "expected", "got"), [_cells(one) for one in wrong[:MOST_SHOWN]])
    yield "</details>"


def _cells(example: Example) -> tuple[str, ...]:
    return (example.id, *(_values(values) for values in (example.inputs, example.expected, example.got)))


def _values(values: Mapping[str, Value]) -> str:
    return "\n".join(f"{name}: {_value(value)}" for name, value in values.items())


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float) else str(value)


def _table(columns: Sequence[str], of: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"<table>\n<tr>{''.join(f'<th>{escape(column)}</th>' for column in columns)}</tr>"
    for row in of:
        yield f"<tr>{''.join(_cell(cell) for cell in row)}</tr>"
    yield "</table>"


def _cell(text: str) -> str:
    kind = ' class="missed"' if text == "MISSED" else ' class="text"' if "\n" in text else ""
    return f"<td{kind}>{escape(text)}</td>"
