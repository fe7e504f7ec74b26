"""Servers for the browser: one in a thread of this process, and one in a process of its own to be killed."""

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from server.app import create_app
from server.command.start import DEMO_SLUG
from server.settings import Settings
from tests.ports import free_port
from tests.server.conftest import SECRET

STARTS_WITHIN = 60.0
"""Seconds."""


def settings_for(folder: Path) -> Settings:
    """Settings under which the demo company is found on a loopback address, whatever the machine's environment says."""
    return Settings(
        data_dir=folder,
        secret_key=SECRET,
        chat_model="rules",
        default_tenant=DEMO_SLUG,
        database_url=None,
        openai_api_key=None,
        openai_base_url=None,
    )


@dataclass
class ThreadServer:
    """A server in a thread; it can be stopped and started again at the same address."""

    settings: Settings
    url: str
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve; returns once it answers."""
        config = uvicorn.Config(
            create_app(self.settings, self.url),
            host="127.0.0.1",
            port=self.port,
            log_level="error",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="server")
        self._thread.start()
        wait_for(lambda: self._server is not None and self._server.started)

    def stop(self) -> None:
        """Stop serving; turns in hand end first."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join()
        self._server = self._thread = None


@dataclass
class ProcessServer:
    """A server process with a coach at a pace (seconds between pieces), to be killed in the middle of a turn."""

    url: str
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, pace: float) -> None:
        """Serve; returns once it answers."""
        command = [sys.executable, "-m", "tests.browser.replica", self.url, str(self.port), str(pace)]
        self._process = subprocess.Popen(command)
        wait_for(lambda: answers(f"{self.address}/api/tenant"))

    def kill(self) -> None:
        """End it at once, whatever it does."""
        if self._process:
            self._process.kill()
            self._process.wait()
        self._process = None


def answers(url: str) -> bool:
    """Whether a server is there and says yes."""
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait_for(holds: Callable[[], bool], seconds: float = STARTS_WITHIN) -> None:
    """Return once it holds; raise TimeoutError after so many seconds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.01)
