"""Articles and claims to write."""

from __future__ import annotations

import random
from typing import Any

from graph.articles import Article, article_id, text_sha256
from graph.claims import Claim, Entity, Mention, Qualifiers, Quote, make_claim
from graph.dump import dump
from graph.store import Store
from graph.vocabulary import Label
from graph.writer import Writer

CLASSES = [None, *(Entity(id=f"class/{name}", name=name, label="Weapon") for name in ("jet", "missile"))]
Loaded = tuple[Article, list[Claim]]


def article(name: str, text: str = "Some text.", outlet: str = "wire.example", **fields: Any) -> Article:
    url = f"https://{outlet}/{name}"
    given = {"published": "2021-09-26", "title": f"About {name}", "language": "en", "source": "test.jsonl"} | fields
    return Article(
        id=article_id(url, None, None, None, text),
        source_id=given.pop("source_id", name),
        url=url,
        outlet=outlet,
        text=text,
        sha256=text_sha256(text),
        **given,
    )


def mention(id: str, label: Label = "Country", **fields: Any) -> Mention:
    return Mention(**{"id": id, "name": id, "label": label, "text": id, "start": 0, "end": 4} | fields)


def claim(of: Article, subject: str | None, predicate: str, whom: Mention, stage: str, **fields: Any) -> Claim:
    """A claim of the article; names of qualifiers may be given among the fields."""
    details = {name: fields.pop(name) for name in list(fields) if name in Qualifiers.model_fields}
    given = {
        "assertion": "asserted",
        "evidence": [Quote(start=0, end=4, quote=of.text[:4])],
        "confidence": 0.75,
        "extractor": "rules",
        "extractor_version": "1.0",
        "published": of.published,
    } | fields
    return make_claim(
        article=of.source_id,
        article_id=of.id,
        subject=mention(subject) if subject else None,
        predicate=predicate,
        object=whom,
        qualifiers=Qualifiers(**details),
        stage=stage,
        **given,
    )


def on(day: str) -> dict[str, str]:
    """The fields of an event dated to the day."""
    return {"event_date": day, "date_from": day, "date_to": day, "basis": "stated"}


def story() -> list[Loaded]:
    """Six articles on Turkey's S-400s: contract, threat, delivery, sanctions, exclusion, an allegation and a denial."""
    s400, turkey = mention("s-400", "Weapon"), mention("TUR")
    russia, caatsa = mention("RUS"), mention("caatsa", "Instrument")
    programme = mention("f-35-programme", "Instrument")
    contract = article("contract", published="2017-12-29", outlet="a.example")
    threat = article("threat", published="2019-03-05", outlet="b.example")
    delivery = article("delivery", published="2019-07-12T10:00:00Z", outlet="a.example")
    sanctions = article("sanctions", published="2020-12-14", outlet="c.example")
    seed = article("seed", published="2021-09-26", outlet="d.example")
    denial = article("denial", published="2021-10-01", outlet="b.example")
    bought = claim(seed, "TUR", "purchases", s400, "completed", supplier=russia, batch=1, **on("2019-07-12"))
    official = mention(
        "ismail-demir", "Person", office="head of procurement", speaks_for=Entity(id="TUR", name="TUR", label="Country")
    )
    return [
        (contract, [claim(contract, "TUR", "purchases", s400, "agreed", supplier=russia, quantity_min=2, batch=1,
                          **on("2017-12-29"))]),
        (threat, [claim(threat, "USA", "sanctions", turkey, "threatened", instrument=caatsa, speaker=mention("USA"))]),
        (delivery, [claim(delivery, "RUS", "supplies", s400, "ongoing", recipient=turkey, batch=1,
                          **on("2019-07-12"))]),
        (sanctions, [claim(sanctions, "USA", "sanctions", turkey, "completed", instrument=caatsa, scope="persons",
                           target_detail="defence officials", **on("2020-12-14"))]),
        (seed, [
            bought,
            claim(seed, "TUR", "purchases", s400, "planned", supplier=russia, batch="further", speaker=official),
            claim(seed, "USA", "excludes", turkey, "completed", programme=programme, basis="before",
                  because_of=[bought.id]),
            claim(seed, "TUR", "meets", russia, "planned", **on("2021-09-29")),
        ]),
        (denial, [
            claim(denial, "TUR", "supplies", mention("class/missiles", "Weapon"), "completed", assertion="alleged",
                  recipient=mention("some-group", "ArmedGroup"), speaker=mention("ARM")),
            claim(denial, "TUR", "supplies", mention("class/missiles", "Weapon"), "completed", assertion="denied",
                  recipient=mention("some-group", "ArmedGroup"), speaker=turkey),
        ]),
    ]  # fmt: skip


def many(articles: int, seed: int = 0) -> list[Loaded]:
    """Made-up articles whose claims meet in a few threads; the same for the same seed."""
    chance = random.Random(seed)
    countries = ["USA", "RUS", "TUR", "IRN", "FRA"]
    found: list[Loaded] = []
    for number in range(articles):
        day = f"20{chance.randint(15, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        source = article(f"n{seed}-{number}", outlet=f"o{chance.randint(1, 9)}.example", published=day)
        claims = {}
        for _ in range(chance.randint(0, 4)):
            one, other = chance.sample(countries, 2)
            when = on(day) if chance.random() < 0.7 else {"basis": chance.choice(["publication", "before"])}
            how: dict[str, Any] = {"assertion": chance.choice(["asserted"] * 4 + ["alleged", "denied"]), **when}
            how["confidence"] = (0.9, 0.45, 0.3)[number // 3 % 3]
            if chance.random() < 0.5:
                if chance.random() < 0.5:
                    how["instrument"] = mention(chance.choice(["caatsa", "eo-13382"]), "Instrument")
                stage = chance.choice(["threatened", "completed", "ongoing", "ended"])
                sender = one if chance.random() < 0.7 else None
                made = claim(source, sender, "sanctions", mention(other), stage, **how)
            else:
                weapon = mention(chance.choice(["s-400", "f-35"]), "Weapon", of_class=CLASSES[number % 3])
                stage = chance.choice(["planned", "agreed", "completed", "ended"])
                supplier = mention(other) if chance.random() < 0.6 else None
                made = claim(source, one, "purchases", weapon, stage, supplier=supplier, **how)
            claims[made.id] = made
        found.append((source, list(claims.values())))
    return found


def written_in_parts(store: Store, loaded: list[Loaded], gone: list[Loaded], chance: random.Random) -> None:
    """Writes the articles in any order and in batches of seven, then forgets those that are to be gone."""
    writer = Writer(store)
    chance.shuffle(loaded)
    for start in range(0, len(loaded), 7):
        writer.write(loaded[start : start + 7])
    for source, _ in gone:
        writer.forget(source.id)


def episodes_in(store: Store) -> list[str]:
    """The lines of a store's dump that are of episodes, and of what derives from them."""
    return [line for line in dump(store) if '"Episode"' in line or "episode" in line]
