"""The pages: what is in the folder `web`, read once at the start and served compressed.

In a page `{assets}` becomes a folder named after the content of all files. So browsers may keep every file for ever, modules
import each other by plain relative paths, and a change of any of them makes a new folder (docs/decisions/0013). A page that names
`{language}` is sent in the language that the browser asks for: `{t:…}` is a message, `{catalogue}` loads the others early.
"""

import gzip
import hashlib
import html
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response

from server.http.errors import NotFound, language_of
from server.languages.page import catalogue_modules
from state.languages.catalogue import Catalogue, read_catalogues
from state.languages.choice import LANGUAGES, SOURCE, Language

WEB = Path(__file__).parents[1] / "web"
PAGES = {"/": "index.html", "/admin": "admin/index.html", "/share/{token}": "share/index.html"}
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FOR_EVER = "public, max-age=31536000, immutable"
SERVED = {".css", ".html", ".js", ".svg"}
MESSAGE = re.compile(r"\{t:([^{}]+)\}")
EARLY = '<link rel="modulepreload" href="{assets}/languages/%s.js">'


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file as it is sent."""

    plain: bytes
    small: bytes
    """Compressed."""
    media_type: str

    def response(self, request: Request, headers: dict[str, str]) -> Response:
        """The answer to a browser that takes compressed content, or one that doesn't."""
        vary = ", ".join(["Accept-Encoding", *filter(None, [headers.get("Vary")])])
        sent = {**headers, "Vary": vary, "X-Content-Type-Options": "nosniff"}
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return Response(self.small, headers={**sent, "Content-Encoding": "gzip"}, media_type=self.media_type)
        return Response(self.plain, headers=sent, media_type=self.media_type)


def web_router(folder: Path = WEB) -> APIRouter:
    """Routes of the pages and of everything they load."""
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _served(folder)}
    contents |= catalogue_modules(folder)
    assets = f"/assets/{_hash(contents)}"
    words = read_catalogues(folder / "languages")
    files = {name: _file(name, content) for name, content in contents.items() if not name.endswith(".html")}
    router = APIRouter(include_in_schema=False)

    async def asset(request: Request, name: str) -> Response:
        if name not in files:
            raise NotFound
        return files[name].response(request, {"Cache-Control": FOR_EVER})

    router.add_api_route(f"{assets}/{{name:path}}", asset, methods=["GET", "HEAD"])
    for address, name in PAGES.items():
        written = contents[name].decode()
        languages = LANGUAGES if "{language}" in written else (SOURCE,)
        _add_page(router, address, {one: _file(name, _said(written, words[one], assets)) for one in languages})
    return router


def _said(page: str, words: Catalogue, assets: str) -> bytes:
    """A page in a language."""
    early = "" if words.language == SOURCE else EARLY % words.language
    page = MESSAGE.sub(lambda message: html.escape(words.say(message[1])), page)
    page = page.replace("{catalogue}", early).replace("{language}", words.language)
    return page.replace("{languages}", " ".join(LANGUAGES)).replace("{assets}", assets).encode()


def _add_page(router: APIRouter, address: str, files: dict[Language, WebFile]) -> None:
    async def page(request: Request) -> Response:
        file = files.get(language_of(request)) or files[SOURCE]
        return file.response(request, {**HEADERS, "Cache-Control": "no-cache", "Vary": "Accept-Language"})

    router.add_api_route(address, page, methods=["GET", "HEAD"])


def _served(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in SERVED]


def _hash(contents: dict[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name, content in contents.items():
        whole.update(f"{name} {len(content)} ".encode() + content)
    return whole.hexdigest()[:16]


def _file(name: str, content: bytes) -> WebFile:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return WebFile(content, gzip.compress(content, mtime=0), media_type)
