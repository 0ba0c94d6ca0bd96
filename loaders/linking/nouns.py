"""The word lists of `nouns.yaml`, `regions.yaml` and `designations.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.yaml_text import from_yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns by what they stand for; see `nouns.yaml`."""

    organ: frozenset[str]
    group: frozenset[str]
    private: frozenset[str]
    band: frozenset[str]
    country_description: frozenset[str]
    body_description: frozenset[str]
    company_description: frozenset[str]
    group_description: frozenset[str]
    container: frozenset[str]
    piece: frozenset[str]
    suffix_company: frozenset[str]
    suffix_organization: frozenset[str]
    state_body: frozenset[str]
    no_actor: frozenset[str]
    fellow: frozenset[str]
    entourage: frozenset[str]
    bare_organ: frozenset[str]
    branch: frozenset[str]
    any_weapon: frozenset[str]
    same_weapon: frozenset[str]
    weapon_head: frozenset[str]
    not_weapon: frozenset[str]
    civil: frozenset[str]
    military: frozenset[str]
    tie: frozenset[str]
    firm: frozenset[str]
    title: frozenset[str]
    name_particle: frozenset[str]
    name_field: frozenset[str]
    no_first: frozenset[str]
    no_last: frozenset[str]
    leader: frozenset[str]
    former: frozenset[str]
    naming: frozenset[str]
    made: frozenset[str]
    given: frozenset[str]
    handing: frozenset[str]
    of_space: frozenset[str]
    of_aircraft: frozenset[str]


@dataclass(frozen=True, slots=True)
class Designations:
    """How designations look that the catalogue does not know; see `designations.yaml`."""

    pattern: re.Pattern[str]
    ships: re.Pattern[str]
    families: dict[str, str]
    excluded: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Regions:
    """Words that tell of which countries a description can be; see `regions.yaml`."""

    regions: dict[str, frozenset[str]]
    kinds: dict[str, frozenset[str]]

    def described(self, words: str, noun: str) -> frozenset[str] | None:
        """The countries that a description can mean.

        Args:
            words: what stands between article and noun, in lower case: `north african`; '' for nothing.
            noun: the noun: `country`, `kingdom`.

        Returns:
            Their codes; empty where any country can be meant; None where the words tell of something else.
        """
        found = self.kinds.get(noun, frozenset())
        if not words:
            return found
        region = self.regions.get(words.replace("-", " ") if words not in self.regions else words)
        if region is None:
            return None
        return region & found if found else region


@cache
def load_regions() -> Regions:
    """The regions, read once."""
    data = from_yaml((FOLDER / "regions.yaml").read_text(encoding="utf-8"))
    return Regions(**{key: {word: frozenset(codes) for word, codes in table.items()} for key, table in data.items()})


@cache
def load_nouns() -> Nouns:
    """The nouns, read once."""
    data = from_yaml((FOLDER / "nouns.yaml").read_text(encoding="utf-8"))
    return Nouns(**{key: frozenset(words) for key, words in data.items()})


@cache
def load_designations() -> Designations:
    """The designations, read once."""
    data = from_yaml((FOLDER / "designations.yaml").read_text(encoding="utf-8"))
    return Designations(
        pattern=re.compile(rf"\b(?:{data['pattern']})\b"),
        ships=re.compile(rf"\b{data['ships']}"),
        families=data["families"],
        excluded=re.compile("|".join(f"(?:{p})" for p in data["not"])),
    )
