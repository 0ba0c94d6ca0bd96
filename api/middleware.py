"""What stands between the server and the routes: layers that see every HTTP request, and leave all else alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HttpLayer(ABC):
    """A layer around an app."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps an app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request over HTTP; the life of the app and other protocols are none of its business."""
        layer = self.answer if scope["type"] == "http" else self.app
        await layer(scope, receive, send)

    @abstractmethod
    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, most often by way of the app."""


def at_start(send: Send, change: Callable[[Message], None]) -> Send:
    """Sends what `send` does, but first changes or notes the message with which an answer begins."""

    async def changed(message: Message) -> None:
        if message["type"] == "http.response.start":
            change(message)
        await send(message)

    return changed
