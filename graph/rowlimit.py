"""A row of a caller's own query comes whole, and unpacked takes up to a hundred times its bytes: they are limited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from neo4j import Transaction
from neo4j.exceptions import DriverError

MOST_BYTES = 10 * 2**20


class RowTooLargeError(Exception):
    """One row has more than MOST_BYTES."""

    def __init__(self) -> None:
        super().__init__(f"one row has more than {MOST_BYTES >> 20} MiB; return less of it")


class _Gauge:
    """A connection's socket, which fails once a message that is being received is too large."""

    def __init__(self, inbox: Any) -> None:
        self.socket, self._buffer = inbox._socket, inbox._buffer
        self.exceeded = False

    def recv_into(self, view: memoryview, count: int) -> int:
        self.exceeded = self.exceeded or self._buffer.used + count > MOST_BYTES
        if self.exceeded:
            raise OSError("the message is too large")
        received: int = self.socket.recv_into(view, count)
        return received

    def __getattr__(self, name: str) -> Any:
        return getattr(self.socket, name)


@contextmanager
def small_rows(transaction: Transaction) -> Iterator[Transaction]:
    """The transaction, begun and in the end rolled back, without a row of more than MOST_BYTES.

    The driver has no setting for it, so its connection is given another socket meanwhile; where a row is too large the
    connection is of no more use.

    Raises:
        RowTooLargeError: there is such a row.
    """
    inbox = transaction._connection.inbox
    gauge = inbox._socket = _Gauge(inbox)
    try:
        with transaction:
            yield transaction
    except DriverError as error:
        if gauge.exceeded:
            raise RowTooLargeError from error
        raise
    finally:
        inbox._socket = gauge.socket
