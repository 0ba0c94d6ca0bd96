"""C1 to C7: contradictions, statements, first reports, evidence, timelines and single sources; and their traps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.store import Store
from queries.disputes import disputes
from queries.runner import run
from tests.queries.conftest import Ask
from tests.queries.voices import TOLD, spoken
from tests.queries.world import fill


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The world of voices.py, in each of the two engines."""
    embedded = request.param == "embedded"
    uri = f"embedded:{tmp_path_factory.mktemp('voices')}" if embedded else request.getfixturevalue("neo4j_uri")
    with spoken(uri) as world:
        yield world
        if not embedded:
            fill(world)  # the server is that of the other tests too


def episode(ask: Ask, **params: str) -> str:
    """The episode of the only deal or round of sanctions between two."""
    [found] = {row["episode"] for row in ask("timeline", **params)}
    return str(found)


def test_c1_denied_first_and_true_later_is_no_dispute(ask: Ask) -> None:
    assert ask("contradictions", actor="India", weapon="S-400") == []


def test_c1_denied_and_admitted_is_resolved(ask: Ask) -> None:
    [row] = ask("contradictions", actor="Iran", weapon="Shahed-136")
    assert (row["dispute"], row["b"], row["a_speakers"], row["b_speakers"]) == (
        "whether", "not completed", ["IRN", "USA"], ["IRN"],
    )  # fmt: skip
    assert (row["a_outlets"], row["b_outlets"]) == (["alpha.example"], ["beta.example"])
    assert (row["since"], row["resolved"]) == ("2022-10-18", "2022-11-05")


def test_c1_denied_for_good_stands(ask: Ask) -> None:
    [row] = ask("contradictions", actor="Houthis")
    assert (row["a_speakers"], row["b_speakers"], row["since"], row["resolved"]) == (
        ["SAU"],
        ["IRN"],
        "2017-11-08",
        None,
    )


def test_c8_c1_a_dispute_begins_with_the_denial(ask: Ask) -> None:
    assert ask("contradictions", actor="Iran", weapon="Shahed-136", known_on="2022-10-17") == []
    [row] = ask("contradictions", actor="Iran", weapon="Shahed-136", known_on="2022-10-18")
    assert (row["a_speakers"], row["resolved"]) == (["USA"], None)


def test_c1_two_figures_of_one_order_but_not_of_two_stages(ask: Ask) -> None:
    """36 or 30 ordered; the five delivered later contradict nobody."""
    [row] = ask("contradictions", weapon="Rafale")
    assert (row["dispute"], row["stage"], row["a"], row["b"]) == ("how many", "agreed", "30", "36")
    assert (row["a_outlets"], row["b_outlets"]) == (["beta.example"], ["alpha.example"])


@pytest.mark.parametrize("buyer", ["Hungary", "Ethiopia"])
def test_c1_neither_one_source_that_corrects_itself_nor_two_batches(ask: Ask, buyer: str) -> None:
    assert ask("contradictions", actor=buyer) == []
    assert ask("timeline", a=buyer) != []


def test_c1_who_did_it_where_each_accuses_the_other(ask: Ask) -> None:
    [row] = ask("contradictions", weapon="ballistic missile")
    assert row["dispute"] == "who"
    assert {(row["a"], *row["a_speakers"]), (row["b"], *row["b_speakers"])} == {("RUS", "UKR"), ("UKR", "RUS")}


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ([("RUS", "UKR", "2014-07-17"), ("UKR", "RUS", "2014-07-17")], 1),
        ([("RUS", "UKR", "2014-07-17"), ("UKR", "RUS", "2014-07-17"), ("UKR", "RUS", "2014-07-17")], 2),
        ([("RUS", "UKR", "2014-07-17"), ("UKR", "RUS", "2014-07-18")], 0),
        ([("RUS", "UKR", "2014-07-17"), ("USA", "RUS", "2014-07-17")], 0),
        ([("RUS", "RUS", "2014-07-17"), ("RUS", "RUS", "2014-07-17")], 0),
    ],
)
def test_c1_who_did_it_needs_two_that_accuse_each_other_of_one_day(
    told: list[tuple[str, str, str]], count: int
) -> None:
    rows = [
        {
            "episode": f"use/{number}", "frame": "use", "weapon": "class/missile", "target": None, "fit": 3,
            "support": 1,
            "told": [
                {"claim": str(number), "day": day, "first": day, "last": day, "rank": 3, "stage": "completed",
                 "assertion": "alleged", "dated": True, "partial": False, "least": None, "most": None, "value": None,
                 "origin": by, "outlet": by, "speaker": by, "by": by, "subject": subject}
            ],
        }
        for number, (by, subject, day) in enumerate(told)
    ]  # fmt: skip
    found = disputes(rows, {}, store=None)  # type: ignore[arg-type]
    assert [row["dispute"] for row in found] == ["who"] * count


def test_c2_speaker_is_not_doer_and_two_papers_quote_one_statement(ask: Ask) -> None:
    [row] = ask("who_said", speaker="Erdoğan", about="S-400")
    assert (row["speaker"], row["speaks_for"], row["office"], row["subject"]) == (
        "recep-tayyip-erdogan", "TUR", "President, Turkey", "TUR",
    )  # fmt: skip
    assert (row["date"], row["outlet"], row["outlets"], row["support"]) == (
        "2021-09-26", "alpha.example", ["alpha.example", "beta.example"], 2,
    )  # fmt: skip
    assert ask("who_said", speaker="Turkey", about="S-400") == [row]
    assert [ask("who_said", speaker="Turkey", about="S-400", min_support=least) for least in (2, 3)] == [[row], []]


