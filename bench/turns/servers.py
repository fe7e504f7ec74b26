"""The servers of one run: the model's, and each contender as one process over a database of its own."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.places import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1024**2
START_SECONDS = 90
"""How long a server may take until it listens; Petraf's first start makes its tables."""
LISTEN_SECONDS = 0.1


class NotStarted(Exception):
    """A server of the benchmark didn't come up; says which, and the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    name: str
    kind: str
    """petraf, plain, floor or model: how one talks to it."""
    port: int
    pid: int
    database: str = ""
    """Its address; empty where it has none."""
    counts: Path | None = None
    """Where it writes what it has counted, if it counts."""

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = _stat(self.pid, "stat").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def counted(self) -> dict[str, int]:
        """Statements and commits so far. Raises ValueError where they aren't counted."""
        if self.counts is None:
            raise ValueError(f"{self.name} counts nothing")
        self.counts.unlink(missing_ok=True)
        os.kill(self.pid, signal.SIGUSR1)
        while not self.counts.exists():
            time.sleep(LISTEN_SECONDS)
        found: dict[str, int] = json.loads(self.counts.read_text())
        return found

    def memory(self) -> float:
        """Resident megabytes now."""
        return int(_stat(self.pid, "statm").split()[1]) * PAGE_MB


def _stat(pid: int, what: str) -> str:
    return Path(f"/proc/{pid}/{what}").read_text()


@contextmanager
def started(name: str, kind: str, command: list[str], folder: Path, **environment: str) -> Iterator[Server]:
    """A server that listens, until the block is left. Raises NotStarted."""
    port = _free_port()
    log = folder / f"{name.replace(' ', '-')}.log"
    with ExitStack() as stack:
        printed = stack.enter_context(log.open("wb"))
        env = {**os.environ, "PORT": str(port), **environment}
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env, stdout=printed, stderr=printed)  # noqa: S603
        stack.callback(_stop, process)
        if not asyncio.run(_listens(process, port)):
            raise NotStarted(f"{name}: {log.read_text()[-1500:]}")
        address = environment.get("PETRAF_DATABASE_URL", environment.get("BENCH_DATABASE_URL", ""))
        counts = Path(environment["BENCH_COUNTS"]) if "BENCH_COUNTS" in environment else None
        yield Server(name, kind, port, process.pid, address, counts)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def _listens(process: "subprocess.Popen[bytes]", port: int) -> bool:
    for _ in range(int(START_SECONDS / LISTEN_SECONDS)):
        if process.poll() is not None:
            break
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(LISTEN_SECONDS)
            continue
        writer.close()
        return True
    return False


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
