"""The episodes as they were: as one could know them on a day, or as this graph held them at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.episodes import Episode, fold
from graph.hierarchy import Hierarchy, hierarchy_of
from graph.joins import REMEMBERED
from graph.partial import may_join, only_home, partials
from graph.refold import LIVE, live_statements
from graph.store import Store
from graph.threads import Statement

REPORTED = """
UNWIND $threads AS thread
MATCH (c:Claim {{thread: thread}}) WHERE {counts}
RETURN thread, coalesce(min(substring(c.published, 0, 10)), $never) AS first,
       sum(CASE WHEN c.published IS NULL THEN 1 ELSE 0 END) AS undated
"""
NEVER = "9999-99-99"
"""After every day."""
PUBLISHED = "substring(c.published, 0, 10) <= $day"
RECORDED = (
    "c.recorded_at < $moment AND (c.retired_at IS NULL OR c.retired_at >= $moment) AND (c.revived_at IS NULL OR "
    "size([at IN c.lapsed_at WHERE at < $moment]) = size([at IN c.revived_at WHERE at < $moment]))"
)


@dataclass(frozen=True, slots=True)
class Known:
    """The episodes as they were known on a day, or recorded at a moment."""

    episodes: list[Episode]
    undated: int = 0
    """Claims of the threads asked for that were left out because nobody knows when they were published."""


def as_of(
    store: Store, threads: Iterable[str], *, known_on: str | None = None, as_recorded: str | None = None
) -> Known:
    """The episodes of some threads, folded anew from the claims that count.

    Claims of a partial thread join the full thread that was the only one to fit by then, so that threads beside those
    asked for are looked at as well; where such a one takes in what was asked for, its episodes are given too. Origins
    of articles, and the catalogue, are those of now.

    Args:
        store: the graph.
        threads: keys of the threads.
        known_on: ISO 8601 day; only claims published by then count.
        as_recorded: ISO 8601 date and time in UTC with seconds and offset, as `recorded_at` is written; only claims
            recorded before it and not yet retired count, else those that are live.
    """
    if known_on is not None:
        return as_known(store, threads, [known_on], as_recorded)[0]
    counts = RECORDED if as_recorded else LIVE
    near = _near(store, threads, NEVER, _Reported(store, counts, as_recorded))
    return Known(near.fold(live_statements(store.read, sorted(near.read), counts, moment=as_recorded)))


def as_known(store: Store, threads: Iterable[str], days: Sequence[str], as_recorded: str | None = None) -> list[Known]:
    """What `as_of` gives for each of these days; the claims are read once."""
    asked, counts = sorted(set(threads)), RECORDED if as_recorded else LIVE
    reported = _Reported(store, counts, as_recorded)
    near = [_near(store, asked, day, reported) for day in days]
    read = sorted(set[str]().union(*(one.read for one in near)))
    published = f"{counts} AND {PUBLISHED}"
    statements = live_statements(store.read, read, published, moment=as_recorded, day=max(days))
    found = []
    for one, day in zip(near, days, strict=True):
        known = [s for s in statements if s.thread in one.read and s.published and s.published <= day]
        found.append(Known(one.fold(known), one.undated))
    return found


class _Told(NamedTuple):
    """What is told of a thread by the claims that count."""

    first: str
    """Day of the first report; NEVER where nobody knows when any was."""
    undated: int
    """Claims of which nobody knows when they were published."""


class _Reported(dict[str, _Told]):
    """What is told of threads, each read once; those without claims are left out."""

    def __init__(self, store: Store, counts: str, moment: str | None) -> None:
        """Nothing is read yet.

        Args:
            store: the graph.
            counts: condition in Cypher on claims that are looked at.
            moment: the moment of that condition.
        """
        super().__init__()
        self._store, self._counts, self._moment = store, counts, moment
        self._read: set[str] = set()

    def look(self, threads: set[str]) -> None:
        """Reads of those of them that have not been read."""
        missing = sorted(threads - self._read)
        self._read.update(missing)
        cypher = REPORTED.format(counts=self._counts)
        for row in self._store.read(cypher, threads=missing, moment=self._moment, never=NEVER) if missing else []:
            self[row["thread"]] = _Told(row["first"], row["undated"])

    def by(self, thread: str, day: str) -> bool:
        """Whether anything was reported of a thread by a day."""
        return thread in self and self[thread].first <= day


@dataclass(frozen=True, slots=True)
class _Near:
    """What some threads are folded from."""

    read: set[str]
    """Keys of the threads whose claims are needed."""
    homes: Mapping[str, str]
    kinds: Hierarchy
    kept: set[str]
    undated: int

    def fold(self, statements: Iterable[Statement]) -> list[Episode]:
        return [episode for episode in fold(statements, self.homes, self.kinds) if episode.thread in self.kept]


def _near(store: Store, threads: Iterable[str], day: str, reported: _Reported) -> _Near:
    """These threads and those whose claims may be theirs.

    Args:
        store: the graph.
        threads: keys of the threads.
        day: a thread is told by what was published by then.
        reported: what is told of threads; is read where it is needed.
    """
    asked = set(threads)
    kinds = hierarchy_of(store, store.read)
    homes: dict[str, str] = {}

    def look(keys: set[str]) -> set[str]:
        """Finds the homes of those that may join and of those that may join them; gives what these threads join."""
        near = {key for thread in keys for key in (*partials(thread, kinds), thread) if may_join(key, kinds)}
        rows = store.read(REMEMBERED, ids=sorted(near)) if near else []
        fits = {row["id"]: [full for full in row["fits"] or [] if row["id"] in partials(full, kinds)]
                for row in rows if row["told"]}  # fmt: skip
        reported.look(keys.union(fits, *fits.values()))
        for partial, full in fits.items():
            told = [thread for thread in full if reported.by(thread, day)]
            if reported.by(partial, day) and (home := only_home(told, kinds)):
                homes[partial] = home
        return {homes[key] for key in keys if key in homes}

    hosts = look(asked)
    kept = asked | hosts | (look(hosts) if hosts else set())
    wanted = kept | {partial for partial, home in homes.items() if home in kept}
    read = {key for key in wanted if reported.by(key, day)}
    return _Near(read, homes, kinds, kept, sum(reported[thread].undated for thread in asked if thread in reported))
