"""Which edition of the graph this is: another one after every change that an answer can show."""

from __future__ import annotations

from typing import NamedTuple

from graph.origins import LOCK
from graph.store import Store

EDITION = """
OPTIONAL MATCH (l:Log {id: 'log'})
OPTIONAL MATCH (c:Catalogue {id: 'catalogue'})
OPTIONAL MATCH (o:Lock {id: $origins})
RETURN l.graph AS graph, l.number AS number, c.version AS catalogue, o.turn AS origins
"""


class Edition(NamedTuple):
    """Equal as long as nothing has changed."""

    graph: str | None
    """Random id of the graph, and the number of the last change of articles and claims."""
    number: int | None
    catalogue: str | None
    """Version of the reference data."""
    origins: int | None
    """How often it was found out anew whose reports articles are, on which the support of facts depends."""


def edition_of(store: Store) -> Edition:
    """The edition that the store holds now."""
    [row] = store.read(EDITION, origins=LOCK)
    return Edition(**row)
