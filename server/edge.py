"""What holds for every request before and after its route: its correlation id, bounded body, no null character, no lost error."""

import logging
import re
from urllib.parse import unquote

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from ulid import ULID

from server.errors import InvalidBody, answer, unexpected
from state.errors import PetrafError

log = logging.getLogger("petraf")

CORRELATION = "X-Correlation-ID"
LARGEST_UPLOAD = 26 * 1024 * 1024
"""A document of 25 MB and what multipart puts around it."""
LARGEST_BODY = 2 * 1024 * 1024
"""Any other body."""


class BodyTooLarge(PetrafError):
    """The request is larger than {megabytes} MB. Send less."""

    code = "TOO_LARGE"
    status = 413


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
                MutableHeaders(scope=message)[CORRELATION] = request.state.correlation_id
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
    multipart = request.headers.get("Content-Type", "").startswith("multipart/form-data")
    return LARGEST_UPLOAD if multipart else LARGEST_BODY


def _too_large(request: Request) -> BodyTooLarge:
    return BodyTooLarge(megabytes=_largest(request) // (1024 * 1024))
