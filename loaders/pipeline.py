"""One article's way from text to claims; the one place that shows all steps in order."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from graph.articles import Article, digest
from graph.claims import Claim, Entity, Mention, Qualifiers, Quote, make_claim
from graph.vocabulary import PREDICATES, Basis
from loaders.catalogue import Catalogue, load_catalogue
from loaders.document import Document
from loaders.extraction.complete import complete, with_senders, without_own
from loaders.extraction.denials import with_denials
from loaders.extraction.draft import Draft
from loaders.extraction.engine import Engine
from loaders.extraction.evidence import quoted
from loaders.extraction.lists import introduced
from loaders.extraction.merge import merge
from loaders.extraction.news import dated_as_news
from loaders.extraction.observer import SILENT, Observer
from loaders.extraction.rules import IN_HAND, load_rules
from loaders.learned.agreement import agreed
from loaders.learned.candidates import candidates
from loaders.learned.model import Model, default_model
from loaders.learned.reader import Heard, Reader
from loaders.linking.abbreviations import names_in
from loaders.linking.ages import of_its_time
from loaders.linking.gazetteer import Gazetteer, Match, default_gazetteer
from loaders.linking.linker import Linker
from loaders.linking.links import Link, ParsedSentence
from loaders.linking.names import Names
from loaders.linking.plain import fighters, own_names, plain, seller
from loaders.linking.rounds import without_guns
from loaders.linking.senses import in_one_sense
from loaders.linking.spans import Spans
from loaders.linking.unknown import UnknownNames
from loaders.text import BATCH, Name, Parser, Sentence, split_sentences
from loaders.text.language import is_english

POINTING = re.compile(r"\b(?:its?|they|their|the (?:two|country|kingdom|nation|regime)|both)\b", re.IGNORECASE)
LISTS = re.compile(
    r"\b(?:package|assistance|aid|support|deliver|shipment|sale|order|contract|donat|provid|capabilit|equipment|drawdown)",
    re.IGNORECASE,
)
"""What a line must speak of for the lines below it to be weapons that change hands."""
EXTRACTOR = "rules"
VERSION = "0.1.0"


class Extractor:
    """Reads claims out of articles, by the rules and without any network, key or model download."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer, parser: Parser, model: Model) -> None:
        self.catalogue, self.gazetteer, self.parser = catalogue, gazetteer, parser
        self.reader = Reader(model, catalogue)
        self.version = f"{VERSION}+{digest(12, catalogue.version, parser.version, model.version, *_sources())}"
        """Changes with the rules, the catalogue and both models."""

    def extract(self, document: Document, observer: Observer = SILENT) -> list[Claim]:
        """The claims of an article, in the order of the text, none twice.

        Args:
            document: the article.
            observer: is told each step.

        Returns:
            None of an article in another language than English, whatever it is marked as.
        """
        article = document.article()
        if not is_english(article.text):
            return []
        published = _published(article.published)
        named = names_in(article.text, self.gazetteer)
        names = own_names(article.text, named)
        matches = in_one_sense(of_its_time(without_guns(article.text, named, self.catalogue), published))
        by_rule, learned, heard = self.drafts(article, matches, observer)
        claims: dict[str, tuple[Claim, Draft]] = {}
        told = without_own(agreed(by_rule, learned, heard, observer), self.catalogue, observer)
        told = with_senders(told, self.catalogue, observer)
        for draft in told:
            if {"supplier", "recipient"} <= draft.roles.keys():
                draft.roles["supplier"] = seller(self.catalogue, draft.roles["supplier"], draft.roles["recipient"])
            if PREDICATES[draft.predicate].frame in IN_HAND and "actor" in draft.roles:
                draft.roles["actor"] = fighters(self.catalogue, draft.roles["actor"])
        sentences, named_at = split_sentences(article.text), _named_at(matches)
        dated = dated_as_news(merge(told, self.catalogue, observer), article.text, published)
        own = Names(self.catalogue, published.isoformat() if published else None, matches)
        for draft in with_denials(dated, article.text, sentences, own, matches, observer):
            claim = self._claim(article, draft, published, names, quoted(draft, sentences, named_at))
            observer.claimed(draft, claim)
            claims.setdefault(claim.id, (claim, draft))
        return _with_causes(list(claims.values()))

    def drafts(
        self, article: Article, matches: list[Match], observer: Observer = SILENT
    ) -> tuple[list[Draft], list[Draft], Heard]:
        """What rules and learned reader each make of an article: whole drafts of both, and the reader's scores.

        Args:
            article: the article.
            matches: the catalogue's names in it.
            observer: is told each step.
        """
        published = _published(article.published)
        linker = Linker(self.catalogue, published.isoformat() if published else None, matches)
        linker.read_byline(article.text)
        engine = Engine(self.catalogue, linker, published, article.text, observer)
        spans = Spans(matches)
        found = candidates(article.text, spans, linker.names)
        events, heard = self.reader.read(article.text, found, observer)
        triggers = load_rules().triggers_for(article.text, armed=any(c.link.entity.label == "Weapon" for c in found))
        by_rule: list[Draft] = []
        learned: list[Draft] = []
        for sentence in self._parsed(article.text, spans, triggers, [event.position for event in events], observer):
            observer.goes_on()
            linker.read_sentence(sentence)
            observer.read(sentence, linker)
            by_rule += engine.drafts(sentence)
            end = sentence.start + len(sentence.text)
            here = [event for event in events if sentence.start <= event.position < end]
            learned += [draft for event in here for draft in engine.learned(sentence, event)]
        return self._in_plain_names(complete(by_rule, observer)), learned, heard

    def _parsed(
        self, text: str, spans: Spans, triggers: re.Pattern[str], told_at: list[int], observer: Observer
    ) -> list[ParsedSentence]:
        """The sentences that can tell something, and those near them that a pronoun may point back to."""
        sentences = split_sentences(text)
        observer.split(text, sentences, triggers)
        named = [spans.within(sentence.start, sentence.end) for sentence in sentences]
        unknown = UnknownNames()
        for i, sentence in enumerate(sentences):
            if load_rules().naming.search(text, sentence.start, sentence.end):
                new = unknown.find(text, sentence.start, sentence.end, named[i])
                named[i] = sorted([*new, *(m for m in named[i] if not _covered(m, new))], key=lambda m: m.start)
        telling = [
            any(sentence.start <= position < sentence.end for position in told_at)
            or (
                (bool(names) or POINTING.search(text, sentence.start, sentence.end) is not None)
                and triggers.search(text, sentence.start, sentence.end) is not None
            )
            for sentence, names in zip(sentences, named, strict=True)
        ]
        ends = {
            line: sentences[intro].end
            for line, intro in introduced(text, sentences).items()
            if LISTS.search(text, sentences[intro].start, sentences[intro].end) and named[line]
        }
        for line in ends:
            telling[line] = True
        if not any(telling):
            return []
        near = [i for i in range(len(sentences)) if any(telling[i : i + 3]) and (named[i] or telling[i])]
        docs: list[Doc] = []
        for start in range(0, len(near), BATCH):
            observer.goes_on()
            some = near[start : start + BATCH]
            docs += self.parser.parse(
                text, [sentences[i] for i in some], [_names(text, sentences[i], named[i]) for i in some]
            )
        return [
            ParsedSentence(i, sentences[i].start, doc, named[i], text, spans.matches, introduced_by=ends.get(i))
            for i, doc in zip(near, docs, strict=True)
        ]

    def _in_plain_names(self, drafts: list[Draft]) -> list[Draft]:
        for draft in drafts:
            fired = draft.predicate == "uses"
            draft.roles = {role: plain(self.catalogue, link, fired=fired) for role, link in draft.roles.items()}
            if supplier := draft.roles.get("supplier"):
                draft.roles["supplier"] = seller(self.catalogue, supplier, draft.roles.get("recipient"))
        return drafts

    def _claim(
        self,
        article: Article,
        draft: Draft,
        published: date | None,
        names: dict[str, str],
        quotes: list[tuple[int, int]],
    ) -> Claim:
        def mention(link: Link) -> Mention:
            return link.mention().model_copy(update={"name": names.get(link.entity.id, link.entity.name)})

        predicate = PREDICATES[draft.predicate]
        roles = dict(draft.roles)
        subject, target = roles.pop(predicate.subject_role, None), roles.pop(predicate.object_role)
        agent = subject.agent if subject else None
        qualifiers = {name: mention(link) for name, link in roles.items()}
        if agent is not None:
            qualifiers["agent"] = mention(agent)
        when = draft.when
        basis: Basis | None = (
            when.basis if when else ("before" if draft.background else "publication" if published else None)
        )
        return make_claim(
            article=article.source_id,
            article_id=article.id,
            subject=mention(subject) if subject else None,
            predicate=draft.predicate,
            object=mention(target),
            qualifiers=Qualifiers(**qualifiers, **{k: v for k, v in draft.details.items() if v is not None}),
            stage=draft.stage,
            assertion=draft.assertion,
            speaker=_speaker(draft.speaker),
            event_date=when.edtf if when else None,
            date_from=when.first.isoformat() if when else None,
            date_to=when.last.isoformat() if when else None,
            basis=basis,
            published=article.published,
            evidence=[Quote(start=a, end=b, quote=article.text[a:b]) for a, b in quotes],
            confidence=round(draft.confidence, 2),
            extractor=EXTRACTOR,
            extractor_version=self.version,
        )


