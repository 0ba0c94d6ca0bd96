"""What the graph holds after loads, whatever their order."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.dump import dump
from graph.reader import articles_by_id, claims_by_id
from graph.store import Store, connect
from graph.vocabulary import Label
from graph.writer import UnknownArticleError, WriteCounts, Writer
from tests.store.examples import Loaded, article, claim, many, mention, on, story

HOSTILE = [
    "'; MATCH (n) DETACH DELETE n; //",
    '"}) DETACH DELETE n //',
    "$ids",
    "`Actor`",
    "\\u0027",
    "{row}",
    "a\nb\tc\x7f",
    "\u202eevil\u202c",
    "🚀" * 50,
    "",
]


def load(uri: str, batches: list[list[Loaded]]) -> list[str]:
    with connect(uri) as store:
        writer = Writer(store)
        for batch in batches:
            writer.write(batch)
        return dump(store)


def live(store: Store) -> list[str]:
    return sorted(row["id"] for row in store.read("MATCH (c:Claim) WHERE c.retired_at IS NULL RETURN c.id AS id"))


def test_loading_twice_changes_nothing(store: Store) -> None:
    writer = Writer(store)
    first = writer.write(story())
    graph = dump(store)
    second = writer.write(story())
    assert first == WriteCounts(articles_new=6, claims_new=10)
    assert second == WriteCounts(articles_known=6, claims_known=10)
    assert dump(store) == graph


def test_claims_and_articles_come_back_as_they_were(store: Store) -> None:
    Writer(store).write(story())
    written = [one for _, claims in story() for one in claims]
    assert claims_by_id(store, [one.id for one in written]) == written
    articles = {source.id: source for source, _ in story()}
    assert articles_by_id(store, articles) == articles


def test_both_stores_hold_the_same_graph(tmp_path: Path, neo4j_uri: str) -> None:
    with connect(neo4j_uri) as store:
        store.execute("MATCH (n) DETACH DELETE n")
    loaded = story() + many(60)
    assert load(f"embedded:{tmp_path / 'store'}", [loaded]) == load(neo4j_uri, [loaded])


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_split_gives_the_same_graph(store_uri: str, tmp_path: Path, seed: int) -> None:
    loaded = story() + many(60)
    expected = load(f"embedded:{tmp_path / 'in-order'}", [loaded])
    chance = random.Random(seed)
    chance.shuffle(loaded)
    cuts = sorted(chance.sample(range(len(loaded)), 4))
    batches = [loaded[a:b] for a, b in zip([0, *cuts], [*cuts, len(loaded)], strict=True)]
    assert load(store_uri, batches) == expected


def test_the_story_gives_these_plain_edges(store: Store) -> None:
    Writer(store).write(story())
    rows = store.read(
        "MATCH (a)-[r]->(b) WHERE r.episode IS NOT NULL "
        "RETURN a.id AS a, type(r) AS type, b.id AS b, r.since AS since, r.predicate AS predicate"
    )
    assert {(row["a"], row["type"], row["b"], row["since"], row["predicate"]) for row in rows} == {
        ("TUR", "PURCHASES", "s-400", "2017-12-29", None),
        ("RUS", "SUPPLIES", "s-400", "2019-07-12", None),
        ("RUS", "ARMS", "TUR", "2019-07-12", None),
        ("USA", "SANCTIONS", "TUR", "2020-12-14", None),
        ("TUR", "EXCLUDED_FROM", "f-35-programme", "2021-09-26", None),
        ("TUR", "ALLEGED", "class/missiles", "2021-10-01", "SUPPLIES"),
        ("some-group", "ALLEGED", "class/missiles", "2021-10-01", "RECEIVES"),
        ("TUR", "ALLEGED", "some-group", "2021-10-01", "ARMS"),
    }


def test_a_reason_is_lifted_to_the_episodes(store: Store) -> None:
    Writer(store).write(story())
    rows = store.read("MATCH (e:Episode)-[:BECAUSE_OF]->(f:Episode) RETURN e.frame AS e, f.frame AS f")
    assert rows == [{"e": "exclude", "f": "transfer"}]


def test_the_article_mentions_what_its_claims_name(store: Store) -> None:
    source = article("a")
    one = claim(source, "TUR", "purchases", mention("s-400", "Weapon", start=10), "completed")
    other = claim(source, "TUR", "tests", mention("s-400", "Weapon", start=40), "completed")
    Writer(store).write([(source, [one, other])])
    rows = store.read("MATCH (:Article)-[r:MENTIONS]->(n) RETURN n.id AS id, r.count AS count ORDER BY id")
    assert rows == [{"id": "TUR", "count": 1}, {"id": "s-400", "count": 2}]


def test_what_a_newer_extractor_no_longer_names_is_mentioned_no_longer(store: Store) -> None:
    chance = random.Random(0)
    shapes = [(article(f"a{n}"), chance.randint(1, 9), chance.random() < 0.3) for n in range(240)]

    def reading(number: str, renamed: str) -> list[Loaded]:
        return [
            (source, [
                claim(source, "TUR", "purchases", mention(f"w{n}", "Weapon", start=10 + n), "completed",
                      extractor_version=number, supplier=mention("RUS", start=1),
                      speaker=mention(renamed if changed else "steady", "Person", start=50))
                for n in range(weapons)
            ])
            for source, weapons, changed in shapes
        ]  # fmt: skip

    Writer(store, {"rules": "1.0"}).write(reading("1.0", "old-id"))
    Writer(store, {"rules": "2.0"}).write(reading("2.0", "new-id"))
    rows = store.read("MATCH (a:Article)-[:MENTIONS]->(n) RETURN a.id AS article, n.id AS id")
    assert sorted((row["article"], row["id"]) for row in rows) == sorted(
        (source.id, id)
        for source, weapons, changed in shapes
        for id in ["TUR", "RUS", "new-id" if changed else "steady", *(f"w{n}" for n in range(weapons))]
    )


def version(text: str, published: str, *stages: str) -> Loaded:
    source = article("same", text=text, published=published)
    return source, [claim(source, "USA", "sanctions", mention("IRN"), stage) for stage in stages]


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_later_version_of_an_article_counts(store: Store, newest_first: bool) -> None:
    old = version("Once upon", "2020-01-01", "threatened", "completed")
    new = version("Once more", "2020-01-02", "completed")
    writer = Writer(store)
    for loaded in [new, old] if newest_first else [old, new]:
        writer.write([loaded])
    kept = new[1][0].id
    assert live(store) == [kept]
    rows = store.read("MATCH (a:Article)-[:REPORTS]->(c) RETURN a.text AS text, c.id AS id, c.retired_why AS why")
    assert {(row["text"], row["id"] == kept, row["why"]) for row in rows} == {
        ("Once more", True, None),
        ("Once more", False, "newer text"),
    }
    assert store.read("MATCH (e:Episode) RETURN e.status AS status") == [{"status": "actual"}]


@pytest.mark.parametrize("seed", range(4))
def test_versions_and_extractors_in_any_order_give_the_same_graph(store: Store, tmp_path: Path, seed: int) -> None:
    readings = [
        (article("same", text=text, published=day), stages, extractor, number)
        for text, day in [("Old words", "2020-01-01"), ("New words", "2020-01-05")]
        for stages, extractor, number in [
            (["threatened", "completed"], "rules", "1.9"),
            (["completed", "ended"], "rules", "1.10"),
            (["ended"], "other", "0.1"),
        ]
    ]
    loaded = [
        (source, [claim(source, "USA", "sanctions", mention("IRN"), stage, extractor=extractor,
                        extractor_version=number) for stage in stages])
        for source, stages, extractor, number in readings
    ]  # fmt: skip
    expected = load(f"embedded:{tmp_path / 'in-order'}", [[one] for one in loaded])
    random.Random(seed).shuffle(loaded)
    writer = Writer(store)
    writer.write(loaded[:3])
    writer.write(loaded[3:])
    assert dump(store) == expected


def test_a_newer_extractor_retires_what_it_no_longer_finds_and_revives_what_comes_back(store: Store) -> None:
    source = article("a")

    def reading(number: str, *stages: str) -> Loaded:
        return source, [
            claim(source, "USA", "sanctions", mention("IRN"), stage, extractor_version=number) for stage in stages
        ]

    writer = Writer(store)
    writer.write([reading("1.0", "threatened", "completed")])
    assert writer.write([reading("1.1", "threatened")]) == WriteCounts(
        articles_known=1, claims_known=1, claims_retired=1
    )
    assert store.read(
        "MATCH (c:Claim) WHERE c.retired_at IS NOT NULL RETURN c.retired_why AS why, c.stage AS stage"
    ) == [{"why": "newer extractor", "stage": "completed"}]
    assert store.read("MATCH ()-[r:SANCTIONS]->() RETURN count(r) AS count") == [{"count": 0}]
    assert writer.write([reading("1.2", "threatened", "completed")]) == WriteCounts(
        articles_known=1, claims_known=2, claims_revived=1
    )
    assert len(live(store)) == 2
    assert store.read("MATCH ()-[r:SANCTIONS]->() RETURN count(r) AS count") == [{"count": 1}]


def test_an_article_without_claims_retires_what_an_older_extractor_found(store: Store) -> None:
    source = article("a")
    Writer(store).write([(source, [claim(source, "USA", "sanctions", mention("IRN"), "completed")])])
    assert Writer(store, {"rules": "1.1"}).write([(source, [])]).claims_retired == 1
    assert live(store) == []
    assert store.read("MATCH (e:Episode) RETURN count(e) AS count") == [{"count": 0}]


def test_a_persons_claim_survives_a_newer_extractor(store: Store) -> None:
    source = article("a")
    judged = claim(source, "USA", "sanctions", mention("IRN"), "completed", extractor="human", extractor_version="1")
    read = claim(source, "USA", "sanctions", mention("IRN"), "completed")
    assert judged.id == read.id
    writer = Writer(store)
    for claims in (
        [read],
        [judged],
        [claim(source, "USA", "sanctions", mention("IRN"), "ended", extractor_version="2")],
    ):
        writer.write([(source, claims)])
    assert read.id in live(store)


def test_forget_retires_and_later_loads_do_not_bring_it_back(store: Store) -> None:
    writer = Writer(store)
    writer.write(story())
    kept = [claims for source, claims in story() if source.source_id != "seed"]
    assert writer.forget("seed").claims_retired == 4
    writer.write(story())
    assert live(store) == sorted(one.id for claims in kept for one in claims)
    assert store.read("MATCH ()-[r:EXCLUDED_FROM]->() RETURN count(r) AS count") == [{"count": 0}]


def test_forget_and_erase_leaves_a_tombstone(store: Store) -> None:
    writer = Writer(store)
    writer.write(story())
    [(seed, _)] = [one for one in story() if one[0].source_id == "seed"]
    writer.forget(seed.id, erase=True)
    writer.write(story())
    [row] = store.read("MATCH (a:Article {id: $id}) RETURN a.text AS text, a.erased AS erased", id=seed.id)
    assert row == {"text": None, "erased": True}
    assert store.read("MATCH (:Article {id: $id})-[:REPORTS]->(c) RETURN c", id=seed.id) == []


def test_forgetting_what_is_not_there_is_an_error(store: Store) -> None:
    writer = Writer(store)
    one, other = article("x", source_id="same"), article("y", source_id="same")
    writer.write([(one, []), (other, [])])
    with pytest.raises(UnknownArticleError, match="no article 'nothing'"):
        writer.forget("nothing")
    with pytest.raises(UnknownArticleError, match="2 articles"):
        writer.forget("same")


@pytest.mark.parametrize("first", [0, 1])
def test_articles_that_disagree_on_a_name_or_kind_end_in_the_same_node(store: Store, first: int) -> None:
    named: list[tuple[str, Label]] = [("ACME Corp", "Organization"), ("Acme", "Company")]
    loaded = []
    for name, label in named:
        source = article(name.replace(" ", "-"))
        loaded.append((source, [claim(source, "USA", "sanctions", mention("acme", label, name=name), "completed")]))
    writer = Writer(store)
    for one in (first, 1 - first):
        writer.write([loaded[one]])
    rows = store.read("MATCH (e:Actor {id: 'acme'}) RETURN e.name AS name, labels(e) AS labels")
    assert [(row["name"], sorted(row["labels"])) for row in rows] == [("ACME Corp", ["Actor", "Organization"])]
    assert store.read("MATCH (:Claim)-[r:OBJECT]->(:Actor {id: 'acme'}) RETURN count(r) AS count") == [{"count": 2}]


def hostile(text: str) -> Loaded:
    source = article(f"a{HOSTILE.index(text)}", text=text or "-", title=text, source_id=text, source=text)
    odd: dict[str, Any] = {"measure": text, "reason": text, "place": text, "target_detail": text, **on("2020-01-01")}
    one = claim(
        source, "USA", "sanctions", mention(f"x{text}", "Company", name=text, text=text), "completed", **odd,
        instrument=mention(f"i/{text}", "Instrument"), speaker=mention(f"p{text}", "Person", office=text),
    )  # fmt: skip
    two = claim(source, "USA", "supplies", mention(f"w/{text}", "Weapon"), "completed", recipient=mention(f"y/{text}"))
    return source, [one, two]


def test_hostile_text_is_only_text(store: Store) -> None:
    loaded = [hostile(text) for text in HOSTILE]
    writer = Writer(store)
    writer.write(loaded)
    written = [one for _, claims in loaded for one in claims]
    assert claims_by_id(store, [one.id for one in written]) == written
    graph = dump(store)
    writer.write(loaded)
    assert dump(store) == graph
    ends = store.read("MATCH (a)-[:ARMS]->(b) RETURN a.id AS a, b.id AS b ORDER BY b")
    assert ends == [{"a": "USA", "b": b} for b in sorted(f"y/{text}" for text in HOSTILE)]


def test_a_claim_of_another_article_is_refused(store: Store) -> None:
    one, other = article("one"), article("other")
    foreign = claim(other, "USA", "sanctions", mention("IRN"), "completed")
    with pytest.raises(ValueError, match=f"belongs to article {other.id}"):
        Writer(store).write([(one, [foreign])])


def test_support_counts_outlets_and_not_articles(store: Store) -> None:
    told = [article("1", outlet="a.example"), article("2", outlet="a.example"), article("3", outlet="b.example")]
    loaded = [(one, [claim(one, "USA", "sanctions", mention("IRN"), "completed", **on("2020-01-01"))]) for one in told]
    Writer(store).write(loaded)
    assert store.read("MATCH ()-[r:SANCTIONS]->() RETURN r.support AS support") == [{"support": 2}]


def test_a_judgement_by_a_person_makes_an_unsure_claim_a_fact(store: Store) -> None:
    source, writer = article("a"), Writer(store)
    read = claim(source, "USA", "sanctions", mention("IRN"), "completed", confidence=0.4)
    for extractor, facts in (("rules", 0), ("human", 1)):
        writer.write([(source, [read.model_copy(update={"extractor": extractor})])])
        assert store.read("MATCH ()-[r:SANCTIONS]->() RETURN count(r) AS count") == [{"count": facts}]
        assert store.read("MATCH (e:Episode) RETURN e.status AS status") == [{"status": "actual"}]


def test_counts_add_up() -> None:
    one = WriteCounts(articles_new=1, claims_new=2)
    assert one + WriteCounts(claims_new=3, claims_retired=1) == replace(one, claims_new=5, claims_retired=1)
