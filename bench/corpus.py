"""A made-up press of any size, to measure stores and queries with: `python -m bench.corpus CLAIMS -o FILE.jsonl`.

It is skewed as news is. A few states stand in most claims (Zipf's law), and a story is taken up by the articles after
it until it is forgotten: most threads have one to three claims, those between great powers hundreds and thousands. The
same number and seed give the same articles, and a smaller corpus is the beginning of a larger one. Names are the
catalogue's; one weapon in eight is unknown to it. Nothing in it happened.
"""

from __future__ import annotations

import argparse
import random
import sys
from bisect import bisect
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate, count
from pathlib import Path
from typing import Any

from graph.articles import Article, article_id, text_sha256
from graph.claims import Claim, Entity, Mention, Qualifiers, Quote, make_claim
from graph.lines import ArticleLine, ClaimLine
from graph.vocabulary import PREDICATES, Stage
from loaders.catalogue import load_catalogue

EXTRACTOR, VERSION = "corpus", "1"
BEGIN = date(2004, 1, 1)
ARTICLES_A_DAY = 40
CLAIMS_AN_ARTICLE = 5
"""On average: from one to nine."""
TAKEN_UP = 0.7
"""Share of claims that go on with a story of the last MEMORY claims."""
MEMORY = 2000
UNNAMED = 0.12
"""Share of claims of transfers and sanctions that do not name supplier, recipient or sender."""
BYSTANDERS = 40
"""Names of which nothing is claimed, in every article: else two that tell the same would be taken for copies."""

GREAT = ("USA", "RUS", "CHN", "TUR", "IRN", "ISR", "FRA", "IND", "UKR", "SAU", "european-union", "PRK", "SYR", "GBR")
WEAPONS = ("s-400", "f-16", "rafale", "bayraktar-tb2", "class/air-defence-system")
INSTRUMENTS = ("caatsa", "jcpoa", "npt", "inf-treaty")
PREDICATE_WEIGHTS = {
    "supplies": 16, "purchases": 14, "receives": 8, "sanctions": 26, "excludes": 3, "develops": 6, "tests": 6,
    "deploys": 6, "uses": 5, "signs": 5, "withdraws_from": 2, "violates": 2, "complies_with": 1,
}  # fmt: skip
ASSERTIONS = {"asserted": 82, "alleged": 10, "denied": 5, "conditional": 3}
COURSES: dict[str, tuple[Stage, ...]] = {
    "transfer": ("considered", "planned", "agreed", "ongoing", "completed", "ended"),
    "sanction": ("threatened", "planned", "completed", "ongoing", "suspended", "ended"),
    "exclude": ("threatened", "completed", "ended"),
    "treaty": ("planned", "completed"),
    "": ("planned", "completed", "ongoing"),
}
"""Stages that a story goes through, by frame; those of the other frames under the empty name."""
MEASURES = ("arms embargo", "asset freeze", "travel ban", None, None, None)


Told = tuple[Article, list[Claim]]
"""An article with its claims."""


