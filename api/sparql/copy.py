"""The graph as RDF in folders that query processes open: made when first asked for, then led after its changes."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from api.sparql.follow import follow
from graph import log
from graph.edition import Edition, edition_of
from graph.exports.ntriples import write_quads
from graph.settings import Settings
from graph.store import Store

CHECK_SECONDS = 1.0
"""How long what was known of the graph counts as fresh."""
WAIT_SECONDS = 3.0
"""How long a query waits for a newer copy before it takes the one there is."""
FIRST_SECONDS = 20.0
"""How long it waits for the first."""
SETTLE_SECONDS = 10.0
"""Changes are followed again where origins change within so long after them: an article's copies are found after it."""
RENEW_SECONDS = 3600.0
"""A copy as old as this is made anew, whatever is known of changes."""
KEEP_SECONDS = 60.0
"""An old copy may still be in use so long."""
EVENTS_AT_ONCE = 200


class CopyPendingError(Exception):
    """The first copy is still being made."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One state of the graph."""

    folder: Path
    edition: Edition
    made: float
    """When all of it was made, from which it was led on."""
    settled: log.Position
    """Changes before it need not be followed again."""
    seen_at: float
    """When the last change was seen."""

    @property
    def seen(self) -> log.Position:
        """The place after the last change that it has."""
        graph, number = self.edition[:2]
        return log.START if graph is None or number is None else log.Position(graph, number + 1)

    def is_of(self, edition: Edition, now: float) -> bool:
        """Whether nothing has to be done for it to be the graph."""
        return self.edition == edition and now - self.made < RENEW_SECONDS


class Copies:
    """Keeps the newest copy."""

    def __init__(self, settings: Settings) -> None:
        """Makes nothing yet."""
        self._settings = settings
        self._lock = threading.Lock()
        self._ready = threading.Condition(self._lock)
        self._home: Path | None = None
        self._number = 0
        self._led: ox.Store | None = None
        """What is led after the graph; copies are backups of it. Only who builds uses it."""
        self._led_folder = Path()
        self._current: Copy | None = None
        self._true_at = 0.0
        self._at_work = False
        self._error: Exception | None = None
        self._old: list[tuple[float, Path]] = []

    def newest(self, store: Store) -> tuple[Path, float]:
        """The folder of the newest copy, and for how many seconds it has not been known to be true.

        Raises:
            CopyPendingError: the first copy is still being made.
            StoreUnavailableError: the store went away.
        """
        with self._ready:
            if self._current is None or time.monotonic() - self._true_at > CHECK_SECONDS:
                self._renew(store)
            if self._current is None or self._error:
                error, self._error = self._error, None
                raise error or CopyPendingError
            return self._current.folder, max(0.0, time.monotonic() - self._true_at)

    def _renew(self, store: Store) -> None:
        """Has the graph looked at, and a copy made if it changed; who asks meanwhile takes the one there is."""
        first = self._current is None
        if not self._at_work:
            self._at_work = True
            threading.Thread(target=self._work, args=(store,), daemon=True).start()
        elif not first:
            return
        self._ready.wait_for(lambda: not self._at_work, FIRST_SECONDS if first else WAIT_SECONDS)

    def _work(self, store: Store) -> None:
        made, failed = self._current, None
        begun = time.monotonic()
        try:
            edition = edition_of(store)
            if not made or not made.is_of(edition, begun):
                made = self._led_on(store, edition, begun) or self._anew(store, edition, begun)
        except Exception as error:  # told to whoever waits
            failed = error
        with self._ready:
            self._at_work, self._error = False, failed
            if made and not failed:
                if self._current and self._current is not made:
                    self._old.append((time.monotonic(), self._current.folder))
                self._current, self._true_at = made, begun
                self._drop(KEEP_SECONDS)
            self._ready.notify_all()

    def _led_on(self, store: Store, edition: Edition, begun: float) -> Copy | None:
        """A copy led on from the current one; None where that one is none of this graph any more."""
        current = self._current
        if not current or not self._led or current.edition.catalogue != edition.catalogue:
            return None
        if begun - current.made >= RENEW_SECONDS:
            return None
        settled = current.seen if begun - current.seen_at >= SETTLE_SECONDS else current.settled
        seen_at = current.seen_at if edition[:2] == current.edition[:2] else begun
        made = Copy(self._new_folder(), edition, current.made, settled, seen_at)
        place = current.seen if edition.origins == current.edition.origins else current.settled
        try:
            while place != made.seen:
                events, place = log.read(store, place, made.seen, EVENTS_AT_ONCE)
                if not events:
                    return None
                follow(store, self._led, self._settings.base_iri, events)
        except log.CursorError:
            return None
        self._led.backup(str(made.folder))
        return made

    def _anew(self, store: Store, edition: Edition, begun: float) -> Copy:
        with tempfile.TemporaryFile() as lines:
            write_quads(store, lines, self._settings)  # what changes meanwhile is followed from `edition` on
            lines.seek(0)
            folder = self._new_folder()
            led = ox.Store(str(folder))
            led.bulk_load(lines, ox.RdfFormat.N_QUADS)
        if self._led:
            self._old.append((begun, self._led_folder))
        self._led, self._led_folder = led, folder
        made = Copy(self._new_folder(), edition, begun, log.START, begun)
        led.backup(str(made.folder))
        return replace(made, settled=made.seen)

    def _new_folder(self) -> Path:
        self._home = self._home or Path(tempfile.mkdtemp(prefix="embargo-sparql-"))
        self._number += 1
        return self._home / str(self._number)

    def _drop(self, age: float) -> None:
        now = time.monotonic()
        for since, folder in self._old:
            if now - since >= age:
                shutil.rmtree(folder, ignore_errors=True)
        self._old = [(since, folder) for since, folder in self._old if now - since < age]

    def close(self) -> None:
        """Removes all copies."""
        with self._ready:
            if self._home:
                shutil.rmtree(self._home, ignore_errors=True)
            self._home = self._led = self._current = None
