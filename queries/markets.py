"""Which suppliers serve the same clients at about the same time."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate, permutations
from typing import Any

from graph.store import Store

Deal = dict[str, Any]
"""A row of `co_suppliers.cypher`."""
APART_DAYS = 1826
"""So many days two deals may lie apart, five years."""
SUCCESSORS = "MATCH (a:Actor)-[:SUCCEEDED_BY*1..3]->(b:Actor) RETURN DISTINCT a.id AS a, b.id AS b"
CERTAINTY = {0: "alleged", 1: "possibly", 2: "yes"}


class Deals:
    """The deals of one supplier with one client, in order of time."""

    def __init__(self, deals: Iterable[Deal]) -> None:
        """Sorts them."""
        spans = [
            (date.fromisoformat(d["begin"]).toordinal(), date.fromisoformat(d["end"]).toordinal(), d) for d in deals
        ]
        self._spans = sorted(spans, key=lambda span: (span[0], span[1], span[2]["episode"]))
        self._begins = [begin for begin, _, _ in self._spans]
        self._last_ends = list(accumulate((end for _, end, _ in self._spans), max))

    def near(self, others: Deals) -> Iterator[Deal]:
        """Those that have one of the others within the time allowed."""
        for begin, end, deal in self._spans:
            begun_by_then = bisect_right(others._begins, end + APART_DAYS)
            if begun_by_then and others._last_ends[begun_by_then - 1] >= begin - APART_DAYS:
                yield deal

    @cached_property
    def of_class(self) -> dict[str, Deals]:
        """The same by class of weapons."""
        found: dict[str, list[Deal]] = defaultdict(list)
        for _, _, deal in self._spans:
            for name in deal["classes"]:
                found[name].append(deal)
        return {name: Deals(deals) for name, deals in found.items()}

    def classes_shared(self, others: Deals) -> set[str]:
        """The classes of which both have deals near each other."""
        both = self.of_class.keys() & others.of_class.keys()
        return {name for name in both if any(True for _ in self.of_class[name].near(others.of_class[name]))}


@dataclass(slots=True)
class _Pair:
    """What two suppliers share."""

    sides: tuple[list[Deal], list[Deal]] = field(default_factory=lambda: ([], []))
    classes: set[str] = field(default_factory=set)


def co_suppliers(rows: list[Deal], values: Mapping[str, Any], store: Store) -> list[dict[str, Any]]:
    """One row a pair of suppliers and kind of supply, with the deals of either that have one of the other near them.

    A state and one that came after it never supplied side by side.

    Args:
        rows: one a deal of known days.
        values: the query's parameters; where `supplier` is given, it is the first of every pair.
        store: the graph.
    """
    successors = {frozenset((row["a"], row["b"])) for row in store.read(SUCCESSORS)}
    clients: dict[tuple[str, str], dict[str, list[Deal]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        clients[row["recipient"], row["kind"]][row["supplier"]].append(row)
    found: dict[tuple[str, str, str], _Pair] = defaultdict(_Pair)
    for (_, kind), suppliers in sorted(clients.items()):
        deals = {supplier: Deals(told) for supplier, told in suppliers.items()}
        for a, b in permutations(sorted(deals), 2):
            if a != values["supplier"] if values["supplier"] else a > b:
                continue
            if {a, b} not in successors and (ours := list(deals[a].near(deals[b]))):
                pair = found[a, b, kind]
                pair.sides[0].extend(ours)
                pair.sides[1].extend(deals[b].near(deals[a]))
                pair.classes |= deals[a].classes_shared(deals[b])
    pairs = [_row(*key, pair) for key, pair in found.items()]
    return sorted(pairs, key=lambda row: (-len(row["recipients"]), row["supplier_a"], row["supplier_b"], row["kind"]))


def _row(a: str, b: str, kind: str, pair: _Pair) -> dict[str, Any]:
    deals = [deal for side in pair.sides for deal in side]
    return {
        "supplier_a": a,
        "supplier_b": b,
        "kind": kind,
        "recipients": sorted({deal["recipient"] for deal in deals}),
        "classes": sorted(pair.classes),
        "rolled_up": sorted({deal["company"] for deal in deals if deal["company"]}),
        "certainty": CERTAINTY[min(deal["sure"] for deal in deals)],
        "support": min(max(deal["support"] for deal in side) for side in pair.sides),
        "first_reported": min((deal["first_reported"] for deal in deals if deal["first_reported"]), default=None),
        "last_reported": max((deal["last_reported"] for deal in deals if deal["last_reported"]), default=None),
        "episodes": sorted({deal["episode"] for deal in deals}),
        "claims": sorted({claim for deal in deals for claim in deal["claims"]}),
    }
