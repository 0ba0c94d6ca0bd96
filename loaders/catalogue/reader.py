"""Reads the catalogue files and checks them as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from loaders.catalogue.catalogue import Catalogue
from loaders.catalogue.checks import entry_problems, reference_problems
from loaders.catalogue.entry import Entry
from loaders.catalogue.errors import CatalogueError, Problem
from loaders.catalogue.outlets import OUTLETS, outlet_problems
from loaders.catalogue.schema import KINDS, Kind, Outlet, WeaponClassRecord
from loaders.catalogue.yaml_file import Lines, read_yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry, and where it stands."""

    entry: Entry
    number: int
    lines: Lines


@cache
def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read every `*.yaml` of a folder and of its folder `weapons`.

    Args:
        folder: where the files are; the project's own catalogue where left out.

    Returns:
        The catalogue. The same folder gives the same object: a catalogue does not change while a program runs.

    Raises:
        CatalogueError: with everything that is wrong in any of the files.
    """
    folder = folder or DATA
    contents = _read_files(folder)
    placed: list[_Placed] = []
    problems: list[Problem] = []
    outlets: list[Outlet] = []
    for name, content in contents.items():
        try:
            if name == OUTLETS:
                outlets, lines = _read_outlets(content)
            else:
                placed.extend(_read_entries(name, content))
        except CatalogueError as error:
            problems.extend(error.problems)
    entries: dict[str, Entry] = {}
    for item in placed:
        if item.entry.id in entries:
            message = f"the id '{item.entry.id}' is taken; ids are unique over all files"
            problems.append(item.lines.problem((item.number, "id"), message))
        entries[item.entry.id] = item.entry
    if not problems:
        for item in placed:
            problems.extend(reference_problems(item.entry, (item.number,), item.lines, entries))
        if outlets:
            problems.extend(outlet_problems(outlets, lines, entries))
    if problems:
        raise CatalogueError(problems)
    return Catalogue(entries, _version(contents), {outlet.id: outlet for outlet in outlets})


def _read_files(folder: Path) -> dict[str, str]:
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("weapons/*.yaml")])
    if not paths:
        raise CatalogueError([Problem(str(folder), 1, "folder", "has no *.yaml; name the folder of a catalogue")])
    contents: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            contents[name] = path.read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            raise CatalogueError([Problem(name, 1, "file", f"is not UTF-8 ({error}); save it as UTF-8")]) from error
    return contents


def _version(contents: dict[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(contents[name].encode())
    return digest.hexdigest()[:12]


def _read_entries(file: str, content: str) -> list[_Placed]:
    kind = KINDS.get(Path(file).parts[0].removesuffix(".yaml"))
    if kind is None:
        known = ", ".join(KINDS)
        raise CatalogueError([Problem(file, 1, "file", f"is no kind of catalogue file; the kinds are {known}")])
    value, lines = _read_list(file, content)
    placed: list[_Placed] = []
    problems: list[Problem] = []
    for number, fields in enumerate(value):
        try:
            entry = _entry(kind, fields)
        except ValidationError as error:
            problems.extend(_problem(detail, number, kind.record, lines) for detail in error.errors(include_url=False))
            continue
        problems.extend(entry_problems(entry, (number,), lines))
        placed.append(_Placed(entry, number, lines))
    if problems:
        raise CatalogueError(problems)
    return placed


def _read_outlets(content: str) -> tuple[list[Outlet], Lines]:
    value, lines = _read_list(OUTLETS, content)
    outlets: list[Outlet] = []
    problems: list[Problem] = []
    for number, fields in enumerate(value):
        try:
            outlets.append(Outlet.model_validate(fields))
        except ValidationError as error:
            problems.extend(_problem(detail, number, Outlet, lines) for detail in error.errors(include_url=False))
    if problems:
        raise CatalogueError(problems)
    return outlets, lines


def _read_list(file: str, content: str) -> tuple[list[Any], Lines]:
    value, lines = read_yaml(file, content)
    if not isinstance(value, list):
        raise CatalogueError([lines.problem((), "a list of entries expected; begin each entry with '- id: …'")])
    return value, lines


def _entry(kind: Kind, fields: object) -> Entry:
    record = kind.record.model_validate(fields)
    values = {name: getattr(record, name) for name in type(record).model_fields}
    values.setdefault("label", kind.label)
    if isinstance(record, WeaponClassRecord):
        values["kind"] = "class"
    return Entry(**values)


def _problem(detail: ErrorDetails, number: int, record: type[BaseModel], lines: Lines) -> Problem:
    path = (number, *detail["loc"])
    known = ", ".join(_field_names(record))
    message = {
        "extra_forbidden": f"unknown field; drop it or correct its name (known: {known})",
        "missing": "is missing; add it",
        "model_type": "a mapping of fields expected; begin each entry with '- id: …'",
        "string_type": "text expected; correct it",
        "tuple_type": "a list expected; write [one, two]",
        "frozen_set_type": "a list expected; write [one, two]",
    }.get(detail["type"])
    if message is None:
        reason = detail["msg"].removeprefix("Value error, ")
        message = f"'{detail['input']}': {reason}; correct it" if "; " not in reason else reason
    return lines.problem(path, message)


def _field_names(record: type[BaseModel]) -> Iterator[str]:
    for name, field in record.model_fields.items():
        yield field.alias or name
