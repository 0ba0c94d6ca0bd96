"""Fills an empty embedded store from files for `neo4j-admin`: `python -m bench.packed FOLDER --store embedded:STORE`.

FOLDER is what `embargo import` or `bench.repeated` wrote. The engine's own loader of graphs takes it, which costs far
less than the writer. A field that is empty is left out, so that an empty text is lost.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from graph.embedded import DATABASE, load_engine
from graph.migrations import migrate
from graph.offline.files import ARGUMENTS, SEPARATOR
from graph.settings import embedded_folder
from graph.store import connect

FILE = re.compile(r'"--(?P<kind>nodes|relationships)=(?P<type>[^=]+)=(?P<name>[^"]+)"')
FAMILY = re.compile(r"ID\((\w+)\)")
VALUES: dict[str, Callable[[str], Any]] = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": lambda text: text == "true",
    "string[]": lambda text: text.split(SEPARATOR),
    "long[]": lambda text: [int(part) for part in text.split(SEPARATOR)],
}
ROWS = 20_000
"""Rows that are handed over at once."""
Rids = dict[tuple[str, str], str]
"""The engine's address of a node by its family and id."""


def pack(folder: Path, store: Path) -> None:
    """Puts the nodes and then the relationships of a folder into a store.

    Args:
        folder: files of a whole graph.
        store: folder of the embedded store; made where missing, and without any claims.
    """
    with connect(f"embedded:{store}") as empty:
        migrate(empty)
        empty.execute("MATCH (n) DETACH DELETE n")
    files = FILE.findall((folder / ARGUMENTS).read_text(encoding="utf-8"))
    database = load_engine(None, store).open_database(str(store / "databases" / DATABASE))
    rids: Rids = {}
    try:
        with database.graph_batch(commit_every=ROWS, use_wal=False) as batch:
            for _, labels, name in sorted(file for file in files if file[0] == "nodes"):
                type = _node_type(database, sorted(labels.split(":")))
                for keys, families, rows in _read(folder / name, 1):
                    made = batch.create_vertices(
                        type, [{"id": key[0], **row} for key, row in zip(keys, rows, strict=True)]
                    )
                    rids |= zip(((families[0], key[0]) for key in keys), made, strict=True)
            for _, type, name in sorted(file for file in files if file[0] == "relationships"):
                database.command("sql", f"CREATE EDGE TYPE `{type}` IF NOT EXISTS")
                for keys, families, rows in _read(folder / name, 2):
                    ends = [[rids[family, key[at]] for key in keys] for at, family in enumerate(families)]
                    batch.new_edges(ends[0], type, ends[1], rows if any(rows) else None)
    finally:
        database.close()


def _node_type(database: Any, labels: list[str]) -> str:
    """The engine's type of nodes with these labels; made where missing."""
    for label in labels:
        database.command("sql", f"CREATE VERTEX TYPE `{label}` IF NOT EXISTS")
    type = "~".join(labels)
    if len(labels) > 1:
        parents = ", ".join(f"`{label}`" for label in labels)
        database.command("sql", f"CREATE VERTEX TYPE `{type}` IF NOT EXISTS EXTENDS {parents}")
    return type


def _read(path: Path, ends: int) -> Iterator[tuple[list[list[str]], list[str], list[Mapping[str, Any]]]]:
    """Some rows of a file at once: ids of their nodes, the families of these, and the other fields."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        families = [family for column in header[:ends] for family in FAMILY.findall(column)]
        columns = [(name, VALUES[type]) for name, _, type in (column.partition(":") for column in header[ends:])]
        while some := list(islice(lines, ROWS)):
            rows = [
                {name: value(text) for (name, value), text in zip(columns, line[ends:], strict=True) if text}
                for line in some
            ]
            yield [line[:ends] for line in some], families, rows


def main() -> None:
    """Reads the arguments and fills the store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", metavar="URI", required=True, help="embedded:STORE")
    given = parser.parse_args()
    csv.field_size_limit(sys.maxsize)
    pack(given.folder, embedded_folder(given.store))


if __name__ == "__main__":
    main()