def _named_at(matches: list[Match]) -> dict[str, list[tuple[int, int]]]:
    """Where each node is named, by its id, in order."""
    found: dict[str, list[tuple[int, int]]] = {}
    for match in matches:
        for entry in {reading.entry.id for reading in match.readings}:
            found.setdefault(entry, []).append((match.start, match.end))
    return found


def _with_causes(told: list[tuple[Claim, Draft]]) -> list[Claim]:
    """The claims, each with the ids of those that its article gives as its reason."""
    found = []
    for claim, draft in told:
        causes = sorted(other.id for other, cause in told if other is not claim and cause.is_reason_for(draft))
        qualifiers = claim.qualifiers.model_copy(update={"because_of": causes})
        found.append(claim.model_copy(update={"qualifiers": qualifiers}) if causes else claim)
    return found


STAND_INS: dict[str, str] = {
    "Country": "China",
    "Organization": "NATO",
    "Company": "Boeing",
    "ArmedGroup": "Hezbollah",
    "Person": "Putin",
}
"""Words of the parser's own treebanks and word lists, one for each kind of actor."""


PLURAL_STAND_IN = "Russians"
"""For peoples, and for groups under a plural noun: Palestinian militants."""


HEADLINE = re.compile(
    r" (sanctions) (?=[A-Z0-9]|(?:two|three|four|five|six|dozens|more|former)\b)(?!.{0,80}\b(?:on|against) )"
)
"""In a headline a verb, though it looks like a noun: US sanctions Chinese firms."""
MEASURES = re.compile(r" (sanctions) (?:on|against|imposed|that|over|for|from)\b")
"""After a name a noun, though it looks like a verb: US sanctions on Iran."""
GIVES = re.compile(
    r" (?:(hands)(?= (?:over|back)\b)|(awards)(?= (?:[A-Z]|an? |\$))"
    r"|(loans)(?= (?:[A-Z]|\d|its? |an? ))|(arms)(?= [A-Z]))"
)
"""After a name a verb, though it looks like a noun: Denmark hands over fighter jets."""
EXPORTS = re.compile(r" (exports?)(?= (?:licen[cs]es?|permits?|bans?|controls?)\b)")
"""After a weapon's name a noun, though it looks like a verb: arms export licences."""
PUNISHED = re.compile(r"\b(?:designat|sanction|blacklist)(ed|ing)\b")
"""Verbs of sanctions that the treebanks hardly know."""
WORTH = re.compile(
    r"(?<=\w) worth"
    r"(?: (?:about|around|some|nearly|almost|over|up to|at least|roughly|approximately|an estimated|more than))?"
    r" (?:[A-Z]{0,3}[$€£¥₹₩] ?\d[\d.,]*(?:[ -]?(?:[mb]n|[bm]illion|trillion|m|b)\b)?"
    r"|\d[\d.,]* (?:[bm]illion|trillion) (?:\w+ )?"
    r"(?:dollars|euros|pounds|yen|won|yuan|rupees|roubles|rubles))(?= (?:to|for|from|with)\b)"
)
"""What a deal costs, told between the deal and what it is for, where the parser loses its thread: *worth $2bn* to
buy."""
MADE = re.compile(r"[-\u2011](?:built|made|produced|designed|manufactured|supplied|donated) ")
"""After a name it tells of which make a thing is, as an adjective would: US-built jets."""
ON_HOLD = re.compile(r"\b(put|puts|putting|placed|places|placing) on hold\b", re.IGNORECASE)
PAUSES = {"puts": "suspends", "places": "suspends", "putting": "suspending", "placing": "suspending"} | dict.fromkeys(
    ("put", "placed"), "suspended"
)
"""A verb and its phrase that the parser takes apart, *put on hold* the purchase, and the verb that stands for them."""
EXPLAINED = re.compile(r" \([^()]{1,60}\)")
"""After a name in a list another name for it: the Foreign Trade Bank (FTB)."""
STRIKE = re.compile(r" (strikes?|attacks?)\b")
"""After a weapon's name a noun, though it looks like a verb: a drone strike targets …"""


