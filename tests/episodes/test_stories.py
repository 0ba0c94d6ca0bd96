"""Stories of the last twenty years, told in claims: what becomes of them, and which plain edges they leave."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from graph.threads import Ref, Statement
from tests.episodes.cases import outline, plain, told

S400 = "transfer/RUS/TUR/s-400"
US_ON_TURKEY = "sanction/USA/TUR"
MISTRAL = "transfer/FRA/RUS/mistral"
MISTRAL_TO_EGYPT = "transfer/FRA/EGY/mistral"
US_ON_IRAN = "sanction/USA/IRN"
EU_ON_US = "sanction/european-union/USA"
US_ON_INDIA = "sanction/USA/IND"
JAPAN_ON_DPRK = "sanction/JPN/PRK"
SHAHED = "transfer/IRN/RUS/shahed-136"
LEAVES_INF = "treaty/withdraws_from/USA/inf-treaty"
VIOLATES_INF = "treaty/violates/RUS/inf-treaty"
F35 = "exclude/USA/TUR/f-35-programme"
PROGRAMME = {"PROGRAMME": Ref("f-35-programme", "Instrument")}


class Story(NamedTuple):
    """What is told, and what should come of it."""

    statements: list[Statement]
    episodes: list[tuple[str, str, str | None, str | None]]
    """Id after the thread, status, since, until."""
    edges: list[str]


STORIES: dict[str, Story] = {
    "S-400 to Turkey: one batch bought and delivered, a second only talked about": Story(
        [
            told(S400, "considered", "2012-05-01/2013-09-26", published="2013-09-26"),
            told(S400, "considered", "2016-11-18"),
            told(S400, "agreed", "2017-09-12"),
            told(S400, "completed", "2019-07-12", batch="1", predicate="supplies"),
            told(S400, "planned", "2020-08-23", batch="2"),
            told(S400, "planned", "2021-09-26", batch="further"),
            told(S400, "completed", None, batch="1", basis="before", published="2021-09-26"),
        ],
        [
            ("2012-05-01", "proposed", None, None),
            ("2016-11-18/1", "actual", "2019-07-12", None),
            ("2020-08-23/2", "committed", None, None),
        ],
        ["RUS ARMS TUR", "RUS SUPPLIES s-400", "TUR PURCHASES s-400"],
    ),
    "out of the F-35 programme, after threats": Story(
        [
            told(F35, "threatened", "2019-06-07", roles=PROGRAMME),
            told(F35, "suspended", "2019-04-01", roles=PROGRAMME),
            told(F35, "completed", "2019-07-17", roles=PROGRAMME),
        ],
        [("2019-04-01", "actual", "2019-07-17", None)],
        ["TUR EXCLUDED_FROM f-35-programme"],
    ),
    "three spells of US sanctions on Turkey under three instruments": Story(
        [
            told(US_ON_TURKEY, "threatened", "2018-07-26"),
            told(US_ON_TURKEY, "completed", "2018-08-01", under="magnitsky"),
            told(US_ON_TURKEY, "ended", "2018-11-02", under="magnitsky"),
            told(US_ON_TURKEY, "threatened", "2019-03-05", under="caatsa"),
            told(US_ON_TURKEY, "completed", "2019-10-14", under="eo-13894"),
            told(US_ON_TURKEY, "ended", "2019-10-23", under="eo-13894"),
            told(US_ON_TURKEY, "completed", "2020-12-14", under="caatsa"),
            told(US_ON_TURKEY, "ongoing", "2021-09-26", under="caatsa"),
        ],
        [
            ("2018-07-26/magnitsky", "ended", "2018-08-01", "2018-11-02"),
            ("2019-03-05/caatsa", "actual", "2020-12-14", None),
            ("2019-10-14/eo-13894", "ended", "2019-10-14", "2019-10-23"),
        ],
        ["USA SANCTIONS TUR"] * 3,
    ),
    "Mistral: signed, suspended, cancelled, and sold to Egypt": Story(
        [
            told(MISTRAL, "agreed", "2011-06-17"),
            told(MISTRAL, "suspended", "2014-11-25"),
            told(MISTRAL, "ended", "2015-08-05"),
            told(MISTRAL_TO_EGYPT, "agreed", "2015-10-10"),
            told(MISTRAL_TO_EGYPT, "completed", "2016-06-02", predicate="supplies"),
        ],
        [
            ("2015-10-10", "actual", "2016-06-02", None),
            ("2011-06-17", "cancelled", None, "2015-08-05"),
        ],
        ["EGY PURCHASES mistral", "FRA ARMS EGY", "FRA SUPPLIES mistral"],
    ),
    "a suspended contract is still a contract, and arms nobody": Story(
        [told(MISTRAL, "agreed", "2011-06-17"), told(MISTRAL, "suspended", "2014-11-25")],
        [("2011-06-17", "suspended", None, None)],
        ["RUS PURCHASES mistral"],
    ),
    "sanctions on Iran lifted and back": Story(
        [
            told(US_ON_IRAN, "completed", "2010-07-01"),
            told(US_ON_IRAN, "ended", "2016-01-16"),
            told(US_ON_IRAN, "threatened", "2018-05-08"),
            told(US_ON_IRAN, "completed", "2018-08-07"),
            told(US_ON_IRAN, "completed", "2012-01-01/2012-12-31", published="2020-01-01"),
        ],
        [
            ("2010-07-01", "ended", "2010-07-01", "2016-01-16"),
            ("2018-05-08", "actual", "2018-08-07", None),
        ],
        ["USA SANCTIONS IRN"] * 2,
    ),
    "INF: notice given, then out; a violation that is only alleged": Story(
        [
            told(LEAVES_INF, "planned", "2019-08-02", published="2019-02-02"),
            told(LEAVES_INF, "completed", "2019-08-02"),
            told(VIOLATES_INF, "ongoing", "2018-12-04", assertion="alleged", by="USA"),
            told(VIOLATES_INF, "ongoing", "2018-12-05", assertion="denied", by="RUS"),
        ],
        [
            ("2018-12-04", "claimed", None, None),
            ("2019-02-02", "actual", "2019-08-02", None),
        ],
        ["RUS ALLEGED VIOLATES inf-treaty", "USA WITHDRAWS_FROM inf-treaty"],
    ),
    "the EU threatens the US over steel and drops it": Story(
        [told(EU_ON_US, "threatened", "2003-11-10"), told(EU_ON_US, "refused", "2003-12-05")],
        [("2003-11-10", "dropped", None, "2003-12-05")],
        [],
    ),
    "India is threatened again and again": Story(
        [
            told(US_ON_INDIA, "threatened", "2018-05-24", under="caatsa"),
            told(US_ON_INDIA, "threatened", "2019-06-13", under="caatsa"),
            told(US_ON_INDIA, "considered", "2021-01-05", under="caatsa"),
            told(US_ON_INDIA, "completed", "2021-01-05", under="caatsa", assertion="conditional"),
        ],
        [("2018-05-24/caatsa", "proposed", None, None)],
        [],
    ),
    "Japan lifts a part only": Story(
        [
            told(JAPAN_ON_DPRK, "completed", "2006-10-11"),
            told(JAPAN_ON_DPRK, "ended", "2014-07-04", partial=True),
            told(JAPAN_ON_DPRK, "ongoing", "2015-03-31"),
        ],
        [("2006-10-11", "actual", "2006-10-11", None)],
        ["JPN SANCTIONS PRK"],
    ),
    "Shahed to Russia: alleged and denied": Story(
        [
            told(SHAHED, "planned", "2022-07-11", assertion="alleged", by="USA"),
            told(SHAHED, "completed", "2022-10-17", assertion="alleged", by="UKR", predicate="supplies"),
            told(SHAHED, "completed", "2022-10-18", assertion="denied", by="IRN", predicate="supplies"),
        ],
        [("2022-07-11", "claimed", None, None)],
        ["IRN ALLEGED ARMS RUS", "IRN ALLEGED SUPPLIES shahed-136", "RUS ALLEGED RECEIVES shahed-136"],
    ),
    "Shahed to Russia: then admitted": Story(
        [
            told(SHAHED, "completed", "2022-10-17", assertion="alleged", by="UKR", predicate="supplies"),
            told(SHAHED, "completed", "2022-10-18", assertion="denied", by="IRN", predicate="supplies"),
            told(SHAHED, "completed", None, basis="before", published="2022-11-05", by="IRN", predicate="supplies"),
        ],
        [("before-2022-11-05", "actual", "2022-11-05", None)],
        ["IRN ARMS RUS", "IRN SUPPLIES shahed-136", "RUS RECEIVES shahed-136"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_stories(name: str) -> None:
    story = STORIES[name]
    assert outline(story.statements) == story.episodes
    assert sorted(plain(story.statements)) == sorted(story.edges)


NO_FACT: list[tuple[str, dict[str, Any]]] = [
    *((stage, {}) for stage in ("threatened", "demanded", "considered", "planned", "approved", "refused")),
    *(("completed", {"assertion": assertion}) for assertion in ("alleged", "denied", "conditional")),
    ("completed", {"published": "2019-12-31"}),
]
ANY_THREAD = [S400, US_ON_TURKEY, LEAVES_INF, "develop/IRN/fattah", "use/SAU/YEM/paveway"]


@pytest.mark.parametrize("thread", ANY_THREAD)
@pytest.mark.parametrize(("stage", "how"), NO_FACT)
def test_a_rumour_plan_threat_or_denial_is_never_a_plain_edge(thread: str, stage: Any, how: dict[str, Any]) -> None:
    statements = [told(thread, stage, "2020-01-01", origin=f"{n}.example", **how) for n in range(9)]
    assert [edge for edge in plain(statements) if " ALLEGED " not in edge] == []
