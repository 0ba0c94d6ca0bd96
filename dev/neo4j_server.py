"""Runs a real Neo4j Community server without Docker: jars from Maven Central, on Java 17 or later.

For tests and for trying Embargo with Neo4j. The jars are fetched once, into `.neo4j/` beside this folder. From the
shell: `python -m dev.neo4j_server --port 7687 --home .neo4j/server`; it runs until Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import NoReturn

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".neo4j"
POM = Path(__file__).resolve().parent / "neo4j" / "pom.xml"
OPENED_PACKAGES = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
USER = "neo4j"
OLDEST_JAVA = 17
START_SECONDS = 240
STOP_SECONDS = 60
ADMIN_HEAP = "1g"
NONE: Mapping[str, str] = MappingProxyType({})


class Neo4jStartError(RuntimeError):
    """Neo4j cannot be run here, or no longer runs; the message says why and what to do."""


def missing_tools() -> str | None:
    """What keeps this machine from running Neo4j, in a sentence with its remedy; None where nothing does."""
    java = shutil.which("java")
    if java is None:
        return f"no 'java' on the PATH; install Java {OLDEST_JAVA} or later (a JRE is enough)"
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    if found is None or int(found[1]) < OLDEST_JAVA:
        version = found[1] if found else "of unknown version"
        return f"Java {version} is too old for Neo4j; install Java {OLDEST_JAVA} or later"
    if not _jars().is_dir() and shutil.which("mvn") is None:
        return "no 'mvn' on the PATH to fetch Neo4j with; install Apache Maven"
    return None


def _jars() -> Path:
    version = re.search(r"<neo4j\.version>(.+?)<", POM.read_text(encoding="utf-8"))
    assert version is not None, f"{POM} names no neo4j.version"
    return CACHE / f"lib-{version[1]}"


def fetch_jars() -> Path:
    """The folder with the server's jars, fetched from Maven Central where it is not there yet.

    Raises:
        Neo4jStartError: Maven failed; the message ends with what it said.
    """
    jars = _jars()
    if jars.is_dir():
        return jars
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        fetched = Path(folder) / "lib"
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={fetched}"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            said = (run.stdout + run.stderr).strip()[-2000:]
            raise Neo4jStartError(f"Maven could not fetch Neo4j; check the network and try again. It said:\n{said}")
        try:
            fetched.rename(jars)
        except OSError:
            if not jars.is_dir():  # else another process was faster
                raise
    return jars


def free_port() -> int:
    """A TCP port of the loopback interface that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _configuration(home: Path, port: int, *, authenticate: bool, more: Mapping[str, str]) -> str:
    settings = {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": str(authenticate).lower(),
        "server.memory.pagecache.size": "256m",
        "dbms.usage_report.enabled": "false",
        "dbms.security.procedures.unrestricted": "apoc.*",  # where somebody has put APOC among the plugins
        "server.directories.data": str(home / "data"),
        "server.directories.logs": str(home / "logs"),
        "server.directories.plugins": str(home / "plugins"),
        "server.directories.import": str(home / "import"),
        **more,
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def _write_configuration(home: Path, port: int, *, authenticate: bool, more: Mapping[str, str] = NONE) -> Path:
    """Makes the folders of a server, and returns that of its configuration."""
    conf = home / "conf"
    for folder in (conf, home / "data", home / "logs", home / "plugins", home / "import"):
        folder.mkdir(parents=True, exist_ok=True)
    (conf / "neo4j.conf").write_text(_configuration(home, port, authenticate=authenticate, more=more), encoding="utf-8")
    return conf


def _launch(
    home: Path, port: int, password: str | None, heap: str, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    conf = _write_configuration(home, port, authenticate=bool(password), more=settings)
    command = [
        "java",
        f"-Xmx{heap}",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED_PACKAGES),
        "-cp",
        f"{fetch_jars()}/*{os.pathsep}{home / 'plugins'}/*",
        "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home}",
        f"--config-dir={conf}",
        "--console-mode",
    ]
    with (home / "console.log").open("wb") as log:
        # A group of its own: Ctrl-C reaches this program alone, which then stops the server in order.
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )


def _answers(uri: str, password: str | None) -> bool:
    """Whether Bolt answers; sets the password where the server is new and still has its default one."""
    auth = (USER, password) if password else None
    try:
        with GraphDatabase.driver(uri, auth=auth) as driver:
            driver.verify_connectivity()
        return True
    except AuthError:
        with GraphDatabase.driver(uri, auth=(USER, USER)) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                old=USER,
                new=password,
                database_="system",
            )
        return True
    except (DriverError, Neo4jError):
        return False


