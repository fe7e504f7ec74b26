"""A server process of its own: `python -m tests.browser.replica <database url> <port> <seconds between pieces>`."""

import sys
import tempfile
from pathlib import Path

import uvicorn

import graph.tools
from server.app import create_app
from tests.browser.server import settings_for
from tests.server.replica import PacedCoach


def main(url: str, port: str, seconds: str) -> None:
    """Serve the demo company until killed."""
    PacedCoach.seconds = float(seconds)
    setattr(graph.tools, "RuleCoach", PacedCoach)  # noqa: B010
    settings = settings_for(Path(tempfile.gettempdir()) / "petraf-browser-replica")
    uvicorn.run(create_app(settings, url), host="127.0.0.1", port=int(port), log_level="critical")


if __name__ == "__main__":
    main(*sys.argv[1:])
