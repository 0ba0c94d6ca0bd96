"""Since when the graph has been as it is: for the header Last-Modified."""

from __future__ import annotations

import threading
import time

from fastapi import Depends, Request

from api.graph import Graph
from graph.edition import Edition, edition_of


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


def _noted(request: Request) -> None:
    """Looks before the answer is made: what changes meanwhile is news to who asks again."""
    if request.method == "GET":
        graph: Graph = request.app.state.graph
        freshness: Freshness = request.app.state.freshness
        request.state.modified = freshness.since(edition_of(graph.store()))


OfTheGraph = Depends(_noted)
"""For routes whose answers to GET depend on the graph and on nothing else that changes."""
