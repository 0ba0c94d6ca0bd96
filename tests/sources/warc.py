"""WARC files for the tests, as a crawler writes them."""

from __future__ import annotations

import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="{day}"></head><body><article><h1>{title}</h1>
<p>{text}</p></article></body></html>"""


def crawl(*responses: tuple[str, bytes, str, str], gzip: bool = True) -> bytes:
    """A WARC file of responses: address, body, content type, status."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "test"}))
    for address, body, kind, status in responses:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
        writer.write_record(record)
    return out.getvalue()


def page(address: str, text: str, title: str = "News", day: str = "2021-09-26") -> tuple[str, bytes, str, str]:
    """A page as it was fetched."""
    return (address, PAGE.format(title=title, text=text, day=day).encode(), "text/html; charset=utf-8", "200 OK")
