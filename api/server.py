"""Runs the service on a socket: who is slow to ask or to read is not waited for."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.app import create_app
from api.limits import MAX_HEADERS
from api.logs import configure
from api.metrics import SHARED
from api.problems import MEDIA_TYPE, Problem
from api.settings import ApiSettings, api_settings

HEADER_SECONDS = 10.0
"""Time in which a request's address and headers must have come."""
REST_SECONDS = 10.0
"""How long the rest of a body that was refused may take."""
STALL_SECONDS = 30.0
"""How long a client may take nothing of an answer."""
START_SECONDS = 60
"""After so long without a sign of life a worker is started anew; starting one takes seconds."""
GRACE_SECONDS = 30
"""Time that requests under way have when the service is told to end."""
YOUNG = 10_000
"""Garbage is looked for among the youngest objects after so many more were made than went; Python's own number is 700,
of which an answer makes several times as many."""
SELDOM = 70
"""It is looked for among all objects after so many looks among the younger ones; Python's own number is 10."""
LARGEST_HEAD = 2 * MAX_HEADERS
"""Bytes kept of headers that are not whole; MAX_HEADERS counts once they are."""


class Impatient(H11Protocol):
    """HTTP/1.1 with deadlines for the head of a request, for what is left of a body and for reading the answer."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """Nothing is due yet."""
        super().__init__(*args, **more)
        self._due: dict[str, asyncio.TimerHandle] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows asyncio's argument too
        """Waits for a request, not without end, and sends answers whole at once.

        uvicorn makes the socket that several processes share without naming TCP, so that asyncio leaves Nagle's
        algorithm (RFC 896) on there, by which an answer's second half waits 40 ms for the first to be acknowledged.
        """
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
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


def check_listening(host: str, port: int) -> None:
    """Whether an address can be listened on, before anything is said or opened; port 0 always can.

    Raises:
        OSError: somebody else listens there, the name is unknown, or the address is not this machine's.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as trial:
        if sys.platform != "win32":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as asyncio listens
        trial.bind(address)


def serve(settings: ApiSettings, port: int, workers: int = 1) -> None:
    """Answers until the process is told to end; then requests under way have GRACE_SECONDS.

    Args:
        settings: where the graph is, and where to listen.
        port: 0 chooses a free one.
        workers: processes that answer; they take their settings from the environment, where those given here are put.
    """
    _raise_limit_of_files()
    _log(settings)
    with ExitStack() as until_end:
        if workers > 1:
            figures = until_end.enter_context(tempfile.TemporaryDirectory(prefix="embargo-metrics-"))
            os.environ |= {"EMBARGO_STORE": settings.store, "EMBARGO_HOST": settings.host, SHARED: figures}
        uvicorn.run(
            _app(settings) if workers == 1 else "api.server:worker",
            factory=workers > 1,
            workers=workers,
            host=settings.host,
            port=port,
            http="api.server:Impatient",
            ws="none",
            h11_max_incomplete_event_size=LARGEST_HEAD,
            timeout_worker_healthcheck=START_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=list(settings.proxies),
        )


def worker() -> FastAPI:
    """The service in one of several processes."""
    settings = api_settings()
    _log(settings)
    return _app(settings)


def _app(settings: ApiSettings) -> FastAPI:
    """The service; what has been imported is never garbage, and what lives long is seldom looked through for some.

    A look through all of it stops every request for a third of a second.
    """
    app = create_app(settings)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, gc.get_threshold()[1], SELDOM)
    return app


def _log(settings: ApiSettings) -> None:
    configure(settings.log_format or ("console" if sys.stderr.isatty() else "json"), settings.log_level)


def _raise_limit_of_files() -> None:
    """Lets connections that only wait take up what the system allows, rather than what shells start with."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
        if soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
