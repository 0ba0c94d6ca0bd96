"""A real HTTP server on this machine that speaks the OpenAI protocol and answers what a test tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ARTICLE = "<<<ARTICLE "


@dataclass(frozen=True)
class Response:
    """What the server sends."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    dribble: float = 0
    """Seconds between two bytes."""


@dataclass(frozen=True)
class Request:
    """What the server got."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float

    @property
    def article(self) -> str:
        content = str(self.body["messages"][1]["content"])
        return "\n".join(content.split("\n")[1:-1])


Behaviour = Callable[[Request], Response]


def completion(content: str | None, **more: Any) -> Response:
    """A chat completion of 100 tokens in and 10 out."""
    message = {"role": "assistant", "content": content, **more}
    usage = {"prompt_tokens": 100, "completion_tokens": 10}
    return Response(body=json.dumps({"choices": [{"message": message}], "usage": usage}).encode())


def said(*statements: dict[str, Any]) -> Response:
    """A completion with these statements."""
    return completion(json.dumps({"statements": statements}))


def failure(status: int, message: str = "no", **headers: str) -> Response:
    """An error as the protocol words it."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return Response(status, json.dumps({"error": {"message": message}}).encode(), named)


class ModelServer:
    """Answers each request by `behaviour`; keeps what it got."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = lambda request: said()
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self.url = ""

    def script(self, *responses: Response) -> None:
        """One response after another; the last one for ever."""
        left = list(responses)

        def next_one(_: Request) -> Response:
            with self._lock:
                return left.pop(0) if len(left) > 1 else left[0]

        self.behaviour = next_one

    def handle(self, request: Request) -> Response:
        with self._lock:
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            return self.behaviour(request)
        finally:
            with self._lock:
                self._at_once -= 1


@contextmanager
def running() -> Iterator[ModelServer]:
    """The server, on a free port."""
    model = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            response = model.handle(Request(self.path, dict(self.headers), body, time.monotonic()))
            try:
                self.send_response(response.status)
                for name, value in response.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(response.body)))
                self.end_headers()
                if not response.dribble:
                    self.wfile.write(response.body)
                for i in range(len(response.body) if response.dribble else 0):
                    self.wfile.write(response.body[i : i + 1])
                    time.sleep(response.dribble)
            except OSError:
                pass  # the client has gone

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """Clients that go away are part of the tests."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
