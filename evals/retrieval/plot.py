"""The figures as a picture: recall by organisation, how far relevance tells right from wrong, and what the floor costs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from evals.retrieval.measure import AT, Measured, figures, trade_off

INK, PALE, ANSWERED, REFUSED, NEAR = "#22303c", "#8a96a1", "#1f6f8b", "#d1603d", "#d9a441"
SHADES = {1: "#a9cbd6", 3: ANSWERED, 5: "#0f3d4e"}
BINS = tuple(round(0.05 * step, 2) for step in range(21))
STYLE: dict[Any, Any] = {
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": PALE,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    # Without these the same figures would make another file each time.
    "svg.hashsalt": "petraf",
}


def draw(path: Path, measured: Measured) -> None:
    """Write the picture; the same figures make the same file."""
    with matplotlib.rc_context(STYLE):
        names = [name for name in measured.uploaded if figures(measured, name).questions]
        figure = Figure(
            figsize=(13, max(4.6, 1.6 + 0.5 * (len(names) + 1))), layout=ConstrainedLayoutEngine(wspace=0.08)
        )
        first, second, third = figure.subplots(1, 3, width_ratios=(1.1, 1, 1))
        _recall(first, measured, names)
        _relevance(second, measured)
        _floors(third, measured)
        figure.savefig(path, metadata={"Date": None})


def _recall(axes: Axes, measured: Measured, names: Sequence[str]) -> None:
    """A row an organisation, a point each k."""
    rows = [(name, figures(measured, name)) for name in names]
    rows.append(("all", figures(measured)))
    for place, (_, of) in enumerate(rows):
        shares = [of.recall[at] or 0.0 for at in AT]
        axes.plot(
            [min(shares), max(shares)], [place, place], color="#dfe5e9", linewidth=6, zorder=1, solid_capstyle="round"
        )
        for at, share in zip(AT, shares, strict=True):
            # The smaller k on top and smaller, so that equal shares stay visible as rings.
            axes.scatter(share, place, s=40 + 45 * AT.index(at), color=SHADES[at], zorder=5 - AT.index(at))
    axes.set_yticks(range(len(rows)), [f"{name} ({of.questions})" for name, of in rows])
    axes.get_yticklabels()[-1].set_fontweight("bold")
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.axvline(measured.wanted.recall, color=PALE, linestyle=":", linewidth=1)
    axes.set_xlim(-0.03, 1.05)
    axes.set_title("Right passage among the first k")
    axes.set_xlabel("share of questions (dotted: the bar for k = 3)")
    for at in AT:
        axes.scatter([], [], s=70, color=SHADES[at], label=f"k = {at}")
    _legend(axes, len(AT))


def _relevance(axes: Axes, measured: Measured) -> None:
    """How relevant the first passage is, as shares of each kind of question."""
    kinds = (
        ("answerable", [one.top_relevance for one in measured.answered], ANSWERED),
        ("foreign", [one.top_relevance for one in measured.refusals if not one.near], REFUSED),
        ("near", [one.top_relevance for one in measured.refusals if one.near], NEAR),
    )
    for name, values, colour in kinds:
        if values:
            weights = [1 / len(values)] * len(values)
            axes.hist(values, BINS, weights=weights, color=colour, alpha=0.35)
            label = f"{name} ({len(values)})"
            axes.hist(values, BINS, weights=weights, color=colour, histtype="step", linewidth=1.5, label=label)
    _mark_floor(axes, measured.floor)
    axes.set_xlim(0, 1)
    axes.set_title("Relevance of the first passage")
    axes.set_xlabel("relevance, without the floor")
    axes.set_ylabel("share of questions")
    axes.set_ylim(top=axes.get_ylim()[1] * 1.12)
    _legend(axes, 3)


def _floors(axes: Axes, measured: Measured) -> None:
    """Recall lost against foreign questions refused."""
    curve = trade_off(measured)
    floors = [floor for floor, _, _ in curve]
    axes.plot(floors, [found or 0.0 for _, found, _ in curve], color=ANSWERED, linewidth=2, label="recall@3")
    if measured.refusals:
        refused = [share or 0.0 for _, _, share in curve]
        axes.plot(floors, refused, color=REFUSED, linewidth=2, label="foreign refused")
    axes.axhline(measured.wanted.recall, color=PALE, linestyle=":", linewidth=1)
    axes.set_ylim(0, 1.12)
    _mark_floor(axes, measured.floor)
    axes.set_xlim(floors[0], floors[-1])
    axes.set_title("What another floor would do")
    axes.set_xlabel("floor (dotted: the bar for both)")
    axes.set_ylabel("share of questions")
    _legend(axes, 2)


def _legend(axes: Axes, columns: int) -> None:
    """Below the panel, where it hides nothing."""
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), frameon=False, ncols=columns, handletextpad=0.5)


def _mark_floor(axes: Axes, floor: float) -> None:
    axes.axvline(floor, color=INK, linewidth=1, linestyle="--")
    place = (floor, 0.99)
    axes.annotate(f" floor {floor:.2f}", place, xycoords=("data", "axes fraction"), va="top", fontsize=9, color=INK)
