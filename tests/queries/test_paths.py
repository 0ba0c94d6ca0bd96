"""C6: how two are connected; and its traps."""

from __future__ import annotations

from tests.queries.conftest import Ask


def test_c6_short_paths_first_with_their_evidence(ask: Ask) -> None:
    rows = ask("paths", a="Iran", b="Turkey", max=2)
    assert [row["path"] for row in rows] == [["IRN", "RUS", "TUR"], ["IRN", "USA", "TUR"]]
    assert rows[0]["edges"] == ["(IRN)-[ARMS]->(RUS)", "(RUS)-[ARMS]->(TUR)"]
    assert rows[0]["supports"] == [1, 2]
    assert rows[0]["support"] == 1
    assert [row["steps"] for row in ask("paths", a="Iran", b="Turkey")] == sorted(
        row["steps"] for row in ask("paths", a="Iran", b="Turkey")
    )
    assert ask("paths", a="Iran", b="Turkey", max=1) == []


def test_c6_an_alleged_step_makes_the_path_alleged(ask: Ask) -> None:
    assert ask("paths", a="Houthis", b="Russia") == []
    [row, *_] = ask("paths", a="Houthis", b="Russia", alleged=True)
    assert (row["path"], row["certainty"]) == (["houthis", "IRN", "RUS"], "alleged")


def test_c6_never_through_a_class_of_weapons(ask: Ask) -> None:
    rows = ask("paths", a="Houthis", b="Saudi Arabia", alleged=True)
    assert not [row for row in rows if any(node.startswith("class/") for node in row["path"])]


def test_c6_only_what_held_on_the_day(ask: Ask) -> None:
    both = ask("paths", a="Turkey", b="Iran", via="SANCTIONS", at="2021-01-01")
    assert [(row["path"], row["certainty"]) for row in both] == [(["TUR", "USA", "IRN"], "yes")]
    assert ask("paths", a="Turkey", b="Iran", via="SANCTIONS", at="2019-06-30") == []


def test_c6_steps_that_never_held_at_one_time(ask: Ask) -> None:
    """Those on Iran were lifted in 2016, those on Turkey came in August 2018, a week before Iran's came back."""
    [row] = ask("paths", a="Turkey", b="Iran", via="SANCTIONS", known_on="2018-08-05")
    assert (row["path"], row["together"]) == (["TUR", "USA", "IRN"], "no")
    [row] = ask("paths", a="Turkey", b="Iran", via="SANCTIONS", known_on="2018-08-07")
    assert row["together"] == "yes"


def test_c8_c6_a_path_known_later_is_none_yet(ask: Ask) -> None:
    direct = ["IRN", "RUS"]
    assert direct not in [row["path"] for row in ask("paths", a="Iran", b="Russia", known_on="2022-10-20")]
    assert ask("paths", a="Iran", b="Russia", known_on="2022-11-05")[0]["path"] == direct


def test_c8_c6_folding_anew_gives_the_same_paths(ask: Ask) -> None:
    for alleged in (False, True):
        stored = ask("paths", a="Iran", b="Turkey", alleged=alleged)
        assert ask("paths", a="Iran", b="Turkey", alleged=alleged, known_on="2030-01-01") == stored
