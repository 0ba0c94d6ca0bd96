"""Brings the episodes and plain edges of some threads up to date with their live claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from graph import spokes
from graph.edges import TYPES, Edge, edges
from graph.episodes import Episode, fold
from graph.hierarchy import Hierarchy, hierarchy_of
from graph.joins import Held, lock, reached, with_partials
from graph.memory import Folded, Memory
from graph.model import ROLES
from graph.rows import DROP, literal, present, run
from graph.store import Store
from graph.threads import VARYING, Ref, Statement, from_properties

FAMILIES = ("Actor", "Weapon", "Instrument")
EPISODE_PROPERTIES = (
    "id", "frame", "predicate", "thread", "status", "since_from", "since", "until_from", "until", "expected", "scope",
    "batch", "measure", "support", "denials", "first_reported", "last_reported", "earliest",
)  # fmt: skip
EPISODE_ROLES = "|".join(role.type for role in ROLES if any(("Episode", family) in role.ends for family in FAMILIES))

LIVE = "c.retired_at IS NULL"
CLAIM_FIELDS = (
    "id", "thread", "predicate", "stage", "phase", "assertion", "published", "date_from", "date_to", "basis", "measure",
    "scope", "batch", "round", "partial", "mode", "extractor",
)  # fmt: skip
CLAIMS = f"""
UNWIND $threads AS thread
MATCH (c:Claim {{{{thread: thread}}}}) WHERE {{counts}}
MATCH (c)<-[:REPORTS]-(a:Article)
RETURN thread, collect([coalesce(a.origin, a.id), coalesce(c.confidence, 1.0),
       {", ".join(f"c.{name}" for name in CLAIM_FIELDS)}]) AS rows
"""
CLAIM_ROLES = f"""
UNWIND $threads AS thread
MATCH (c:Claim {{{{thread: thread}}}})-[r:{"|".join((*VARYING, "SPEAKER", "SPEAKS_FOR"))}]->(e)
WHERE {{counts}}
RETURN thread, collect([c.id, type(r), e.id, labels(e)]) AS rows
"""
OLD_EPISODES = "UNWIND $threads AS thread MATCH (e:Episode {thread: thread}) RETURN properties(e) AS properties"
OLD_ROLES = f"""
UNWIND $threads AS thread
MATCH (e:Episode {{thread: thread}})-[r:{EPISODE_ROLES}]->(n)
RETURN e.id AS episode, type(r) AS type, n.id AS id, labels(n) AS labels
"""
OLD_CLAIMS = """
UNWIND $threads AS thread
MATCH (e:Episode {thread: thread})<-[:ABOUT]-(c:Claim)
RETURN e.id AS episode, c.id AS claim
"""
OLD_EDGES = """
MATCH (a)-[r:{type}]->(b) WHERE r.episode IN $episodes
RETURN a.id AS start, labels(a) AS start_labels, b.id AS end, labels(b) AS end_labels, properties(r) AS properties
"""
DELETE_EPISODES = "UNWIND $ids AS id MATCH (e:Episode {id: id}) DETACH DELETE e"
CREATE_EPISODES = "UNWIND $rows AS row CREATE (e:Episode) SET e = row"
UPDATE_EPISODES = "UNWIND $rows AS row MATCH (e:Episode {id: row.id}) SET e = row"
ADD_ABOUT = """
UNWIND $rows AS row MATCH (c:Claim {id: row.claim}) MATCH (e:Episode {id: row.episode}) CREATE (c)-[:ABOUT]->(e)
"""
DROP_ABOUT = "UNWIND $rows AS row MATCH (:Claim {id: row.claim})-[r:ABOUT]->(:Episode {id: row.episode}) DELETE r"
ADD_ROLE = """
UNWIND $rows AS row MATCH (e:Episode {{id: row.episode}}) MATCH (n:{family} {{id: row.id}}) CREATE (e)-[:{type}]->(n)
"""
DROP_ROLE = """
UNWIND $rows AS row MATCH (:Episode {{id: row.episode}})-[r:{type}]->(n:{family}) WHERE n.id = row.id DELETE r
"""
ADD_EDGE = """
UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}})
CREATE (a)-[:{type} {{{properties}}}]->(b)
"""
UPDATE_EDGES = "MATCH ()-[r:{type}]->() WHERE r.episode IN $episodes SET r = $properties[r.episode]"
DROP_EDGES = "MATCH ()-[r:{type}]->() WHERE r.episode IN $episodes " + DROP
REASONS = "UNWIND $threads AS thread MATCH (c:Claim {thread: thread})-[:BECAUSE_OF]-(:Claim) RETURN count(c) AS count"
DROP_REASONS = f"UNWIND $threads AS thread MATCH (:Episode {{thread: thread}})-[r:BECAUSE_OF]-(:Episode) {DROP}"
AS_REASON = """
WHERE e.id <> f.id AND NOT (d)-[:BECAUSE_OF]->(c)
WITH DISTINCT e, f, coalesce(e.since, e.earliest, '') AS begun,
     CASE WHEN f.since IS NULL THEN f.earliest ELSE f.since_from END AS possible
