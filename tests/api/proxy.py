"""A connection to a server that can be cut and mended, as when the server is killed and started again."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dev.neo4j_server import free_port


class Cable:
    """Passes bytes between a port of its own and a server's, while it is whole."""

    def __init__(self, target: int) -> None:
        self.port, self._target = free_port(), target
        self._ends: list[socket.socket] = []
        self._listener: socket.socket | None = None

    def mend(self) -> None:
        """Takes connections from now on."""
        self._listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Ends all connections, and takes no more."""
        ends, self._ends = self._ends, []
        for end in [*ends, *([self._listener] if self._listener else [])]:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._listener = None

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._ends += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pass(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def cable(target: int) -> Iterator[Cable]:
    """A whole one."""
    made = Cable(target)
    made.mend()
    try:
        yield made
    finally:
        made.cut()
