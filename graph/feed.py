"""Changes with what they changed: a feed that others mirror the graph from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from graph import log
from graph.exports.jsonl import lines_by_id
from graph.store import Store

AT_ONCE = 500


class Item(NamedTuple):
    """A change, and the article or claim as it is now."""

    event: log.Event
    record: dict[str, Any] | None
    """A line of `export jsonl`; None where it was erased meanwhile."""

    def told(self) -> dict[str, Any]:
        """The change as an object of JSON."""
        what, kind, id = self.event
        return {"change": kind, "type": what, "id": id, "record": self.record}


def page(store: Store, since: log.Position, until: log.Position, limit: int) -> tuple[list[Item], log.Position]:
    """Changes in the order in which they became visible, each once.

    The arguments, and what may be raised, are those of `graph.log.read`.
    """
    events, place = log.read(store, since, until, limit)
    articles, claims = ([event.id for event in events if event.what == what] for what in ("article", "claim"))
    records = lines_by_id(store, articles, claims)
    return [Item(event, records.get(event.id)) for event in events], place


def stream(store: Store, since: log.Position, until: log.Position) -> Iterator[Item]:
    """All changes between two places, a few at a time."""
    while True:
        items, place = page(store, since, until, AT_ONCE)
        yield from items
        if not items:
            return
        since = place
