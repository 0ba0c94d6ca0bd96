"""HEAD, which RFC 9110 (9.3.2) wants wherever there is GET: what GET would begin its answer with."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from api.middleware import HttpLayer

WITHOUT = "/mcp"
"""There GET opens a stream that has no end."""


MARK = "embargo.head"
"""Of a request that a route sees as GET."""


def wants_head(request: Request) -> bool:
    """Whether nobody will read the body of the answer, so that a long one need not be made."""
    return MARK in request.scope


class Heads(HttpLayer):
    """Has HEAD answered as GET; the server sends no body, and what comes in pieces ends after the first one."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what GET does."""
        if scope["method"] != "HEAD" or scope["path"].startswith(WITHOUT):
            await self.app(scope, receive, send)
            return
        ended = False

        async def first(message: Message) -> None:
            nonlocal ended
            if not ended:
                ended = message["type"] == "http.response.body"
                await send({**message, "more_body": False} if ended else message)

        async def heard() -> Message:
            return {"type": "http.disconnect"} if ended else await receive()

        asked = {**scope, "method": "GET", MARK: True}
        try:
            await self.app(asked, heard, first)
        finally:
            if "route" in asked:
                scope["route"] = asked["route"]