def test_c2_the_office_is_that_of_the_day_and_says_of_what(ask: Ask) -> None:
    assert [row["office"] for row in ask("who_said", speaker="Donald Tusk")] == [
        "Prime Minister, Poland",
        "President of the European Council, European Union",
    ]


def test_c2_period_is_that_of_publication(ask: Ask) -> None:
    assert ask("who_said", speaker="Erdoğan", to="2021-09-25") == []
    [row] = ask("who_said", speaker="Erdoğan", to="2021-09-26")
    assert row["outlets"] == ["alpha.example"]


def test_c8_claims_of_unknown_publication_are_counted(store: Store) -> None:
    assert run(store, "who_said", {"speaker": "Erdoğan", "known_on": "2030-01-01"}).undated == 0


def test_c3_first_report_of_the_threat_is_not_that_of_the_imposition(ask: Ask) -> None:
    caatsa = episode(ask, a="USA", b="Turkey", frame="sanction")
    threat = ask("first_report", episode=caatsa, stage="threatened")
    assert [(row["first"], row["outlet"], row["published"]) for row in threat] == [
        ("yes", "alpha.example", "2019-07-20"), ("no", "beta.example", "2019-07-21"),
    ]  # fmt: skip
    assert ask("first_report", episode=caatsa, stage="threatened", known_on="2019-07-20")[0]["support"] == 1


def test_c3_a_copy_dated_before_its_original_stands_under_it(ask: Ask) -> None:
    [row] = ask("first_report", episode=episode(ask, a="USA", b="Turkey", frame="sanction"), stage="completed")
    assert (row["outlet"], row["origin"], row["published"]) == ("gamma.example", "agency", "2020-12-14")
    assert (row["copy_outlets"], row["first_reported"], row["support"]) == (["delta.example"], "2020-12-13", 1)


def test_c3_hours_decide_where_they_are_known(ask: Ask) -> None:
    deal = episode(ask, a="Russia", b="Turkey", to="2020")
    rows = ask("first_report", episode=deal, stage="completed")
    assert [(row["outlet"], row["first"], row["event_date"]) for row in rows[:2]] == [
        ("gamma.example", "yes", "2019-07-12"), ("beta.example", "no", "2019-07-12"),
    ]  # fmt: skip


def test_c4_the_sentence_and_the_words_read_as_each_actor(ask: Ask) -> None:
    [row] = ask("evidence", episode=episode(ask, a="France", b="Russia"))
    assert row["sentence"] == "France suspended the delivery of Mistral ships to Russia."
    assert row["quote"] in row["sentence"]
    assert {"supplier=FRA: France", "recipient=RUS: Russia"} <= set(row["words"])


def test_c4_offsets_count_code_points_of_hostile_text_as_it_is(ask: Ask, store: Store) -> None:
    [row] = ask("evidence", episode=episode(ask, a="France", b="Russia"))
    [article] = store.read("MATCH (a:Article {id: $id}) RETURN a.text AS text", id=row["article"])
    assert article["text"][row["start"] : row["end"]] == row["quote"]
    assert "<script>" in article["text"]


def test_c4_a_claim_of_a_text_that_has_changed_since(ask: Ask) -> None:
    [claim] = [claim.id for told in TOLD if told.article.source_id == "changed" for claim in told.claims]
    [row] = ask("evidence", claim=claim)
    assert (row["retired_why"], row["sentence"]) == ("newer text", None)
    assert row["quote"] == "France will not hand over the Mistral ships to Russia."


def test_c5_in_the_order_of_events_with_both_directions(ask: Ask) -> None:
    rows = ask("timeline", a="Turkey", b="Russia")
    assert rows == ask("timeline", a="Russia", b="Turkey")
    assert [row["stage"] for row in rows][:2] == ["considered", "agreed"]
    assert [row["date_to"] for row in rows] == sorted(row["date_to"] for row in rows)


def test_c5_background_goes_by_its_range_not_the_day_of_the_paper(ask: Ask) -> None:
    [row] = [
        one
        for one in ask("timeline", a="Iran", b="Russia", **{"from": "2022-11"})
        if one["first_reported"] == "2022-11-05"
    ]
    assert (row["date_from"], row["date_to"], row["certainty"]) == (None, "2022-11-05", "possibly")


def test_c7_a_second_source_for_the_threat_does_not_confirm_the_imposition(ask: Ask) -> None:
    rows = ask("single_source", actor="Turkey", **{"from": "2019"})
    of_sanctions = [row for row in rows if row["frame"] == "sanction"]
    assert [(row["stage"], row["origin"], sorted(row["outlets"])) for row in of_sanctions] == [
        ("completed", "agency", ["delta.example", "gamma.example"])
    ]


def test_c7_two_papers_of_one_owner_are_one_source(ask: Ask) -> None:
    [row] = [one for one in ask("single_source", actor="Turkey", weapon="S-400") if one["stage"] == "agreed"]
    assert (row["owner"], sorted(row["outlets"])) == ("Delta Group", ["alpha.example", "gamma.example"])
    assert (row["speaker"], row["speaker_is_party"]) == (None, None)


def test_c7_a_ministry_that_announces_its_own_deed_is_a_party(ask: Ask) -> None:
    [row] = ask("single_source", actor="Poland")
    assert (row["speaker"], row["speaker_is_party"], row["support"]) == ("POL", True, 1)
