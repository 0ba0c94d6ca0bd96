"""The list of claims: every filter, every order, what held and what was known on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from api.settings import ApiSettings
from graph.claims import Claim, Mention, Qualifiers, Quote, make_claim
from graph.store import connect
from graph.writer import Writer
from loaders.document import Document
from tests.api.conftest import all_pages
from tests.queries.fixtures import STORIES

Get = Callable[..., Response]
CLAIMS = {claim.id: claim for told in STORIES for claim in told.claims}
DEMIR = "sanction/USA/ismail-demir/2020-12-14/caatsa"
EPISODES = """
MATCH (c:Claim)-[:ABOUT]->(e:Episode)
RETURN c.id AS claim, e.id AS id, e.status AS status, e.since_from AS since_from, e.until AS until
"""


def in_role(claim: Claim, role: str, *nodes: str) -> bool:
    mention = claim.roles().get(role)
    return mention is not None and mention.id in nodes


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({"subject": "Türkiye", "frame": "transfer"}, lambda c: c.frame == "transfer" and c.subject.id == "TUR"),
        ({"object": "sa-21"}, lambda c: c.object.id == "s-400"),
        ({"supplier": "Russia"}, lambda c: in_role(c, "supplier", "RUS")),
        ({"recipient": "Ankara"}, lambda c: in_role(c, "recipient", "TUR")),
        ({"weapon": "S-400"}, lambda c: in_role(c, "weapon", "s-400")),
        ({"target": "Turkey"}, lambda c: in_role(c, "target", "TUR")),
        ({"instrument": "CAATSA"}, lambda c: c.qualifiers.instrument and c.qualifiers.instrument.id == "caatsa"),
        ({"programme": "f-35-programme"}, lambda c: in_role(c, "programme", "f-35-programme")),
        ({"frame": "treaty"}, lambda c: c.frame == "treaty"),
        ({"phase": "stopped"}, lambda c: c.phase == "stopped"),
        ({"stage": "threatened"}, lambda c: c.stage == "threatened"),
        ({"assertion": "denied"}, lambda c: c.assertion == "denied"),
        ({"speaker": "Turkey"}, lambda c: c.speaker and c.speaker.id == "recep-tayyip-erdogan"),
        ({"basis": "before"}, lambda c: c.basis == "before"),
        ({"scope": "state"}, lambda c: c.qualifiers.scope == "state"),
        ({"batch": 1}, lambda c: c.qualifiers.batch == 1),
        ({"round": "new"}, lambda c: c.qualifiers.round == "new"),
        ({"currency": "EUR"}, lambda c: c.qualifiers.currency == "EUR"),
        ({"min_value": 1e9}, lambda c: (c.qualifiers.value or 0) >= 1e9),
        ({"min_quantity": 2.5}, lambda c: (c.qualifiers.quantity_max or c.qualifiers.quantity_min or 0) >= 2.5),
        ({"episode": DEMIR}, lambda c: c.object.id == "ismail-demir"),
        ({"outlet": "sample-wire.example"}, lambda c: c.article in ("s400-parts", "s400-parts-again")),
        ({"known_on": "2011-06-17"}, lambda c: c.published <= "2011-06-17"),
        ({"published_from": "2019", "published_to": "2019-07"}, lambda c: "2019-01-01" <= c.published <= "2019-07-31"),
        ({"article": "caatsa-imposed"}, lambda c: c.article == "caatsa-imposed"),
        ({"entity": "Mistral"}, lambda c: c.object.id == "mistral"),
        ({"from": "2022-06", "to": "2022-08"}, lambda c: c.article in ("poland-order", "shahed-alleged")),
        ({"subject": "IND", "stage": "agreed", "from": "2019"}, lambda c: False),
    ],
)  # fmt: skip
def test_filters(get: Get, filters: dict[str, Any], fits: Callable[[Claim], object]) -> None:
    found = {item["id"] for item in all_pages(get, "/v1/claims", **filters)}
    expected = {id for id, claim in CLAIMS.items() if fits(claim)}
    # An undated statement can be of any day before its article.
    undated = {id for id in found if CLAIMS[id].date_to is None} if "from" in filters else set()
    assert expected or "from" in filters
    assert found - undated == expected - undated


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service over three claims with all that the fixtures' world has none of."""
    turkey, usa, demir, s400 = (
        Mention(id=id, name=name, label=label)  # type: ignore[arg-type]  # labels written as text
        for id, name, label in (
            ("TUR", "Turkey", "Country"), ("USA", "United States", "Country"),
            ("ismail-demir", "İsmail Demir", "Person"), ("s-400", "S-400", "Weapon"),
        )
    )  # fmt: skip
    article = Document(source_id="rich", source="tests", text="Words.", published="2020-01-01").article()
    parts: list[dict[str, Any]] = [
        {
            "predicate": "purchases", "subject": turkey, "object": s400, "stage": "refused", "confidence": 0.95,
            "qualifiers": Qualifiers(agent=demir, stopped_by=usa, mode="sale", batch="further", partial=True),
        },
        {
            "predicate": "sanctions", "subject": usa, "object": turkey, "stage": "ongoing", "confidence": 0.75,
            "qualifiers": Qualifiers(measure="arms embargo, travel ban", place="Ankara"),
        },
        {
            "predicate": "opposes", "subject": usa, "object": turkey, "stage": "ongoing", "confidence": 0.55,
            "qualifiers": Qualifiers(topic="the S-400"),
        },
    ]  # fmt: skip
    more = {"assertion": "asserted", "evidence": [Quote(start=0, end=6, quote="Words.")], "extractor": "tests",
            "extractor_version": "1", "article": "rich", "article_id": article.id}  # fmt: skip
    uri = f"embedded:{tmp_path_factory.mktemp('rich')}"
    with connect(uri) as store:
        Writer(store).write([(article, [make_claim(**part, **more) for part in parts])])
    with TestClient(create_app(ApiSettings(store=uri))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("filters", "predicates"),
    [
        ({"agent": "ismail-demir"}, {"purchases"}),
        ({"stopped_by": "USA"}, {"purchases"}),
        ({"mode": "sale"}, {"purchases"}),
        ({"mode": "aid"}, set()),
        ({"batch": "further"}, {"purchases"}),
        ({"partial": "true"}, {"purchases"}),
        ({"measure": "arms embargo"}, {"sanctions"}),
        ({"measure": "travel ban"}, {"sanctions"}),
        ({"measure": "arms embargo, travel ban"}, {"sanctions"}),
        ({"measure": "travel"}, set()),
        ({"measure": "travel ban, asset freeze"}, set()),
        ({"place": "Ankara"}, {"sanctions"}),
        ({"topic": "the S-400"}, {"opposes"}),
        ({"target": "TUR"}, {"sanctions", "opposes"}),
        ({"min_confidence": "0.75"}, {"purchases", "sanctions"}),
        ({"extractor": "tests"}, {"purchases", "sanctions", "opposes"}),
        ({"extractor": "rules"}, set()),
    ],
)
def test_filters_by_details(rich: TestClient, filters: dict[str, str], predicates: set[str]) -> None:
    found = rich.get("/v1/claims", params=filters).json()["items"]
    assert {item["predicate"] for item in found} == predicates


