"""What sorts entities: label, kind, class and state; filters and counts by them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from graph.remembered import Remembered
from graph.store import Store
from queries.names import Names, names_of

Trait = Literal["label", "kind", "class", "state"]
TRAITS: tuple[Trait, ...] = get_args(Trait)
KINDS = "MATCH (n:{label}) WHERE n.kind IS NOT NULL RETURN n.id AS id, n.kind AS kind"
ABOVE = "MATCH (w:Weapon)-[:VARIANT_OF|OF_CLASS]->(above:Weapon) RETURN w.id AS id, above.id AS above"
STATES = """
MATCH (n)-[:BASED_IN|HELD_OFFICE|ORIGIN]->(s:Country) RETURN DISTINCT n.id AS id, s.id AS state
"""


class Traits:
    """The traits of every entity; never changed, so that threads may share it."""

    def __init__(self, store: Store, names: Names) -> None:
        """Reads them."""
        self._values: dict[str, dict[Trait, frozenset[str]]] = {
            node: {"label": frozenset({entity.label})} for node, entity in names.entities.items()
        }
        for label in ("Weapon", "Instrument"):
            self._add("kind", ((row["id"], {row["kind"]}) for row in store.read(KINDS.format(label=label))))
        self._add("class", _classes((row["id"], row["above"]) for row in store.read(ABOVE)).items())
        states: dict[str, set[str]] = defaultdict(set)
        for node, entity in names.entities.items():
            if entity.label == "Country":
                states[node].add(node)
        for row in store.read(STATES):
            states[row["id"]].add(row["state"])
        self._add("state", states.items())

    def _add(self, trait: Trait, values: Iterable[tuple[str, set[str]]]) -> None:
        for node, found in values:
            if node in self._values:
                self._values[node][trait] = frozenset(found)

    def of(self, node: str, trait: Trait) -> frozenset[str]:
        """The values of a trait that an entity has, empty where nothing is known.

        `label` is what it is, `kind` that of a weapon (model, family, class) or instrument (statute, treaty …),
        `class` all classes that a weapon belongs to, `state` the states where an actor is based or held office and
        where a weapon was developed; a state is its own.
        """
        return self._values[node].get(trait, frozenset())

    def having(self, wanted: Mapping[Trait, Iterable[str]]) -> set[str]:
        """Ids of the entities that have one of the values wanted of every trait."""
        sets = {trait: frozenset(values) for trait, values in wanted.items()}
        return {
            node for node in self._values if all(not values.isdisjoint(self.of(node, t)) for t, values in sets.items())
        }

    def counts(self, nodes: Iterable[str], trait: Trait) -> list[tuple[str, int]]:
        """How many of the entities have each value of a trait, the most frequent first."""
        counter = Counter(value for node in nodes for value in self.of(node, trait))
        return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def _classes(links: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """By weapon all classes above it, over models, families and classes."""
    direct: dict[str, set[str]] = defaultdict(set)
    for node, above in links:
        direct[node].add(above)
    found: dict[str, set[str]] = {}
    for node in direct:
        seen, ahead = set[str](), [node]
        while ahead:
            further = direct.get(ahead.pop(), set()) - seen
            seen |= further
            ahead += further
        found[node] = {above for above in seen if above.startswith("class/")}
    return found


_traits = Remembered[Traits]()


def traits_of(store: Store) -> Traits:
    """The traits of the entities that the store has now; read again only when its names were."""
    names = names_of(store)
    return _traits.get(store, names, lambda: Traits(store, names))
