"""What is read out of a store once and kept in memory until it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.store import Store

T = TypeVar("T")
CATALOGUE = "MATCH (c:Catalogue {id: 'catalogue'}) RETURN c.version AS version"
"""Version of the catalogue that a store holds."""
_looked_up: ContextVar[dict[tuple[Store, str], Any] | None] = ContextVar("looked_up", default=None)


@contextmanager
def looking_once() -> Iterator[None]:
    """Within it `once` looks at a store once, however often it is asked: for what answers one question."""
    token = _looked_up.set({})
    try:
        yield
    finally:
        _looked_up.reset(token)


def once(store: Store, what: str, look: Callable[[Store], T]) -> T:
    """What is found in the store now; within `looking_once` what was found there before.

    Args:
        store: the graph.
        what: a name for it.
        look: finds it.
    """
    found = _looked_up.get()
    if found is None:
        return look(store)
    if (store, what) not in found:
        found[store, what] = look(store)
    known: T = found[store, what]
    return known


def note_once(store: Store, what: str, value: object) -> None:
    """Within `looking_once` tells what `once` would find."""
    found = _looked_up.get()
    if found is not None:
        found[store, what] = value


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
