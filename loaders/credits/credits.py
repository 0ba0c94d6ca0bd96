"""Finds the outlet that an article credits, by the patterns of credits.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from graph.articles import Article
from graph.outlets import VIA
from graph.yaml_text import from_yaml
from loaders.catalogue import load_catalogue
from loaders.catalogue.outlets import outlet_keys
from loaders.catalogue.schema import Outlet
from loaders.text import split_sentences

RULES = Path(__file__).parent / "credits.yaml"
CREDITED = ("agency", "paper", "magazine", "broadcaster", "site")
"""Kinds of outlet that are credited; who else is named, such as a ministry, speaks for itself."""


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    head: int
    tail: int
    bylines: tuple[str, ...]
    lead: int
    attributions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credits:
    """The patterns, with the names of the outlets filled in."""

    keys: Mapping[str, str]
    """Ids by key, and by name as written."""
    rules: _Rules
    bylines: tuple[re.Pattern[str], ...]
    attributions: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, outlets: Iterable[Outlet]) -> Credits:
        """The patterns for these outlets."""
        rules = _Rules.model_validate(from_yaml(RULES.read_text(encoding="utf-8")))
        known = [outlet for outlet in outlets if outlet.kind in CREDITED]
        names = {
            "agency": _either(name for outlet in known if outlet.kind == "agency" for name in outlet.names()),
            "outlet": _either(name for outlet in known for name in outlet.names()),
        }
        return cls(
            {key: outlet.id for outlet in known for key in (*outlet_keys(outlet), *outlet.names())},
            rules,
            *(
                tuple(re.compile(pattern.format_map(names), re.MULTILINE) for pattern in patterns)
                for patterns in (rules.bylines, rules.attributions)
            ),
        )

    def find(self, text: str, outlet: str | None = None) -> str | None:
        """Id of the outlet whose report a text is.

        Args:
            text: the article's text, hostile like any other.
            outlet: `Article.outlet`, which may name an agency as well (`ap-via-google-news`).

        Returns:
            What the outlet names, else the only one that a byline names, else the only one to which the first
            sentences attribute what they tell; None where nobody or more than one is credited.
        """
        if outlet and VIA in outlet and (named := self.keys.get(outlet.partition(VIA)[0])):
            return named
        rules = self.rules
        ends = [text] if len(text) <= rules.head + rules.tail else [text[: rules.head], text[-rules.tail :]]
        told = self._named(self.bylines, ends)
        if not told:
            sentences = split_sentences(text[: 10 * rules.head])[: rules.lead]
            told = self._named(self.attributions, [text[sentence.start : sentence.end] for sentence in sentences])
        return next(iter(told)) if len(told) == 1 else None

    def _named(self, patterns: Iterable[re.Pattern[str]], parts: list[str]) -> set[str]:
        found = (match for pattern in patterns for part in parts for match in pattern.finditer(part))
        return {self.keys[name] for match in found for name in match.groups() if name}


def credited(article: Article) -> Article:
    """The article with the outlet that it credits, by the project's own catalogue."""
    return article.model_copy(update={"credited": default_credits().find(article.text, article.outlet)})


@cache
def default_credits() -> Credits:
    """The patterns for the outlets of the project's own catalogue."""
    return Credits.of(load_catalogue().outlets.values())


def _either(names: Iterable[str]) -> str:
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return rf"(?<![\w.])({'|'.join(map(re.escape, longest_first))})(?!\w)"
