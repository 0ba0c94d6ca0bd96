"""Which episode is told to be because of which, and that late claims and retired ones leave no other reasons."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from graph.claims import Claim
from graph.store import Store, connect
from graph.writer import Writer
from tests.store.examples import Loaded, article, claim, episodes_in, mention, on, written_in_parts

LIFTED = "MATCH (e:Episode)-[:BECAUSE_OF]->(f:Episode) RETURN e.id AS effect, f.id AS cause ORDER BY effect, cause"
ALL = """
MATCH (e:Episode)<-[:ABOUT]-(:Claim)-[:BECAUSE_OF]->(:Claim)-[:ABOUT]->(f:Episode) WHERE e.id <> f.id
RETURN DISTINCT e.id AS effect, f.id AS cause
"""
CLAIMED = "MATCH (c:Claim)-[:BECAUSE_OF]->(:Claim) RETURN count(c) AS count"


def because(effect: Claim, cause: Claim) -> Claim:
    """The effect, with the cause as its reason."""
    return effect.model_copy(update={"qualifiers": effect.qualifiers.model_copy(update={"because_of": [cause.id]})})


def punished(
    day: str, bought: str, stage: str = "completed", name: str = "", then: str = "completed", sender: str = "USA"
) -> Loaded:
    """An article in which Turkey comes under sanctions for a delivery; days may be ranges."""
    source = article(name or f"{day}-{bought}", published=day)
    first, _, last = bought.partition("/")
    delivered = on(first) | {"event_date": bought, "date_to": last or first}
    cause = claim(source, "TUR", "receives", mention("s-400", "Weapon"), then, supplier=mention("RUS"), **delivered)
    effect = claim(source, sender, "sanctions", mention("TUR"), stage, **on(day))
    return source, [because(effect, cause), cause]


CASES: dict[str, tuple[list[Loaded], int]] = {
    "what was delivered before": ([punished("2020-12-14", "2019-07-12")], 1),
    "what was delivered on that day": ([punished("2020-12-14", "2020-12-14")], 1),
    "what was ordered before and delivered after": (
        [punished("2020-12-14", "2021-07-12"), punished("2020-12-14", "2017-09-12", name="order", then="agreed")], 1,
    ),
    "what may have been delivered before": ([punished("2020-12-14", "2020-01-01/2020-12-31")], 1),
    "not what was delivered after": ([punished("2020-12-14", "2021-07-12")], 0),
    "nor what can only have been after, though it is not known when": (
        [punished("2020-12-14", "2021-01-01/2021-12-31")], 0,
    ),
    "not what was planned after they were imposed": ([punished("2020-12-14", "2021-07-12", then="planned")], 0),
    "sanctions that were threatened before and imposed after": (
        [punished("2019-03-05", "2019-07-12", "threatened"), punished("2019-12-14", "2019-07-12")], 1,
    ),
    "but not a threat of what came after": ([punished("2019-03-05", "2019-07-12", "threatened")], 0),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_which_reasons_are_lifted_to_episodes(store: Store, name: str) -> None:
    loaded, expected = CASES[name]
    told_later = [(source.model_copy(update={"published": "2022-01-01"}),
                   [one.model_copy(update={"published": "2022-01-01"}) for one in claims])
                  for source, claims in loaded]  # fmt: skip
    Writer(store).write(told_later)
    assert len(store.read(LIFTED)) == expected
    assert store.read(CLAIMED) == [{"count": len(loaded)}]


def test_claims_that_give_each_other_as_the_reason_tell_none(store: Store) -> None:
    source, [effect, cause] = punished("2020-12-14", "2020-12-14")
    Writer(store).write([(source, [effect, because(cause, effect)])])
    assert store.read(LIFTED) == []
    assert store.read(CLAIMED) == [{"count": 2}]


def test_a_reason_comes_and_goes_with_the_day_of_what_it_is_for(store: Store) -> None:
    writer = Writer(store)
    later, earlier = punished("2020-12-14", "2020-07-12"), punished("2020-02-01", "2019-12-01", name="earlier")
    writer.write([later])
    assert len(store.read(LIFTED)) == 1
    imposed = (earlier[0], [one for one in earlier[1] if one.predicate == "sanctions"])
    writer.write([imposed])
    assert store.read(LIFTED) == []
    writer.forget(imposed[0].id)
    assert len(store.read(LIFTED)) == 1


def made_up(seed: int) -> list[Loaded]:
    chance = random.Random(seed)
    found = []
    for number in range(40):
        day, bought = (date(2018, 1, 1) + timedelta(days=chance.randint(0, 1500)) for _ in range(2))
        stage = chance.choice(["threatened", "planned", "completed", "completed", "ongoing", "ended"])
        given: dict[str, Any] = {"then": chance.choice(["planned", "agreed", "completed"]), "name": f"r{number}"}
        sender = chance.choice(["USA", "GBR", "DEU"])
        source, [effect, cause] = punished(day.isoformat(), bought.isoformat(), stage, sender=sender, **given)
        found.append((source, [effect, because(cause, effect) if number % 8 == 0 else cause]))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_any_order_split_and_retirement_gives_the_same_reasons(
    store: Store, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    loaded = made_up(seed)
    chance = random.Random(seed)
    gone = chance.sample(loaded, 8)
    with connect(f"embedded:{tmp_path_factory.mktemp('at-once') / 'store'}") as at_once:
        Writer(at_once).write([(source, [] if (source, claims) in gone else claims) for source, claims in loaded])
        expected = episodes_in(at_once)
        lifted = at_once.read(LIFTED)
        assert 0 < len(lifted) < len(at_once.read(ALL))
    written_in_parts(store, loaded, gone, chance)
    assert episodes_in(store) == expected
    assert store.read(LIFTED) == lifted
