"""What a query does with its rows where Cypher does not reach; its header names the step under `then`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graph.store import Store
from queries.alleged import alleged
from queries.changes import changes, reload
from queries.disputes import disputes
from queries.drawn import deals_that_drew_sanctions
from queries.markets import co_suppliers
from queries.paths import paths
from queries.sentences import sentences
from queries.timeline import timeline
from queries.unresolved import unresolved

EVERY = 10**9
"""A page with all rows."""
Rows = list[dict[str, Any]]
Ask = Callable[..., Rows]
"""Runs the query's Cypher, with more parameters if given."""
StepName = Literal[
    "threat_durations", "sentences", "disputes", "co_suppliers", "deals_that_drew_sanctions", "changes", "reload",
    "paths", "timeline", "unresolved", "alleged",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from what runs the query's Cypher, the query's parameters and the graph to the rows of the answer."""

    work: Callable[[Ask, Mapping[str, Any], Store], Iterable[dict[str, Any]]]
    """Rows may be made as they are asked for."""
    parameters: frozenset[str] = frozenset()
    """Parameters that the step uses and the Cypher need not."""
    gives: frozenset[str] = frozenset()
    """Parameters of the Cypher that the step gives, and nobody else."""


def threat_durations(ask: Ask, values: Mapping[str, Any], store: Store) -> Rows:
    """With `summary` one row a sender in place of one a round; rounds that nothing had threatened are not among them.

    Medians are those of Kaplan and Meier: a threat that is open, or was dropped, counts as one that had not been
    carried out for so many days (`days_min` to `days_max`), instead of being left out. Kaplan, E. L.; Meier, P. (1958):
    Nonparametric estimation from incomplete observations. J. Amer. Statist. Assoc. 53, 457-481.
    """
    if not values.get("summary"):
        return [row | {name: sorted(set(row[name])) for name in ("imposed_on", "claims")} for row in ask()]
    senders: dict[str | None, Rows] = defaultdict(list)
    for row in ask(offset=0, limit=EVERY):
        if row["first_threat"] is not None:
            senders[row["sender"]].append(row)
    start, count = int(values["offset"] or 0), int(values["limit"] or 0)
    page = sorted(senders, key=lambda sender: sender or "")[start : start + count]
    return [_summary(senders[sender]) for sender in page]


def _summary(rounds: Rows) -> dict[str, Any]:
    outcomes = [row["outcome"] for row in rounds]
    imposed = outcomes.count("imposed")
    reported = sorted(row[name] for row in rounds for name in ("first_reported", "last_reported") if row[name])
    return dict.fromkeys(rounds[0]) | {
        "sender": rounds[0]["sender"],
        "sender_name": rounds[0]["sender_name"],
        "threats": len(rounds),
        "imposed_count": imposed,
        "dropped_count": outcomes.count("dropped"),
        "open_count": outcomes.count("open"),
        "share_imposed": round(imposed / len(rounds), 3),
        "median_days_min": median_duration([(row["days_min"], row["outcome"] == "imposed") for row in rounds]),
        "median_days_max": median_duration([(row["days_max"], row["outcome"] == "imposed") for row in rounds]),
        "certainty": "yes" if all(row["certainty"] == "yes" for row in rounds) else "possibly",
        "support": max(row["support"] for row in rounds),
        "first_reported": reported[0] if reported else None,
        "last_reported": reported[-1] if reported else None,
        "claims": sorted({claim for row in rounds for claim in row["claims"]}),
    }


def median_duration(durations: list[tuple[int, bool]]) -> int | None:
    """The median of durations of which some had not ended (Kaplan and Meier).

    Args:
        durations: days, and whether it had ended then; else it went on for longer.

    Returns:
        The first number of days by which at least half have ended; None where they have not.
    """
    surviving, at_risk = 1.0, len(durations)
    for days in sorted({days for days, _ in durations}):
        ended = sum(has_ended for length, has_ended in durations if length == days)
        surviving *= 1 - ended / at_risk
        if ended and surviving <= 0.5:
            return days
        at_risk -= sum(length == days for length, _ in durations)
    return None


def _of_rows(
    work: Callable[[Rows, Mapping[str, Any], Store], Iterable[dict[str, Any]]],
) -> Callable[[Ask, Mapping[str, Any], Store], Iterable[dict[str, Any]]]:
    """A step that takes the rows of the Cypher, run once."""
    return lambda ask, values, store: work(ask(), values, store)


STEPS: dict[StepName, Step] = {
    "alleged": Step(alleged, frozenset({"known_on"})),
    "threat_durations": Step(threat_durations, frozenset({"summary"})),
    "sentences": Step(_of_rows(sentences)),
    "disputes": Step(_of_rows(disputes)),
    "deals_that_drew_sanctions": Step(_of_rows(deals_that_drew_sanctions)),
    "co_suppliers": Step(_of_rows(co_suppliers), frozenset({"supplier"})),
    "timeline": Step(_of_rows(timeline)),
    "changes": Step(_of_rows(changes), frozenset({"actors", "weapons"})),
    "reload": Step(reload, frozenset({"run"})),
    "unresolved": Step(unresolved, frozenset({"kind", "min_count"}), frozenset({"shared"})),
    "paths": Step(paths, frozenset({"a", "b", "max", "at", "known_on", "min_support"}), frozenset({"pairs"})),
}
