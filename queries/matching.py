"""Which entity a record means: by its name, and by what else it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.store import Store
from graph.vocabulary import ACTOR_LABELS, Label
from queries.names import Named
from queries.search import SURE, Hit, Index, index_of, is_sure
from queries.traits import Trait, Traits, traits_of

CONTRADICTION = 30.0
"""Off the score for each trait that an entity is known not to have."""
AGREEMENT = 2.0
"""Ahead of others of the same score for each trait that it is known to have."""
NAMED: dict[Trait, Label] = {"class": "Weapon", "state": "Country"}
"""Traits whose values are entities, which go by any name."""


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody knows of an entity: a name, and values of its traits, one of which it has."""

    name: str
    traits: Mapping[Trait, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a record can mean."""

    hit: Hit
    score: float
    """0 to 100: that of the name, less for every trait that is another."""
    agrees: Mapping[Trait, bool | None]
    """By trait of the record whether the entity has it; None where one cannot tell."""
    match: bool
    """Whether it is surely the one meant."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a store knows of names and traits, looked up once for all that a request asks."""

    index: Index
    traits: Traits

    @property
    def entities(self) -> Mapping[str, Named]:
        """Every entity by its id."""
        return self.index.names.entities


def lookup_of(store: Store) -> Lookup:
    """The names and traits that the store has now."""
    return Lookup(index_of(store), traits_of(store))


def match(known: Lookup, record: Record, limit: int) -> list[Candidate]:
    """The entities that a record can mean, the best first, at most so many.

    A trait lowers the score of those that are known to be something else, and decides between equals; it never makes up
    for a name. Only the first candidate can be a match: with a name that fits but for its form, and well ahead of the
    next.
    """
    wanted = {trait: values_of(known, trait, texts) for trait, texts in record.traits.items() if texts}
    scored = []
    for hit in known.index.search(record.name):
        agrees: dict[Trait, bool | None] = {}
        for trait, values in wanted.items():
            own = known.traits.of(hit.entity.id, trait)
            agrees[trait] = not own.isdisjoint(values) if own and values else None
        told = list(agrees.values())
        wrong, right = told.count(False), told.count(True)
        scored.append((max(0.0, hit.score - CONTRADICTION * wrong), right, hit, agrees))
    scored.sort(key=lambda item: -item[0] - AGREEMENT * item[1])
    lead = [score + AGREEMENT * right for score, right, *_ in scored[:2]]
    sure = bool(scored) and scored[0][0] >= SURE and is_sure(lead)
    return [
        Candidate(hit, score, agrees, match=sure and place == 0)
        for place, (score, _, hit, agrees) in enumerate(scored[:limit])
    ]


def values_of(known: Lookup, trait: Trait, texts: Iterable[str]) -> frozenset[str]:
    """Values as entities have them; a name that nothing has, or several have, gives none."""
    if trait == "label" and "Actor" in texts:
        return frozenset({*texts, *ACTOR_LABELS})
    if trait not in NAMED:
        return frozenset(texts)
    found = set()
    for text in texts:
        try:
            found.add(known.index.names.resolve(text, (NAMED[trait],)))
        except LookupError:
            continue
    return frozenset(found)
