"""D2 to D4: copies, names that could not be placed, and what a run changed and rejected; and their traps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

import ingest
from bench.copies.pairs import copies as made_copies
from bench.copies.pairs import reports
from graph.reference import NodeRow, load_reference
from graph.store import Store, connect
from graph.writer import Writer
from loaders.catalogue import load_catalogue
from loaders.extractors import RulesExtraction
from loaders.reference import reference_rows
from loaders.rejects import RejectLog
from queries.parameters import ParameterError
from queries.runner import run
from tests.queries.conftest import Ask
from tests.queries.world import empty, fill
from tests.store.examples import Loaded, article, claim, mention, on
from tests.store.test_copies import told

WIRE = NodeRow(
    "Outlet",
    {"id": "wire.example", "name": "The Wire", "kind": "agency", "owner": "State", "keys": ["wire.example"]},
)


def names(name: str, outlet: str, *mentions: str, label: str = "Person", id: str | None = None) -> list[Loaded]:
    """An article for every wording, which says that the United States imposed sanctions on him, her or it."""
    found: list[Loaded] = []
    for number, text in enumerate(mentions):
        source = article(f"{name}-{number}", text=f"The United States sanctioned {text}.", outlet=outlet)
        whom = mention(id or name, label, name=text, text=text, start=29, end=29 + len(text))  # type: ignore[arg-type]
        found.append((source, [claim(source, "USA", "sanctions", whom, "completed", **on("2021-09-26"))]))
    return found


def world() -> list[Loaded]:
    [one, other, *_] = made_copies()
    report = reports()[0]
    return [
        told("own", one.one, "2021-03-02", outlet="wire.example"),
        told("early", one.other, "2021-03-01"),
        told("late", one.other, "2021-03-03", credited="wire.example"),
        told("other-own", other.one, "2020-05-01"),
        told("other-copy", other.other, "2020-05-02"),
        told("monday", report.one, "2021-03-01"),
        told("tuesday", report.other, "2021-03-02"),
        *names("john-doe", "a.example", "John Doe", "John Doe", "Doe"),
        *names("jane-roe", "b.example", "Jane Roe"),
        *names("erdoghan", "b.example", "Recep Tayip Erdogan"),
        *names("jordan", "b.example", "Jordan", label="Country", id="JOR"),
        *names("jordan-smith", "c.example", "Jordan"),
        *names("patriot-act", "d.example", "the Patriot Act", label="Organization"),
        *names("known-later", "e.example", "Acme Works", label="Company"),
    ]


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    embedded = request.param == "embedded"
    uri = f"embedded:{tmp_path_factory.mktemp('engineer')}" if embedded else request.getfixturevalue("neo4j_uri")
    catalogue = load_catalogue()
    nodes, links = reference_rows(catalogue)
    person = NodeRow("Person", {"id": "jordan-smith", "name": "Jordan Smith", "aliases": ["Jordan"]})
    with connect(uri) as opened:
        empty(opened)
        writer = Writer(opened)
        load_reference(opened, [*nodes, WIRE, person], links, "1")
        writer.write(world())
        later = NodeRow("Company", {"id": "known-later", "name": "Acme Works"})
        load_reference(opened, [*nodes, WIRE, person, later], links, "2")
        yield opened
        if not embedded:
            fill(opened)  # the server is that of the other tests too


def test_d2_copies_stand_under_their_original(ask: Ask, store: Store) -> None:
    ids = {
        row["source_id"]: row["id"]
        for row in store.read("MATCH (a:Article) RETURN a.source_id AS source_id, a.id AS id")
    }
    rows = ask("copies", article="late")
    assert [(row["role"], row["article"]) for row in rows] == [
        ("original", ids["own"]), ("copy", ids["early"]), ("copy", ids["late"]),
    ]  # fmt: skip
    assert {row["group"] for row in rows} == {ids["own"]}, "the agency's own, though a copy is dated the day before"
    assert [row["likeness"] is None for row in rows] == [True, False, False]
    assert all(row["likeness"] >= 0.5 for row in rows[1:]), "shortened, under another headline"
    assert {row["agency"] for row in rows} == {"wire.example"}
    assert ask("copies", article="own") == ask("copies", article="early") == rows
    assert ask("copies", article="monday") == [], "one template, other facts"


def test_d2_by_period(ask: Ask) -> None:
    assert len({row["group"] for row in ask("copies")}) == 2
    [original, copy] = ask("copies", **{"from": "2020", "to": "2020-05-01"})
    assert (original["published"], copy["published"], original["agency"]) == ("2020-05-01", "2020-05-02", None)
    assert ask("copies", **{"from": "2020-05-03", "to": "2021-02"}) == []


def test_d3_names_that_the_catalogue_does_not_know(ask: Ask) -> None:
    rows = {row["id"]: row for row in ask("unresolved", kind="Person")}
    assert (rows["john-doe"]["name"], rows["john-doe"]["articles"], rows["john-doe"]["problem"]) == (
        "John Doe", 3, "unknown",
    )  # fmt: skip
    assert rows["erdoghan"]["candidates"] == ["recep-tayyip-erdogan"]
    assert rows["jane-roe"]["candidates"] == []
    assert [row["id"] for row in ask("unresolved", kind="Person", min_count=2)] == ["john-doe"]
    assert rows["john-doe"]["example"]


def test_d3_one_spelling_for_a_person_and_a_place(ask: Ask) -> None:
    rows = {row["id"]: row for row in ask("unresolved") if row["problem"] == "several"}
    assert rows["JOR"]["candidates"] == ["jordan-smith"]
    assert rows["jordan-smith"]["candidates"] == ["JOR"]


def test_d3_the_patriot_act_is_told_and_what_entered_the_catalogue_is_not(ask: Ask) -> None:
    rows = {row["id"] for row in ask("unresolved")}
    assert "patriot-act" in rows and "known-later" not in rows


class Older(RulesExtraction):
    """An older version of the rules, which found one claim less."""

    version = "0.0.1"  # type: ignore[assignment]

    def extract_many(self, documents: object) -> Iterator[object]:  # type: ignore[override]
        for document, claims in super().extract_many(documents):  # type: ignore[arg-type,misc]
            older = [one.model_copy(update={"extractor_version": self.version}) for one in claims]  # type: ignore[union-attr]
            yield document, [one for one in older if one.predicate != "sanctions"]


ARTICLES = [
    {"id": "deal", "date": "2018-10-05", "url": "https://alpha.example/deal",
     "text": "India signed a contract with Russia for S-400 systems on Friday."},
    {"id": "iran", "date": "2018-08-07", "url": "https://alpha.example/iran",
     "text": "The United States imposed sanctions on Iran on Tuesday."},
    {"id": "broken", "date": "02/03/2018", "text": "The date of this one is ambiguous."},
]  # fmt: skip


def age(store: Store, month: int) -> None:
    """Puts all runs so far, and what they wrote, into one month of a year long past."""
    store.execute("MATCH (c:Claim) SET c.recorded_at = $time", time=f"2020-{month:02}-02T00:00:00+00:00")
    period = {"began": f"2020-{month:02}-01T00:00:00+00:00", "ended": f"2020-{month:02}-03T00:00:00+00:00"}
    store.execute("MATCH (r:Run) SET r += $period", period=period)


def test_d4_runs_rejects_and_reading_again(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    with connect(f"embedded:{tmp_path / 'store'}") as store:
        with RejectLog(None, Console(quiet=True)) as log:
            ingest.load(store, [str(file)], by=Older(), log=log, notice=print, progress=lambda _: None)
        rows = run(store, "reload", {"run": "last"}).rows
        assert [(row["what"], row["change"]) for row in rows if row["what"] in ("run", "reject", "claim")] == [
            ("run", "load"), ("reject", "rejected"), ("claim", "added"),
        ]  # fmt: skip
        [reject] = [row for row in rows if row["what"] == "reject"]
        assert reject["id"].endswith("articles.jsonl:3") and "ambiguous" in reject["why"]
        assert reject["article"] == "broken"

        age(store, 1)
        with RejectLog(None, Console(quiet=True)) as log:
            counts = ingest.reextract(store, by=RulesExtraction(), log=log, progress=lambda _: None)
        assert (counts.written.claims_new, counts.written.claims_known, log.count) == (1, 1, 0)
        rows = run(store, "reload", {"run": "last"}).rows
        told = [(row["what"], row["change"], row["id"]) for row in rows if row["what"] not in ("run", "claim")]
        assert told == [
            ("episode", "gained", "sanction/USA/IRN/2018-08-07"), ("edge", "gained", "(USA)-[SANCTIONS]->(IRN)"),
        ]  # fmt: skip
        assert [row["change"] for row in rows if row["what"] == "claim"] == ["added"]
        age(store, 2)
        with RejectLog(None, Console(quiet=True)) as log:
            again = ingest.reextract(store, by=RulesExtraction(), log=log, progress=lambda _: None)
        assert (again.skipped, again.written.articles_known) == (2, 0)
        assert [row["what"] for row in run(store, "reload", {"run": "last"}).rows] == ["run"]
        with pytest.raises(ParameterError, match="no run has the id"):
            run(store, "reload", {"run": "nothing"})
