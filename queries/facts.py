"""Plain edges by their ends and properties, page by page: as the graph holds them, or as one could know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph import spokes
from graph.edges import edges
from graph.known import as_of
from graph.spokes import DIRECTIONS, Direction
from graph.store import Store
from queries.names import names_of
from queries.paths import THREADS

Sort = Literal["since", "until", "first_reported", "last_reported", "support", "denials"]
NUMBERS: tuple[Sort, ...] = ("support", "denials")
Order = Literal["asc", "desc"]
Row = dict[str, Any]
Position = tuple[str | int, str]
"""Where a page ended: the value sorted by (an empty text without), and the key."""
EQUAL = ("other", "predicate", "status", "scope", "instrument", "supplier", "recipient", "weapon", "by", "episode")
"""Properties that a filter may name, with the value that they are to have."""
STARTS = {"supplier": ("SUPPLIES", "ARMS"), "recipient": ("PURCHASES", "RECEIVES")}
ENDS = {
    "recipient": ("ARMS",),
    "weapon": ("PURCHASES", "RECEIVES", "SUPPLIES", "DEVELOPS", "TESTS", "DEPLOYS", "USES"),
}
"""The types of edges of which who or what is so named is no property, but stands at the start, or at the end."""
PERIOD = {
    "from": "(s.until IS NULL OR s.until > $from)",
    "to": "(s.since_from IS NULL OR s.since_from <= $to)",
}
"""Of what can have held on a day or later, and on a day or before."""
SORTED = """
MATCH (s:Spoke) WHERE s.id > $begin AND s.id < $end
WITH s WHERE {conditions}
WITH s, coalesce(s.{sort}, {least}) AS value
WHERE $last IS NULL OR value {beyond} $last OR (value = $last AND s.id > $after)
RETURN properties(s) AS spoke ORDER BY value {order}, s.id LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which edges."""

    entity: str | None = None
    """At one of their ends."""
    direction: Direction | None = None
    """`out`: they begin there."""
    type: str | None = None
    alleged: bool = False
    """Also those of type ALLEGED; they come in any case where that is the type asked for."""
    equal: Mapping[str, str] = field(default_factory=dict)
    """Values of some of EQUAL."""
    begin: str | None = None
    """Only what can have held on this day or later."""
    end: str | None = None
    """Only what can have held on this day or before."""
    min_support: int = 0
    max_denials: int | None = None
    reported_from: str | None = None
    """Only what was still told on this day or later."""
    reported_to: str | None = None
    """Only what was told first on this day or before."""

    def conditions(self) -> dict[str, Any]:
        """Conditions in Cypher about a spoke `s`, and under their parameters' names the values."""
        found: dict[str, tuple[str, Any]] = {name: (_is(name), value) for name, value in self.equal.items()}
        if self.begin:
            found["from"] = PERIOD["from"], self.begin
        if self.end:
            found["to"] = PERIOD["to"], self.end
        if self.min_support:
            found["min_support"] = "coalesce(s.support, 0) >= $min_support", self.min_support
        if self.max_denials is not None:
            found["max_denials"] = "coalesce(s.denials, 0) <= $max_denials", self.max_denials
        if self.reported_from:
            found["reported_from"] = "s.last_reported >= $reported_from", self.reported_from
        if self.reported_to:
            found["reported_to"] = "s.first_reported <= $reported_to", self.reported_to
        if self.type and self.entity is None:
            found["type"] = "s.type = $type", self.type
        if not self.type and not self.alleged:
            found["unlike"] = "s.type <> $unlike", "ALLEGED"
        if self.entity is None:
            found["direction"] = "s.direction = $direction", "out"
        return found

    def fits(self, row: Row) -> bool:
        """Whether a spoke that is not in the store fulfils the same conditions."""
        return (
            row["entity"] == self.entity
            and self.direction in (None, row["direction"])
            and (row["type"] == self.type if self.type else self.alleged or row["type"] != "ALLEGED")
            and all(value in _told(row, name) for name, value in self.equal.items())
            and (not self.begin or row.get("until") is None or row["until"] > self.begin)
            and (not self.end or row.get("since_from") is None or row["since_from"] <= self.end)
            and (row.get("support") or 0) >= self.min_support
            and (self.max_denials is None or (row.get("denials") or 0) <= self.max_denials)
            and (not self.reported_from or (row.get("last_reported") or "") >= self.reported_from)
            and (not self.reported_to or (row.get("first_reported") or "9999") <= self.reported_to)
        )

    def ranges(self) -> list[tuple[str, ...]]:
        """What the keys of such spokes begin with, in their order."""
        if self.entity is None:
            return [()]
        if not self.type:
            return [(self.entity, self.direction) if self.direction else (self.entity,)]
        return [(self.entity, way, self.type) for way in DIRECTIONS if self.direction in (None, way)]


