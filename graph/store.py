"""The one door to the graph: the same driver and the same Cypher for the embedded engine and for Neo4j."""

from __future__ import annotations

import errno
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from neo4j import READ_ACCESS, Driver, GraphDatabase, ManagedTransaction, Query, Result, RoutingControl
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DatabaseError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph import embedded
from graph.errors import QueryTimeoutError, StoreError, StoreFailedError, StoreFullError, StoreUnavailableError
from graph.late import Watch
from graph.records import row_of
from graph.rowlimit import small_rows
from graph.settings import EMBEDDED, Settings, embedded_folder, read_settings
from graph.telemetry import measured

Dialect = Literal["neo4j", "arcadedb"]
T = TypeVar("T")

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
WRITE_ATTEMPTS = 15
LONGEST_PAUSE = 1.0
READER_PATIENCE = 2.0
"""Seconds in which a reader tries again where the server went away; a writer has the driver's own 30."""
GONE = (ServiceUnavailable, SessionExpired)
MEETING = ("Neo.ClientError.Statement.EntityNotFound", "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists")
NEW_LABEL = ("Neo.ClientError.Statement.SemanticError", "Error executing")
"""Code and beginning of what the embedded engine says where another writer makes the same new label."""
TOO_LATE = ("Neo.ClientError.Transaction.TransactionTimedOut", "Neo.ClientError.Transaction.Terminated")
NOT_COMMITTED = "Neo.ClientError.Transaction.TransactionNotFound"
"""What the embedded engine says where it could not write a transaction to its disk."""
LEAST_ROOM = 4_000_000
"""Bytes: a disk with less is full, since the embedded engine's files grow by pieces."""
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
        return Store(_EmbeddedConnection(uri, settings), settings)
    if urlsplit(uri).scheme not in SCHEMES:
        raise StoreError(f"'{uri}' is no store; give 'embedded:PATH', 'bolt://HOST:PORT' or 'neo4j://HOST:PORT'")
    return Store(_ServerConnection(uri, settings), settings)


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

    def __init__(self, connection: _Connection, settings: Settings) -> None:
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

        def run(connection: _Connection) -> list[dict[str, Any]]:
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

        def run(connection: _Connection) -> T:
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
            raise _gone(self._connection, error) from error

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Runs work in one transaction, again where another writer was in the way.

        Args:
            work: gets the transaction; it may be called several times, so it must not change anything else.

        Returns:
            What the work returns.

        Raises:
            StoreUnavailableError: the server went away.
            StoreFullError: the disk of the embedded store is full.
            StoreFailedError: the server failed for a reason of its own.
            neo4j.exceptions.Neo4jError: a statement is wrong, or others stayed in the way.
        """
        for attempt in range(WRITE_ATTEMPTS):
            try:
                with measured("store", operation="write"):
                    return self._run(lambda connection: _write_once(connection, work))
            except Neo4jError as error:
                if attempt == WRITE_ATTEMPTS - 1 or not _worth_another_try(error):
                    if isinstance(error, DatabaseError) or error.code == NOT_COMMITTED:
                        raise _failed(self._connection, error) from error
                    raise
            time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.05 * 2**attempt)))
        raise AssertionError("unreachable")

    def execute(self, cypher: str, /, **params: Any) -> None:
        """Runs one writing statement in a transaction of its own; raises what `write` raises."""

        def work(transaction: ManagedTransaction) -> None:
            transaction.run(cypher, params).consume()

        self.write(work)

    def _run(self, use: Callable[[_Connection], T]) -> T:
        """Uses the connection; where the process that ran the embedded server has ended, once more after reopening."""
        seen = self._connection.generation
        try:
            return use(self._connection)
        except (*GONE, AuthError) as error:
            if not self._connection.reopen(seen):
                raise _gone(self._connection, error) from error
        except ClientError as error:
            if (error.code or "").startswith(TOO_LATE):
                raise QueryTimeoutError(
                    f"the query took longer than {self._query_timeout:g} seconds; "
                    "narrow it, or raise EMBARGO_QUERY_TIMEOUT"
                ) from error
            raise
        try:
            return use(self._connection)
        except GONE as error:
            raise _gone(self._connection, error) from error

    def close(self) -> None:
        """Closes the connections; the owner of an embedded store stops its server. May be called twice."""
        self._connection.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes the store."""
        self.close()


def _write_once(connection: _Connection, work: Callable[[ManagedTransaction], T]) -> T:
    with connection.writer.session(database=connection.database) as session:
        return session.execute_write(work)


def _worth_another_try(error: Neo4jError) -> bool:
    """Whether two writers met: a deadlock, both made one key or label, or one deleted what the other read."""
    code, message = NEW_LABEL
    new = error.code == code and (error.message or "").startswith(message)
    met = isinstance(error, ConstraintError) or error.code in MEETING or error.is_retryable()
    return new or met or "retry" in (error.message or "").lower()


