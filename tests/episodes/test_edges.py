"""Episodes to plain edges."""

from __future__ import annotations

import pytest

from graph.edges import edges
from graph.episodes import fold
from graph.threads import Ref
from tests.episodes.cases import plain, told

S400 = "transfer/RUS/TUR/s-400"
SANCTION = "sanction/USA/TUR"
EXCLUSION = "exclude/USA/TUR/f-35-programme"
PROGRAMME = {"PROGRAMME": Ref("f-35-programme", "Instrument")}
ARMING = "transfer/IRN/houthis/class/missiles"
DAY = "2020-01-01"


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([told(SANCTION, "threatened", DAY)], []),
        ([told(SANCTION, "demanded", DAY)], []),
        ([told(SANCTION, "planned", DAY)], []),
        ([told(SANCTION, "approved", DAY)], []),
        ([told(SANCTION, "completed", DAY, assertion="denied")], []),
        ([told(SANCTION, "completed", DAY, assertion="conditional")], []),
        ([told(SANCTION, "completed", DAY)], ["USA SANCTIONS TUR"]),
        ([told(SANCTION, "ongoing", DAY)], ["USA SANCTIONS TUR"]),
        ([told(SANCTION, "ended", DAY)], ["USA SANCTIONS TUR"]),
        ([told(SANCTION, "refused", DAY)], []),
        ([told(SANCTION, "threatened", DAY), told(SANCTION, "ended", "2020-02-01")], []),
        ([told(SANCTION, "completed", DAY, assertion="alleged")], ["USA ALLEGED SANCTIONS TUR"]),
        ([told(SANCTION, "threatened", DAY, assertion="alleged")], []),
        ([told("sanction/?/TUR", "completed", DAY)], []),
        ([told(SANCTION, "completed", "2021-01-01", published=DAY)], []),
        ([told(S400, "planned", DAY)], []),
        ([told(S400, "agreed", DAY)], ["TUR PURCHASES s-400"]),
        ([told(S400, "agreed", DAY), told(S400, "ended", "2020-02-01")], []),
        ([told(S400, "completed", DAY)], ["RUS ARMS TUR", "TUR PURCHASES s-400", "RUS SUPPLIES s-400"]),
        ([told("transfer/?/TUR/s-400", "completed", DAY)], ["TUR PURCHASES s-400"]),
        (
            [told(S400, "completed", DAY, predicate="supplies")],
            ["RUS ARMS TUR", "TUR RECEIVES s-400", "RUS SUPPLIES s-400"],
        ),
        ([told(S400, "agreed", DAY, predicate="supplies")], []),
        ([told(S400, "agreed", DAY, predicate="supplies", mode="sale")], ["TUR PURCHASES s-400"]),
        ([told("transfer/RUS/?/s-400", "completed", DAY, predicate="supplies")], ["RUS SUPPLIES s-400"]),
        (
            [told(S400, "agreed", DAY), told(S400, "ongoing", "2020-06-01", predicate="receives")],
            ["RUS ARMS TUR", "TUR PURCHASES s-400", "TUR RECEIVES s-400", "RUS SUPPLIES s-400"],
        ),
        (
            [told("transfer/USA/EGY/class/military-aid", "completed", DAY, predicate="supplies")],
            ["EGY RECEIVES class/military-aid", "USA SUPPLIES class/military-aid"],
        ),
        (
            [told(ARMING, "completed", DAY, predicate="supplies", assertion="alleged")],
            [
                "IRN ALLEGED SUPPLIES class/missiles",
                "IRN ALLEGED ARMS houthis",
                "houthis ALLEGED RECEIVES class/missiles",
            ],
        ),
        (
            [told(S400, "agreed", DAY), told(S400, "completed", "2020-02-01", assertion="alleged")],
            ["RUS ALLEGED ARMS TUR", "RUS ALLEGED SUPPLIES s-400", "TUR PURCHASES s-400"],
        ),
        ([told(EXCLUSION, "completed", DAY, roles=PROGRAMME)], ["TUR EXCLUDED_FROM f-35-programme"]),
        ([told(EXCLUSION, "threatened", DAY, roles=PROGRAMME)], []),
        ([told("exclude/USA/TUR/?", "completed", DAY)], []),
        ([told("develop/IRN/fattah", "ongoing", DAY)], ["IRN DEVELOPS fattah"]),
        ([told("test/PRK/hwasong-15", "completed", DAY)], ["PRK TESTS hwasong-15"]),
        ([told("test/PRK/hwasong-15", "planned", DAY)], []),
        ([told("deploy/RUS/iskander", "completed", DAY)], ["RUS DEPLOYS iskander"]),
        ([told("use/SAU/YEM/class/bombs", "completed", DAY)], ["SAU USES class/bombs"]),
        ([told("treaty/signs/IRN/jcpoa", "completed", DAY)], ["IRN SIGNS jcpoa"]),
        ([told("treaty/withdraws_from/USA/inf-treaty", "completed", DAY)], ["USA WITHDRAWS_FROM inf-treaty"]),
        ([told("treaty/withdraws_from/USA/inf-treaty", "planned", DAY)], []),
        ([told("treaty/violates/RUS/inf-treaty", "ongoing", DAY, assertion="alleged")],
         ["RUS ALLEGED VIOLATES inf-treaty"]),
        ([told("treaty/complies_with/IRN/jcpoa", "ongoing", DAY)], ["IRN COMPLIES_WITH jcpoa"]),
        ([told("stance/opposes/USA/TUR", "ongoing", DAY)], []),
        ([told("meeting/RUS/TUR", "completed", DAY)], []),
        ([told("background/member_of/TUR/nato", "ongoing", DAY)], []),
        # Claims that are unsure: less than .6 together.
        ([told(SANCTION, "completed", DAY, confidence=0.6)], ["USA SANCTIONS TUR"]),
        ([told(SANCTION, "completed", DAY, confidence=0.59)], []),
        ([told(SANCTION, "completed", DAY, confidence=0.59, assertion="alleged")], []),
        (
            [told(SANCTION, "completed", DAY, confidence=0.4, origin=origin) for origin in ("a", "b")],
            ["USA SANCTIONS TUR"],
        ),
        ([told(SANCTION, "completed", day, confidence=0.4) for day in (DAY, "2020-01-02")], []),
        (
            [told(SANCTION, "threatened", DAY), told(SANCTION, "completed", "2020-02-01", confidence=0.59)],
            [],
        ),
        (
            [told(SANCTION, "completed", DAY, confidence=0.59), told(SANCTION, "completed", DAY, assertion="alleged")],
            ["USA ALLEGED SANCTIONS TUR"],
        ),
        ([told(SANCTION, "ended", DAY, confidence=0.59)], []),
        (
            [told(SANCTION, "completed", DAY, confidence=0.4), told(SANCTION, "ended", "2020-02-01")],
            ["USA SANCTIONS TUR"],
        ),
        (
            [told(S400, "agreed", DAY), told(S400, "completed", "2020-02-01", predicate="receives", confidence=0.4)],
            ["TUR PURCHASES s-400"],
        ),
        (
            [told(S400, "agreed", DAY, confidence=0.4), told(S400, "completed", "2020-02-01", predicate="supplies")],
            ["RUS ARMS TUR", "TUR RECEIVES s-400", "RUS SUPPLIES s-400"],
        ),
    ],
)  # fmt: skip
def test_which_edges_there_are(statements: list, expected: list[str]) -> None:  # type: ignore[type-arg]
    assert sorted(plain(statements)) == sorted(expected)


