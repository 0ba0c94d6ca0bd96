"""What every source yields: one article of the input."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from graph.articles import Article, article_id, text_sha256


def slugify(name: str) -> str:
    """ASCII, lower case, words joined by hyphens: `İsmail Demir` gives `ismail-demir`."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def compose_text(title: str | None, lead: str | None, body: str | None) -> str:
    """Title, lead and body joined by a blank line; what is missing is left out."""
    return "\n\n".join(part for part in (title, lead, body) if part)


@dataclass(frozen=True, slots=True)
class Document:
    """One article of the input. All strings have `\\n` newlines; offsets of claims count code points of `text`."""

    source_id: str
    """JSON `id`, a CSV's id column, a text or HTML file's name without its ending, else the URL, else `file#line`."""
    source: str
    """Name of the file, without folders."""
    text: str
    """The input's `text` where it has one, else title, lead and body joined by a blank line."""
    title: str | None = None
    lead: str | None = None
    url: str | None = None
    outlet: str | None = None
    """Outlet as the input names it; the URL's domain counts where there is a URL."""
    published: str | None = None
    """ISO 8601 date (`2021-09-26`), or date and time in UTC (`2021-09-26T10:00:00Z`)."""
    modified: str | None = None
    language: str | None = None

    def article(self) -> Article:
        """The article as the graph keeps it."""
        domain = (urlsplit(self.url).hostname or "").removeprefix("www.") if self.url else ""
        outlet = domain or (slugify(self.outlet) if self.outlet else None) or None
        return Article(
            id=article_id(self.url, outlet, self.published, self.title, self.text),
            source_id=self.source_id,
            source=self.source,
            url=self.url,
            outlet=outlet,
            title=self.title,
            text=self.text,
            published=self.published,
            modified=self.modified,
            language=self.language,
            sha256=text_sha256(self.text),
        )


@dataclass(frozen=True, slots=True)
class Reject:
    """One piece of input that could not be read, and what to do about it."""

    file: str
    line: int | None
    reason: str
    remedy: str
    source_id: str | None = None
