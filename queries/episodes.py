"""The episodes that a query looks at, as the beginning of its Cypher.

A query whose header has `episodes` begins, in its file, where its episodes are already found: one row for every claim
of each of them, with

- `e`: the episode with its properties;
- a node under every name that `roles` gives (null where nobody is known in that role);
- `c`: the claim, and `day`, the day on which it was published;
- `first` and `last`: the days between which what it tells happened, as folding sees it;
- `promised`: whether it only tells of a day to come;
- `rank`: how far it shows the thing to be: 1 proposed, 2 committed, 3 actual, 0 for a stop;
- `counts`: whether it is asserted, or belongs to an episode of which nothing is;
- `sureness`: how surely it is read rightly, where it counts. A row's `confidence` is the greatest among the claims that
  show what the row tells; rows of one assertion (each statement, each step as told) take it from all of their claims;
- `halts`: whether it suspends the whole of it, and not a part;
- `fit`, where the query takes `from` and `to` and names it: 3 where it fell into that period, 2 where it can have, 1
  where nobody knows when it was, else 0;
- `held`, where the query takes `at` and names it: whether the episode was in force, or carried out, on that day:
  `yes`, `possibly`, `no` or `unknown`; `yes` where no day is asked about.

Parameters named like a role, `episode`, `alleged` and `min_support` choose the episodes (where the header has
`support_of: row` the query chooses by `min_support`), and so does what the header says under `where`; `told` there
chooses their claims. With `known_on` episodes are folded anew from the claims
published by that day, with `as_recorded` from those that were live at that moment; without either they are those that
the graph holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.edition import edition_of
from graph.episodes import Episode
from graph.known import RECORDED, Known, as_of
from graph.model import RELATIONSHIP_BY_TYPE
from graph.refold import episode_properties
from graph.remembered import Remembered
from graph.store import Store
from graph.vocabulary import Frame
from queries.beginning import Beginning
from queries.header import Beside, EpisodeRole, Episodes, Header, Pages
from queries.moments import is_named, told_of_claims
from queries.names import names_of

BELONGING = "[:BASED_IN|HELD_OFFICE*0..2]"
NARROWER = (
    "UNWIND $ids AS id MATCH (:Weapon {id: id})<-[:VARIANT_OF|OF_CLASS*0..6]-(v:Weapon) RETURN DISTINCT v.id AS id"
)
OWN = f"UNWIND $ids AS id MATCH (:Actor {{id: id}})<-{BELONGING}-(own:Actor) RETURN DISTINCT own.id AS id"
WIDER = {"Weapon": NARROWER, "Actor": OWN}
RECORDED_THREADS = f"WITH DISTINCT c WHERE c.frame IN $frames AND {RECORDED} RETURN DISTINCT c.thread AS thread"
SAME_CLAIMS = "MATCH (:Episode {id: $id})<-[:ABOUT]-(c:Claim) RETURN c.id AS id"
ENDS = "MATCH (n:{family}) WHERE n.id IN $ids RETURN sum(COUNT {{ (n)<-[:{roles}]-() }}) AS ends"
TOLD_BESIDE = """\
MATCH (e)<-[:ABOUT]-(:Claim)<-[:REPORTS]-(a:Article)
WITH DISTINCT a
MATCH (a)-[:REPORTS]->(:Claim)-[:ABOUT]->(f:Episode)"""
THESE = "UNWIND $only AS id MATCH (e:Episode {id: id})\n"
FIRST = {
    "earliest": "e.earliest",
    "first_reported": "CASE WHEN e.earliest = '' THEN '' ELSE e.first_reported END",
    "id": "e.id",
}
"""What an episode has in the property that pages go by; what a claim of unknown day tells comes first."""
SEVERAL: tuple[EpisodeRole, ...] = ("UNDER", "PROGRAMME", "TARGET")
"""Roles that an episode can have more than once; the first by id is given."""


@dataclass(frozen=True, slots=True)
class _Filter:
    """One of these nodes has one of these roles in the episode."""

    roles: list[EpisodeRole]
    family: str
    ids: list[str]
    parameter: str


def episodes_beginning(
    store: Store,
    header: Header,
    asked: Episodes,
    values: Mapping[str, Any],
    cypher: str,
    before: str | None = None,
    only: Collection[str] | None = None,
) -> Beginning:
    """The Cypher that finds the episodes that a query looks at.

    Args:
        store: the graph.
        header: of the query.
        asked: its part about episodes.
        values: the query's parameters, checked.
        cypher: what follows; roles that it does not name are not looked up.
        before: only the episodes before this value of what `pages` of the header names, and those beside them.
        only: ids of episodes that the parameters choose; no others are looked at.
    """
    names = [name for name in asked.roles if is_named(name, f"{cypher} {asked.where}")]
    filters = _filters(store, header, asked, values)
    more: dict[str, Any] = {one.parameter: one.ids for one in filters}
    more |= {"only": sorted(only)} if only is not None else {}
    undated = 0
    if values.get("known_on") is None and values.get("as_recorded") is None:
        found = _chosen(asked, filters, values) if only is None else THESE
        if asked.pages and before is not None:
            found += _first(asked.pages, _tests(asked, values))
            more["before"] = before
        text = f"{found}{_stored_roles(asked, names)}MATCH (e)<-[:ABOUT]-(c:Claim)"
    else:
        known = _known(store, asked, filters, values)
        maps = _maps(store, asked, filters, values, known)
        more["episodes"] = maps if only is None else [one for one in maps if one["id"] in only]
        undated = known.undated
        roles, where = _known_roles(asked, names), _where(asked, ["e", *names])
        text = f"UNWIND $episodes AS e\n{roles}{where}UNWIND e.claims AS id\nMATCH (c:Claim {{id: id}})"
    text += f" WHERE {asked.told}" if asked.told else ""
    text += told_of_claims(["e", *names, "c"], cypher, {parameter.name for parameter in header.parameters}, values)
    return Beginning(text, more, undated)


def _filters(store: Store, header: Header, asked: Episodes, values: Mapping[str, Any]) -> list[_Filter]:
    """What the given parameters demand of the episodes' roles; first those of which the graph has the least to read."""
    found = []
    types = {parameter.name: parameter.type for parameter in header.parameters}
    for name in asked.roles:
        parameter = asked.belonging.get(name, name)
        value = values.get(parameter)
        if value is None or parameter not in types:
            continue
        family = names_of(store).family_of(str(value))
        rolled_up = name in asked.belonging and values.get("roll_up") is not False
        wider = WIDER.get(family) if rolled_up or types[parameter] == "weapon" else None
        ids = _ids(store, wider, [str(value)]) if wider else [str(value)]
        found.append(_Filter(asked.roles_of(name), family, ids, f"{parameter}_ids"))
    return sorted(found, key=lambda one: _ends(store, one)) if len(found) > 1 else found


