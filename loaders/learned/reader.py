"""What the model reads in an article: relations between its candidates, put together to events with their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from graph.vocabulary import Assertion, Stage
from graph.yaml_text import from_yaml
from loaders.catalogue import Catalogue
from loaders.extraction.observer import SILENT, Observer
from loaders.learned.candidates import Candidate
from loaders.learned.model import Model, Score
from loaders.learned.parties import crossings, turned
from loaders.learned.sureness import Pair, load_weights, sureness
from loaders.learned.told import Nearness, Told, place
from loaders.learned.windows import Window, windows
from loaders.linking.gazetteer import plural
from loaders.linking.links import Link
from loaders.linking.nouns import load_nouns
from loaders.text import split_sentences

PIECES = re.compile(
    rf"\b(?:{'|'.join(sorted(map(plural, load_nouns().piece)))})(?:,? (?:and|or) [\w-]+){{0,2}} for "
    r"(?:the |its |their |\d+ )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
"""What comes before a weapon of which only parts are told of: *parts for* F-35s."""


class Settings(BaseModel):
    """`reader.yaml`: what the windows must have, and how sure the model must be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field_words: str
    """A window is read only if it has one of these, besides an actor: a regular expression."""
    buying: str
    """Words by which a recipient's deal is a purchase."""
    joined: float
    """Chance from which a further role is taken into an event."""
    resale: float
    """Chance from which a state is taken to supply what another makes."""
    heard: float
    """Chance under which a relation is not even held against what a rule tells."""
    designing: str
    """Words after a country that neither makes nor sells a weapon: a regular expression."""
    making: str
    """Words after a country that makes a weapon and need not sell it: a regular expression."""
    unless_between: dict[str, str]
    """By relation, words between its ends with which it is something else: regular expressions."""
    against: str
    """Words after a state's name by which sanctions are those against it: a regular expression."""
    joining: str
    """Words before a name by which it takes part in a measure, rather than being hit: a regular expression."""
    excepting: str
    harming: str
    """Words before a name by which it is told as left out: a regular expression."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event that the model reads; offsets in the article."""

    predicate: str
    roles: dict[str, Link]
    stage: Stage
    stage_chance: float
    assertion: Assertion
    chance: float
    position: int
    """Where in the text it is told."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model makes of the relations of an article."""

    scores: dict[Pair, Score]
    """Each where it is seen best; without the unlikeliest."""
    together: list[frozenset[str]]
    """The nodes named in each window that was read."""
    crossed: set[Pair] = field(default_factory=set)
    """Of two deliveries told together, who gets the other's weapon."""

    def chance(self, pair: Pair) -> float | None:
        """The model's chance of a relation; None where it never saw both ends together."""
        if pair in self.scores:
            return self.scores[pair].chance
        return 0.0 if any(pair[1] in window and pair[2] in window for window in self.together) else None


Scored = dict[str, dict[tuple[str, str], Told]]
"""Relations of a window by name and by the ids of their ends."""


