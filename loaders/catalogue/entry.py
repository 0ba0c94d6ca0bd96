"""One thing that the catalogue knows: an actor, a weapon, an instrument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from graph.vocabulary import Label
from loaders.catalogue.dates import may_hold
from loaders.catalogue.schema import Office, Succession
from loaders.document import slugify

FormRole = Literal["name", "alias", "adjective", "people", "metonym", "organ", "surname"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of any kind; what a kind does not have is empty. The format is documented in `data/README.md`."""

    id: str
    name: str
    label: Label
    kind: str | None = None
    former_ids: tuple[str, ...] = ()
    """Ids that redirect to this one."""
    aliases: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    """Those forms that also mean something else in everyday news."""
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    """Places and seats that stand for its government."""
    organs: tuple[str, ...] = ()
    iso2: str | None = None
    capital: str | None = None
    country: str | None = None
    offices: tuple[Office, ...] = ()
    surname: str | None = None
    """Stands for the person where the full name was given before, or where nobody else is known by it."""
    class_: str | None = None
    category: str | None = None
    variant_of: str | None = None
    origin: tuple[str, ...] = ()
    maker: tuple[str, ...] = ()
    nato_name: str | None = None
    since: str | None = None
    until: str | None = None
    succeeded_by: tuple[Succession, ...] = ()
    sender: str | None = None
    date: str | None = None
    parent: str | None = None
    members: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    id_template: str | None = None
    name_template: str | None = None

    def forms(self) -> Iterator[tuple[str, FormRole]]:
        """Every form that a text may use for it, in its usual spelling, with what kind of form it is."""
        yield self.name, "name"
        yield from ((form, "alias") for form in self.aliases)
        yield from ((form, "adjective") for form in self.adjectives)
        yield from ((form, "people") for form in self.people)
        yield from ((form, "metonym") for form in self.metonyms)
        yield from ((form, "organ") for form in self.organs)
        if self.surname:
            yield self.surname, "surname"

    def offices_on(self, day: str) -> list[Office]:
        """The offices that the person can have held on a day.

        Args:
            day: YYYY, YYYY-MM, YYYY-MM-DD, or a date and time.
        """
        return [office for office in self.offices if may_hold(office.since, office.until, day)]

    def instance(self, number: str) -> Entry:
        """One of the numbered series that an entry with patterns stands for.

        Args:
            number: what the pattern's group matched, such as the `2231` of a resolution.

        Returns:
            The entry of that one, with the id and name that the templates give.

        Raises:
            ValueError: where the entry has no templates.
        """
        if self.id_template is None or self.name_template is None:
            raise ValueError(f"'{self.id}' is not a numbered series; give it id_template and name_template")
        return replace(
            self,
            id=slugify(self.id_template.format(number)),
            name=self.name_template.format(number),
            aliases=(),
            patterns=(),
            id_template=None,
            name_template=None,
        )
