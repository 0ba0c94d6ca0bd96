"""From a name as people write it to the id of a node."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from graph.edition import edition_of
from graph.model import family, label_of
from graph.remembered import CATALOGUE, Remembered, once
from graph.store import Store
from graph.vocabulary import ACTOR_LABELS, LABELS, Label
from queries.translations import foreign_names

ACTORS: tuple[Label, ...] = ACTOR_LABELS
UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
COUNT = "MATCH (n:{label}) RETURN count(n) AS nodes"
NAMES = """
MATCH (n:{label})
WHERE n.id IS NOT NULL
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, n.source AS source, labels(n) AS labels,
       n.former_ids AS former_ids
"""


class NotOneError(LookupError):
    """No node, or several, have a name; `parameter` is what it was given for, where that is known."""

    def __init__(self, message: str, parameter: str | None) -> None:
        super().__init__(f"parameter '{parameter}': {message}" if parameter else message)
        self.parameter = parameter


class UnknownNameError(NotOneError):
    """Nothing in the store has this name; `suggestions` are names nearby."""

    def __init__(self, text: str, suggestions: list[str], parameter: str | None = None) -> None:
        hint = f"did you mean {', '.join(suggestions)}?" if suggestions else "no name is like it; try a part of it"
        super().__init__(f"nothing is known under '{text}'; {hint}", parameter)
        self.suggestions = suggestions


class AmbiguousNameError(NotOneError):
    """Several nodes have this name; `candidates` are their ids."""

    def __init__(self, text: str, found: list[Named], parameter: str | None = None) -> None:
        listed = ", ".join(f"{entity.id} ({entity.name}, {entity.label})" for entity in found)
        super().__init__(f"'{text}' can be any of {listed}; give the id", parameter)
        self.candidates = [entity.id for entity in found]


@dataclass(frozen=True, slots=True)
class Named:
    """A node with all its names."""

    id: str
    name: str
    label: Label
    aliases: tuple[str, ...]
    reference: bool
    """Whether the catalogue knows it; else articles brought it."""


def fold(text: str) -> str:
    """A name without case, accents, blanks and punctuation: `Türkiye` gives `turkiye`, `S-400` gives `s400`."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(UNDECOMPOSED))
    return "".join(char for char in plain if char.isalnum())


@cache
def _translated() -> Mapping[str, tuple[str, ...]]:
    """Ids of states, by what they are called in other languages, folded; the same for every store."""
    found: dict[str, dict[str, None]] = {}
    for id, name in foreign_names():
        found.setdefault(fold(name), {})[id] = None
    return {key: tuple(ids) for key, ids in found.items()}


class Names:
    """Every name of a store, folded, in memory; never changed, so that threads may share it."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Takes rows with `id`, `name`, `aliases`, `source`, `labels`, and `former_ids` where there are any."""
        self.entities: dict[str, Named] = {}
        self.redirects: dict[str, str] = {}
        """Former ids of the catalogue, and the ids that they lead to."""
        self._by_key: dict[str, list[tuple[str, bool]]] = {}  # ids, and whether it is the main name
        for row in rows:
            aliases = tuple(row["aliases"] or ())
            entity = Named(row["id"], row["name"] or row["id"], label_of(row["labels"]), aliases, bool(row["source"]))
            self.entities[entity.id] = entity
            self.redirects |= dict.fromkeys(row.get("former_ids") or (), entity.id)
            keys = {fold(alias): False for alias in (entity.id, *entity.aliases)} | {fold(entity.name): True}
            for key, main in keys.items():
                self._by_key.setdefault(key, []).append((entity.id, main))

    @cached_property
    def shared(self) -> Mapping[str, frozenset[str]]:
        """The folded names that several entities have, with their ids."""
        ids = {key: frozenset(id for id, _ in found) for key, found in self._by_key.items()}
        return {key: found for key, found in ids.items() if len(found) > 1}

    def states_called(self, text: str) -> list[Named]:
        """The states that are called so in another language, in any case, with or without accents."""
        return [self.entities[id] for id in _translated().get(fold(text), ()) if id in self.entities]

    def resolve(self, text: str, labels: Iterable[Label] = LABELS, parameter: str | None = None) -> str:
        """See `resolve`."""
        allowed = set(labels)
        text = self.redirects.get(text, text)
        if text in self.entities and self.entities[text].label in allowed:
            return text
        key = fold(text)
        found = self._under(key, allowed) or self._under(fold(text.strip().lower().removeprefix("the ")), allowed)
        found = found or [(state, False) for state in self.states_called(text) if state.label in allowed]
        if not found:
            raise UnknownNameError(text, self._near(key, allowed), parameter)
        best = max((entity.reference, main) for entity, main in found)
        candidates = [entity for entity, main in found if (entity.reference, main) == best]
        if len(candidates) > 1:
            raise AmbiguousNameError(text, sorted(candidates, key=lambda entity: entity.id), parameter)
        return candidates[0].id

    def _under(self, key: str, allowed: set[Label]) -> list[tuple[Named, bool]]:
        found = [(self.entities[node], main) for node, main in self._by_key.get(key, [])]
        return [(entity, main) for entity, main in found if entity.label in allowed]

    def _near(self, key: str, allowed: set[Label]) -> list[str]:
        keys = [known for known in self._by_key if known[:1] == key[:1] and self._under(known, allowed)]
        near = difflib.get_close_matches(key, keys, n=5, cutoff=0.6)
        return list(dict.fromkeys(entity.name for known in near for entity, _ in self._under(known, allowed)))

    def family_of(self, node: str) -> str:
        """The label under which the node of this id is indexed: Actor, Weapon or Instrument."""
        return family(self.entities[node].label)


_names, _latest = Remembered[Names](), Remembered[Names]()


def names_of(store: Store) -> Names:
    """The names that the store has now; looked for again only after loads, and read only when nodes came or went."""
    return once(store, "names", _look)


def _look(store: Store) -> Names:
    return _latest.get(store, edition_of(store), lambda: _checked(store))


def _checked(store: Store) -> Names:
    counts = [store.read(COUNT.format(label=label)) for label in ("Actor", "Weapon", "Instrument")]
    state = [*counts, store.read(CATALOGUE)]
    return _names.get(
        store, state, lambda: Names(row for label in LABELS for row in store.read(NAMES.format(label=label)))
    )


def resolve(store: Store, text: str, labels: Iterable[Label] = LABELS, parameter: str | None = None) -> str:
    """The id of the node that the text names.

    Args:
        store: the graph.
        text: an id, or any name or alias, in any case, with or without accents, blanks and punctuation; or what a state
            is called in another language.
        labels: kinds of node to look among.
        parameter: what the text was given for, which errors then name.

    Returns:
        The id. What the catalogue calls so goes before what articles call so, a main name before an alias, and either
        before names in other languages.

    Raises:
        UnknownNameError: nothing is called so; names nearby are suggested.
        AmbiguousNameError: several are called so; their ids are listed.
    """
    return names_of(store).resolve(text, labels, parameter)