def _is(name: str) -> str:
    """In Cypher, whether a spoke `s` has the parameter of a name as its property, or at the end that stands for it."""
    texts = [f"s.{name} = ${name}"]
    for types, own, far in ((STARTS, "out", "in"), (ENDS, "in", "out")):
        if name in types:
            at = f"(s.direction = '{own}' AND s.entity = ${name}) OR (s.direction = '{far}' AND s.other = ${name})"
            texts.append(f"(s.type IN {list(types[name])} AND ({at}))")
    return f"({' OR '.join(texts)})"


def _told(row: Row, name: str) -> set[Any]:
    """What a spoke has under a name, as `_is` reads it."""
    start, end = (row["entity"], row["other"]) if row["direction"] == "out" else (row["other"], row["entity"])
    at_start, at_end = row["type"] in STARTS.get(name, ()), row["type"] in ENDS.get(name, ())
    return {row.get(name)} | ({start} if at_start else set()) | ({end} if at_end else set())


def facts(
    store: Store, wanted: Wanted, sort: Sort | None, order: Order, after: Position | None, limit: int
) -> list[Row]:
    """Spokes of the edges wanted; of one whose ends are not asked about, that at its start.

    Without `sort` they go by entity, direction, type, other end and episode: a page then costs as much for a hub as for
    a leaf.
    """
    conditions = wanted.conditions()
    texts, values = [text for text, _ in conditions.values()], {name: value for name, (_, value) in conditions.items()}
    found: list[Row] = []
    for begins in wanted.ranges():
        if sort is None:
            found += spokes.walk(store, begins, after[1] if after else "", limit - len(found), texts, **values)
            if len(found) == limit:
                break
        else:
            begin, end = spokes.bounds(begins)
            cypher = SORTED.format(
                conditions=" AND ".join(texts) or "true", sort=sort, least=0 if sort in NUMBERS else "''",
                beyond=">" if order == "asc" else "<", order=order,
            )  # fmt: skip
            last, key = after or (None, "")
            rows = store.read(cypher, begin=begin, end=end, last=last, after=key, limit=limit, **values)
            found += [row["spoke"] for row in rows]
    return _ordered(found, sort, order)[:limit]


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """Edges as one could know them on a day."""

    rows: list[Row]
    undated: int
    """Claims left out because nobody knows when they were published."""


def known_facts(
    store: Store, wanted: Wanted, day: str, sort: Sort | None, order: Order, after: Position | None, limit: int
) -> KnownFacts:
    """As `facts`, from episodes folded anew of what was published by a day; `wanted` names an entity."""
    family = names_of(store).family_of(str(wanted.entity))
    threads = {row["thread"] for row in store.read(THREADS.format(family=family), nodes=[wanted.entity], known_on=day)}
    known = as_of(store, threads, known_on=day)
    rows = [row for episode in known.episodes for edge in edges(episode) for row in spokes.rows(edge)]
    found = _ordered(filter(wanted.fits, rows), sort, order)
    if after:
        found = [row for row in found if _beyond(row, sort, order, after)]
    return KnownFacts(found[:limit], known.undated)


def position(row: Row, sort: Sort | None) -> Position:
    """Where a page that ends with this row ended."""
    return (_value(row, sort), str(row["id"]))


def _value(row: Row, sort: Sort | None) -> str | int:
    if sort is None:
        return ""
    value: str | int | None = row.get(sort)
    return value if value is not None else 0 if sort in NUMBERS else ""


def _ordered(rows: Iterable[Row], sort: Sort | None, order: Order) -> list[Row]:
    found = sorted(rows, key=lambda row: str(row["id"]))
    return sorted(found, key=lambda row: _value(row, sort), reverse=order == "desc") if sort else found


def _beyond(row: Row, sort: Sort | None, order: Order, after: Position) -> bool:
    value, (last, key) = _value(row, sort), after
    if value == last:
        return str(row["id"]) > key
    return (value < last) is (order == "desc")  # type: ignore[operator]  # both are of the kind sorted by
