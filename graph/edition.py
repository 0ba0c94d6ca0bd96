"""Which edition of the graph this is: another one after every change that an answer can show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from graph.errors import GraphChangedError
from graph.origins import LOCK
from graph.remembered import note_once, once
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
    return once(store, EDITION, look)


def look(store: Store) -> Edition:
    """The edition that the store holds now, looked up even within `looking_once`."""
    [row] = store.read(EDITION, origins=LOCK)
    return Edition(**row)


def note(store: Store, edition: Edition) -> None:
    """Within `looking_once` spares `edition_of` a look."""
    note_once(store, EDITION, edition)


@contextmanager
def one_edition(store: Store) -> Iterator[None]:
    """For what reads the graph in several steps and has to be of one edition.

    Raises:
        GraphChangedError: when the block ends, where the store holds another edition than when it began.
    """
    before = edition_of(store)
    yield
    if edition_of(store) != before:
        raise GraphChangedError(
            "the graph was written to while it was exported, so that the export is of no one state and not to be used; "
            "export again, when nothing is being loaded"
        )
