"""The graph's model, declared once: constraints, indexes, the RDF mapping and the documentation are read from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from graph.sketch import KEYS
from graph.vocabulary import ACTOR_LABELS, LABELS, Label

PropertyType = Literal["string", "integer", "float", "boolean", "date", "datetime", "string[]", "integer[]"]
"""`date` and `datetime` are kept as ISO 8601 strings: they sort as text and read the same from both stores."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or relationship."""

    name: str
    doc: str
    type: PropertyType = "string"
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A kind of node. Its key `id` is unique; `also` is the label that it carries beside its own."""

    label: str
    doc: str
    properties: tuple[Property, ...] = ()
    also: str | None = None

    def property(self, name: str) -> Property:
        """The declared property of that name.

        Raises:
            KeyError: where the node has no such property.
        """
        return _find(self.properties, name, self.label)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A kind of relationship: the labels of its ends, every pair that is allowed, and its properties."""

    type: str
    doc: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()

    def property(self, name: str) -> Property:
        """The declared property of that name.

        Raises:
            KeyError: where the relationship has no such property.
        """
        return _find(self.properties, name, self.type)


def _find(properties: tuple[Property, ...], name: str, owner: str) -> Property:
    for candidate in properties:
        if candidate.name == name:
            return candidate
    raise KeyError(f"{owner} has no property '{name}'")


def _ends(sources: str, targets: str) -> tuple[tuple[str, str], ...]:
    return tuple((source, target) for source in sources.split() for target in targets.split())


P = Property

SKETCH_KEYS = tuple(f"key_{position}" for position in range(KEYS))

_ID = P("id", "Key, unique over all labels.")
_NAMED = (
    _ID,
    P("name", "Name shown to people.", indexed=True),
    P("aliases", "Other names.", "string[]"),
    P("former_ids", "Ids of the catalogue that redirect to this one.", "string[]"),
    P("source", "`catalogue` where the node is reference data; unset where articles brought it."),
)

_ACTOR = (*_NAMED, P("iso2", "ISO 3166-1 alpha-2 code of a country."))

_MODEL_ONLY = "The rules never fill it; a language model and claims of your own may."
_NUMBERED = "None where a number names it: `unscr-2231`, `executive-order-13382`."
_OWN_CLAIMS = "No extractor fills it; claims of your own may."

_CLAIM = (
    _ID,
    P("thread", "Key of the thread that the claim belongs to, such as `transfer/RUS/TUR/s-400`.", indexed=True),
    P("frame", "transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background.",
      indexed=True),
    P("predicate", "The verb as worded.", indexed=True),
    P("stage", "threatened … ended.", indexed=True),
    P("phase", "proposed, committed, actual or stopped.", indexed=True),
    P("assertion", "asserted, alleged, denied or conditional.", indexed=True),
    P("event_date", "EDTF, as the article dates the event, or the news that it is a part of."),
    P("date_from", "First day that the event date allows.", "date", indexed=True),
    P("date_to", "Last day that the event date allows.", "date"),
    P("basis", "stated, relative (seen from the day of publication), publication (news of that day) or before (it)."),
    P("published", "Copied from the article: ISO 8601 date, or date and time in UTC.", indexed=True),
    P("quantity_min", "Least quantity.", "float"),
    P("quantity_max", "Greatest quantity.", "float"),
    P("unit", "What is counted."),
    P("quantity_text", "Quantity as worded."),
    P("value", "Amount of money.", "float"),
    P("currency", "ISO 4217 code."),
    P("value_scope", f"item, package or ceiling. {_OWN_CLAIMS}"),
    P("measure", "Kind of sanction: arms embargo, asset freeze, travel ban …"),
    P("target_detail", "Words for the part of the target that is meant."),
    P("scope", "state, sector, group, persons or entity."),
    P("batch", "1, 2 … or `further`."),
    P("round", "1, 2 … or `new`, `further`."),
    P("partial", "True where only a part is meant.", "boolean"),
    P("reason", f"Reason as worded. {_MODEL_ONLY}"),
    P("mode", "sale, aid, loan, licence, smuggling, second-hand or re-export."),
    P("place", f"Place of the event. {_MODEL_ONLY}"),
    P("topic", f"What a stance or meeting is about. {_MODEL_ONLY}"),
    P("role", f"Role of a member or leader. {_OWN_CLAIMS}"),
    P("since", f"Begin of a membership or office, as worded. {_OWN_CLAIMS}"),
    P("until", f"End of a membership or office, as worded. {_OWN_CLAIMS}"),
    P("notified", f"Day on which a treaty act was notified. {_OWN_CLAIMS}"),
    P("effective", f"Day on which a treaty act takes effect. {_OWN_CLAIMS}"),
    P("because_of", "Ids of the claims that the article gives as the reason.", "string[]"),
    P("quotes", "Evidence, word for word: what tells it first, then what names who takes part.", "string[]"),
    P("starts", "First code point of each quote in the article's text.", "integer[]"),
    P("ends", "Code point after each quote.", "integer[]"),
    P("confidence", "How sure its extractor is that it is read rightly, 0 to 1.", "float"),
    P("extractor", "What read the claim.", indexed=True),
    P("extractor_version", "Its version."),
    P("article_version", "Version of the article that it was read from: date, sha256, source id, source.", "string[]"),
    P("recorded_at", "When the graph first had the claim.", "datetime"),
    P("retired_at", "When the claim stopped to count; unset on a live claim.", "datetime"),
    P("lapsed_at", "When it stopped to count in earlier times, before it came back.", "string[]"),
    P("revived_at", "When it came back each time.", "string[]"),
    P("retired_why", "`newer text`, `newer extractor` or `forgotten`.", indexed=True),
)  # fmt: skip

