"""WARC files of web crawls, such as Common Crawl's CC-NEWS (ISO 28500); trafilatura finds the article in each page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from loaders.document import Reject
from loaders.sources.fields import record_document
from loaders.sources.format import Format
from loaders.sources.html import MAX_PAGE, page_fields
from loaders.sources.inputs import Input
from loaders.sources.items import InputError, Item
from loaders.sources.streams import CHUNK

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

PAGES = ("text/html", "application/xhtml+xml")


def read(source: Input) -> Iterator[Item]:
    """The articles of the pages that were fetched; whatever else was crawled is skipped and counted in a notice."""
    from warcio.exceptions import ArchiveLoadFailed  # slow to import
    from warcio.statusandheaders import StatusAndHeadersParserException

    number = skipped = 0
    try:
        for record in _records(source.stream()):
            number += 1
            article = _article(record, source, number) if _is_page(record) else None
            if _is_cut(record):
                raise InputError(f"truncated: the end of record {number} is missing", "fetch the file again")
            if article:
                yield article
            elif record.rec_type == "response":
                skipped += 1
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError) as error:
        what = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise InputError(f"broken WARC after record {number}: {what}", "fetch the file again") from None
    if skipped:
        source.notice(f"{source.file}: responses that are no pages, skipped: {skipped}")


def _records(stream: BinaryIO) -> Iterator[ArcWarcRecord]:
    """The records. Of a response without an address warcio only says that None is no text, of a cut header nothing."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    archive = ArchiveIterator(stream)
    try:
        yield from archive
    except AttributeError:
        raise ArchiveLoadFailed("a response without WARC-Target-URI") from None
    if archive.next_line:
        raise ArchiveLoadFailed("the next one is cut off")


def _is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in PAGES


def _is_cut(record: ArcWarcRecord) -> bool:
    """Whether the file ends before the record does; one that tells no length, as each must, ends in its header."""
    while record.raw_stream.read(CHUNK):
        pass
    return record.length is None or getattr(record.raw_stream, "limit", 0) > 0


def _article(record: ArcWarcRecord, source: Input, number: int) -> Item:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        content = record.content_stream().read(MAX_PAGE + 1)
        if len(content) > MAX_PAGE:
            raise InputError(f"page of more than {MAX_PAGE // 1_000_000} MB", "leave it out")
        fields, _ = page_fields(content)
    except InputError as error:
        return Reject(source.file, None, f"record {number}: {error.reason}", error.remedy, address)
    return record_document(fields | {"url": address}, source, number, None)


FORMAT = Format(
    name="WARC",
    suffixes=(".warc",),
    sniff=lambda head: head.startswith("WARC/"),
    read=read,
    binary=True,
)
