"""What changed between two moments: the episodes before, the episodes after, and what differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.edges import edges
from graph.episodes import Episode
from graph.hierarchy import hierarchy_of
from graph.known import as_known, as_of
from graph.model import ROLES
from graph.partial import may_join, partials
from graph.store import Store

Rows = list[dict[str, Any]]
END_OF_TIME = "9999-12-31"
CLOSED = ("ended", "cancelled", "dropped")
ERASED = """
MATCH (a:Article) WHERE a.erased = true AND a.retired_at >= $since AND a.retired_at < $until
RETURN a.id AS id, a.retired_at AS time ORDER BY time, id
"""
RUNS = """
MATCH (r:Run) WHERE r.id = $run OR ($run IS NULL AND r.began >= $since AND r.began < $until)
RETURN r.id AS id, r.kind AS kind, r.began AS began, r.ended AS ended, r.summary AS summary
"""
REJECTS = """
MATCH (r:Reject) WHERE r.run IN $runs
RETURN r.file AS file, r.line AS line, r.reason AS reason, r.remedy AS remedy, r.source_id AS source_id ORDER BY r.id
"""
PARTS = [role.type for role in ROLES if {("Episode", "Actor"), ("Episode", "Weapon")} & set(role.ends)]
TELLS_OF = f"""
UNWIND $near AS pair
MATCH (c:Claim {{thread: pair[1]}})-[:{"|".join(PARTS)}]->(n)
WHERE n.id IN $watched
RETURN DISTINCT pair[0] AS thread
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """One episode before and after; None where there was none."""

    before: Episode | None
    after: Episode | None

    @property
    def shown(self) -> Episode:
        """The episode as it is, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


def changes(rows: Rows, values: Mapping[str, Any], store: Store) -> Rows:
    """One row a change of an episode, from the claims that came or went in the period.

    Args:
        rows: those claims, with `claim`, `thread`, `time`, `retired_why`, `reread`, `article` and `url`.
        values: the query's parameters.
        store: the graph.
    """
    told = {row["claim"]: row for row in rows}
    watched = {id for name in ("actors", "weapons") for id in (values[name] or "").split(",") if id}
    threads = {row["thread"] for row in rows}
    found = []
    for pair in pairs(store, sorted(_watched(store, threads, watched) if watched else threads), values):
        if watched and watched.isdisjoint(ref.id for refs in pair.shown.roles.values() for ref in refs):
            continue
        before, after = (set(one.claims) if one else set() for one in (pair.before, pair.after))
        moved = [told[claim] for claim in sorted(before ^ after) if claim in told]
        found += [_row(pair, change, moved) for change in _differences(pair) if moved or change[0] == "renamed"]
    if values["by"] == "loaded" and not watched:
        found += _erased(store, values)
    return sorted(found, key=lambda row: (row["time"] or "", row["episode"] or "", row["kind"]))


def _watched(store: Store, threads: Iterable[str], watched: set[str]) -> set[str]:
    """Those of these threads that can tell of one of the watched: by a claim of theirs, or of one that may join them.

    What may join another is among them in any case, so that what has moved between two threads is seen in both.
    """
    kinds = hierarchy_of(store, store.read)
    kept = {thread for thread in threads if may_join(thread, kinds)}
    near = [[thread, key] for thread in set(threads) - kept for key in (thread, *partials(thread, kinds))]
    return kept | {row["thread"] for row in store.read(TELLS_OF, near=near, watched=sorted(watched))}


def reload(ask: Callable[..., Rows], values: Mapping[str, Any], store: Store) -> Rows:
    """What a load changed: one row a run, a piece of input that it rejected, a claim, an episode or an edge.

    Args:
        ask: runs the query's Cypher: the claims looked at, with `claim`, `thread`, `change`, `why`, `article`, and
            `since`: where the period begins. It takes `since` and `until`, which a run gives.
        values: the query's parameters.
        store: the graph.
    """
    runs = store.read(RUNS, run=values["run"], since=values["since"], until=values["until"] or END_OF_TIME)
    period = {name: values[name] for name in ("since", "until")}
    if values["run"]:
        period = {"since": runs[0]["began"], "until": runs[0]["ended"]}
    events = [_event("run", row["kind"], row["id"], row["began"], row["ended"], row["summary"]) for row in runs]
    for row in store.read(REJECTS, runs=[row["id"] for row in runs]):
        place = f"{row['file']}:{row['line']}" if row["line"] else row["file"]
        events.append(
            _event("reject", "rejected", place, None, None, f"{row['reason']}; {row['remedy']}", row["source_id"])
        )
    claims = ask(**period)
    events += [_event("claim", row["change"], row["claim"], None, None, row["why"], row["article"]) for row in claims]
    if claims:
        touched = sorted({row["thread"] for row in claims if row["change"] != "unchanged"})
        loaded = {**values, **period, "by": "loaded", "since": claims[0]["since"]}
        found = pairs(store, touched, loaded)
        events += [_event("episode", *change) for pair in found for change in _fates(pair)]
        events += [_event("edge", *change) for pair in found for change in _lines(pair)]
    order = ("run", "reject", "claim", "episode", "edge")
    return sorted(events, key=lambda row: (order.index(row["what"]), row["change"], row["id"]))


def pairs(store: Store, threads: list[str], values: Mapping[str, Any]) -> list[Pair]:
    """The episodes of these threads before and after the period, paired by the largest overlap of claims, then by id.

    Args:
        store: the graph.
        threads: keys of the threads.
        values: `since` and `until`, and `by`: `published` (days, both in it) or `loaded` (moments, the last not in it).
    """
    since, until = values["since"], values["until"] or END_OF_TIME
    if values["by"] == "loaded":
        old, new = (as_of(store, threads, as_recorded=moment).episodes for moment in (since, until))
    else:
        eve = (date.fromisoformat(since[:10]) - timedelta(1)).isoformat()
        old, new = (known.episodes for known in as_known(store, threads, [eve, until[:10]]))
    of_old, of_new = {one.id: one for one in old}, {one.id: one for one in new}
    holding: dict[str, list[str]] = defaultdict(list)
    for id, episode in of_new.items():
        for claim in set(episode.claims):
            holding[claim].append(id)
    shared = Counter({(id, id): 0 for id in of_old.keys() & of_new.keys()})
    shared.update((id, other) for id, one in of_old.items() for claim in set(one.claims) for other in holding[claim])
    overlaps = sorted((-claims, id != other, id, other) for (id, other), claims in shared.items())
    found = []
    for _, _, id, other in overlaps:
        if id in of_old and other in of_new:
            found.append(Pair(of_old.pop(id), of_new.pop(other)))
    found += [Pair(one, None) for one in of_old.values()] + [Pair(None, two) for two in of_new.values()]
    return sorted(found, key=lambda pair: pair.shown.id)


def _differences(pair: Pair) -> Iterable[tuple[str, str | None, str | None]]:
    """Kind of change, before and after."""
    old, new = pair.before, pair.after
    if new is None:
        yield "retracted", old.status if old else None, None
        return
    if old is None:
        yield "new", None, new.status
        return
    if old.id != new.id:
        yield "renamed", old.id, new.id
    if old.status != new.status:
        yield "lifted" if new.status in CLOSED else "changed", old.status, new.status
    elif (old.since, old.until) != (new.since, new.until):
        yield "changed", _span(old), _span(new)
    if old.denials != new.denials:
        yield "contradicted" if new.denials > old.denials else "changed", _denials(old), _denials(new)
    if old.support != new.support and old.status == new.status:
        kind = "confirmed" if new.support > old.support else "retracted"
        yield kind, _sources(old), _sources(new)


def _span(episode: Episode) -> str:
    return f"{episode.since or 'unknown'} to {episode.until or 'open'}"


def _denials(episode: Episode) -> str:
    return f"denied by {episode.denials}"


def _sources(episode: Episode) -> str:
    return f"told by {episode.support}"


def _row(pair: Pair, change: tuple[str, str | None, str | None], moved: Rows) -> dict[str, Any]:
    kind, before, after = change
    episode = pair.shown
    first = min(moved, key=lambda row: (row["time"] or "9999", row["claim"]), default=None)
    why = sorted({row["retired_why"] or ("rereading" if row["reread"] else "news") for row in moved})
    return {
        "time": first["time"] if first else None,
        "kind": kind,
        "episode": episode.id,
        "frame": episode.frame,
        "parties": sorted({ref.id for refs in episode.roles.values() for ref in refs}),
        "before": before,
        "after": after,
        "why": why,
        "article": first["article"] if first else None,
        "url": first["url"] if first else None,
        "support": episode.support,
        "first_reported": episode.first_reported,
        "last_reported": episode.last_reported,
        "claims": sorted(row["claim"] for row in moved),
    }


def _erased(store: Store, values: Mapping[str, Any]) -> Rows:
    """Articles of which nothing is kept, so that nobody can tell what they told."""
    rows = store.read(ERASED, since=values["since"], until=values["until"] or END_OF_TIME)
    empty: dict[str, Any] = {"episode": None, "frame": None, "parties": [], "before": None, "after": None, "url": None,
             "support": None, "first_reported": None, "last_reported": None, "claims": []}  # fmt: skip
    return [empty | {"time": row["time"], "kind": "retracted", "why": ["erased"], "article": row["id"]} for row in rows]


def _fates(pair: Pair) -> Iterable[tuple[str, str, str | None, str | None]]:
    """Whether an episode was gained, lost or renamed, or stands elsewhere now."""
    old, new = pair.before, pair.after
    if old is None or new is None:
        yield (
            ("gained" if old is None else "lost"),
            pair.shown.id,
            old.status if old else None,
            new.status if new else None,
        )
        return
    if old.id != new.id:
        yield "renamed", new.id, old.id, new.id
    if old.status != new.status:
        yield "changed", new.id, old.status, new.status


def _lines(pair: Pair) -> Iterable[tuple[str, str, str | None, str | None]]:
    """Plain edges gained and lost; a new name of the episode alone is neither."""
    old, new = (
        {f"({edge.start.id})-[{edge.type}]->({edge.end.id})" for edge in edges(one)} if one else set()
        for one in (pair.before, pair.after)
    )
    for edge in sorted(old - new):
        yield "lost", edge, pair.before.id if pair.before else None, None
    for edge in sorted(new - old):
        yield "gained", edge, None, pair.after.id if pair.after else None


def _event(
    what: str,
    change: str,
    id: str,
    before: str | None,
    after: str | None,
    why: str | None = None,
    article: str | None = None,
) -> dict[str, Any]:
    told = {"what": what, "change": change, "id": id, "before": before, "after": after}
    return told | {"why": why, "article": article}