WHERE begun = '' OR coalesce(possible, '') <= begun OR coalesce(f.earliest, '') <= begun
MERGE (e)-[:BECAUSE_OF]->(f)
"""
"""What is told as the reason is lifted to episodes unless all of it was after the effect had begun, or the claims give
each other as the reason."""
ADD_REASONS = f"""
UNWIND $threads AS thread
MATCH (e:Episode {{thread: thread}})<-[:ABOUT]-(c:Claim)-[:BECAUSE_OF]->(d:Claim)-[:ABOUT]->(f:Episode)
{AS_REASON}"""
ADD_CONSEQUENCES = f"""
UNWIND $threads AS thread
MATCH (f:Episode {{thread: thread}})<-[:ABOUT]-(d:Claim)<-[:BECAUSE_OF]-(c:Claim)-[:ABOUT]->(e:Episode)
{AS_REASON}"""


def may_be_reason(cause: Episode, effect: Episode) -> bool:
    """Whether what is told as the reason can have been before the effect had begun, as `AS_REASON` has it."""
    begun = effect.since or effect.earliest
    possible = cause.earliest if cause.since is None else cause.since_from or ""
    return not begun or min(possible, cause.earliest) <= begun


Read = Callable[..., Iterable[Any]]
"""Runs Cypher with parameters and gives its records: `Store.read`, or `run` of a transaction."""


class _Role(NamedTuple):
    episode: str
    type: str
    node: Ref


class _State(NamedTuple):
    """Some episodes as the graph holds them."""

    episodes: dict[str, dict[str, Any]]
    roles: set[_Role]
    claims: set[tuple[str, str]]
    edges: list[Edge]


def refold_found(store: Store, cypher: str, note: Callable[[Held], Held] = lambda held: held, **given: Any) -> None:
    """Folds the threads anew that a query finds, page by page.

    Args:
        store: the graph.
        cypher: gives keys of threads after `$after` as `thread`, in their order.
        note: what the lock of such a thread is to be taken for.
        given: further parameters of the query.
    """
    after = ""
    while threads := [row["thread"] for row in store.read(cypher, after=after, **given)]:
        store.write(partial(_refold_page, store=store, threads=threads, note=note))
        after = threads[-1]


def _refold_page(
    transaction: ManagedTransaction, store: Store, threads: list[str], note: Callable[[Held], Held]
) -> None:
    kinds = hierarchy_of(store, transaction.run)
    held = lock(transaction, with_partials(threads, kinds))
    refold(transaction, threads, held | {key: note(held[key]) for key in threads}, {}, kinds, Memory())


def refold(
    transaction: ManagedTransaction,
    threads: Iterable[str],
    held: Mapping[str, Held],
    added: Mapping[str, Sequence[Statement]],
    kinds: Hierarchy,
    memory: Memory,
) -> dict[str, Folded]:
    """Folds the live claims of these threads, and of those that they may win from or lose to; writes what changed.

    Args:
        transaction: holds the locks of the threads and of the partial threads beside them.
        threads: keys of the threads whose claims have changed.
        held: the locks held.
        added: the new live claims of those of them whose other claims are as they were before this transaction.
        kinds: families and classes of weapons.
        memory: knows threads, which are then not read again.

    Returns:
        What the memory may keep of threads once the transaction is committed.
    """
    touched = sorted(set(threads))
    if not touched:
        return {}
    recalled = memory.recall(held)
    told: dict[str, Sequence[Statement]] = {}
    for key in touched:
        if key in added and (held[key].new or key in recalled):
            told[key] = [*(recalled[key].statements if key in recalled else ()), *added[key]]
    told |= _read(transaction, set(touched) - told.keys())
    reach, held = reached(transaction, touched, {key for key in told if told[key]}, held, kinds)
    recalled = memory.recall(held)
    told |= {key: recalled[key].statements for key in reach.read & recalled.keys() - told.keys()}
    told |= _read(transaction, reach.read - told.keys())

    statements = [statement for some in told.values() for statement in some]
    folded: dict[str, list[Episode]] = {key: [] for key in reach.threads}
    for episode in fold(statements, reach.homes, kinds):
        if episode.thread in folded:
            folded[episode.thread].append(episode)
    old = sorted(key for key in reach.threads if not (held[key].new and key in added))
    _write(transaction, old, {key: recalled[key].episodes for key in reach.threads & recalled.keys()}, folded)
    run(transaction, DROP_REASONS, threads=old)
    if any(row["count"] for row in transaction.run(REASONS, threads=sorted(reach.read))):
        run(transaction, ADD_REASONS, threads=sorted(reach.threads))
        run(transaction, ADD_CONSEQUENCES, threads=sorted(reach.threads))
    return {key: Folded(held[key].turn, told[key], folded[key]) for key in reach.threads}


def _read(transaction: ManagedTransaction, threads: Iterable[str]) -> dict[str, list[Statement]]:
    """The live claims by thread."""
    found: dict[str, list[Statement]] = {key: [] for key in sorted(threads)}
    for statement in live_statements(transaction.run, list(found)):
        found[statement.thread].append(statement)
    return found


def live_statements(read: Read, threads: list[str], counts: str = LIVE, **given: Any) -> list[Statement]:
    """The live claims of these threads, as folding sees them.

    Args:
        read: runs Cypher.
        threads: keys of the threads.
        counts: another condition in Cypher on claims `c`.
        given: the parameters of that condition.
    """
    if not threads:
        return []
    roles: dict[str, dict[str, Ref]] = defaultdict(dict)
    for claim, kind, id, labels in _collected(read, CLAIM_ROLES, threads, counts, given):
        roles[claim][kind] = _ref(id, labels)
    statements = []
    for origin, sure, *values in _collected(read, CLAIMS, threads, counts, given):
        row = dict(zip(CLAIM_FIELDS, values, strict=True), confidence=sure)
        told = roles.get(row["id"], {})
        by = told.get("SPEAKS_FOR") or told.get("SPEAKER")
        varying = {kind: ref for kind, ref in told.items() if kind in VARYING}
        statements.append(from_properties(row, origin, varying, by.id if by else None))
    return statements


def _collected(
    read: Read, cypher: str, threads: list[str], counts: str, given: Mapping[str, Any]
) -> Iterator[list[Any]]:
    """The items of all `rows`: the driver takes longer for a record of its own than for a list in one."""
    for record in read(cypher.format(counts=counts), threads=threads, **given):
        yield from record["rows"]


def _ref(id: str, labels: list[str]) -> Ref:
    return Ref(id, next(family for family in FAMILIES if family in labels))


def _write(
    transaction: ManagedTransaction,
    old: Iterable[str],
    recalled: Mapping[str, Sequence[Episode]],
    folded: Mapping[str, Sequence[Episode]],
) -> None:
    """Writes what has changed of the episodes of some threads, and of their plain edges.

    Args:
        transaction: holds the locks of the threads.
        old: keys of those of them that the graph may know.
        recalled: the episodes that it holds, by thread, as far as they need not be read.
        folded: the episodes that it is to hold, by thread.
    """
    known = {episode.id: episode for some in recalled.values() for episode in some}
    wanted = {episode.id: episode for some in folded.values() for episode in some}
    same = {id for id, episode in known.items() if wanted.get(id) == episode}
    before = _state(episode for id, episode in known.items() if id not in same)
    stored = _stored(transaction, [key for key in old if key not in recalled])
    before = _State(
        before.episodes | stored.episodes, before.roles | stored.roles, before.claims | stored.claims,
        before.edges + stored.edges,
    )  # fmt: skip
    after = _state(episode for id, episode in wanted.items() if id not in same)
    _write_episodes(transaction, before, after)
    _write_edges(transaction, before.edges, after.edges)


def _state(episodes: Iterable[Episode]) -> _State:
    """These episodes as the graph is to hold them."""
    some = list(episodes)
    return _State(
        {episode.id: episode_properties(episode) for episode in some},
        {_Role(e.id, kind, ref) for e in some for kind, refs in e.roles.items() for ref in refs},
        {(episode.id, claim) for episode in some for claim in episode.claims},
        [edge for episode in some for edge in edges(episode)],
    )


def _stored(transaction: ManagedTransaction, threads: list[str]) -> _State:
    """The episodes that the graph holds of these threads."""
    if not threads:
        return _State({}, set(), set(), [])
    episodes = [row["properties"] for row in transaction.run(OLD_EPISODES, threads=threads)]
    roles = transaction.run(OLD_ROLES, threads=threads)
    claims = transaction.run(OLD_CLAIMS, threads=threads)
    return _State(
        {properties["id"]: properties for properties in episodes},
        {_Role(row["episode"], row["type"], _ref(row["id"], row["labels"])) for row in roles},
        {(row["episode"], row["claim"]) for row in claims},
        _stored_edges(transaction, episodes),
    )


def episode_properties(episode: Episode) -> dict[str, Any]:
    """Properties of the episode's node."""
    return present({name: getattr(episode, name) for name in EPISODE_PROPERTIES})