class Skewed:
    """Draws from a sequence by Zipf's law: the n-th has the weight 1/n."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        """The most frequent come first."""
        self._entities = entities
        self._sums = list(accumulate(1 / rank for rank in range(1, len(entities) + 1)))

    def draw(self, chance: random.Random) -> Entity:
        """One of them."""
        return self._entities[bisect(self._sums, chance.random() * self._sums[-1])]


@dataclass(frozen=True, slots=True)
class Story:
    """What articles go on with."""

    predicate: str
    subject: Entity
    object: Entity
    day: date
    roles: dict[str, Entity] = field(default_factory=dict)
    """Qualifiers that are roles, by their name."""
    measure: str | None = None
    batch: int | None = None
    of_class: Entity | None = None
    """The class that the words give to its weapon."""
    reached: int = 0
    """Place in the course of its frame."""


class Press:
    """Writes articles, day by day."""

    def __init__(self, seed: int) -> None:
        """The seed decides everything."""
        self._chance = random.Random(seed)
        entries = list(load_catalogue().entries.values())
        every = [Entity(id=entry.id, name=entry.name, label=entry.label) for entry in entries if not entry.patterns]
        states = [entity for entity in every if entity.label == "Country"]
        others = [entity for entity in every if entity.label in ("Organization", "Company", "ArmedGroup")]
        unknown = [Entity(id=f"model-{n}", name=f"Model {n}", label="Weapon") for n in range(300)]
        arms = [entity for entity in every if entity.label == "Weapon" and not entity.id.startswith("class/")]
        self._classes = [entity for entity in every if entity.id.startswith("class/")]
        self._actors = self._pool([*states, *others], GREAT)
        self._states = self._pool(states, GREAT)
        self._weapons = self._pool([*arms, *unknown, *self._classes], WEAPONS)
        self._instruments = self._pool([e for e in every if e.label == "Instrument"], INSTRUMENTS)
        self._people = self._pool([e for e in every if e.label == "Person"], ())
        self._outlets = self._pool(
            [Entity(id=id, name=id, label="Organization") for id in load_catalogue().outlets], ("reuters.com",)
        )
        self._recent: deque[Story] = deque(maxlen=MEMORY)

    def _pool(self, entities: Sequence[Entity], first: Sequence[str]) -> Skewed:
        rest = [entity for entity in entities if entity.id not in first]
        self._chance.shuffle(rest)
        return Skewed([*(entity for id in first for entity in entities if entity.id == id), *rest])

    def articles(self) -> Iterator[Told]:
        """Articles without end, each with its claims."""
        for number in count():
            day = BEGIN + timedelta(days=number // ARTICLES_A_DAY)
            yield self._article(number, day, self._chance.randint(1, 2 * CLAIMS_AN_ARTICLE - 1))

    def _article(self, number: int, day: date, claims: int) -> Told:
        outlet = self._outlets.draw(self._chance).id
        url = f"https://{outlet}/{number}"
        id = article_id(url, None, None, None, "")
        text = ""
        told: dict[str, Claim] = {}
        for place in range(claims):
            words, fields = self._sentence(self._told_story(day), day, len(text))
            claim = make_claim(article=str(number), article_id=id, published=day.isoformat(), **fields)
            told.setdefault(claim.id, claim)
            text += words + ("\n\n" if place == 1 else " ")
        text += ", ".join(self._people.draw(self._chance).name for _ in range(BYSTANDERS))
        article = Article(
            id=id,
            source_id=str(number),
            source="corpus",
            url=url,
            outlet=outlet,
            credited="reuters.com" if self._chance.random() < 0.15 else None,
            title=f"Report {number}",
            text=text,
            published=day.isoformat(),
            language="en",
            sha256=text_sha256(text),
        )
        return article, list(told.values())

    def _told_story(self, day: date) -> Story:
        chance = self._chance
        if self._recent and chance.random() < TAKEN_UP:
            story = self._recent[chance.randrange(len(self._recent))]
            last = len(_course(story)) - 1
            if chance.random() < 0.3:
                story = replace(story, reached=min(last, story.reached + 1), day=day)
            elif story.reached == last and chance.random() < 0.3:
                story = replace(story, reached=0, day=day, batch=2 if "weapon" in story.roles else None)
        else:
            story = self._new_story(day)
        self._recent.append(story)
        return story

    def _new_story(self, day: date) -> Story:
        chance = self._chance
        [name] = chance.choices(list(PREDICATE_WEIGHTS), PREDICATE_WEIGHTS.values())
        predicate = PREDICATES[name]
        subject = self._states.draw(chance) if predicate.frame == "sanction" else self._actors.draw(chance)
        pool = {"Actor": self._actors, "Weapon": self._weapons, "Instrument": self._instruments}[predicate.object]
        object = pool.draw(chance)
        while object.id == subject.id:
            object = pool.draw(chance)
        roles: dict[str, Entity] = {}
        if predicate.frame == "transfer":
            roles["recipient" if name == "supplies" else "supplier"] = self._other(subject)
        elif predicate.frame == "sanction" and chance.random() < 0.4:
            roles["instrument"] = self._instruments.draw(chance)
        elif predicate.frame == "exclude":
            roles["programme"] = self._instruments.draw(chance)
        elif predicate.frame == "use" and chance.random() < 0.7:
            roles["target"] = self._other(subject)
        measure = chance.choice(MEASURES) if predicate.frame == "sanction" else None
        of_class = chance.choice(self._classes[:12]) if object.id.startswith("model-") else None
        began = day - timedelta(days=int(chance.expovariate(1 / 30)))
        reached = chance.randrange(3) if predicate.frame in ("transfer", "sanction") else chance.randrange(2)
        return Story(name, subject, object, began, roles, measure, None, of_class, reached)

    def _other(self, actor: Entity) -> Entity:
        while (other := self._states.draw(self._chance)).id == actor.id:
            pass
        return other

    def _sentence(self, story: Story, day: date, offset: int) -> tuple[str, dict[str, Any]]:
        """The words that tell a story's latest turn, and the claim that is read from them at this offset."""
        chance = self._chance
        frame, stage = PREDICATES[story.predicate].frame, _course(story)[story.reached]
        roles = dict(story.roles)
        subject: Entity | None = story.subject
        if frame == "transfer" and chance.random() < UNNAMED:
            roles = {}
        elif frame == "sanction" and chance.random() < UNNAMED:
            subject = None
        speaker = self._people.draw(chance) if chance.random() < 0.15 else None
        words = ""
        mentions: dict[str, Mention] = {}
        parts = [("subject", subject), (f" {story.predicate} ({stage}) ", None), ("object", story.object)]
        parts += [part for name, entity in roles.items() for part in ((f", {name} ", None), (name, entity))]
        parts += [(", said ", None), ("speaker", speaker)] if speaker else []
        for name, entity in parts:
            if entity is None:
                words += name if name != "subject" else "Sanctions:"
                continue
            of_class = story.of_class if name == "object" else None
            start = offset + len(words)
            words += entity.name
            mentions[name] = Mention(
                **dict(entity), text=entity.name, start=start, end=offset + len(words), of_class=of_class
            )
        [assertion] = chance.choices(list(ASSERTIONS), ASSERTIONS.values())
        dated = story.day.isoformat() if chance.random() < 0.5 else None
        quantity = float(chance.randint(1, 60)) if frame == "transfer" and chance.random() < 0.4 else None
        qualifiers = Qualifiers(
            **{name: mentions[name] for name in roles},
            measure=story.measure,
            batch=story.batch if frame == "transfer" else None,
            quantity_min=quantity,
            quantity_max=quantity,
        )
        return words + ".", {
            "predicate": story.predicate,
            "subject": mentions.get("subject"),
            "object": mentions["object"],
            "qualifiers": qualifiers,
            "stage": stage,
            "assertion": assertion,
            "speaker": mentions.get("speaker"),
            "event_date": dated,
            "date_from": dated,
            "date_to": dated,
            "basis": "stated" if dated else "publication",
            "evidence": [Quote(start=offset, end=offset + len(words), quote=words)],
            "confidence": round(chance.uniform(0.5, 1), 2),
            "extractor": EXTRACTOR,
            "extractor_version": VERSION,
        }


