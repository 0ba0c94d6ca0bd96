"""A tabular data package (https://specs.frictionlessdata.io/tabular-data-package/) of the CSV files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from graph.exports.tables import Table
from graph.model import PropertyType
from graph.settings import Settings

TYPES: dict[PropertyType, str] = {
    "integer": "integer", "float": "number", "boolean": "boolean", "string[]": "array", "integer[]": "array",
}  # fmt: skip
"""Types of Table Schema that are no strings."""
PATTERNS: dict[PropertyType, str] = {
    "date": r"\d{4}(-\d{2}(-\d{2})?)?",
    "datetime": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)",
}
"""Of dates; Table Schema's own types want all of them to be equally exact."""


def describe(tables: Iterable[Table], settings: Settings) -> str:
    """`datapackage.json` for the files of these tables."""
    package = {
        "profile": "tabular-data-package",
        "name": "embargo",
        "title": "Embargo: a knowledge graph of actors, weapons and sanctions",
        "homepage": settings.base_iri,
        **({"licenses": [_licence(settings.licence)]} if settings.licence else {}),
        "resources": [_resource(table) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=1)


def _licence(licence: str) -> dict[str, str]:
    return {"path" if "://" in licence else "name": licence}


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column.name, column.type, column.doc) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = "id"
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("/", "-").lower(),
        "path": f"{table.name}.csv",
        "description": table.doc,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str, kind: PropertyType, doc: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if name == "id" else {}
    if kind in PATTERNS:
        constraints["pattern"] = PATTERNS[kind]
    told = {"name": name, "type": TYPES.get(kind, "string"), "description": doc}
    return told | ({"constraints": constraints} if constraints else {})