def _write_episodes(transaction: ManagedTransaction, before: _State, after: _State) -> None:
    rows = after.episodes
    gone = sorted(before.episodes.keys() - rows.keys())
    run(transaction, DELETE_EPISODES, ids=gone)
    run(transaction, CREATE_EPISODES, rows=[rows[id] for id in rows if id not in before.episodes])
    changed = [row for id, row in rows.items() if id in before.episodes and before.episodes[id] != row]
    run(transaction, UPDATE_EPISODES, rows=changed)

    lost = {pair for pair in before.claims - after.claims if pair[0] in rows}
    run(transaction, DROP_ABOUT, rows=[{"episode": episode, "claim": claim} for episode, claim in sorted(lost)])
    new = sorted(after.claims - before.claims)
    run(transaction, ADD_ABOUT, rows=[{"episode": episode, "claim": claim} for episode, claim in new])

    for template, changes in ((DROP_ROLE, before.roles - after.roles), (ADD_ROLE, after.roles - before.roles)):
        grouped: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        for role in sorted(changes):
            if role.episode in rows:
                grouped[role.type, role.node.family].append({"episode": role.episode, "id": role.node.id})
        for (kind, family), parameters in sorted(grouped.items()):
            run(transaction, template.format(type=kind, family=family), rows=parameters)