def _course(story: Story) -> tuple[Stage, ...]:
    return COURSES.get(PREDICATES[story.predicate].frame, COURSES[""])


def corpus(claims: int, seed: int = 5) -> Iterator[Told]:
    """Articles with their claims.

    Args:
        claims: how many in all; the last article is cut short to fit.
        seed: another one gives another corpus of the same kind.
    """
    left = claims
    for article, told in Press(seed).articles():
        yield article, told[:left]
        left -= len(told)
        if left <= 0:
            return


def batches(articles: Iterator[Told], claims: int) -> Iterator[list[Told]]:
    """The articles in batches of at least so many claims each, but for the last."""
    batch: list[Told] = []
    held = 0
    for article, told in articles:
        batch.append((article, told))
        held += len(told)
        if held >= claims:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def main() -> None:
    """Writes the corpus as the lines that `embargo load` and `embargo import` read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=int)
    parser.add_argument("--output", "-o", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    with nullcontext(sys.stdout) if given.output is None else given.output.open("w", encoding="utf-8") as out:
        for article, claims in corpus(given.claims, given.seed):
            line = ArticleLine(**dict(article), extractors={EXTRACTOR: VERSION})
            out.write(line.model_dump_json(exclude_none=True, by_alias=True) + "\n")
            for claim in claims:
                out.write(ClaimLine(**dict(claim)).model_dump_json(by_alias=True) + "\n")


if __name__ == "__main__":
    main()
