"""The plain names of things: attack helicopters are helicopters, a nuclear test is of a nuclear weapon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from graph.yaml_text import from_yaml
from loaders.catalogue import Catalogue, Entry
from loaders.linking.gazetteer import Match
from loaders.linking.links import Link, entity_of
from loaders.linking.nouns import load_nouns

FIRMS = {("Organization", kind) for kind in ("maker", "agency", "bank", "trader", "energy", "media", "other")}
"""Organisations that are named like firms: banks, agencies."""


@dataclass(frozen=True, slots=True)
class Plain:
    """What `plain.yaml` says, by ids of the catalogue."""

    told_as: dict[str, str]
    fired_as: dict[str, str]
    implied: dict[str, re.Pattern[str]]
    meant_with: dict[str, re.Pattern[str]]
    guns: frozenset[str]
    """Classes of what ammunition is fired from."""


def plain(catalogue: Catalogue, link: Link, *, fired: bool) -> Link:
    """The link, to the plainer class that its class of weapons is filed under.

    Args:
        catalogue: the classes.
        link: any link.
        fired: whether the weapon is used, not handed over or built.
    """
    names = load_plain()
    told = (names.fired_as.get(link.entity.id) if fired else None) or names.told_as.get(link.entity.id)
    return link.of(entity_of(catalogue.entries[told])) if told else link


def seller(catalogue: Catalogue, supplier: Link, recipient: Link | None) -> Link:
    """The state of a firm that sells abroad; the firm is its agent. Who sells to its own state sells for itself.

    Args:
        catalogue: where firms are at home.
        supplier: who sells, a firm or anybody else.
        recipient: who buys, where told.
    """
    firm = catalogue.entries.get(supplier.entity.id)
    if firm is None or firm.label != "Company" or firm.country is None:
        return supplier
    if recipient is not None and recipient.entity.id in (firm.country, firm.id):
        return supplier
    return replace(supplier.of(entity_of(catalogue.entries[firm.country])), agent=supplier)


PEOPLES = {"PSE": "palestinians"}
"""Peoples whose fighters are not their state's."""


def fighters(catalogue: Catalogue, actor: Link) -> Link:
    """Who fights in the name of a people: Palestinian rockets are not the state's.

    Args:
        catalogue: the peoples.
        actor: who is told to use, test, make or deploy a weapon.
    """
    people = catalogue.entries.get(PEOPLES.get(actor.entity.id, ""))
    unofficial = people is not None and actor.agent is None and actor.text.startswith("Palestinian")
    return actor.of(entity_of(people)) if unofficial and people is not None else actor


def implied(catalogue: Catalogue, text: str) -> Iterator[Link]:
    """The words of a text that imply a weapon or a treaty without naming it.

    Args:
        catalogue: what they imply.
        text: the article's text.
    """
    for name, pattern in load_plain().implied.items():
        for found in pattern.finditer(text):
            yield Link(entity_of(catalogue.entries[name]), found.group(), found.start(), found.end(), indirect=True)


def is_meant(text: str, match: Match) -> bool:
    """Whether an article can mean the thing by an ambiguous name of it.

    Args:
        text: the article's text.
        match: a name in it.
    """
    reading = match.readings[0]
    needed = load_plain().meant_with.get(reading.entry.id) if reading.ambiguous else None
    return needed is None or needed.search(text) is not None


def own_names(text: str, matches: Iterable[Match]) -> dict[str, str]:
    """What an article calls persons, firms and weapons, by their ids.

    Spellings of persons and firms differ, and measures hit them as they are written: a person keeps the longest form
    of the article, a firm the first. A weapon keeps the longest piece of its name that the article has, with the letter
    of its variant: the AH-1Z, the P-8A.

    Args:
        text: the article's text.
        matches: the catalogue's names in it, in order.
    """
    found: dict[str, str] = {}
    for match in matches:
        reading = match.readings[0]
        form = " ".join(text[match.start : match.end].split())
        if reading.entry.label == "Weapon" and (piece := _piece(form, reading.entry)):
            found[reading.entry.id] = max(piece, found.get(reading.entry.id, ""), key=len)
            continue
        if reading.role != "name" or form.isupper() or form.split()[0] in load_nouns().title:
            continue
        if reading.entry.label == "Person" and " " in form and len(form) > len(found.get(reading.entry.id, "")):
            found[reading.entry.id] = form
        elif reading.entry.label == "Company" or (reading.entry.label, reading.entry.kind) in FIRMS:
            found.setdefault(reading.entry.id, form)
    return found


CLASS_WORDS = re.compile(r"(?: [a-z][\w-]*)+$")
"""What follows the name of a weapon: Typhoon *fighter jets*."""


VARIANT = re.compile(r"(?<=\d)[A-Z]{1,3}(?![a-z\d])")
"""The letters of a variant: the P-8*A*, the F-15*ID*."""


def _piece(form: str, weapon: Entry) -> str | None:
    """The words, without plural and class, where they are whole words of a named weapon's name, but for its variant."""
    if weapon.id.startswith("class/"):
        return None
    short = CLASS_WORDS.sub("", form)
    for words in (short, short.removesuffix("s")):
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", weapon.name, re.IGNORECASE)
        if found and len(words) > 2:
            return found.group()
        family = rf"(?<!\w){re.escape(VARIANT.sub('', words))}(?!\w)"
        if any(map(VARIANT.search, (words, weapon.name))) and re.search(family, VARIANT.sub("", weapon.name)):
            return words
    return None


@cache
def load_plain() -> Plain:
    """The names, read once."""
    data = from_yaml(Path(__file__).with_name("plain.yaml").read_text(encoding="utf-8"))
    implied, meant_with = (
        {name: re.compile(pattern) for name, pattern in data[key].items()} for key in ("implied", "meant_with")
    )
    return Plain(data["told_as"], data["fired_as"], implied, meant_with, frozenset(data["guns"]))
