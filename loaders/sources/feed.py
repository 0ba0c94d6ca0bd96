"""RSS and Atom feeds saved as files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax import SAXParseException

from loaders.sources.fields import Field, is_web_address, record_document
from loaders.sources.format import Format
from loaders.sources.inputs import Input
from loaders.sources.items import InputError, Item
from loaders.sources.markup import plain_text

if TYPE_CHECKING:
    from feedparser import FeedParserDict

MAX_FEED = 20_000_000
"""The most bytes of a feed: it is parsed as a whole."""
ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
END = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>")
ROOT = re.compile(
    r"\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^\[<>]*>\s*)*<(?:\w+:)?(?:rss|feed|RDF)\b", re.DOTALL
)
TEASER = 60
"""A summary that begins with as many characters of the content is no lead of its own."""


def read(source: Input) -> Iterator[Item]:
    """The entries of a feed."""
    import feedparser  # slow to import

    content = source.whole(MAX_FEED)
    parsed = feedparser.parse(io.BytesIO(content))
    entries = parsed.entries
    if not parsed.version and not entries:
        raise InputError("XML that is no RSS or Atom feed", "leave it out, or turn it into one of the known formats")
    broken = parsed.bozo and isinstance(parsed.bozo_exception, SAXParseException)
    truncated = broken and not END.search(content[-2000:])
    if broken and not truncated:
        line = parsed.bozo_exception.getLineNumber()
        source.notice(f"{source.file}: not well-formed XML from line {line}; read as far as it can be understood")
    lines = _lines(content)
    complete = entries[:-1] if truncated else entries
    for number, entry in enumerate(complete, 1):
        line = lines[number - 1] if len(lines) == len(entries) else None
        yield record_document(_values(entry, parsed.feed), source, number, line)
    if truncated:
        raise InputError("truncated: the end of the feed is missing", "fetch the feed again", content.count(b"\n") + 1)


def _lines(content: bytes) -> list[int]:
    """The lines on which entries begin."""
    lines, line, at = [], 1, 0
    for match in ENTRY.finditer(content):
        line += content.count(b"\n", at, match.start())
        at = match.start()
        lines.append(line)
    return lines


def _values(entry: FeedParserDict, feed: FeedParserDict) -> dict[Field, object]:
    summary = plain_text(entry.get("summary", ""))
    content = plain_text("\n".join(part.value for part in entry.get("content", ())))
    teaser = not content or content.startswith(summary[:TEASER])
    published, updated = entry.get("published"), dict.get(entry, "updated")
    return {
        "id": entry.get("id"),
        "title": plain_text(entry.get("title", "")),
        "lead": None if teaser else summary,
        "body": content or summary,
        "date": published or updated,
        "modified": updated if published else None,
        "url": entry.get("link") if is_web_address(entry.get("link")) else None,
        "outlet": entry.get("source", feed).get("title"),
        "language": feed.get("language"),
    }


def _sniff(head: str) -> bool:
    return ROOT.match(head) is not None


FORMAT = Format(name="RSS or Atom", suffixes=(".rss", ".atom", ".xml"), sniff=_sniff, read=read)
