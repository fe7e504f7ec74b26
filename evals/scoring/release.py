"""The figures of a release, as a page that is kept with the project: figures and ids, no text of a goal, no path, no date."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.scoring.data import OWN
from evals.scoring.plot import PLOTS
from evals.scoring.report import COLUMNS, number, rows
from evals.scoring.results import OWN_SET, Results, measured_with
from evals.scoring.suite import Suite
from evals.scoring.svg import picture

MOST_IDS = 40
DRAWN = ("scores", "detection", "stability")
"""Not the professions: their names are the data's words."""
LABELS = f"""\
- Which goal is vague and which its rewrite, which is good or weak, and what it lacks: whoever wrote the data.
- Which of a hundred of these goals are specific, measurable and time-bound (`labels.jsonl`): two readers of ours, who hadn't
  seen what the rules find, and a third where they disagreed. `agreed` says where they did. Cohen's kappa of the two: time-bound
  1.00, measurable 0.98, specific 0.90.
- Good and weak values texts, action plans, visions with their plans, attacks (the rest of `evals/data/scoring`): ours.
- Our own small set of goals (`evals/data/{OWN.name}/goals`): ours; it is used only where no other data is named.
"""
CAUTION = """\
- Labels are noisy. Two readers disagree on some of them; a figure that is a few hundredths better may say nothing.
- Our own texts and their labels were written before the rules were changed, but then looked at while the rules were changed. The
  goals that PETRAF_EVAL_DATA names were in front of us, too. So these figures say how well the rules fit these texts, and not
  how well they would fit new ones: expect less of those. How much less, one measurement tells: on our own forty tricky goals,
  before anybody had looked at them, good and weak were told apart in 73% (90% on the given goals at that time), and F1 of
  “measurability is missing” was 0.73 (0.85).
- Ranking is easy: the length of a goal alone ranks nearly as well. Padding and rewording are the harder test.
- They are about the rule coach. A language model as coach is judged by the same evidence rules, and wasn't measured here.
- English only.
- A high score says that a goal is put well. Whether it is the right goal for somebody, no figure here says.
"""


def write_release(folder: Path, results: Results) -> Iterator[Path]:
    """RELEASE.md and its pictures. Each file as it is written."""
    drawn = {plot.name: picture(plot, results.by_name()) for plot in PLOTS if plot.name in DRAWN}
    pictures = {name: svg for name, svg in drawn.items() if svg}
    for name, svg in pictures.items():
        (folder / f"release-{name}.svg").write_text(svg, encoding="utf-8")
        yield folder / f"release-{name}.svg"
    (folder / "RELEASE.md").write_text("\n".join(_page(results, list(pictures))) + "\n", encoding="utf-8")
    yield folder / "RELEASE.md"


def _page(results: Results, pictures: Sequence[str]) -> Iterator[str]:
    yield "# How far the score can be trusted\n"
    yield f"The figures of this release, measured on {results.kind}: {results.about}.\n"
    if results.own:
        yield f"**{OWN_SET}**\n"
    yield from _markdown(("what", "version"), list(measured_with().items()))
    yield "## What must hold\n"
    yield from _markdown(COLUMNS, [(*row[:-1], row[-1].replace("MISSED", "**missed**")) for row in rows(results)])
    titles = {plot.name: plot.title for plot in PLOTS}
    yield from (f"![{titles[name]}](release-{name}.svg)\n" for name in pictures)
    yield "## What each suite asks\n"
    yield from (f"- **{suite.name}**: {suite.about}." for suite in results.suites)
    yield "\n## Figures without a bar\n"
    figures = [(suite.name, name, number(value)) for suite in results.suites for name, value in suite.figures.items()]
    yield from _markdown(("suite", "figure", "got"), figures)
    yield "## Whose labels these are\n"
    yield LABELS
    yield "## What these figures don't say\n"
    yield CAUTION
    yield "## Examples that came out wrong, by id\n"
    yield from (_wrong(suite) for suite in results.suites)
    yield "\n## Measure it again\n"
    yield "```sh\nPETRAF_EVAL_DATA=/path/to/data make eval ARGS=--release\n```\n"
    yield "The same rules on the same data write the same page. `evals/README.md` says how the data is laid out."


def _wrong(suite: Suite) -> str:
    ids = [f"`{example.id}`" for example in suite.examples if not example.right]
    more = f", and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else ""
    listed = f": {', '.join(ids[:MOST_IDS])}{more}" if ids else ""
    return f"- {suite.name}: {len(ids)} of {len(suite.examples)}{listed}"


def _markdown(columns: Sequence[str], of: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in of:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""
