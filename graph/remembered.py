"""What is read out of a store once and kept in memory until it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.store import Store

T = TypeVar("T")
CATALOGUE = "MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.version AS version"
"""Version of the catalogue that a store holds."""


class Remembered(Generic[T]):
    """One value for each open store, with the state of the store that it belongs to."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Store, tuple[object, T]] = WeakKeyDictionary()

    def get(self, store: Store, state: object, make: Callable[[], T]) -> T:
        """The value; made anew where the store's state is not equal to the one that it was made for."""
        known = self._known.get(store)
        if known is None or known[0] != state:
            known = self._known[store] = state, make()
        return known[1]