def test_one_edge_a_spell() -> None:
    statements = [
        told(SANCTION, "completed", "2018-08-01"),
        told(SANCTION, "ended", "2018-11-02"),
        told(SANCTION, "completed", "2019-10-14"),
    ]
    found = [edge.properties for episode in fold(statements) for edge in edges(episode)]
    assert [(e["status"], e["since"], e.get("until")) for e in found] == [
        ("ended", "2018-08-01", "2018-11-02"),
        ("actual", "2019-10-14", None),
    ]


def test_unsure_claims_do_all_else_that_claims_do() -> None:
    doubtful = told(SANCTION, "completed", "2020-02-01", confidence=0.3)
    [sure] = fold([told(SANCTION, "completed", DAY), told(SANCTION, "ended", "2020-03-01")])
    [both] = fold([told(SANCTION, "completed", DAY), doubtful, told(SANCTION, "ended", "2020-03-01")])
    assert doubtful.id in both.claims
    assert edges(both) == edges(sure)
    [alone] = fold([doubtful])
    assert (alone.status, alone.since, alone.support) == ("actual", "2020-02-01", 1)


def test_a_fact_that_is_denied_keeps_its_edge() -> None:
    [episode] = fold([told(SANCTION, "completed", DAY), told(SANCTION, "completed", DAY, assertion="denied")])
    [edge] = edges(episode)
    assert (edge.type, edge.properties["denials"]) == ("SANCTIONS", 1)


def test_sanctions_of_which_only_the_end_is_told_have_no_begin() -> None:
    [episode] = fold([told(SANCTION, "ended", DAY)])
    [edge] = edges(episode)
    assert "since" not in edge.properties
    assert edge.properties["until"] == DAY


def test_a_contract_counts_from_its_signature_and_a_delivery_from_its_day() -> None:
    [episode] = fold([told(S400, "agreed", "2017-12-29"), told(S400, "completed", "2019-07-12")])
    since = {edge.type: edge.properties["since"] for edge in edges(episode)}
    assert since == {"PURCHASES": "2017-12-29", "SUPPLIES": "2019-07-12", "ARMS": "2019-07-12"}


def test_an_exclusion_says_by_whom() -> None:
    [episode] = fold([told(EXCLUSION, "completed", DAY, roles=PROGRAMME)])
    [edge] = edges(episode)
    assert edge.properties["by"] == "USA"


def test_an_allegation_says_who_alleges_and_how_many() -> None:
    accusers = [
        told(ARMING, "completed", DAY, predicate="supplies", assertion="alleged", by=by, origin=origin)
        for by, origin in (("USA", "a"), ("SAU", "b"))
    ]
    denial = told(ARMING, "completed", DAY, predicate="supplies", assertion="denied", by="IRN", origin="c")
    [episode] = fold([*accusers, denial])
    for edge in edges(episode):
        assert edge.properties["by"] in ("USA", "SAU")
        assert (edge.properties["support"], edge.properties["denials"]) == (2, 1)
