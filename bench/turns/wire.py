"""The least client that can follow a stream: what measures must cost less than what is measured."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

LONGEST_LINE = 8 * 1024 * 1024
"""LangServe sends a turn's whole state in one line."""


class Refused(Exception):
    """The server answered with another status than 200; says which, and the beginning of what it said."""


async def events(
    url: str, body: Mapping[str, Any] | None, *, method: str = "POST", headers: Mapping[str, str] | None = None
) -> AsyncIterator[bytes]:
    """The lines of an answer that aren't empty, as they come; chunk sizes are left out. Raises Refused."""
    at = urlsplit(url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port, limit=LONGEST_LINE)
    try:
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {at.path} HTTP/1.0", f"Host: {at.netloc}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}", "", ""]
        writer.write("\r\n".join(lines).encode() + content)
        status = (await reader.readline()).split()
        while (await reader.readline()).strip():
            pass
        if status[1:2] != [b"200"]:
            raise Refused(f"{url}: {b' '.join(status)!r} {(await reader.read(400))!r}")
        async for line in reader:
            if line.strip():
                yield line.strip()
    finally:
        writer.close()


async def answer(
    url: str, body: Mapping[str, Any] | None, *, method: str = "POST", headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """An answer in JSON. Raises Refused."""
    lines = [line async for line in events(url, body, method=method, headers=headers)]
    found: dict[str, Any] = json.loads(b"".join(lines))
    return found
