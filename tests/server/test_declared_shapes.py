"""OpenAPI tells the truth: every route says what it answers with, by a shape that has a name, or which kind of file it sends."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.client import Company

FORM = "Body_"
"""How FastAPI names the fields of an upload's form."""
OPEN = ("POST /api/admin/login", "POST /api/admin/logout")
"""What needs no proof: it is how one comes by it, or gives it back."""
METHODS = ("get", "put", "post", "delete", "patch")


@pytest.fixture
async def document(acme: Company) -> Any:
    """What `/docs` is made from."""
    return (await acme.http.get("/openapi.json")).json()


def operations(document: Any) -> Iterator[tuple[str, Any]]:
    """Every route by its method and path."""
    for path, item in document["paths"].items():
        yield from ((f"{method.upper()} {path}", item[method]) for method in METHODS if method in item)


async def test_every_route_declares_what_it_answers_with(document: Any) -> None:
    vague = [
        name for name, route in operations(document) if not _answers(route) or not all(map(_named, _answers(route)))
    ]
    assert vague == [], "give these routes a shape of their room's shapes.py as return type"


async def test_every_route_that_streams_events_names_them(document: Any) -> None:
    streams = {name: route["responses"]["200"] for name, route in operations(document) if "stream" in name}
    ours = {
        name: answer["content"]["text/event-stream"]["schema"] for name, answer in streams.items() if "/api/" in name
    }
    assert sorted(schema["$ref"].split("/")[-1] for schema in ours.values()) == ["JobEvent", "TurnEvent", "TurnEvent"]


async def test_every_shape_that_is_sent_or_taken_is_described(document: Any) -> None:
    bare = {name for name, schema in document["components"]["schemas"].items() if not schema.get("description")}
    assert {name for name in bare if not name.startswith(FORM)} == set()


async def test_every_route_says_how_it_refuses(document: Any) -> None:
    told = {
        route["responses"]["4XX"]["content"]["application/json"]["schema"]["$ref"] for _, route in operations(document)
    }
    assert told == {"#/components/schemas/ErrorAnswer"}
    assert not [name for name, route in operations(document) if "422" in route["responses"]]


async def test_every_route_says_whose_it_is(document: Any) -> None:
    whose = {route["tags"][0].partition(": ")[0] for _, route in operations(document)}
    assert whose == {"admins", "employees", "operators", "programs"}


async def test_every_route_says_what_proves_who_asks(document: Any) -> None:
    proofs = {name: _proofs(route) for name, route in operations(document) if name not in OPEN}
    assert {scheme for name, scheme in proofs.items() if "/api/admin" in name} == {"admin"}
    assert {scheme for name, scheme in proofs.items() if "{session_id}" in name and "/admin/" not in name} == {
        "session"
    }
    assert {scheme for name, scheme in proofs.items() if name.startswith("POST /api/chat")} == {"session"}


def _proofs(route: Any) -> str:
    return ", ".join(scheme for way in route.get("security", []) for scheme in way)


def _answers(route: Any) -> list[tuple[str, Any]]:
    """The kinds of content of a good answer, with their schemas."""
    return list(route["responses"]["200"].get("content", {}).items())


def _named(answer: tuple[str, Any]) -> bool:
    kind, content = answer
    schema = content.get("schema", {})
    return kind != "application/json" or all("$ref" in part for part in schema.get("anyOf", [schema]))
