"""What a running server holds, each thing under its own class, and how a route asks for one."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar, cast

from fastapi import Depends, FastAPI, Request

from server.settings import Settings
from state.records.database import Database

T = TypeVar("T")


def hold(app: FastAPI, *things: object) -> None:
    """Let the application's routes ask for these; each is the only one of its class."""
    held = app.state.held = getattr(app.state, "held", {})
    held.update({type(thing): thing for thing in things})


def held(kind: type[T]) -> Callable[[Request], Awaitable[T]]:
    """A dependency: what the server that got the request holds of that class."""

    async def of(request: Request) -> T:
        return cast("T", request.app.state.held[kind])

    return of


ServerSettings = Annotated[Settings, Depends(held(Settings))]
ServerDatabase = Annotated[Database, Depends(held(Database))]
