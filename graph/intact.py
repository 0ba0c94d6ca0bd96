"""Whether the database of an embedded store still has the files that it was closed with.

The engine takes a file that is missing or was cut off, as in a copy that is not whole, for one without records: the
graph would lose claims, and nobody would be told.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from graph.errors import StoreError
from graph.files import placed

RECORD = "closed.json"
COUNTER = "last-tx-id.bin"
"""The engine's number of the last transaction; another one shows that a version wrote that keeps no record."""
KEPT = (".bucket", ".dict", "idx", COUNTER, "schema.json")
"""How the names of files end that only grow while the database is closed."""


def remember(folder: Path, database: Path) -> None:
    """Notes the files of a database that was closed; a full disk leaves no note.

    Args:
        folder: of the store, which gets the note.
        database: folder of its files.
    """
    with contextlib.suppress(OSError):
        note = {"transactions": (database / COUNTER).read_bytes().hex(), "files": _sizes(database)}
        with placed(folder / RECORD) as file:
            file.write(json.dumps(note).encode())


def check(folder: Path, database: Path) -> None:
    """Compares the files with the note, which holds until the database is opened.

    Raises:
        StoreError: some are missing or shorter.
    """
    try:
        note = json.loads((folder / RECORD).read_bytes())
    except (FileNotFoundError, ValueError):
        return
    then, now = note["files"], _sizes(database) if database.is_dir() else {}
    if now.get(COUNTER) != then[COUNTER] or (database / COUNTER).read_bytes().hex() == note["transactions"]:
        lost = sorted(name for name, size in then.items() if now.get(name, -1) < size)
        if lost:
            raise StoreError(
                f"the embedded store in {folder} is not whole: files of its database are missing or shorter than when "
                f"it was closed ({len(lost)}, such as {database / lost[0]}). Put the whole folder back from a copy; or "
                "move it away, and load the articles, or a file of 'embargo export jsonl', again"
            )
    (folder / RECORD).unlink()


def _sizes(database: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in database.iterdir() if path.name.endswith(KEPT)}
