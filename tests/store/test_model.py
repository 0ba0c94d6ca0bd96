"""The model, and what the migrations make of it."""

from __future__ import annotations

import pytest
from neo4j.exceptions import Neo4jError

from graph import model
from graph.claims import Claim, Qualifiers
from graph.errors import StoreError
from graph.migrations import MIGRATIONS, migrate
from graph.store import Store, connect
from graph.vocabulary import LABELS, PREDICATES
from graph.writer import Writer
from queries.names import resolve
from tests.store.examples import article, claim, many, mention, on, story


def test_migrations_run_once(store: Store) -> None:
    assert migrate(store) == [module.__name__.rpartition(".")[2] for module in MIGRATIONS]
    assert migrate(store) == []
    assert len(MIGRATIONS) == store.read("MATCH (m:Migration) RETURN count(m) AS count")[0]["count"]


def test_edges_of_an_older_graph_that_rest_on_unsure_claims_go(store: Store) -> None:
    Writer(store).write(story())
    sanctions = "MATCH (:Country {id: 'USA'})-[r:SANCTIONS]->(:Country {id: 'TUR'}) RETURN count(r) AS count"
    assert store.read(sanctions) == [{"count": 1}]
    store.execute("MATCH (c:Claim {frame: 'sanction'}) SET c.confidence = 0.4")
    store.execute("MATCH (m:Migration {id: 'm008_sure_edges'}) DELETE m")
    assert migrate(store) == ["m008_sure_edges"]
    assert store.read(sanctions) == [{"count": 0}]
    assert store.read("MATCH ()-[r:PURCHASES]->() RETURN count(r) AS count") == [{"count": 1}]


def test_tests_of_an_older_graph_come_apart_by_their_days(store: Store) -> None:
    first, second = article("first", published="2003-02-25"), article("second", published="2003-02-26")
    missile = mention("class/missile", "Weapon")
    Writer(store).write([(one, [claim(one, "PRK", "tests", missile, "completed")]) for one in (first, second)])
    tests = "MATCH (:Country {id: 'PRK'})-[r:TESTS]->() RETURN r.since AS since ORDER BY since"
    assert store.read(tests) == [{"since": "2003-02-25"}]
    store.execute("MATCH (c:Claim {published: '2003-02-26'}) SET c.published = '2009-05-26'")
    store.execute("MATCH (m:Migration {id: 'm009_bouts'}) DELETE m")
    assert migrate(store) == ["m009_bouts"]
    assert store.read(tests) == [{"since": "2003-02-25"}, {"since": "2009-05-26"}]


def test_sanctions_of_a_month_of_an_older_graph_are_lifted_on_a_day(store: Store) -> None:
    imposed, lifted = article("imposed", published="2015-05-01"), article("lifted", published="2001-09-22")
    month = {"event_date": "1998-05", "date_from": "1998-05-01", "date_to": "1998-05-31", "basis": "stated"}
    Writer(store).write([
        (imposed, [claim(imposed, "USA", "sanctions", mention("IND"), "completed", **on("2005-05-01"))]),
        (lifted, [claim(lifted, "USA", "sanctions", mention("IND"), "ended", **on("2001-09-22"))]),
    ])  # fmt: skip
    spells = "MATCH (:Country {id: 'USA'})-[r:SANCTIONS]->() RETURN r.since AS since, r.until AS until ORDER BY since"
    assert len(store.read(spells)) == 2
    store.execute("MATCH (c:Claim {stage: 'completed'}) SET c += $month", month=month)
    store.execute("MATCH (m:Migration {id: 'm011_order'}) DELETE m")
    assert migrate(store) == ["m011_order"]
    assert store.read(spells) == [{"since": "1998-05-31", "until": "2001-09-22"}]


def test_a_second_contract_of_an_older_graph_becomes_another_order(store: Store) -> None:
    first, parts, second = (article(name, published="2024-01-01") for name in ("first", "parts", "second"))
    signed = mention("s-400", "Weapon")
    Writer(store).write([
        (first, [claim(first, "TUR", "purchases", signed, "agreed", **on("2018-03-28"))]),
        (parts, [claim(parts, "TUR", "receives", signed, "completed", **on("2022-12-15"))]),
        (second, [claim(second, "TUR", "purchases", signed, "agreed", **on("2017-09-05"))]),
    ])  # fmt: skip
    orders = "MATCH (:Country {id: 'TUR'})-[r:PURCHASES]->() RETURN r.since AS since, r.status AS status ORDER BY since"
    assert store.read(orders) == [{"since": "2017-09-05", "status": "actual"}]
    day = {"event_date": "2023-09-05", "date_from": "2023-09-05", "date_to": "2023-09-05"}
    store.execute("MATCH (c:Claim {event_date: '2017-09-05'}) SET c += $day", day=day)
    store.execute("MATCH (m:Migration {id: 'm012_next_orders'}) DELETE m")
    assert migrate(store) == ["m012_next_orders"]
    assert store.read(orders) == [
        {"since": "2018-03-28", "status": "actual"},
        {"since": "2023-09-05", "status": "committed"},
    ]


def test_a_lifted_round_of_an_older_graph_ends(store: Store) -> None:
    told = [("2020-10-02", "completed", 1), ("2021-06-21", "completed", 2), ("2022-01-10", "ended", 2)]
    for day, stage, number in told:
        source = article(day, published=day)
        Writer(store).write(
            [(source, [claim(source, "eu", "sanctions", mention("BLR"), stage, round=number, **on(day))])]
        )
    rounds = "MATCH ()-[r:SANCTIONS]->() RETURN r.since AS since, r.status AS status ORDER BY since"
    lifted = [{"since": "2020-10-02", "status": "actual"}, {"since": "2021-06-21", "status": "ended"}]
    assert store.read(rounds) == lifted
    store.execute("MATCH (c:Claim {stage: 'ended'}) SET c.round = '1'")
    store.execute("MATCH (m:Migration {id: 'm014_rounds'}) DELETE m")
    assert migrate(store) == ["m014_rounds"]
    assert [row["status"] for row in store.read(rounds)] == ["ended", "actual"]


