"""From the model's statements to claims: only what the article's own words and the catalogue bear out is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from graph.articles import Article
from graph.claims import Claim, Entity, Mention, Qualifiers, Quote, make_claim
from graph.vocabulary import ACTOR_LABELS, PHASE_OF, PREDICATES
from loaders.catalogue import Catalogue
from loaders.extraction.amounts import money
from loaders.extraction.dates import When, find_dates
from loaders.extraction.numerals import numerals
from loaders.linking.gazetteer import Gazetteer
from loaders.linking.links import Link
from loaders.llm.names import WORD, DroppedError, Names, Span
from loaders.llm.schema import Statement

MAX_QUOTE = 600
"""Code points; evidence is a phrase or sentence, not the article."""
ROLES: dict[str, Collection[str]] = {
    "supplier": ACTOR_LABELS,
    "recipient": ACTOR_LABELS,
    "weapon": ("Weapon",),
    "target": ACTOR_LABELS,
    "instrument": ("Instrument",),
    "programme": ("Instrument",),
    "stopped_by": ACTOR_LABELS,
}
COPIED = ("target_detail", "reason", "place", "topic")
GIVEN = ("batch", "round", "partial", "mode", "measure", "scope")


class Verifier:
    """Verifies the statements about one article.

    Args:
        article: the article as the graph keeps it.
        catalogue: what is known.
        gazetteer: over the same catalogue.
        version: of the extractor.
    """

    def __init__(self, article: Article, catalogue: Catalogue, gazetteer: Gazetteer, version: str) -> None:
        self._article, self._version = article, version
        self._published = _day(article.published)
        self._names = Names(catalogue, gazetteer, article.text, article.published)
        self.dropped: Counter[str] = Counter()
        """Statements that are no claims, by reason."""
        self.left_out: Counter[str] = Counter()
        """Details that the article does not bear out, by field; their claims are kept without them."""

    def claims(self, statements: list[object]) -> list[Claim]:
        """The claims among an answer's statements, in the order of the answer, none twice."""
        found: dict[str, Claim] = {}
        for record in statements:
            try:
                claim = self._claim(Statement.model_validate(record))
            except DroppedError as dropped:
                self.dropped[str(dropped)] += 1
            except ValidationError:
                self.dropped["not of the schema"] += 1
            else:
                found.setdefault(claim.id, claim)
        return list(found.values())

    def _claim(self, told: Statement) -> Claim:
        predicate = PREDICATES.get(told.predicate)
        if predicate is None:
            raise DroppedError("not of the schema")
        evidence = self._evidence(told.quote)
        quote = (evidence.start, evidence.end)
        personal = predicate.frame == "background"
        hit = predicate.frame in ("sanction", "exclude")
        object_labels = ACTOR_LABELS if predicate.object == "Actor" else (predicate.object,)
        subject = self._link(told.subject, ACTOR_LABELS, quote, acting=not personal)
        target = self._names.link(told.object, object_labels, quote, acting=not (personal or hit))
        roles = {
            role: link
            for role, labels in ROLES.items()
            if role not in (predicate.subject_role, predicate.object_role)
            and (link := self._link(getattr(told, role), labels, quote, acting=True)) is not None
        }
        if subject is not None and subject.entity.id == target.entity.id:
            raise DroppedError("subject and object are one")
        self._check_quote(evidence, [link for link in (subject, target) if link])
        qualifiers = {role: link.mention() for role, link in roles.items()}
        if subject is not None and subject.agent is not None:
            qualifiers["agent"] = subject.agent.mention()
        when = self._when(told)
        try:
            return make_claim(
                article=self._article.source_id,
                article_id=self._article.id,
                subject=subject.mention() if subject else None,
                predicate=told.predicate,
                object=target.mention(),
                qualifiers=Qualifiers(**qualifiers, **self._details(told)),
                stage=told.stage,
                assertion=told.assertion,
                speaker=self._speaker(told.speaker, quote),
                event_date=when.edtf if when else None,
                date_from=when.first.isoformat() if when else None,
                date_to=when.last.isoformat() if when else None,
                basis=when.basis if when else "publication" if self._published else None,
                published=self._article.published,
                evidence=[evidence],
                confidence=told.confidence,
                extractor="llm",
                extractor_version=self._version,
            )
        except ValidationError as error:
            raise DroppedError("against the ontology") from error

    def _evidence(self, words: str) -> Quote:
        words = words.strip()
        start = self._article.text.find(words)
        if not words or start < 0:
            raise DroppedError("quote not in the article")
        if len(words) > MAX_QUOTE:
            raise DroppedError("quote too long")
        return Quote(start=start, end=start + len(words), quote=words)

    def _check_quote(self, quote: Quote, ends: list[Link]) -> None:
        """The words quoted must name an end of the statement, and say something of it."""
        inside = [link for link in ends if quote.start <= link.start and link.end <= quote.end]
        if not inside:
            raise DroppedError("quote names neither subject nor object")
        words = (quote.start + word.start() for word in WORD.finditer(quote.quote))
        if all(any(link.start <= at < link.end for link in inside) for at in words):
            raise DroppedError("quote is only a name")

    def _link(self, name: str | None, labels: Collection[str], quote: Span, *, acting: bool) -> Link | None:
        return self._names.link(name, labels, quote, acting=acting) if name else None

    def _speaker(self, name: str | None, quote: Span) -> Mention | None:
        link = self._link(name, ACTOR_LABELS, quote, acting=True)
        if link is None or link.agent is None or link.agent.entity.label != "Person":
            return link.mention() if link else None
        state = Entity(id=link.entity.id, name=link.entity.name, label=link.entity.label)
        return link.agent.mention().model_copy(update={"speaks_for": state})

    def _details(self, told: Statement) -> dict[str, Any]:
        details = {field: value for field in GIVEN if (value := getattr(told, field)) is not None}
        details |= {field: words for field in COPIED if (words := self._copied(told, field))}
        if quantity := self._copied(told, "quantity"):
            details |= {"quantity_text": quantity, **_bounds(quantity)}
        if value := self._copied(told, "value"):
            details |= money(value)
        return details

    def _copied(self, told: Statement, field: str) -> str | None:
        """A field's words if the article has them as words of their own."""
        words: str | None = getattr(told, field)
        if words is not None and not re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", self._article.text):
            self.left_out[field] += 1
            return None
        return words

    def _when(self, told: Statement) -> When | None:
        words = self._copied(told, "when")
        if words is None:
            return None
        future = PHASE_OF[told.stage] in ("proposed", "committed")
        # `2019` and `September` alone are dates only after a preposition.
        found = find_dates(words, self._published, future=future) or find_dates(
            f"in {words}", self._published, future=future
        )
        if not found:
            self.left_out["when"] += 1
        return found[0] if found else None


def _bounds(quantity: str) -> dict[str, float | None]:
    """The number of a quantity's words as its bounds; none where they have no number, or several."""
    told = numerals(quantity)
    return {"quantity_min": told[0].low, "quantity_max": told[0].high} if len(told) == 1 else {}


def _day(published: str | None) -> date | None:
    """The day of publication, where dates told beside it can be resolved."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if date.min + timedelta(days=800) < day < date.max - timedelta(days=800) else None
