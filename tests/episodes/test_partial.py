"""Claims of which a role is not known, and the full threads that they join."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.edges import edges
from graph.episodes import Episode, fold
from graph.hierarchy import Hierarchy
from graph.partial import homes, is_partial, may_join, partials, reach
from graph.threads import Ref, Statement
from tests.episodes.cases import plain, told

RUS_TUR = "transfer/RUS/TUR/s-400"
CHN_TUR = "transfer/CHN/TUR/s-400"
TO_TUR = "transfer/?/TUR/s-400"
FROM_RUS = "transfer/RUS/?/s-400"
ON_TUR = "sanction/?/TUR"
USA_TUR = "sanction/USA/TUR"
SYSTEMS = "transfer/RUS/TUR/class/air-defence-system"
MISSILE_SYSTEMS = "transfer/RUS/TUR/class/missile-system"
KINDS = Hierarchy(
    {
        "s-400": frozenset({"class/air-defence-system", "class/missile-system", "class/weapons"}),
        "pantsir": frozenset({"class/air-defence-system", "class/missile-system"}),
        "class/air-defence-system": frozenset({"class/missile-system", "class/weapons"}),
        "class/coastal-defence-system": frozenset({"class/missile-system"}),
        "hwasong-12": frozenset({"hwasong", "class/ballistic-missile", "class/missile"}),
        "class/ballistic-missile": frozenset({"class/missile"}),
    }
)


@pytest.mark.parametrize(
    ("thread", "expected"),
    [
        (RUS_TUR, ["transfer/?/TUR/s-400", "transfer/RUS/?/s-400"]),
        ("transfer/USA/UKR/class/missiles", ["transfer/?/UKR/class/missiles", "transfer/USA/?/class/missiles"]),
        ("transfer/USA/UKR/class/weapons", []),
        ("transfer/USA/UKR/class/military-aid", []),
        (TO_TUR, []),
        (USA_TUR, [ON_TUR]),
        ("exclude/USA/TUR/f-35-programme",
         ["exclude/?/TUR/?", "exclude/?/TUR/f-35-programme", "exclude/USA/TUR/?"]),
        ("use/SAU/YEM/class/bombs", ["use/SAU/?/class/bombs"]),
        ("test/PRK/hwasong-15", []),
        ("meeting/RUS/TUR", []),
        ("0123456789abcdef", []),
    ],
)  # fmt: skip
def test_the_partial_threads_that_fit_a_full_one(thread: str, expected: list[str]) -> None:
    assert partials(thread) == expected
    assert all(map(is_partial, expected))


@pytest.mark.parametrize(
    ("thread", "expected"),
    [
        (RUS_TUR, ["transfer/?/TUR/s-400", "transfer/RUS/?/s-400", SYSTEMS, MISSILE_SYSTEMS]),
        (SYSTEMS,
         ["transfer/?/TUR/class/air-defence-system", "transfer/RUS/?/class/air-defence-system", MISSILE_SYSTEMS]),
        (TO_TUR, []),
        ("test/PRK/hwasong-12", ["test/PRK/class/ballistic-missile", "test/PRK/class/missile", "test/PRK/hwasong"]),
        ("exclude/s-400/TUR/s-400",
         ["exclude/?/TUR/?", "exclude/?/TUR/s-400", "exclude/s-400/TUR/?"]),
    ],
)  # fmt: skip
def test_families_and_classes_of_the_same_parties_fit_a_model(thread: str, expected: list[str]) -> None:
    assert partials(thread, KINDS) == sorted(expected)
    assert all(may_join(partial, KINDS) for partial in expected)


def test_a_thread_has_a_home_only_if_exactly_one_full_thread_fits() -> None:
    assert homes([RUS_TUR, TO_TUR, FROM_RUS]) == {TO_TUR: RUS_TUR, FROM_RUS: RUS_TUR}
    assert homes([RUS_TUR, CHN_TUR, TO_TUR, FROM_RUS]) == {FROM_RUS: RUS_TUR}
    assert homes([TO_TUR, USA_TUR]) == {}


def test_a_class_has_its_home_at_a_model_or_else_at_the_narrowest_class() -> None:
    coastal = "transfer/RUS/TUR/class/coastal-defence-system"
    assert homes([MISSILE_SYSTEMS, SYSTEMS], KINDS) == {MISSILE_SYSTEMS: SYSTEMS}
    assert homes([MISSILE_SYSTEMS, SYSTEMS, coastal], KINDS) == {}
    assert homes([MISSILE_SYSTEMS, SYSTEMS, coastal, RUS_TUR], KINDS) == {MISSILE_SYSTEMS: RUS_TUR, SYSTEMS: RUS_TUR}
    assert homes([MISSILE_SYSTEMS, SYSTEMS, RUS_TUR, "transfer/RUS/TUR/pantsir"], KINDS) == {}


DELIVERED = told(RUS_TUR, "completed", "2019-07-12", predicate="supplies")
SANCTIONED = told(USA_TUR, "completed", "2020-12-14", under="caatsa")
CASES: dict[str, tuple[list[Statement], list[Statement], list[tuple[str, str, int, int]]]] = {
    "a claim that names no supplier joins the delivery": (
        [DELIVERED],
        [told(TO_TUR, "completed", "2019-08-01", origin="b.example")],
        [(RUS_TUR, "actual", 2, 0)],
    ),
    "a denial that names no supplier is counted there": (
        [DELIVERED],
        [told(TO_TUR, "completed", "2019-08-01", assertion="denied")],
        [(RUS_TUR, "actual", 1, 1)],
    ),
    "not where two suppliers come into question": (
        [DELIVERED, told(CHN_TUR, "considered", "2013-09-26")],
        [told(TO_TUR, "completed", "2019-08-01")],
        [(TO_TUR, "actual", 1, 0), (CHN_TUR, "proposed", 1, 0), (RUS_TUR, "actual", 1, 0)],
    ),
    "it advances nothing": (
        [told(RUS_TUR, "agreed", "2019-07-01")],
        [told(TO_TUR, "completed", "2019-08-01")],
        [(TO_TUR, "actual", 1, 0), (RUS_TUR, "committed", 1, 0)],
    ),
    "it closes nothing": (
        [SANCTIONED],
        [told(ON_TUR, "ended", "2021-01-14")],
        [(ON_TUR, "ended", 1, 0), (USA_TUR, "actual", 1, 0)],
    ),
    "the end told again joins the end": (
        [SANCTIONED, told(USA_TUR, "ended", "2021-01-14")],
        [told(ON_TUR, "ended", "2021-01-15", origin="b.example")],
        [(USA_TUR, "ended", 2, 0)],
    ),
    "365 days later it still joins": (
        [SANCTIONED],
        [told(ON_TUR, "ongoing", "2021-12-14")],
        [(USA_TUR, "actual", 1, 0)],
    ),
    "later it may be about something else": (
        [SANCTIONED],
        [told(ON_TUR, "ongoing", "2021-12-15")],
        [(ON_TUR, "actual", 1, 0), (USA_TUR, "actual", 1, 0)],
    ),
    "nor does it join what had not come so far yet": (
        [SANCTIONED],
        [told(ON_TUR, "completed", "2020-12-01")],
        [(ON_TUR, "actual", 1, 0), (USA_TUR, "actual", 1, 0)],
    ),
    "also where it had only been threatened by then": (
        [told(USA_TUR, "threatened", "2020-06-01"), SANCTIONED],
        [told(ON_TUR, "completed", "2020-12-01")],
        [(ON_TUR, "actual", 1, 0), (USA_TUR, "actual", 1, 0)],
    ),
    "a background mention joins what there was within the year": (
        [SANCTIONED],
        [told(ON_TUR, "completed", None, basis="before", published="2021-09-26", origin="b.example")],
        [(USA_TUR, "actual", 2, 0)],
    ),
    "a threat by nobody is no part of sanctions in force": (
        [SANCTIONED],
        [told(ON_TUR, "threatened", "2021-02-01")],
        [(ON_TUR, "proposed", 1, 0), (USA_TUR, "actual", 1, 0)],
    ),
    "another instrument is another episode": (
        [SANCTIONED],
        [told(ON_TUR, "completed", "2021-02-01", under="eo-13894")],
        [(ON_TUR, "actual", 1, 0), (USA_TUR, "actual", 1, 0)],
    ),
    "what is only alleged of the full thread draws nothing in": (
        [told(RUS_TUR, "completed", "2019-07-12", assertion="alleged")],
        [told(TO_TUR, "completed", "2019-08-01")],
        [(TO_TUR, "actual", 1, 0), (RUS_TUR, "claimed", 1, 0)],
    ),
    "a second batch is not the first": (
        [told(RUS_TUR, "completed", "2019-07-12", batch="1")],
        [told(TO_TUR, "planned", "2019-08-01", batch="2")],
        [(TO_TUR, "committed", 1, 0), (RUS_TUR, "actual", 1, 0)],
    ),
    "weapons of any kind never join": (
        [told("transfer/USA/UKR/class/weapons", "completed", "2019-07-12")],
        [told("transfer/?/UKR/class/weapons", "completed", "2019-08-01")],
        [("transfer/?/UKR/class/weapons", "actual", 1, 0), ("transfer/USA/UKR/class/weapons", "actual", 1, 0)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_joining(name: str) -> None:
    full, partial, expected = CASES[name]
    assert [(e.thread, e.status, e.support, e.denials) for e in fold(full + partial)] == expected


@pytest.mark.parametrize("name", CASES)
def test_full_threads_keep_their_episodes_and_course(name: str) -> None:
    full, partial, _ = CASES[name]

    def course(statements: list[Statement]) -> list[tuple[str | None, ...]]:
        found = (e for e in fold(statements) if not is_partial(e.thread))
        return [(e.id, e.status, e.since_from, e.since, e.until_from, e.until) for e in found]

    assert course(full + partial) == course(full)


def test_who_joins_adds_details() -> None:
    guest = told(ON_TUR, "completed", "2021-01-01", under="caatsa", scope="persons")
    [episode] = fold([told(USA_TUR, "completed", "2020-12-14"), guest])
    assert episode.id == "sanction/USA/TUR/2020-12-14"
    assert episode.roles["UNDER"] == (Ref("caatsa", "Instrument"),)
    assert (episode.scope, episode.last_reported) == ("persons", "2021-01-01")


def test_a_purchase_stays_one_where_only_the_seller_is_told_elsewhere() -> None:
    bought = told(TO_TUR, "completed", "2019-08-01")
    assert sorted(plain([DELIVERED, bought])) == ["RUS ARMS TUR", "RUS SUPPLIES s-400", "TUR PURCHASES s-400"]


ORDERED = told(RUS_TUR, "agreed", "2017-12-29")
OF_A_KIND: dict[str, tuple[list[Statement], list[tuple[str, str, int]]]] = {
    "the class told beside the system is no second deal": (
        [ORDERED, told(SYSTEMS, "agreed", "2017-12-29", origin="b.example")],
        [(RUS_TUR, "committed", 2)],
    ),
    "but it delivers nothing that was only ordered": (
        [ORDERED, told(SYSTEMS, "completed", "2018-06-01")],
        [(SYSTEMS, "actual", 1), (RUS_TUR, "committed", 1)],
    ),
    "after a year it may be about something else": (
        [ORDERED, told(SYSTEMS, "agreed", "2018-12-30")],
        [(SYSTEMS, "committed", 1), (RUS_TUR, "committed", 1)],
    ),
    "where two models come into question it stays apart": (
        [ORDERED, told("transfer/RUS/TUR/pantsir", "considered", "2017-06-01"), told(SYSTEMS, "agreed", "2017-12-29")],
        [(SYSTEMS, "committed", 1), ("transfer/RUS/TUR/pantsir", "proposed", 1), (RUS_TUR, "committed", 1)],
    ),
    "bare weapons never join": (
        [ORDERED, told("transfer/RUS/TUR/class/weapons", "agreed", "2017-12-29")],
        [("transfer/RUS/TUR/class/weapons", "committed", 1), (RUS_TUR, "committed", 1)],
    ),
    "nor do those of other parties": (
        [ORDERED, told("transfer/RUS/IND/class/air-defence-system", "agreed", "2017-12-29")],
        [("transfer/RUS/IND/class/air-defence-system", "committed", 1), (RUS_TUR, "committed", 1)],
    ),
    "who names neither the seller nor the model joins what the class has left": (
        [
            ORDERED,
            told(SYSTEMS, "completed", "2018-06-01"),
            told("transfer/?/TUR/class/air-defence-system", "completed", "2018-07-01", origin="b.example"),
        ],
        [(SYSTEMS, "actual", 2), (RUS_TUR, "committed", 1)],
    ),
    "a test of a missile and of that missile are one": (
        [
            told("test/PRK/hwasong-12", "completed", "2017-08-29"),
            told("test/PRK/class/ballistic-missile", "completed", "2017-08-29", origin="b.example"),
        ],
        [("test/PRK/hwasong-12", "actual", 2)],
    ),
    "also where one of the two gives no date": (
        [
            told("test/PRK/hwasong-12", "completed", "2017-08-31", basis="publication"),
            told("test/PRK/class/ballistic-missile", "completed", "2017-08-29", origin="b.example"),
        ],
        [("test/PRK/hwasong-12", "actual", 2)],
    ),
    "a denial reaches what is only alleged of a narrower class": (
        [
            told("transfer/IRN/houthis/class/ballistic-missile", "completed", "2017-11-04", assertion="alleged"),
            told("transfer/IRN/houthis/class/missile", "completed", "2017-11-08", assertion="denied"),
        ],
        [("transfer/IRN/houthis/class/ballistic-missile", "claimed", 1)],
    ),
    "an allegation joins no other": (
        [
            told("transfer/IRN/houthis/class/ballistic-missile", "completed", "2017-11-04", assertion="alleged"),
            told("transfer/IRN/houthis/class/missile", "completed", "2017-11-08", assertion="alleged"),
        ],
        [
            ("transfer/IRN/houthis/class/ballistic-missile", "claimed", 1),
            ("transfer/IRN/houthis/class/missile", "claimed", 1),
        ],
    ),
    "nor is it known which of two is denied": (
        [
            told("transfer/RUS/TUR/class/air-defence-system", "completed", "2017-11-04", assertion="alleged"),
            told("transfer/RUS/TUR/class/coastal-defence-system", "completed", "2017-11-04", assertion="alleged"),
            told(MISSILE_SYSTEMS, "completed", "2017-11-08", assertion="denied"),
        ],
        [
            ("transfer/RUS/TUR/class/air-defence-system", "claimed", 1),
            ("transfer/RUS/TUR/class/coastal-defence-system", "claimed", 1),
            (MISSILE_SYSTEMS, "claimed", 0),
        ],
    ),
    "the denial of a test of the kind is one of that test": (
        [
            told("test/PRK/class/ballistic-missile", "completed", "2017-08-29"),
            told("test/PRK/class/missile", "completed", "2017-09-05", assertion="denied", basis="publication"),
        ],
        [("test/PRK/class/ballistic-missile", "actual", 1)],
    ),
    "but not where it is of another day": (
        [
            told("test/PRK/class/ballistic-missile", "completed", "2017-08-29"),
            told("test/PRK/class/missile", "completed", "2017-09-03", assertion="denied"),
        ],
        [("test/PRK/class/ballistic-missile", "actual", 1), ("test/PRK/class/missile", "claimed", 0)],
    ),
    "a missile tested on another day is another test": (
        [
            told("test/PRK/hwasong-12", "completed", "2017-08-29"),
            told("test/PRK/class/ballistic-missile", "completed", "2017-09-15", origin="b.example"),
        ],
        [("test/PRK/class/ballistic-missile", "actual", 1), ("test/PRK/hwasong-12", "actual", 1)],
    ),
    "nor is it that missile whose test is only planned": (
        [
            told("test/PRK/hwasong-12", "planned", "2017-08-29"),
            told("test/PRK/class/ballistic-missile", "completed", "2017-08-29"),
        ],
        [("test/PRK/class/ballistic-missile", "actual", 1), ("test/PRK/hwasong-12", "committed", 1)],
    ),
}


@pytest.mark.parametrize("name", OF_A_KIND)
def test_joining_a_model(name: str) -> None:
    statements, expected = OF_A_KIND[name]
    found = fold(statements, kinds=KINDS)
    assert sorted((e.thread, e.status, e.support) for e in found) == sorted(expected)


THREADS = [RUS_TUR, CHN_TUR, "transfer/RUS/IND/s-400", TO_TUR, FROM_RUS, "transfer/?/IND/s-400",
           "exclude/USA/TUR/f-35-programme", "exclude/NATO/TUR/x", "exclude/USA/TUR/?", "exclude/?/TUR/?",
           SYSTEMS, "transfer/?/TUR/class/air-defence-system", "transfer/RUS/TUR/pantsir",
           "transfer/RUS/?/class/air-defence-system", "transfer/CHN/TUR/class/air-defence-system",
           "test/PRK/hwasong-12", "test/PRK/class/ballistic-missile", "use/SAU/?/pantsir", "use/SAU/YEM/pantsir",
           "use/SAU/YEM/class/air-defence-system", MISSILE_SYSTEMS, "transfer/?/TUR/class/missile-system",
           "transfer/RUS/TUR/class/coastal-defence-system", "test/PRK/class/missile"]  # fmt: skip
STATEMENTS = st.lists(
    st.builds(
        told,
        st.sampled_from(THREADS),
        st.sampled_from(["threatened", "agreed", "ongoing", "completed", "completed", "suspended", "ended"]),
        st.one_of(
            st.none(), st.integers(0, 1500).map(lambda days: (date(2018, 1, 1) + timedelta(days=days)).isoformat())
        ),
        assertion=st.sampled_from(["asserted", "asserted", "asserted", "alleged", "denied"]),
        basis=st.sampled_from([None, None, "publication"]),
        batch=st.sampled_from([None, None, "1", "further"]),
        origin=st.sampled_from(["a.example", "b.example"]),
    ),
    max_size=14,
    unique_by=lambda statement: statement.id,
)


class Memory:
    """A store of claims and episodes that folds anew only what a change reaches."""

    def __init__(self) -> None:
        self.claims: dict[str, Statement] = {}
        self.told: set[str] = set()
        self.episodes: dict[str, list[Episode]] = {}

    def change(self, added: Collection[Statement], retired: Collection[Statement] = ()) -> None:
        self.claims |= {statement.id: statement for statement in added}
        for statement in retired:
            del self.claims[statement.id]
        touched = {statement.thread for statement in (*added, *retired)}
        threads = {statement.thread for statement in self.claims.values()}
        self.told |= touched

        def rivals(wanted: set[str], known: Collection[str]) -> Mapping[str, set[str]]:
            return {p: {t for t in threads - set(known) if p in partials(t, KINDS)} for p in wanted & self.told}

        scope = reach(touched, touched & threads, rivals, lambda _: None, KINDS)
        read = [statement for statement in self.claims.values() if statement.thread in scope.read]
        for thread in scope.threads:
            self.episodes.pop(thread, None)
        for episode in fold(read, scope.homes, KINDS):
            if episode.thread in scope.threads:
                self.episodes.setdefault(episode.thread, []).append(episode)

    def all(self) -> list[Episode]:
        return sorted((one for some in self.episodes.values() for one in some), key=lambda episode: episode.id)


def chunks(statements: list[Statement], chance: random.Random) -> list[list[Statement]]:
    found: list[list[Statement]] = [[]]
    for statement in chance.sample(statements, len(statements)):
        if chance.random() < 0.4:
            found.append([])
        found[-1].append(statement)
    return found


@settings(deadline=None, max_examples=300)
@given(STATEMENTS, st.randoms(use_true_random=False))
def test_any_order_and_any_split_gives_the_same_episodes_and_edges(
    statements: list[Statement], chance: random.Random
) -> None:
    memory = Memory()
    for batch in chunks(statements, chance):
        memory.change(batch)
    expected = fold(statements, kinds=KINDS)
    assert memory.all() == expected
    assert [edges(episode) for episode in memory.all()] == [edges(episode) for episode in expected]


@settings(deadline=None, max_examples=300)
@given(STATEMENTS, STATEMENTS, st.randoms(use_true_random=False))
def test_retiring_claims_gives_what_would_be_without_them(
    kept: list[Statement], gone: list[Statement], chance: random.Random
) -> None:
    gone = [statement for statement in gone if statement not in kept]
    memory = Memory()
    for batch in chunks(kept + gone, chance):
        memory.change(batch)
    for batch in chunks(gone, chance):
        memory.change([], retired=batch)
    assert memory.all() == fold(kept, kinds=KINDS)


@settings(deadline=None)
@given(STATEMENTS)
def test_every_claim_is_about_something_of_its_own_thread_or_a_full_one(statements: list[Statement]) -> None:
    threads = {statement.id: statement.thread for statement in statements}
    found = fold(statements, kinds=KINDS)
    assert {id for episode in found for id in episode.claims} == set(threads)
    for episode in found:
        assert {threads[id] for id in episode.claims} <= {episode.thread, *partials(episode.thread, KINDS)}
        assert episode.thread in {threads[id] for id in episode.claims}
