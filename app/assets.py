"""The site's own files: read once at startup, named after their content, kept compressed in memory."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli
from litestar import Request, Response, route
from litestar.enums import HttpMethod
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from app.icons import sprite, sprite_url
from places.map import outlines

ROOT = Path(__file__).parent.parent
OWN = ROOT / "static"
PACKAGES = ROOT / "node_modules"

FONT = "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin"

FROM_PACKAGES = {
    "atkinson-400.woff2": f"{FONT}-400-normal.woff2",
    "atkinson-700.woff2": f"{FONT}-700-normal.woff2",
    "htmx.js": "htmx.org/dist/htmx.min.js",
}

MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}

FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    url: str
    media_type: str
    variants: Mapping[str, bytes]
    """Bytes by content encoding; "" is the file as it is."""


class Assets:
    """Every static file of the site.

    `url(name)` is the address a page writes, `handler` the route that answers it. `site.css` and `site.js` are all
    files of static/css and static/js one after the other, by name. Raises RuntimeError when an npm package is absent.
    """

    def __init__(self, own: Path = OWN, packages: Path = PACKAGES) -> None:
        self._by_name: dict[str, Asset] = {}
        for name, path in FROM_PACKAGES.items():
            self._add(name, _from_package(packages / path))
        for picture in sorted((own / "img").iterdir()):
            self._add(picture.name, picture.read_bytes())
        self._add("icons.svg", sprite(), url=sprite_url())
        self._add("map.svg", outlines())
        self._add("site.css", self._with_urls(_joined(own / "css", "*.css")))
        self._add("site.js", _joined(own / "js", "*.js"))
        self._by_url = {asset.url: asset for asset in self._by_name.values()}
        self.handler: HTTPRouteHandler = _handler(self._by_url)

    def url(self, name: str) -> str:
        """Return the address of a static file. Raises LookupError when there is none of that name."""
        if name not in self._by_name:
            raise LookupError(f"No static file named {name!r}; there are {', '.join(sorted(self._by_name))}.")
        return self._by_name[name].url

    def _add(self, name: str, content: bytes, url: str | None = None) -> None:
        fingerprint = sha256(content).hexdigest()[:8]
        self._by_name[name] = Asset(
            url=url or f"/static/{fingerprint}/{name}",
            media_type=MEDIA_TYPES[Path(name).suffix],
            variants=_variants(name, content),
        )

    def _with_urls(self, css: bytes) -> bytes:
        return re.sub(rb"url\(([\w.-]+)\)", lambda found: f"url({self.url(found[1].decode())})".encode(), css)


def _from_package(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise RuntimeError(f"{path} is missing: run `npm ci` in {ROOT} (or `make demo`).") from missing


def _joined(folder: Path, pattern: str) -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted(folder.glob(pattern)))


def _variants(name: str, content: bytes) -> dict[str, bytes]:
    if name.endswith(".woff2"):
        return {"": content}
    return {"": content, "gzip": gzip.compress(content, 9, mtime=0), "br": brotli.compress(content)}


def _handler(by_url: Mapping[str, Asset]) -> HTTPRouteHandler:
    # A cookie on a file that any cache may keep would be handed to strangers, hence no CSRF cookie here.
    @route(
        "/static/{fingerprint:str}/{name:str}",
        http_method=[HttpMethod.GET, HttpMethod.HEAD],
        opt={"exclude_from_csrf": True, "exclude_from_auth": True},
        name="static",
        include_in_schema=False,
    )
    async def static_file(
        request: Request[Any, Any, Any], fingerprint: FromPath[str], name: FromPath[str]
    ) -> Response[bytes]:
        asset = by_url.get(f"/static/{fingerprint}/{name}")
        if asset is None:
            raise NotFoundException
        encoding = _encoding(request.headers.get("accept-encoding", ""), asset.variants)
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(asset.variants[encoding], media_type=asset.media_type, headers=headers)

    return static_file


def _encoding(accepted: str, variants: Mapping[str, bytes]) -> str:
    """Return the smallest variant the browser takes."""
    taken = set()
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            taken.add(coding.strip())
    return min((encoding for encoding in variants if not encoding or encoding in taken), key=lambda e: len(variants[e]))
