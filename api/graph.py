"""The app's one store: opened in the background, so that the service starts and answers while there is none."""

from __future__ import annotations

import threading
from typing import Literal

import structlog

from api.settings import ApiSettings
from graph.errors import StoreError, StoreUnavailableError
from graph.migrations import migrate
from graph.store import Store, connect

State = Literal["starting", "down", "migrating", "ready"]
FIRST_SECONDS = 60.0
"""How long the start of the service waits for the first attempt."""
PATIENCE = 1.0
"""Seconds that a request waits for a store which is being opened."""
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between attempts; the last one again and again."""
log = structlog.stdlib.get_logger(__name__)


class Graph:
    """Opens the store and brings it to this version's form; tries again until that works."""

    def __init__(self, settings: ApiSettings) -> None:
        """Opens nothing yet."""
        self._settings = settings
        self._guard = threading.Lock()
        self._tried = threading.Event()
        self._ready = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._store: Store | None = None
        self.state: State = "starting"
        self._reason: StoreError = StoreUnavailableError("the store has not been opened yet")

    def store(self) -> Store:
        """The open store.

        Raises:
            StoreError: it cannot be opened, or is being brought to this version's form; `state` tells which, and the
                service goes on trying.
        """
        if not self._ready.is_set():
            self._begin()
            if self.state in ("starting", "migrating"):
                self._ready.wait(PATIENCE)
        with self._guard:
            if self._store is None or self.state != "ready":
                raise self._reason
            return self._store

    def open(self) -> None:
        """Begins to open the store, and waits a while for the first attempt."""
        self._closing.clear()
        self._begin()
        self._tried.wait(FIRST_SECONDS)

    def close(self) -> None:
        """Closes the store if it is open, and gives up trying if it is not."""
        self._closing.set()
        if self._thread:
            self._thread.join(PAUSES[-1])
        with self._guard:
            self._ready.clear()
            if self._store is not None:
                self._store.close()
                self._store = None
            self._thread, self.state = None, "starting"

    def _begin(self) -> None:
        with self._guard:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._keep_trying, name="opens the store", daemon=True)
                self._thread.start()

    def _keep_trying(self) -> None:
        attempt = 0
        while not self._closing.is_set():
            try:
                self._try()
            except Exception as error:
                pause = PAUSES[min(attempt, len(PAUSES) - 1)]
                attempt += 1
                self._reason = error if isinstance(error, StoreError) else StoreError(str(error))
                self.state = "down"
                log.warning("the store cannot be opened", reason=str(error), attempt=attempt, next_try_seconds=pause)
                self._tried.set()
                self._closing.wait(pause)
            else:
                log.info("the store is open", store=self._settings.store)
                self._ready.set()
                self._tried.set()
                return

    def _try(self) -> None:
        store = connect(settings=self._settings)
        with self._guard:
            self._store, self.state = store, "migrating"
        try:
            for name in migrate(store):
                log.info("the graph has a new form", migration=name)
        except BaseException:
            with self._guard:
                self._store = None
            store.close()
            raise
        self.state = "ready"
