"""What the project tells of itself while it works, to whoever watches: the service's metrics and traces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody who watches; hears of every event, also of those it does not know."""

    measure: Callable[[str, Labels], AbstractContextManager[object]] | None = None
    """Is entered before something is done, and left afterwards."""
    count: Callable[[str, int, Labels], None] | None = None


_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Tells a watcher of everything from now on, once however often it asks."""
    if watcher not in _watchers:
        _watchers.append(watcher)


@contextmanager
def measured(event: str, **labels: str) -> Iterator[None]:
    """Lets watchers see how long a block takes: `query` (by `query`), `store` (by `operation`), `extraction`."""
    if not _watchers:
        yield
        return
    with ExitStack() as stack:
        for watcher in _watchers:
            if watcher.measure:
                stack.enter_context(watcher.measure(event, labels))
        yield


def counted(event: str, number: int = 1, **labels: str) -> None:
    """Tells watchers that so many were seen: `articles`, `claims` (by `state`), `rejected`."""
    for watcher in _watchers:
        if watcher.count and number:
            watcher.count(event, number, labels)