def first_day(claim: Claim) -> str:
    undated = claim.date_from is None and claim.date_to is None
    return (claim.published if undated and claim.basis == "publication" else claim.date_from or claim.date_to) or ""


SORTS: dict[str, Callable[[Claim], str | float]] = {
    "published": lambda c: c.published or "",
    "event": first_day,
    "confidence": lambda c: c.confidence,
    "quantity": lambda c: c.qualifiers.quantity_max or c.qualifiers.quantity_min or -1.0,
    "value": lambda c: c.qualifiers.value or -1.0,
}


@pytest.mark.parametrize("sort", [*SORTS, "recorded"])
@pytest.mark.parametrize("filters", [{}, {"entity": "TUR", "phase": "actual"}])
def test_sorted_pages_fit_together(get: Get, sort: str, filters: dict[str, str]) -> None:
    """Pages of three: most of what is sorted by is shared by more claims than that, so ties go over pages."""
    whole = [item["id"] for item in all_pages(get, "/v1/claims", **filters)]
    for order in ("asc", "desc"):
        found = [item["id"] for item in all_pages(get, "/v1/claims", sort=sort, order=order, limit=3, **filters)]
        assert len(found) == len(whole)
        assert set(found) == set(whole)
        if sort in SORTS:
            values = [SORTS[sort](CLAIMS[id]) for id in found]
            assert values == sorted(values, reverse=order == "desc")
            assert all(a < b for a, b, x, y in zip(found, found[1:], values, values[1:], strict=False) if x == y)


