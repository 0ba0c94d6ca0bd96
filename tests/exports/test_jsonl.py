"""`export jsonl` and reading it back."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from graph.dump import dump
from graph.exports import export
from graph.imports import BadLine, read_lines
from graph.lines import ClaimLine, MetaLine, json_schema
from graph.reader import claims_by_id
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer
from tests.exports.conftest import exported, load, records
from tests.store.examples import article, claim, many, mention, story

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "claims.schema.json"


def test_the_schema_in_the_documentation_is_current() -> None:
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == json_schema(), (
        "run 'python -m graph.lines > docs/claims.schema.json'"
    )


def test_every_line_follows_the_schema(world: Store) -> None:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for record in records(world) for error in validator.iter_errors(record)] == []


def test_meta_then_articles_then_claims(world: Store) -> None:
    kinds = [record["type"] for record in records(world)]
    [counts] = world.read(
        "MATCH (c:Claim) WITH count(c) AS claims MATCH (a:Article) RETURN claims, count(a) AS articles"
    )
    assert kinds == ["meta"] + ["article"] * counts["articles"] + ["claim"] * counts["claims"]
    assert records(world)[0] == {"type": "meta", "schema": 1, **counts}


def test_nothing_is_lost(world: Store, store: Store) -> None:
    assert load(store, records(world)) == []
    assert dump(store) == dump(world)
    assert load(store, records(world)) == []
    assert dump(store) == dump(world), "a second time changes nothing"


def test_what_was_known_on_a_day_makes_the_graph_that_was_told_no_more(tmp_path: Path) -> None:
    words = "The first parts of an air defence system from Russia arrived at a base near Ankara on Wednesday morning."
    first = article("first", words, outlet="x.example", published="2020-12-30")
    copy = article("copy", words, outlet="y.example", published="2021-01-02", credited="reuters.com")
    parts = claim(first, "TUR", "receives", mention("s-400", "Weapon"), "completed", supplier=mention("RUS"))
    told = [*story(), *many(30), (first, [parts]), (copy, [])]
    stores = [f"embedded:{tmp_path / name}" for name in ("whole", "then", "told")]
    with connect(stores[0]) as whole, connect(stores[1]) as then, connect(stores[2]) as less:
        Writer(whole).write(told)
        Writer(less).write([(of, claims) for of, claims in told if (of.published or "") < "2021-01-01"])
        out = io.BytesIO()
        export(whole, "jsonl", out, Settings(), known_on="2020-12-31")
        assert load(then, [json.loads(line) for line in out.getvalue().splitlines()]) == []
        assert dump(then) == dump(less) != dump(whole)
        origin = "MATCH (a:Article {source_id: 'first'}) RETURN a.origin AS origin"
        assert [graph.read(origin)[0]["origin"] for graph in (then, whole)] == ["x.example", "reuters.com"]


def test_the_order_of_lines_does_not_matter_but_for_articles_first(world: Store, store: Store) -> None:
    meta, *rest = records(world)
    articles = [record for record in rest if record["type"] == "article"]
    claims = [record for record in rest if record["type"] == "claim"]
    assert load(store, articles[::-1] + claims[::-1] + [meta]) == []
    assert dump(store) == dump(world)


def test_what_comes_back_is_exported_alike(world: Store, store: Store) -> None:
    load(store, records(world))
    again, known = records(store), records(world)
    for record in again + known:
        record.pop("recorded_at", None)
        record.pop("retired_at", None)
    assert again == known


def test_retired_claims_and_the_reason_are_kept(world: Store) -> None:
    reasons = Counter(record["retired_why"] for record in records(world) if record["type"] == "claim")
    assert {"newer text", "newer extractor", "forgotten", None} == set(reasons)


def test_an_erased_article_is_a_tombstone(world: Store) -> None:
    [erased] = [record for record in records(world) if record.get("erased")]
    assert (erased["source_id"], erased["text"], erased["title"]) == ("sanctions", "", None)
    assert erased["id"] not in {record.get("article_id") for record in records(world)}


def test_lines_read_back_are_the_claims(world: Store) -> None:
    lines = list(read_lines(io.BytesIO(exported(world)), "backup.jsonl"))
    assert isinstance(lines[0], MetaLine)
    read = [line.claim() for line in lines if isinstance(line, ClaimLine)]
    assert read == claims_by_id(world, [claim.id for claim in read])


def minimal(**changes: Any) -> dict[str, Any]:
    """What another tool need say about a claim; a change to None takes the field out."""
    line = {
        "type": "claim",
        "article": "a1",
        "subject": {"id": "TUR", "name": "Turkey", "label": "Country"},
        "predicate": "purchases",
        "object": {"id": "s-400", "name": "S-400", "label": "Weapon", "text": "S-400s", "start": 14, "end": 20},
        "stage": "completed",
        "assertion": "asserted",
        "evidence": [{"start": 0, "end": 20, "quote": "Turkey bought S-400s"}],
        "confidence": 0.6,
        "extractor": "other-tool",
        "extractor_version": "3",
    }
    return {name: value for name, value in (line | changes).items() if value is not None}


ARTICLE = {
    "type": "article",
    "source_id": "a1",
    "source": "other.jsonl",
    "url": "https://wire.example/a1",
    "outlet": "wire.example",
    "text": "Turkey bought S-400s.",
    "published": "2019-07-12",
}


def test_claims_of_other_tools_need_no_ids(store: Store) -> None:
    assert load(store, [ARTICLE, minimal()]) == []
    [edge] = store.read("MATCH (a)-[r:PURCHASES]->(w) RETURN a.id AS a, w.id AS w, r.since AS since")
    assert edge == {"a": "TUR", "w": "s-400", "since": "2019-07-12"}
    jsonschema.validate(minimal(article_id="0" * 16), json_schema())
    jsonschema.validate(ARTICLE, json_schema())


def test_derived_ids_are_those_of_the_project(store: Store) -> None:
    [(source, [made, *_]), *_] = story()
    Writer(store).write([(source, [])])
    record = made.model_dump(mode="json", exclude={"id", "frame", "phase", "article_id"})
    assert load(store, [{"type": "claim"} | record]) == []
    assert claims_by_id(store, [made.id]) == [made]


QUOTE = {"start": 0, "end": 6, "quote": "Turkey"}


@pytest.mark.parametrize(
    ("line", "reason", "remedy"),
    [
        ([1], "not a JSON object", "docs/jsonl.md"),
        ({"type": "episode"}, 'unknown type "episode"', "meta, article, claim"),
        ({}, "unknown type null", "meta, article, claim"),
        (minimal(schema=2), "schema 2 is not known", "reads schema 1"),
        (minimal(stage="bought"), "stage: Input should be", "docs/jsonl.md"),
        (minimal(predicate="steals"), "unknown predicate 'steals'", "docs/jsonl.md"),
        (minimal(predicate=None), "predicate", "docs/jsonl.md"),
        (minimal(frame="test"), "belongs to frame 'transfer'", "docs/jsonl.md"),
        (minimal(subject={"id": "x", "name": "x", "label": "Weapon"}), "a subject is an actor", "docs/jsonl.md"),
        (minimal(evidence=[]), "evidence: List should have at least 1 item", "docs/jsonl.md"),
        (minimal(evidence=[QUOTE | {"end": 5}]), 'does not say "Turkey" at 0 to 5', "count code points"),
        (minimal(evidence=[QUOTE | {"start": -1}]), "evidence.0.start", "docs/jsonl.md"),
        (minimal(evidence=[QUOTE | {"start": 900, "end": 906}]), "does not say", "count code points"),
        (minimal(object=minimal()["object"] | {"end": 99}), 'words of "s-400" lie outside', "correct 'start'"),
        (minimal(confidence=1.5), "confidence: Input should be less than or equal to 1", "docs/jsonl.md"),
        (minimal(confidence="high"), "confidence", "docs/jsonl.md"),
        (minimal(id="0" * 20), "id should be", "docs/jsonl.md"),
        (minimal(colour="red"), "colour: Extra inputs are not permitted", "docs/jsonl.md"),
        (minimal(article="other"), 'no article "other" in the graph', "put the article's line before"),
        (minimal(article_id="f" * 16), "no article ffffffffffffffff in the graph", "put the article's line before"),
        (minimal(published="12 July 2019"), "is neither a day", "docs/jsonl.md"),
        (minimal(date_from="2019-02-30"), "day is out of range", "docs/jsonl.md"),
        (minimal(extractor="\ud800"), "half a surrogate pair", "valid Unicode"),
        (minimal(article_version=["2020-01-01", "0" * 64, "a1", "x"]), "a later version", "that version"),
        (ARTICLE | {"sha256": "0" * 64}, "sha256 is not the one of the text", "docs/jsonl.md"),
        (ARTICLE | {"id": "0" * 16}, "id should be", "docs/jsonl.md"),
        (ARTICLE | {"published": "2019-13-01"}, "month must be in 1..12", "docs/jsonl.md"),
        (ARTICLE | {"text": None}, "text: Input should be a valid string", "docs/jsonl.md"),
        (ARTICLE | {"text": "\ud800"}, "half a surrogate pair", "valid Unicode"),
    ],
)  # fmt: skip
def test_bad_lines_say_why_and_the_load_goes_on(imported: Store, line: Any, reason: str, remedy: str) -> None:
    before = dump(imported)
    [bad] = load(imported, [line, ARTICLE])
    assert (bad.file, bad.line) == ("in.jsonl", 1)
    assert reason in bad.reason
    assert remedy in bad.remedy
    assert dump(imported) == before


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from graph.store import connect

    with connect(f"embedded:{tmp_path_factory.mktemp('imported')}") as store:
        load(store, [ARTICLE])
        yield store


def test_bad_claims_do_not_keep_good_ones_out(store: Store) -> None:
    bad = load(store, [minimal(stage="bought"), ARTICLE, minimal(), minimal(stage="planned", evidence=[])])
    assert [line.line for line in bad] == [1, 4]
    assert bad[0].source_id == "a1"
    assert len(store.read("MATCH (c:Claim) RETURN c.id AS id")) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"type": "meta"', "broken JSON"),
        (b"\xff\xfe{", "broken JSON"),
        (b'{"type": "meta", "articles": NaN}', "NaN is no JSON number"),
        (b"[" * 100_000, "broken JSON"),
    ],
)
def test_lines_that_are_no_json(line: bytes, reason: str) -> None:
    bad, good = read_lines([line, b"\n", b'{"type":"meta","schema":1,"articles":0,"claims":0}'], "in.jsonl")
    assert isinstance(bad, BadLine)
    assert (bad.line, reason in bad.reason) == (1, True)
    assert isinstance(good, MetaLine)


def test_a_number_beyond_all_bounds_is_refused() -> None:
    line = json.dumps(minimal(qualifiers={"value": 7777})).replace("7777", "1e999")
    [bad] = read_lines([line.encode()], "in.jsonl")
    assert isinstance(bad, BadLine)
    assert "qualifiers.value: Input should be a finite number" in bad.reason


def test_a_claim_of_an_ambiguous_article_is_refused(store: Store) -> None:
    other = ARTICLE | {"url": "https://b.example/a1", "outlet": "b.example"}
    [bad] = load(store, [ARTICLE, other, minimal()])
    assert (bad.reason, bad.remedy.startswith("give 'article_id': ")) == ('2 articles are called "a1"', True)


def test_a_forgotten_article_stays_forgotten(store: Store) -> None:
    source = article("x")
    Writer(store).write([(source, [claim(source, "TUR", "purchases", mention("s-400", "Weapon"), "completed")])])
    lines = records(store)
    Writer(store).forget("x")
    assert load(store, lines) == []
    assert not store.read("MATCH ()-[r:PURCHASES]->() RETURN r.episode AS episode")


def test_the_documented_example_is_right(store: Store) -> None:
    page = (SCHEMA_FILE.parent / "jsonl.md").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in page.partition("```json\n")[2].partition("```")[0].splitlines()]
    for line in lines:
        jsonschema.validate(line, json_schema())
    assert load(store, lines) == []
    assert store.read("MATCH (a)-[:RECEIVES]->(w) RETURN a.id AS a, w.id AS w") == [{"a": "TUR", "w": "s-400"}]
