"""Is a composed goal good English? Asked of Harper, a checker that needs no network; spelling is left aside, names would count."""

# ruff: noqa: E501 - texts and patterns stand unbroken

from collections.abc import Sequence

from harper import Dialect, Linter

KINDS = frozenset(
    {
        "Agreement",
        "BoundaryError",
        "Eggcorn",
        "Grammar",
        "Malapropism",
        "Nonstandard",
        "Redundancy",
        "Repetition",
        "Usage",
        "WordChoice",
    }
)
"""What counts as an error of grammar; wrong articles are Miscellaneous (findings). Not: Spelling, Capitalization, Punctuation, Formatting, Readability, Style, Enhancement."""


def errors(goals: Sequence[str]) -> list[tuple[str, str]]:
    """Each error with its goal: the words, and what is wrong with them."""
    linter = Linter(Dialect.BRITISH)
    return [
        (goal, f"{lint.lint_kind}: {lint.problem_text}: {lint.message}")
        for goal in goals
        for line in goal.splitlines()
        for lint in linter.lint(line.strip("•0123456789. "))
        if lint.lint_kind in KINDS
    ]
