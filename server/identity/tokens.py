"""Resume tokens (JWT, HS256), the cookie that carries them and the signed list of a browser's sessions."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from fastapi import Request, Response
from ulid import ULID

from server.http.errors import TokenExpired, Unauthorized
from state.clock import now

RESUME_COOKIE = "resume_token"
SESSIONS_COOKIE = "petraf_sessions"
MOST_SESSIONS = 10
ALGORITHM = "HS256"
YEAR_SECONDS = 365 * 24 * 3600
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "[::1]", "testserver"}


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says."""

    session_id: str
    tenant_id: str


def issue_token(secret: str, session_id: str, tenant_id: str, expires_at: datetime) -> str:
    """The token of one session: the same every time, so that a browser's other session can be given its own again.

    The nonce comes from the secret, the time of issue from the session's ULID.
    """
    nonce = hmac.new(secret.encode(), f"resume {session_id}".encode(), hashlib.sha256).hexdigest()[:24]
    claims = {
        "session_id": session_id,
        "tenant_id": tenant_id,
        "nonce": nonce,
        "exp": int(expires_at.timestamp()),
        "iat": ULID.from_str(session_id).milliseconds // 1000,
        "type": "resume_token",
        "version": "1.0",
    }
    return jwt.encode(claims, secret, ALGORITHM)


def read_token(secret: str, token: str) -> Claims:
    """The claims of a token. Raises TokenExpired when only its time is over, Unauthorized for any other fault."""
    claims = decode_token(secret, token, "resume_token")
    try:
        return Claims(str(claims["session_id"]), str(claims["tenant_id"]))
    except KeyError:
        raise Unauthorized from None


def remembered_sessions(secret: str, request: Request) -> list[str]:
    """Ids of this browser's sessions, newest first; empty when the cookie is missing or was changed."""
    try:
        listed = decode_token(secret, request.cookies.get(SESSIONS_COOKIE, ""), "sessions").get("ids", [])
    except (Unauthorized, TokenExpired):
        return []
    return [str(session_id) for session_id in listed]


def set_cookies(
    request: Request,
    response: Response,
    secret: str,
    token: str,
    session_id: str,
    expires_at: datetime,
    secure: bool | None,
) -> None:
    """Give the browser its token and add the session to its list."""
    https = sends_secure(request, secure)
    age = max(0, int((expires_at - now()).total_seconds()))
    response.set_cookie(RESUME_COOKIE, token, max_age=age, path="/", httponly=True, secure=https, samesite="lax")
    ids = [session_id, *(s for s in remembered_sessions(secret, request) if s != session_id)][:MOST_SESSIONS]
    listed = jwt.encode(
        {"ids": ids, "type": "sessions", "exp": int(now().timestamp()) + YEAR_SECONDS}, secret, ALGORITHM
    )
    response.set_cookie(
        SESSIONS_COOKIE, listed, max_age=YEAR_SECONDS, path="/", httponly=True, secure=https, samesite="lax"
    )


def decode_token(secret: str, token: str, kind: str) -> dict[str, Any]:
    """The claims of a token of this kind. Raises TokenExpired when only its time is over, Unauthorized for any other fault."""
    try:
        claims: dict[str, Any] = jwt.decode(token, secret, [ALGORITHM], options={"require": ["exp"]})
    except jwt.ExpiredSignatureError:
        raise TokenExpired from None
    except jwt.InvalidTokenError:
        raise Unauthorized from None
    if claims.get("type") != kind:
        raise Unauthorized
    return claims


def hostname_of(request: Request) -> str:
    """The host that the request names, in lower case; empty when it names none or nonsense."""
    try:
        return (request.url.hostname or "").lower()
    except ValueError:
        return ""


def sends_secure(request: Request, wanted: bool | None) -> bool:
    """Whether cookies go over encrypted connections only: as `wanted`, else everywhere but on plain-http localhost."""
    if wanted is not None:
        return wanted
    return not (request.url.scheme == "http" and hostname_of(request) in LOCAL_HOSTS)
