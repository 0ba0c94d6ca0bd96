"""Claims of which a role is not known: which episodes they are about, after loads in any order and split."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from graph.reference import NodeRow, RelationshipRow, load_reference
from graph.store import Store, connect
from graph.writer import Writer
from tests.store.examples import Loaded, article, claim, episodes_in, mention, on, written_in_parts

S400 = mention("s-400", "Weapon")


def delivery(supplier: str | None, recipient: str, day: str, stage: str = "completed", name: str = "") -> Loaded:
    source = article(
        name or f"{supplier}-{recipient}-{day}", published=day, outlet=f"{supplier or 'x'}.example".lower()
    )
    seller = mention(supplier) if supplier else None
    return source, [claim(source, recipient, "receives", S400, stage, supplier=seller, **on(day))]


def about(store: Store) -> dict[str, list[str]]:
    """Threads of the claims that an episode is about, by its id."""
    rows = store.read("MATCH (e:Episode)<-[:ABOUT]-(c:Claim) RETURN e.id AS id, c.thread AS thread ORDER BY id, thread")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row["thread"])
    return found


FULL, OTHER, PARTIAL = "transfer/RUS/TUR/s-400", "transfer/CHN/TUR/s-400", "transfer/?/TUR/s-400"


def test_claims_join_the_only_thread_that_fits_and_leave_when_there_are_two(store: Store) -> None:
    writer = Writer(store)
    unnamed, full, other = (
        delivery(None, "TUR", "2019-08-01"),
        delivery("RUS", "TUR", "2019-07-12"),
        delivery("CHN", "TUR", "2019-07-20"),
    )
    alone = {f"{PARTIAL}/2019-08-01": [PARTIAL]}
    joined = {f"{FULL}/2019-07-12": [PARTIAL, FULL]}

    writer.write([unnamed])
    assert about(store) == alone
    writer.write([full])
    assert about(store) == joined
    [edge] = store.read("MATCH ()-[r:ARMS]->() RETURN r.support AS support")
    assert edge == {"support": 2}

    writer.write([other])
    assert about(store) == alone | {f"{FULL}/2019-07-12": [FULL], f"{OTHER}/2019-07-20": [OTHER]}
    writer.forget(other[0].id)
    assert about(store) == joined
    writer.forget(full[0].id)
    assert about(store) == alone


def made_up(seed: int) -> list[Loaded]:
    chance = random.Random(seed)
    found = []
    for number in range(30):
        day = (date(2019, 1, 1) + timedelta(days=chance.randint(0, 500))).isoformat()
        recipient = chance.choice(["TUR", "IND", "SRB", "DZA"])
        supplier = chance.choice([None, None, None, "RUS", "RUS", "CHN" if recipient == "IND" else "RUS"])
        stage = chance.choice(["agreed", *["completed"] * 6, "ended"])
        found.append(delivery(supplier, recipient, day, stage, name=f"n{number}"))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_any_order_split_and_retirement_gives_the_same_graph(
    store: Store, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    loaded = made_up(seed)
    chance = random.Random(seed)
    gone = chance.sample(loaded, 6)
    with connect(f"embedded:{tmp_path_factory.mktemp('at-once') / 'store'}") as at_once:
        writer = Writer(at_once)
        writer.write([(source, claims if (source, claims) not in gone else []) for source, claims in loaded])
        guests = at_once.read("MATCH (c:Claim)-[:ABOUT]->(e:Episode) WHERE c.thread <> e.thread RETURN c.id AS id")
        expected = episodes_in(at_once)
    assert guests
    written_in_parts(store, loaded, gone, chance)
    assert episodes_in(store) == expected


SYSTEM = "class/air-defence-system"
CATALOGUE = [
    NodeRow("Weapon", {"id": "s-400", "name": "S-400", "kind": "model"}),
    NodeRow("Weapon", {"id": "pantsir", "name": "Pantsir", "kind": "model"}),
    NodeRow("Weapon", {"id": SYSTEM, "name": "air defence system", "kind": "class"}),
]
OF_CLASS = [RelationshipRow("OF_CLASS", "s-400", SYSTEM), RelationshipRow("OF_CLASS", "pantsir", SYSTEM)]


def of_kinds(seed: int) -> list[Loaded]:
    chance = random.Random(seed)
    found = []
    for number in range(30):
        day = (date(2019, 1, 1) + timedelta(days=chance.randint(0, 500))).isoformat()
        weapon = chance.choice(["s-400", SYSTEM, SYSTEM, "pantsir" if number % 5 == 0 else SYSTEM])
        supplier = chance.choice([None, "RUS", "RUS", "CHN" if number % 7 == 0 else "RUS"])
        source = article(f"k{number}", published=day, outlet=f"o{number % 3}.example")
        stage = chance.choice(["agreed", *["completed"] * 5])
        bought = claim(source, chance.choice(["TUR", "IND"]), "receives", mention(weapon, "Weapon"), stage,
                       supplier=mention(supplier) if supplier else None, **on(day))  # fmt: skip
        found.append((source, [bought]))
    return found


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_a_class_joins_a_model_whatever_the_order_also_that_of_the_catalogue(
    store: Store, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    loaded = of_kinds(seed)
    chance = random.Random(seed)
    gone = chance.sample(loaded, 6)
    with connect(f"embedded:{tmp_path_factory.mktemp('at-once') / 'store'}") as at_once:
        load_reference(at_once, CATALOGUE, OF_CLASS, "1")
        Writer(at_once).write([(source, claims if (source, claims) not in gone else []) for source, claims in loaded])
        guests = at_once.read("MATCH (c:Claim)-[:ABOUT]->(e:Episode) WHERE c.thread <> e.thread RETURN c.thread AS of")
        expected = episodes_in(at_once)
    assert any(row["of"].endswith(SYSTEM) for row in guests)
    writer = Writer(store)
    chance.shuffle(loaded)
    load_reference(store, CATALOGUE, [RelationshipRow("OF_CLASS", "pantsir", SYSTEM)], "0")
    for start in range(0, len(loaded), 7):
        writer.write(loaded[start : start + 7])
        if start == 14:
            load_reference(store, CATALOGUE, OF_CLASS, "1")
    for source, _ in gone:
        writer.forget(source.id)
    assert episodes_in(store) == expected


def test_a_class_leaves_the_model_when_the_catalogue_takes_it_away(store: Store) -> None:
    load_reference(store, CATALOGUE, OF_CLASS, "1")
    model, kind = delivery("RUS", "TUR", "2019-07-12"), article("kind", published="2019-07-12")
    told = claim(kind, "TUR", "receives", mention(SYSTEM, "Weapon"), "completed", supplier=mention("RUS"),
                 **on("2019-07-12"))  # fmt: skip
    Writer(store).write([model, (kind, [told])])
    assert about(store) == {f"{FULL}/2019-07-12": [f"transfer/RUS/TUR/{SYSTEM}", FULL]}
    load_reference(store, CATALOGUE, [], "2")
    assert about(store) == {
        f"{FULL}/2019-07-12": [FULL],
        f"transfer/RUS/TUR/{SYSTEM}/2019-07-12": [f"transfer/RUS/TUR/{SYSTEM}"],
    }
