"""How fresh an answer is: since when the graph has been as it is, and answers that are kept as long as it stays so."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import wraps
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from api.graph import Graph
from api.parameters import Strict
from graph.edition import Edition, look, note

MOST_KEPT = 64 * 2**20
"""Bytes of answers that a process keeps."""
LARGEST_KEPT = 2**20
"""Bytes; a larger answer is not kept."""
OVERHEAD = 2000
"""Bytes that an answer takes beside its body, about."""
Key = tuple[str, ...]


class Freshness:
    """When this process first saw the edition of the graph that it sees now.

    That is later than the change itself, and never earlier: a change may become visible long after the time that was
    written down for it, and clocks jump.
    """

    def __init__(self) -> None:
        """Nothing has been seen."""
        self._guard = threading.Lock()
        self._edition: Edition | None = None
        self._since = 0

    def since(self, edition: Edition) -> int | None:
        """The second (of the Unix epoch) since which the graph has been this edition; later for every later one.

        None while that second lasts: the graph may change again in it, and the header knows no fractions.
        """
        now = time.time()
        with self._guard:
            if edition != self._edition:
                self._edition, self._since = edition, max(int(now), self._since + 1)
            return self._since if now >= self._since + 1 else None


class Looks:
    """Looks at the store for its edition; one look serves all who asked for one before it began."""

    def __init__(self, graph: Graph) -> None:
        """Nobody has asked yet."""
        self._graph = graph
        self._now: asyncio.Task[Edition] | None = None
        self._next: asyncio.Task[Edition] | None = None

    async def edition(self) -> Edition:
        """The edition that the store held some time after the call; raises what `Graph.store` and reading raise."""
        if self._next is None:
            self._next = asyncio.create_task(self._look(self._now))
        return await asyncio.shield(self._next)

    async def _look(self, before: asyncio.Task[Edition] | None) -> Edition:
        if before is not None and not before.done():
            await asyncio.wait([before])
        self._now, self._next = self._next, None
        return await asyncio.to_thread(lambda: look(self._graph.store()))


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of status 200 as a route made it."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def response(self) -> Response:
        """The answer anew: layers further out write into its headers."""
        response = Response(self.body)
        response.raw_headers = list(self.headers)
        return response


class Memory:
    """The last answers about one edition of the graph, as many as there is room for."""

    def __init__(self) -> None:
        """Nothing is kept."""
        self._edition: Edition | None = None
        self._answers: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0

    def find(self, edition: Edition, key: Key) -> Kept | None:
        """What was answered about this edition; what was about any other is forgotten."""
        if edition != self._edition:
            self._answers.clear()
            self._edition, self._size = edition, 0
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def keep(self, edition: Edition, key: Key, response: Response) -> None:
        """Keeps a whole answer about the edition that was asked for last."""
        body = getattr(response, "body", None)  # what is streamed has none
        if response.status_code != 200 or not isinstance(body, bytes) or len(body) > LARGEST_KEPT:
            return
        if edition != self._edition or key in self._answers:
            return
        self._answers[key] = Kept(body, tuple(response.raw_headers))
        self._size += _size(key, body)
        while self._size > MOST_KEPT:
            dropped, kept = self._answers.popitem(last=False)
            self._size -= _size(dropped, kept.body)


def _size(key: Key, body: bytes) -> int:
    """Bytes that an answer takes; its key has what a caller sent, up to kilobytes of it."""
    return len(body) + sum(map(len, key)) + OVERHEAD


class OfTheGraph(Strict):
    """A route whose answers to GET depend on its address, the header Accept and the graph, and on nothing else.

    The edition of the graph is looked up before an answer is made, so that what changes meanwhile is news to who asks
    again. An answer about the same edition is given again, unless `Cache-Control: no-cache` wants a new one.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        """As `Strict`."""
        super().__init__(path, _writing(endpoint) if "GET" in (more["methods"] or ["GET"]) else endpoint, **more)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        answer = super().get_route_handler()
        if "GET" not in (self.methods or ()):
            return answer

        async def remembered(request: Request) -> Response:
            state = request.app.state
            looks: Looks = state.looks
            memory: Memory = state.memory
            edition = await looks.edition()
            note(state.graph.store(), edition)
            request.state.modified = state.freshness.since(edition)
            key = _key(request)
            kept = memory.find(edition, key)
            if kept is not None and "no-cache" not in request.headers.get("cache-control", ""):
                return kept.response()
            response = await answer(request)
            memory.keep(edition, key, response)
            return response

        return remembered


def _writing(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """An endpoint that writes its model as JSON itself: the framework would check it anew, in another thread."""

    @wraps(endpoint)
    def written(*args: Any, **values: Any) -> Any:
        answer = endpoint(*args, **values)
        if not isinstance(answer, BaseModel):
            return answer
        return Response(answer.model_dump_json(by_alias=True), media_type="application/json")

    return written


def _key(request: Request) -> Key:
    """All of a request that an answer depends on; links in answers name the host."""
    scope = request.scope
    headers = request.headers
    return (
        scope["scheme"], headers.get("host", ""), scope["path"], scope["query_string"].decode("latin-1"),
        headers.get("accept", ""),
    )  # fmt: skip