def _names(text: str, sentence: Sentence, matches: list[Match]) -> list[Name]:
    """The actors' names, each as one token for the parser; `arms` as the noun that it is here."""
    names = [
        Name(verb.start(), verb.end(), f"arrest{verb[1]}")
        for verb in PUNISHED.finditer(text, sentence.start, sentence.end)
    ]
    names += [
        Name(verb.start(), verb.end(), PAUSES[verb[1].lower()])
        for verb in ON_HOLD.finditer(text, sentence.start, sentence.end)
    ]
    names += [Name(m.start() + 1, m.end(), "there") for m in WORTH.finditer(text, sentence.start, sentence.end)]
    for match in matches:
        reading = match.readings[0]
        headline = HEADLINE.match(text, match.end) if match.start == 0 or text[match.start - 1] == "\n" else None
        if headline and reading.entry.label in ("Country", "Organization"):
            names.append(Name(headline.start(1), headline.end(1), "punishes"))
        if noun := MEASURES.match(text, match.end):
            names.append(Name(noun.start(1), noun.end(1), "penalties"))
        if reading.role != "class" and (verb := GIVES.match(text, match.end)):
            names.append(Name(verb.start(verb.lastindex or 0), verb.end(verb.lastindex or 0), "gives"))
        if reading.role == "class" and (noun := EXPORTS.match(text, match.end)):
            names.append(Name(noun.start(1), noun.end(1), "trade"))
        armed = match.start and any(name.start == match.start for name in names)
        if reading.role == "class" and text[match.start : match.end] == "arms" and not armed:
            names.append(Name(match.start, match.end, "weapons"))
        if reading.role == "class" and (strike := STRIKE.match(text, match.end)):
            names.append(Name(strike.start(1), strike.end(1), "operations" if strike[1].endswith("s") else "operation"))
        if reading.entry.label not in STAND_INS or reading.ambiguous or len({r.role for r in match.readings}) > 1:
            continue
        if MADE.match(text, match.end):
            stand_in = "Russian"
        elif reading.role in ("adjective", "people"):
            stand_in = "Russian" if reading.role == "adjective" else PLURAL_STAND_IN
        elif text[match.start : match.end].split()[-1][:1].islower() and text[match.end - 1] == "s":
            stand_in = PLURAL_STAND_IN
        else:
            stand_in = STAND_INS[reading.entry.label]
        explained = EXPLAINED.match(text, match.end) if reading.role == "unknown" else None
        names.append(Name(match.start, explained.end() if explained else match.end, stand_in))
    return names


