"""What the SDK refuses in a plain word or two becomes a problem, as everywhere else."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from api.middleware import HttpLayer
from api.problems import problem

LARGEST = 1024 * 1024
"""Bytes of a request; a call of a tool has a few kilobytes."""
WORDS = {
    400: "send it as application/json",
    403: "no page of another site may ask here",
    413: f"the request has more than {LARGEST} bytes; send less",
    421: "who listens to this machine alone answers only as 127.0.0.1, localhost or [::1], with the port",
}
OTHERWISE = "this is no request of MCP over streamable HTTP; docs/mcp.md tells how to ask"


class Refusals(HttpLayer):
    """Answers with a problem where the app refuses a request otherwise than in JSON."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does, but for its plain refusals."""
        status = 0

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start" and message["status"] >= 400:
                kind = Headers(raw=message["headers"]).get("content-type", "")
                status = 0 if kind.startswith("application/json") else message["status"]
            if not status:
                await send(message)
            elif message["type"] == "http.response.body" and not message.get("more_body", False):
                await problem(status, WORDS.get(status, OTHERWISE), scope["path"])(scope, receive, send)

        await self.app(scope, receive, tell)