def test_what_has_no_day_of_publication_is_older_than_all_that_has(tmp_path: Path) -> None:
    days = {"one": "2020-01-01", "two": None, "three": "2019-05-06T07:08:09Z", "four": None, "five": "2020-01-01"}
    usa, turkey = (Mention(id=id, name=id, label="Country") for id in ("USA", "TUR"))
    batch = []
    claims, articles = dict[str, str](), dict[str, str]()
    for source_id, day in days.items():
        article = Document(source_id=source_id, source="tests", text="Words.", published=day).article()
        claim = make_claim(
            subject=usa, predicate="sanctions", object=turkey, stage="ongoing", assertion="asserted", confidence=0.9,
            published=day, evidence=[Quote(start=0, end=6, quote="Words.")], extractor="tests",
            extractor_version="1", article=source_id, article_id=article.id,
        )  # fmt: skip
        batch.append((article, [claim]))
        claims[claim.id] = articles[article.id] = day or ""
    uri = f"embedded:{tmp_path}"
    with connect(uri) as store:
        Writer(store).write(batch)
    with TestClient(create_app(ApiSettings(store=uri))) as client:

        def get(path: str, **parameters: Any) -> Response:
            return client.get(path, params=parameters)

        for path, order, told in [
            ("/v1/claims", {"order": "asc"}, claims), ("/v1/claims", {"order": "desc"}, claims),
            ("/v1/articles", {}, articles),
        ]:  # fmt: skip
            expected = sorted(sorted(told), key=told.__getitem__, reverse=order != {"order": "asc"})
            for limit in (1, 2, 10):
                assert [item["id"] for item in all_pages(get, path, limit=limit, **order)] == expected


def test_a_cursor_belongs_to_its_order(get: Get) -> None:
    cursor = get("/v1/claims", limit=1).json()["next_cursor"]
    assert "cursor" in get("/v1/claims", 422, cursor=cursor, limit=1, order="asc").json()["detail"]
    assert "cursor" in get("/v1/claims", 422, cursor=cursor, limit=1, sort="confidence").json()["detail"]


@pytest.fixture(scope="module")
def held(world: str) -> Callable[[str], Iterator[str]]:
    """The claims of episodes that, as the store's own episodes say, can have been in force on a day."""
    with connect(world) as store:
        rows = store.read(EPISODES)

    def on(day: str) -> Iterator[str]:
        for row in rows:
            ended, came = (row["until"] or "9999") <= day, (row["since_from"] or "") <= day
            if came and not ended and row["status"] in ("actual", "suspended", "ended"):
                yield row["claim"]

    return on


@pytest.mark.parametrize("day", ["2011-06-17", "2016-02-01", "2019-10-20", "2021-06-30"])
def test_what_held_on_a_day(get: Get, held: Callable[[str], Iterator[str]], day: str) -> None:
    found = [item["id"] for item in all_pages(get, "/v1/claims", at=day, limit=7)]
    assert sorted(found) == sorted(held(day))
    assert found
    some = {item["id"] for item in all_pages(get, "/v1/claims", at=day, entity="TUR", limit=2)}
    assert some == set(held(day)) & {item["id"] for item in all_pages(get, "/v1/claims", entity="TUR")}


@pytest.mark.parametrize("filters", [{"entity": "TUR"}, {"subject": "USA", "sort": "event"}, {"weapon": "s-400"}])
def test_what_one_could_know_of_what_held(get: Get, early: TestClient, filters: dict[str, str]) -> None:
    expected = early.get("/v1/claims", params=filters | {"at": "2019-10-20"}).json()["items"]
    assert all_pages(get, "/v1/claims", known_on="2019-12-31", at="2019-10-20", limit=2, **filters) == expected
    assert expected


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("at=2019-07-20&known_on=2019-12-31", "with 'at' and 'known_on' give"),
        ("at=2019-07", "YYYY-MM-DD"),
        ("published_from=2019-13", "not in the calendar"),
        ("subject=S-400", "nothing is known under"),
        ("weapon=Turkey", "nothing is known under"),
        ("batch=0", "errors"),
        ("currency=euro", "errors"),
        ("min_confidence=nan", "errors"),
        ("sort=name", "errors"),
        ("order=up", "errors"),
        ("colour=red", "errors"),
    ],
)
def test_what_is_wrong_is_named(get: Get, query: str, words: str) -> None:
    assert words in get(f"/v1/claims?{query}", 422).json()["detail"]
