"""Which suppliers serve the same clients at about the same time."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate, permutations
from typing import Any

from graph.store import Store

Deal = dict[str, Any]
"""A row of `co_suppliers.cypher`."""
APART_DAYS = 1826
"""So many days two deals may lie apart, five years."""
CERTAINTY = {0: "alleged", 1: "possibly", 2: "yes"}


def co_suppliers(rows: list[Deal], values: Mapping[str, Any], store: Store) -> list[dict[str, Any]]:
    """One row a pair of suppliers and kind of supply, with the deals of either that have one of the other near them.

    Args:
        rows: one a deal of known days.
        values: the query's parameters; where `supplier` is given, it is the first of every pair.
        store: the graph.
    """
    clients: dict[tuple[str, str], dict[str, list[Deal]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        clients[row["recipient"], row["kind"]][row["supplier"]].append(row)
    found: dict[tuple[str, str, str], list[tuple[list[Deal], list[Deal]]]] = defaultdict(list)
    for (_, kind), suppliers in sorted(clients.items()):
        for a, b in permutations(sorted(suppliers), 2):
            if a != values["supplier"] if values["supplier"] else a > b:
                continue
            if ours := _near(suppliers[a], suppliers[b]):
                found[a, b, kind].append((ours, _near(suppliers[b], suppliers[a])))
    pairs = [_row(*pair, shared) for pair, shared in found.items()]
    return sorted(pairs, key=lambda row: (-len(row["recipients"]), row["supplier_a"], row["supplier_b"], row["kind"]))


def _near(ours: Iterable[Deal], theirs: Iterable[Deal]) -> list[Deal]:
    """Those of our deals that have one of theirs within the time allowed."""
    others = sorted((_day(deal["begin"]), _day(deal["end"])) for deal in theirs)
    begins = [begin for begin, _ in others]
    last_ends = list(accumulate((end for _, end in others), max))
    found = []
    for deal in ours:
        begun_by_then = bisect_right(begins, _day(deal["end"]) + APART_DAYS)
        if begun_by_then and last_ends[begun_by_then - 1] >= _day(deal["begin"]) - APART_DAYS:
            found.append(deal)
    return found


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _row(a: str, b: str, kind: str, shared: list[tuple[list[Deal], list[Deal]]]) -> dict[str, Any]:
    sides = [[deal for pair in shared for deal in pair[side]] for side in (0, 1)]
    deals = [deal for side in sides for deal in side]
    return {
        "supplier_a": a,
        "supplier_b": b,
        "kind": kind,
        "recipients": sorted({deal["recipient"] for deal in deals}),
        "classes": sorted({name for pair in shared for name in _classes_in_common(*pair)}),
        "rolled_up": sorted({deal["company"] for deal in deals if deal["company"]}),
        "certainty": CERTAINTY[min(deal["sure"] for deal in deals)],
        "support": min(max(deal["support"] for deal in side) for side in sides),
        "first_reported": min((deal["first_reported"] for deal in deals if deal["first_reported"]), default=None),
        "last_reported": max((deal["last_reported"] for deal in deals if deal["last_reported"]), default=None),
        "episodes": sorted({deal["episode"] for deal in deals}),
        "claims": sorted({claim for deal in deals for claim in deal["claims"]}),
    }


def _classes_in_common(ours: list[Deal], theirs: list[Deal]) -> list[str]:
    """The classes of which both have deals near each other."""
    mine, others = _by_class(ours), _by_class(theirs)
    return [name for name in mine.keys() & others.keys() if _near(mine[name], others[name])]


def _by_class(deals: list[Deal]) -> dict[str, list[Deal]]:
    found: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        for name in deal["classes"]:
            found[name].append(deal)
    return found