_counted = Remembered[dict[tuple[str, ...], int]]()


def _ends(store: Store, one: _Filter) -> int:
    """How many claims and episodes the nodes have a part in; counted once as long as the graph stays as it is."""
    known = _counted.get(store, edition_of(store), dict)
    text = ENDS.format(family=one.family, roles="|".join(one.roles))
    key = (text, *one.ids)
    if key not in known:
        known[key] = int(store.read(text, ids=one.ids)[0]["ends"])
    return known[key]


def _chosen(asked: Episodes, filters: list[_Filter], values: Mapping[str, Any]) -> str:
    """Finds the episodes in the graph."""
    lines = []
    if values.get("episode") is not None:
        lines.append("MATCH (e:Episode {id: $episode})")
    elif not filters:
        lines += [f"UNWIND {asked.frames} AS frame", "MATCH (e:Episode {frame: frame})"]
    for one in filters:
        roles = "|".join(one.roles)
        if lines:
            lines.append(f"MATCH (e)-[:{roles}]->(node) WHERE node.id IN ${one.parameter}")
        else:
            lines += [f"UNWIND ${one.parameter} AS id", f"MATCH (:{one.family} {{id: id}})<-[:{roles}]-(e:Episode)"]
        lines.append("WITH DISTINCT e")
    tests = _tests(asked, values)
    lines.append(f"WITH e WHERE {' AND '.join(tests)}")
    if asked.beside:
        lines += _further(asked.beside, tests[1:], values)
    return "\n".join(lines) + "\n"


