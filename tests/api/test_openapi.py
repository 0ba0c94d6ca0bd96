"""The description is whole: words and an example on every field, parameter and error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.app import create_app
from api.openapi import EXAMPLES
from api.settings import ApiSettings
from graph.claims import Claim
from queries.reader import stored_queries

QUESTIONS = ("/sparql", "/v1/extract", "/v1/match", "/v1/reconcile")


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return create_app(ApiSettings()).openapi()


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_version(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")


def test_clients_can_be_generated_with_names_that_stay(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(described)]
    assert len(set(names)) == len(names)
    assert {"list_claims", "get_entity", "neighbours", "post_articles", "query_transfers"} <= set(names)
    assert [name for name in names if "v1" in name] == [], "no name changes with its address"


def test_fields(described: dict[str, Any]) -> None:
    bare = [
        f"{name}.{field}"
        for name, schema in described["components"]["schemas"].items()
        for field, told in schema.get("properties", {}).items()
        if not told.get("description") or not ("examples" in told or "$ref" in str(told))
    ]
    assert bare == []


def test_parameters(described: dict[str, Any]) -> None:
    bare = [
        f"{where} {parameter['name']}"
        for where, operation in operations(described)
        for parameter in operation.get("parameters", [])
        if not parameter.get("description")
        or not ("example" in parameter or "examples" in parameter or "examples" in parameter["schema"])
    ]
    assert bare == []


def test_examples_fit_their_schemas(described: dict[str, Any]) -> None:
    """As generated clients, mock servers and the page /docs take them."""
    checked = 0

    def check(where: str, schema: dict[str, Any], examples: list[Any]) -> None:
        nonlocal checked
        validator = Draft202012Validator(schema | {"components": described["components"]})
        for example in examples:
            checked += 1
            assert validator.is_valid(example), (where, example)

    def own(told: dict[str, Any]) -> list[Any]:
        return [told["example"]] if "example" in told else []

    for name, schema in described["components"]["schemas"].items():
        check(name, schema, schema.get("examples", []))
        for field, told in schema.get("properties", {}).items():
            check(f"{name}.{field}", told, told.get("examples", []))
    for where, operation in operations(described):
        for parameter in operation.get("parameters", []):
            schema = parameter["schema"]
            check(f"{where} {parameter['name']}", schema, own(parameter) + schema.get("examples", []))
        for message in (operation.get("requestBody", {}), *operation["responses"].values()):
            for kind, content in message.get("content", {}).items():
                check(f"{where} {kind}", content["schema"], own(content))
    assert checked > 500


def test_errors_are_problems_with_an_example(described: dict[str, Any]) -> None:
    for where, operation in operations(described):
        assert operation["summary"], where
        for status, response in operation["responses"].items():
            if not status.startswith(("2", "3")):
                assert list(response["content"]) == ["application/problem+json"], (where, status)
                assert response["content"]["application/problem+json"]["example"]["status"] == (
                    429 if status == "default" else int(status)
                )


def test_every_query_is_described_with_its_parameters(described: dict[str, Any]) -> None:
    for name, query in stored_queries().items():
        declared = {p["name"] for p in described["paths"][f"/v1/queries/{name}"]["get"]["parameters"]}
        assert declared == {p.name for p in query.header.parameters} | {"limit", "cursor", "format"}


def test_the_example_of_a_claim_is_a_claim() -> None:
    example = EXAMPLES["Claim"] | {"speaker": None}
    assert Claim.model_validate(example).model_dump(mode="json") == example


def test_nothing_is_written_without_a_key(described: dict[str, Any]) -> None:
    """Whatever is no GET asks for a key, but for questions that are too long for an address."""
    keyless = {
        where
        for where, operation in operations(described)
        if not where.startswith("get") and "security" not in operation
    }
    assert keyless <= {f"post {path}" for path in QUESTIONS}
