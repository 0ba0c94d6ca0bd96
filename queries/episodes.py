"""The episodes that a query looks at, as the beginning of its Cypher.

A query whose header has `episodes` begins, in its file, where its episodes are already found: one row for every claim
of each of them, with

- `e`: the episode with its properties;
- a node under every name that `roles` gives (null where nobody is known in that role);
- `c`: the claim, and `day`, the day on which it was published;
- `first` and `last`: the days between which what it tells happened, as folding sees it;
- `promised`: whether it only tells of a day to come;
- `fit`, where the query takes `from` and `to`: 3 where it fell into that period, 2 where it can have, 1 where nobody
  knows when it was, else 0.

Parameters named like a role, `episode`, `alleged` and `min_support` choose the episodes. With `known_on` these are
folded anew from the claims published by that day; without it they are those that the graph holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.episodes import Episode
from graph.known import Known, known_by
from graph.model import RELATIONSHIP_BY_TYPE
from graph.refold import episode_properties
from graph.store import Store
from queries.header import EpisodeRole, Episodes, Header
from queries.names import names_of

NARROWER = "MATCH (:Weapon {id: $id})<-[:VARIANT_OF|OF_CLASS*0..6]-(v:Weapon) RETURN DISTINCT v.id AS id"
SAME_CLAIMS = "MATCH (:Episode {id: $id})<-[:ABOUT]-(c:Claim) RETURN c.id AS id"
STARTS: tuple[EpisodeRole, ...] = (
    "WEAPON", "PROGRAMME", "UNDER", "RECIPIENT", "TARGET", "OBJECT", "SUPPLIER", "SUBJECT",
)  # fmt: skip
"""Where the search begins, if several roles are given: at the node with the fewest episodes, as a rule."""
SEVERAL: tuple[EpisodeRole, ...] = ("UNDER", "PROGRAMME", "TARGET")
"""Roles that an episode can have more than once; the first by id is given."""
MOMENTS = """
WITH {kept}, c, substring(c.published, 0, 10) AS day
WITH {kept}, c, day, coalesce(c.basis = 'before', false) AS before
WITH {kept}, c, day, before, before = false AND coalesce(coalesce(c.date_from, c.date_to) > day, false) AS promised
WITH {kept}, c, day, promised,
     CASE WHEN promised OR (before = false AND c.date_from IS NULL AND c.date_to IS NULL) THEN day ELSE c.date_from END AS first,
     coalesce(CASE WHEN promised OR c.date_to > day THEN day ELSE c.date_to END, day, c.date_from) AS last
"""  # noqa: E501
FIT = """
WITH {kept}, c, day, promised, first, last,
     CASE
       WHEN ($from IS NOT NULL AND last < $from) OR ($to IS NOT NULL AND first > $to) THEN 0
       WHEN ($from IS NULL OR first >= $from) AND ($to IS NULL OR last <= $to) THEN 3
       WHEN last IS NULL THEN 1
       ELSE 2
     END AS fit
"""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands before a query's own Cypher."""

    text: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    """What it takes beside the query's parameters."""
    undated: int = 0
    """Claims left out with `known_on` because nobody knows when they were published."""


def beginning(store: Store, header: Header, values: Mapping[str, Any]) -> Beginning:
    """The Cypher that finds the episodes that a query looks at; nothing where its header names none.

    Args:
        store: the graph.
        header: of the query.
        values: the query's parameters, checked.
    """
    asked = header.episodes
    if asked is None:
        return Beginning()
    names = {parameter.name for parameter in header.parameters}
    given = {name: role for name, role in asked.roles.items() if values.get(name) is not None and name in names}
    more: dict[str, Any] = {}
    undated = 0
    if "WEAPON" in given.values():
        weapon = next(name for name, role in given.items() if role == "WEAPON")
        more["weapons"] = [row["id"] for row in store.read(NARROWER, id=values[weapon])]
    found = _chosen(store, asked, given, values)
    if values.get("known_on") is None:
        text = found + _stored_roles(asked) + "MATCH (e)<-[:ABOUT]-(c:Claim)"
    else:
        threads = [row["thread"] for row in store.read(f"{found}RETURN DISTINCT e.thread AS thread", **values, **more)]
        known = known_by(store, threads, values["known_on"])
        more["episodes"], undated = _maps(store, asked, given, {**values, **more}, known), known.undated
        text = "UNWIND $episodes AS e\n" + _known_roles(asked) + "UNWIND e.claims AS id\nMATCH (c:Claim {id: id})"
    kept = ", ".join(["e", *asked.roles])
    text += MOMENTS.format(kept=kept)
    if {"from", "to"} <= names:
        text += FIT.format(kept=kept).lstrip()
    return Beginning(text, more, undated)


