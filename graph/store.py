"""The one door to the graph: the same driver and the same Cypher for the embedded engine and for Neo4j."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from neo4j import READ_ACCESS, ManagedTransaction, Query, Result, RoutingControl
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConstraintError,
    DatabaseError,
    DriverError,
    Neo4jError,
    TransientError,
)

from graph import embedded
from graph.connections import GONE, Connection, Dialect, EmbeddedConnection, ServerConnection, address_of, failed, gone
from graph.errors import QueryTimeoutError, StoreError, StoreUnavailableError, would_write
from graph.late import Watch
from graph.records import row_of
from graph.rowlimit import small_rows
from graph.settings import EMBEDDED, Settings, embedded_folder, read_settings
from graph.telemetry import measured

T = TypeVar("T")

WRITE_ATTEMPTS = 15
LONGEST_PAUSE = 1.0
TRY_AGAIN = (
    ("Neo.ClientError.Statement.EntityNotFound", ""),
    ("Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists", ""),
    ("Neo.ClientError.Statement.SemanticError", r"\AError executing"),  # another writer makes the same new label
    ("", "broken chunk chain|Error executing Cypher command"),  # another program writes what is read, in first loads
    ("", "(?i:retry)"),
)
"""Code, or any, and pattern of the message by which the engines tell that another writer was met."""
TOO_LATE = ("Neo.ClientError.Transaction.TransactionTimedOut", "Neo.ClientError.Transaction.Terminated")
ENDED = "the command has been terminated"
"""What the embedded engine says of a query that was ended while its rows were read."""
NOT_COMMITTED = "Neo.ClientError.Transaction.TransactionNotFound"
"""What the embedded engine says where it could not write a transaction to its disk."""
RUNNING, END = "SHOW TRANSACTIONS", "TERMINATE TRANSACTIONS $id"


def connect(uri: str | None = None, settings: Settings | None = None) -> Store:
    """Opens a store.

    Args:
        uri: `embedded:PATH`, `embedded:` or a Bolt URI; by default EMBARGO_STORE.
        settings: user, password and the rest; by default the environment's.

    Raises:
        StoreError: a setting or the URI is not understood, the password is wrong, or the embedded engine does not run
            here.
        StoreUnavailableError: no server answers.
    """
    settings = settings or _settings()
    uri = uri or settings.store
    if uri.startswith(EMBEDDED):
        return Store(EmbeddedConnection(uri, settings), settings)
    return Store(ServerConnection(uri, settings), settings)


def check_address(uri: str) -> None:
    """Makes sure that a store can be meant.

    Raises:
        StoreError: the URI is not understood.
    """
    if uri.startswith(EMBEDDED):
        embedded_folder(uri)
    else:
        address_of(uri)


def absent_folder(uri: str | None = None) -> Path | None:
    """The folder of an embedded store that `connect` would make anew; None for any other store.

    Raises:
        StoreError: a setting is not understood.
    """
    uri = uri or _settings().store
    folder = embedded_folder(uri) if uri.startswith(EMBEDDED) else None
    return folder if folder and not embedded.holds_store(folder) else None


def _settings() -> Settings:
    try:
        return read_settings(Settings)
    except ValueError as error:
        raise StoreError(str(error)) from None


class Store:
    """An open graph. Safe to share between threads; use one for a whole program."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        """Use `connect`."""
        self._connection = connection
        self._query_timeout = settings.query_timeout
        self.keep_text = settings.keep_text
        self._watch = Watch(settings.query_timeout, self._end_late)
        connection.open()

    @property
    def dialect(self) -> Dialect:
        """Which engine answers, for the few statements that differ."""
        return self._connection.dialect

    def read(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Runs a query that may not write, and returns its rows; nodes and relationships come as dictionaries.

        Args:
            cypher: the query; values belong into parameters, never into its text.
            params: its parameters.

        Raises:
            QueryTimeoutError: it took longer than EMBARGO_QUERY_TIMEOUT allows.
            StoreUnavailableError: the server went away.
            neo4j.exceptions.ClientError: the query is wrong, or it tries to write.
        """
        query = Query(cypher, timeout=self._query_timeout)

        def run(connection: Connection) -> list[dict[str, Any]]:
            try:
                # The server opens and ends the transaction by itself: half the work of one that the driver manages.
                with connection.reader.session(
                    database=connection.database, default_access_mode=READ_ACCESS
                ) as session:
                    return list(map(row_of, session.run(query, params)))
            except (DriverError, Neo4jError) as error:
                if not error.is_retryable():
                    raise
            found = connection.reader.execute_query(
                query, parameters_=params, database_=connection.database, routing_=RoutingControl.READ
            )
            return list(map(row_of, found.records))

        with measured("store", operation="read"), self._watched():
            return self._run(run)

    def probe(self, cypher: str, parameters: Mapping[str, Any], use: Callable[[Result], T], /) -> T:
        """Runs a query that may not write in a transaction that is never committed.

        Args:
            cypher: the query.
            parameters: its parameters.
            use: takes from the result what it wants; the rest is never fetched.

        Returns:
            What `use` returns.

        Raises:
            QueryTimeoutError, StoreUnavailableError, neo4j.exceptions.ClientError: as `read`.
            graph.rowlimit.RowTooLargeError: one row takes too much memory.
        """

        def run(connection: Connection) -> T:
            with (
                connection.reader.session(database=connection.database, default_access_mode=READ_ACCESS) as session,
                small_rows(session.begin_transaction(timeout=self._query_timeout)) as transaction,
            ):
                return use(transaction.run(cypher, dict(parameters)))

        with measured("store", operation="probe"), self._watched():
            return self._run(run)

    def _watched(self) -> AbstractContextManager[None]:
        """Neo4j ends late queries itself; the embedded engine does not look at the clock in every loop."""
        return self._watch.over() if self.dialect == "arcadedb" else nullcontext()

    def _end_late(self) -> None:
        for row in self._connection.writer.execute_query(RUNNING, database_=self._connection.database).records:
            if row["username"] == embedded.READER and row["elapsedTime"].seconds >= self._query_timeout:
                self._connection.writer.execute_query(END, id=row["transactionId"], database_=self._connection.database)

    @contextmanager
    def stream(self, cypher: str, /, **params: Any) -> Iterator[Iterator[dict[str, Any]]]:
        """Runs a long query of the project's own, row by row and without a time limit; memory stays flat.

        Raises:
            StoreUnavailableError: the server went away.
        """
        try:
            session = self._connection.writer.session(
                database=self._connection.database, default_access_mode=READ_ACCESS
            )
            with session, session.begin_transaction() as transaction:
                yield map(row_of, transaction.run(cypher, params))
        except GONE as error:
            raise gone(self._connection, error) from error

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Runs work in one transaction, again where another writer was in the way.

        Args:
            work: gets the transaction; it may be called several times, so it must not change anything else.

        Returns:
            What the work returns.

        Raises:
            StoreUnavailableError: the server went away, or others stayed in the way.
            StoreFullError: the disk of the embedded store is full.
            StoreFailedError: the server failed for a reason of its own.
            StoreError: the store may only be read.
            neo4j.exceptions.Neo4jError: a statement is wrong.
        """
        for attempt in range(WRITE_ATTEMPTS):
            try:
                with measured("store", operation="write"):
                    return self._run(lambda connection: _write_once(connection, work))
            except Neo4jError as error:
                if attempt == WRITE_ATTEMPTS - 1 or not _worth_another_try(error):
                    if known := _known(self._connection, error):
                        raise known from error
                    raise
            time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.05 * 2**attempt)))
        raise AssertionError("unreachable")

    def execute(self, cypher: str, /, **params: Any) -> None:
        """Runs one writing statement in a transaction of its own; raises what `write` raises."""

        def work(transaction: ManagedTransaction) -> None:
            transaction.run(cypher, params).consume()

        self.write(work)

    def _run(self, use: Callable[[Connection], T]) -> T:
        """Uses the connection; where the process that ran the embedded server has ended, once more after reopening."""
        seen = self._connection.generation
        try:
            return use(self._connection)
        except (*GONE, AuthError) as error:
            if not self._connection.reopen(seen):
                raise gone(self._connection, error) from error
        except (ClientError, DatabaseError) as error:
            if (error.code or "").startswith(TOO_LATE) or ENDED in (error.message or ""):
                raise QueryTimeoutError(
                    f"the query took longer than {self._query_timeout:g} seconds; "
                    "narrow it, or raise EMBARGO_QUERY_TIMEOUT"
                ) from error
            raise
        try:
            return use(self._connection)
        except GONE as error:
            raise gone(self._connection, error) from error

    def close(self) -> None:
        """Closes the connections; the owner of an embedded store stops its server. May be called twice."""
        self._watch.stop()
        self._connection.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes the store."""
        self.close()


def _write_once(connection: Connection, work: Callable[[ManagedTransaction], T]) -> T:
    with connection.writer.session(database=connection.database) as session:
        return session.execute_write(work)


def _known(connection: Connection, error: Neo4jError) -> StoreError | None:
    """What to tell of a write that failed; None where its statement is wrong."""
    if isinstance(error, DatabaseError) or error.code == NOT_COMMITTED:
        return failed(connection, error)
    if would_write(error.code):
        return StoreError(
            f"the store at {connection.place} may only be read ({error.message}); give a user that may write, by "
            "EMBARGO_STORE_USER and EMBARGO_STORE_PASSWORD, or make the database writable"
        )
    if isinstance(error, TransientError):
        return StoreUnavailableError(
            f"the store at {connection.place} is too busy ({error.message}); what was stored stays. Try again later"
        )
    return None


def _worth_another_try(error: Neo4jError) -> bool:
    """Whether two writers met: a deadlock, both made one key or label, or one deleted what the other read."""
    told = any(code in ("", error.code) and re.search(words, error.message or "") for code, words in TRY_AGAIN)
    return told or isinstance(error, ConstraintError) or error.is_retryable()
