"""Fails when a function's body, without its docstring, is longer than 40 lines."""

import ast
import sys
from pathlib import Path

LONGEST = 40


def too_long(path: Path) -> list[str]:
    """The functions of a file whose bodies are too long."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > LONGEST:
                found.append(f"{path}:{node.lineno} {node.name}: {lines} lines, at most {LONGEST}")
    return found


if __name__ == "__main__":
    faults = [
        fault for folder in sys.argv[1:] for path in sorted(Path(folder).rglob("*.py")) for fault in too_long(path)
    ]
    sys.exit("\n".join(faults) if faults else 0)