_SPELL = (
    P("status", "claimed, proposed, committed, actual, suspended, dropped, cancelled or ended.", indexed=True),
    P("since_from", "First day on which it can have begun.", "date"),
    P(
        "since",
        "Day by which it had surely begun; unset where only its end is known, or nothing has begun.",
        "date",
        indexed=True,
    ),
    P("until_from", "First day on which it can have ended.", "date"),
    P("until", "Day by which it had surely ended.", "date"),
    P("scope", "state, sector, group, persons or entity."),
    P("support", "Distinct origins that assert it.", "integer"),
    P("denials", "Distinct origins that report a denial.", "integer"),
    P("first_reported", "Publication date of its first claim.", "date"),
    P("last_reported", "Publication date of its last claim.", "date"),
)

NODES: tuple[Node, ...] = (
    Node("Actor", "Who acts or is acted on; carries one of the five labels below as well.", _ACTOR),
    Node("Country", "A state, also a former one; the key is ISO 3166-1 alpha-3.", _ACTOR, also="Actor"),
    Node("Organization", "A supranational or other public body.", _ACTOR, also="Actor"),
    Node("Company", "A company, bank or agency.", _ACTOR, also="Actor"),
    Node("ArmedGroup", "An armed group that is no state's force.", _ACTOR, also="Actor"),
    Node("Person", "A named person.", _ACTOR, also="Actor"),
    Node(
        "Weapon",
        "A model, family or class of weapons.",
        (
            *_NAMED,
            P("kind", "model, family or class.", indexed=True),
            P("designation", "Official designation."),
            P("category", "SIPRI's, small arms and ammunition, or chemical, biological, radiological, nuclear.",
              indexed=True),
            P("nato_name", "NATO reporting name."),
        ),
    ),
    Node(
        "Instrument",
        "A law, resolution, treaty, list or programme under which something is done.",
        (*_NAMED, P("kind", f"statute, regulation, list, treaty, regime or programme. {_NUMBERED}")),
    ),
    Node(
        "Outlet",
        "Who publishes articles; the key is a domain or slug.",
        (
            *_NAMED,
            P("kind", "agency, paper, magazine, broadcaster, site, aggregator, ministry, body or institute."),
            P("keys", "Domains, and slugs of names, by which articles name it.", "string[]"),
            P("country", "ISO 3166-1 alpha-3 code of its seat."),
            P("owner", "Owner's name."),
            P("state_controlled", "Whether a state controls it; unset where unknown.", "boolean"),
        ),
    ),
    Node(
        "Article",
        "One article in the version that counts.",
        (
            _ID,
            P("source_id", "The input's own id.", indexed=True),
            P("source", "Name of the file that it was read from."),
            P("url", "Address as given."),
            P("outlet", "Domain of its URL, else a slug of the outlet's name; PUBLISHED_BY leads to the outlet itself.",
              indexed=True),
            P("credited", "Id of the outlet whose report it is, where its own words say so."),
            P("title", "Headline."),
            P("text", "The text that offsets of claims point into; unset once erased."),
            P("published", "ISO 8601 date, or date and time in UTC.", indexed=True),
            P("modified", "ISO 8601 date, or date and time in UTC."),
            P("language", "Language code."),
            P("sha256", "SHA-256 of the text."),
            P("sketch", "What tells copies of its text; the text cannot be read from it."),
            P("origin", "Whose report it is: credited agency, else the copy group's, else the outlet's owner."),
            P("extractors", "What has read this version: one entry an extractor.", "string[]"),
            P("extractor_versions", "The newest version of each of them.", "string[]"),
            P("forgotten", "True where its claims are to stay retired.", "boolean"),
            P("erased", "True where its text was removed for good.", "boolean"),
            P("retired_at", "When that was.", "datetime"),
        ),
    ),
    Node("Claim", "One statement of one article; retired, never overwritten.", _CLAIM),
    Node(
        "Episode",
        "One deal, one round of sanctions, one test: claims about the same thing, folded in the order of time.",
        (
            _ID,
            P("frame", "Frame of its claims.", indexed=True),
            P("predicate", "Predicate, where it is part of the thread: treaty, stance, background."),
            P("thread", "Key of its thread.", indexed=True),
            *_SPELL,
            P("earliest", "First day by which a claim of it tells that something was; empty where one is not known."),
            P("expected", "Promised date, still ahead when it was reported.", "date"),
            P("batch", "1, 2 … or `further`."),
            P("measure", "Kind of sanction."),
        ),
    ),
)  # fmt: skip

