"""CSV files for `neo4j-admin database import full`, with the columns that the model declares.

Form: https://neo4j.com/docs/operations-manual/5/import/ ("CSV header format").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from graph.model import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE, Property, PropertyType
from graph.threads import Ref

ARGUMENTS = "neo4j-admin.args"
"""File with the arguments of the command, which names the others."""
SEPARATOR = "\ufffe"
"""Between the items of a list. Unicode calls it no character, so no text has it."""
UNWRITABLE = (SEPARATOR, "\uffff")
"""What no text may hold: the importer takes the second for the end of the file."""
BUFFER = "64m"
"""What the importer reads at once: a text has to fit."""
OPTIONS = (
    f"--array-delimiter=U+{ord(SEPARATOR):04X}",
    "--multiline-fields=true",
    "--trim-strings=false",
    "--ignore-empty-strings=false",
    "--bad-tolerance=0",
    f"--read-buffer-size={BUFFER}",
)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _list(items: Sequence[object]) -> str:
    return _quoted(SEPARATOR.join(map(str, items)))


COLUMNS: dict[PropertyType, tuple[str, Callable[[Any], str]]] = {
    "string": ("string", _quoted),
    "date": ("string", _quoted),
    "datetime": ("string", _quoted),
    "integer": ("long", str),
    "float": ("double", repr),
    "boolean": ("boolean", lambda value: "true" if value else "false"),
    "string[]": ("string[]", _list),
    "integer[]": ("long[]", _list),
}
"""Neo4j's name of each type, and how a value is written. Without quotes a field is empty only where nothing is set."""


class _Table:
    """One file: fixed ends, then properties."""

    def __init__(self, file: IO[str], ends: Sequence[str], properties: Sequence[Property]) -> None:
        self._file = file
        self._columns = [(item.name, COLUMNS[item.type][1]) for item in properties]
        self._names = {item.name for item in properties}
        types = (f"{item.name}:{COLUMNS[item.type][0]}" for item in properties)
        file.write(",".join([*ends, *types]) + "\n")

    def write(self, ends: Sequence[str], properties: Mapping[str, Any]) -> None:
        if not properties.keys() <= self._names:
            raise KeyError(f"{Path(self._file.name).name} has no columns {sorted(properties.keys() - self._names)}")
        fields = [_quoted(end) for end in ends]
        for name, written in self._columns:
            value = properties.get(name)
            fields.append("" if value is None else written(value))
        self._file.write(",".join(fields) + "\n")


class Files:
    """The files of one database; to be used in a `with` block."""

    def __init__(self, folder: Path) -> None:
        """The folder is there and empty."""
        self._folder = folder
        self._open = ExitStack()
        self._nodes: dict[str, _Table] = {}
        self._relationships: dict[tuple[str, str, str], _Table] = {}
        self._arguments: list[str] = []

    def __enter__(self) -> Self:
        """The files, none of which has been begun."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes them, and writes the arguments where all are whole."""
        self._open.close()
        if kind is None:
            lines = "".join(f'"{line}"\n' for line in (*OPTIONS, *self._arguments))
            (self._folder / ARGUMENTS).write_text(lines, encoding="utf-8")

    def node(self, label: str, properties: Mapping[str, Any]) -> None:
        """Writes a node.

        Args:
            label: its most special label.
            properties: as the model declares them; `id` is one of them.

        Raises:
            KeyError: the model knows no such label or property.
        """
        table = self._nodes.get(label) or self._begin_node(label)
        table.write((properties["id"],), {name: value for name, value in properties.items() if name != "id"})

    def relationship(self, type: str, start: Ref, end: Ref, properties: Mapping[str, Any] | None = None) -> None:
        """Writes a relationship; its ends may come later.

        Raises:
            KeyError: the model knows no such type or property.
        """
        key = (type, start.family, end.family)
        table = self._relationships.get(key) or self._begin_relationship(*key)
        table.write((start.id, end.id), properties or {})

    def _begin_node(self, label: str) -> _Table:
        node = NODE_BY_LABEL[label]
        properties = [item for item in node.properties if item.name != "id"]
        table = self._table(label, [f"id:ID({node.also or label})"], properties)
        self._arguments.append(
            f"--nodes={node.also}:{label}={label}.csv" if node.also else f"--nodes={label}={label}.csv"
        )
        self._nodes[label] = table
        return table

    def _begin_relationship(self, type: str, start: str, end: str) -> _Table:
        name = f"{type}-{start}-{end}"
        ends = [f":START_ID({start})", f":END_ID({end})"]
        table = self._table(name, ends, RELATIONSHIP_BY_TYPE[type].properties)
        self._arguments.append(f"--relationships={type}={name}.csv")
        self._relationships[type, start, end] = table
        return table

    def _table(self, name: str, ends: Sequence[str], properties: Sequence[Property]) -> _Table:
        path = self._folder / f"{name}.csv"
        file = self._open.enter_context(path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20))
        return _Table(file, ends, properties)
