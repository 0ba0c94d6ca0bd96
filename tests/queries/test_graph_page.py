"""docs/graph.md: current, complete, and its queries run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from graph.docs import PAGE, page
from graph.docs_examples import PROPERTY_EXAMPLES, RELATIONSHIP_EXAMPLES
from graph.model import NODES, RELATIONSHIPS
from graph.store import Store

QUERIES = re.findall(r"### ([^\n]+)\n\n```cypher\n(.*?)```", page(), re.DOTALL)
READS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": json.loads,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "string[]": json.loads,
    "integer[]": json.loads,
}


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'python -m graph.docs'"


def test_the_page_names_everything() -> None:
    told = page()
    for node in NODES:
        assert f":{node.label}`" in told
    for item in {item for owners in (NODES, RELATIONSHIPS) for owner in owners for item in owner.properties}:
        kind = {"date": "string, a date", "datetime": "string, a time"}.get(item.type, item.type)
        assert f"| `{item.name}` | {kind} | {item.doc}" in told
    for relationship in RELATIONSHIPS:
        assert f"| `{relationship.type}` | {relationship.doc} |" in told
        assert re.search(rf"[\"> ]{relationship.type}[\"<]", told), "in a picture"


def test_examples_are_of_the_type_declared() -> None:
    types = {item.name: item.type for owner in RELATIONSHIPS for item in owner.properties}
    types |= {item.name: item.type for node in NODES for item in node.properties}
    types |= {f"{node.label}.{item.name}": item.type for node in NODES for item in node.properties}
    for name, example in PROPERTY_EXAMPLES.items():
        READS[types.get(name) or types[name.split(".")[1]]](example)
    assert RELATIONSHIP_EXAMPLES.keys() == {relationship.type for relationship in RELATIONSHIPS}
    assert all(f"[:{type}" in example for type, example in RELATIONSHIP_EXAMPLES.items())


@pytest.mark.parametrize("cypher", [cypher for _, cypher in QUERIES], ids=[question for question, _ in QUERIES])
def test_documented_queries_have_answers(store: Store, cypher: str) -> None:
    rows = store.read(cypher)
    assert rows
    assert [name for name in rows[0] if all(row[name] is None for row in rows)] == [], "no column is empty throughout"