_WORDS = (
    P("text", "The words that the role was read from."),
    P("start", "First code point of the words in the article's text.", "integer"),
    P("end", "Code point after the words.", "integer"),
)
_OF_CLASS = P("of_class", "Id of the class that the words give to the weapon.")
_OFFICE = (*_WORDS, P("office", "Office held on the article's date."))

_STATEMENT = "Claim Episode"
_FACT = (
    P("episode", "Id of the episode that establishes it.", indexed=True),
    *_SPELL,
    P("instrument", "Id of the instrument under which it is done, none by which it is stopped; of several the first."),
    P("supplier", "Id of the supplier."),
    P("recipient", "Id of the recipient."),
)
_BY = P("by", "Id of the actor who does it, or one who says so; unset where an article names none.")

REPORTING: tuple[Relationship, ...] = (
    Relationship("PUBLISHED_BY", "Where the article appeared.", _ends("Article", "Outlet")),
    Relationship("COPY_OF", "The original of which this article repeats the text.", _ends("Article", "Article"),
                 (P("likeness", "Share of the shorter text that stands in the longer one, 0 to 1.", "float"),)),
    Relationship("MENTIONS", "What the article's live claims refer to.", _ends("Article", "Actor Weapon Instrument"),
                 (P("count", "Distinct mentions.", "integer"),)),
    Relationship("REPORTS", "The article states the claim.", _ends("Article", "Claim")),
    Relationship("ABOUT", "The claim belongs to the episode.", _ends("Claim", "Episode")),
)  # fmt: skip

ROLES: tuple[Relationship, ...] = (
    Relationship("SUBJECT", "Who; of `receives` who gets it, whoever acts.", _ends(_STATEMENT, "Actor"), _OFFICE),
    Relationship("OBJECT", "Whom or what, as worded.", _ends(_STATEMENT, "Actor Weapon Instrument"),
                 (*_OFFICE, _OF_CLASS)),
    Relationship("SUPPLIER", "Who supplies the weapon.", _ends(_STATEMENT, "Actor"), _OFFICE),
    Relationship("RECIPIENT", "Who gets the weapon.", _ends(_STATEMENT, "Actor"), _OFFICE),
    Relationship("WEAPON", "The weapon.", _ends(_STATEMENT, "Weapon"), (*_WORDS, _OF_CLASS)),
    Relationship("TARGET", "At whom or what it is aimed.", _ends(_STATEMENT, "Actor Weapon"),
                 (*_OFFICE, _OF_CLASS)),
    Relationship("UNDER", "Instrument under which it is done.", _ends(_STATEMENT, "Instrument"), _WORDS),
    Relationship("PROGRAMME", "Programme or body.", _ends(_STATEMENT, "Instrument Actor"), _WORDS),
    Relationship("SPEAKER", "Who says so.", _ends("Claim", "Actor"), _OFFICE),
    Relationship("AGENT", "Organ or person acting for the subject.", _ends("Claim", "Actor"), _OFFICE),
    Relationship("STOPPED_BY", "Who or what stopped it.", _ends("Claim", "Actor Instrument"), _OFFICE),
    Relationship("SPEAKS_FOR", "State or body that the speaker speaks for.", _ends("Claim", "Actor")),
    Relationship("BECAUSE_OF", "The claim that is the reason; lifted to episodes where it may have been before.",
                 (("Claim", "Claim"), ("Episode", "Episode"))),
)  # fmt: skip

