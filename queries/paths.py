"""How two nodes are connected: chains of plain edges, the shortest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from graph.edges import edges
from graph.known import as_of
from graph.model import FACTS
from graph.store import Store
from queries.beginning import PARTS
from queries.names import names_of

Rows = list[dict[str, Any]]
Pair = tuple[str, str]
FACT_TYPES = "|".join(fact.type for fact in FACTS)
NEIGHBOURS = f"""
UNWIND $nodes AS id MATCH (n:{{family}} {{{{id: id}}}})-[f:{FACT_TYPES}]-(m)
WHERE ($alleged OR type(f) <> 'ALLEGED') AND ($via IS NULL OR type(f) = $via OR f.predicate = $via)
RETURN DISTINCT id, m.id AS other
"""
THREADS = f"""
UNWIND $nodes AS id MATCH (:{{family}} {{{{id: id}}}})<-[:{PARTS}]-(e:Episode) WHERE e.first_reported <= $known_on
RETURN DISTINCT e.thread AS thread
"""
CLAIMS = """
UNWIND $episodes AS id MATCH (:Episode {id: id})<-[:ABOUT]-(c:Claim)
RETURN id, collect(c.id) AS claims
"""
MOST = 10_000
"""Paths looked at; beyond them two nodes are connected by anything."""
CERTAIN = ("yes", "possibly", "alleged")


def paths(ask: Callable[..., Rows], values: Mapping[str, Any], store: Store) -> Rows:
    """Paths from `a` to `b`: fewer steps first, then those around nodes with few neighbours.

    Args:
        ask: gives the plain edges between `$pairs`, each an id and a list of others: of those that go one way between
            two the one known best, and the `spells` of all.
        values: the query's parameters.
        store: the graph.
    """
    web = _Known(store, values) if values["known_on"] else _Web(store, ask, values)
    a, b, wanted = values["a"], values["b"], values["limit"] + values["offset"]
    rows: Rows = []
    # Then all paths hold, as surely as others: which of them are wanted can be told before their edges are read.
    alike = values["at"] is None and not values["alleged"] and not values["min_support"]
    for steps in range(1, values["max"] + 1):
        found = web.chains(a, b, steps)
        if alike and len(found) > wanted - len(rows):
            found = sorted(found, key=lambda path: (web.crowd(path), path))[: wanted - len(rows)]
        between = web.edges({pair for path in found for pair in pairwise(path)})
        links = {pair: _link(some, values) for pair, some in between.items()}
        names = names_of(store).entities  # after the search, so that it knows all nodes found
        rows += [row for path in found if (row := _row(path, links, values["at"], names))]
        if len(rows) >= wanted:
            break
    rows.sort(key=lambda row: (row["steps"], CERTAIN.index(row["certainty"]), web.crowd(row["path"]), row["path"]))
    claims = web.claims({episode for row in rows[:wanted] for episode in row["episodes"]})
    return [
        row | {"claims": sorted({claim for episode in row["episodes"] for claim in claims[episode]})}
        for row in rows[:wanted]
    ]


class _Web:
    """The plain edges that the graph holds, read around the nodes that the search comes to."""

    def __init__(self, store: Store, ask: Callable[..., Rows], values: Mapping[str, Any]) -> None:
        self._store, self._ask, self._values = store, ask, values
        self._near: dict[str, set[str]] = {}

    def chains(self, a: str, b: str, steps: int) -> list[tuple[str, ...]]:
        """All paths of so many steps that pass no node twice, sorted; both halves are searched from their end."""
        half = steps // 2
        ends = defaultdict(list)
        for path in self._walk(b, half, a):
            ends[path[-1]].append(path)
        found = []
        for path in self._walk(a, steps - half, b):
            for rest in ends.get(path[-1], ()):
                if set(path).isdisjoint(rest[:-1]):
                    found.append((*path, *reversed(rest[:-1])))
                if len(found) == MOST:
                    return found
        return found

    def _walk(self, start: str, steps: int, goal: str) -> list[tuple[str, ...]]:
        walks: list[tuple[str, ...]] = [(start,)]
        for _ in range(steps):
            self._read({walk[-1] for walk in walks if walk[-1] != goal})
            walks = [
                (*walk, other)
                for walk in walks
                if walk[-1] != goal
                for other in sorted(self._near[walk[-1]])
                if other not in walk
            ]
        return walks

    def crowd(self, path: Iterable[str]) -> int:
        """Neighbours of the nodes between the ends: a path through a hub says little."""
        return sum(len(self._near.get(node, ())) for node in list(path)[1:-1])

    def _read(self, nodes: set[str]) -> None:
        missing = sorted(nodes - self._near.keys())
        self._near |= {node: set() for node in missing}
        for node, other in self._pairs(missing):
            if not other.startswith("class/"):
                self._near[node].add(other)

    def _grouped(self, nodes: list[str]) -> Iterable[tuple[str, list[str]]]:
        names = names_of(self._store)
        grouped: dict[str, list[str]] = defaultdict(list)
        for node in nodes:
            grouped[names.family_of(node)].append(node)
        return grouped.items()

    def _pairs(self, nodes: list[str]) -> Iterable[Pair]:
        given = {"alleged": self._values["alleged"], "via": self._values["via"]}
        for family, ids in self._grouped(nodes):
            for row in self._store.read(NEIGHBOURS.format(family=family), nodes=ids, **given):
                yield row["id"], row["other"]

    def edges(self, pairs: set[Pair]) -> dict[frozenset[str], Rows]:
        """The edges between these nodes, whichever way they go."""
        ends: dict[str, set[str]] = defaultdict(set)
        for one, other in pairs:
            ends[one].add(other)
            ends[other].add(one)
        found: dict[frozenset[str], Rows] = {frozenset(pair): [] for pair in pairs}
        for row in self._ask(pairs=[[one, sorted(ends[one])] for one in sorted(ends)]):
            found[frozenset((row["start"], row["end"]))].append(row)
        return found

    def claims(self, episodes: set[str]) -> Mapping[str, list[str]]:
        """The claims of these episodes."""
        rows = self._store.read(CLAIMS, episodes=sorted(episodes))
        return {row["id"]: row["claims"] for row in rows}


class _Known(_Web):
    """The plain edges that one could have known on a day, from episodes folded anew."""

    def __init__(self, store: Store, values: Mapping[str, Any]) -> None:
        super().__init__(store, lambda **_: [], values)
        self._found: dict[frozenset[str], dict[tuple[str, ...], dict[str, Any]]] = defaultdict(dict)
        self._claims: dict[str, list[str]] = {}

    def _pairs(self, nodes: list[str]) -> Iterable[Pair]:
        day = self._values["known_on"]
        threads = {
            row["thread"]
            for family, ids in self._grouped(nodes)
            for row in self._store.read(THREADS.format(family=family), nodes=ids, known_on=day)
        }
        for episode in as_of(self._store, threads, known_on=day).episodes:
            self._claims[episode.id] = list(episode.claims)
            for edge in edges(episode):
                kind = edge.properties.get("predicate", edge.type)
                if (edge.type == "ALLEGED" and not self._values["alleged"]) or self._values["via"] not in (None, kind):
                    continue
                start, end = edge.start.id, edge.end.id
                told = edge.properties
                row = {
                    name: told.get(name) for name in ("since", "until", "support", "first_reported", "last_reported")
                }
                row |= {"start": start, "end": end, "type": edge.type, "predicate": kind, "episode": episode.id}
                row["spells"] = [[told.get(name) for name in ("since_from", "since", "until_from", "until")]]
                self._found[frozenset((start, end))][edge.type, kind, start, end, episode.id] = row
                yield from ((one, other) for one, other in ((start, end), (end, start)) if one in nodes)

    def edges(self, pairs: set[Pair]) -> dict[frozenset[str], Rows]:
        return {key: list(self._found[key].values()) for key in map(frozenset, pairs)}

    def claims(self, episodes: set[str]) -> Mapping[str, list[str]]:
        return self._claims


Spell = Sequence[str | None]
"""The days of an edge: `since_from`, `since`, `until_from`, `until`."""
Span = tuple[str, str]
"""First day, and the day after the last."""


class _Link(NamedTuple):
    """What connects two nodes that are neighbours."""

    best: dict[str, Any]
    """The edge that is known best."""
    sure: bool
    """Whether one of the edges surely held on the day asked about."""
    spans: tuple[list[Span], list[Span]]
    """When one of them surely held, and when possibly: spells that touch are one."""


def _link(edges: Rows, values: Mapping[str, Any]) -> _Link | None:
    """None where none of the edges held on the day asked about, or is supported well enough."""
    at = values["at"]
    enough = [edge for edge in edges if edge["support"] >= (values["min_support"] or 0)]
    held = [edge for edge in enough if at is None or any(_holds(spell, sure=False, at=at) for spell in edge["spells"])]
    if not held:
        return None
    best = min(held, key=lambda edge: (edge["type"] == "ALLEGED", -edge["support"], edge["episode"]))
    spells = [spell for edge in held for spell in edge["spells"]]
    sure = at is None or any(_holds(spell, sure=True, at=at) for spell in spells)
    certainly, possibly = (_joined(_span(spell, sure=one) for spell in spells) for one in (True, False))
    return _Link(best, sure, (certainly, possibly))


def _row(
    path: tuple[str, ...], links: Mapping[frozenset[str], _Link | None], at: str | None, names: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The path with one edge a step, the best known, but for its claims; None where a step did not hold."""
    found = [links[frozenset(pair)] for pair in pairwise(path)]
    steps = [link for link in found if link is not None]
    if len(steps) < len(found):
        return None
    best = [link.best for link in steps]
    alleged = any(edge["type"] == "ALLEGED" for edge in best)
    sure = all(link.sure for link in steps)
    reported = [edge[name] for edge in best for name in ("first_reported", "last_reported") if edge[name]]
    return {
        "path": list(path),
        "names": [names[node].name for node in path],
        "steps": len(best),
        "edges": [f"({edge['start']})-[{edge['predicate']}]->({edge['end']})" for edge in best],
        "since": [edge["since"] for edge in best],
        "until": [edge["until"] for edge in best],
        "supports": [edge["support"] for edge in best],
        "together": _together(steps),
        "certainty": "alleged" if alleged else "yes" if sure else "possibly",
        "support": min(edge["support"] for edge in best),
        "first_reported": min(reported, default=None),
        "last_reported": max(reported, default=None),
        "episodes": [edge["episode"] for edge in best],
    }


def _span(spell: Spell, *, sure: bool) -> Span:
    """What surely or possibly held."""
    since_from, since, until_from, until = spell
    if sure:
        return since or "9999-12-31", until_from or until or "9999-12-31"
    return since_from or since or "", until or "9999-12-31"


def _holds(spell: Spell, *, sure: bool, at: str) -> bool:
    first, end = _span(spell, sure=sure)
    return first <= at < end


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for first, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((first, end))
    return joined


def _together(steps: list[_Link]) -> str:
    """Whether there was a day on which every step held."""
    for number, answer in enumerate(("yes", "possibly")):
        common: list[Span] = [("", "9999-12-31")]
        for link in steps:
            meets = [(max(a, c), min(b, d)) for a, b in common for c, d in link.spans[number]]
            common = [span for span in meets if span[0] < span[1]]
        if common:
            return answer
    return "no"