def _await_bolt(server: subprocess.Popen[bytes], uri: str, password: str | None, home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            if _answers(uri, password):
                return
        except AuthError:
            raise Neo4jStartError(
                f"{home} holds a database with another password; give that one, or remove the folder"
            ) from None
        except Neo4jError as error:
            raise Neo4jStartError(f"Neo4j refused the password: {error.message}") from None
        time.sleep(0.5)
    raise Neo4jStartError(f"Neo4j did not start on {uri}; {_last_words(home)}")


def _last_words(home: Path) -> str:
    log = home / "console.log"
    return f"{log} ends with:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}"


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


class Server:
    """A Neo4j server that can be started, stopped or killed, and started again over the same data.

    Args:
        home: folder of its data, logs and configuration; made where missing, kept afterwards.
        port: Bolt's port on the loopback interface; any free one by default.
        password: of the user `neo4j`; without one the server asks for none.
        heap: the Java heap's greatest size.
        settings: more lines of its neo4j.conf.
    """

    def __init__(
        self,
        home: Path,
        port: int | None = None,
        password: str | None = None,
        heap: str = "1g",
        settings: Mapping[str, str] = NONE,
    ) -> None:
        self.home, self.port = home.resolve(), port or free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self._password, self._heap, self._settings = password, heap, settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers.

        Raises:
            Neo4jStartError: Java or Maven is missing, or the server did not start.
        """
        reason = missing_tools()
        if reason:
            raise Neo4jStartError(reason)
        self._process = _launch(self.home, self.port, self._password, self._heap, self._settings)
        _await_bolt(self._process, self.uri, self._password, self.home)

    @property
    def pid(self) -> int | None:
        """Its process, once it was started."""
        return self._process.pid if self._process is not None else None

    def wait(self) -> NoReturn:
        """Waits as long as it runs.

        Raises:
            Neo4jStartError: it ended by itself.
        """
        if self._process is not None:
            self._process.wait()
        raise Neo4jStartError(f"Neo4j has ended by itself; {_last_words(self.home)}")

    def stop(self) -> None:
        """Ends it in order."""
        if self._process is not None:
            _stop(self._process)

    def kill(self) -> None:
        """Ends it at once, as a lack of memory or power does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@contextmanager
def running(home: Path, heap: str = "1g", settings: Mapping[str, str] = NONE) -> Iterator[str]:
    """A Neo4j server, with these arguments of `Server`, for as long as the `with` block runs.

    Yields:
        The Bolt URI, once the server answers.

    Raises:
        Neo4jStartError: Java or Maven is missing, or the server did not start.
    """
    server = Server(home, heap=heap, settings=settings)
    try:
        server.start()
        yield server.uri
    finally:
        server.stop()


def admin(arguments: Sequence[str]) -> int:
    """Runs Neo4j's own `neo4j-admin` on the server whose home is NEO4J_HOME, by default that of `main`.

    Returns:
        Its exit status.

    Raises:
        Neo4jStartError: Java or Maven is missing.
    """
    reason = missing_tools()
    if reason:
        raise Neo4jStartError(reason)
    home = Path(os.environ.get("NEO4J_HOME", CACHE / "server")).resolve()
    conf = _write_configuration(home, 0, authenticate=False)
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED_PACKAGES]
    command = ["java", f"-Xmx{ADMIN_HEAP}", *opened, "-cp", f"{fetch_jars()}/*", "org.neo4j.cli.AdminTool", *arguments]
    places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    return subprocess.run(command, env=os.environ | places, check=False).returncode


def _interrupt(signum: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _admin(arguments: Sequence[str]) -> int:
    try:
        return admin(arguments)
    except Neo4jStartError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def main() -> int:
    """Runs the server until Ctrl-C or SIGTERM; the password comes from EMBARGO_STORE_PASSWORD, never from a flag.

    Returns:
        0 where it was stopped in order, 2 where it could not start or ended by itself.
    """
    parser = argparse.ArgumentParser(prog="python -m dev.neo4j_server", description="A local Neo4j without Docker.")
    parser.add_argument("--port", type=int, default=7687)
    parser.add_argument("--home", type=Path, default=CACHE / "server")
    parser.add_argument("--heap", default="1g", help="the Java heap's greatest size (default 1g)")
    parser.add_argument("--admin", nargs=argparse.REMAINDER, metavar="…", help="run neo4j-admin with what follows")
    options = parser.parse_args()
    if options.admin is not None:
        return _admin(options.admin)
    signal.signal(signal.SIGTERM, _interrupt)
    password = os.environ.get("EMBARGO_STORE_PASSWORD")
    try:
        print("Starting Neo4j (the first time its jars are fetched, about 120 MB) …", file=sys.stderr)
        server = Server(options.home, options.port, password, options.heap)
        try:
            server.start()
            print(f"Neo4j is ready. In another terminal:\n\n  export EMBARGO_STORE={server.uri}", flush=True)
            if password:
                print(f"  export EMBARGO_STORE_USER={USER}  # and EMBARGO_STORE_PASSWORD, as here", flush=True)
            else:
                print("\nIt asks for no password and listens on this machine only.", flush=True)
            print("Ctrl-C stops it.", flush=True)
            server.wait()
        finally:
            server.stop()
    except KeyboardInterrupt:
        return 0
    except Neo4jStartError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
