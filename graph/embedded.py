"""The embedded store: an ArcadeDB server inside the process, reached over Bolt on the loopback interface.

The first process that opens a folder owns it and runs the server; others read its address and passwords from a file in
the folder that only the user may read. Nothing else in the project touches the engine's package.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import hashlib
import importlib
import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from filelock import FileLock, Timeout

from graph import intact
from graph.errors import StoreError, StoreUnavailableError
from graph.files import placed

DATABASE = "embargo"
ENGINES = {"arcadedb": "arcadedb", "arcadedb-embedded": "arcadedb_embedded"}
"""The distribution and the module that it brings, the preferred one first."""
WRITER, READER = "root", "reader"
START_SECONDS = 60.0
POLL_SECONDS = 0.1
HASH_ROUNDS = 65536
ANYTHING = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
DATABASE_SETTINGS = {
    "arcadedb.txWalFlush": "2",  # fsync at each commit: what was acknowledged is never lost
    "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
    "arcadedb.queryMaxRangeSize": "10000",  # a loop over range() cannot be stopped within an expression
}
"""Kept in the database itself: the engine does not pass them on from the server's settings."""
NATIVE_ARGUMENTS = "ARCADEDB_NATIVE_ISOLATE_ARGS"
NO_QUEUE = "-Darcadedb.queryMaxConcurrent=0"
"""Else the engine answers two queries a core at once: a few slow ones hold up all others, and what would end them."""
LOGGING = """\
handlers = java.util.logging.FileHandler
.level = WARNING
java.util.logging.FileHandler.pattern = {folder}/engine.log
java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter
java.util.logging.FileHandler.limit = 10000000
"""


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a running embedded server."""

    uri: str
    writer_password: str = field(repr=False)
    reader_password: str = field(repr=False)


class _Server:
    """The server that this process runs for one folder, shared by all its stores."""

    def __init__(self, folder: Path, lock: FileLock, access: Access, stop: Callable[[], None]) -> None:
        self.folder = folder
        self.access = access
        self.process = os.getpid()
        self.users = 0
        self._lock = lock
        self._stop = stop

    def stop(self) -> None:
        _access_file(self.folder).unlink(missing_ok=True)
        try:
            self._stop()
            intact.remember(self.folder, _database(self.folder))
        finally:
            self._lock.release()


_servers: dict[Path, _Server] = {}
_guard = threading.RLock()


class Lease:
    """One user's hold on the embedded store of a folder."""

    def __init__(self, access: Access, server: _Server | None) -> None:
        """Use `open_folder`."""
        self.access = access
        self._server = server

    @property
    def owner(self) -> bool:
        """Whether this process runs the server."""
        return self._server is not None

    def close(self) -> None:
        """Lets go; the last user in the owning process stops the server."""
        with _guard:
            server, self._server = self._server, None
            if server is None or server.process != os.getpid():
                return
            server.users -= 1
            if server.users == 0:
                del _servers[server.folder]
                server.stop()


def holds_store(folder: Path) -> bool:
    """Whether an embedded store was made in a folder; of one that may not be looked into opening it tells why."""
    try:
        return (folder / "databases").is_dir()
    except OSError:
        return True


