"""How much the graph holds, counted by kind."""

from __future__ import annotations

from dataclasses import dataclass

from graph import log
from graph.log import Position
from graph.model import FACTS
from graph.remembered import Remembered
from graph.store import Store
from graph.vocabulary import LABELS
from queries.names import names_of

NODES = "MATCH (n:{label}) RETURN count(n) AS count"
EDGES = "MATCH (:Actor)-[r:{type}]->() RETURN count(r) AS count"
CLAIMS = """
MATCH (c:Claim) WHERE c.retired_at IS NULL
RETURN c.frame AS frame, c.phase AS phase, c.assertion AS assertion, count(c) AS count,
       min(c.published) AS first, max(c.published) AS last
"""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a graph."""

    entities: dict[str, int]
    """By label."""
    articles: int
    outlets: int
    episodes: int
    claims: int
    """Those that count; the retired ones apart."""
    retired_claims: int
    claims_by_frame: dict[str, int]
    claims_by_phase: dict[str, int]
    claims_by_assertion: dict[str, int]
    facts: dict[str, int]
    """Plain edges by type."""
    first_published: str | None
    """Of the claims that count, the earliest day or moment of publication."""
    last_published: str | None
    recorded_at: str | None
    """When the last change was written."""


_known = Remembered[Statistics]()


def statistics_of(store: Store) -> Statistics:
    """The counts of the graph as it is now; counted again only when its log of changes went on."""
    place = log.end(store)
    return _known.get(store, place, lambda: _count(store, place))


def _count(store: Store, place: Position) -> Statistics:
    nodes = {
        label: int(store.read(NODES.format(label=label))[0]["count"])
        for label in ("Article", "Outlet", "Episode", "Claim")
    }
    groups = store.read(CLAIMS)
    entities: dict[str, int] = dict.fromkeys(LABELS, 0)
    for entity in names_of(store).entities.values():
        entities[entity.label] += 1
    by = {
        part: {
            value: sum(row["count"] for row in groups if row[part] == value)
            for value in sorted({row[part] for row in groups})
        }
        for part in ("frame", "phase", "assertion")
    }
    claims = sum(row["count"] for row in groups)
    return Statistics(
        entities=entities,
        articles=nodes["Article"],
        outlets=nodes["Outlet"],
        episodes=nodes["Episode"],
        claims=claims,
        retired_claims=nodes["Claim"] - claims,
        claims_by_frame=by["frame"],
        claims_by_phase=by["phase"],
        claims_by_assertion=by["assertion"],
        facts={fact.type: store.read(EDGES.format(type=fact.type))[0]["count"] for fact in FACTS},
        first_published=min((row["first"] for row in groups if row["first"]), default=None),
        last_published=max((row["last"] for row in groups if row["last"]), default=None),
        recorded_at=log.recorded_at(store, place),
    )
