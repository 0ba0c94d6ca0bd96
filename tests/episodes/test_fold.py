"""Claims to episodes, as tables of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.episodes import fold
from graph.threads import Statement
from tests.episodes.cases import outline, told

USA_TUR = "sanction/USA/TUR"
S400 = "transfer/RUS/TUR/s-400"
MISTRAL = "transfer/FRA/RUS/mistral"
EU_BLR = "sanction/european-union/BLR"
ROCKET = "test/PRK/class/rocket"
SHELLING = "use/hezbollah/ISR/class/rocket"

TURKEY_S400 = [
    told(S400, "considered", "2017-03-10"),
    told(S400, "agreed", "2017-12-29", batch="1"),
    told(S400, "ongoing", "2019-07-12", batch="1"),
    told(S400, "completed", "2019-07-12/2019-09-15", batch="1", published="2021-09-26"),
    told(S400, "planned", "2021-09-26", batch="further"),
    told(S400, "planned", "2021-09-26", batch="2"),
]
US_TURKEY = [
    told(USA_TUR, "completed", "2018-08-01", under="magnitsky"),
    told(USA_TUR, "ended", "2018-11-02"),
    told(USA_TUR, "threatened", "2019-03-05", under="caatsa"),
    told(USA_TUR, "completed", "2019-10-14", under="eo-13894"),
    told(USA_TUR, "ended", "2019-10-23", under="eo-13894"),
    told(USA_TUR, "completed", "2020-12-14", under="caatsa"),
]

CASES = {
    "Turkey's S-400: one batch delivered, a further one planned": (
        TURKEY_S400,
        [("2017-03-10/1", "actual", "2019-07-12", None), ("2021-09-26/further", "committed", None, None)],
    ),
    "three spells of sanctions, the last after a threat under the same instrument": (
        US_TURKEY,
        [
            ("2018-08-01/magnitsky", "ended", "2018-08-01", "2018-11-02"),
            ("2019-03-05/caatsa", "actual", "2020-12-14", None),
            ("2019-10-14/eo-13894", "ended", "2019-10-14", "2019-10-23"),
        ],
    ),
    "who looks back on a purchase means the contract that is known, and no delivery": (
        [
            told(S400, "agreed", "2017-09-12"),
            told(S400, "completed", None, basis="before", published="2018-11-02"),
            told(S400, "completed", "2019-07-12", predicate="receives"),
            told(S400, "completed", None, basis="before", published="2020-12-14"),
        ],
        [("2017-09-12", "actual", "2019-07-12", None)],
    ),
    "also where its parties are told in part, however long ago it was signed": (
        [
            told(S400, "agreed", "2017-09-12"),
            told("transfer/?/TUR/s-400", "completed", None, basis="before", published="2019-11-02"),
        ],
        [("2017-09-12", "committed", None, None)],
    ),
    "a purchase that is looked back on is that of what is delivered next": (
        [
            told(S400, "completed", None, basis="before", published="2018-11-02"),
            told(S400, "completed", "2019-07-12", predicate="receives"),
        ],
        [("2019-07-12", "actual", "2019-07-12", None)],
    ),
    "not of a later batch, nor of what began after another": (
        [
            told(S400, "ongoing", "2017-07-12"),
            told(S400, "completed", None, basis="before", published="2020-12-14"),
            told(S400, "ongoing", "2021-06-01", batch="2"),
            told(S400, "planned", "2021-09-26", batch="3"),
        ],
        [
            ("2017-07-12", "actual", "2017-07-12", None),
            ("2021-06-01/2", "actual", "2021-06-01", None),
            ("2021-09-26/3", "committed", None, None),
        ],
    ),
    "but not of what is delivered years later, nor of what has an order of its own": (
        [
            told(S400, "completed", None, basis="before", published="2016-11-02"),
            told(S400, "agreed", "2017-09-12"),
            told(S400, "completed", "2019-07-12", predicate="receives"),
        ],
        [("2017-09-12", "actual", "2019-07-12", None), ("before-2016-11-02", "actual", "2016-11-02", None)],
    ),
    "and what is told to have been delivered by then was delivered": (
        [
            told(S400, "agreed", "2017-09-12"),
            told(S400, "completed", None, basis="before", predicate="receives", published="2018-11-02"),
        ],
        [("2017-09-12", "committed", None, None), ("before-2018-11-02", "actual", "2018-11-02", None)],
    ),
    "Mistral: contract, suspended, cancelled": (
        [
            told(MISTRAL, "agreed", "2011-06-17"),
            told(MISTRAL, "suspended", "2014-11-25"),
            told(MISTRAL, "ended", "2015-08-05"),
        ],
        [("2011-06-17", "cancelled", None, "2015-08-05")],
    ),
    "a suspended contract stays open": (
        [told(MISTRAL, "agreed", "2011-06-17"), told(MISTRAL, "suspended", "2014-11-25")],
        [("2011-06-17", "suspended", None, None)],
    ),
    "what is suspended in part goes on": (
        [told(MISTRAL, "agreed", "2011-06-17"), told(MISTRAL, "suspended", "2014-11-25", partial=True)],
        [("2011-06-17", "committed", None, None)],
    ),
    "and what is suspended for persons stays in force for the state": (
        [
            told(EU_BLR, "completed", "2011-06-20", scope="state"),
            told(EU_BLR, "suspended", "2015-10-29", scope="persons"),
        ],
        [("2011-06-20", "actual", "2011-06-20", None)],
    ),
    "sanctions of which only the suspension is told had been in force": (
        [told(EU_BLR, "suspended", "2015-10-29"), told(EU_BLR, "ended", "2016-02-25")],
        [("2015-10-29", "ended", None, "2016-02-25")],
    ),
    "a contract of which only the suspension is told was cancelled": (
        [told(MISTRAL, "suspended", "2014-11-25"), told(MISTRAL, "ended", "2015-08-05")],
        [("2014-11-25", "cancelled", None, "2015-08-05")],
    ),
    "a suspension is over when things move again": (
        [
            told(USA_TUR, "completed", "2018-08-01"),
            told(USA_TUR, "suspended", "2018-09-01"),
            told(USA_TUR, "ongoing", "2018-10-01"),
        ],
        [("2018-08-01", "actual", "2018-08-01", None)],
    ),
    "a partial lifting closes nothing": (
        [
            told(EU_BLR, "completed", "2006-04-10"),
            told(EU_BLR, "ended", "2008-10-13", partial=True),
            told(EU_BLR, "ongoing", "2009-11-17"),
        ],
        [("2006-04-10", "actual", "2006-04-10", None)],
    ),
    "a threat that was dropped": (
        [told(EU_BLR, "threatened", "2020-08-19"), told(EU_BLR, "refused", "2020-09-21")],
        [("2020-08-19", "dropped", None, "2020-09-21")],
    ),
    "a threat and what came of it": (
        [told(EU_BLR, "threatened", "2020-08-19"), told(EU_BLR, "completed", "2020-10-02")],
        [("2020-08-19", "actual", "2020-10-02", None)],
    ),
    "a new threat while sanctions are in force": (
        [told(EU_BLR, "completed", "2020-10-02"), told(EU_BLR, "threatened", "2021-05-24")],
        [("2020-10-02", "actual", "2020-10-02", None), ("2021-05-24", "proposed", None, None)],
    ),
    "a proposal that was silent for over a year is another one": (
        [told(EU_BLR, "threatened", "2017-01-10"), told(EU_BLR, "completed", "2018-01-11")],
        [("2017-01-10", "proposed", None, None), ("2018-01-11", "actual", "2018-01-11", None)],
    ),
    "a test announced years before is another one": (
        [told(ROCKET, "planned", "2012-03-16"), told(ROCKET, "completed", "2016-02-07")],
        [("2012-03-16", "committed", None, None), ("2016-02-07", "actual", "2016-02-07", None)],
    ),
    "tests of two days are two": (
        [
            told(ROCKET, "completed", "2017-07-04"),
            told(ROCKET, "completed", "2017-07-05"),
            told(ROCKET, "completed", "2017-07-04", published="2017-07-06", origin="b.example"),
        ],
        [("2017-07-04", "actual", "2017-07-04", None), ("2017-07-05", "actual", "2017-07-05", None)],
    ),
    "tests years apart are two, also where neither report has a date": (
        [
            told(ROCKET, "completed", "2003-02-25", basis="publication"),
            told(ROCKET, "completed", "2009-05-26", basis="publication"),
        ],
        [("2003-02-25", "actual", "2003-02-25", None), ("2009-05-26", "actual", "2009-05-26", None)],
    ),
    "who gives no date tells of the week before": (
        [told(ROCKET, "completed", "2017-07-04"), told(ROCKET, "completed", "2017-07-10", basis="publication")],
        [("2017-07-04", "actual", "2017-07-04", None)],
    ),
    "and not of what was longer ago": (
        [told(ROCKET, "completed", "2017-07-04"), told(ROCKET, "completed", "2017-07-11", basis="publication")],
        [("2017-07-04", "actual", "2017-07-04", None), ("2017-07-11", "actual", "2017-07-11", None)],
    ),
    "a test that stays in the news is one": (
        [told(ROCKET, "completed", f"2006-10-{day}", basis="publication") for day in ("09", "14", "17", "19", "25")],
        [("2006-10-09", "actual", "2006-10-09", None)],
    ),
    "a report without a date does not make one of two days": (
        [
            told(ROCKET, "completed", "2017-07-04"),
            told(ROCKET, "completed", "2017-07-06", basis="publication"),
            told(ROCKET, "completed", "2017-07-07"),
        ],
        [("2017-07-04", "actual", "2017-07-04", None), ("2017-07-07", "actual", "2017-07-07", None)],
    ),
    "nor of a day and the two after it": (
        [
            told(ROCKET, "completed", "2017-07-04"),
            told(ROCKET, "completed", "2017-07-06", basis="publication"),
            told(ROCKET, "completed", "2017-07-05/2017-07-06"),
        ],
        [("2017-07-04", "actual", "2017-07-04", None), ("2017-07-05", "actual", "2017-07-06", None)],
    ),
    "a test told again with its year is the same": (
        [
            told(ROCKET, "completed", "2006-10-09"),
            told(ROCKET, "completed", "2009-05-25"),
            told(ROCKET, "completed", "2006-01-01/2006-12-31", published="2013-02-12"),
        ],
        [("2006-10-09", "actual", "2006-10-09", None), ("2009-05-25", "actual", "2009-05-25", None)],
    ),
    "a test is planned before it, and the next one after it": (
        [
            told(ROCKET, "planned", "2006-10-03", basis="publication"),
            told(ROCKET, "completed", "2006-10-09"),
            told(ROCKET, "planned", "2006-10-18", basis="publication"),
        ],
        [("2006-10-03", "actual", "2006-10-09", None), ("2006-10-18", "committed", None, None)],
    ),
    "who gives up tests undoes none": (
        [
            told(ROCKET, "completed", "2009-05-25"),
            told(ROCKET, "planned", "2012-02-01"),
            told(ROCKET, "suspended", "2012-02-29"),
        ],
        [("2009-05-25", "actual", "2009-05-25", None), ("2012-02-01", "suspended", None, None)],
    ),
    "half a year without fire ends a bout of it": (
        [
            told(SHELLING, "completed", "2006-07-12"),
            told(SHELLING, "ongoing", "2006-08-13"),
            told(SHELLING, "completed", "2007-02-11"),
            told(SHELLING, "completed", "2007-08-13"),
        ],
        [("2006-07-12", "actual", "2006-07-12", None), ("2007-08-13", "actual", "2007-08-13", None)],
    ),
    "a bout told again with its summer is the same": (
        [
            told(SHELLING, "completed", "2006-07-12"),
            told(SHELLING, "completed", "2009-01-08"),
            told(SHELLING, "completed", "2006-06-01/2006-08-31", published="2010-01-01"),
        ],
        [("2006-07-12", "actual", "2006-07-12", None), ("2009-01-08", "actual", "2009-01-08", None)],
    ),
    "fire that is ceased ends its own bout": (
        [
            told(SHELLING, "completed", "2006-07-12"),
            told(SHELLING, "completed", "2009-01-08"),
            told(SHELLING, "ended", "2009-01-18"),
        ],
        [("2006-07-12", "actual", "2006-07-12", None), ("2009-01-08", "ended", "2009-01-08", "2009-01-18")],
    ),
    "nor does an allegation of plans join a test announced years before": (
        [told(ROCKET, "planned", "2003-08-28"), told(ROCKET, "planned", "2011-02-20", assertion="alleged")],
        [("2003-08-28", "committed", None, None), ("2011-02-20", "claimed", None, None)],
    ),
    "a contract waits for years": (
        [told(S400, "planned", "2017-12-29"), told(S400, "completed", "2021-12-21")],
        [("2017-12-29", "actual", "2021-12-21", None)],
    ),
    "365 days of silence are bridged": (
        [told(EU_BLR, "threatened", "2017-01-10"), told(EU_BLR, "completed", "2018-01-10")],
        [("2017-01-10", "actual", "2018-01-10", None)],
    ),
    "a new round while one is in force": (
        [
            told(EU_BLR, "completed", "2020-10-02"),
            told(EU_BLR, "completed", "2020-11-06", round="new"),
            told(EU_BLR, "completed", "2020-11-20", round="further"),
            told(EU_BLR, "completed", "2021-06-21", round="new"),
        ],
        [
            ("2020-10-02", "actual", "2020-10-02", None),
            ("2020-11-06", "actual", "2020-11-06", None),
            ("2021-06-21", "actual", "2021-06-21", None),
        ],
    ),
    "numbered rounds are not one, though one of them may be what was told of as new": (
        [
            told(EU_BLR, "completed", "2020-10-02"),
            told(EU_BLR, "completed", "2020-11-06", round="new"),
            told(EU_BLR, "completed", "2020-11-09", round="2", basis="publication"),
            told(EU_BLR, "completed", "2020-12-17", round="3"),
            told(EU_BLR, "completed", "2021-06-21", round="4"),
        ],
        [
            ("2020-10-02", "actual", "2020-10-02", None),
            ("2020-11-06", "actual", "2020-11-06", None),
            ("2020-12-17", "actual", "2020-12-17", None),
            ("2021-06-21", "actual", "2021-06-21", None),
        ],
    ),
    "nor is a round of another day the new one": (
        [
            told(EU_BLR, "completed", "2020-11-06", round="new"),
            told(EU_BLR, "completed", "2020-12-17", round="3"),
        ],
        [("2020-11-06", "actual", "2020-11-06", None), ("2020-12-17", "actual", "2020-12-17", None)],
    ),
    "but the new round that was threatened may be numbered once it is imposed": (
        [
            told(EU_BLR, "completed", "2020-10-02"),
            told(EU_BLR, "threatened", "2020-12-10", round="new"),
            told(EU_BLR, "completed", "2021-06-21", round="4"),
            told(EU_BLR, "ongoing", "2022-06-21", round="4"),
            told(EU_BLR, "completed", "2021-07-10", round="5", basis="publication"),
        ],
        [
            ("2020-10-02", "actual", "2020-10-02", None),
            ("2020-12-10", "actual", "2021-06-21", None),
            ("2021-07-10", "actual", "2021-07-10", None),
        ],
    ),
    "a lifting that names only a round's number lifts that round": (
        [
            told(EU_BLR, "completed", "2020-10-02", round="1"),
            told(EU_BLR, "completed", "2021-06-21", round="2"),
            told(EU_BLR, "ended", "2022-01-10", round="2"),
        ],
        [("2020-10-02", "actual", "2020-10-02", None), ("2021-06-21", "ended", "2021-06-21", "2022-01-10")],
    ),
    "and of a round that nobody told of may mean any that is open": (
        [
            told(EU_BLR, "completed", "2020-10-02", round="1"),
            told(EU_BLR, "completed", "2021-06-21", round="2"),
            told(EU_BLR, "ended", "2022-01-10", round="3"),
        ],
        [("2020-10-02", "actual", "2020-10-02", None), ("2021-06-21", "actual", "2021-06-21", None)],
    ),
    "nor does the lifting of a later round lift the only one that is known": (
        [told(EU_BLR, "completed", "2020-10-02", round="1"), told(EU_BLR, "ended", "2022-01-10", round="2")],
        [("2020-10-02", "actual", "2020-10-02", None)],
    ),
    "a new round of the day on which the one before was lifted is in force": (
        [
            told(EU_BLR, "completed", "2011-06-20"),
            told(EU_BLR, "ended", "2016-02-25"),
            *(told(EU_BLR, "completed", "2016-02-25", round="new", origin=outlet) for outlet in "abcd"),
        ],
        [("2011-06-20", "ended", "2011-06-20", "2016-02-25"), ("2016-02-25", "actual", "2016-02-25", None)],
    ),
    "what is to be lifted or suspended on a day to come is in force": (
        [
            told(EU_BLR, "completed", "2011-06-20"),
            told(EU_BLR, "suspended", "2015-10-31", published="2015-10-12"),
            told(EU_BLR, "ended", "2016-02-29", published="2016-02-15"),
        ],
        [("2011-06-20", "actual", "2011-06-20", None)],
    ),
    "also where nothing else is told of it": (
        [told(EU_BLR, "ended", "2016-02-29", published="2016-02-15")],
        [("2016-02-15", "actual", None, None)],
    ),
    "but who refuses what was to come calls it off": (
        [told(MISTRAL, "agreed", "2011-06-17"), told(MISTRAL, "refused", "2014-11-14", published="2014-10-30")],
        [("2011-06-17", "cancelled", None, "2014-10-30")],
    ),
    "different measures are different episodes": (
        [
            told(EU_BLR, "completed", "2011-06-20", measure="arms embargo"),
            told(EU_BLR, "completed", "2011-07-01", measure="travel ban"),
        ],
        [
            ("2011-06-20/arms-embargo", "actual", "2011-06-20", None),
            ("2011-07-01/travel-ban", "actual", "2011-07-01", None),
        ],
    ),
    "a lifting that could mean either of two is partial on both": (
        [
            told(EU_BLR, "completed", "2011-06-20", measure="arms embargo"),
            told(EU_BLR, "completed", "2011-07-01", measure="travel ban"),
            told(EU_BLR, "ended", "2016-02-25"),
        ],
        [
            ("2011-06-20/arms-embargo", "actual", "2011-06-20", None),
            ("2011-07-01/travel-ban", "actual", "2011-07-01", None),
        ],
    ),
    "a lifting means what is in force, not a threat beside it": (
        [
            told(USA_TUR, "threatened", "2019-06-07", under="caatsa"),
            told(USA_TUR, "completed", "2019-10-14", under="eo-13894"),
            told(USA_TUR, "ended", "2019-10-23"),
            told(USA_TUR, "completed", "2020-12-14", under="caatsa"),
        ],
        [
            ("2019-06-07/caatsa", "actual", "2020-12-14", None),
            ("2019-10-14/eo-13894", "ended", "2019-10-14", "2019-10-23"),
        ],
    ),
    "a threat that is withdrawn lifts nothing": (
        [
            told(EU_BLR, "completed", "2011-06-20", measure="arms embargo"),
            told(EU_BLR, "threatened", "2020-08-19"),
            told(EU_BLR, "refused", "2020-09-21"),
        ],
        [
            ("2011-06-20/arms-embargo", "actual", "2011-06-20", None),
            ("2020-08-19", "dropped", None, "2020-09-21"),
        ],
    ),
    "sanctions of which only the end is told had been in force": (
        [told(EU_BLR, "ended", "2016-02-25")],
        [("2016-02-25", "ended", None, "2016-02-25")],
    ),
    "the end told again is no second end": (
        [
            told(EU_BLR, "completed", "2011-06-20"),
            told(EU_BLR, "ended", "2016-02-25"),
            told(EU_BLR, "ended", "2016-03-01"),
        ],
        [("2011-06-20", "ended", "2011-06-20", "2016-02-25")],
    ),
    "sanctions after a lifting are another episode": (
        [
            told(EU_BLR, "completed", "2011-06-20"),
            told(EU_BLR, "ended", "2016-02-25"),
            told(EU_BLR, "completed", "2020-10-02"),
        ],
        [
            ("2011-06-20", "ended", "2011-06-20", "2016-02-25"),
            ("2020-10-02", "actual", "2020-10-02", None),
        ],
    ),
    "a background mention does not turn a threat into sanctions": (
        [
            told(EU_BLR, "threatened", "2020-08-19"),
            told(EU_BLR, "completed", None, basis="before", published="2020-08-20"),
        ],
        [("2020-08-19", "proposed", None, None), ("before-2020-08-20", "actual", "2020-08-20", None)],
    ),
    "a background mention joins the sanctions that there were": (
        [
            told(EU_BLR, "completed", "2020-10-02"),
            told(EU_BLR, "completed", None, basis="before", published="2021-04-20"),
        ],
        [("2020-10-02", "actual", "2020-10-02", None)],
    ),
    "a range joins the spell that it touches": (
        [
            told(EU_BLR, "completed", "2011-06-20"),
            told(EU_BLR, "ended", "2016-02-25"),
            told(EU_BLR, "completed", "2020-10-02"),
            told(EU_BLR, "completed", "2011-01-01/2011-12-31", published="2021-01-01"),
        ],
        [
            ("2011-06-20", "ended", "2011-06-20", "2016-02-25"),
            ("2020-10-02", "actual", "2020-10-02", None),
        ],
    ),
    "sanctions of a month are lifted on a day": (
        [told(EU_BLR, "completed", "2011-06-01/2011-06-30"), told(EU_BLR, "ended", "2016-02-25")],
        [("2011-06-01", "ended", "2011-06-30", "2016-02-25")],
    ),
    "a contract of a month is delivered on a day": (
        [told(S400, "agreed", "2017-09-01/2017-09-30"), told(S400, "completed", "2019-07-12")],
        [("2017-09-01", "actual", "2019-07-12", None)],
    ),
    "a range goes before what was later": (
        [
            told(EU_BLR, "completed", "2011-01-01/2011-12-31", published="2021-01-01"),
            told(EU_BLR, "ongoing", "2012-02-27"),
            told(EU_BLR, "ended", "2016-02-25"),
            told(EU_BLR, "completed", "2020-01-01/2020-12-31", published="2021-01-01"),
        ],
        [
            ("2011-01-01", "ended", "2011-12-31", "2016-02-25"),
            ("2020-01-01", "actual", "2020-12-31", None),
        ],
    ),
    "what was lifted had been in force, as was said before": (
        [
            told(EU_BLR, "completed", None, basis="before", published="2011-06-20"),
            told(EU_BLR, "ended", "2016-02-25"),
        ],
        [("2016-02-25", "ended", "2011-06-20", "2016-02-25")],
    ),
    "what had been lifted and is back is not over": (
        [
            told(EU_BLR, "completed", "2011-06-20"),
            told(EU_BLR, "ended", "2016-02-25"),
            told(EU_BLR, "completed", "2016-10-02"),
            told(EU_BLR, "ended", None, basis="before", published="2021-04-20"),
            told(EU_BLR, "ended", "2016-01-01/2016-12-31", published="2021-04-20"),
        ],
        [
            ("2011-06-20", "ended", "2011-06-20", "2016-02-25"),
            ("2016-10-02", "actual", "2016-10-02", None),
        ],
    ),
    "who imposes again what had been lifted begins anew": (
        [
            told(EU_BLR, "completed", "2019-11-20"),
            told(EU_BLR, "ended", None, basis="before", published="2020-10-02"),
            told(EU_BLR, "completed", "2020-10-02"),
        ],
        [
            ("2019-11-20", "ended", "2019-11-20", "2020-10-02"),
            ("2020-10-02", "actual", "2020-10-02", None),
        ],
    ),
    "a threat that had been withdrawn does not undo what was imposed later": (
        [
            told(EU_BLR, "threatened", "2020-08-19"),
            told(EU_BLR, "refused", None, basis="before", published="2020-09-21"),
            told(EU_BLR, "completed", "2020-10-02"),
        ],
        [("2020-08-19", "dropped", None, "2020-09-21"), ("2020-10-02", "actual", "2020-10-02", None)],
    ),
    "a revived contract is not the one that had been cancelled": (
        [
            told(S400, "agreed", "2010-01-01"),
            told(S400, "ended", "2012-01-01"),
            told(S400, "agreed", "2014-01-01"),
            told(S400, "ended", None, basis="before", published="2014-02-01"),
        ],
        [("2010-01-01", "cancelled", None, "2012-01-01"), ("2014-01-01", "committed", None, None)],
    ),
    "what is lifted from persons is not lifted from the state": (
        [told(EU_BLR, "completed", "2011-06-20", scope="state"), told(EU_BLR, "ended", "2016-02-25", scope="persons")],
        [("2011-06-20", "actual", "2011-06-20", None)],
    ),
    "but what is on persons is": (
        [
            told(EU_BLR, "completed", "2011-06-20", scope="state"),
            told(EU_BLR, "ongoing", "2012-06-20", scope="persons"),
            told(EU_BLR, "ended", "2016-02-25", scope="persons"),
        ],
        [("2011-06-20", "ended", "2011-06-20", "2016-02-25")],
    ),
    "an allegation opens an episode that is only claimed": (
        [told("transfer/IRN/houthis/class/missiles", "completed", "2017-11-04", assertion="alleged")],
        [("2017-11-04", "claimed", None, None)],
    ),
    "a denial advances, closes and reopens nothing": (
        [told(EU_BLR, "threatened", "2020-08-19"), told(EU_BLR, "completed", "2020-09-01", assertion="denied")],
        [("2020-08-19", "proposed", None, None)],
    ),
    "nor is what is in force over where its end is denied": (
        [told(EU_BLR, "completed", "2020-10-02"), told(EU_BLR, "ended", "2020-12-01", assertion="denied")],
        [("2020-10-02", "actual", "2020-10-02", None)],
    ),
    "an allegation bridges no silence": (
        [
            told(EU_BLR, "threatened", "2017-01-10"),
            told(EU_BLR, "threatened", "2017-10-10", assertion="alleged"),
            told(EU_BLR, "completed", "2018-02-01"),
        ],
        [("2017-01-10", "proposed", None, None), ("2018-02-01", "actual", "2018-02-01", None)],
    ),
    "a promised date that passes promotes nothing": (
        [told(S400, "planned", "2019-07-01", published="2018-04-03")],
        [("2018-04-03", "committed", None, None)],
    ),
    "what is announced as done on a day to come is a promise": (
        [told(S400, "completed", "2019-07-01", published="2018-04-03")],
        [("2018-04-03", "committed", None, None)],
    ),
    "a claim dated to the day opens the episode, also where a wider range was told before it": (
        [
            told(EU_BLR, "completed", "2020-01-01/2020-10-02", published="2020-10-02"),
            told(EU_BLR, "completed", "2020-10-02", published="2021-03-01"),
        ],
        [("2020-10-02", "actual", "2020-10-02", None)],
    ),
    "a batch that is not named does not advance the second": (
        [told(S400, "agreed", "2021-09-26", batch="2"), told(S400, "completed", "2021-10-10")],
        [("2021-09-26/2", "committed", None, None), ("2021-10-10", "actual", "2021-10-10", None)],
    ),
    "an undated plan for a second batch is no part of a delivered deal of which no batch is named": (
        [
            told(S400, "completed", "2019-07-12"),
            told(S400, "planned", None, batch="2", basis="before", published="2021-09-26"),
        ],
        [("2019-07-12", "actual", "2019-07-12", None), ("before-2021-09-26/2", "committed", None, None)],
    ),
    "nor one dated by its report only": (
        [told(S400, "completed", "2019-07-12"), told(S400, "planned", "2021-09-26", batch="further")],
        [("2019-07-12", "actual", "2019-07-12", None), ("2021-09-26/further", "committed", None, None)],
    ),
    "nor of a contract that was signed before": (
        [told(S400, "agreed", "2017-12-29"), told(S400, "planned", "2018-08-01", batch="2")],
        [("2017-12-29", "committed", None, None), ("2018-08-01/2", "committed", None, None)],
    ),
    "the delivery of a second batch is not that of the first": (
        [told(S400, "completed", "2019-07-12"), told(S400, "completed", "2021-07-12", batch="2")],
        [("2019-07-12", "actual", "2019-07-12", None), ("2021-07-12/2", "actual", "2021-07-12", None)],
    ),
    "who calls off the second batch stops no delivery of the first": (
        [told(S400, "completed", "2019-07-12"), told(S400, "ended", "2022-05-04", batch="2")],
        [("2019-07-12", "actual", "2019-07-12", None), ("2022-05-04/2", "cancelled", None, "2022-05-04")],
    ),
    "nor the contract of it": (
        [
            told(S400, "agreed", "2017-12-29"),
            told(S400, "agreed", "2021-09-26", batch="2"),
            told(S400, "ended", "2022-05-04", batch="further"),
        ],
        [("2017-12-29", "committed", None, None), ("2021-09-26/2", "cancelled", None, "2022-05-04")],
    ),
    "but what was only planned may be the second batch that is called off": (
        [told(S400, "planned", "2021-08-23"), told(S400, "ended", "2022-05-04", batch="2")],
        [("2021-08-23/2", "cancelled", None, "2022-05-04")],
    ),
    "a second batch may have been meant by who named none": (
        [told(S400, "planned", "2021-08-23"), told(S400, "agreed", "2021-09-26", batch="2")],
        [("2021-08-23/2", "committed", None, None)],
    ),
    "more that is ordered on a later day is another order": (
        [told(S400, "agreed", "2009-02-05"), told(S400, "agreed", "2010-02-11", batch="further")],
        [("2009-02-05", "committed", None, None), ("2010-02-11/further", "committed", None, None)],
    ),
    "a further batch may be the second": (
        [told(S400, "planned", "2021-08-23", batch="further"), told(S400, "agreed", "2021-09-26", batch="2")],
        [("2021-08-23/further", "committed", None, None)],
    ),
    "what is imposed after a threat is what was threatened, not what was in force before": (
        [
            told(EU_BLR, "completed", "2021-06-21"),
            told(EU_BLR, "threatened", "2021-11-10"),
            told(EU_BLR, "completed", "2021-12-02"),
        ],
        [("2021-06-21", "actual", "2021-06-21", None), ("2021-11-10", "actual", "2021-12-02", None)],
    ),
    "but who extends them, tells of them again or gives no day carries out no threat": (
        [
            told(EU_BLR, "completed", "2021-06-21"),
            told(EU_BLR, "threatened", "2021-11-10"),
            told(EU_BLR, "ongoing", "2021-11-20"),
            told(EU_BLR, "completed", "2021-01-01/2021-12-31", published="2022-01-10"),
            told(EU_BLR, "completed", "2021-11-30", basis="publication"),
            told(EU_BLR, "completed", None, basis="before", published="2021-12-01"),
        ],
        [("2021-06-21", "actual", "2021-06-21", None), ("2021-11-10", "proposed", None, None)],
    ),
    "nor does who names what was in force": (
        [
            told(EU_BLR, "completed", "2021-06-21", measure="travel ban"),
            told(EU_BLR, "threatened", "2021-11-10"),
            told(EU_BLR, "completed", "2021-12-02", measure="travel ban"),
        ],
        [("2021-06-21/travel-ban", "actual", "2021-06-21", None), ("2021-11-10", "proposed", None, None)],
    ),
    "what is imposed more than a year after is another round": (
        [
            told(EU_BLR, "completed", "2021-06-21"),
            told(EU_BLR, "completed", "2022-06-22"),
            told(EU_BLR, "completed", "2022-08-03", scope="persons"),
            told(EU_BLR, "completed", "2024-06-29", basis="publication"),
        ],
        [
            ("2021-06-21", "actual", "2021-06-21", None),
            ("2022-06-22", "actual", "2022-06-22", None),
            ("2024-06-29", "actual", "2024-06-29", None),
        ],
    ),
    "so is what is decided on": (
        [
            told(EU_BLR, "completed", "2021-06-21"),
            told(EU_BLR, "approved", "2022-08-01"),
            told(EU_BLR, "completed", "2022-08-03"),
        ],
        [("2021-06-21", "actual", "2021-06-21", None), ("2022-08-01", "actual", "2022-08-03", None)],
    ),
    "but not within a year, nor who extends what was imposed or looks back on it": (
        [
            told(EU_BLR, "completed", "2021-06-21"),
            told(EU_BLR, "completed", "2022-06-21"),
            told(EU_BLR, "ongoing", "2023-02-24"),
            told(EU_BLR, "ongoing", "2024-02-26", basis="publication"),
            told(EU_BLR, "completed", None, basis="before", published="2024-03-01"),
            told(EU_BLR, "completed", "2021-06-21", published="2024-03-01"),
            told(EU_BLR, "completed", "2023-01-01/2023-12-31", published="2024-03-01"),
        ],
        [("2021-06-21", "actual", "2021-06-21", None)],
    ),
    "nor who gives no day and names what it was, by instrument or measure": (
        [
            told(USA_TUR, "completed", "2020-12-14", under="caatsa"),
            told(USA_TUR, "completed", "2022-03-20", under="caatsa", basis="publication"),
            told(EU_BLR, "completed", "2011-06-20", measure="arms embargo"),
            told(EU_BLR, "completed", "2016-02-25", measure="arms embargo", basis="publication"),
        ],
        [
            ("2020-12-14/caatsa", "actual", "2020-12-14", None),
            ("2011-06-20/arms-embargo", "actual", "2011-06-20", None),
        ],
    ),
    "on a stated day it is another round of that measure": (
        [
            told(EU_BLR, "completed", "2011-06-20", measure="arms embargo"),
            told(EU_BLR, "completed", "2021-06-21", measure="arms embargo"),
        ],
        [
            ("2011-06-20/arms-embargo", "actual", "2011-06-20", None),
            ("2021-06-21/arms-embargo", "actual", "2021-06-21", None),
        ],
    ),
    "who names an instrument or a number years after tells of another round": (
        [
            told(EU_BLR, "completed", "2014-07-29", round="new"),
            told(EU_BLR, "ongoing", "2025-10-22", round="19"),
            told(USA_TUR, "completed", "2012-07-31"),
            told(USA_TUR, "ongoing", "2018-08-07", under="caatsa"),
        ],
        [
            ("2012-07-31", "actual", "2012-07-31", None),
            ("2018-08-07/caatsa", "actual", "2018-08-07", None),
            ("2014-07-29", "actual", "2014-07-29", None),
            ("2025-10-22", "actual", "2025-10-22", None),
        ],
    ),
    "what is suspended is taken up again, however long after": (
        [
            told(EU_BLR, "completed", "2012-07-01"),
            told(EU_BLR, "suspended", "2016-01-16"),
            told(EU_BLR, "completed", "2018-08-07"),
        ],
        [("2012-07-01", "actual", "2012-07-01", None)],
    ),
    "but not what was suspended for persons or in part": (
        [
            told(EU_BLR, "completed", "2012-07-01", scope="state"),
            told(EU_BLR, "suspended", "2014-01-20", partial=True),
            told(EU_BLR, "suspended", "2016-01-16", scope="persons"),
            told(EU_BLR, "completed", "2018-08-07"),
        ],
        [("2012-07-01", "actual", "2012-07-01", None), ("2018-08-07", "actual", "2018-08-07", None)],
    ),
    "so does who gives only the month": (
        [
            told(USA_TUR, "completed", "2016-06-12"),
            told(USA_TUR, "completed", "2018-12-01/2018-12-31", under="caatsa"),
        ],
        [("2016-06-12", "actual", "2016-06-12", None), ("2018-12-01/caatsa", "actual", "2018-12-31", None)],
    ),
    "but what goes on may be of any age": (
        [
            told(EU_BLR, "ongoing", "2016-01-16"),
            told(EU_BLR, "ongoing", "2020-08-14", under="unscr-2231", basis="publication"),
            told(EU_BLR, "ended", "2020-10-18"),
        ],
        [("2016-01-16/unscr-2231", "ended", "2016-01-16", "2020-10-18")],
    ),
    "and within a year it is that of the round": (
        [
            told(USA_TUR, "completed", "2017-08-02"),
            told(USA_TUR, "ongoing", "2018-08-02", under="caatsa"),
            told(EU_BLR, "completed", "2014-07-29", round="new"),
            told(EU_BLR, "ongoing", "2014-12-22", round="4"),
            told(EU_BLR, "completed", "2016-12-22", round="4", basis="publication"),
        ],
        [("2017-08-02/caatsa", "actual", "2017-08-02", None), ("2014-07-29", "actual", "2014-07-29", None)],
    ),
    "sanctions that were planned long before are others": (
        [told(EU_BLR, "planned", "2010-03-17"), told(EU_BLR, "completed", "2018-08-07")],
        [("2010-03-17", "committed", None, None), ("2018-08-07", "actual", "2018-08-07", None)],
    ),
    "nor does a lifting mean them": (
        [told(EU_BLR, "planned", "2009-08-13"), told(EU_BLR, "ended", "2013-04-22")],
        [("2009-08-13", "committed", None, None), ("2013-04-22", "ended", None, "2013-04-22")],
    ),
    "under what sanctions are lifted or suspended is not under what they are": (
        [
            told(USA_TUR, "ongoing", "2003-02-16"),
            told(USA_TUR, "suspended", "2003-03-06", under="eo-13894", partial=True),
            told(USA_TUR, "ended", "2003-05-22", under="caatsa"),
            told(EU_BLR, "ended", "2016-02-25", under="unscr-1483"),
        ],
        [("2003-02-16", "ended", "2003-02-16", "2003-05-22"), ("2016-02-25", "ended", None, "2016-02-25")],
    ),
    "a measure that is lifted in part is not that of every round": (
        [
            told(EU_BLR, "completed", "2011-06-20"),
            told(EU_BLR, "completed", "2012-03-23", round="new"),
            told(EU_BLR, "ended", "2013-05-31", measure="trade ban"),
        ],
        [("2011-06-20", "actual", "2011-06-20", None), ("2012-03-23", "actual", "2012-03-23", None)],
    ),
    "a lifting of a stated day means all rounds of which nothing else is told": (
        [
            told(EU_BLR, "completed", "2011-06-20", under="eo-13894"),
            told(EU_BLR, "completed", "2011-10-11", round="further"),
            told(EU_BLR, "completed", "2012-03-23", round="new"),
            told(EU_BLR, "completed", "2013-05-01", measure="arms embargo"),
            told(EU_BLR, "ended", "2016-02-25", scope="state"),
        ],
        [
            ("2011-06-20/eo-13894", "actual", "2011-06-20", None),
            ("2011-10-11", "ended", "2011-10-11", "2016-02-25"),
            ("2012-03-23", "ended", "2012-03-23", "2016-02-25"),
            ("2013-05-01/arms-embargo", "actual", "2013-05-01", None),
        ],
    ),
    "and that of a measure means the round of it": (
        [
            told(EU_BLR, "completed", "2011-06-20", measure="arms embargo"),
            told(EU_BLR, "completed", "2012-07-23"),
            told(EU_BLR, "ended", "2020-10-18", measure="arms embargo"),
        ],
        [
            ("2011-06-20/arms-embargo", "ended", "2011-06-20", "2020-10-18"),
            ("2012-07-23", "actual", "2012-07-23", None),
        ],
    ),
    "but not where some are lifted, or from some, or no day is told": (
        [
            told(EU_BLR, "completed", "2006-07-05"),
            told(EU_BLR, "completed", "2009-04-10"),
            told(EU_BLR, "ended", "2014-07-03", partial=True),
            told(EU_BLR, "ended", "2014-07-04", scope="persons"),
            told(EU_BLR, "ended", "2014-07-05", basis="publication"),
        ],
        [("2006-07-05", "actual", "2006-07-05", None), ("2009-04-10", "actual", "2009-04-10", None)],
    ),
    "who was under sanctions already was under those that were not over": (
        [
            told(EU_BLR, "completed", "2011-06-20"),
            told(EU_BLR, "ended", "2016-02-25"),
            told(EU_BLR, "completed", "2020-10-02"),
            told(EU_BLR, "ongoing", None, basis="before", published="2021-04-20", measure="travel ban"),
        ],
        [
            ("2011-06-20", "ended", "2011-06-20", "2016-02-25"),
            ("2020-10-02/travel-ban", "actual", "2020-10-02", None),
        ],
    ),
    "a contract signed after a delivery under an earlier one is another order": (
        [
            told(S400, "agreed", "2018-03-28"),
            told(S400, "completed", "2022-12-15"),
            told(S400, "approved", "2023-06-28"),
            told(S400, "agreed", "2023-09-05"),
        ],
        [("2018-03-28", "actual", "2022-12-15", None), ("2023-09-05", "committed", None, None)],
    ),
    "so is one signed more than a year after all deliveries": (
        [told(S400, "completed", "2009-05-01"), told(S400, "agreed", "2010-05-02")],
        [("2009-05-01", "actual", "2009-05-01", None), ("2010-05-02", "committed", None, None)],
    ),
    "but a contract may be signed once deliveries have begun": (
        [told(S400, "completed", "2009-05-01"), told(S400, "agreed", "2010-05-01")],
        [("2009-05-01", "actual", "2009-05-01", None)],
    ),
    "and a contract told of later is that of its year": (
        [
            told(S400, "completed", "2017-01-20"),
            told(S400, "agreed", "2015-01-01/2015-12-31", published="2018-03-10"),
            told(S400, "agreed", "2019-03-10", basis="publication"),
            told(S400, "planned", "2021-12-31", published="2020-03-10"),
        ],
        [("2015-01-01", "actual", "2017-01-20", None)],
    ),
    "a contract carries out what was considered after the delivery": (
        [
            told(S400, "agreed", "2004-05-01"),
            told(S400, "completed", "2009-05-01"),
            told(S400, "considered", "2009-08-01"),
            told(S400, "approved", "2009-11-20"),
        ],
        [("2004-05-01", "actual", "2009-05-01", None), ("2009-08-01", "committed", None, None)],
    ),
    "what comes after a year without deliveries is of the next order": (
        [
            told(S400, "agreed", "2004-05-01"),
            told(S400, "completed", "2009-05-01"),
            told(S400, "agreed", "2009-11-20"),
            told(S400, "completed", "2010-05-02"),
        ],
        [("2004-05-01", "actual", "2009-05-01", None), ("2009-11-20", "actual", "2010-05-02", None)],
    ),
    "and what comes within a year of the first": (
        [
            told(S400, "agreed", "2004-05-01"),
            told(S400, "completed", "2009-05-01"),
            told(S400, "agreed", "2009-11-20"),
            told(S400, "completed", "2010-05-01"),
        ],
        [("2004-05-01", "actual", "2009-05-01", None), ("2009-11-20", "committed", None, None)],
    ),
    "a further batch that is the second is not the third": (
        [
            told(S400, "planned", "2021-08-23", batch="further"),
            told(S400, "agreed", "2021-09-26", batch="2"),
            told(S400, "agreed", "2023-09-26", batch="3"),
            told(S400, "completed", "2024-09-26", batch="2"),
        ],
        [("2021-08-23/further", "actual", "2024-09-26", None), ("2023-09-26/3", "committed", None, None)],
    ),
    "a contract of which only the end is told was cancelled": (
        [told(S400, "ended", "2021-09-26")],
        [("2021-09-26", "cancelled", None, "2021-09-26")],
    ),
    "nothing at all is known of the day": (
        [told(S400, "completed", None)],
        [("undated", "actual", None, None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    statements, expected = CASES[name]
    assert outline(statements) == expected


FIRST, SECOND = told(ROCKET, "completed", "2006-10-09"), told(ROCKET, "completed", "2009-05-25")
BESIDE = {
    "a denial of that day": (told(ROCKET, "completed", "2006-10-09", assertion="denied", published="2009-06-01"), 0),
    "a denial without a day, of the last": (
        told(ROCKET, "completed", "2009-07-01", assertion="denied", basis="publication"), 1,
    ),
    "a denial more than a year later, of neither": (
        told(ROCKET, "completed", "2010-05-26", assertion="denied", basis="publication"), None,
    ),
    "an allegation within the week": (
        told(ROCKET, "completed", "2006-10-12", assertion="alleged", basis="publication"), 0,
    ),
    "an allegation of another day": (told(ROCKET, "completed", "2006-10-20", assertion="alleged"), None),
    "what had been before, of the last": (
        told(ROCKET, "completed", None, basis="before", published="2013-02-12"), 1,
    ),
    "what had been before the second, of the first": (
        told(ROCKET, "completed", None, basis="before", published="2007-02-12"), 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BESIDE)
def test_of_which_test_a_claim_tells(name: str) -> None:
    told_, place = BESIDE[name]
    [found] = [e for e in fold([FIRST, SECOND, told_]) if told_.id in e.claims]
    own = [n for n, one in enumerate((FIRST, SECOND)) if one.id in found.claims]
    assert own == ([] if place is None else [place])


def test_the_promised_date_is_kept() -> None:
    [episode] = fold([told(S400, "planned", "2019-07-01", published="2018-04-03")])
    assert episode.expected == "2019-07-01"


def test_a_range_says_from_when_and_by_when() -> None:
    [episode] = fold([told(S400, "completed", "2019-07-12/2019-07-25", published="2021-09-26")])
    assert (episode.since_from, episode.since) == ("2019-07-12", "2019-07-25")


def test_support_and_denials_count_origins() -> None:
    statement = told(EU_BLR, "completed", "2020-10-02")
    told_by = [replace(statement, id=f"{n:020}", origin=origin) for n, origin in enumerate(["a", "a", "b"])]
    denied = [told(EU_BLR, "completed", "2020-10-03", assertion="denied", origin=origin) for origin in ("c", "c", "d")]
    [episode] = fold([*told_by, *denied])
    assert (episode.support, episode.denials) == (2, 2)


def test_two_episodes_that_began_alike_have_different_ids() -> None:
    same_day = [
        told(EU_BLR, "completed", "2020-10-02", round="new"),
        told(EU_BLR, "refused", "2020-10-02", measure="x"),
    ]
    again = [told(EU_BLR, "completed", "2021-02-02", round="new")]
    ids = [episode.id for episode in fold(same_day + again)]
    assert len(set(ids)) == len(ids)


def test_roles_of_the_episode_are_those_of_its_thread_and_claims() -> None:
    [episode] = fold([told(USA_TUR, "completed", "2020-12-14", under="caatsa")])
    assert {role: [ref.id for ref in refs] for role, refs in episode.roles.items()} == {
        "SUBJECT": ["USA"],
        "OBJECT": ["TUR"],
        "UNDER": ["caatsa"],
    }


def test_the_instrument_of_a_round_is_none_by_which_it_is_stopped() -> None:
    imposed = told(USA_TUR, "completed", "2020-12-14")
    [stopped] = fold([imposed, told(USA_TUR, "suspended", "2021-03-01", under="caatsa")])
    assert "UNDER" not in stopped.roles
    [named] = fold(
        [imposed, told(USA_TUR, "ongoing", "2021-02-01", under="caatsa"), told(USA_TUR, "ended", "2021-03-01")]
    )
    assert [ref.id for ref in named.roles["UNDER"]] == ["caatsa"]


STATEMENTS = st.builds(
    told,
    st.sampled_from([USA_TUR, S400, EU_BLR, ROCKET, SHELLING]),
    st.sampled_from(["threatened", "planned", "agreed", "ongoing", "completed", "suspended", "refused", "ended"]),
    st.one_of(
        st.none(),
        st.dates(max_value=date(2025, 1, 1)).map(lambda day: day.isoformat()),
        st.integers(1990, 2025).map(lambda year: f"{year}-01-01/{year}-12-31"),
    ),
    assertion=st.sampled_from(["asserted", "asserted", "alleged", "denied", "conditional"]),
    basis=st.sampled_from([None, None, "publication"]),
    under=st.sampled_from([None, None, "caatsa", "eo-13894"]),
    batch=st.sampled_from([None, None, "1", "2", "further"]),
    round=st.sampled_from([None, None, "new", "2"]),
    partial=st.booleans(),
    origin=st.sampled_from(["a.example", "b.example"]),
    confidence=st.sampled_from([1.0, 0.9, 0.45, 0.3]),
)


@given(st.lists(STATEMENTS, max_size=12, unique_by=lambda s: s.id), st.randoms())
def test_the_order_of_claims_does_not_matter(statements: list[Statement], chance: object) -> None:
    episodes = fold(statements)
    shuffled = list(statements)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled) == episodes


@given(st.lists(STATEMENTS, max_size=12, unique_by=lambda s: s.id))
def test_every_claim_is_in_an_episode_of_its_thread_and_every_id_is_its_own(statements: list[Statement]) -> None:
    episodes = fold(statements)
    assert len({episode.id for episode in episodes}) == len(episodes)
    assert {id for episode in episodes for id in episode.claims} == {statement.id for statement in statements}
    thread_of = {statement.id: statement.thread for statement in statements}
    for episode in episodes:
        assert {thread_of[id] for id in episode.claims} == {episode.thread}
        assert episode.id.startswith(f"{episode.thread}/")


@given(st.lists(STATEMENTS, max_size=12, unique_by=lambda s: s.id))
def test_what_nobody_asserts_does_not_change_what_is_asserted(statements: list[Statement]) -> None:
    def moved(told_: list[Statement]) -> list[tuple[object, ...]]:
        return [(e.status, e.since, e.until, e.asserted, e.support) for e in fold(told_) if e.status != "claimed"]

    assert sorted(map(repr, moved(statements))) == sorted(
        map(repr, moved([s for s in statements if s.assertion == "asserted"]))
    )


@pytest.mark.parametrize(
    ("statements", "earliest"),
    [
        ([told(S400, "agreed", "2017-12-29"), told(S400, "ongoing", "2019-07-12")], "2017-12-29"),
        ([told(S400, "agreed", "2017-09-01/2017-12-29", published="2018-01-02")], "2017-12-29"),
        ([told(S400, "agreed", "2017-12-29"), told(S400, "agreed", "2017-11-01", assertion="denied")], "2017-11-01"),
        ([told(S400, "planned", "2021-05-01", published="2019-07-12")], "2019-07-12"),
        ([told(S400, "agreed", None, published="2018-01-02", basis="before")], "2018-01-02"),
        ([told(S400, "agreed", "2017-12-29", published=None)], ""),
    ],
)
def test_an_episode_keeps_the_first_day_by_which_anything_of_it_was(statements: list[Statement], earliest: str) -> None:
    assert min(episode.earliest for episode in fold(statements)) == earliest
