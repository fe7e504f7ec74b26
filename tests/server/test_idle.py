"""What a server doesn't hold before it is needed: parsers, exports' makers, a language model's client."""

import subprocess
import sys

import pytest

WHEN_NEEDED = ("docx", "icalendar", "lxml", "openai", "openpyxl", "oxmsg", "pptx", "pypdfium2", "typst")


@pytest.mark.parametrize("module", ["server.app", "server.command.start"])
def test_a_server_begins_without_what_only_some_of_its_work_needs(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(set({WHEN_NEEDED!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
