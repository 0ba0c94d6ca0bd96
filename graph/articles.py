"""Articles as the graph keeps them, and their ids."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import BaseModel, ConfigDict

TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|ref|ref_src|cmpid|ocid|smid|_ga|_gl|at_.*)$"
)


def normalise_url(url: str) -> str:
    """The URL without what varies between two links to one article.

    Scheme, `www.`, default port, fragment, trailing slash and tracking parameters go; the host becomes lower case
    and the remaining parameters are sorted. Returns a string without a scheme, such as `example.org/a?id=1`.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    try:
        port = parts.port
    except ValueError:
        port = None
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    query = urlencode(sorted(p for p in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(p[0])))
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "")


def digest(length: int, *parts: str | None) -> str:
    """The first `length` hex digits of the SHA-256 of the parts; a missing part differs from an empty one."""
    framed = "".join("-" if part is None else f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(framed.encode()).hexdigest()[:length]


def article_id(url: str | None, outlet: str | None, published: str | None, title: str | None, text: str) -> str:
    """16 hex digits over the normalised URL, else over outlet, published, title and text."""
    if url:
        return digest(16, normalise_url(url))
    return digest(16, outlet, published, title, text)


def text_sha256(text: str) -> str:
    """SHA-256 of the text's UTF-8 form, 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class Article(BaseModel):
    """One version of one article. Offsets of claims count code points of `text`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    source_id: str
    """The input's own id; never part of any id of ours."""
    source: str
    """The name, without folders, of the file that it was read from."""
    url: str | None = None
    outlet: str | None = None
    """Domain of the URL, else a slug of the outlet's name; the catalogue may know both under another id."""
    credited: str | None = None
    """Id of the outlet whose report it is, where its own words say so: an agency, most often."""
    title: str | None = None
    text: str
    published: str | None = None
    """ISO 8601 date, or date and time in UTC."""
    modified: str | None = None
    language: str | None = None
    sha256: str
    sketch: str | None = None
    """What tells copies of the text, by `graph.sketch`; needed only where the text itself is not kept."""

    @property
    def version(self) -> tuple[str, str, str, str]:
        """Of two versions of one article the one with the greater key counts, whatever the order of loading."""
        return (self.modified or self.published or "", self.sha256, self.source_id, self.source)
