"""`/docs`: every route, from `/openapi.json`, by Swagger UI. Its files come with a package, so that no other site's script can
act as the admin who is signed in."""

import gzip
import mimetypes
from functools import cache
from importlib import resources
from importlib.metadata import version

from fastapi import APIRouter, Request, Response

from server.http.pages import FOR_EVER, HEADERS, WebFile

PACKAGE = "fastapi_swagger"
"""Only its files are used. Those of 0.4.64 are swagger-ui-dist 5.34.0, byte by byte."""
FILES = ("swagger-ui-bundle.js", "swagger-ui.css")
START = """SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, layout: "BaseLayout", validatorUrl: null,
});
"""
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Petraf: every route</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{folder}/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{folder}/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # its icons
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def docs_router() -> APIRouter:
    """The page and the three files it loads."""
    router = APIRouter(include_in_schema=False)
    folder = f"/docs/{version(PACKAGE)}"
    page = PAGE.format(folder=folder)
    _add(router, "/docs", _file("docs.html", page.encode()), "no-cache")
    _add(router, "/docs/start.js", _file("start.js", START.encode()), "no-cache")
    for name in FILES:
        _add(router, f"{folder}/{name}", _packaged(name), FOR_EVER)
    return router


def _add(router: APIRouter, address: str, file: WebFile, caching: str) -> None:
    async def send(request: Request) -> Response:
        headers = {**HEADERS, "Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": caching}
        return file.response(request, headers)

    router.add_api_route(address, send, methods=["GET", "HEAD"])


@cache
def _packaged(name: str) -> WebFile:
    return _file(name, (resources.files(PACKAGE) / "resources" / name).read_bytes())


def _file(name: str, content: bytes) -> WebFile:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return WebFile(content, gzip.compress(content, mtime=0), media_type)