def _covered(match: Match, longer: list[Match]) -> bool:
    return any(other.start <= match.start and match.end <= other.end for other in longer)


def _speaker(link: Link | None) -> Mention | None:
    if link is None:
        return None
    if link.agent is None or link.agent.entity.label != "Person":
        return link.mention()
    spoken_for = Entity(id=link.entity.id, name=link.entity.name, label=link.entity.label)
    return link.agent.mention().model_copy(update={"speaks_for": spoken_for})


def _published(value: str | None) -> date | None:
    if value is None or not re.match(r"\d{4}-\d{2}-\d{2}", value):
        return None
    day = date.fromisoformat(value[:10])
    return day if day.year > 1 and day < date.max - timedelta(days=800) else None


def _sources() -> list[str]:
    """The rules and the code that applies them, in one order anywhere."""
    folder = Path(__file__).parent
    files = [
        path for part in ("credits", "extraction", "learned", "linking", "text") for path in (folder / part).rglob("*")
    ]
    return [
        path.read_text(encoding="utf-8")
        for path in sorted([*files, Path(__file__)], key=lambda path: path.relative_to(folder).as_posix())
        if path.suffix in (".py", ".yaml")
    ]


@cache
def default_extractor() -> Extractor:
    """The extractor with the project's own catalogue, rules and parser, loaded once a process."""
    return Extractor(load_catalogue(), default_gazetteer(), Parser.load(), default_model())


def extract(document: Document) -> list[Claim]:
    """The claims of an article by the default extractor."""
    return default_extractor().extract(document)
