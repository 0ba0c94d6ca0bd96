"""Runs the service on a socket: who is slow to ask or to read is not waited for."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.app import create_app
from api.limits import MAX_HEADERS
from api.logs import configure
from api.problems import MEDIA_TYPE, Problem
from api.settings import ApiSettings

HEADER_SECONDS = 10.0
"""Time in which a request's address and headers must have come."""
REST_SECONDS = 10.0
"""How long the rest of a body that was refused may take."""
STALL_SECONDS = 30.0
"""How long a client may take nothing of an answer."""
LARGEST_HEAD = 2 * MAX_HEADERS
"""Bytes kept of headers that are not whole; MAX_HEADERS counts once they are."""


class Impatient(H11Protocol):
    """HTTP/1.1 with deadlines for the head of a request, for what is left of a body and for reading the answer."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """Nothing is due yet."""
        super().__init__(*args, **more)
        self._due: dict[str, asyncio.TimerHandle] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Waits for a request, not without end."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Takes bytes; their head is whole once the client is past it."""
        if self.conn.their_state is h11.IDLE:
            self._expect_head()
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._done("head")
        if self.conn.their_state is not h11.SEND_BODY:
            self._done("rest")

    def on_response_complete(self) -> None:
        """Answered; a body that was refused may still come to its end, so that the client sees the answer."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._expect("rest", REST_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        """The client does not read: it may think it over for a while."""
        super().pause_writing()
        self._expect("reading", STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        self._done("reading")

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is due any more."""
        for what in list(self._due):
            self._done(what)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answers what is no HTTP, or has too long a head, with a problem."""
        status = getattr(sys.exception(), "error_status_hint", 400)
        told = (
            f"the headers have more than {LARGEST_HEAD} bytes; send fewer" if status == 431 else "this is no HTTP/1.1"
        )
        self._refuse(status, told)

    def _expect_head(self) -> None:
        detail = f"the request did not come within {HEADER_SECONDS:g} seconds"
        self._expect("head", HEADER_SECONDS, self._refuse, 408, detail)

    def _expect(self, what: str, seconds: float, otherwise: Callable[..., None], *args: object) -> None:
        if what not in self._due:
            self._due[what] = self.loop.call_later(seconds, otherwise, *args)

    def _done(self, what: str) -> None:
        if what in self._due:
            self._due.pop(what).cancel()

    def _refuse(self, status: int, detail: str) -> None:
        if self.transport.is_closing():
            return
        title = HTTPStatus(status).phrase
        body = json.dumps(Problem(title=title, status=status, detail=detail).model_dump(exclude_none=True)).encode()
        headers = [
            ("content-type", MEDIA_TYPE),
            ("content-length", str(len(body))),
            ("connection", "close"),
            ("x-content-type-options", "nosniff"),
        ]
        events: tuple[Any, ...] = (
            h11.Response(status_code=status, headers=headers, reason=title.encode()),
            h11.Data(data=body),
            h11.EndOfMessage(),
        )
        try:
            for event in events:
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:  # an answer is under way
            self.transport.abort()
        self.transport.close()


def serve(settings: ApiSettings, port: int) -> None:
    """Answers until the process is told to end.

    Args:
        settings: where the graph is, and where to listen.
        port: 0 chooses a free one.
    """
    _raise_limit_of_files()
    configure(settings.log_format or ("console" if sys.stderr.isatty() else "json"), settings.log_level)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=port,
        http=Impatient,
        ws="none",
        h11_max_incomplete_event_size=LARGEST_HEAD,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
    )


def _raise_limit_of_files() -> None:
    """Lets connections that only wait take up what the system allows, rather than what shells start with."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
        if soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
