"""The articles that all write, from the lines of `bench.corpus`; needs the standard library alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

WORDS = ("text", "start", "end")
ARTICLE = ("url", "title", "published", "outlet", "language", "source")
CLAIM = (
    "predicate", "frame", "stage", "phase", "assertion", "event_date", "date_from", "date_to", "basis", "published",
    "confidence", "extractor", "extractor_version",
)  # fmt: skip


class Entity(NamedTuple):
    """What a fact is about."""

    id: str
    name: str
    label: str


class Role(NamedTuple):
    """A part that an entity plays in a fact."""

    name: str
    entity: Entity
    words: dict[str, Any]
    """Those that it was read from, and where."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim; `stage` and `quote` are among its properties."""

    id: str
    properties: dict[str, Any]
    roles: list[Role]
    line: dict[str, Any]
    """As it was read."""


@dataclass(frozen=True, slots=True)
class Report:
    """An article with its facts."""

    id: str
    text: str
    properties: dict[str, Any]
    line: dict[str, Any]
    """As it was read, without its facts."""
    facts: list[Fact] = field(default_factory=list)


def read(path: Path) -> list[Report]:
    """The reports of a file of lines."""
    reports: dict[str, Report] = {}
    with path.open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if line["type"] == "article":
                reports[line["id"]] = Report(line["id"], line["text"], _present(line, ARTICLE), line)
            else:
                reports[line["article_id"]].facts.append(_fact(line))
    return list(reports.values())


def _fact(line: dict[str, Any]) -> Fact:
    mentions = {name: line[name] for name in ("subject", "object", "speaker") if line.get(name)}
    mentions |= {name: value for name, value in line["qualifiers"].items() if isinstance(value, dict)}
    details = {n: v for n, v in line["qualifiers"].items() if isinstance(v, str | int | float)}
    roles = [
        Role(name.upper(), Entity(one["id"], one["name"], one["label"]), _present(one, WORDS))
        for name, one in mentions.items()
    ]
    return Fact(line["id"], _present(line, CLAIM) | details | line["evidence"][0], roles, line)


def _present(line: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: line[name] for name in names if line.get(name) is not None}


def entities(reports: Iterable[Report]) -> dict[str, Entity]:
    """All that the facts are about, once each, by id."""
    return {role.entity.id: role.entity for report in reports for fact in report.facts for role in fact.roles}


def groups(reports: Iterable[Report], facts: int) -> Iterator[list[Report]]:
    """The reports in groups of at least so many facts each, but for the last."""
    group: list[Report] = []
    held = 0
    for report in reports:
        group.append(report)
        held += len(report.facts)
        if held >= facts:
            yield group
            group, held = [], 0
    if group:
        yield group
