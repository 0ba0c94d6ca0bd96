"""The word lists of `nouns.yaml` and `designations.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

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
    container: frozenset[str]
    suffix_company: frozenset[str]
    suffix_organization: frozenset[str]
    no_actor: frozenset[str]
    weapon_head: frozenset[str]
    civil: frozenset[str]
    military: frozenset[str]
    tie: frozenset[str]
    firm: frozenset[str]
    title: frozenset[str]
    name_particle: frozenset[str]
    no_first: frozenset[str]
    no_last: frozenset[str]


@dataclass(frozen=True, slots=True)
class Designations:
    """How designations look that the catalogue does not know; see `designations.yaml`."""

    pattern: re.Pattern[str]
    ships: re.Pattern[str]
    families: dict[str, str]
    excluded: re.Pattern[str]


@cache
def load_nouns() -> Nouns:
    """The nouns, read once."""
    data = yaml.safe_load((FOLDER / "nouns.yaml").read_text(encoding="utf-8"))
    return Nouns(**{key: frozenset(words) for key, words in data.items()})


@cache
def load_designations() -> Designations:
    """The designations, read once."""
    data = yaml.safe_load((FOLDER / "designations.yaml").read_text(encoding="utf-8"))
    return Designations(
        pattern=re.compile(rf"\b(?:{data['pattern']})\b"),
        ships=re.compile(rf"\b{data['ships']}"),
        families=data["families"],
        excluded=re.compile("|".join(f"(?:{p})" for p in data["not"])),
    )
