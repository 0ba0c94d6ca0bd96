"""Outlets: which one an article's own key means, and whose voice it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.copies import Text
from graph.remembered import CATALOGUE, Remembered
from graph.sketch import Sketch
from graph.store import Store

AGENCY = "agency"
VIA = "-via-"
"""Joins agency and outlet in the slug of "AP via Google News"."""
KNOWN = """
MATCH (o:Outlet) WHERE o.source = 'catalogue'
RETURN o.id AS id, o.keys AS keys, o.kind AS kind, o.owner AS owner
"""


@dataclass(frozen=True)
class Outlets:
    """The outlets of the catalogue that a store holds."""

    ids: Mapping[str, str] = field(default_factory=dict)
    """By every key: domains, and slugs of names."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """Whose voice an outlet is, by its id: an agency's own, else its owner's."""
    agencies: frozenset[str] = frozenset()

    def resolve(self, key: str) -> str:
        """The id of the outlet that this key means.

        Args:
            key: a domain, of which any domain above may be the outlet's, or the slug of a name.

        Returns:
            The catalogue's id, else the key itself.
        """
        named = key.partition(VIA)[2] or key
        parts = named.split(".")
        above = (".".join(parts[start:]) for start in range(max(1, len(parts) - 1)))
        return next((self.ids[domain] for domain in above if domain in self.ids), named)

    def origin(self, article: str, outlet: str | None, credited: str | None) -> str:
        """Where an article comes from, taken alone: articles of one origin support a fact once.

        Args:
            article: its id.
            outlet: `Article.outlet`.
            credited: `Article.credited`.

        Returns:
            The agency that it credits or that publishes it, else the owner of its outlet, else the outlet's id, else
            its own id.
        """
        if outlet is None and credited is None:
            return article
        id = self.resolve(credited or outlet or "")
        return self.voices.get(id, id)

    def text(
        self, article: str, published: str | None, sketch: Sketch | None, outlet: str | None, credited: str | None
    ) -> Text:
        """What `graph.copies` looks at of an article.

        Args:
            article: its id.
            published: when it was published.
            sketch: of its text.
            outlet: `Article.outlet`.
            credited: `Article.credited`.
        """
        id = self.resolve(outlet) if outlet else None
        own = id in self.agencies and credited in (None, id)
        return Text(
            article, published, sketch, self.origin(article, outlet, credited), own or credited is not None, own
        )


_known = Remembered[Outlets]()


def outlets_of(store: Store, read: Callable[..., Iterable[Any]]) -> Outlets:
    """The outlets of the catalogue that the store holds now; read again only when that changed.

    Args:
        store: the graph.
        read: runs Cypher on it, in the transaction that the answer is for.
    """
    version = next((row["version"] for row in read(CATALOGUE)), None)
    return _known.get(store, version, lambda: read_outlets(read))


def read_outlets(read: Callable[..., Iterable[Any]]) -> Outlets:
    """The outlets that Cypher run by `read` finds."""
    return outlets(read(KNOWN))


def outlets(rows: Iterable[Mapping[str, Any]]) -> Outlets:
    """The outlets of a catalogue, from `id`, `keys`, `kind` and `owner` of each."""
    ids: dict[str, str] = {}
    voices: dict[str, str] = {}
    agencies: set[str] = set()
    for row in rows:
        agency = row.get("kind") == AGENCY
        ids |= dict.fromkeys([row["id"], *(row.get("keys") or [])], row["id"])
        if agency:
            agencies.add(row["id"])
        voices[row["id"]] = row["id"] if agency else row.get("owner") or row["id"]
    return Outlets(ids, voices, frozenset(agencies))
