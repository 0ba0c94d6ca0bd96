"""C2, C4, C5, D1, allegations and articles: who said what, with which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.claims import Mention, Quote, make_claim
from graph.store import Store, connect
from graph.writer import Writer
from loaders.document import Document
from queries.parameters import ParameterError
from queries.runner import run
from tests.queries.conftest import Ask
from tests.queries.fixtures import STORIES


def test_c2_a_state_stands_for_all_who_speak_for_it(ask: Ask) -> None:
    rows = ask("who_said", speaker="Turkey")
    assert {(row["speaker"], row["speaks_for"], row["office"]) for row in rows} == {
        ("recep-tayyip-erdogan", "TUR", "President")
    }
    assert rows == ask("who_said", speaker="Erdogan")


def test_c2_about_a_programme(ask: Ask) -> None:
    rows = ask("who_said", about="F-35")
    assert [(row["date"], row["speaker"], row["stance"]) for row in rows] == [
        ("2019-06-07", "USA", "threatens"),
        *sorted([("2019-07-17", "USA", "asserts"), ("2019-07-17", "recep-tayyip-erdogan", "denies")],
                key=lambda row: [r["claims"] for r in rows if r["speaker"] == row[1]][-1]),
    ]  # fmt: skip


def test_c2_the_outlets_own_voice_is_nobodys_statement(ask: Ask) -> None:
    assert all(row["speaker"] for row in ask("who_said"))
    assert "India signed" not in " ".join(row["quote"] for row in ask("who_said"))


def test_c4_the_words_of_an_edge(ask: Ask) -> None:
    rows = ask("evidence", subject="US", edge="EXCLUDED_FROM", object="F-35 programme")
    assert rows == []
    rows = ask("evidence", subject="Turkey", edge="EXCLUDED_FROM", object="F-35 programme")
    texts = {told.article.id: told.article.text for told in STORIES}
    assert {row["stage"] for row in rows} == {"threatened", "completed"}
    assert {row["assertion"] for row in rows} == {"asserted", "denied"}
    assert all(texts[row["article"]][row["start"] : row["end"]] == row["quote"] for row in rows)


def test_c4_by_claim_or_episode(ask: Ask) -> None:
    [row] = ask("exclusions", target="Turkey")
    by_episode = ask("evidence", episode=row["episode"])
    assert {found["claim"] for found in by_episode} == set(row["claims"])
    assert [found["claim"] for found in ask("evidence", claim=row["claims"][0])] == row["claims"][:1]


def test_c4_what_tells_it_comes_before_what_names_who_takes_part(tmp_path: Path) -> None:
    names, tells = "The United States acted on Monday.", "Its list now holds Rosneft."
    text = f"{names} {tells}"
    article = Document(source_id="list", source="tests", text=text, published="2025-10-22").article()
    claim = make_claim(
        article="list", article_id=article.id, predicate="sanctions", stage="completed", assertion="asserted",
        confidence=0.9, subject=Mention(id="USA", name="United States", label="Country"), extractor="tests",
        extractor_version="1", object=Mention(id="rosneft", name="Rosneft", label="Company"),
        evidence=[
            Quote(start=len(names) + 1, end=len(text), quote=tells), Quote(start=0, end=len(names), quote=names),
        ],
    )  # fmt: skip
    with connect(f"embedded:{tmp_path}") as own:
        Writer(own).write([(article, [claim])])
        rows = run(own, "evidence", {"claim": claim.id}).rows
    assert [row["quote"] for row in rows] == [tells, names]


@pytest.mark.parametrize(
    ("query", "given", "wanted"),
    [
        ("evidence", {}, "'episode', or 'claim', or 'subject' and 'object'"),
        ("evidence", {"edge": "SANCTIONS", "object": "Turkey"}, "'subject' and 'object'"),
        ("timeline", {"b": "Turkey"}, "give 'a', or 'episode'"),
        ("spells", {"frame": "sanction"}, "give 'a', or 'episode'"),
    ],
)
def test_nothing_asked_for_is_no_answer_of_no_rows(ask: Ask, query: str, given: dict[str, str], wanted: str) -> None:
    with pytest.raises(ParameterError, match="is missing") as caught:
        ask(query, **given)
    assert wanted in str(caught.value)


def test_c5_both_directions_and_once_each(ask: Ask) -> None:
    rows = ask("timeline", a="Turkey", b="USA")
    assert rows == [{**row} for row in ask("timeline", a="USA", b="Turkey")]
    assert [row["date_to"] for row in rows if row["event_date"]] == [
        "2018-08-01", "2018-11-02", "2019-03-05", "2019-06-07", "2019-07-17", "2019-10-14", "2019-10-23", "2020-12-14",
    ]  # fmt: skip


def test_c5_persons_only_where_asked_for(ask: Ask) -> None:
    narrow = ask("timeline", a="USA", b="Turkey", frame="sanction")
    wide = ask("timeline", a="Turkey", b="USA", frame="sanction", roll_up=True)
    assert {row["what"] for row in narrow} == {"TUR"}
    assert {row["what"] for row in wide} == {"TUR", "ismail-demir"}
    assert [row for row in wide if row["what"] == "TUR"] == narrow


def test_c5_views_of_one_transfer_are_one_line(ask: Ask) -> None:
    rows = ask("timeline", a="Russia", b="Turkey", frame="transfer", to="2019")
    assert [(row["stage"], row["date_to"], row["support"]) for row in rows] == [
        ("agreed", "2017-09-12", 1), ("agreed", "2017-12-31", 1), ("completed", "2019-07-12", 1),
    ]  # fmt: skip


def test_c5_what_could_be_known(ask: Ask) -> None:
    rows = ask("timeline", a="USA", b="Turkey", known_on="2019-07-11")
    assert [row["stage"] for row in rows] == ["completed", "ended", "threatened", "threatened"]


@pytest.mark.parametrize(
    "article",
    [
        "caatsa-imposed",
        "https://www.alpha.example/caatsa-imposed?utm_source=x#top",
        "http://alpha.example/caatsa-imposed/",
    ],
)
def test_d1_claims_of_an_article_by_any_of_its_names(ask: Ask, article: str) -> None:
    rows = ask("article_claims", article=article)
    assert [(row["subject"], row["predicate"], row["object"], row["roles"]) for row in rows] == [
        ("USA", "sanctions", "TUR", ["under=caatsa", "weapon=s-400"]),
        ("USA", "sanctions", "ismail-demir", ["under=caatsa"]),
    ]


def test_alleged_says_who_accuses_and_who_denies(ask: Ask) -> None:
    [row] = ask("alleged", subject="Iran", edge="ARMS", object="Houthis")
    assert (row["accusers"], row["deniers"], row["allegations"], row["denials"]) == (["SAU"], ["IRN"], 1, 1)


def test_articles_about_an_entity_the_newest_first(ask: Ask) -> None:
    rows = ask("articles_about", entity="F-35")
    assert [row["published"] for row in rows] == ["2019-07-17", "2019-06-07"]
    assert [row["outlet"] for row in ask("articles_about", entity="İsmail Demir", outlet="alpha.example")] == [
        "alpha.example"
    ]
    assert ask("articles_about", entity="F-35", published_to="2019-06-06") == []
    assert ask("articles_about", entity="F-35", outlet="nowhere.example") == []


def test_a_retired_claim_counts_nowhere(store: Store, ask: Ask) -> None:
    """The live claims of all articles are those of the fixtures, each once."""
    found = [row["claim"] for told in STORIES for row in ask("article_claims", article=told.article.id)]
    assert sorted(found) == sorted(claim.id for told in STORIES for claim in told.claims)
