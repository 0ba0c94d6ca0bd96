"""A command that is told to stop says so, whatever the library that it was in makes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.common import SIGNALLED, Terminated, orderly

ROOT = Path(__file__).parents[2]


def interrupted(end: signal.Signals) -> None:
    """A library that is stopped while it reads, and then cannot put its connection away."""
    try:
        signal.raise_signal(end)  # to this thread, and looked at before it returns
    finally:
        raise BufferError("Existing exports of data: object cannot be re-sized")


@pytest.mark.parametrize(
    ("end", "raised"),
    [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated), (signal.SIGHUP, Terminated)],
)
def test_what_a_library_raises_when_it_is_stopped_is_not_the_reason(
    end: signal.Signals, raised: type[BaseException]
) -> None:
    with pytest.raises(raised) as stopped, orderly():
        interrupted(end)
    assert not isinstance(stopped.value, SystemExit) or stopped.value.code == SIGNALLED + end


def test_what_fails_by_itself_stays_the_reason() -> None:
    with pytest.raises(BufferError), orderly():
        raise BufferError("no room")


def test_a_command_that_is_to_outlive_its_terminal_does(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with orderly():
            signal.raise_signal(signal.SIGHUP)
            (tmp_path / "done").touch()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert (tmp_path / "done").exists()


def test_a_folder_that_was_deleted_is_told(tmp_path: Path) -> None:
    script = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" -m cli extract ../none.txt'
    ended = subprocess.run(
        ["sh", "-c", script, sys.executable],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "the folder in which this runs was deleted; change to another, and start again\n"
