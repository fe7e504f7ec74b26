"""An admin's sign-in as a cookie: it names the key that signed in, never the key itself, and lasts twelve hours.

Every request asks the database whether that key still lives, so revoking a key signs out whoever signed in with it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt
from fastapi import Response

from server.http.errors import AdminKeyNeeded, TokenExpired, Unauthorized
from server.identity.tokens import ALGORITHM, decode_token
from state.clock import now
from state.errors import PetrafError

ADMIN_COOKIE = "petraf_admin"
SIGNED_IN = timedelta(hours=12)
KIND = "admin_session"


class AdminSessionExpired(PetrafError):
    """You signed in as an admin more than twelve hours ago. Sign in again with your key."""

    code = "ADMIN_SESSION_EXPIRED"
    recoverable = True


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a valid cookie says; `tenant_id` None is a system key's."""

    key_id: str
    tenant_id: UUID | None
    expires_at: datetime


def sign_in(response: Response, secret: str, key_id: str, tenant_id: UUID | None, *, secure: bool) -> SignIn:
    """Give the browser its cookie, by encrypted connections only when `secure`."""
    expires = (now() + SIGNED_IN).replace(microsecond=0)
    claims = {
        "key_id": key_id,
        "tenant_id": str(tenant_id) if tenant_id else None,
        "exp": int(expires.timestamp()),
        "type": KIND,
    }
    token = jwt.encode(claims, secret, ALGORITHM)
    age = int(SIGNED_IN.total_seconds())
    response.set_cookie(ADMIN_COOKIE, token, max_age=age, path="/", httponly=True, secure=secure, samesite="strict")
    return SignIn(key_id, tenant_id, expires)


def sign_out(response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(ADMIN_COOKIE, path="/", httponly=True, samesite="strict")


def read_sign_in(secret: str, token: str) -> SignIn:
    """What the cookie says. Raises AdminSessionExpired when only its time is over, AdminKeyNeeded for any other fault."""
    try:
        claims = decode_token(secret, token, KIND)
        tenant_id = UUID(claims["tenant_id"]) if claims["tenant_id"] else None
        return SignIn(str(claims["key_id"]), tenant_id, datetime.fromtimestamp(claims["exp"], UTC))
    except TokenExpired:
        raise AdminSessionExpired from None
    except (Unauthorized, KeyError, ValueError):
        raise AdminKeyNeeded from None
