"""Which threads have to be folded anew beside those that a write touches, as far as only the graph can tell.

The lock of a partial thread remembers whether it ever had claims (`told`), and every full thread that fits and ever had
some (`fits`), so that no search over the threads of an actor is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from graph.hierarchy import Hierarchy
from graph.partial import Reach, is_settled, is_wide, may_join, partials, reach
from graph.rows import rows, run

LOCK = """
UNWIND $ids AS id MERGE (l:Lock {id: id}) ON CREATE SET l.turn = 0 ON MATCH SET l.turn = l.turn + 1
RETURN collect({id: id, turn: l.turn, told: l.told, fits: l.fits}) AS rows
"""
REMEMBERED = """
UNWIND $ids AS id MATCH (l:Lock {id: id}) RETURN l.id AS id, l.turn AS turn, l.told AS told, l.fits AS fits
"""
REMEMBER = "UNWIND $rows AS row MATCH (l:Lock {id: row.id}) SET l.told = row.told, l.fits = row.fits"
WITH_EPISODES = "UNWIND $threads AS thread MATCH (e:Episode {thread: thread}) RETURN DISTINCT thread"
WITH_CLAIMS = """
UNWIND $threads AS thread MATCH (c:Claim {thread: thread}) WHERE c.retired_at IS NULL RETURN DISTINCT thread
"""
FEW = 3
"""So many of the full threads that fit are looked at first: most often two of them have claims, and that is enough."""


class Held(NamedTuple):
    """A lock that is held, and what it remembers."""

    turn: int
    """How many have held it before."""
    told: bool
    """Of a thread that may join another: whether it ever had claims."""
    fits: frozenset[str]
    """Of such a thread: every full thread that fits and ever had claims."""

    @property
    def new(self) -> bool:
        """Whether nobody had ever held it."""
        return self.turn == 0


def lock(transaction: ManagedTransaction, keys: Iterable[str]) -> dict[str, Held]:
    """Takes the locks, in the order of their keys, and holds them to the end of the transaction."""
    return {row["id"]: _held(row) for row in rows(transaction, LOCK, ids=sorted(keys))}


def _held(row: Mapping[str, Any]) -> Held:
    return Held(row["turn"], bool(row["told"]), frozenset(row["fits"] or []))


def notes(threads: Collection[str], kinds: Hierarchy) -> Iterator[tuple[str, bool, list[str]]]:
    """What the locks remember once these threads, and no others, have had claims.

    Args:
        threads: keys of all of them.
        kinds: families and classes of weapons.

    Yields:
        The key of each lock with `told` and `fits` of `Held`.
    """
    fits: dict[str, list[str]] = defaultdict(list)
    for thread in threads:
        for partial in partials(thread, kinds):
            fits[partial].append(thread)
    for key in sorted({*threads, *fits}):
        yield key, key in threads and may_join(key, kinds), sorted(fits.get(key, ()))


def with_partials(keys: Iterable[str], kinds: Hierarchy) -> set[str]:
    """What to lock for these keys: also the partial threads beside them, whose claims may come or go."""
    return {locked for key in keys for locked in (key, *partials(key, kinds))}


def reached(
    transaction: ManagedTransaction,
    touched: Collection[str],
    live: Collection[str],
    held: Mapping[str, Held],
    kinds: Hierarchy,
) -> tuple[Reach, Mapping[str, Held]]:
    """What has to be folded anew after a write, and all locks now held; takes those that are still missing.

    Args:
        transaction: has written the claims, and holds the locks of the touched threads `with_partials`.
        touched: keys of the threads whose claims have changed.
        live: those of them that have claims now.
        held: the locks held.
        kinds: families and classes of weapons.
    """
    notes = dict(held) | _remember(transaction, touched, held, kinds)

    def rivals(wanted: set[str], known: Collection[str]) -> Mapping[str, set[str]]:
        unheld = sorted(wanted - notes.keys())
        found = transaction.run(REMEMBERED, ids=unheld).data() if unheld else []
        seen = {row["id"]: _held(row) for row in found}
        seen |= {id: notes[id] for id in wanted & notes.keys()}
        others = {
            id: sorted(
                (thread for thread in note.fits - set(known) if id in partials(thread, kinds)),
                key=lambda thread: (is_wide(thread, kinds), thread),
            )
            for id, note in sorted(seen.items())
            if note.told
        }
        fitting = _with_claims(transaction, {id: threads[:FEW] for id, threads in others.items()}, kinds)
        rest = {id: threads[FEW:] for id, threads in others.items() if not is_settled(id, fitting[id], kinds)}
        for id, threads in _with_claims(transaction, rest, kinds).items():
            fitting[id] |= threads
        return fitting

    def hold(threads: set[str]) -> None:
        if missing := threads - notes.keys():
            notes.update(lock(transaction, missing))

    return reach(touched, live, rivals, hold, kinds), notes


def _remember(
    transaction: ManagedTransaction, touched: Collection[str], held: Mapping[str, Held], kinds: Hierarchy
) -> dict[str, Held]:
    """Notes threads that are touched for the first time; returns the locks that remember more now."""
    fits: dict[str, set[str]] = defaultdict(set)
    for thread in touched:
        if held[thread].new:
            for partial in partials(thread, kinds):
                fits[partial].add(thread)
    told = {thread for thread in touched if may_join(thread, kinds)}
    changed: dict[str, Held] = {}
    for key in fits.keys() | told:
        old = held[key]
        note = Held(old.turn, old.told or key in told, old.fits | fits[key])
        if note != old:
            changed[key] = note
    wanted = [{"id": key, "told": note.told, "fits": sorted(note.fits)} for key, note in sorted(changed.items())]
    run(transaction, REMEMBER, rows=wanted)
    return changed


def _with_claims(
    transaction: ManagedTransaction, threads: Mapping[str, Collection[str]], kinds: Hierarchy
) -> dict[str, set[str]]:
    """Those of the threads that have live claims; none of them is touched by this transaction.

    Such a thread has episodes, unless it is that of a family or class and all its claims have joined another.
    """
    wanted = {thread for some in threads.values() for thread in some}
    wide = {thread for thread in wanted if is_wide(thread, kinds)}
    found: set[str] = set()
    for query, some in ((WITH_EPISODES, wanted - wide), (WITH_CLAIMS, wide)):
        found |= {row["thread"] for row in transaction.run(query, threads=sorted(some))} if some else set()
    return {id: found & set(some) for id, some in threads.items()}