def _gone(connection: _Connection, error: Exception) -> StoreError:
    return StoreUnavailableError(f"the store at {connection.place} no longer answers ({error}); is it still running?")


def _failed(connection: _Connection, error: Exception) -> StoreError:
    room = connection.room()
    if room is not None and room < LEAST_ROOM:
        return StoreFullError(
            f"the disk of the store at {connection.place} is full; what was stored stays. Free space, "
            "and the same command goes on from there"
        )
    return StoreFailedError(
        f"the store at {connection.place} failed ({error}); what was stored stays. Its log says why: if its disk is "
        "full, free space, and the same command goes on from there"
    )


class _Connection:
    """Drivers to one store: one that writes, one that only reads."""

    dialect: Dialect
    database: str
    place: str
    reader: Driver
    writer: Driver
    generation = 0

    def open(self) -> None:
        """Connects; each kind of store does so in its own way."""
        raise NotImplementedError

    def reopen(self, seen: int) -> bool:
        """Connects anew, unless another thread did since generation `seen`; False where that is no remedy."""
        return False

    def room(self) -> int | None:
        """Bytes that are free on the store's disk, where that can be seen from here."""
        return None

    def close(self) -> None:
        self.writer.close()
        self.reader.close()


class _ServerConnection(_Connection):
    """A Neo4j server."""

    dialect: Dialect = "neo4j"

    def __init__(self, uri: str, settings: Settings) -> None:
        self.place = uri
        self.database = settings.store_database
        self._settings = settings

    def open(self) -> None:
        user, password = self._settings.store_user, self._settings.store_password
        auth = (user or "neo4j", password.get_secret_value() if password else "") if user or password else None
        try:
            connect = partial(
                GraphDatabase.driver, self.place, auth=auth, notifications_min_severity="OFF", connection_timeout=5.0
            )
            self.writer, self.reader = connect(), connect(max_transaction_retry_time=READER_PATIENCE)
            self.writer.verify_connectivity()
            self.writer.execute_query("RETURN 1", database_=self.database, routing_=RoutingControl.READ)
        except AuthError as error:
            raise StoreError(
                f"the server at {self.place} refuses the user or password; set EMBARGO_STORE_USER and "
                "EMBARGO_STORE_PASSWORD (both unset: no authentication)"
            ) from error
        except ServiceUnavailable as error:
            raise StoreUnavailableError(
                f"no server answers at {self.place} ({error}); start one with 'make neo4j', or correct EMBARGO_STORE"
            ) from error
        except (ConfigurationError, DriverError, ClientError, ValueError) as error:
            raise StoreError(f"cannot use the store at {self.place}: {error}") from error


class _EmbeddedConnection(_Connection):
    """The embedded server, run by this process or by another one."""

    dialect: Dialect = "arcadedb"
    database = embedded.DATABASE

    def __init__(self, uri: str, settings: Settings) -> None:
        self._folder = embedded_folder(uri)
        self._settings = settings
        self._lock = threading.Lock()
        self._closed = False
        self.place = f"{EMBEDDED}{self._folder}"

    def open(self) -> None:
        deadline = time.monotonic() + embedded.START_SECONDS
        while True:
            try:
                lease = embedded.open_folder(
                    self._folder, engine=self._settings.embedded_engine, query_timeout=self._settings.query_timeout
                )
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    raise _failed(self, error) from error
                raise StoreError(
                    f"cannot use the store at {self.place} ({error.strerror or error}); check the folder and its "
                    "permissions, or name another with EMBARGO_STORE=embedded:PATH"
                ) from error
            access = lease.access
            writer = _local_driver(access.uri, embedded.WRITER, access.writer_password)
            try:
                writer.verify_connectivity()
            except (*GONE, AuthError) as error:  # its owner ended just now
                writer.close()
                lease.close()
                if time.monotonic() > deadline:
                    raise StoreUnavailableError(f"the store at {self.place} does not answer: {error}") from error
                time.sleep(embedded.POLL_SECONDS)
                continue
            self._lease, self.writer = lease, writer
            self.reader = _local_driver(access.uri, embedded.READER, access.reader_password)
            return

    def reopen(self, seen: int) -> bool:
        with self._lock:
            if self._closed or self._lease.owner:
                return False
            if self.generation == seen:
                super().close()
                self._lease.close()
                self.open()
                self.generation += 1
            return True

    def room(self) -> int | None:
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return None

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                super().close()
                self._lease.close()


def _local_driver(uri: str, user: str, password: str) -> Driver:
    return GraphDatabase.driver(uri, auth=(user, password), max_transaction_retry_time=0.5, connection_timeout=5.0)