def _further(beside: Beside, tests: list[str], values: Mapping[str, Any]) -> list[str]:
    """Adds the episodes beside those found; where their ids are given the search begins at these."""
    frames, role, of = beside.frames, beside.role, "|".join(beside.of)
    given = beside.only and values.get(beside.only) is not None
    lines = [
        "WITH collect(DISTINCT e) AS found",
        "UNWIND found AS one",
        f"OPTIONAL MATCH (one)-[:{of}]->(party:Actor)",
        "WITH found, collect(DISTINCT party) AS parties",
    ]
    if given:
        lines += [
            f"UNWIND split(${beside.only}, ',') AS id",
            f"OPTIONAL MATCH (e:Episode {{id: id}})-[:{role}]->(:Actor)-{BELONGING}->(party:Actor)",
        ]
        tests = ["party IN parties", *tests]
    else:
        lines += [
            "UNWIND CASE WHEN size(parties) = 0 THEN [null] ELSE parties END AS party",
            f"OPTIONAL MATCH (party)<-{BELONGING}-(own:Actor)",
            "WITH found, collect(DISTINCT own) AS players",
            "UNWIND CASE WHEN size(players) = 0 THEN [null] ELSE players END AS player",
            f"OPTIONAL MATCH (player)<-[:{role}]-(e:Episode)",
        ]
    return [
        *lines,
        f"WHERE {' AND '.join([f'e.frame IN {frames}', *tests])}",
        "WITH found, collect(DISTINCT e) AS further",
        "UNWIND found + further AS e",
        "WITH DISTINCT e",
    ]


def _tests(asked: Episodes, values: Mapping[str, Any]) -> list[str]:
    """Conditions on an episode alone."""
    tests = [f"e.frame IN {asked.frames}"]
    if values.get("known_on") is not None:  # status and support are those of that day, which is not the graph's
        return [*tests, "(e.first_reported IS NULL OR e.first_reported <= $known_on)"]
    tests += ["e.status <> 'claimed'"] if values.get("alleged") is False else []
    tests += ["e.support >= $min_support"] if _least_support(asked, values) else []
    return tests


def _least_support(asked: Episodes, values: Mapping[str, Any]) -> int:
    """How many origins an episode must have."""
    return int(values.get("min_support") or 0) if asked.support_of == "episode" else 0


def _first(pages: Pages, tests: list[str]) -> str:
    """Leaves the episodes found that come first, and those that are told of beside them."""
    lines = [f"WITH e WHERE {FIRST[pages.by]} < $before"]
    if pages.beside:
        lines += [TOLD_BESIDE, f"WITH DISTINCT f AS e WHERE {' AND '.join(tests)}"]
    return "\n".join(lines) + "\n"


def next_episode(store: Store, asked: Episodes, pages: Pages, values: Mapping[str, Any], most: int) -> str | None:
    """Of the episodes that a query over the whole graph looks at, what the first beyond so many has in the property
    that they go by; None where there are no more."""
    cypher = f"{_chosen(asked, [], values)}RETURN {FIRST[pages.by]} AS value ORDER BY value SKIP $most LIMIT 1"
    return next((row["value"] for row in store.read(cypher, **values, most=most)), None)


def _known(store: Store, asked: Episodes, filters: list[_Filter], values: Mapping[str, Any]) -> Known:
    """The episodes of the threads that the query may look at, as of its day or moment."""
    clocks = {name: values.get(name) for name in ("known_on", "as_recorded")}
    if clocks["as_recorded"] is None:
        text = f"{_chosen(asked, filters, values)}RETURN DISTINCT e.thread AS thread"
        rows = store.read(text, **values, **{one.parameter: one.ids for one in filters})
        return as_of(store, [row["thread"] for row in rows], **clocks)
    threads = _recorded(store, asked.frames, filters, values)
    known = as_of(store, threads, **clocks)
    if asked.beside:
        players = _Filter([asked.beside.role], "Actor", _players(store, asked.beside, known.episodes), "")
        threads |= _recorded(store, asked.beside.frames, [players], values)
        known = as_of(store, threads, **clocks)
    return known


def _recorded(store: Store, frames: Sequence[Frame], filters: list[_Filter], values: Mapping[str, Any]) -> set[str]:
    """The threads whose episodes had somebody in the first of these roles; claims tell, since episodes may be gone."""
    given: dict[str, Any] = {"frames": list(frames), "moment": values["as_recorded"]}
    if values.get("episode"):
        text = "MATCH (e:Episode {id: $episode}) RETURN e.thread AS thread"
        given = {"episode": values["episode"]}
    elif filters:
        roles = "|".join(dict.fromkeys([*filters[0].roles, "SUBJECT", "OBJECT"]))
        text = f"UNWIND $ids AS id MATCH (:{filters[0].family} {{id: id}})<-[:{roles}]-(c:Claim)\n{RECORDED_THREADS}"
        given["ids"] = filters[0].ids
    else:
        text = f"UNWIND $frames AS frame MATCH (c:Claim {{frame: frame}})\n{RECORDED_THREADS}"
    return {row["thread"] for row in store.read(text, **given)}


