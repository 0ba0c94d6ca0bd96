"""What is said to be the cause of something, and, apart from that, what merely came before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

from graph.claims import Claim, Entity
from graph.store import Store
from queries.drawn import came_after
from queries.runner import rows_of
from queries.story.dates import when
from queries.story.evidence import Sources, Telling, cited
from queries.story.model import DealBefore, MerelyAfter, SaidCause, Step, StoryEpisode
from queries.story.wording import NameOf, name, sentence, title

DEALS = "deals_that_drew_sanctions"
MOST = 1000
"""So many deals before sanctions on one target are looked at."""
NEAREST = 5
Row = Mapping[str, Any]


def said_causes(
    steps: Iterable[Step], told: Mapping[str, Telling], claims: Mapping[str, Claim], sources: Sources
) -> list[SaidCause]:
    """What articles give as the cause of each step.

    Args:
        steps: the story's steps.
        told: what stands behind their claims.
        claims: the claims that are causes.
        sources: numbers the articles.
    """
    found = []
    for step in steps:
        found += [
            SaidCause(
                step=step.number, effect=step.text, assertion=step.assertion, cause=cause,
                support=len({telling.origin for telling in tellings}),
                citations=[sources.citation(telling) for telling in cited(tellings)],
            )
            for cause, tellings in sorted(_by_cause((told[claim] for claim in step.claims), claims).items())
        ]  # fmt: skip
    return found


def quoted(tellings: list[Telling], claims: Mapping[str, Claim]) -> Iterator[Telling]:
    """The reports of a step that are quoted for it, or for what they give as its cause."""
    for some in (tellings, *_by_cause(tellings, claims).values()):
        yield from cited(some)


def _by_cause(tellings: Iterable[Telling], claims: Mapping[str, Claim]) -> dict[str, list[Telling]]:
    """What some reports of one step give as its cause, and which of them do."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        for cause in _causes(telling, claims):
            found[cause].append(telling)
    return found


def _causes(telling: Telling, claims: Mapping[str, Claim]) -> list[str]:
    """Statements of the article, else its words, else the weapon over which a sanction is said to be."""
    stated = [sentence(claims[cause]) for cause in telling.causes if cause in claims]
    if stated:
        return stated
    if telling.reason:
        return [f"“{telling.reason}”"]
    if telling.over:
        return [name(Entity(id=telling.over, name=telling.over_name or telling.over, label="Weapon"))]
    return []


def merely_after(
    store: Store, episodes: Mapping[str, StoryEpisode], targets: Mapping[str, Iterable[str]],
    given: Mapping[str, str | None], names: NameOf,
) -> list[MerelyAfter]:  # fmt: skip
    """Sanctions of the story that came within two years after deals of the one they hit, and of which nobody says why.

    Args:
        store: the graph.
        episodes: rounds of sanctions for which no article gives a cause, by id.
        targets: which of them are looked at, by the id of whom they hit.
        given: parameters of the story that the question takes as well.
        names: gives the name of an id.
    """
    rows: list[Row] = []
    for target, rounds in sorted(targets.items()):
        told = rows_of(store, DEALS, {**given, "buyer": target, "rounds": ",".join(rounds)})
        rows += islice(came_after(told), MOST)
    rows.sort(key=lambda row: (row["date_to"], row["sanction"], row["step"], row["days_max"], row["deal"]))
    found = []
    for (_, sanction, act), group in groupby(rows, key=lambda row: (row["date_to"], row["sanction"], row["step"])):
        deals = list(group)
        found.append(
            MerelyAfter(
                episode=sanction, effect=episodes[sanction].title, act=act,
                when=when(deals[0]["date_from"], deals[0]["date_to"]),
                deals=[_deal(row, names) for row in deals[:NEAREST]], more=len(deals[NEAREST:]),
            )
        )  # fmt: skip
    return found


def _deal(row: Row, names: NameOf) -> DealBefore:
    roles = {"weapon": row["weapon"], "supplier": row["seller"], "recipient": row["buyer"], "batch": row["batch"]}
    return DealBefore(
        episode=row["deal"], title=title("transfer", roles, names), days_min=row["days_min"], days_max=row["days_max"]
    )
