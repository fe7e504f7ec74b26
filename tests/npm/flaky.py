"""A bad connection for tests: passes bytes on to a server, and breaks streams of events in the middle."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

STREAM = b"content-type: text/event-stream"


class Connection:
    """What clients connect to. A stream is broken after so many bytes, the next one later; `never` breaks none."""

    def __init__(self, upstream: str, *, never: bool = False) -> None:
        self.address = ""
        self.upstream = upstream
        self.cuts = 0
        self.streaming = asyncio.Event()
        """Whether events came by."""
        self._never = never
        self._open: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def to(cls, upstream: str, *, never: bool = False) -> AsyncIterator["Connection"]:
        """A connection to a server's address."""
        opened = cls(upstream, never=never)
        server = await asyncio.start_server(opened._accept, "127.0.0.1", 0)
        opened.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield opened
        finally:
            server.close()
            for task in opened._open:
                task.cancel()
            await asyncio.gather(*opened._open, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, _, port = self.upstream.removeprefix("http://").partition(":")
        try:
            there, out = await asyncio.open_connection(host, int(port))
            sending = asyncio.create_task(_pass_on(reader, out))
            try:
                await self._answer(there, writer)
            finally:
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)
                out.transport.abort()
        except OSError:
            pass  # the server is away: so is this connection
        finally:
            writer.transport.abort()

    async def _answer(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        allowed: int | None = None
        while piece := await there.read(4096):
            if allowed is None and STREAM in piece:
                allowed = 150 * self.cuts
            if b"event: message" in piece:
                self.streaming.set()
            if allowed is None or self._never:
                writer.write(piece)
            else:
                writer.write(piece[:allowed])
                allowed -= len(piece)
            await writer.drain()
            if allowed is not None and allowed < 0 and not self._never:
                self.cuts += 1
                return


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(4096):
            writer.write(piece)
            await writer.drain()
