"""What routes ask for: the store, the form of the answer, the right to write."""

from __future__ import annotations

import hmac
import logging
import threading
from ipaddress import ip_address
from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Security
from fastapi.security import APIKeyHeader

from api.problems import DETAILS, ProblemError
from api.settings import ApiSettings
from graph.errors import StoreError
from graph.store import Store, connect

log = logging.getLogger(__name__)
key_header = APIKeyHeader(
    name="X-API-Key", auto_error=False, description="The key that the service was started with (EMBARGO_API_KEY)."
)


class Graph:
    """The app's one store. Where it cannot be reached at the start, every request tries again."""

    def __init__(self, settings: ApiSettings) -> None:
        """Opens nothing yet."""
        self._settings = settings
        self._lock = threading.Lock()
        self._store: Store | None = None

    def store(self) -> Store:
        """The open store.

        Raises:
            StoreError: it cannot be opened.
        """
        with self._lock:
            if self._store is None:
                self._store = connect(settings=self._settings)
            return self._store

    def open(self) -> None:
        """Opens the store if it can be reached, so that the first request need not wait."""
        try:
            self.store()
        except StoreError as error:
            log.warning("%s", error)

    def close(self) -> None:
        """Closes the store if it is open."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None


def _store(request: Request) -> Store:
    graph: Graph = request.app.state.graph
    return graph.store()


def _wants_csv(
    request: Request,
    format: Annotated[
        Literal["json", "csv"] | None,
        Query(description="Form of the answer, before the header Accept.", examples=["csv"]),
    ] = None,
) -> bool:
    if format is not None:
        return format == "csv"
    accepted = _accepted(request.headers.get("accept", ""))
    return accepted.get("text/csv", 0) > max(accepted.get("application/json", 0), accepted.get("*/*", 0))


def _accepted(header: str) -> dict[str, float]:
    """Media types with their weights."""
    weights: dict[str, float] = {}
    for part in header.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            weights[kind] = float(weight)
        except ValueError:
            weights[kind] = 0.0
    return weights


Key = Annotated[str | None, Security(key_header)]


def _may_write(request: Request, key: Key) -> None:
    _check_key(request, key, DETAILS[403])


def _may_ask_cypher(request: Request, key: Key) -> None:
    """Who asks from this machine needs no key, if the service listens to nobody else."""
    if not _is_private(request):
        _check_key(request, key, "this service takes Cypher only with a key; start it with EMBARGO_API_KEY set")


def _check_key(request: Request, key: str | None, none_set: str) -> None:
    settings: ApiSettings = request.app.state.settings
    wanted = settings.api_key.get_secret_value() if settings.api_key else ""
    if not wanted:
        raise ProblemError(403, none_set)
    if key is None or not hmac.compare_digest(key.encode(), wanted.encode()):
        raise ProblemError(401, DETAILS[401], {"WWW-Authenticate": "ApiKey"})


def _is_private(request: Request) -> bool:
    """Whether only this machine can have asked: the service listens on the loopback interface, the request came in
    there, and under its name (a page of another site whose name was made to lead here would come under that one)."""
    settings: ApiSettings = request.app.state.settings
    address, _ = request.scope.get("server") or ("", None)
    return all(map(is_loopback, (settings.host, address, request.url.hostname or "")))


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own, reached from nowhere else."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


StoreDep = Annotated[Store, Depends(_store)]
WantsCsv = Annotated[bool, Depends(_wants_csv)]
MayWrite = Depends(_may_write)
MayAskCypher = Depends(_may_ask_cypher)
