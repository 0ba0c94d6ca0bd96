"""HTML pages; trafilatura finds the article in them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from loaders.sources.encodings import decode, marked_encoding
from loaders.sources.fields import Field, is_web_address, page_document
from loaders.sources.format import Format
from loaders.sources.inputs import Input
from loaders.sources.items import InputError, Item

MAX_PAGE = 10_000_000
"""The most bytes of a page: its tree takes many times as much memory."""
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{1,40})", re.IGNORECASE)
DECLARED_WITHIN = 4096
BEGINNING = re.compile(
    r"\s*(<!--((?!-->).)*-->\s*|<\?xml[^>]*>\s*)*<(!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
DATE_SEARCH = {"original_date": True, "extensive_search": False}
PAGE_REMEDY = "save the article's own page, or its text as a text file"

for library in ("trafilatura", "htmldate"):
    # What they say about a page is said by its reject; without a handler it would go to standard error.
    logging.getLogger(library).addHandler(logging.NullHandler())


def read(source: Input) -> Iterator[Item]:
    """The article of a page."""
    found, guessed = page_fields(source.whole(MAX_PAGE))
    if guessed:
        source.notice(f"{source.file}: not UTF-8; read as {guessed}")
    yield page_document(found, source)


def page_fields(content: bytes) -> tuple[dict[Field, object], str | None]:
    """The article of a page, by field, and the encoding where it had to be guessed.

    Args:
        content: the page, at most `MAX_PAGE` bytes.

    Raises:
        InputError: it cannot be read, or there is no article in it.
    """
    page, guessed = _decoded(content)
    try:
        found = _found(page)
    except Exception as error:
        # Pages are hostile: whatever the parser stumbles over concerns this page alone.
        raise InputError(f"page cannot be read: {type(error).__name__}", PAGE_REMEDY) from error
    if not found:
        raise InputError("no article found in the page", PAGE_REMEDY)
    return found, guessed


def _decoded(content: bytes) -> tuple[str, str | None]:
    declared = DECLARED.search(content[:DECLARED_WITHIN])
    if declared and not marked_encoding(content):
        try:
            return content.decode(declared[1].decode()), None
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


def _found(markup: str) -> dict[Field, object] | None:
    from trafilatura import bare_extraction, load_html  # slow to import
    from trafilatura.settings import Document as Page

    tree = load_html(markup)
    if tree is None:
        return None
    language = tree.get("lang")
    modified = tree.xpath("string(//meta[@property='article:modified_time']/@content)")
    page = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        date_extraction_params=DATE_SEARCH,
    )
    if not isinstance(page, Page) or not page.text:
        return None
    title, body = page.title, page.text
    first, _, rest = body.partition("\n")
    if title and first.strip() == title.strip():
        body = rest
    return {
        "title": title,
        "body": body,
        "date": page.date,
        "modified": modified,
        "url": page.url if is_web_address(page.url) else None,
        "outlet": page.sitename,
        "language": language,
    }


def _sniff(head: str) -> bool:
    return BEGINNING.match(head) is not None


FORMAT = Format(name="HTML", suffixes=(".html", ".htm", ".xhtml"), sniff=_sniff, read=read)