class Reader:
    """Reads one article after another.

    Args:
        model: the trained encoder.
        catalogue: who makes which weapon, who issues which instrument.
    """

    def __init__(self, model: Model, catalogue: Catalogue) -> None:
        self._model, self._catalogue = model, catalogue
        self.settings = load_settings()
        self._field = re.compile(self.settings.field_words, re.IGNORECASE)
        self._buying = re.compile(self.settings.buying, re.IGNORECASE)
        self._making = re.compile(self.settings.making)
        self._joining = re.compile(self.settings.joining)
        self._excepting = re.compile(self.settings.excepting)
        self._designing = re.compile(self.settings.designing)
        self._harming = re.compile(self.settings.harming)
        self._against = re.compile(self.settings.against)
        self._unless = {r: re.compile(p, re.IGNORECASE) for r, p in self.settings.unless_between.items()}

    def read(self, text: str, found: list[Candidate], observer: Observer = SILENT) -> tuple[list[Event], Heard]:
        """The events that an article tells, and the best scores of all relations in it.

        Args:
            text: the article.
            found: its candidates, in order.
            observer: is told before each window.
        """
        events: list[Event] = []
        heard = Heard({}, [])
        for window in windows(text, found):
            observer.goes_on()
            if self._worth_reading(text, window):
                told = turned(text, self._told(text, window), self.settings.joined, self._makes)
                crossed = crossings(text, told)
                heard.crossed.update(crossed)
                told = [one for one in told if one.key not in crossed]
                near = Nearness(window)
                events += self._events(text, [one for one in told if not near.outdone(one, told, self.settings.joined)])
                heard.together.append(frozenset(c.link.entity.id for c in window.candidates))
                for one in told:
                    known = heard.scores.get(one.key, one.score)
                    heard.scores[one.key] = max(known, one.score, key=lambda score: score.chance)
        return list(self._makers_first(events)), heard

    def _worth_reading(self, text: str, window: Window) -> bool:
        actor = any(c.link.is_actor for c in window.candidates)
        thing = any(not c.link.is_actor for c in window.candidates)
        return actor and (thing or self._field.search(text, window.start, window.end) is not None)

    def _told(self, text: str, window: Window) -> list[Told]:
        mentions = [
            (c.link.start - window.start, c.link.end - window.start, int(c.kind), c.label, c.link.entity.id)
            for c in window.candidates
        ]
        scores = self._model.scores(text[window.start : window.end], mentions, least=self.settings.heard)
        found = []
        for score in scores:
            subject, target = window.candidates[score.subject], window.candidates[score.object]
            hit = score.relation in ("sanctioned", "under")
            if target.fired is not None and target.fired != (score.relation == "uses"):
                continue
            if self._is_left_out(text, subject.link) or self._is_left_out(text, target.link):
                continue
            if score.relation in ("supplies", "acquires") and self._is_in_pieces(text, target.link):
                continue
            punished = score.relation in ("sanctions", "sanctioned")
            if punished and (self._takes_part(text, target.link) or self._is_harmed(text, target.link)):
                continue
            if score.relation == "sanctions" and self._is_hit(text, subject.link):
                continue
            if _is_meant(subject, hit=hit) and _is_meant(target, hit=hit or score.relation == "sanctions"):
                found.append(Told(score, subject.link, target.link, place(window, score, target.link)))
        return found

    def _is_left_out(self, text: str, link: Link) -> bool:
        """Whether it is named as what is not meant: the minister, *but not* the prince."""
        return self._excepting.search(text[max(0, link.start - 40) : link.start]) is not None

    def _is_in_pieces(self, text: str, weapon: Link) -> bool:
        """Whether only parts are told of: sold *engines for* its jets."""
        return PIECES.search(text[max(0, weapon.start - 60) : weapon.start]) is not None

    def _takes_part(self, text: str, target: Link) -> bool:
        """Whether who would be hit is named as taking part: sanctioned ten officials, along with *Canada*."""
        return self._joining.search(text[max(0, target.start - 120) : target.start]) is not None

    def _is_harmed(self, text: str, target: Link) -> bool:
        """Whether who would be hit suffers what others are punished for: who undermines *Ukraine's* borders."""
        return self._harming.search(text[max(0, target.start - 40) : target.start]) is not None

    def _is_hit(self, text: str, subject: Link) -> bool:
        """Whether a state's name tells whom sanctions hit: added to the *Russia* sanctions list; but US sanctions."""
        abbreviated = subject.text.replace(".", "").isupper()
        return not abbreviated and self._against.match(text, subject.end) is not None

    def _events(self, text: str, told: list[Told]) -> Iterator[Event]:
        by_relation: Scored = {}
        for one in told:
            ends = (one.subject.entity.id, one.object.entity.id)
            by_relation.setdefault(one.score.relation, {}).setdefault(ends, one)
        yield from self._transfers(text, by_relation)
        yield from self._sanctions(text, by_relation)
        yield from self._exclusions(text, by_relation)
        for relation, predicate in PLAIN.items():
            for one in self._sure(by_relation, relation):
                if self._is_something_else(text, one) or self._is_its_makers(one, by_relation[relation]):
                    continue
                roles = {"actor": one.subject, OBJECT_ROLE[relation]: one.object}
                if relation == "uses" and (struck := self._best(by_relation, "strikes", one.subject)):
                    roles["target"] = struck.object
                yield _event(predicate, roles, one)

    def _is_something_else(self, text: str, one: Told) -> bool:
        """Whether the words between the ends say so, or a body would sign its own resolution."""
        issued = one.score.relation == "signs" and one.object.entity.id.startswith("unscr-")
        unless = self._unless.get(one.score.relation)
        between = text[one.subject.end : one.object.start]
        return issued or (unless is not None and unless.search(between) is not None)

    def _is_its_makers(self, one: Told, of_kind: dict[tuple[str, str], Told]) -> bool:
        """Whether its maker is told to build or to test the weapon: Pakistan does not develop India's Agni-V."""
        entry = self._catalogue.entries.get(one.object.entity.id)
        if one.score.relation not in ("develops", "tests") or entry is None or not entry.origin:
            return False
        makers = [of_kind.get((maker, one.object.entity.id)) for maker in entry.origin]
        told = any(maker is not None and maker.score.chance >= self.settings.joined for maker in makers)
        return told and one.subject.entity.label == "Country" and not self._makes(one.subject, one.object)

    def _sure(self, by_relation: Scored, relation: str) -> list[Told]:
        return [one for one in by_relation.get(relation, {}).values() if _is_sure(one)]

    def _best(self, by_relation: Scored, relation: str, subject: Link) -> Told | None:
        """The likeliest relation of that kind of a subject, if it is likely enough to join an event."""
        own = [one for one in by_relation.get(relation, {}).values() if one.subject.entity.id == subject.entity.id]
        best = max(own, key=lambda one: one.score.chance, default=None)
        return best if best and best.score.chance >= self.settings.joined else None

    def _transfers(self, text: str, by_relation: Scored) -> Iterator[Event]:
        """Sales and deliveries: a supplier and a recipient of one weapon, joined where one is told to arm the other."""
        given_up = {
            one.object.entity.id
            for one in by_relation.get("acquires", {}).values()
            if one.score.chance >= self.settings.joined and self._is_something_else(text, one)
        }
        supplies = [
            self._as_maker(text, sale)
            for sale in self._parties(by_relation, "supplies", 0)
            if sale.object.entity.id not in given_up
            and self._may_supply(text, sale)
            and not self._designing.match(text, sale.subject.end)
        ]
        acquires = [a for a in self._parties(by_relation, "acquires", 1) if a.object.entity.id not in given_up]
        joined: set[tuple[str, str, str]] = set()
        for sale in supplies:
            for deal in acquires:
                if sale.object.entity.id != deal.object.entity.id or sale.subject.entity.id == deal.subject.entity.id:
                    continue
                both = by_relation.get("arms", {}).get((sale.subject.entity.id, deal.subject.entity.id))
                alone = sum(one.object.entity.id == sale.object.entity.id for one in (*supplies, *acquires)) == 2
                if (both is None or both.score.chance < self.settings.joined) and not alone:
                    continue
                roles = {"supplier": sale.subject, "recipient": deal.subject, "weapon": sale.object}
                yield _event("supplies", roles, max((sale, deal), key=lambda one: one.score.chance))
                joined |= {sale.key, deal.key}
        for sale in supplies:
            if sale.key not in joined and not self._is_something_else(text, sale):
                yield _event("supplies", {"supplier": sale.subject, "weapon": sale.object}, sale)
        for deal in acquires:
            if deal.key not in joined:
                low, high = sorted((deal.subject.start, deal.object.end))
                bought = self._buying.search(text, max(0, low - 60), high + 60)
                predicate = "purchases" if bought else "receives"
                yield _event(predicate, {"recipient": deal.subject, "weapon": deal.object}, deal)

    def _makers_first(self, events: list[Event]) -> Iterator[Event]:
        """Events without suppliers beside whom the weapon's maker supplies it: the US is not who sells S-400s."""
        made = {
            event.roles["weapon"].entity.id
            for event in events
            if "supplier" in event.roles and self._makes(event.roles["supplier"], event.roles["weapon"])
        }
        for event in events:
            supplier, weapon = event.roles.get("supplier"), event.roles.get("weapon")
            if not (supplier and weapon and weapon.entity.id in made) or self._makes(supplier, weapon):
                yield event
            elif "recipient" in event.roles:
                rest = {role: link for role, link in event.roles.items() if role != "supplier"}
                yield replace(event, predicate="receives", roles=rest)

    def _may_supply(self, text: str, sale: Told) -> bool:
        """Whether a state sells what it makes, or is surely told to, in one sentence; a firm only what its state makes.

        The US, angry about S-400s, does not sell them; nor does France, delivering jets, what else a buyer has ordered.
        """
        entry, seller = self._catalogue.entries.get(sale.object.entity.id), sale.subject.entity
        firm = self._catalogue.entries.get(seller.id)
        if firm is not None and firm.kind == "body":
            return False
        if entry is not None and entry.origin and firm is not None and firm.kind == "maker" and firm.country:
            return firm.country in entry.origin or seller.id in entry.maker
        if entry is None or not entry.origin or seller.label != "Country" or self._makes(sale.subject, sale.object):
            return True
        first, second = sorted((sale.subject, sale.object), key=lambda link: link.start)
        sure = sale.score.chance >= self.settings.resale
        return sure and len(split_sentences(text[first.start : second.end])) == 1

    def _as_maker(self, text: str, sale: Told) -> Told:
        """The sale; its supplier counts as indirectly told where the words only say that it makes the weapon."""
        brand = sale.subject.entity.label == "Company" and not text[sale.subject.end : sale.object.start].strip()
        makes = (brand and sale.subject.end < sale.object.start) or self._making.match(text, sale.subject.end)
        return replace(sale, subject=replace(sale.subject, indirect=True)) if makes else sale

    def _makes(self, supplier: Link, weapon: Link) -> bool:
        entry = self._catalogue.entries.get(weapon.entity.id)
        return entry is not None and supplier.entity.id in entry.origin

    def _parties(self, by_relation: Scored, relation: str, end: int) -> list[Told]:
        """Who supplies (or acquires) what, sure; or likely, where one is surely told to arm the other."""
        sure = {one.key for one in self._sure(by_relation, "arms")}
        armed = {key[1 + end] for key in sure}
        return [
            one
            for one in by_relation.get(relation, {}).values()
            if _is_sure(one) or (one.score.chance >= self.settings.joined and one.subject.entity.id in armed)
        ]

    def _sanctions(self, text: str, by_relation: Scored) -> Iterator[Event]:
        sent = set()
        for one in self._sure(by_relation, "sanctions"):
            if self._is_something_else(text, one):
                continue
            sent.add(one.object.entity.id)
            yield _event("sanctions", self._under(by_relation, {"sender": one.subject, "target": one.object}), one)
        for one in by_relation.get("sanctioned", {}).values():
            if one.subject.entity.id not in sent and _is_sure(one):
                roles = self._under(by_relation, {"target": one.object})
                if "instrument" not in roles or not self._issued(roles["instrument"], one.object):
                    yield _event("sanctions", roles, one)

    def _issued(self, instrument: Link, state: Link) -> bool:
        """Whether the state is who imposes sanctions by the instrument, so that none of them hit itself."""
        entry = self._catalogue.entries.get(instrument.entity.id)
        return entry is not None and entry.sender == state.entity.id

    def _under(self, by_relation: Scored, roles: dict[str, Link]) -> dict[str, Link]:
        under = self._best(by_relation, "under", roles["target"])
        return roles | ({"instrument": under.object} if under else {})

    def _exclusions(self, text: str, by_relation: Scored) -> Iterator[Event]:
        for one in self._sure(by_relation, "excludes"):
            if self._is_something_else(text, one):
                continue
            roles = {"target": one.subject, "programme": one.object}
            senders = [
                other
                for other in by_relation.get("expels", {}).values()
                if other.object.entity.id == one.subject.entity.id
                and other.subject.entity.id != one.object.entity.id
                and other.score.chance >= self.settings.joined
            ]
            best = max(senders, key=lambda other: other.score.chance, default=None)
            yield _event("excludes", roles | ({"sender": best.subject} if best else {}), one)


PLAIN = {
    "develops": "develops", "tests": "tests", "deploys": "deploys", "uses": "uses", "signs": "signs",
    "withdraws": "withdraws_from", "violates": "violates", "complies": "complies_with",
}  # fmt: skip
OBJECT_ROLE = {
    relation: "weapon" if relation in ("develops", "tests", "deploys", "uses") else "instrument" for relation in PLAIN
}


def _is_meant(candidate: Candidate, *, hit: bool) -> bool:
    """Whether it can be what its words mean: measures hit officials and forces as such; else they are their state."""
    return candidate.link.agent is None if hit else not candidate.in_office


def _is_sure(one: Told) -> bool:
    return sureness(one.score.relation, one.score.chance, by_rule=False) >= load_weights().least


def _event(predicate: str, roles: dict[str, Link], by: Told) -> Event:
    score = by.score
    return Event(predicate, roles, score.stage, score.stage_chance, score.assertion, score.chance, by.position)


@cache
def load_settings() -> Settings:
    """The settings, read once."""
    return Settings(**from_yaml(Path(__file__).with_name("reader.yaml").read_text(encoding="utf-8")))
