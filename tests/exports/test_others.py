"""What others read of the exports: FollowTheMoney, Frictionless, networkx, pyarrow. Both stores tell the same."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from pyarrow import parquet

from graph.exports.csvzip import cell
from graph.exports.ftm import own_id
from graph.exports.tables import TABLES
from graph.reference import NodeRow, RelationshipRow, load_reference
from graph.store import Store, connect
from graph.writer import Writer
from tests.exports.conftest import FORMULA, exported
from tests.store.examples import article, claim, many, mention, on, story
from tests.stores import empty_store

HOSTILE = f"{FORMULA} <b>\x0b&amp;\ud7ff\ufffe ]]>"
MODEL: dict[str, Any] = json.loads((Path(__file__).parent / "followthemoney.json").read_text("utf-8"))["schemata"]
TIMELESS = ("graphml", "gexf", "ftm")
"""Formats that do not tell when a claim was recorded."""


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The story of the S-400s, made-up articles, and a person and a company with hostile names."""
    with connect(empty_store(request, tmp_path_factory.mktemp("others"))) as store:
        source = article("hostile", title=HOSTILE, outlet="e.example")
        named = mention("a-name", "Company", name=HOSTILE)
        found = claim(source, "USA", "sanctions", named, "completed", **on("2021-09-01"))
        Writer(store, {"rules": "1.0"}).write([*story(), *many(30), (source, [found])])
        yield store


@pytest.fixture(scope="module")
def told(graph: Store) -> dict[str, bytes]:
    return {format: exported(graph, format) for format in ("csv", "parquet", *TIMELESS)}


FIRST: dict[str, bytes] = {}


def test_both_stores_give_the_same_bytes(told: dict[str, bytes]) -> None:
    for format in TIMELESS:
        assert FIRST.setdefault(format, told[format]) == told[format], format


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_opens_it(graph: Store, told: dict[str, bytes], format: str) -> None:
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[format]
    network = read(io.BytesIO(told[format]))
    names = {
        r["id"]: r["name"] for r in graph.read("MATCH (n:Actor|Weapon|Instrument) RETURN n.id AS id, n.name AS name")
    }
    assert set(network.nodes) == set(names)
    assert network.nodes["a-name"]["type"] == "Company"
    assert network.nodes["a-name"]["name"] == HOSTILE.replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")
    found = Counter((start, values["type"], end) for start, end, values in network.edges(data=True))
    known = graph.read(
        "MATCH (a:Actor|Weapon|Instrument)-[r]->(b:Actor|Weapon|Instrument) "
        "RETURN a.id AS a, type(r) AS type, b.id AS b"
    )
    assert found == Counter((row["a"], row["type"], row["b"]) for row in known)
    [bought] = [v for _, end, v in network.edges("TUR", data=True) if (v["type"], end) == ("PURCHASES", "s-400")]
    assert (bought["status"], bought["supplier"]) == ("actual", "RUS")
    assert type(bought["support"]) is int
    if format == "graphml":
        assert network.nodes["a-name"]["label"] == network.nodes["a-name"]["name"]
        assert bought["label"] == "PURCHASES"
    if format == "gexf":
        assert bought["start"] == bought["since"] == "2017-12-29"


def test_gexf_tells_gephi_which_parallel_edges_are_of_one_kind(told: dict[str, bytes]) -> None:
    """As GEXF 1.3 has it: without `kind` Gephi makes one edge of all that lie between the same two nodes."""
    root = ElementTree.fromstring(told["gexf"])
    space = "{http://gexf.net/1.3}"
    [network] = root
    assert (root.tag, root.get("version"), network.tag) == (f"{space}gexf", "1.3", f"{space}graph")
    assert [part.tag.removeprefix(space) for part in network] == ["attributes", "attributes", "nodes", "edges"]
    kinds = defaultdict(set)
    for edge in network[-1]:
        assert set(edge.attrib) <= {"id", "source", "target", "kind", "label", "start", "end"}
        [type] = [value.get("value") for value in edge.iter(f"{space}attvalue") if value.get("for") == "type"]
        assert edge.get("kind") == type
        kinds[edge.get("source"), edge.get("target")].add(type)
    assert any(len(several) > 1 for several in kinds.values())


def test_gexf_has_days_where_the_catalogue_knows_years(tmp_path: Path) -> None:
    with connect(f"embedded:{tmp_path}") as store:
        nodes = [
            NodeRow("Person", {"id": "a-man", "name": "A Man"}),
            NodeRow("Country", {"id": "TUR", "name": "Turkey"}),
        ]
        office = {"title": "head", "since": "2014", "until": "2016-02"}
        load_reference(store, nodes, [RelationshipRow("HELD_OFFICE", "a-man", "TUR", office)], "1")
        network = networkx.read_gexf(io.BytesIO(exported(store, "gexf")))
    [(_, _, held)] = network.edges(data=True)
    assert (held["start"], held["end"], held["since"]) == ("2014-01-01", "2016-02-29", "2014")


