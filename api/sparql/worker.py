"""Answers queries in a process of their own: with little memory, without network, and killed when one takes too long.

The engine has no way to stop a query, and a crash of it must not be one of the service.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from api.sparql.undeclared import undeclared

NICE = 3
"""How far a query gives way to the service itself and its store (nice(2))."""
MEMORY = 2 << 30
"""Bytes of address space that a query may use."""
ROOM = MEMORY // 2
"""A process that has less address space left answers no further query."""
MOST_ANSWERS = 1000
"""After so many it ends, whatever it has left."""
MOST_BYTES = 16 << 20
"""Bytes that an answer may have."""
SYSTEM_CALLS = {"x86_64": (41, 425), "aarch64": (198, 425)}
"""Numbers of socket and io_uring_setup (Linux, asm/unistd.h)."""
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}


@dataclass(frozen=True, slots=True)
class Job:
    """A query with all that its process needs to know."""

    copy: str
    """Folder of the copy."""
    query: str
    base_iri: str
    prefixes: dict[str, str]
    """For answers in RDF."""
    default_graphs: list[str] | None
    """The graphs that make the default graph; None: all of them together."""
    named_graphs: list[str] | None
    own_dataset: bool
    """Whether the query itself names its graphs."""
    results: str | None
    """Media type for rows and booleans; None: the client takes none."""
    graph: str | None
    """Media type for triples; None: the client takes none."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of it."""

    status: int
    body: bytes
    media_type: str = ""


class _TooLargeError(Exception):
    pass


class _Limited:
    """A file in memory that may not grow without end."""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, chunk: bytes) -> int:
        if len(self.data) + len(chunk) > MOST_BYTES:
            raise _TooLargeError
        self.data += chunk
        return len(chunk)

    def flush(self) -> None:
        pass


def work(connection: Connection, copy: str) -> None:
    """Sends the reply to each job about a copy, and whether the process takes another one; else it ends.

    After anything but an answer it ends, as it does when memory is short.

    Args:
        connection: where jobs come from.
        copy: folder of the copy.
    """
    confine()
    store = None
    for number in range(1, MOST_ANSWERS + 1):
        try:
            job: Job = connection.recv()
        except EOFError:
            return
        try:
            store = store or ox.Store.read_only(copy)
            reply = _answer(store, job)
        except SyntaxError as error:
            missing = undeclared(job.query, job.prefixes)
            reply = Reply(400, f"the query is not SPARQL: {error}{missing}".encode())
        except _TooLargeError:
            reply = Reply(400, f"the answer has more than {MOST_BYTES >> 20} MiB; add a LIMIT".encode())
        except MemoryError:
            reply = Reply(503, b"the query needs more memory than it may have; narrow it")
        except (ValueError, OSError, RuntimeError) as error:
            reply = Reply(400, f"the query cannot be answered: {error}".encode())
        goes_on = reply.status == 200 and number < MOST_ANSWERS and _left() >= ROOM
        connection.send((reply, goes_on))
        if not goes_on:
            return


def _left() -> int:
    """Bytes of address space that this process may still take; elsewhere than on Linux it is not counted."""
    if sys.platform != "linux":
        return MEMORY
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return MEMORY - pages * os.sysconf("SC_PAGE_SIZE")


def confine() -> None:
    """Takes memory and network from this process, for good."""
    if sys.platform != "win32":
        import resource

        os.nice(NICE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":  # elsewhere libraries reserve more addresses than they use
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    numbers = SYSTEM_CALLS.get(platform.machine())
    if sys.platform == "linux" and numbers:
        _forbid(*numbers)


def _forbid(*numbers: int) -> None:
    """Makes system calls fail with EACCES, by a seccomp filter (Linux, seccomp(2))."""
    load, equal, give, allow, refuse = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000 | 13
    steps = [(load, 0, 0, 0)]
    for position, number in enumerate(numbers):
        steps.append((equal, len(numbers) - position, 0, number))
    steps += [(give, 0, 0, allow), (give, 0, 0, refuse)]
    code = b"".join(
        code.to_bytes(2, sys.byteorder) + bytes((yes, no)) + value.to_bytes(4, sys.byteorder)
        for code, yes, no, value in steps
    )
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    program = Program(len(steps), ctypes.addressof(buffer))
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    if system.prctl(22, 2, ctypes.byref(program), 0, 0):  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError(ctypes.get_errno(), "the process cannot be kept from the network")


def _answer(store: ox.Store, job: Job) -> Reply:
    given = job.default_graphs is not None or job.named_graphs is not None
    found = store.query(
        job.query,
        base_iri=job.base_iri,
        use_default_graph_as_union=not given and not job.own_dataset,
        default_graph=[ox.NamedNode(iri) for iri in job.default_graphs or ()] if given else None,
        named_graphs=[ox.NamedNode(iri) for iri in job.named_graphs or ()] if given else None,
    )
    out = _Limited()
    if isinstance(found, ox.QueryTriples):
        if job.graph is None:
            return Reply(406, f"triples come as {', '.join(GRAPHS)}; name one of them in Accept".encode())
        ox.serialize(found, out, GRAPHS[job.graph], prefixes=job.prefixes)  # type: ignore[arg-type]  # only its `write` is called
        return Reply(200, bytes(out.data), job.graph)
    if job.results is None:
        return Reply(406, f"rows and booleans come as {', '.join(RESULTS)}; name one of them in Accept".encode())
    found.serialize(out, RESULTS[job.results])  # type: ignore[arg-type]  # only its `write` is called
    return Reply(200, bytes(out.data), job.results)
