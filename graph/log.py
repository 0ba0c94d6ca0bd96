"""The log of changes: what each write did to articles and claims, numbered in the order in which writes became visible.

The number is taken at the end of the transaction that makes the change, from a node that the transaction then holds to
its end. So numbers have no gaps, and who sees one can see all before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, cast
from uuid import uuid4

from neo4j import ManagedTransaction

from graph.changes import Change
from graph.history import ArticleState
from graph.rows import run
from graph.store import Store

What = Literal["article", "claim"]
Kind = Literal["new", "changed", "retired"]
TOGETHER = 500
"""Changes that one entry of the log holds at most."""
AT_ONCE = 20
"""Entries read at once."""
HOLD = "MERGE (l:Log {id: 'log'}) ON CREATE SET l.number = 0, l.graph = $graph SET l.holder = $graph"
TAKE = "MATCH (l:Log {id: 'log'}) SET l.number = l.number + $count RETURN l.number AS number"
WRITE = "UNWIND $rows AS row CREATE (e:LogEntry) SET e = row"
END = "MATCH (l:Log {id: 'log'}) RETURN l.graph AS graph, l.number AS number"
READ = """
MATCH (e:LogEntry) WHERE e.id >= $from AND e.id <= $to
RETURN e.id AS id, e.events AS events ORDER BY id LIMIT $limit
"""
WHEN = "MATCH (e:LogEntry {id: $id}) RETURN e.recorded_at AS recorded_at"
CURSOR = re.compile(r"([0-9a-f]{12}|new)\.([1-9][0-9]{0,14})\.([0-9]{1,4})")


class CursorError(ValueError):
    """A cursor that is none, or belongs to another graph."""


class Event(NamedTuple):
    """One change of one article or claim."""

    what: What
    kind: Kind
    """`retired` also where a claim is known as retired from the first."""
    id: str


class Position(NamedTuple):
    """A place in the log: before this event (from 0) of the entry with this number (from 1)."""

    graph: str
    """Random id of the graph whose log it is."""
    number: int
    event: int = 0

    def __str__(self) -> str:
        """The cursor that stands for it; it stays valid as long as the graph is there."""
        return f"{self.graph}.{self.number}.{self.event}"


START = Position("new", 1)
"""The beginning of any graph's log."""


def parse(cursor: str) -> Position:
    """The place that a cursor stands for.

    Raises:
        CursorError: it is no cursor.
    """
    match = CURSOR.fullmatch(cursor)
    if not match:
        raise CursorError("this is no cursor of changes; leave it out to begin at the beginning")
    return Position(match[1], int(match[2]), int(match[3]))


def events_of(changes: Iterable[Change]) -> list[Event]:
    """What these changes do, articles first."""
    needed = [change for change in changes if change.needed and change.after is not None]
    articles = [Event("article", kind, change.id) for change in needed if (kind := _article_kind(change))]
    return articles + [event for change in needed for event in _claim_events(change)]


def erased(changes: Iterable[Change]) -> list[Event]:
    """What it does to remove these articles' claims for good; nothing where that was done before."""
    gone = [(change.id, change.before.claims) for change in changes if change.before and not change.before.erased]
    articles = [Event("article", "retired", id) for id, _ in gone]
    return articles + [Event("claim", "retired", claim) for _, claims in gone for claim in claims]


def _article_kind(change: Change) -> Kind | None:
    before, after = change.before, change.after
    if after is None or (before is not None and _told(before) == _told(after)):
        return None
    if after.forgotten:
        return "retired"
    return "new" if before is None else "changed"


def _told(state: ArticleState) -> tuple[object, ...]:
    return (state.version, state.readers, state.forgotten)


def _claim_events(change: Change) -> Iterator[Event]:
    known = change.before.claims if change.before else {}
    for id, state in change.after.claims.items() if change.after else ():
        if id in change.sources or known[id].retired != state.retired:
            kind: Kind = "retired" if state.retired else "changed" if id in known else "new"
            yield Event("claim", kind, id)


def begin(transaction: ManagedTransaction) -> None:
    """Makes the log where there is none, and holds it to the end of the transaction."""
    transaction.run(HOLD, graph=uuid4().hex[:12]).consume()


def append(transaction: ManagedTransaction, events: Sequence[Event], now: str) -> None:
    """Writes the events down; the last thing that a transaction does, since others wait for it from here on."""
    if not events:
        return
    begin(transaction)
    parts = [events[start : start + TOGETHER] for start in range(0, len(events), TOGETHER)]
    last = transaction.run(TAKE, count=len(parts)).single(strict=True)["number"]
    rows = [entry(number, part, now) for number, part in enumerate(parts, last - len(parts) + 1)]
    run(transaction, WRITE, rows=rows)


def entry(number: int, events: Iterable[Event], now: str) -> dict[str, Any]:
    """Properties of the entry with this number; it holds at most TOGETHER events."""
    return {"id": _key(number), "recorded_at": now, "events": [" ".join(event) for event in events]}


def end(store: Store) -> Position:
    """The place after all that has been written: the version of the graph."""
    rows = store.read(END)
    return Position(rows[0]["graph"], rows[0]["number"] + 1) if rows else START


def recorded_at(store: Store, place: Position) -> str | None:
    """When the last entry before this place was written; None where there is none."""
    rows = store.read(WHEN, id=_key(place.number - 1))
    return str(rows[0]["recorded_at"]) if rows else None


def read(store: Store, since: Position, until: Position, limit: int) -> tuple[list[Event], Position]:
    """Events in the order of the log.

    Args:
        store: the graph.
        since: the place to begin at.
        until: the place to end at.
        limit: at most so many events.

    Returns:
        The events, and the place after the last of them.

    Raises:
        CursorError: a place is in another graph's log, or beyond the end of this one.
    """
    last = end(store)
    for place in (since, until):
        if (place.graph != last.graph and place != START) or place[1:] > last[1:]:
            raise CursorError("this cursor is of another graph, or of a later state of it; begin without one")
    found: list[Event] = []
    _, number, taken = since
    while len(found) < limit and (number, taken) < until[1:]:
        before = number
        for at, events in _entries(store, number, until.number):
            if at != number:  # the one between became visible only while this was read
                break
            part = events[taken : until.event if at == until.number else None][: limit - len(found)]
            found += part
            taken += len(part)
            if taken < len(events):
                return found, Position(last.graph, number, taken)
            number, taken = number + 1, 0
        if number == before:
            break
    return found, Position(last.graph, number, taken)


def _entries(store: Store, first: int, last: int) -> list[tuple[int, list[Event]]]:
    rows = store.read(READ, **{"from": _key(first), "to": _key(last)}, limit=AT_ONCE)
    return [(int(row["id"]), [_event(told) for told in row["events"]]) for row in rows]


def _event(told: str) -> Event:
    what, kind, id = told.split(" ")
    return Event(cast(What, what), cast(Kind, kind), id)


def _key(number: int) -> str:
    """Ids that sort as their numbers do."""
    return f"{number:015}"
