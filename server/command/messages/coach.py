"""The coach's messages: the fixed texts of the modules below `nodes` that speak, and what the data files of its answers tell.

A module speaks when it takes its words from `nodes.words`. What it says may be chosen from tables and handed from function to
function, so all of its constants count but identifiers.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from state.phases import GOAL_PHASES
from state.rubric import DEFAULT_RUBRICS

NODES = Path(__file__).parents[3] / "nodes"
ANSWERS = NODES / "rules" / "answers"
SPEAKS = "nodes.words"
IDENTIFIER = re.compile(r"[\w.:]*")
"""Names a thing in code and is said to nobody; a message holds a space or a mark."""
TOLD = ("answer", "meaning", *(phase.value for phase in GOAL_PHASES))
"""Fields of the data files that are read out; the others hold the words by which an entry is found."""


def coach_texts() -> Iterator[str]:
    """All of them; some twice."""
    for path in sorted(NODES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if _speaks(tree):
            yield from (text for text in _constants(tree) if not IDENTIFIER.fullmatch(text))
    for path in sorted(ANSWERS.glob("*.toml")):
        entries = tomllib.loads(path.read_text(encoding="utf-8")).values()
        yield from (entry[field] for entry in entries for field in TOLD if field in entry)
    for rubric in DEFAULT_RUBRICS.values():
        yield from (name.replace("_", " ") for name in rubric.criteria)


def _speaks(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.module == SPEAKS for node in tree.body)


def _constants(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            yield from _texts(node.value)


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts of a constant, or of a table of them; keys of a table and what is made by a call are no texts."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    inner = node.values if isinstance(node, ast.Dict) else node.elts if isinstance(node, ast.Tuple) else []
    for value in inner:
        yield from _texts(value)
