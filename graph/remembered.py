"""What is read out of a store once and kept in memory until it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
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
    """One value for each open store, with the state of the store that it belongs to. Safe to share between threads."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Store, tuple[object, Future[T]]] = WeakKeyDictionary()
        self._guard = threading.Lock()

    def get(self, store: Store, state: object, make: Callable[[], T]) -> T:
        """The value; made anew where the store's state is not equal to the one that it was made for.

        Of several threads that want it at once the first makes it, and the others wait for what becomes of that: made
        by each of them at the same time it would come as many times later.
        """
        with self._guard:
            known = self._known.get(store)
            is_new = known is None or known[0] != state
            if known is None or is_new:
                known = self._known[store] = state, Future()
        if is_new:
            self._make(store, known[1], make)
        return known[1].result()

    def _make(self, store: Store, value: Future[T], make: Callable[[], T]) -> None:
        """Sets the value; what failed is tried again by whoever wants it next."""
        try:
            value.set_result(make())
        except BaseException as error:
            with self._guard:
                if self._known.get(store, (None, None))[1] is value:
                    del self._known[store]
            value.set_exception(error)
