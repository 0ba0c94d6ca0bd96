"""The graph as RDF in a folder that query processes open: made when first asked for, anew when the graph changed."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.exports import export
from graph.scan import LABELS
from graph.settings import Settings
from graph.store import Store

CHECK_SECONDS = 2.0
"""How long what was known of the graph counts as fresh."""
WAIT_SECONDS = 3.0
"""How long a query waits for a newer copy before it takes the one there is."""
FIRST_SECONDS = 20.0
"""How long it waits for the first."""
RENEW_SECONDS = 300.0
"""A copy as old as this is made anew even where nothing seems to have changed."""
KEEP_SECONDS = 60.0
"""An old copy may still be in use so long."""
COUNTS = " UNION ALL ".join(
    [
        *(f"MATCH (n:{label}) RETURN count(n) AS n" for label in LABELS),
        *(f"MATCH ()-[r:{kind}]->() RETURN count(r) AS n" for kind in ("ABOUT", "MENTIONS", "REPORTS")),
    ]
)
"""What any write changes, but for a new title: claims are never deleted, and lose their episode when they retire."""


class CopyPendingError(Exception):
    """The first copy is still being made."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One state of the graph."""

    folder: Path
    counts: tuple[int, ...]
    made: float


class Copies:
    """Keeps the newest copy."""

    def __init__(self, settings: Settings) -> None:
        """Makes nothing yet."""
        self._settings = settings
        self._lock = threading.Lock()
        self._ready = threading.Condition(self._lock)
        self._home: Path | None = None
        self._number = 0
        self._current: Copy | None = None
        self._true_at = 0.0
        self._building = False
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
            if self._current is None:
                error, self._error = self._error, None
                raise error or CopyPendingError
            return self._current.folder, max(0.0, time.monotonic() - self._true_at)

    def _renew(self, store: Store) -> None:
        """Looks at the graph, and has the copy made anew if it changed; who asks meanwhile takes the one there is."""
        current = self._current
        if not self._building:
            now = time.monotonic()
            counts = tuple(row["n"] for row in store.read(COUNTS))
            if current and current.counts == counts and now - current.made < RENEW_SECONDS:
                self._true_at = now
                return
            self._building = True
            threading.Thread(target=self._build, args=(store, counts, now), daemon=True).start()
        elif current:
            return
        self._ready.wait_for(lambda: not self._building, WAIT_SECONDS if current else FIRST_SECONDS)

    def _build(self, store: Store, counts: tuple[int, ...], begun: float) -> None:
        made, failed = None, None
        try:
            made = Copy(self._write(store), counts, begun)
        except Exception as error:  # told to whoever waits
            failed = error
        with self._ready:
            self._building, self._error = False, failed
            if made:
                if self._current:
                    self._old.append((time.monotonic(), self._current.folder))
                self._current, self._true_at = made, begun
                self._drop(KEEP_SECONDS)
            self._ready.notify_all()

    def _write(self, store: Store) -> Path:
        self._home = self._home or Path(tempfile.mkdtemp(prefix="embargo-sparql-"))
        self._number += 1
        folder = self._home / str(self._number)
        with tempfile.TemporaryFile() as lines:
            export(store, "nq", lines, self._settings)
            lines.seek(0)
            copy = ox.Store(str(folder))
            copy.bulk_load(lines, ox.RdfFormat.N_QUADS)
            copy.flush()
        return folder

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
            self._home = self._current = None
