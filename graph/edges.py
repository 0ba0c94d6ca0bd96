"""What an episode establishes, as plain edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.episodes import Episode
from graph.spells import Fact
from graph.threads import Ref

UNCOUNTED_AID = "class/military-aid"
"""Aid in general names no arms, so it arms nobody."""
TREATY_ACTS = {
    "signs": "SIGNS",
    "withdraws_from": "WITHDRAWS_FROM",
    "violates": "VIOLATES",
    "complies_with": "COMPLIES_WITH",
}
SURE = 0.6
"""So sure have those claims to be together that establish an edge: its parties, day and stage have all to be right."""
WEAPON_ACTS = {"develop": "DEVELOPS", "test": "TESTS", "deploy": "DEPLOYS", "use": "USES"}


TYPES: dict[str, tuple[str, ...]] = {
    "transfer": ("PURCHASES", "RECEIVES", "SUPPLIES", "ARMS", "ALLEGED"),
    "sanction": ("SANCTIONS", "ALLEGED"),
    "exclude": ("EXCLUDED_FROM", "ALLEGED"),
    "treaty": (*TREATY_ACTS.values(), "ALLEGED"),
    **{frame: (act, "ALLEGED") for frame, act in WEAPON_ACTS.items()},
}
"""Types of the plain edges that an episode can have, by its frame; those of the other frames have none."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One plain edge: its type, its ends and its properties."""

    type: str
    start: Ref
    end: Ref
    properties: Mapping[str, Any]


def edges(episode: Episode) -> list[Edge]:
    """The plain edges of an episode, sorted; none where it establishes nothing.

    A fact needs an asserted claim that it is ongoing or completed; a contract is enough for PURCHASES, unless it was
    cancelled; a lone asserted end of a sanction or exclusion shows that there had been one. What is only alleged
    gives ALLEGED edges that name the type in `predicate`. No edge rests on claims that are not SURE together.
    """
    established = _facts(episode, episode.asserted)
    alleged = _facts(episode, episode.alleged)
    known = {(kind, start, end) for kind, start, end, _ in established}
    result = [_edge(episode, *fact) for fact in established]
    result += [_allegation(episode, *fact) for fact in alleged if fact[:3] not in known]
    return sorted(result, key=lambda edge: (edge.type, edge.start, edge.end, edge.properties.get("predicate", "")))


_Fact = tuple[str, Ref, Ref, Fact]


def _facts(episode: Episode, told: Mapping[str, Fact]) -> list[_Fact]:
    """Type, ends and time of every edge that these claims would establish, where both ends are known."""
    derive: Callable[[Episode, Mapping[str, Fact]], list[tuple[str, Ref | None, Ref | None, Fact]]]
    derive = {"transfer": _transfer, "sanction": _sanction, "exclude": _exclusion, "treaty": _treaty}.get(
        episode.frame, _act
    )
    sure = {kind: fact for kind, fact in told.items() if fact.confidence >= SURE}
    return [
        (kind, start, end, fact)
        for kind, start, end, fact in derive(episode, sure)
        if start is not None and end is not None
    ]


def _transfer(episode: Episode, told: Mapping[str, Fact]) -> list[tuple[str, Ref | None, Ref | None, Fact]]:
    supplier, recipient, weapon = (episode.role(name) for name in ("SUPPLIER", "RECIPIENT", "WEAPON"))
    delivered, contract = told.get("actual"), told.get("contract")
    found: list[tuple[str, Ref | None, Ref | None, Fact]] = []
    if contract and episode.status != "cancelled":
        found.append(("PURCHASES", recipient, weapon, contract))
    received = told.get("receives") or (delivered if not contract else None)
    if received:
        found.append(("RECEIVES", recipient, weapon, received))
    if delivered:
        found.append(("SUPPLIES", supplier, weapon, delivered))
        if weapon is None or weapon.id != UNCOUNTED_AID:
            found.append(("ARMS", supplier, recipient, delivered))
    return found


def _sanction(episode: Episode, told: Mapping[str, Fact]) -> list[tuple[str, Ref | None, Ref | None, Fact]]:
    return [("SANCTIONS", episode.role("SUBJECT"), episode.role("OBJECT"), fact) for fact in _in_force(told)]


def _exclusion(episode: Episode, told: Mapping[str, Fact]) -> list[tuple[str, Ref | None, Ref | None, Fact]]:
    return [("EXCLUDED_FROM", episode.role("OBJECT"), episode.role("PROGRAMME"), fact) for fact in _in_force(told)]


def _in_force(told: Mapping[str, Fact]) -> list[Fact]:
    fact = told.get("actual") or told.get("ended")
    return [fact] if fact else []


def _treaty(episode: Episode, told: Mapping[str, Fact]) -> list[tuple[str, Ref | None, Ref | None, Fact]]:
    if episode.predicate is None or "actual" not in told:
        return []
    return [(TREATY_ACTS[episode.predicate], episode.role("SUBJECT"), episode.role("OBJECT"), told["actual"])]


def _act(episode: Episode, told: Mapping[str, Fact]) -> list[tuple[str, Ref | None, Ref | None, Fact]]:
    if episode.frame not in WEAPON_ACTS or "actual" not in told:
        return []
    return [(WEAPON_ACTS[episode.frame], episode.role("SUBJECT"), episode.role("WEAPON"), told["actual"])]


def _edge(episode: Episode, kind: str, start: Ref, end: Ref, fact: Fact) -> Edge:
    properties: dict[str, Any] = {
        "episode": episode.id,
        "status": episode.status,
        "since_from": fact.since_from,
        "since": fact.since,
        "until_from": episode.until_from,
        "until": episode.until,
        "instrument": _id(episode.role("UNDER")),
        "scope": episode.scope,
        "supplier": _id(episode.role("SUPPLIER")),
        "recipient": _id(episode.role("RECIPIENT")),
        "support": episode.support,
        "denials": episode.denials,
        "first_reported": episode.first_reported,
        "last_reported": episode.last_reported,
    }
    if kind == "ARMS":
        properties["weapon"] = _id(episode.role("WEAPON"))
    if kind == "EXCLUDED_FROM":
        properties["by"] = _id(episode.role("SUBJECT"))
    return Edge(kind, start, end, {name: value for name, value in properties.items() if value is not None})


def _allegation(episode: Episode, kind: str, start: Ref, end: Ref, fact: Fact) -> Edge:
    edge = _edge(episode, kind, start, end, fact)
    told = {"predicate": kind, "by": fact.by, "support": fact.support}
    return Edge("ALLEGED", start, end, {**edge.properties, **{k: v for k, v in told.items() if v is not None}})


def _id(ref: Ref | None) -> str | None:
    return ref.id if ref else None
