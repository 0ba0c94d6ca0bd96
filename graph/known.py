"""What one could have known on a day: the episodes, folded from what was published by then alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.episodes import Episode, fold
from graph.joins import REMEMBERED
from graph.partial import is_partial, partials
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
    near = {partial for thread in asked for partial in (*partials(thread), thread) if is_partial(partial)}
    rows = store.read(REMEMBERED, ids=sorted(near)) if near else []
    fitting = {row["id"]: set(row["fits"] or []) for row in rows if row["told"]}
    candidates = sorted(asked.union(fitting, *fitting.values()))
    counts = store.read(REPORTED, threads=candidates, day=day)
    reported = {row["thread"] for row in counts if row["known"]}
    rivals = {partial: full & reported for partial, full in fitting.items() if partial in reported}
    homes = {partial: next(iter(full)) for partial, full in rivals.items() if len(full) == 1}
    kept = asked | {home for partial, home in homes.items() if partial in asked}
    told = live_statements(store.read, sorted((kept | homes.keys()) & reported))
    known = [statement for statement in told if statement.published is not None and statement.published <= day]
    undated = sum(row["undated"] for row in counts if row["thread"] in asked)
    return Known([episode for episode in fold(known, homes) if episode.thread in kept], undated)