def test_every_kind_has_its_table(tmp_path: Path) -> None:
    with connect(f"embedded:{tmp_path}") as store:
        Writer(store)
        for format, suffix in (("csv", "csv"), ("parquet", "parquet")):
            names = zipfile.ZipFile(io.BytesIO(exported(store, format))).namelist()
            assert {f"{name}.{suffix}" for name in TABLES} <= set(names)


def package(told: dict[str, bytes], folder: Path) -> Any:
    from frictionless import Package

    zipfile.ZipFile(io.BytesIO(told["csv"])).extractall(folder)
    return Package(str(folder / "datapackage.json"))


def test_csv_is_a_valid_data_package(graph: Store, told: dict[str, bytes], tmp_path: Path) -> None:
    described = package(told, tmp_path)
    report = described.validate()
    assert report.valid, report.flatten(["title", "note"])[:5]
    claims = described.get_resource("nodes-claim").read_rows()
    assert {row["id"]: row["quotes"] for row in claims} == {
        row["id"]: row["quotes"] for row in graph.read("MATCH (c:Claim) RETURN c.id AS id, c.quotes AS quotes")
    }
    assert all(field.description for resource in described.resources for field in resource.schema.fields)
    assert {f"{r.path}" for r in described.resources} | {"README.md", "datapackage.json"} == set(
        zipfile.ZipFile(io.BytesIO(told["csv"])).namelist()
    )


def test_the_data_package_is_checked_in_earnest(told: dict[str, bytes], tmp_path: Path) -> None:
    described = package(told, tmp_path)
    path = tmp_path / "nodes" / "Claim.csv"
    path.write_text(path.read_text("utf-8").replace(",0.75,", ",sure,", 1), "utf-8")
    assert not described.get_resource("nodes-claim").validate().valid


def test_parquet_holds_the_tables_of_the_csv(told: dict[str, bytes]) -> None:
    import csv

    tables, files = (zipfile.ZipFile(io.BytesIO(told[format])) for format in ("parquet", "csv"))
    names = [name.removesuffix(".csv") for name in files.namelist() if name.endswith(".csv")]
    assert {f"{name}.parquet" for name in names} == set(tables.namelist())
    for name in names:
        rows = parquet.read_table(io.BytesIO(tables.read(f"{name}.parquet"))).to_pylist()
        lines = csv.DictReader(io.StringIO(files.read(f"{name}.csv").decode(), newline=""))
        as_text = [{k: "" if v is None else str(cell(v)) for k, v in row.items()} for row in rows]
        assert as_text == list(lines), name


def entities(told: dict[str, bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told["ftm"].splitlines()]


def test_followthemoney_entities_follow_its_model(told: dict[str, bytes]) -> None:
    found = {entity["id"]: entity for entity in entities(told)}
    assert len(found) == len(entities(told)), "ids are unique"
    for entity in found.values():
        model = MODEL[entity["schema"]]
        assert set(model["required"]) <= set(entity["properties"])
        for name, values in entity["properties"].items():
            kind, *ranges = model["properties"][name]
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if kind == "entity":
                assert all(ranges[0] in MODEL[found[value]["schema"]]["is"] for value in values), (entity, name)


def test_the_followthemoney_package_takes_the_entities(told: dict[str, bytes]) -> None:
    package = pytest.importorskip(
        "followthemoney", reason="uv pip install followthemoney>=4 (PyICU in it needs libicu and a C++ compiler)"
    )
    for entity in entities(told):
        schema = package.model.get(entity["schema"])
        schema.validate(entity)
        for name, values in entity["properties"].items():
            for value in values:
                assert schema.get(name).type.clean(value) is not None, (name, value)


def test_followthemoney_keeps_the_provenance(graph: Store, told: dict[str, bytes]) -> None:
    found = {entity["id"]: entity for entity in entities(told)}
    facts = [e for e in found.values() if e["schema"] in ("Sanction", "UnknownLink")]
    edges = graph.read("MATCH (:Actor)-[r]->() WHERE type(r) <> 'ALLEGED' RETURN r.episode AS e")
    assert Counter(fact["properties"]["recordId"][0] for fact in facts) == Counter(
        row["e"] for row in edges if row["e"]
    )
    for fact in facts:
        proof = [found[id]["properties"] for id in fact["properties"]["proof"]]
        assert proof
        assert {url for article in proof for url in article["sourceUrl"]} == set(fact["properties"]["sourceUrl"])
        assert fact["properties"]["description"]
    [sanction] = [f["properties"] for f in facts if f["properties"].get("programId") == ["caatsa"]
                  and f["properties"]["startDate"] == ["2020-12-14"]]  # fmt: skip
    assert (sanction["entity"], sanction["authorityId"], sanction["authority"]) == (["TUR"], ["USA"], ["USA"])
    assert not [f for f in facts if f["properties"].get("object") == ["some-group"]], "what is only alleged is no fact"


@pytest.mark.parametrize(
    ("id", "own"), [("TUR", "TUR"), ("class/fighter-aircraft", "class.fighter-aircraft"), ("ab_é", None), ("-x", None)]
)
def test_followthemoney_ids(id: str, own: str | None) -> None:
    assert own_id(id) == own or (own is None and len(own_id(id)) == 20)
