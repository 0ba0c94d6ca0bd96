"""Seconds of the clock and of processors that a process and a server beside it have spent."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds."""

    clock: float
    processor: float
    """Of this process, and so of an embedded store, and of the server."""

    def since(self, before: Spent) -> Spent:
        """What was spent from then on."""
        return Spent(self.clock - before.clock, self.processor - before.processor)


def spent(server: int | None) -> Spent:
    """What has been spent so far.

    Args:
        server: process id of the server.
    """
    processor = time.process_time() + (0 if server is None else processor_of(server))
    return Spent(time.perf_counter(), processor)


def processor_of(process: int) -> float:
    """Seconds of processors that a process of this machine has spent, its threads included."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