def open_folder(folder: Path, *, engine: str | None, query_timeout: float) -> Lease:
    """Opens the embedded store of a folder: starts its server, or finds the one that another process runs.

    Args:
        folder: where the data is; made where missing, for this user alone.
        engine: distribution to run it with; by default the first of ENGINES that is installed.
        query_timeout: seconds after which a query of the read-only user is stopped.

    Raises:
        StoreError: no engine is installed, or the server does not start.
        StoreUnavailableError: another process holds the folder but its server does not answer.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with _guard:
            server = _servers.get(folder)
            if server is None or server.process != os.getpid():
                server = _own(folder, engine, query_timeout)
            if server is not None:
                _servers[folder] = server
                server.users += 1
                return Lease(server.access, server)
        access = _read_access(folder)
        if access is not None and _listens(access.uri):
            return Lease(access, None)
        time.sleep(POLL_SECONDS)
    raise StoreUnavailableError(
        f"another process holds the embedded store in {folder}, but its server does not answer; "
        "end that process, or use another folder (EMBARGO_STORE=embedded:PATH)"
    )


def _own(folder: Path, engine: str | None, query_timeout: float) -> _Server | None:
    lock = FileLock(folder / "owner.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    try:
        _access_file(folder).unlink(missing_ok=True)  # of an owner that was killed
        intact.check(folder, _database(folder))
        access, stop = _start(folder, load_engine(engine, folder), query_timeout)
        _write_private(_access_file(folder), json.dumps(asdict(access)))
    except BaseException:
        lock.release()
        raise
    return _Server(folder, lock, access, stop)


def load_engine(engine: str | None, folder: Path) -> ModuleType:
    """The engine's package; its log goes into the folder.

    Args:
        engine: one distribution of ENGINES, or None for the first that is installed.
        folder: the store's folder.

    Raises:
        StoreError: there is none for this platform, or the one asked for is not installed.
    """
    logs = folder / "log"
    logs.mkdir(exist_ok=True)
    logging = logs / "logging.properties"
    logging.write_text(LOGGING.format(folder=logs.as_posix()), encoding="utf-8")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(logs))
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_JVM_ARGS", f"-Xmx1g {NO_QUEUE} -Djava.util.logging.config.file={logging}")
    given = os.environ.get(NATIVE_ARGUMENTS, "")
    os.environ[NATIVE_ARGUMENTS] = given if NO_QUEUE in given else f"{given} {NO_QUEUE}".strip()
    reasons = []
    for name in [engine] if engine else list(ENGINES):
        try:
            return importlib.import_module(ENGINES[name])
        except ImportError as error:
            reasons.append(f"{name}: {error}")
    raise StoreError(
        f"the embedded store cannot run here ({'; '.join(reasons)}); there are wheels for Linux (x86-64, arm64, "
        "glibc 2.28 or later), macOS (arm64) and Windows. Elsewhere use Neo4j: 'make neo4j' starts one, "
        "and EMBARGO_STORE=bolt://127.0.0.1:7687 uses it"
    )


def _start(folder: Path, engine: ModuleType, query_timeout: float) -> tuple[Access, Callable[[], None]]:
    port = _free_port()
    access = Access(f"bolt://127.0.0.1:{port}", secrets.token_urlsafe(24), secrets.token_urlsafe(24))
    _write_security(folder / "config", access, query_timeout)
    try:
        server = engine.create_server(str(folder), access.writer_password, _configuration(port))
        # Java's threads are daemons if the one that starts them is, as those of Python are but for the main one. Else
        # those of clients still connected would keep this process from ending.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(server.start).result()
        database = server.create_database(DATABASE)
        for setting, value in DATABASE_SETTINGS.items():
            database.command("sql", f"ALTER DATABASE `{setting}` {value}")
    except engine.ArcadeDBError as error:
        raise StoreError(
            f"the embedded store in {folder} does not start: {error}; {folder / 'log'} may say more. "
            "Is the disk full, is a file there closed to you, or was the folder made by another version?"
        ) from error
    return access, server.stop


def _configuration(port: int) -> dict[str, Any]:
    """The engine's settings; an underscore stands for a dot, `arcadedb.` is put before."""
    return {
        "mode": "development",  # the other mode keeps the reason of an error to itself
        "host": "127.0.0.1",
        "http_port": 0,  # the engine cannot do without; any free port, and no account but ours
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_host": "127.0.0.1",
        "bolt_port": port,
        "bolt_defaultDatabase": DATABASE,
        "serverMetrics": False,
    }


def _write_security(folder: Path, access: Access, query_timeout: float) -> None:
    """Accounts with fresh passwords and what they may do, as the engine reads them at its start."""
    folder.mkdir(exist_ok=True, mode=0o700)
    schema = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]
    groups = {
        "admin": _group(schema, ANYTHING, -1),
        READER: _group([], ["readRecord"], round(query_timeout * 1000)),
        "*": _group([], [], -1),
    }
    users = [
        {"name": name, "databases": {"*": [group]}, "password": _hashed(password)}
        for name, group, password in (
            (WRITER, "admin", access.writer_password),
            (READER, READER, access.reader_password),
        )
    ]
    _write_private(folder / "server-groups.json", json.dumps({"databases": {"*": {"groups": groups}}, "version": 2}))
    _write_private(folder / "server-users.jsonl", "".join(f"{json.dumps(user)}\n" for user in users))
    _write_private(folder / "mcp-config.json", json.dumps({"enabled": False}))


def _group(database: list[str], records: list[str], milliseconds: int) -> dict[str, Any]:
    return {
        "resultSetLimit": -1,
        "readTimeout": milliseconds,
        "access": database,
        "types": {"*": {"access": records}},
    }


def _hashed(password: str) -> str:
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), HASH_ROUNDS, 32)
    return f"PBKDF2WithHmacSHA256${HASH_ROUNDS}${salt}${base64.b64encode(key).decode()}"


def _write_private(path: Path, text: str) -> None:
    with placed(path, mode=0o600) as file:
        file.write(text.encode())


def _database(folder: Path) -> Path:
    return folder / "databases" / DATABASE


def _access_file(folder: Path) -> Path:
    return folder / "bolt.json"


def _read_access(folder: Path) -> Access | None:
    try:
        return Access(**json.loads(_access_file(folder).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _listens(uri: str) -> bool:
    host, port = uri.removeprefix("bolt://").rsplit(":", 1)
    try:
        with socket.create_connection((host, int(port)), timeout=1):
            return True
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@atexit.register
def _stop_all() -> None:
    """Stops what this process still runs, so that the next start has nothing to repair."""
    with _guard:
        for server in [server for server in _servers.values() if server.process == os.getpid()]:
            with contextlib.suppress(Exception):
                server.stop()
        _servers.clear()
