"""The two kinds of connection to a graph: to the embedded engine and to a Neo4j server."""

from __future__ import annotations

import errno
import logging
import shutil
import threading
import time
from functools import partial
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from neo4j import Driver, GraphDatabase, RoutingControl
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph import embedded
from graph.errors import StoreError, StoreFailedError, StoreFullError, StoreUnavailableError
from graph.settings import EMBEDDED, Settings, embedded_folder

Dialect = Literal["neo4j", "arcadedb"]

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
FIRST_ANSWER = 10.0
"""Seconds in which a server must have let us in the first time; what listens there may be no Neo4j, and say nothing."""
READER_PATIENCE = 2.0
"""Seconds in which a reader tries again where the server went away; a writer has the driver's own 30."""
LEAST_ROOM = 4_000_000
"""Bytes: a disk with less is full, since the embedded engine's files grow by pieces."""
GONE = (ServiceUnavailable, SessionExpired)
NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"
NEW_PASSWORD = "Neo.ClientError.Security.CredentialsExpired"
LOCKED_OUT = "Neo.ClientError.Security.AuthenticationRateLimit"
ENCRYPTED = "; its '+s' asks for an encrypted connection, which that server may not offer"
logging.getLogger("neo4j").addHandler(logging.NullHandler())  # that it tries again is no news for a terminal


class Connection:
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
        """Closes both drivers."""
        self.writer.close()
        self.reader.close()


class ServerConnection(Connection):
    """A Neo4j server."""

    dialect: Dialect = "neo4j"

    def __init__(self, uri: str, settings: Settings) -> None:
        self.place = address_of(uri)
        self.database = settings.store_database
        self._settings = settings

    def open(self) -> None:
        """Connects, and finds that the database is there."""
        user, password = self._settings.store_user, self._settings.store_password
        auth = (user or "neo4j", password.get_secret_value() if password else "") if user or password else None
        connect = partial(
            GraphDatabase.driver, self.place, auth=auth, notifications_min_severity="OFF", connection_timeout=5.0
        )
        try:
            self.writer, self.reader = connect(), connect(max_transaction_retry_time=READER_PATIENCE)
        except (ConfigurationError, ValueError) as error:
            raise StoreError(f"cannot use the store at {self.place}: {error}") from error
        try:
            with connect(connection_acquisition_timeout=FIRST_ANSWER) as first:
                first.verify_connectivity()
            self.writer.execute_query("RETURN 1", database_=self.database, routing_=RoutingControl.READ)
        except (DriverError, Neo4jError, ValueError) as error:
            self.close()
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> StoreError:
        if isinstance(error, ServiceUnavailable):
            hint = ENCRYPTED if "+s" in urlsplit(self.place).scheme else ""
            return StoreUnavailableError(
                f"no server answers at {self.place} ({_why(error)}); start one with 'make neo4j', or correct "
                f"EMBARGO_STORE{hint}"
            )
        code = error.code if isinstance(error, Neo4jError) else None
        if code == LOCKED_OUT:
            reason = "takes no password for a while after several wrong ones; correct EMBARGO_STORE_PASSWORD and wait"
        elif isinstance(error, AuthError):
            reason = (
                "refuses the user or password; set EMBARGO_STORE_USER and EMBARGO_STORE_PASSWORD (both unset: no "
                "authentication)"
            )
        elif code == NEW_PASSWORD:
            reason = "wants a new password first; set one in Neo4j Browser, or with 'ALTER CURRENT USER SET PASSWORD'"
        elif code == NO_DATABASE:
            reason = f"has no database '{self.database}'; correct EMBARGO_STORE_DATABASE"
        else:
            return StoreError(f"cannot use the store at {self.place}: {error}")
        return StoreError(f"the server at {self.place} {reason}")


class EmbeddedConnection(Connection):
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
        """Starts the engine, or connects to the process that runs it."""
        deadline = time.monotonic() + embedded.START_SECONDS
        while True:
            try:
                lease = embedded.open_folder(
                    self._folder, engine=self._settings.embedded_engine, query_timeout=self._settings.query_timeout
                )
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    raise failed(self, error) from error
                inside = f"{error.filename}: " if str(error.filename or self._folder) != str(self._folder) else ""
                raise StoreError(
                    f"cannot use the store at {self.place} ({inside}{error.strerror or error}); check the folder and "
                    "its permissions, or name another with EMBARGO_STORE=embedded:PATH"
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
        """Starts the engine here, or finds it with another process, where the process that ran it has ended."""
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
        """Bytes that are free where the folder is."""
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return None

    def close(self) -> None:
        """Closes both drivers, and stops the engine if this process runs it."""
        with self._lock:
            if not self._closed:
                self._closed = True
                try:
                    super().close()
                finally:
                    self._lease.close()


def _local_driver(uri: str, user: str, password: str) -> Driver:
    return GraphDatabase.driver(uri, auth=(user, password), max_transaction_retry_time=0.5, connection_timeout=5.0)


def address_of(uri: str) -> str:
    """The URI of a server, once it is sure that it holds nothing that would be ignored or shown.

    Raises:
        StoreError: it is no URI, has another scheme, a user, a password or a path.
    """
    wanted = "give 'embedded:PATH', 'bolt://HOST:PORT' or 'neo4j://HOST:PORT'"
    try:
        parts = urlsplit(uri)
        shown = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        if parts.scheme not in SCHEMES:
            raise StoreError(f"'{shown}' is no store; {wanted}")
        _ = parts.port
    except ValueError as error:
        raise StoreError(f"the address of the store cannot be read: {error}; {wanted}") from None
    if "@" in parts.netloc:
        raise StoreError(
            f"the address of the store at {shown} has a user or password in it; leave them out, and set "
            "EMBARGO_STORE_USER and EMBARGO_STORE_PASSWORD"
        )
    if parts.path not in ("", "/"):
        raise StoreError(
            f"'{shown}' goes on after the port; name the database with EMBARGO_STORE_DATABASE={parts.path.strip('/')}"
        )
    return uri


def _why(error: BaseException) -> str:
    """What the system said, where that is behind the error, else the last line of what the driver says."""
    said = str(error).strip().rpartition("\n")[2]
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, BaseExceptionGroup):
            cause = cause.exceptions[0]
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return said


def gone(connection: Connection, error: Exception) -> StoreError:
    """That the server went away, or lets this program in no longer."""
    if isinstance(error, AuthError):
        return StoreUnavailableError(
            f"the store at {connection.place} no longer takes the user or password; correct EMBARGO_STORE_USER and "
            "EMBARGO_STORE_PASSWORD, then start again"
        )
    return StoreUnavailableError(
        f"the store at {connection.place} no longer answers ({_why(error)}); what was stored stays. Start it again, "
        "then repeat what was under way"
    )


def failed(connection: Connection, error: Exception) -> StoreError:
    """That the server failed for a reason of its own, such as a full disk."""
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
