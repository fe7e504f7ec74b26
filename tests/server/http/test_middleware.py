"""What holds for every request: a bounded body, a short refusal of what has too many parts, nothing private in a cache."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.http.middleware import LARGEST_BODY, LARGEST_CONFIG, LARGEST_UPLOAD
from server.http.shapes import MOST_FIELDS
from server.sessions.shapes import MOST_METADATA
from server.turns.shapes import LONGEST_MESSAGE
from tests.server.admins import code
from tests.server.client import Company

JSON = "application/json"
MULTIPART = "multipart/form-data; boundary=b"
BODIES = [
    ("/api/session/create", JSON, LARGEST_BODY),
    ("/api/session/create", MULTIPART, LARGEST_BODY),
    ("/api/admin/login", JSON, LARGEST_BODY),
    ("/graph/goal-setting/invoke", MULTIPART, LARGEST_BODY),
    ("/api/admin/config/{tenant_id}/preview", JSON, LARGEST_CONFIG),
    ("/api/admin/rag/upload/{tenant_id}", JSON, LARGEST_BODY),
    ("/api/admin/rag/upload/{tenant_id}", MULTIPART, LARGEST_UPLOAD),
]
LONGEST = "\U0001f600" * LONGEST_MESSAGE
"""In JSON each character may be escaped as two surrogates: twelve bytes."""


async def pieces(size: int) -> AsyncIterator[bytes]:
    """A body that doesn't say how long it is."""
    for start in range(0, size, 65536):
        yield b" " * min(65536, size - start)


@pytest.mark.parametrize(
    ("path", "kind", "most", "chunked"), [*((*one, False) for one in BODIES), *((*one, True) for one in BODIES[:-2])]
)
async def test_a_body_is_refused_that_is_larger_than_its_route_needs(
    acme: Company, path: str, kind: str, most: int, chunked: bool
) -> None:
    size = most + 1
    answer = await acme.http.post(
        path.format(tenant_id=acme.tenant_id),
        headers={**acme.headers, **acme.admin_headers, "Content-Type": kind},
        content=pieces(size) if chunked else b" " * size,
    )
    assert code(answer) == (413, "TOO_LARGE")
    told = f"{most // 1024} KB" if most == LARGEST_BODY else f"{most // 1024 // 1024} MB"
    assert answer.json()["detail"] == {
        "error": "TOO_LARGE",
        "message": f"The request is larger than {told}. Send less.",
        "recoverable": False,
    }


@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")
@pytest.mark.parametrize("path", ["/api/chat/g4_future/stream", "/graph/goal-setting/invoke"])
async def test_the_longest_message_passes_however_it_is_escaped(acme: Company, path: str) -> None:
    employee = await acme.employee()
    turn = {"message": LONGEST, "turn_id": "t" * 64}
    body = {"input": turn} if path.startswith("/graph/") else {"session_id": employee.session_id, **turn}
    content = json.dumps(body).encode()
    assert len(content) > 12 * LONGEST_MESSAGE
    headers = {**employee.headers, "Content-Type": JSON}
    answer = await acme.http.post(path, headers=headers, content=content)
    assert answer.status_code == 200, answer.text[:500]


FIELDS: dict[str, list[None]] = {f"field{n}": [] for n in range(8000)}


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("/api/session/create", {"metadata": FIELDS}, f"metadata: 8000 fields came, {MOST_METADATA} are the most"),
        ("/api/session/create", FIELDS, f"body: 8000 fields came, {MOST_FIELDS} are the most"),
        ("/api/admin/login", FIELDS, f"body: 8000 fields came, {MOST_FIELDS} are the most"),
        (
            "/graph/goal-setting/invoke",
            {"input": FIELDS},
            f"body: 8000 fields came, {MOST_FIELDS} are the most",
        ),
    ],
)
async def test_too_many_fields_are_one_fault_and_none_of_them_is_looked_at(
    acme: Company, path: str, body: dict[str, Any], told: str
) -> None:
    answer = await acme.http.post(path, headers=acme.headers, json=body)
    assert code(answer) == (422, "INVALID_BODY")
    assert answer.json()["detail"]["message"] == f"{told}. Correct it and send it again."


async def test_metadata_of_the_most_entries_is_taken(acme: Company) -> None:
    body = {"metadata": {f"field{n}": n for n in range(MOST_METADATA)}}
    assert (await acme.http.post("/api/session/create", headers=acme.headers, json=body)).status_code == 200


async def test_no_answer_of_the_api_is_kept_by_a_cache_and_pages_are_as_before(acme: Company) -> None:
    employee = await acme.employee()
    headers = {**employee.headers, **acme.admin_headers}
    for path, status in (
        ("/api/health", 200),
        ("/api/tenant", 200),
        (f"/api/session/{employee.session_id}", 200),
        (f"/api/goals/session/{employee.session_id}", 200),
        ("/api/admin/audit-logs", 200),
        ("/graph/goal-setting/input_schema", 200),
        ("/api/session/another", 404),
        ("/api/nothing", 404),
        ("/api/%00", 422),
    ):
        answer = await acme.http.get(path, headers=headers)
        assert (answer.status_code, answer.headers.get_list("cache-control")) == (status, ["no-store"]), path
    assert (await acme.http.get("/")).headers.get_list("cache-control") == ["no-cache"]
