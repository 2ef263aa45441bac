"""Our own files (style, script, icons, drawings): read once, compressed once, kept by browsers for good.

An address holds eight signs of the file's hash, so a changed file has a new address and nothing is ever stale. The
server's own /static, which the admin uses, neither compresses nor lets a browser keep a file for longer than a day.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from inkstand.web.icons import icon

FOR_GOOD = "public, max-age=31536000, immutable"
SCRIPTS = "scripts"
_TEXT = ("text/", "application/javascript", "application/json", "application/manifest", "image/svg")


@dataclass(frozen=True, slots=True)
class Asset:
    kind: str
    digest: str
    plain: bytes
    packed: dict[str, bytes]


def address(path: str) -> str:
    """The address of the file that `static/` knows as `path`."""
    return f"/assets/{find(path).digest}/{path}"


def serve(request: HttpRequest, digest: str, path: str) -> HttpResponse:
    asset = find(path)
    if request.headers.get("If-None-Match") == f'"{asset.digest}"':
        return HttpResponseNotModified()
    accepted = request.headers.get("Accept-Encoding", "")
    coding = next((name for name in asset.packed if name in accepted), "")
    response = HttpResponse(asset.packed.get(coding, asset.plain), content_type=asset.kind)
    if coding:
        response["Content-Encoding"] = coding
    response["Vary"] = "Accept-Encoding"
    response["ETag"] = f'"{asset.digest}"'
    response["Cache-Control"] = FOR_GOOD if digest == asset.digest else "public, max-age=600"
    return response


def find(path: str) -> Asset:
    """The file, read once in the life of the process. Http404 where there is none of that name."""
    return _find(path, settings.NAME)


@cache
def _find(path: str, paper: str) -> Asset:
    if not (found := finders.find(path)):
        raise Http404(f"There is no file {path}.")
    file = Path(found)
    plain = icon(path, paper) or file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    packed = {"br": brotli.compress(plain), "gzip": gzip.compress(plain)} if kind.startswith(_TEXT) else {}
    return Asset(kind, _digest(file, plain), plain, packed)


def scripts() -> list[str]:
    """The names of the files in our folder of scripts."""
    found = finders.find(f"inkstand/{SCRIPTS}")
    return sorted(file.name for file in Path(found).glob("*.js")) if found else []


def styles() -> tuple[str, ...]:
    """What every page wears: the paper's look and, where it has a name of its own, how that is set."""
    return ("paper.css",) if settings.NAME == "Inkstand" else ("paper.css", "named.css")


def _digest(file: Path, plain: bytes) -> str:
    """Scripts import one another by relative addresses: all in their folder share the digest of them all."""
    if file.parent.name == SCRIPTS:
        plain = b"".join(other.read_bytes() for other in sorted(file.parent.glob("*.js")))
    return hashlib.sha256(plain).hexdigest()[:8]