def test_what_an_older_graph_ended_before_its_day_is_in_force_again(store: Store) -> None:
    for day, stage in (("2020-10-02", "completed"), ("2021-06-21", "ended")):
        source = article(day, published=day)
        Writer(store).write([(source, [claim(source, "eu", "sanctions", mention("BLR"), stage, **on(day))])])
    rounds = "MATCH ()-[r:SANCTIONS]->() RETURN r.status AS status"
    assert store.read(rounds) == [{"status": "ended"}]
    day = {"event_date": "2022-01-10", "date_from": "2022-01-10", "date_to": "2022-01-10"}
    store.execute("MATCH (c:Claim {stage: 'ended'}) SET c += $day", day=day)
    store.execute("MATCH (m:Migration {id: 'm015_announced_stops'}) DELETE m")
    assert migrate(store) == ["m015_announced_stops"]
    assert store.read(rounds) == [{"status": "actual"}]


def test_episodes_of_an_older_graph_learn_when_they_are_told_to_have_been_first(store: Store) -> None:
    Writer(store).write(story() + many(5))
    days = "MATCH (e:Episode) RETURN e.id AS id, e.earliest AS earliest ORDER BY id"
    written = store.read(days)
    store.execute("MATCH (e:Episode) REMOVE e.earliest")
    store.execute("MATCH (m:Migration {id: 'm010_earliest'}) DELETE m")
    assert migrate(store) == ["m010_earliest"]
    assert store.read(days) == written


def test_a_graph_of_a_later_version_is_left_alone(store: Store) -> None:
    migrate(store)
    store.execute("CREATE (:Migration {id: 'm999_future'})")
    with pytest.raises(StoreError, match="m999_future"):
        Writer(store)


def test_a_database_of_another_program_is_left_alone(store: Store) -> None:
    store.execute("CREATE (:Movie {title: 'The Matrix'})<-[:ACTED_IN]-(:Person {name: 'Keanu Reeves'})")
    with pytest.raises(StoreError, match=r"labels that Embargo uses: Person \(1\); name an empty database"):
        Writer(store)
    assert store.read("MATCH (n) RETURN count(n) AS nodes") == [{"nodes": 2}]


def test_nodes_of_other_labels_may_stay(store: Store) -> None:
    store.execute("CREATE (:Movie {title: 'The Matrix'})")
    assert Writer(store).write(story()).claims_new > 0
    assert store.read("MATCH (m:Movie) RETURN m.title AS title") == [{"title": "The Matrix"}]


def test_a_node_that_somebody_added_without_an_id_hides_no_name(store: Store) -> None:
    Writer(store).write(story())
    store.execute("CREATE (:Actor:Company {name: 'Acme'})")
    assert resolve(store, "tur") == "TUR"


def test_every_key_is_unique(store: Store) -> None:
    migrate(store)
    unique = {
        (label, *row["properties"])
        for row in store.read("SHOW CONSTRAINTS")
        for label in row["labelsOrTypes"]
        if row["type"] == "UNIQUENESS"
    }
    assert {(node.label, "id") for node in model.keyed()} <= unique
    store.execute("CREATE (:Actor:Country {id: 'x'})")
    with pytest.raises(Neo4jError):
        store.execute("CREATE (:Actor:Company {id: 'x'})")


def test_an_empty_store_can_be_asked(store_uri: str) -> None:
    with connect(store_uri) as store:
        assert store.read("MATCH (c:Claim {id: 'x'})-[r:SUBJECT]->(n:Country) RETURN c, n") == []


def test_what_is_written_is_what_is_declared(store: Store) -> None:
    """No node or relationship carries a label, type, end or property that the model does not name."""
    Writer(store).write(story() + many(40))
    for row in store.read("MATCH (n) RETURN labels(n) AS labels, keys(n) AS keys"):
        own = [model.NODE_BY_LABEL[label] for label in row["labels"]]
        assert set(row["keys"]) <= {item.name for node in own for item in node.properties}
    rows = store.read(
        "MATCH (a)-[r]->(b) RETURN DISTINCT labels(a) AS a, type(r) AS type, labels(b) AS b, keys(r) AS keys"
    )
    for row in rows:
        declared = model.RELATIONSHIP_BY_TYPE[row["type"]]
        assert any(start in row["a"] and end in row["b"] for start, end in declared.ends), row
        assert set(row["keys"]) <= {item.name for item in declared.properties}, row


def test_every_detail_of_a_claim_is_a_declared_property() -> None:
    declared = {item.name for item in model.NODE_BY_LABEL["Claim"].properties}
    roles = {"supplier", "recipient", "weapon", "target", "instrument", "programme", "agent", "stopped_by"}
    elsewhere = {"article", "article_id", "subject", "object", "speaker", "qualifiers", "evidence"}
    assert set(Qualifiers.model_fields) - roles <= declared
    assert set(Claim.model_fields) - elsewhere <= declared


def test_labels_and_frames_of_the_vocabulary_are_in_the_model() -> None:
    assert set(LABELS) <= model.NODE_BY_LABEL.keys()
    for predicate in PREDICATES.values():
        assert ("Claim", predicate.object) in model.RELATIONSHIP_BY_TYPE["OBJECT"].ends
