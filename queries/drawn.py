"""Which arms deals drew sanctions: what is said to be their cause, and what merely came after them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from graph.store import Store

Row = dict[str, Any]
"""A row of `deals_that_drew_sanctions.cypher`: a deal, or one step of a round of sanctions."""
SHORTLY_DAYS = 730
"""What came so many days after a deal came shortly after it."""
TOGETHER = 500
"""Rows for whose claims the sources are read at once."""
SOURCES = """
UNWIND $ids AS id MATCH (c:Claim {id: id})<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
RETURN id, coalesce(a.origin, o.id, a.id) AS origin, who.id AS who, c.quotes[0] AS quote
"""


class _Found(NamedTuple):
    """A deal that drew a step of a round, as far as these claims tell."""

    deal: Row
    round: Row
    told: Sequence[Row]
    said: bool
    """Whether the claims give the deal or its weapon as the cause."""


class Deals:
    """The deals of one buyer or seller."""

    def __init__(self, player: str, deals: Iterable[Row]) -> None:
        """Those in which it buys or sells."""
        self._of_weapon: dict[str, list[Row]] = defaultdict(list)
        self._of_claim: dict[str, Row] = {}
        for deal in deals:
            self._of_weapon[deal["weapon"]].append(deal)
            self._of_claim |= dict.fromkeys(deal["claims"], deal)
        bought = (deal for some in self._of_weapon.values() for deal in some if deal["buyer"] == player)
        self._bought = sorted((deal for deal in bought if deal["begun"]), key=itemgetter("begun"))
        self._begun = [deal["begun"] for deal in self._bought]

    def before(self, day: str) -> list[Row]:
        """What was bought shortly before a day."""
        earliest = (date.fromisoformat(day) - timedelta(days=SHORTLY_DAYS)).isoformat()
        return self._bought[bisect_left(self._begun, earliest) : bisect_right(self._begun, day)]

    def named(self, told: Iterable[Row]) -> list[Row]:
        """Those that claims, or their weapons, give as the cause."""
        found: dict[str, Row] = {}
        for one in told:
            near = [deal for weapon in one["weapons"] for deal in self._of_weapon.get(weapon, ())]
            near += [self._of_claim[reason] for reason in one["reasons"] if reason in self._of_claim]
            found |= {deal["episode"]: deal for deal in near}
        return [found[id] for id in sorted(found)]

    def latest(self, like: Row, day: str | None) -> Row | None:
        """The last to begin by a day of those with the same weapon and buyer whose seller is known."""
        begun = [
            deal
            for deal in self._of_weapon[like["weapon"]]
            if deal["seller"] and deal["buyer"] and deal["buyer"] == like["buyer"]
            if deal["begun"] and day and deal["begun"] <= day
        ]
        return max(begun, key=lambda deal: (deal["begun"], deal["episode"]), default=None)


def deals_that_drew_sanctions(rows: list[Row], values: Mapping[str, Any], store: Store) -> Iterator[Row]:
    """One row a deal and step of a round; first those of which an article gives the cause, then what merely came after.

    They are made as they are asked for: of a great power there are far more of the latter than anybody reads.
    """
    found = _found(rows)
    while some := list(islice(found, TOGETHER)):
        ids = sorted({told["id"] for one in some for told in one.told})
        sources = {row["id"]: row for row in store.read(SOURCES, ids=ids)}
        for one in some:
            told = [claim | sources[claim["id"]] for claim in one.told]
            row = _row(one._replace(told=told), values["at"])
            if row["support"] >= (values["min_support"] or 0):
                yield row


def came_after(rows: list[Row]) -> Iterator[Row]:
    """The rows of what merely came after a deal, without what only its sources tell: these are not read."""
    return (_course(found) for found in _found(rows) if not found.said)


def _found(rows: list[Row]) -> Iterator[_Found]:
    """In the order of the answer."""
    deals = _by_player(row for row in rows if row["frame"] == "transfer")
    rounds = [row for row in rows if row["frame"] == "sanction"]
    for one in rounds:
        one["told"].sort(key=lambda told: told["id"])
    caused = [one for one in rounds if explained(one)]
    said = [
        found
        for one in caused
        for player in dict.fromkeys([one["hit"], *sorted(one["states"])])
        if player in deals
        for found in _caused(one, deals[player])
    ]
    yield from sorted(said, key=_place)
    bare = (one for one in rounds if one["begun"] and one["hit"] in deals and not explained(one))
    silent = sorted(bare, key=itemgetter("begun"))
    for day, some in groupby(silent, key=itemgetter("begun")):
        after = (_Found(deal, one, one["told"], False) for one in some for deal in deals[one["hit"]].before(day))
        yield from sorted(after, key=_place)


def explained(step: Row) -> bool:
    """Whether an article gives a cause for it."""
    return any(told["reasons"] or told["weapons"] for told in step["told"])


def _by_player(deals: Iterable[Row]) -> dict[str, Deals]:
    players: dict[str, list[Row]] = defaultdict(list)
    for deal in deals:
        for player in {deal["buyer"], deal["seller"]} - {None}:
            players[player].append(deal)
    return {player: Deals(player, some) for player, some in players.items()}


def _caused(one: Row, deals: Deals) -> Iterator[_Found]:
    """The deals that a step's claims give as the cause.

    A weapon that is named as the cause means the deal about it that was the last to begin by then, of those whose
    seller is known; a claim, the deal that it tells of.
    """
    near = deals.named(one["told"])
    stated = {claim for deal in near if deal["seller"] for claim in deal["claims"]}
    for deal in near:
        mine, latest = set(deal["claims"]), deals.latest(deal, one["begun"])
        causes = []
        for told in one["told"]:
            if latest is None or not stated.isdisjoint(told["reasons"]):
                is_cause = not mine.isdisjoint(told["reasons"])
            else:
                is_cause = latest["episode"] == deal["episode"] and deal["weapon"] in told["weapons"]
            causes += [told] if is_cause else []
        if causes:
            yield _Found(deal, one, causes, True)


def _course(found: _Found) -> Row:
    """Which deal it was, and when what came after it."""
    deal, one, told, _ = found
    until = _until(told)
    since = _latest_by(until, (t["first"] for t in told))
    return {
        "deal": deal["episode"], "weapon": deal["weapon"], "buyer": deal["buyer"], "seller": deal["seller"],
        "batch": deal["batch"], "sanction": one["episode"], "step": one["step"], "date_from": since, "date_to": until,
        "days_min": _days(deal["begun"], since or until),
        "days_max": _days(_latest_by(deal["begun"], deal["firsts"]), until),
    }  # fmt: skip


def _row(found: _Found, at: str | None) -> Row:
    _, one, told, said = found
    course = _course(found)
    until = course["date_to"]
    fit = max(t["fit"] for t in told)
    reported = sorted(t["day"] for t in told if t["day"])
    return course | {
        "sender": one["sender"], "target": one["hit"], "instrument": one["instrument"],
        "said_cause": said, "merely_after": not said,
        "speakers": list(dict.fromkeys(t["who"] for t in told if t["who"])),
        "quote": next((t["quote"] for t in told if t["quote"]), None) if said else None,
        "certainty": "yes" if fit == 3 and not (at and until and until > at) else "possibly",
        "support": len({t["origin"] for t in told}),
        "first_reported": reported[0] if reported else None, "last_reported": reported[-1] if reported else None,
        "claims": [t["id"] for t in told],
    }  # fmt: skip


def _place(found: _Found) -> tuple[str, str, str, str]:
    return _until(found.told) or "9999", found.deal["episode"], found.round["episode"], found.round["step"]


def _until(told: Sequence[Row]) -> str | None:
    return min((t["last"] for t in told if t["last"]), default=None)


def _latest_by(day: str | None, firsts: Iterable[str | None]) -> str | None:
    return max((first for first in firsts if first and day and first <= day), default=None)


def _days(earlier: str | None, later: str | None) -> int | None:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days if earlier and later else None