def _chosen(store: Store, asked: Episodes, given: Mapping[str, EpisodeRole], values: Mapping[str, Any]) -> str:
    """Finds the episodes in the graph, from the most telling node that is given."""
    order = sorted(given, key=lambda name: STARTS.index(given[name]))
    lines = []
    if values.get("episode") is not None:
        lines.append("MATCH (e:Episode {id: $episode})")
    elif not order:
        lines += [f"UNWIND {asked.frames} AS frame", "MATCH (e:Episode {frame: frame})"]
    for position, name in enumerate(order):
        begin = "(e:Episode)" if not lines and position == 0 else "(e)"
        if given[name] == "WEAPON":
            lines += ["UNWIND $weapons AS narrower", f"MATCH (:Weapon {{id: narrower}})<-[:WEAPON]-{begin}"]
        else:
            family = names_of(store).family_of(values[name])
            lines.append(f"MATCH (:{family} {{id: ${name}}})<-[:{given[name]}]-{begin}")
        lines.append("WITH DISTINCT e")
    # With known_on status and support are those of that day, which is not the graph's.
    now = values.get("known_on") is None
    tests = [f"e.frame IN {asked.frames}"]
    if now and values.get("alleged") is False:
        tests.append("e.status <> 'claimed'")
    if now and values.get("min_support"):
        tests.append("e.support >= $min_support")
    if not now:
        tests.append("(e.first_reported IS NULL OR e.first_reported <= $known_on)")
    return "\n".join([*lines, f"WITH e WHERE {' AND '.join(tests)}"]) + "\n"


def _stored_roles(asked: Episodes) -> str:
    lines, kept = [], ["e"]
    for name, role in asked.roles.items():
        lines.append(f"OPTIONAL MATCH (e)-[:{role}]->({name})")
        if role in SEVERAL:
            lines += [
                f"WITH {', '.join([*kept, name])} ORDER BY {name}.id",
                f"WITH {', '.join(kept)}, collect({name})[0] AS {name}",
            ]
        kept.append(name)
    return "".join(f"{line}\n" for line in lines)


def _known_roles(asked: Episodes) -> str:
    lines, kept = [], ["e"]
    for name, role in asked.roles.items():
        families = sorted({end for _, end in RELATIONSHIP_BY_TYPE[role].ends})
        lines += [f"OPTIONAL MATCH ({name}_{end}:{end} {{id: e.{name}}})" for end in families]
        found = f"coalesce({', '.join(f'{name}_{end}' for end in families)})" if len(families) > 1 else ""
        lines.append(f"WITH {', '.join(kept)}, {found or f'{name}_{families[0]}'} AS {name}")
        kept.append(name)
    return "".join(f"{line}\n" for line in lines)


def _maps(
    store: Store, asked: Episodes, given: Mapping[str, EpisodeRole], values: Mapping[str, Any], known: Known
) -> list[dict[str, Any]]:
    """The episodes that the query chooses among those known by its day, as maps."""
    same = {row["id"] for row in store.read(SAME_CLAIMS, id=values["episode"])} if values.get("episode") else None
    players = {role: values["weapons"] if role == "WEAPON" else [values[name]] for name, role in given.items()}
    return [
        episode_properties(episode)
        | {name: ref.id for name, role in asked.roles.items() if (ref := episode.role(role))}
        | {"claims": list(episode.claims)}
        for episode in known.episodes
        if episode.frame in asked.frames
        and (same is None or not same.isdisjoint(episode.claims))
        and (values.get("alleged") is not False or episode.status != "claimed")
        and episode.support >= (values.get("min_support") or 0)
        and all(_plays(episode, role, ids) for role, ids in players.items())
    ]


def _plays(episode: Episode, role: EpisodeRole, ids: list[str]) -> bool:
    return any(ref.id in ids for ref in episode.roles.get(role, ()))
