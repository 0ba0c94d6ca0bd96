"""YAML to plain lists, mappings and strings, with the line of every value.

Only what catalogue files need is read: no aliases, no tags, no deep nesting, and every value is text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.resolver import Resolver

from loaders.catalogue.errors import CatalogueError, Problem

MAX_DEPTH = 6
STRING_TAG = "tag:yaml.org,2002:str"

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the values of one file stand."""

    file: str
    numbers: dict[Path, int]

    def of(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest value around it."""
        while path not in self.numbers:
            path = path[:-1]
        return self.numbers[path]

    def problem(self, path: Path, message: str) -> Problem:
        """A problem with the value at `path`, whose first step is the number of the entry in the file."""
        field = ".".join(str(step + 1) if isinstance(step, int) else step for step in path[1:])
        return Problem(self.file, self.of(path), field or "entry", message)


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Builder:
    """Follows the parser's events down into the values."""

    def __init__(self, file: str, events: Iterator[Event]) -> None:
        self.lines = Lines(file, {(): 1})
        self.problems: list[Problem] = []
        self._events = events

    def document(self) -> Any:
        next(self._events)  # start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return []
        value = self._value(next(self._events), ())
        next(self._events)  # end of the document
        if not isinstance(event := next(self._events), yaml.StreamEndEvent):
            self._fail(event, (), "a second document begins; keep one list of entries in a file")
        return value

    def _value(self, event: Event, path: Path) -> Any:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._fail(event, path, "anchors and aliases are not allowed; write the value out")
        if len(path) > MAX_DEPTH:
            self._fail(event, path, f"nested more than {MAX_DEPTH} levels deep; see the format of the file")
        self.lines.numbers[path] = _line(event)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        return self._text(event, path)

    def _sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._text(event, path)
            if key in values:
                self._fail(event, (*path, key), "stands twice in one entry; keep one")
            values[key] = self._value(next(self._events), (*path, key))
            self.lines.numbers[(*path, key)] = _line(event)
        return values

    def _text(self, event: Event, path: Path) -> str:
        if not isinstance(event, ScalarEvent) or event.tag:
            self._fail(event, path, "plain text expected; see the format of the file")
        value: str = event.value
        if event.implicit[0]:
            if not value:
                self._fail(event, path, "is empty; give a value or leave the field out")
            if _tag(value) != STRING_TAG:
                self.lines.numbers[path] = _line(event)
                message = f'YAML does not read {value} as text; put it in quotes: "{value}"'
                self.problems.append(self.lines.problem(path, message))
        return value

    def _fail(self, event: Event, path: Path, message: str) -> NoReturn:
        self.lines.numbers[path] = _line(event)
        raise CatalogueError([self.lines.problem(path, message)])


@cache
def _tag(plain: str) -> str:
    """What YAML takes a word without quotes for."""
    return str(Resolver().resolve(yaml.ScalarNode, plain, (True, False)))  # type: ignore[no-untyped-call]  # PyYAML has no types


def read_yaml(file: str, content: str) -> tuple[Any, Lines]:
    """Read one YAML document.

    Args:
        file: the name to give in errors.
        content: the file's text.

    Returns:
        The value, made of lists, mappings and strings only, and the lines of its parts.

    Raises:
        CatalogueError: where the text is not YAML, or uses aliases, anchors, tags, other values than text, or
            deeper nesting than a catalogue has.
    """
    builder = _Builder(file, yaml.parse(content, Loader=yaml.CSafeLoader))
    try:
        value = builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise CatalogueError([Problem(file, line, "entry", f"is not YAML ({error.problem}); correct it")]) from error
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise CatalogueError([Problem(file, 1, "entry", f"is not YAML ({reason}); correct it")]) from error
    if builder.problems:
        raise CatalogueError(builder.problems)
    return value, builder.lines
