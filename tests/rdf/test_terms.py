"""Values of the graph as RDF terms."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from graph.exports.syntax import Shortener, full
from graph.rdf_terms import Iris, address, camel, literals, moment, number, text

IRIS = Iris("https://embargo.example/")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        (0, "0", XSD.integer),
        (-3, "-3", XSD.integer),
        (2.0, "2", XSD.integer),
        (0.93, "0.93", XSD.decimal),
        (0.930, "0.93", XSD.decimal),
        (-0.5, "-0.5", XSD.decimal),
        (1e-7, "0.0000001", XSD.decimal),
        (2.5e9, "2500000000", XSD.integer),
        (1e15, "1.0E15", XSD.double),
        (-1.25e300, "-1.25E300", XSD.double),
    ],
)
def test_number(value: float, lexical: str, datatype: URIRef) -> None:
    assert number(value) == Literal(lexical, datatype=datatype, normalize=False)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value_and_has_one_form(value: float) -> None:
    literal = number(value)
    assert math.isclose(float(Decimal(str(literal))), value, rel_tol=0, abs_tol=0)
    assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?|-?[1-9]\.(0|\d*[1-9])E\d+", str(literal))


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        ("2021-09-26", "2021-09-26", XSD.date),
        ("2021-09-26T10:00:00Z", "2021-09-26T10:00:00Z", XSD.dateTime),
        ("2021-09-26T12:00:00+02:00", "2021-09-26T10:00:00Z", XSD.dateTime),
        ("2021-09-26T10:00:00.930000Z", "2021-09-26T10:00:00.93Z", XSD.dateTime),
        ("2021-02-30", "2021-02-30", None),
        ("2021-09", "2021-09", None),
        ("20210926", "20210926", None),
        ("0001-01-01T00:00:00+05:00", "0001-01-01T00:00:00+05:00", None),
        ("yesterday", "yesterday", None),
    ],
)
def test_moment(value: str, lexical: str, datatype: URIRef | None) -> None:
    assert (str(moment(value)), moment(value).datatype) == (lexical, datatype)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.example/b?c=d#e", URIRef("https://a.example/b?c=d#e")),
        ("HTTP://A.example:8080/", URIRef("http://a.example:8080/")),
        ("https://a.example/x y<z>", URIRef("https://a.example/x%20y%3Cz%3E")),
        ("https://a.example/100%/%20", URIRef("https://a.example/100%25/%20")),
        ("https://a.example/ü", URIRef("https://a.example/%C3%BC")),
        ("https://a.example/#a#b", URIRef("https://a.example/#a%23b")),
        ("javascript:alert(1)", Literal("javascript:alert(1)")),
        ("https://user:secret@a.example/", Literal("https://user:secret@a.example/")),
        ("https://a.example:port/", Literal("https://a.example:port/")),
        ("https://[::1/", Literal("https://[::1/")),
        ("https://a b.example/", Literal("https://a b.example/")),
        ("", Literal("")),
    ],
)
def test_address(url: str, told: URIRef | Literal) -> None:
    assert address(url) == told


@given(ANY_TEXT)
def test_an_address_is_always_writable(url: str) -> None:
    term = address(f"https://a.example/{url}")
    assert isinstance(term, Literal) or re.fullmatch(r"[!-~]+", str(term))
    assert not re.search(r'[\x00-\x20<>"{}|^`\\]', str(term)) or isinstance(term, Literal)


@given(ANY_TEXT, ANY_TEXT)
def test_two_ids_never_share_an_iri(one: str, other: str) -> None:
    assert (IRIS.entity(one) == IRIS.entity(other)) == (one == other)
    assert re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", str(IRIS.entity(one)))


@given(ANY_TEXT)
def test_any_text_survives_each_syntax(value: str) -> None:
    literal = text(value)
    triple = (IRIS.entity("a"), IRIS.term("b"), literal)
    short = Shortener({"o": "https://embargo.example/ontology/"})
    lines = [" ".join(write(term) for term in triple) + " ." for write in (full, short.term)]
    prefix = "@prefix o: <https://embargo.example/ontology/> .\n"
    assert set(Graph().parse(data=lines[0], format="nt")) == {triple}
    assert set(Graph().parse(data=prefix + lines[1], format="turtle")) == {triple}
    assert len(str(literal)) == len(value), "offsets stay right"
    assert json.loads(json.dumps(str(literal))) == str(literal)


@pytest.mark.parametrize(
    ("language", "told"), [("en", "en"), ("EN-gb", "en-gb"), ("x\x00 y", None), ("", None), (None, None), ("e", None)]
)
def test_language(language: str | None, told: str | None) -> None:
    assert text("words", language).language == told


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (True, "boolean", ["true"]),
        (["a", "b"], "string[]", ["a", "b"]),
        ([3, 1], "integer[]", ["3", "1"]),
        ("2019", "string", ["2019"]),
    ],
)
def test_literals(value: object, kind: str, told: list[str]) -> None:
    assert [str(literal) for literal in literals(value, kind)] == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "told"), [("since_from", "sinceFrom"), ("EXCLUDED_FROM", "excludedFrom"), ("id", "id")]
)
def test_camel(name: str, told: str) -> None:
    assert camel(name) == told
