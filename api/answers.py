"""Answers on their way out: ETag and Last-Modified, 304 for who has it already, and compression."""

from __future__ import annotations

import hashlib
import re
import zlib
from email.utils import formatdate, parsedate_to_datetime
from typing import Protocol

import zstandard
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from api.deps import weights
from api.middleware import HttpLayer

SMALLEST = 1000
"""Shorter answers are not worth compressing."""
GZIP = 16 + zlib.MAX_WBITS
COMPRESSIBLE = re.compile(r"text/(?!event-stream)|application/.*(json|xml|n-triples|n-quads|trig|javascript)")
OF_A_BODY = ("content-length", "content-type", "content-encoding", "content-disposition")


class Packer(Protocol):
    """Compresses piece by piece."""

    def pack(self, data: bytes, last: bool) -> bytes:
        """What can be sent after this piece; after the last one all of it."""


class _Gzip:
    def __init__(self) -> None:
        self._writer = zlib.compressobj(6, zlib.DEFLATED, GZIP)

    def pack(self, data: bytes, last: bool) -> bytes:
        return self._writer.compress(data) + self._writer.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)


class _Zstd:
    def __init__(self) -> None:
        self._writer = zstandard.ZstdCompressor(level=3).compressobj()

    def pack(self, data: bytes, last: bool) -> bytes:
        how = zstandard.COMPRESSOBJ_FLUSH_FINISH if last else zstandard.COMPRESSOBJ_FLUSH_BLOCK
        return self._writer.compress(data) + self._writer.flush(how)


PACKERS: dict[str, type[Packer]] = {"zstd": _Zstd, "gzip": _Gzip}
"""By the name of the encoding (RFC 8878, RFC 1952), the one taken first where a client takes both alike."""


class Answers(HttpLayer):
    """Answers GET and HEAD with an ETag, or with 304 alone where the client's is the same; packs what is long.

    The ETag is a hash of the answer before it is packed, and therefore weak (RFC 9110, 8.8.1). It is never wrong, and
    costs the making of the answer. Answers that come in pieces, and those with an ETag of their own, keep what they
    have. Where a route notes in the request's state since when the graph has been `modified`, Last-Modified says so.
    """

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on the answer, changed as told above."""
        asked = Headers(scope=scope)
        start: Message | None = None
        packer: Packer | None = None

        async def changed(message: Message) -> None:
            nonlocal start, packer
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body, more = message.get("body", b""), message.get("more_body", False)
            if start is not None:
                begun, start = start, None
                headers = MutableHeaders(scope=begun)
                if scope["method"] in ("GET", "HEAD") and begun["status"] == 200 and not more:
                    headers.setdefault("ETag", f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')
                    _vary(headers, "Accept")
                    modified = scope.get("state", {}).get("modified")
                    if modified is not None:
                        headers.setdefault("Last-Modified", formatdate(modified, usegmt=True))
                    if is_known(asked, headers["etag"], modified):
                        begun["status"], body = 304, b""
                        for name in OF_A_BODY:
                            del headers[name]
                packer = _packer(asked, headers) if more or len(body) >= SMALLEST else None
                if packer is not None and not more:
                    body, packer = packer.pack(body, last=True), None
                    headers["Content-Length"] = str(len(body))
                elif packer is not None:
                    del headers["content-length"]
                await send(begun)
            if packer is not None:
                body = packer.pack(body, last=not more)
            await send({"type": "http.response.body", "body": body, "more_body": more})

        await self.app(scope, receive, changed)


def is_known(asked: Headers, etag: str, modified: int | None) -> bool:
    """Whether the client has this answer: by If-None-Match, else by If-Modified-Since (RFC 9110, 13.2.2).

    Args:
        asked: the request's headers.
        etag: the answer's; weak ones are compared without their mark.
        modified: since which second of the Unix epoch the answer has been the same, where that is known.
    """
    known = asked.get("if-none-match")
    if known is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in tags or etag.removeprefix("W/") in tags
    try:
        since = parsedate_to_datetime(asked.get("if-modified-since", ""))
        return modified is not None and modified <= since.timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


def _vary(headers: MutableHeaders, name: str) -> None:
    if name not in [told.strip() for told in headers.get("vary", "").split(",")]:
        headers.add_vary_header(name)


def _packer(asked: Headers, headers: MutableHeaders) -> Packer | None:
    """How to pack an answer with these headers for who asked so; says so in the headers."""
    if "content-encoding" in headers or not COMPRESSIBLE.match(headers.get("content-type", "")):
        return None
    _vary(headers, "Accept-Encoding")
    accepted = weights(asked.get("accept-encoding", ""))
    possible = {name: accepted.get(name, accepted.get("*", 0.0)) for name in PACKERS}
    best = max(possible, key=lambda name: possible[name])
    if possible[best] <= 0:
        return None
    headers["Content-Encoding"] = best
    return PACKERS[best]()