REFERENCE: tuple[Relationship, ...] = (
    Relationship("HELD_OFFICE", "Office that a person held.", _ends("Person", "Actor"),
                 (P("title", "The office."),
                  P("since", "First day; the month or year alone where no more is known.", "date"),
                  P("until", "Last day; the month or year alone where no more is known.", "date"))),
    Relationship("BASED_IN", "Country of a company, body, group or person.", _ends("Actor", "Country")),
    Relationship("SUCCEEDED_BY", "Successor.", _ends("Actor", "Actor"), (P("date", "Day of succession.", "date"),)),
    Relationship("VARIANT_OF", "Model of which it is a variant.", _ends("Weapon", "Weapon")),
    Relationship("OF_CLASS", "Class that it belongs to; several where articles disagree.", _ends("Weapon", "Weapon")),
    Relationship("MADE_BY", "Maker.", _ends("Weapon", "Actor")),
    Relationship("ORIGIN", "Country where it was developed.", _ends("Weapon", "Country")),
)  # fmt: skip
"""Facts of the catalogue, not of articles; but a weapon that it does not know has the classes that live claims tell."""

FACTS: tuple[Relationship, ...] = (
    Relationship("PURCHASES", "Has a contract for, or bought.", _ends("Actor", "Weapon"), _FACT),
    Relationship("RECEIVES", "Received.", _ends("Actor", "Weapon"), _FACT),
    Relationship("SUPPLIES", "Supplied.", _ends("Actor", "Weapon"), _FACT),
    Relationship("ARMS", "Supplied weapons to.", _ends("Actor", "Actor"), (*_FACT, P("weapon", "Id of the weapon."))),
    Relationship("SANCTIONS", "Sanctions.", _ends("Actor", "Actor"), _FACT),
    Relationship("EXCLUDED_FROM", "Was excluded from.", _ends("Actor", "Instrument Actor"), (*_FACT, _BY)),
    Relationship("DEVELOPS", "Develops.", _ends("Actor", "Weapon"), _FACT),
    Relationship("TESTS", "Tested.", _ends("Actor", "Weapon"), _FACT),
    Relationship("DEPLOYS", "Deployed.", _ends("Actor", "Weapon"), _FACT),
    Relationship("USES", "Used.", _ends("Actor", "Weapon"), _FACT),
    Relationship("SIGNS", "Signed or ratified.", _ends("Actor", "Instrument"), _FACT),
    Relationship("WITHDRAWS_FROM", "Withdrew from.", _ends("Actor", "Instrument"), _FACT),
    Relationship("VIOLATES", "Violates.", _ends("Actor", "Instrument"), _FACT),
    Relationship("COMPLIES_WITH", "Complies with.", _ends("Actor", "Instrument"), _FACT),
    Relationship("ALLEGED", "Only alleged; `predicate` names the fact it would be.",
                 _ends("Actor", "Actor Weapon Instrument"),
                 (*_FACT, P("predicate", "Type of the edge that it would be."), _BY,
                  P("weapon", "Id of the weapon."))),
)  # fmt: skip
"""Plain edges, one for every episode that establishes the fact; ALLEGED is what nobody has established."""

