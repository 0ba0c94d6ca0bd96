"""What a query is told of each claim of its episodes, as a piece of its Cypher: `queries/episodes.py` says what."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

ONLY_BOUGHT = "(before AND c.predicate = 'purchases' AND coalesce(e.since <> coalesce(c.date_to, day), true))"
"""A purchase that is looked back on, in a deal of which something else tells of deliveries, if anything does: the fold
takes it for the contract."""
MOMENTS = (
    {"day": "substring(c.published, 0, 10)", "before": "coalesce(c.basis = 'before', false)"},
    {"promised": "before = false AND coalesce(coalesce(c.date_from, c.date_to) > day, false)"},
    {
        "first": "CASE WHEN promised OR (before = false AND c.date_from IS NULL AND c.date_to IS NULL) THEN day"
                 " ELSE c.date_from END",
        "last": "coalesce(CASE WHEN promised OR c.date_to > day THEN day ELSE c.date_to END, day, c.date_from)",
        "rank": f"CASE WHEN c.phase = 'actual' AND promised = false AND NOT {ONLY_BOUGHT} THEN 3"
                " WHEN c.phase IN ['actual', 'committed'] THEN 2 WHEN c.phase = 'proposed' THEN 1 ELSE 0 END",
        "counts": "e.status = 'claimed' OR c.assertion = 'asserted'",
        "halts": "c.stage = 'suspended' AND promised = false AND c.assertion = 'asserted'"
                 " AND coalesce(c.partial, false) = false AND coalesce(c.scope = 'state' OR e.scope <> 'state', true)",
    },
)  # fmt: skip
"""What is told of each claim, by name: one step of the Cypher after the other."""
FIT = """\
WITH *,
     CASE
       WHEN ($from IS NOT NULL AND last < $from) OR ($to IS NOT NULL AND first > $to) THEN 0
       WHEN ($from IS NULL OR first >= $from) AND ($to IS NULL OR last <= $to) THEN 3
       WHEN last IS NULL THEN 1
       ELSE 2
     END AS fit
"""
ANY_TIME = "WITH *, 3 AS fit\n"
HELD = """\
WITH *,
     CASE
       WHEN e.status IN ['proposed', 'committed', 'dropped', 'cancelled'] THEN 'no'
       WHEN e.until <= $at OR coalesce(e.since_from, '') > $at THEN 'no'
       WHEN e.until_from <= $at THEN 'possibly'
       WHEN e.since <= $at THEN 'yes'
       WHEN e.since IS NULL AND e.since_from IS NULL AND e.until IS NULL THEN 'unknown'
       ELSE 'possibly'
     END AS held
"""
ANY_DAY = "WITH *, 'yes' AS held\n"
SURENESS = "WITH *, CASE WHEN counts THEN c.confidence END AS sureness\n"


def told_of_claims(kept: list[str], cypher: str, taken: Collection[str], values: Mapping[str, Any]) -> str:
    """What is told of each claim, as far as what follows names it.

    Args:
        kept: names that are known already.
        cypher: what follows.
        taken: names of the query's parameters.
        values: its parameters, checked.
    """
    further = SURENESS if is_named("sureness", cypher) else ""
    if {"from", "to"} <= set(taken) and is_named("fit", cypher):
        further += ANY_TIME if values.get("from") is None and values.get("to") is None else FIT
    if "at" in taken and is_named("held", cypher):
        further += ANY_DAY if values.get("at") is None else HELD
    return _moments(kept, further + cypher) + further


def is_named(name: str, cypher: str) -> bool:
    """Whether it is a word of this Cypher."""
    return re.search(rf"\b{name}\b", cypher) is not None


def _moments(kept: list[str], cypher: str) -> str:
    """What is told of each claim, as far as what follows names it: each property that is read of a claim costs.

    Args:
        kept: names that are known already.
        cypher: what follows.
    """
    named: set[str] = set()
    for step in reversed(MOMENTS):
        here = {name for name in step if is_named(name, cypher)}
        cypher = " ".join([cypher, *(step[name] for name in sorted(here))])
        named |= here
    lines = []
    for step in MOMENTS:
        made = [f"{text} AS {name}" for name, text in step.items() if name in named]
        lines.append(f"\nWITH {', '.join([*kept, *made])}")
        kept = [*kept, *(name for name in step if name in named)]
    return "".join(lines) + "\n"
