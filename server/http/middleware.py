"""What holds for every request before and after its route: its correlation id, bounded body, no null character, no lost error,
nothing private in a cache."""

import logging
import re
from urllib.parse import unquote

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from ulid import ULID

from server.http.errors import InvalidBody, answer, unexpected
from state.errors import PetrafError

log = logging.getLogger("petraf")

CORRELATION = "X-Correlation-ID"
LARGEST_UPLOAD = 26 * 1024 * 1024
"""A document of 25 MB and what multipart puts around it."""
UPLOADS = ("/api/admin/rag/upload/", "/api/admin/documents/")
LARGEST_CONFIG = 2 * 1024 * 1024
"""A configuration, or one with the sample goals it is tried out on: 20 of 5,000 characters are 1.2 MB if each is escaped."""
CONFIGS = "/api/admin/config/"
LARGEST_BODY = 160 * 1024
"""Any other body. The longest is a message of 10,000 characters: 120,000 bytes where each is escaped as two surrogates
(`\\ud83d\\ude00`); the rest is for ids and what LangServe's clients put around it."""
PRIVATE = ("/api/", "/graph/")


class BodyTooLarge(PetrafError):
    """The request is larger than {most}. Send less."""

    code = "TOO_LARGE"


class Edge:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.correlation_id = _correlation(request)
        started = False

        async def send_named(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _complete(request, MutableHeaders(scope=message))
            await send(message)

        try:
            _check(request)
            await self._app(scope, _bounded(request, receive), send_named)
        except PetrafError as error:
            await answer(request, error)(scope, receive, send_named)
        except Exception as error:  # noqa: BLE001 (nothing above would keep an employee's words out of the log)
            response = unexpected(request, error)
            if not started:
                await response(scope, receive, send_named)


def _correlation(request: Request) -> str:
    given = request.headers.get(CORRELATION, "")
    return given if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", given) else str(ULID())


def _complete(request: Request, headers: MutableHeaders) -> None:
    headers[CORRELATION] = request.state.correlation_id
    if request.scope["path"].startswith(PRIVATE):
        headers.setdefault("Cache-Control", "no-store")


def _check(request: Request) -> None:
    """Raise for what no route can use: a body that says it is too large, a null character in the address."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > _largest(request):
        raise _too_large(request)
    if "\x00" in request.scope["path"] or "\x00" in unquote(request.scope["query_string"].decode("latin-1")):
        raise InvalidBody("The address holds a null character; remove it.")


def _bounded(request: Request, receive: Receive) -> Receive:
    """`receive` that stops a body which doesn't say how long it is once it is too long."""
    got = 0

    async def receive_bounded() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > _largest(request):
            raise HTTPException(413, _too_large(request).message)
        return message

    return receive_bounded


def _largest(request: Request) -> int:
    path: str = request.scope["path"]
    if path.startswith(UPLOADS) and request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        return LARGEST_UPLOAD
    return LARGEST_CONFIG if path.startswith(CONFIGS) else LARGEST_BODY


def _too_large(request: Request) -> BodyTooLarge:
    kilobytes = _largest(request) // 1024
    return BodyTooLarge(most=f"{kilobytes // 1024} MB" if kilobytes >= 1024 else f"{kilobytes} KB")
