"""What one could have known on a day: the episodes, folded from what was published by then alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.episodes import Episode, fold
from graph.hierarchy import hierarchy_of
from graph.joins import REMEMBERED
from graph.partial import may_join, partials
from graph.refold import live_statements
from graph.store import Store

REPORTED = """
UNWIND $threads AS thread
MATCH (c:Claim {thread: thread}) WHERE c.retired_at IS NULL
RETURN thread, sum(CASE WHEN substring(c.published, 0, 10) <= $day THEN 1 ELSE 0 END) AS known,
       sum(CASE WHEN c.published IS NULL THEN 1 ELSE 0 END) AS undated
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The episodes as they were known on a day."""

    episodes: list[Episode]
    undated: int
    """Live claims of the threads asked for that were left out because nobody knows when they were published."""


def known_by(store: Store, threads: Iterable[str], day: str) -> Known:
    """The episodes of some threads, folded from the claims that were published by a day.

    Claims of a partial thread join the full thread that was the only one to fit by then, so that threads beside those
    asked for are looked at as well; where such a one takes in what was asked for, its episodes are given too.

    Args:
        store: the graph.
        threads: keys of the threads.
        day: ISO 8601; what was published on that day was known.
    """
    asked = set(threads)
    kinds = hierarchy_of(store, store.read)
    reported: dict[str, bool] = {}
    undated: dict[str, int] = {}
    homes: dict[str, str] = {}

    def look(keys: set[str]) -> set[str]:
        """Finds the homes of those that may join and of those that may join them; gives what these threads join."""
        near = {key for thread in keys for key in (*partials(thread, kinds), thread) if may_join(key, kinds)}
        rows = store.read(REMEMBERED, ids=sorted(near)) if near else []
        fits = {row["id"]: [full for full in row["fits"] or [] if row["id"] in partials(full, kinds)]
                for row in rows if row["told"]}  # fmt: skip
        for row in store.read(REPORTED, threads=sorted(keys.union(fits, *fits.values())), day=day):
            reported[row["thread"]], undated[row["thread"]] = row["known"] > 0, row["undated"]
        for partial, full in fits.items():
            known = [thread for thread in full if reported.get(thread)]
            if reported.get(partial) and len(known) == 1:
                homes[partial] = known[0]
        return {homes[key] for key in keys if key in homes}

    hosts = look(asked)
    kept = asked | hosts | (look(hosts) if hosts else set())
    wanted = kept | {partial for partial, home in homes.items() if home in kept}
    told = live_statements(store.read, sorted(key for key in wanted if reported.get(key)))
    known = [statement for statement in told if statement.published is not None and statement.published <= day]
    episodes = [episode for episode in fold(known, homes, kinds) if episode.thread in kept]
    return Known(episodes, sum(undated.get(thread, 0) for thread in asked))
