"""JSON Lines, and JSON: an array of articles, or one article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO

from loaders.document import Reject
from loaders.sources.encodings import marked_encoding
from loaders.sources.fields import by_field, record_document
from loaders.sources.format import Format
from loaders.sources.inputs import Input
from loaders.sources.items import ExportLine, InputError, Item, rejecting
from loaders.sources.streams import CHUNK, MAX_RECORD, UNDECODED

SYNTAX_REMEDY = "correct it, or write the file with a JSON library"
WORDS = {"text", "title", "lead", "body"}
LIST_REMEDY = "save that list alone as a file"
OBJECT_REMEDY = "write an object with `id`, `date`, `title` and `text`"
ARRAY_REMEDY = f"{SYNTAX_REMEDY}; the rest is not read (JSON Lines would be)"
SIZE_REMEDY = "split it: the rest of the array is not read"
UTF8_REMEDY = "save as UTF-8, as JSON must be"
SPACE = re.compile(r"[ \t\r\n]*")
UNFINISHED_LITERAL = 16
"""A value cut off by the end of what was read fails at most so many characters before that end, or in a string."""
EXPORT_TYPES = ("claim", "meta")
EXPORTED_ARTICLE = {"source_id", "sha256", "text"}
CHANGE = {"change", "type", "id", "record"}
"""The fields of a line of `embargo changes`, which holds one of an export."""


def read(source: Input) -> Iterator[Item]:
    """The articles of a JSON file, one at a time."""
    encoding = marked_encoding(source.head) or "utf-8"
    if _is_by_line(source.head.decode(encoding, errors="replace")):
        yield from _by_line(source, encoding)
    else:
        for number, (line, value) in enumerate(_Values(source.text(encoding)), 1):
            yield from _items(value, source, number, line)


def _is_by_line(head: str) -> bool:
    first, _, rest = head.lstrip().partition("\n")
    following = rest.lstrip()[:1]
    try:
        json.loads(first)
    except RecursionError:
        pass
    except ValueError:
        return not first.startswith("[") and following in ("", "{", "[")
    return not first.startswith("[") or following != ""


def _by_line(source: Input, encoding: str) -> Iterator[Item]:
    lines = source.lines(encoding)
    for line in rejecting(lines, source.file):
        if isinstance(line, Reject):
            yield line
        elif line.strip():
            yield from record_of(line, source, lines.number)


def record_of(line: str, source: Input, number: int) -> Iterator[Item]:
    """What a line of JSON tells: an article, a line of an export, or nothing that can be read."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        column = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        yield Reject(source.file, number, _reason(error) + column, SYNTAX_REMEDY)
    else:
        yield from _items(value, source, number, number)


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON: {error.msg.removesuffix(' at')}"
    return "JSON nested too deeply" if isinstance(error, RecursionError) else "JSON number with too many digits"


def _items(value: object, source: Input, number: int, line: int) -> Iterator[Item]:
    """A change tells its record, and nothing where that was erased: the record of its article says so."""
    if isinstance(value, dict) and value.keys() == CHANGE:
        value = value["record"]
        if value is None:
            return
    yield _article(value, source, number, line)


def _article(value: object, source: Input, number: int, line: int) -> Item:
    if not isinstance(value, dict):
        return Reject(source.file, line, "not a JSON object", OBJECT_REMEDY)
    kind = value.get("type")
    if kind in EXPORT_TYPES or (kind == "article" and value.keys() >= EXPORTED_ARTICLE):
        return ExportLine(value, source.file, line)
    fields = by_field(value)
    if not fields.keys() & WORDS and (inner := _list_within(value)):
        return Reject(source.file, line, f"no article, but an object around the list '{inner[:60]}'", LIST_REMEDY)
    return record_document(fields, source, number, line)


def _list_within(value: dict[str, object], depth: int = 3) -> str | None:
    """Where in an object a list of objects stands: `response.results`."""
    for name, inner in value.items():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            return name
        if isinstance(inner, dict) and depth > 1 and (found := _list_within(inner, depth - 1)):
            return f"{name}.{found}"
    return None


class _Values:
    """The elements of a JSON array, or values one after the other, with their lines; holds one of them at a time."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0
        self._line = 1

    def __iter__(self) -> Iterator[tuple[int, object]]:
        array = self._sign() == "["
        self._pass(int(array))
        if array and self._sign() == "]":
            return
        while self._sign():
            yield self._line, self._value()
            sign = self._sign()
            if array and sign == "]":
                return
            if array and sign not in (",", ""):
                raise InputError("broken JSON: ',' or ']' expected", ARRAY_REMEDY, self._line)
            self._pass(int(array))
        if array:
            raise InputError("truncated: ']' is missing", ARRAY_REMEDY, self._line)

    def _sign(self) -> str:
        """The next character that is not a space; empty at the end."""
        while True:
            gap = SPACE.match(self._buffer, self._at)
            self._pass(gap.end() - self._at if gap else 0)
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def _value(self) -> object:
        while True:
            try:
                value, end = json.JSONDecoder().raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                unfinished = error.pos > len(self._buffer) - UNFINISHED_LITERAL or error.msg.startswith("Unterminated")
                if len(self._buffer) - self._at > MAX_RECORD:
                    raise InputError("item of more than 50 MB", SIZE_REMEDY, self._line) from None
                if not unfinished or not self._more():
                    raise InputError(_reason(error), ARRAY_REMEDY, self._line) from None
            except (ValueError, RecursionError) as error:
                raise InputError(_reason(error), ARRAY_REMEDY, self._line) from None
            else:
                if end < len(self._buffer) or not self._more():
                    if bad := UNDECODED.search(self._buffer, self._at, end):
                        reason = f"wrong encoding: byte 0x{ord(bad[0]) - 0xDC00:02x} is not UTF-8"
                        raise InputError(reason, UTF8_REMEDY, self._line)
                    self._pass(end - self._at)
                    return value

    def _pass(self, length: int) -> None:
        self._line += self._buffer.count("\n", self._at, self._at + length)
        self._at += length

    def _more(self) -> bool:
        """Reads on, twice as much each time while one value does not fit; False at the end."""
        kept = self._buffer[self._at :]
        if part := self._text.read(max(CHUNK, len(kept))):
            self._buffer, self._at = kept + part, 0
        return bool(part)


def _sniff(head: str) -> bool:
    return re.match(r"\s*(\{\s*[\"}]|\[\s*[{\]])", head) is not None


FORMAT = Format(name="JSON", suffixes=(".jsonl", ".ndjson", ".json"), sniff=_sniff, read=read)
