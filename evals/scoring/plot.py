"""The figures as pictures: how scores are spread, what is mistaken for what, how much a score moves, and whose goals they are."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Rectangle

from evals.scoring.judging import THRESHOLD
from evals.scoring.suite import Example, Suite
from evals.scoring.suites.detection import CRITERIA

INK, PALE, FIRST, SECOND = "#22303c", "#8a96a1", "#1f6f8b", "#d1603d"
Suites = Mapping[str, Suite]
HALF_POINTS = tuple(step / 2 for step in range(21))
MOST_PROFESSIONS = 40
OURS = "(ours)"


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of what some suites measured."""

    name: str
    title: str
    draw: Callable[[Suites], Figure | None]
    """None when its suite didn't run."""


def _distributions(suites: Suites) -> Figure | None:
    found = [
        (suites[name].series, kinds)
        for name, kinds in (("ranking", ("vague", "SMART")), ("calibration", ("weak", "good")))
        if name in suites
    ]
    if not found:
        return None
    figure, panels = _panels(len(found), 1, 5.4, 3.8)
    for axes, (series, kinds) in zip(panels, found, strict=True):
        for kind, colour in zip(kinds, (SECOND, FIRST), strict=True):
            _histogram(axes, series[kind], HALF_POINTS, colour, f"{kind} ({len(series[kind])})")
        axes.axvline(THRESHOLD, color=PALE, linestyle=":")
        axes.set_xlim(0, 10)
        axes.set_title(f"{kinds[0]} against {kinds[1]}")
        axes.set_xlabel(f"score (dotted: the threshold {THRESHOLD:g})")
        axes.set_ylabel("share of the goals")
        axes.legend(frameon=False, loc="upper center")
    return figure


def _confusion(suites: Suites) -> Figure | None:
    if "detection" not in suites:
        return None
    examples = suites["detection"].examples
    by = {
        "given labels": [e for e in examples if not e.id.endswith(OURS)],
        "our labels": [e for e in examples if e.id.endswith(OURS)],
    }
    kinds = {name: some for name, some in by.items() if some}
    figure, panels = _panels(len(CRITERIA), len(kinds), 3.4, 3.2)
    wanted = ((name, some, criterion) for name, some in kinds.items() for criterion in CRITERIA)
    for axes, (name, some, criterion) in zip(panels, wanted, strict=True):
        _matrix(axes, some, criterion)
        axes.set_title(f"{criterion.replace('_', '-')}, {name}", fontsize=9)
    return figure


def _stability(suites: Suites) -> Figure | None:
    if "stability" not in suites:
        return None
    suite = suites["stability"]
    figure, (first, second) = _panels(2, 1, 5.4, 3.8)
    changes = suite.series["change of the score"]
    furthest = max([1.0, *(abs(change) for change in changes)])
    _histogram(first, changes, [furthest * step / 20 for step in range(-20, 21)], FIRST, "")
    first.set_yscale("log")
    first.set_title("Change of the score by a rewording")
    first.set_xlabel("points")
    first.set_ylabel("share of the rewordings (logarithmic)")
    shares = {name.rpartition(", ")[2]: share for name, share in suite.figures.items() if name.startswith("within")}
    second.barh(list(shares), list(shares.values()), color=FIRST)
    second.set_xlim(0, 1)
    second.set_ylim(len(shares) - 0.4, -0.6)
    second.set_title("Within half a point, by rewording")
    second.set_xlabel("share of the goals")
    return figure


def _professions(suites: Suites) -> Figure | None:
    if "ranking" not in suites:
        return None
    rows = by_profession(suites["ranking"].examples)
    figure, (axes,) = _panels(1, 1, 9, 1.6 + 0.3 * len(rows))
    for place, (_, _, vague, smart) in enumerate(rows):
        axes.plot([vague, smart], [place, place], color=PALE, alpha=0.4, linewidth=4, zorder=1)
    axes.scatter([row[2] for row in rows], range(len(rows)), color=SECOND, label="vague", zorder=2)
    axes.scatter([row[3] for row in rows], range(len(rows)), color=FIRST, label="SMART", zorder=3)
    axes.set_yticks(range(len(rows)), [f"{_plain(name)} ({count})" for name, count, *_ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 10)
    axes.axvline(THRESHOLD, color=PALE, linestyle=":")
    axes.set_xlabel(f"mean score (dotted: the threshold {THRESHOLD:g})")
    axes.legend(frameon=False, ncols=2, loc="lower left", bbox_to_anchor=(0, 1))
    return figure


PLOTS = (
    Plot("scores", "How the scores are spread", _distributions),
    Plot("detection", "What the labels say, and what was found", _confusion),
    Plot("stability", "How much a rewording moves a score", _stability),
    Plot("professions", "Mean scores by profession", _professions),
)


def by_profession(examples: Sequence[Example]) -> list[tuple[str, int, float, float]]:
    """Profession, pairs, mean of the vague and of the SMART goals; the most frequent first, the rest as one row."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[str(example.inputs["profession"])].append(example)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    shown, others = ranked[:MOST_PROFESSIONS], ranked[MOST_PROFESSIONS:]
    if others:
        shown.append((f"{len(others)} others", [example for _, some in others for example in some]))
    return [(name, len(some), _mean(some, "vague"), _mean(some, "smart")) for name, some in shown]


def _plain(text: str) -> str:
    """Not read as a formula."""
    return text.replace("$", r"\$")


def _mean(examples: Sequence[Example], side: str) -> float:
    return fmean(float(example.got[side] or 0) for example in examples)


def _panels(columns: int, rows: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    figure = Figure(figsize=(columns * width, rows * height), layout=ConstrainedLayoutEngine(wspace=0.06, hspace=0.06))
    return figure, list(figure.subplots(rows, columns, squeeze=False).flat)


def _histogram(axes: Axes, values: Sequence[float], bins: Sequence[float], colour: str, label: str) -> None:
    weights = [1 / max(1, len(values))] * len(values)
    axes.hist(values, list(bins), weights=weights, color=colour, alpha=0.3)
    axes.hist(values, list(bins), weights=weights, color=colour, histtype="step", linewidth=1.5, label=label or None)


def _matrix(axes: Axes, examples: Sequence[Example], criterion: str) -> None:
    """Two by two: labelled so, found so."""
    for row, labelled in enumerate((True, False)):
        for column, found in enumerate((True, False)):
            count = sum(e.expected[criterion] is labelled and e.got[criterion] is found for e in examples)
            share, colour = count / len(examples), FIRST if labelled == found else SECOND
            axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, alpha=0.1 + 0.6 * share, edgecolor=PALE))
            axes.text(column + 0.5, row + 0.5, str(count), ha="center", va="center", fontsize=13)
    axes.set_xlim(0, 2)
    axes.set_ylim(2, 0)
    axes.set_xticks((0.5, 1.5), ("found", "not found"))
    axes.set_yticks((0.5, 1.5), ("labelled", "not labelled"))
    axes.tick_params(length=0)
