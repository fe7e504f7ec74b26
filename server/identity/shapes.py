"""What signing in and admin keys send and take."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from server.http.shapes import Body, WireTime


class SignedInCompany(TypedDict):
    """Whose admin it is."""

    id: str
    name: str
    slug: str
    domain: str


class SignedIn(TypedDict):
    """`POST /api/admin/login` and `GET /api/admin/me`."""

    email: str
    tenant: SignedInCompany | None
    """Null for a system key."""
    expires_at: WireTime | None
    """Null where the key came in a header."""


class Login(Body):
    """`POST /api/admin/login`."""

    key: Annotated[str, Field(min_length=1, max_length=300)]


class NewAdminKey(Body):
    """`POST /api/admin/keys`."""

    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=200)]


class Key(TypedDict):
    """Whose key it is. `tenant_id` null is a system key; `current` is the one that this request came with."""

    id: str
    tenant_id: str | None
    email: str
    created_at: str
    revoked_at: str | None
    current: bool


class Keys(TypedDict):
    """Oldest first, revoked ones included."""

    keys: list[Key]


class CreatedKey(TypedDict):
    """`admin_key` is shown this once."""

    id: str
    email: str
    admin_key: str
