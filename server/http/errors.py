"""Every error leaves as `{"detail": {"error", "message", "recoverable"}}`, with the request's X-Correlation-ID."""

import json
import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from server.http.statuses import status_of
from server.languages.words import WORDS
from state.conversation import Event
from state.errors import PetrafError
from state.languages.choice import SOURCE, Language, accepted

log = logging.getLogger("petraf")

LONGEST_FIELD = 60
"""Most characters of a field's name that an answer repeats."""

STATUS_CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "TOO_LARGE",
    415: "UNSUPPORTED_TYPE",
    422: "INVALID_BODY",
}
REFUSED: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "Refused: `error` is a code that stays, `message` says what to do.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorAnswer"}}},
    }
}
"""What OpenAPI says of every route."""
UNEXPECTED = "Something went wrong on our side. Try again; if it stays, tell your administrator {correlation}."
STATUS_MESSAGES = {
    404: "There is nothing at this address. Check the path; /docs lists every route.",
    405: "This address exists, but not for this method. /docs lists every route with its methods.",
}


class InvalidBody(PetrafError):
    """The request's content can't be used."""

    code = "INVALID_BODY"


class Unauthorized(PetrafError):
    """This needs the session's token: send it as Authorization: Bearer, or as the cookie that the creation set."""

    code = "UNAUTHORIZED"


class TokenExpired(PetrafError):
    """The time of this session's token is over. Start a new session."""

    code = "TOKEN_EXPIRED"


class AdminKeyNeeded(PetrafError):
    """This is for admins: sign in at /admin, or send an admin key in the X-Admin-Key header. The key that came is missing, \
unknown or revoked."""

    code = "ADMIN_KEY_INVALID"


class NotFound(PetrafError):
    """There is no such thing here. Check the id; what belongs to another company is not shown."""

    code = "NOT_FOUND"


class TenantMismatch(PetrafError):
    """The host name and X-Tenant-ID name two different companies. Leave the header out, or use the company's own address."""

    code = "TENANT_MISMATCH"


class RateLimited(PetrafError):
    """More than {most} such requests a second came from your address. Wait {retry_after} second, then send this one again."""

    code = "RATE_LIMITED"
    recoverable = True


def error_body(error: PetrafError, language: Language = SOURCE) -> dict[str, Any]:
    """The error's inside, as HTTP tells it."""
    body: dict[str, Any] = {"error": error.code, "message": told(error, language), "recoverable": error.recoverable}
    if error.code == "PHASE_MISMATCH":
        body["current"] = {"phase": error.details["phase"], "step": error.details["step"]}
    return body


def told(error: PetrafError, language: Language) -> str:
    """An error's message, its details included; in English where nobody but admins and programs gets to see it."""
    words = WORDS[language]
    if not error.template:
        return words.say(error.message)
    details = {name: words.say(value) if isinstance(value, str) else value for name, value in error.details.items()}
    return words.say(error.template, **details)


def language_of(request: Request) -> Language:
    """What to answer a request in."""
    return accepted(request.headers.get("Accept-Language"))


def error_event(error: PetrafError, language: Language = SOURCE) -> Event:
    """The last event of a stream that failed (DECISIONS: Streams)."""
    body = error_body(error, language)
    return Event(event="error", data={"error": {"code": body.pop("error"), **body}})


def install_handlers(app: FastAPI) -> None:
    """Register the handlers of this module."""
    app.add_exception_handler(PetrafError, _petraf_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)


class _Plain(JSONResponse):
    """JSON in ASCII, so that an error can name whatever text it was about."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode("ascii")


def _answer(request: Request, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> JSONResponse:
    correlation = getattr(request.state, "correlation_id", "")
    return _Plain({"detail": body}, status, {**(headers or {}), "X-Correlation-ID": correlation})


async def _petraf_error(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, PetrafError):
        raise error
    return answer(request, error)


def answer(request: Request, error: PetrafError) -> JSONResponse:
    """The response that tells an error of ours."""
    return _answer(request, status_of(error), error_body(error, language_of(request)), _headers(error))


def _headers(error: PetrafError) -> dict[str, str]:
    if status_of(error) == 401:
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": str(error.details["retry_after"])} if "retry_after" in error.details else {}


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    message = STATUS_MESSAGES.get(error.status_code, str(error.detail))
    body = {"error": STATUS_CODES.get(error.status_code, "ERROR"), "message": message, "recoverable": False}
    return _answer(request, error.status_code, body, dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    return _answer(request, 422, {"error": "INVALID_BODY", "message": describe(error.errors()), "recoverable": True})


def describe(errors: Any) -> str:
    """What is wrong with which field, without repeating what was sent."""
    parts = [f"{_place(e['loc'])}: {e['msg']}" for e in errors[:5]]
    return "; ".join(part.replace("Value error, ", "") for part in parts) + ". Correct it and send it again."


def _place(loc: Sequence[str | int]) -> str:
    return ".".join(str(part)[:LONGEST_FIELD] for part in loc if part != "body") or "body"


def unexpected(request: Request, error: Exception) -> JSONResponse:
    """The response to what nobody foresaw. The log gets the place, not the error's text, which may hold an employee's words."""
    correlation = getattr(request.state, "correlation_id", "")
    place = (RuntimeError, RuntimeError(type(error).__name__), error.__traceback__)
    log.error("unexpected %s, correlation %s", type(error).__name__, correlation, exc_info=place)
    message = WORDS[language_of(request)].say(UNEXPECTED, correlation=correlation)
    return _answer(request, 500, {"error": "INTERNAL", "message": message, "recoverable": True})