HOUSEKEEPING: tuple[Node, ...] = (
    Node("Lock", "What loaders hold while they change an article or refold a thread; the key is its id.",
         (_ID, P("turn", "Counts its holders.", "integer"),
          P("told", "Of a thread with an unknown role or of a family or class: whether it ever had claims.", "boolean"),
          P("fits", "Of such a thread: every full thread that fits and ever had claims.", "string[]"))),
    Node("Sketch", "Finds articles that may be copies of one text; the key is the article's id.",
         (_ID, P("day", "Day of publication.", "date"),
          P("pending", "Whether the article has to be compared with the others yet.", "boolean", indexed=True),
          *(P(name, "One of the values that copies share.", "integer", indexed=True) for name in SKETCH_KEYS))),
    Node("Spoke", "One end of a plain edge, with the edge's properties; the key puts them in order (`graph.spokes`).",
         (_ID, P("entity", "Id at this end."), P("direction", "out at its start, in at its end."),
          P("type", "Type of the edge."), P("other", "Id at the other end."),
          *(replace(item, indexed=False) for item in {p.name: p for f in FACTS for p in f.properties}.values()))),
    Node("Run", "One load, or one reading of stored texts.",
         (_ID, P("kind", "load or reextract."), P("reader", "Name and version of what read the articles."),
          P("began", "When it began.", "datetime", indexed=True),
          P("ended", "The moment before which it ended.", "datetime"),
          P("summary", "What it did, for people."), P("rejected", "How much it could not read.", "integer"))),
    Node("Reject", "A piece of input that a run could not read.",
         (_ID, P("run", "Id of the run.", indexed=True), P("file", "Name of the file."), P("line", "Line.", "integer"),
          P("reason", "Why."), P("remedy", "What to do about it."), P("source_id", "The input's own id."))),
    Node("Migration", "A migration that this graph has seen.", (_ID, P("applied_at", "When.", "datetime"))),
    Node("Log", "The one node that numbers the entries of the log of changes.",
         (_ID, P("graph", "Random id of this graph."), P("number", "Of the last entry.", "integer"),
          P("holder", "Written by whoever takes numbers, which keeps others waiting."))),
    Node("LogEntry", "What one write did; the key is its number, with zeros before it.",
         (_ID, P("recorded_at", "When.", "datetime"),
          P("events", "What, how and which: `claim retired 5b160bb2a3b997ef78d9`.", "string[]"))),
    Node("Catalogue", "Which version of the reference data is loaded.", (_ID, P("version", "Its version."))),
)  # fmt: skip
"""Nodes that say nothing about the world; they are no part of `the same graph`."""

RELATIONSHIPS: tuple[Relationship, ...] = REPORTING + ROLES + REFERENCE + FACTS

NODE_BY_LABEL: dict[str, Node] = {node.label: node for node in NODES + HOUSEKEEPING}
RELATIONSHIP_BY_TYPE: dict[str, Relationship] = {relationship.type: relationship for relationship in RELATIONSHIPS}


def family(label: Label) -> Literal["Actor", "Weapon", "Instrument"]:
    """The label under which a node of that kind has its unique key."""
    if label in ACTOR_LABELS:
        return "Actor"
    return "Weapon" if label == "Weapon" else "Instrument"


def label_of(labels: Iterable[str]) -> Label:
    """The label that says what an entity is: Country, not Actor.

    Raises:
        ValueError: the node is no entity.
    """
    found = set(labels)
    for label in LABELS:
        if label in found:
            return label
    raise ValueError(f"no entity has the labels {sorted(found)}")


def keyed() -> Iterator[Node]:
    """The nodes whose own label has a unique key; a Country is keyed as Actor."""
    return (node for node in NODES + HOUSEKEEPING if node.also is None)


def constraints(label: str | None = None) -> list[str]:
    """Cypher that makes each key, or that of one label, unique; harmless where it already is."""
    return [
        f"CREATE CONSTRAINT {node.label.lower()}_id IF NOT EXISTS FOR (n:{node.label}) REQUIRE n.id IS UNIQUE"
        for node in keyed()
        if label in (None, node.label)
    ]


def indexes(label: str | None = None) -> list[str]:
    """Cypher that makes the indexes of nodes, or of those of one label; harmless where they exist."""
    return [
        f"CREATE INDEX {node.label.lower()}_{item.name} IF NOT EXISTS FOR (n:{node.label}) ON (n.{item.name})"
        for node in keyed()
        for item in node.properties
        if item.indexed and label in (None, node.label)
    ]


def relationship_indexes() -> list[str]:
    """Cypher that makes the indexes of relationships; harmless where they exist."""
    return [
        f"CREATE INDEX {kind.type.lower()}_{item.name} IF NOT EXISTS FOR ()-[r:{kind.type}]-() ON (r.{item.name})"
        for kind in RELATIONSHIPS
        for item in kind.properties
        if item.indexed
    ]