def _write_edges(transaction: ManagedTransaction, stored: Iterable[Edge], folded: Iterable[Edge]) -> None:
    """Writes the plain edges that differ from the stored ones.

    Stored edges are found by their episode: a search between their ends would read all that ever went on between two
    great powers.
    """
    wanted, known = _by_kind(folded), _by_kind(stored)
    updated: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    dropped: dict[str, list[str]] = defaultdict(list)
    added: list[Edge] = []
    before: list[Edge] = []
    after: list[Edge] = []
    for key in sorted(wanted.keys() | known.keys()):
        (kind, episode), old, new = key, known.get(key, []), wanted.get(key, [])
        if old == new:
            continue
        before += old
        after += new
        if len(old) == len(new) == 1 and (old[0].start, old[0].end) == (new[0].start, new[0].end):
            updated[kind][episode] = dict(new[0].properties)
            continue
        if old:
            dropped[kind].append(episode)
        added += new
    for kind, properties in updated.items():
        run(transaction, UPDATE_EDGES.format(type=kind), episodes=sorted(properties), properties=properties)
    for kind, ids in dropped.items():
        run(transaction, DROP_EDGES.format(type=kind), episodes=ids)
    _add(transaction, added)
    spokes.write(transaction, before, after)


def _by_kind(found: Iterable[Edge]) -> dict[tuple[str, str], list[Edge]]:
    """By type and episode; sorted where an episode has several of a type, as of what is alleged."""
    grouped: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in sorted(found, key=_edge_key):
        grouped[edge.type, edge.properties["episode"]].append(edge)
    return grouped


def _edge_key(edge: Edge) -> tuple[str, Ref, Ref, str, str]:
    return (edge.type, edge.start, edge.end, edge.properties["episode"], edge.properties.get("predicate", ""))


def _stored_edges(transaction: ManagedTransaction, episodes: Iterable[Mapping[str, Any]]) -> list[Edge]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for properties in episodes:
        for kind in TYPES.get(properties["frame"], ()):
            grouped[kind].append(properties["id"])
    return [
        Edge(kind, _ref(row["start"], row["start_labels"]), _ref(row["end"], row["end_labels"]), row["properties"])
        for kind, ids in sorted(grouped.items())
        for row in transaction.run(OLD_EDGES.format(type=kind), episodes=ids)
    ]


def _add(transaction: ManagedTransaction, added: Iterable[Edge]) -> None:
    grouped: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for edge in added:
        row = {"start": edge.start.id, "end": edge.end.id, "properties": dict(edge.properties)}
        grouped[edge.type, edge.start.family, edge.end.family].append(row)
    for (kind, source, target), rows in sorted(grouped.items()):
        statement = ADD_EDGE.format(type=kind, start=source, end=target, properties=literal(kind, "row.properties"))
        run(transaction, statement, rows=rows)
