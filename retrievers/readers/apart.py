"""The process that reads documents, and a fork of it for each: nothing that one document does outlives it.

`multiprocessing`'s fork server would run the program's main module again for every document and (in 3.11) look for its
preloaded modules on another path, so this is a server of its own. It holds nothing but the imported readers: no settings,
no database, no environment. Requests come as two sockets each. On `work` the name and the bytes go in, and frames of
pages, a `Parsed` or an error come out; on `status` the server says how the fork ended. Closing `status` ends the fork.

Answers are JSON and are checked on arrival, so that a parser that was taken over cannot hand objects to the program.
"""

import contextlib
import gc
import json
import os
import resource
import selectors
import signal
import socket
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter

from retrievers.files import Parsed
from state.errors import PetrafError

AT_ONCE = 2
REQUEST = struct.Struct("!QII")
"""Bytes of memory, seconds of the processor, seconds in all."""
FRAME = struct.Struct("!cI")
PAGES, PARSED, ERROR, MEMORY = b"P", b"D", b"E", b"M"
LATE = b"late"
MOST_FILES = 64
PARSED_JSON = TypeAdapter(Parsed)
NEVER = float("inf")


@dataclass(slots=True)
class _Job:
    work: socket.socket
    status: socket.socket
    memory: int
    processor: int
    seconds: int
    child: int = 0
    """0 while it waits for its turn."""
    deadline: float = NEVER
    is_late: bool = False


def serve(control: int) -> None:
    """Fork for each request until the program that asks has gone."""
    import retrievers.parse  # noqa: F401 (once, before the first fork)

    for number in (signal.SIGINT, signal.SIGTERM):  # they go to the whole group; the program says when it has gone
        signal.signal(number, signal.SIG_IGN)
    gc.freeze()
    _Server(socket.socket(fileno=control)).run()


class _Server:
    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.jobs: list[_Job] = []
        self.selector = selectors.DefaultSelector()
        self.ended, self.wake = socket.socketpair()
        self.ended.setblocking(False)
        self.wake.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.wake.fileno(), warn_on_full_buffer=False)
        self.selector.register(self.control, selectors.EVENT_READ)
        self.selector.register(self.ended, selectors.EVENT_READ)

    def run(self) -> None:
        while self._serve_once():
            self._reap()
            self._begin()
        for job in self.jobs:
            _kill(job)

    def _serve_once(self) -> bool:
        nearest = min((job.deadline for job in self.jobs), default=NEVER)
        for key, _ in self.selector.select(None if nearest == NEVER else max(0.0, nearest - time.monotonic())):
            if key.fileobj is self.control and not self._accept():
                return False
            if key.fileobj is self.ended:
                self.ended.recv(4096)
            elif key.data:
                self._drop(key.data)
        return True

    def _accept(self) -> bool:
        """Take a request; False when the program has gone."""
        request, descriptors, _, _ = socket.recv_fds(self.control, REQUEST.size, 2)
        if len(request) < REQUEST.size or len(descriptors) < 2:
            return False
        work, status = (socket.socket(fileno=descriptor) for descriptor in descriptors)
        job = _Job(work, status, *REQUEST.unpack(request))
        self.jobs.append(job)
        self.selector.register(status, selectors.EVENT_READ, job)
        return True

    def _drop(self, job: _Job) -> None:
        """Nobody waits for this document any more."""
        self.selector.unregister(job.status)
        _kill(job)
        if not job.child:
            self._close(job)

    def _reap(self) -> None:
        """Tell how ended forks ended, and end those whose time is over."""
        for job in [job for job in self.jobs if job.child]:
            if job.deadline <= time.monotonic():
                job.is_late, job.deadline = True, NEVER
                _kill(job)
            child, status = os.waitpid(job.child, os.WNOHANG)
            if child:
                ended = LATE if job.is_late else str(os.waitstatus_to_exitcode(status)).encode()
                with contextlib.suppress(OSError):
                    job.status.sendall(ended)
                with contextlib.suppress(KeyError):
                    self.selector.unregister(job.status)
                self._close(job)

    def _close(self, job: _Job) -> None:
        self.jobs.remove(job)
        job.work.close()
        job.status.close()

    def _begin(self) -> None:
        """Fork for the documents whose turn it is."""
        running = sum(job.child > 0 for job in self.jobs)
        for job in [job for job in self.jobs if not job.child][: max(0, AT_ONCE - running)]:
            job.deadline = time.monotonic() + job.seconds
            job.child = os.fork()
            if not job.child:
                self._be_child(job)
            job.work.close()

    def _be_child(self, job: _Job) -> None:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.selector.close()
            for held in (self.control, self.ended, self.wake, *(one.status for one in self.jobs)):
                held.close()
            for other in self.jobs:
                if other is not job:
                    other.work.close()
            code = _read(job)
        finally:
            os._exit(code)


def _kill(job: _Job) -> None:
    if job.child:
        with contextlib.suppress(ProcessLookupError):
            os.kill(job.child, signal.SIGKILL)


def _read(job: _Job) -> int:
    """Read one document within its limits and answer; the process ends after that."""
    try:
        with job.work.makefile("rb") as received:
            name, data = _received(received), _received(received)
        _limit(job)
        from retrievers.parse import parse  # serve has loaded it: this program's own process needs no reader

        parsed = parse(name.decode(), data, lambda done, total: _answer(job, PAGES, json.dumps([done, total]).encode()))
        _answer(job, PARSED, PARSED_JSON.dump_json(parsed))
    except PetrafError as error:
        details = {key: str(value) for key, value in error.details.items()}
        _answer(job, ERROR, json.dumps([type(error).__name__, details]).encode())
    except MemoryError:
        _answer(job, MEMORY, b"")
    return 0


def _received(stream: BinaryIO) -> bytes:
    _, length = FRAME.unpack(stream.read(FRAME.size))
    return stream.read(length)


def _answer(job: _Job, kind: bytes, payload: bytes) -> None:
    job.work.sendall(FRAME.pack(kind, len(payload)) + payload)


def _limit(job: _Job) -> None:
    """What the fork may use. Python code that is imported late still opens files; nothing is written to any."""
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_NPROC, 0)
    _set(resource.RLIMIT_NOFILE, MOST_FILES)
    # At the softer of both the signal tells what happened.
    _set(resource.RLIMIT_CPU, job.processor, job.processor + 1)
    _set(resource.RLIMIT_AS, _used() + job.memory)


def _used() -> int:
    """Bytes of address space that the readers themselves take."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _set(limit: int, value: int, hardest: int | None = None) -> None:
    # Not every system knows every limit.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(limit, (value, value if hardest is None else hardest))
