"""What the reader finds unlikely is not claimed, and who is surer stays surer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.claims import Entity
from graph.vocabulary import Label
from loaders.learned.relations import RELATIONS
from loaders.learned.sureness import Pair, load_weights, pairs_of, sure_roles, sureness
from loaders.linking.links import Link

relations = st.sampled_from([r.name for r in RELATIONS if r.name in load_weights().bias])
chances = st.floats(0, 1)


def link(name: str, label: Label = "Country") -> Link:
    return Link(Entity(id=name, name=name, label=label), name, 0, len(name))


SALE = {"supplier": link("RUS"), "recipient": link("TUR"), "weapon": link("s-400", "Weapon")}


@given(relations, chances, chances)
def test_it_grows_with_the_readers_chance_and_with_a_rule(relation: str, one: float, two: float) -> None:
    low, high = sorted((one, two))
    for by_rule in (False, True):
        assert 0 < sureness(relation, low, by_rule=by_rule) <= sureness(relation, high, by_rule=by_rule) < 1
    assert sureness(relation, one, by_rule=False) <= sureness(relation, one, by_rule=True)


def test_a_transfer_states_three_relations_and_a_meeting_none() -> None:
    assert pairs_of("supplies", SALE) == [
        ("acquires", "TUR", "s-400"), ("supplies", "RUS", "s-400"), ("arms", "RUS", "TUR")
    ]  # fmt: skip
    assert pairs_of("sanctions", {"target": link("TUR")}) == [("sanctioned", "TUR", "TUR")]
    assert pairs_of("meets", {"actor": link("TUR"), "target": link("RUS")}) == []


def test_a_supplier_of_whom_all_is_unlikely_is_left_out() -> None:
    certain: dict[Pair, float] = {
        ("acquires", "TUR", "s-400"): 0.999,
        ("supplies", "RUS", "s-400"): 0.0,
        ("arms", "RUS", "TUR"): 0.0,
    }
    roles, _ = sure_roles("supplies", SALE, certain.get, by_rule=False)
    assert set(roles) == {"recipient", "weapon"}
    roles, confidence = sure_roles("supplies", SALE, dict.fromkeys(certain, 0.999).get, by_rule=True)
    assert set(roles) == set(SALE)
    assert confidence is not None and confidence > load_weights().least


def test_what_the_reader_does_not_read_keeps_all_its_roles() -> None:
    meeting = {"actor": link("TUR"), "target": link("RUS")}
    assert sure_roles("meets", meeting, {}.get, by_rule=True) == (meeting, None)
