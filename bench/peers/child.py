"""What the process of each writer does: reads the press, opens the store, writes, prints as JSON what that took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from bench.peers.press import Report, groups, read
from bench.spent import processor_of

Document = TypeVar("Document")
Opened = Callable[[str], AbstractContextManager[Callable[[Document], None]]]
"""Opens a store by its Bolt URI, and gives what writes a document into it."""


def main(document: Callable[[list[Report]], Document], opened: Opened[Document]) -> None:
    """Writes all groups of the press; the arguments are URI, file, facts a group and the server's process id.

    Args:
        document: makes of a group what the writer is given; not measured, as an extractor would hand it over.
        opened: opens the store; counted apart, as it is done once.
    """
    uri, path, facts, server = sys.argv[1:]
    documents = [document(group) for group in groups(read(Path(path)), int(facts))]
    begin = time.process_time(), processor_of(int(server))
    with opened(uri) as write:
        ready = time.process_time(), processor_of(int(server))
        for one in documents:
            write(one)
    done = time.process_time(), processor_of(int(server))
    print(json.dumps({
        "opening": sum(ready) - sum(begin), "client": done[0] - ready[0], "server": done[1] - ready[1],
    }))  # fmt: skip
