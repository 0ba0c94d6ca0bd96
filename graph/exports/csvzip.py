"""CSV: a zip with one file a kind of node and one a kind of relationship, and a README that explains the columns."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any, BinaryIO, TextIO

from graph.model import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE, Property
from graph.scan import LABELS, Node, walk
from graph.settings import Settings
from graph.store import Store

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins with one of these may be run as a formula (OWASP, CSV injection)."""
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: the same graph gives the same bytes."""
ENDS = ("from", "from_label", "to", "to_label")
BEFORE_SPILL = 1 << 20
README = """\
# Embargo as CSV

One file a kind of node (`nodes/`) and one a kind of relationship (`relationships/`), RFC 4180, UTF-8, with a heading.
`from` and `to` hold the `id` of a node. What is unset is empty; lists are JSON arrays; dates are ISO 8601; `true`
and `false` are lower case. A text that a spreadsheet would run as a formula begins with an apostrophe that is not
part of it. A claim with `retired_at` counts no longer.
"""


def write(store: Store, out: BinaryIO, settings: Settings) -> None:
    """The zip; every file is sorted by the ids of its rows' nodes."""
    with ExitStack() as stack:
        tables = _Tables(stack)
        for node in walk(store, LABELS):
            tables.add(node)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            _member(archive, "README.md", io.BytesIO(_readme(tables.files).encode()))
            for name, file in sorted(tables.files.items()):
                _member(archive, name, file)


class _Tables:
    """The files, filled side by side; what does not fit into memory goes to disk."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.files: dict[str, Any] = {}
        self._texts: dict[str, TextIO] = {}

    def add(self, node: Node) -> None:
        """A row for the node, and one for each relationship that begins at it."""
        declared = NODE_BY_LABEL[node.label].properties
        self._row(f"nodes/{node.label}.csv", (), declared, (), node.properties)
        for link in node.links:
            ends = (node.id, node.label, link.target, link.target_label)
            declared = RELATIONSHIP_BY_TYPE[link.type].properties
            self._row(f"relationships/{link.type}.csv", ENDS, declared, ends, link.properties)

    def _row(
        self, name: str, ends: Iterable[str], declared: Iterable[Property], first: Iterable[str], told: dict[str, Any]
    ) -> None:
        if name not in self.files:
            temporary = tempfile.SpooledTemporaryFile(max_size=BEFORE_SPILL)  # noqa: SIM115
            self.files[name] = file = self._stack.enter_context(temporary)
            self._texts[name] = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
            csv.writer(self._texts[name]).writerow([*ends, *(item.name for item in declared)])
        csv.writer(self._texts[name]).writerow([*map(cell, first), *(cell(told.get(item.name)) for item in declared)])


def cell(value: Any) -> Any:
    """A value as a spreadsheet may safely open it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return value


def _member(archive: zipfile.ZipFile, name: str, file: BinaryIO) -> None:
    info = zipfile.ZipInfo(name, FIXED_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    file.seek(0)
    with archive.open(info, "w", force_zip64=True) as member:
        while chunk := file.read(1 << 16):
            member.write(chunk)


def _readme(files: Iterable[str]) -> str:
    lines = [README]
    for name in sorted(files):
        folder, _, kind = name.removesuffix(".csv").partition("/")
        declared = NODE_BY_LABEL[kind] if folder == "nodes" else RELATIONSHIP_BY_TYPE[kind]
        lines += [f"## {name}", "", declared.doc, "", "| column | type | |", "|---|---|---|"]
        if folder == "relationships":
            lines += [f"| `{end}` | string | {_end(end)} |" for end in ENDS]
        lines += [f"| `{item.name}` | {item.type} | {item.doc} |" for item in declared.properties] + [""]
    return "\n".join(lines)


def _end(name: str) -> str:
    node, _, label = name.partition("_")
    return f"{'Kind' if label else 'Id'} of the node where it {'begins' if node == 'from' else 'ends'}."
