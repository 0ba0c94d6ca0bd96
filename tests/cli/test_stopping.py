"""A command that is told to stop says so, whatever the library that it was in makes of it."""

from __future__ import annotations

import signal

import pytest

from cli.common import TERMINATED, Terminated, orderly


def interrupted(end: signal.Signals) -> None:
    """A library that is stopped while it reads, and then cannot put its connection away."""
    try:
        signal.raise_signal(end)  # to this thread, and looked at before it returns
    finally:
        raise BufferError("Existing exports of data: object cannot be re-sized")


@pytest.mark.parametrize(("end", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)])
def test_what_a_library_raises_when_it_is_stopped_is_not_the_reason(
    end: signal.Signals, raised: type[BaseException]
) -> None:
    with pytest.raises(raised) as stopped, orderly():
        interrupted(end)
    assert not isinstance(stopped.value, SystemExit) or stopped.value.code == TERMINATED


def test_what_fails_by_itself_stays_the_reason() -> None:
    with pytest.raises(BufferError), orderly():
        raise BufferError("no room")
