"""Headers that keep a browser from being turned against the service or its user."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from api.middleware import HttpLayer, at_start

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer, unless a route sets its own. Transport security is for who ends TLS (docs/operations.md)."""


class SecurityHeaders(HttpLayer):
    """Adds HEADERS to every answer."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with the headers; what was asked with a key is for no shared cache."""

        def add(start: Message) -> None:
            headers = MutableHeaders(scope=start)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            caller = scope.get("state", {}).get("caller")
            if caller and caller.key:
                headers.setdefault("Cache-Control", "private")

        await self.app(scope, receive, at_start(send, add))
