"""What a request may be in size and time. Whatever is beyond is refused before it costs memory or a thread."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from itertools import islice

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.compression import UNPACKERS, BodyTooLargeError, BrokenBodyError
from api.middleware import HttpLayer
from api.problems import ProblemError, problem

MAX_TARGET = 8 * 1024
MAX_HEADERS = 32 * 1024
MAX_HEADER_COUNT = 100
BODY_GRACE = 10.0
"""Seconds that a body may keep the service waiting, besides what its size grants it."""
BODY_RATE = 16 * 1024
"""Bytes a second that a sender must reach on the whole."""
CLOSE = {"Connection": "close"}
MOST_MEMBERS = 50_000
"""Members of JSON objects in a body that is checked against a description: of a million wrong ones the report takes
seconds, in which nobody else is answered."""
MEMBER = re.compile(rb'"\s*:')


def check_members(text: bytes) -> None:
    """Makes sure that JSON is not made of more members than anything here needs.

    Raises:
        ProblemError: it is.
    """
    if b"\0" in text:  # UTF-16 and UTF-32, which hide the signs that are counted
        raise ProblemError(400, "the body is no UTF-8; JSON is sent in that")
    if next(islice(MEMBER.finditer(text), MOST_MEMBERS, None), None):
        raise ProblemError(413, f"the JSON has more than {MOST_MEMBERS} members; send less at once")


class Limits(HttpLayer):
    """Limits the request's address, headers, body and time."""

    def __init__(self, app: ASGIApp, max_body: int, seconds: float) -> None:
        """Wraps an app.

        Args:
            app: what answers.
            max_body: greatest body in bytes, unpacked.
            seconds: time until the answer must begin.
        """
        super().__init__(app)
        self.max_body, self.seconds = max_body, seconds

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 408, 413, 414, 415, 431 or 503 in the app's place."""
        refusal = self._refusal(scope)
        if refusal:
            status, detail, headers = refusal
            await problem(status, detail, scope["path"][:200], headers)(scope, receive, send)
            return
        body = _Body(receive, _encoding(scope), self.max_body)
        if body.encoding:
            headers = scope["headers"]
            scope["headers"] = [item for item in headers if item[0] not in (b"content-encoding", b"content-length")]
        await self._in_time(scope, body.receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str, dict[str, str] | None] | None:
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_TARGET:
            return 414, f"the address has more than {MAX_TARGET} bytes; ask for less at once", None
        if sum(len(name) + len(value) for name, value in headers) > MAX_HEADERS:
            return 431, f"the headers have more than {MAX_HEADERS} bytes; send fewer", None
        if len(headers) > MAX_HEADER_COUNT:
            return 431, f"there are more than {MAX_HEADER_COUNT} headers; send fewer", None
        if _encoding(scope) not in UNPACKERS:
            return 415, "the body may be compressed by gzip or zstd, once", {"Accept-Encoding": "gzip, zstd"}
        names = {name for name, _ in headers}
        if {b"content-length", b"transfer-encoding"} <= names:
            return 400, "the body has a length and comes in chunks; a proxy may have read another end", CLOSE
        length = dict(headers).get(b"content-length", b"0")
        if length.isdigit() and int(length[:20]) > self.max_body:
            return 413, _too_large(self.max_body), None
        return None

    async def _in_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the app answer; where it has not begun to in time, says so and hears no more of it."""
        begun = late = False

        async def send_unless_late(message: Message) -> None:
            nonlocal begun
            if not late:
                begun = True
                await send(message)

        answering = asyncio.ensure_future(self.app(scope, receive, send_unless_late))
        try:
            await asyncio.wait((answering,), timeout=self.seconds)
        except asyncio.CancelledError:
            answering.cancel()
            with suppress(asyncio.CancelledError):
                await answering
            raise
        if answering.done() or begun:
            await answering
            return
        late = True
        answering.cancel()
        detail = f"the answer took longer than {self.seconds:g} seconds; ask for less at once"
        await problem(503, detail, scope["path"], {"Retry-After": "30"})(scope, receive, send)


class _Body:
    """A request's body, unpacked and counted as it comes, and not waited for without end."""

    def __init__(self, receive: Receive, encoding: str, most: int) -> None:
        self._receive, self._most = receive, most
        self.encoding = "" if encoding == "identity" else encoding
        self._unpacker = UNPACKERS[encoding]()
        self._packed = self._unpacked = 0
        self._waited = 0.0
        self._whole = False

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        message = await self._next()
        if message["type"] != "http.request":
            return message
        piece, self._whole = message.get("body", b""), not message.get("more_body", False)
        self._packed += len(piece)
        try:
            unpacked = self._unpacker.feed(piece, self._whole, self._most - self._unpacked)
        except BodyTooLargeError:
            raise HTTPException(413, _too_large(self._most)) from None
        except BrokenBodyError:
            raise HTTPException(400, f"the body is not {self.encoding}, though Content-Encoding says so") from None
        self._unpacked += len(unpacked)
        return {**message, "body": unpacked}

    async def _next(self) -> Message:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(BODY_GRACE + self._packed / BODY_RATE - self._waited):
                return await self._receive()
        except TimeoutError:
            raise HTTPException(408, "the body came too slowly; send it faster, or less at once", CLOSE) from None
        finally:
            self._waited += loop.time() - begun


def _encoding(scope: Scope) -> str:
    return ", ".join(Headers(scope=scope).getlist("content-encoding")).strip().lower()


def _too_large(most: int) -> str:
    return f"the request has more than {most} bytes; send less"
