"""Reads documents in a process of their own, so that a hostile or broken file costs its upload and nothing else."""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError

from retrievers.errors import (
    DocumentTooLarge,
    DocumentTooLong,
    DocumentUnpacksTooLarge,
    UnknownDocumentType,
    UnreadableDocument,
)
from retrievers.files import LARGEST_FILE, Parsed, clean_name
from retrievers.readers.apart import ERROR, FRAME, LATE, MEMORY, PAGES, PARSED, PARSED_JSON, REQUEST
from retrievers.readers.content import OnPage
from state.errors import PetrafError

Checked = TypeVar("Checked")
PAGES_JSON: TypeAdapter[tuple[int, int | None]] = TypeAdapter(tuple[int, int | None])
ERROR_JSON: TypeAdapter[tuple[str, dict[str, str]]] = TypeAdapter(tuple[str, dict[str, str]])
LARGEST_ANSWER = 200 * 1024 * 1024
ERRORS: dict[str, type[PetrafError]] = {
    error.__name__: error
    for error in (DocumentTooLarge, DocumentTooLong, DocumentUnpacksTooLarge, UnknownDocumentType, UnreadableDocument)
}
# The path goes over whole: the readers are the same wherever the program was started, and from whatever folder.
SERVE = """
import json, sys
sys.path[:] = json.loads(sys.argv[2])
from retrievers.readers.apart import serve
serve(int(sys.argv[1]))
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may use."""

    memory: int = 1024 * 1024 * 1024
    """Bytes over what the readers take themselves; the longest documents that are read at all take less than half."""
    processor: int = 60
    """Seconds."""
    seconds: int = 120


LIMITS = Limits()


async def read_document(filename: str, data: bytes, on_page: OnPage | None = None) -> Parsed:
    """`parse` in a process of its own; at most two run at once, others wait. `on_page` hears pages done and in all.

    Raises the errors of `parse`, and UnreadableDocument when reading breaks off or takes more than LIMITS. Cancelling
    ends the process.
    """
    name = clean_name(filename)
    if len(data) > LARGEST_FILE:
        raise DocumentTooLarge(filename=name)
    limits = LIMITS
    async with _opened(limits) as (reader, writer, status):
        with suppress(ConnectionError):
            writer.writelines((_frame(filename.encode("utf-8", "ignore")), _frame(data)))
            await writer.drain()
        parsed = await _answered(name, reader, limits, on_page)
        return parsed or _raise_broken_off(name, await _ended(status), limits)


async def _ended(status: socket.socket) -> bytes:
    """How the server says that the process ended; nothing when the server ended too."""
    with suppress(ConnectionError):
        return await asyncio.get_running_loop().sock_recv(status, 64)
    return b""


def _frame(payload: bytes) -> bytes:
    return FRAME.pack(b"I", len(payload)) + payload


@asynccontextmanager
async def _opened(limits: Limits) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter, socket.socket]]:
    """The two sockets of a new document; closing them ends its process."""
    begun = asyncio.get_running_loop().run_in_executor(None, _READERS.begin, limits)
    try:
        work, status = await asyncio.shield(begun)
    except asyncio.CancelledError:
        begun.add_done_callback(_close)
        raise
    writer: asyncio.StreamWriter | None = None
    try:
        reader, writer = await asyncio.open_unix_connection(sock=work)
        yield reader, writer, status
    finally:
        status.close()
        if writer:
            writer.transport.abort()
        else:
            work.close()


def _close(begun: "asyncio.Future[tuple[socket.socket, socket.socket]]") -> None:
    if not begun.cancelled() and begun.exception() is None:
        for one in begun.result():
            one.close()


async def _answered(name: str, reader: asyncio.StreamReader, limits: Limits, on_page: OnPage | None) -> Parsed | None:
    """What the process says, or None when it ended without a word."""
    while True:
        try:
            kind, length = FRAME.unpack(await reader.readexactly(FRAME.size))
            payload = await reader.readexactly(length) if length <= LARGEST_ANSWER else b""
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        if kind == MEMORY:
            raise _too_much_memory(name, limits)
        if kind == PARSED:
            return await asyncio.to_thread(_checked, PARSED_JSON, payload)
        if kind == PAGES and on_page and (pages := _checked(PAGES_JSON, payload)):
            on_page(*pages)
        if kind == ERROR and (error := _checked(ERROR_JSON, payload)):
            raise ERRORS.get(error[0], UnreadableDocument)(**{"filename": name, "reason": "it is damaged", **error[1]})


def _checked(kind: TypeAdapter[Checked], payload: bytes) -> Checked | None:
    """The payload as what it claims to be."""
    with suppress(ValidationError):
        return kind.validate_json(payload)
    return None


def _too_much_memory(name: str, limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(
        filename=name, reason=f"it needs more than {_size(limits.memory)} of memory to read; split it"
    )


def _size(memory: int) -> str:
    megabytes = memory // (1024 * 1024)
    return f"{megabytes // 1024} GB" if megabytes >= 1024 else f"{megabytes} MB"


def _raise_broken_off(name: str, ended: bytes, limits: Limits) -> NoReturn:
    """Raises UnreadableDocument for how a process ended: late, by a signal or by an error of ours."""
    if ended == LATE:
        reason = f"reading it took longer than {limits.seconds} s; split it, or save it again with a simpler structure"
    elif ended == str(-signal.SIGXCPU).encode():
        reason = (
            f"reading it took longer than {limits.processor} s; split it, or save it again with a simpler structure"
        )
    elif ended:
        needed = f"needs more than {_size(limits.memory)} of memory to read"
        reason = f"reading it broke off: it is damaged or {needed}; save it again, or split it"
    else:
        reason = "reading it was interrupted; upload it again"
    raise UnreadableDocument(filename=name, reason=reason)


@dataclass(slots=True)
class _Readers:
    """The server of `retrievers.readers.apart`, started when the first document comes and again if it has died."""

    process: "subprocess.Popen[bytes] | None" = None
    control: socket.socket | None = None
    owner: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, limits: Limits) -> tuple[socket.socket, socket.socket]:
        """Ask for a document to be read; our ends of its two sockets."""
        ours, theirs = zip(socket.socketpair(), socket.socketpair(), strict=True)
        for one in ours:
            one.setblocking(False)
        request = REQUEST.pack(limits.memory, limits.processor, limits.seconds)
        try:
            with self.lock:
                try:
                    socket.send_fds(self._started(), [request], [one.fileno() for one in theirs])
                except OSError:
                    self.stop()
                    socket.send_fds(self._started(), [request], [one.fileno() for one in theirs])
        finally:
            for one in theirs:
                one.close()
        return ours

    def _started(self) -> socket.socket:
        if self.control is None or self.owner != os.getpid():
            self.control, theirs = socket.socketpair()
            path = json.dumps([str(Path(part or ".").absolute()) for part in sys.path])
            # Without the environment: a reader needs none of the secrets in it.
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-c", SERVE, str(theirs.fileno()), path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                cwd="/",
                env={},
                start_new_session=True,
            )
            theirs.close()
            self.owner = os.getpid()
        return self.control

    def stop(self) -> None:
        """End the server and all that it reads."""
        control, process, self.control, self.process = self.control, self.process, None, None
        if control and process and self.owner == os.getpid():
            control.close()
            process.wait()


_READERS = _Readers()
atexit.register(_READERS.stop)
