"""The format of the catalogue files: one model a kind of file. Unknown fields are errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.functional_validators import AfterValidator

from graph.vocabulary import InstrumentKind, Label
from loaders.catalogue.dates import earliest

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


def _checked_date(value: str) -> str:
    earliest(value)
    return value


def _checked_pattern(value: str) -> str:
    try:
        groups = re.compile(value).groups
    except re.error as error:
        raise ValueError(f"is not a regular expression ({error}); correct it") from error
    if not groups:
        raise ValueError("has no group; put the number or name that varies in (…)")
    return value


Text = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
Names = tuple[Text, ...]
Slug = Annotated[str, Field(pattern=rf"^{SLUG}$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
ClassId = Annotated[str, Field(pattern=rf"^class/{SLUG}$")]
ActorId = Annotated[str, Field(pattern=rf"^([A-Z]{{3}}|{SLUG})$")]
PartialDate = Annotated[str, AfterValidator(_checked_date)]
Pattern = Annotated[str, AfterValidator(_checked_pattern)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Office(_Part):
    """An office that a person held. Without `until` it is still held; without `since` the beginning is not known."""

    title: Text
    of: ActorId
    since: PartialDate | None = None
    until: PartialDate | None = None


class Succession(_Part):
    """The state that followed a former one, and when."""

    id: CountryCode
    date: PartialDate


class _Record(_Part):
    name: Text
    former_ids: tuple[Text, ...] = ()
    """Ids under which it, or an entry that was merged into it, stood before."""
    aliases: Names = ()
    ambiguous: frozenset[Text] = frozenset()


class CountryRecord(_Record):
    """An entry of `countries.yaml`."""

    id: CountryCode
    iso2: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    adjectives: Names = ()
    people: Names = ()
    capital: Text | None = None
    metonyms: Names = ()
    organs: Names = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    succeeded_by: tuple[Succession, ...] = ()


class OrganisationRecord(_Record):
    """An entry of `organisations.yaml`."""

    id: Slug
    kind: Literal["supranational", "alliance", "body", "territory"]
    """A territory is one that no ISO 3166-1 code covers, such as a breakaway republic."""
    adjectives: Names = ()
    metonyms: Names = ()
    organs: Names = ()
    country: CountryCode | None = None
    members: tuple[CountryCode, ...] = ()
    people: Names = ()
    since: PartialDate | None = None
    until: PartialDate | None = None


class ArmedGroupRecord(_Record):
    """An entry of `armed_groups.yaml`."""

    id: Slug
    adjectives: Names = ()
    people: Names = ()
    organs: Names = ()
    country: CountryCode | None = None


class CompanyRecord(_Record):
    """An entry of `companies.yaml`."""

    id: Slug
    label: Literal["Company", "Organization"] = "Company"
    kind: Literal["maker", "agency", "bank", "carrier", "trader", "energy", "media", "force", "other"]
    country: CountryCode | None = None


class PersonRecord(_Record):
    """An entry of `people.yaml`."""

    id: Slug
    surname: Text | None = None
    country: CountryCode | None = None
    offices: tuple[Office, ...] = ()


class WeaponClassRecord(_Record):
    """An entry of `weapon_classes.yaml`."""

    id: ClassId
    category: Text
    parent: ClassId | None = None


class WeaponRecord(_Record):
    """An entry of a file in `weapons/`."""

    id: Slug
    kind: Literal["model", "family"]
    class_: ClassId = Field(alias="class")
    category: Text | None = None
    variant_of: Slug | None = None
    origin: tuple[CountryCode, ...] = ()
    maker: tuple[Slug, ...] = ()
    nato_name: Text | None = None


class InstrumentRecord(_Record):
    """An entry of `instruments.yaml`. One with patterns stands for a numbered series, such as resolutions."""

    id: Slug
    kind: InstrumentKind
    sender: ActorId | None = None
    date: PartialDate | None = None
    patterns: tuple[Pattern, ...] = ()
    id_template: Text | None = None
    name_template: Text | None = None


class Outlet(_Part):
    """An entry of `outlets.yaml`: who publishes articles. Outlets are no actors, and not searched for as such."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    """Its main domain."""
    name: Text
    kind: Literal["agency", "paper", "magazine", "broadcaster", "site", "aggregator", "ministry", "body", "institute"]
    """Texts of an agency are printed by others, which credit it."""
    aliases: Names = ()
    domains: Names = ()
    """Other domains; what lies below one belongs to it."""
    country: CountryCode
    owner: Text
    state_controlled: bool = False

    def names(self) -> tuple[str, ...]:
        """All its names, the usual one first."""
        return (self.name, *self.aliases)


Record = (
    CountryRecord
    | OrganisationRecord
    | ArmedGroupRecord
    | CompanyRecord
    | PersonRecord
    | WeaponClassRecord
    | WeaponRecord
    | InstrumentRecord
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What the entries of a file are."""

    record: type[Record]
    label: Label


KINDS: Mapping[str, Kind] = {
    "countries": Kind(CountryRecord, "Country"),
    "organisations": Kind(OrganisationRecord, "Organization"),
    "armed_groups": Kind(ArmedGroupRecord, "ArmedGroup"),
    "companies": Kind(CompanyRecord, "Company"),
    "people": Kind(PersonRecord, "Person"),
    "weapon_classes": Kind(WeaponClassRecord, "Weapon"),
    "weapons": Kind(WeaponRecord, "Weapon"),
    "instruments": Kind(InstrumentRecord, "Instrument"),
}
"""By the file's name without its ending, or by the name of its folder."""
