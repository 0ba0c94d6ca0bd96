"""Refuses requests that are too large, before anything reads them."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

MAX_TARGET = 8 * 1024
MAX_HEADERS = 32 * 1024


class Limits:
    """Limits the request's address, headers and body."""

    def __init__(self, app: ASGIApp, max_body: int) -> None:
        """Wraps an app; `max_body` is in bytes."""
        self.app, self.max_body = app, max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 413, 414 or 431 in the app's place; a body of unknown length is counted as it comes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            status, detail = refusal
            await problem(status, detail, scope["path"][:200])(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.max_body:
                raise HTTPException(413, self._too_large)
            return message

        await self.app(scope, counted, send)

    @property
    def _too_large(self) -> str:
        return f"the request has more than {self.max_body} bytes; send less"

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_TARGET:
            return 414, f"the address has more than {MAX_TARGET} bytes; ask for less at once"
        if sum(len(name) + len(value) for name, value in headers) > MAX_HEADERS:
            return 431, f"the headers have more than {MAX_HEADERS} bytes; send fewer"
        length = dict(headers).get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.max_body:
            return 413, self._too_large
        return None