def _where(asked: Episodes, kept: list[str]) -> str:
    """What the query's header demands of the episodes and those nodes."""
    return f"WITH {', '.join(kept)} WHERE {asked.where}\n" if asked.where else ""


def _stored_roles(asked: Episodes, names: list[str]) -> str:
    """Looks the roles up: first those that the header's `where` names, so that others are not where it leaves out."""
    first = [name for name in names if is_named(name, asked.where or "")]
    text, kept = _looked_up(asked, first, ["e"])
    text += _where(asked, kept)
    return text + _looked_up(asked, [name for name in names if name not in first], kept)[0]


def _looked_up(asked: Episodes, names: list[str], known: list[str]) -> tuple[str, list[str]]:
    """The lines that look these roles up, and all names that are known behind them."""
    lines, kept = [], known
    for name in names:
        roles = asked.roles_of(name)
        lines.append(f"OPTIONAL MATCH (e)-[:{'|'.join(roles)}]->({name})\n")
        if not set(roles).isdisjoint(SEVERAL):
            lines += [
                f"WITH {', '.join([*kept, name])} ORDER BY {name}.id\n",
                f"WITH {', '.join(kept)}, collect({name})[0] AS {name}\n",
            ]
        kept = [*kept, name]
    return "".join(lines), kept


def _known_roles(asked: Episodes, names: list[str]) -> str:
    lines, kept = [], ["e"]
    for name in names:
        families = sorted({end for role in asked.roles_of(name) for _, end in RELATIONSHIP_BY_TYPE[role].ends})
        lines += [f"OPTIONAL MATCH ({name}_{end}:{end} {{id: e.{name}}})" for end in families]
        either = ", ".join(f"{name}_{end}" for end in families)
        lines.append(f"WITH {', '.join(kept)}, coalesce({either}) AS {name}")
        kept.append(name)
    return "".join(f"{line}\n" for line in lines)


def _maps(
    store: Store, asked: Episodes, filters: list[_Filter], values: Mapping[str, Any], known: Known
) -> list[dict[str, Any]]:
    """The episodes that the query chooses among those known by its day, as maps."""
    same = {row["id"] for row in store.read(SAME_CLAIMS, id=values["episode"])} if values.get("episode") else None
    told = [
        episode
        for episode in known.episodes
        if (values.get("alleged") is not False or episode.status != "claimed")
        and episode.support >= _least_support(asked, values)
    ]
    chosen = [
        episode
        for episode in told
        if episode.frame in asked.frames
        and (same is None or not same.isdisjoint(episode.claims))
        and all(_plays(episode, one.roles, one.ids) for one in filters)
    ]
    if asked.beside:
        frames, role, players = asked.beside.frames, asked.beside.role, set(_players(store, asked.beside, chosen))
        mine = {one.id for one in chosen}
        only = asked.beside.only and values.get(asked.beside.only)
        ids = None if only is None else str(only).split(",")
        beside = (one for one in told if one.frame in frames and _plays(one, [role], players))
        chosen += [one for one in beside if one.id not in mine and (ids is None or one.id in ids)]
    return [
        episode_properties(episode) | _role_ids(asked, episode) | {"claims": list(episode.claims)} for episode in chosen
    ]


def _players(store: Store, beside: Beside, episodes: Iterable[Episode]) -> list[str]:
    """Ids of those beside whom further episodes are looked at."""
    parties = {ref.id for one in episodes for kind in beside.of for ref in one.roles.get(kind, ())}
    return _ids(store, OWN, sorted(parties))


def _ids(store: Store, query: str, ids: list[str]) -> list[str]:
    return [str(row["id"]) for row in store.read(query, ids=ids)]


def _role_ids(asked: Episodes, episode: Episode) -> dict[str, str]:
    found = {name: [ref for role in asked.roles_of(name) if (ref := episode.role(role))] for name in asked.roles}
    return {name: refs[0].id for name, refs in found.items() if refs}


def _plays(episode: Episode, roles: list[EpisodeRole], ids: Collection[str]) -> bool:
    return any(ref.id in ids for role in roles for ref in episode.roles.get(role, ()))
