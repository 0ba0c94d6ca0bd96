"""Writes docs/graph.md from the model: `python -m graph.docs`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from graph.docs_examples import PROPERTY_EXAMPLES, QUERIES, RELATIONSHIP_EXAMPLES
from graph.model import (
    FACTS,
    NODE_BY_LABEL,
    NODES,
    REFERENCE,
    REPORTING,
    ROLES,
    Node,
    Property,
    PropertyType,
    Relationship,
)
from graph.threads import PARTS
from graph.vocabulary import PHASE_OF, PHASES, PREDICATES, Frame

PAGE = Path(__file__).parent.parent / "docs" / "graph.md"
INTRODUCTION = """\
# The graph

Made by `python -m graph.docs` from `graph/model.py`. With this page alone you can write Cypher: type it after
`embargo query --cypher`, or into any Neo4j client (while Embargo runs, the embedded store speaks Bolt too).

What was said, what happened and what is known are three layers:

- A **claim** is one statement of one article. It is never overwritten, only retired: then `retired_at` is set and it
  counts no more. Queries over claims say `WHERE c.retired_at IS NULL`.
- An **episode** is one deal, one round of sanctions, one test: all live claims about the same thing, in the order of
  time. It is made anew whenever its claims change. Cite ids of claims, not of episodes.
- A **plain edge** is a fact that an episode establishes, such as `(buyer)-[:PURCHASES]->(weapon)`. A plan, threat,
  rumour or denial never makes one, and what may be misread neither: the claims that tell the fact must have a
  `confidence` of .6 or more together. An episode has one edge of a type, so two rounds of sanctions are two edges.

## Rules of thumb

- `MATCH (a)-[:SANCTIONS]->(b)` alone means "ever". `status = 'actual'` on the edge means as far as we know still, and
  `until IS NULL` that no end was reported. [Each status](#words) is told below: a purchase is `committed` while its
  contract waits for a delivery.
- Sanctions on a state are those with `scope = 'state'`: a round against "four officials" or "banks" that are not named
  is an edge to their country, too, with another scope. What was eased, or lifted from some only, ends no edge: it
  stands on the claims (`partial`, or stage `ended` with another scope).
- One deal may have four edges (PURCHASES, RECEIVES, SUPPLIES, ARMS), as far as its parties are known. Count
  `count(DISTINCT r.episode)`, not edges. A row without a supplier may be one of the others, told again without its
  seller, where nothing shows which one is meant.
- `since` of PURCHASES is the day of the contract, or of the purchase where no contract is told; that of RECEIVES,
  SUPPLIES and ARMS the first delivery, and so is that of the deal's episode: it has none while nothing is delivered.
  Whether a purchase was delivered tells its `status`; RECEIVES is there too only where a report tells of receiving.
  A contract that was called off before any delivery has no edge: its episode is `cancelled`.
- An order of a model and a delivery that is told of its family only are two episodes. Before you call an order
  undelivered, look for what the buyer got along `[:VARIANT_OF*0..3]`, in either direction.
- A round of sanctions has one sender and one target: a package against seven banks is seven rounds. What is imposed
  more than a year after it came into force is [another round](concepts.md#where-an-episode-ends) beside it.
- `BECAUSE_OF` between episodes is told by claims: not where the one that is told as the reason was all after the other
  had begun, nor where an article gives two claims as the reason of each other. The claims keep what they told.
- `since` without `since_from` is the day by which it was told to go on already: it may have begun years before. Count
  as begun in a year what has both in that year.
- Figures stand on claims, and many claims of one deal tell the same ones: take one number an episode, such as
  `max(c.quantity_min)`, and one an article for money, since the worth of a package stands with each weapon in it.
  Currencies do not add up.
- Episodes fold unsure claims too, so facts are counted by edges; episodes tell of plans, threats and stops besides.
- A test is an event of a day, and a use is a bout of fighting that half a year of silence ends: each has an episode and
  an edge of its own. Reports without a date of their own tell of the week before, so two tests of one week that no
  article dates are one. The days within a bout stand on its claims, and in the named query `tests_and_uses`.
- What an edge does not have stands on its episode (`measure`, `batch`, `expected`): `MATCH (e:Episode) WHERE e.id =
  r.episode`.
- Many claims have no date, and then no `date_from` and `date_to`: two in ten of the sample articles' claims, but nine
  in ten where articles are a sentence or two that name no day. With `basis` "publication" the article tells it as news
  of its day, `published`; with "before" it was on some day before. A test of `date_from` alone leaves both out.
  [Cypher](cypher.md#how-many-claims-have-a-date-and-which-details-are-filled) shows how to count your own.
- No claim has every property, and the rules never fill some: the table of `:Claim` says which. A test of one that
  nothing has finds nothing.
- Dates are strings in ISO 8601 (`'2019-07-12'`), so `<` and `>` compare them; take `substring(…, 0, 10)` of
  `published`, which may carry a time. An event that is not dated to the day has a first and a last possible day:
  `date_from`, `date_to` of a claim; `since_from`, `since` and `until_from`, `until` of an edge.
- Compare dates with strings, not with `date('2019-07-12')`: a string and a date are never equal, nor is one the
  greater.
- Days between two dates: `duration.inDays(date(r.since), date(r.until)).days`. With `between` in the place of `inDays`
  `.days` is only what remains beside whole months.
- What is unset is unknown, never zero or no. A comparison with it is never true: `r.since < '2019'` leaves out what
  began on an unknown day, which `coalesce(r.since, '') < '2019'` keeps. `ORDER BY … DESC` begins with what is unset.
- A role that nobody names has no relationship. `MATCH (e)-[:SUPPLIER]->(s)` leaves such deals out, `OPTIONAL MATCH`
  keeps them.
- `support` counts independent origins, not articles: a wire story in nine papers is one. In a query of your own that is
  `count(DISTINCT article.origin)`, or leave copies out by `NOT (article)-[:COPY_OF]->()`.
- Countries go by ISO 3166-1 alpha-3 (`TUR`), all else by a slug (`s-400`, `caatsa`), classes of weapons by
  `class/…`. `name` is the usual name, `aliases` holds the others.
- Of one thing there may be narrower ones: follow `[:VARIANT_OF|OF_CLASS*0..6]` to catch Su-35s with fighter aircraft.
  Companies, persons and groups belong to a country by `[:BASED_IN|HELD_OFFICE*0..2]`, since offices may be held in a
  body that is based there. Say `WITH DISTINCT` after either: more than one way may lead there.
- `since` and `until` of HELD_OFFICE may be a month or a year, `2019-10` or `2017`. Compare the end with as much of your
  day as it has: `h.until >= substring('2019-10-15', 0, size(h.until))`, for `'2019-10'` is less than `'2019-10-15'`. So
  does [this query](#who-held-an-office-in-turkey-on-12-july-2019).
- What anybody says for a state is `(c)-[:SPEAKER|SPEAKS_FOR]->(state)`. Without SPEAKER the words are the outlet's own.
- Join by a property with `WHERE e.id = p.episode`: inside a pattern, `(e:Episode {id: p.episode})`, the embedded store
  may find nothing.
"""
EPISODES: dict[Frame, str] = {
    "transfer": "one deal, or a batch of it",
    "sanction": "one round, from threat to lifting; `measure` is its kind",
    "exclude": "one exclusion from a programme or body",
    "develop": "one development",
    "test": "one test, or several told of together",
    "deploy": "one deployment",
    "use": "one use, or several told of together; whoever uses is SUBJECT",
    "treaty": "one act on a treaty, which is OBJECT; `predicate` tells which",
    "stance": "one stance; `predicate` tells which",
    "meeting": "one meeting",
    "background": "one membership or leadership; `predicate` tells which",
}
STATUSES = {
    "claimed": "nobody asserts it: it is alleged, denied or conditional",
    "proposed": "threatened, demanded or considered",
    "committed": "announced, approved, or agreed; a contract makes PURCHASES, a promise to supply does not",
    "actual": "in force, carried out, or delivered in part at least",
    "suspended": "halted, and not over",
    "dropped": "proposed, and came to nothing",
    "cancelled": "committed, and called off",
    "ended": "it was in force or under way, and is over",
}
GROUPS = (
    ("Reports", REPORTING, "From articles to claims and episodes."),
    (
        "Roles",
        ROLES,
        "Who and what a claim is about; episodes repeat some of them. The properties are on a claim's roles alone.",
    ),
    ("Plain edges", FACTS, "What happened: the edges for everyday questions."),
    (
        "Reference data",
        REFERENCE,
        "Facts of the catalogue. A weapon that it does not know has its classes from claims.",
    ),
)
WORDS_FOR_TYPES: dict[PropertyType, str] = {"date": "string, a date", "datetime": "string, a time"}
"""Types that are kept as strings."""
PARENT = {node.label: node.also or node.label for node in NODES}


def page() -> str:
    """The page of documentation, in Markdown."""
    lines = [INTRODUCTION, "## Picture", "", "Every type of relationship, by the labels of its ends.", ""]
    lines += [*_picture("Who reports what", REPORTING), *_picture("Whom and what claims and episodes are about", ROLES)]
    lines += [*_picture("What is known", FACTS), *_picture("Reference data", REFERENCE)]
    lines += ["## Words", "", *_words()]
    lines += ["## Nodes", "", "The key of every node is `id`; no two nodes share one.", ""]
    for node in NODES:
        lines += _node(node)
    lines += ["## Relationships", ""]
    for title, relationships, about in GROUPS:
        lines += _group(title, relationships, about)
    lines += ["## Queries to begin with", ""]
    for question, cypher in QUERIES:
        lines += [f"### {question}", "", "```cypher", cypher.strip(), "```", ""]
    lines += ["The [named queries](queries.md) answer these and more with all their traps minded."]
    return "\n".join(lines) + "\n"


def _picture(title: str, relationships: Iterable[Relationship]) -> list[str]:
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for relationship in relationships:
        for start, end in relationship.ends:
            types = between[PARENT[start], PARENT[end]]
            if relationship.type not in types:
                types.append(relationship.type)
    arrows = [
        f'    {start} --- types{number}["{"<br/>".join(types)}"]:::types --> {end}'
        for number, ((start, end), types) in enumerate(between.items())
    ]
    drawn = ["```mermaid", "graph LR", "    classDef types fill:none,stroke:none", *arrows, "```"]
    return [f"**{title}**", "", *drawn, ""]


def _words() -> list[str]:
    lines = ["A claim's `predicate`, with its `frame` and what SUBJECT and OBJECT are:", ""]
    lines += ["| predicate | frame | subject → object | roles that these fill |", "|---|---|---|---|"]
    for predicate in PREDICATES.values():
        roles = f"{predicate.subject_role}, {predicate.object_role}"
        lines.append(f"| `{predicate.name}` | {predicate.frame} | Actor → {predicate.object} | {roles} |")
    lines += ["", "Roles of an episode; those of its claims are the same ones, and SUBJECT and OBJECT always:", ""]
    lines += ["| frame | one episode is | roles |", "|---|---|---|"]
    for frame, what in EPISODES.items():
        parts = [part for part in PARTS[frame] if part != "predicate"]
        lines.append(f"| {frame} | {what} | {', '.join(parts + ['UNDER'] * (frame == 'sanction'))} |")
    lines += ["", "Its `status`:", "", "| status | meaning |", "|---|---|"]
    lines += [f"| {status} | {meaning} |" for status, meaning in STATUSES.items()]
    lines += ["", "A claim's `stage`, by `phase`:", "", "| phase | stages |", "|---|---|"]
    lines += [f"| {phase} | {', '.join(s for s, of in PHASE_OF.items() if of == phase)} |" for phase in PHASES]
    lines += [
        "",
        "A claim's `assertion`: asserted (told as fact, or by a party about its own act), alleged (by one party about",
        "another), denied (by a party), conditional (would happen if).",
        "",
        "No stage tells that an end is demanded or planned. Sanctions whose lifting is called for, or planned, still",
        "stand, so that such claims say `ongoing`; a few calls for lifting are read as `demanded`, as calls for",
        "sanctions are. Only the words, `quotes`, tell these apart.",
        "",
    ]
    return lines


def _node(node: Node) -> list[str]:
    title = f":{node.also}:{node.label}" if node.also else f":{node.label}"
    lines = [f"### `{title}`", "", node.doc, ""]
    if node.also:
        return [*lines, f"Its properties are those of {node.also}.", ""]
    return [*lines, *_table(node.label, [(item, "") for item in node.properties]), ""]


def _group(title: str, relationships: tuple[Relationship, ...], about: str) -> list[str]:
    lines = [f"### {title}", "", about, "", "| type | meaning | from → to | example |", "|---|---|---|---|"]
    carriers: dict[Property, list[str]] = defaultdict(list)
    for relationship in relationships:
        example = RELATIONSHIP_EXAMPLES[relationship.type]
        lines.append(f"| `{relationship.type}` | {relationship.doc} | {_ends(relationship)} | `{example}` |")
        for item in relationship.properties:
            carriers[item].append(relationship.type)
    everywhere = len(relationships)
    rows = [(item, "" if len(on) == everywhere else f" On {_listed(on)}.") for item, on in carriers.items()]
    return [*lines, "", *_table(title, rows), ""]


def _listed(types: list[str]) -> str:
    return ", ".join(f"`{type}`" for type in types)


def _ends(relationship: Relationship) -> str:
    targets: dict[str, list[str]] = defaultdict(list)
    for start, end in relationship.ends:
        targets[start].append(end)
    starts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for start, ends in targets.items():
        starts[tuple(ends)].append(start)
    return "; ".join(f"{' or '.join(start)} → {' or '.join(ends)}" for ends, start in starts.items())


def _table(owner: str, rows: Iterable[tuple[Property, str]]) -> list[str]:
    lines = ["| property | type | meaning | example |", "|---|---|---|---|"]
    for item, where in rows:
        indexed = " Indexed." if item.indexed and owner in NODE_BY_LABEL else ""
        example = PROPERTY_EXAMPLES.get(f"{owner}.{item.name}") or PROPERTY_EXAMPLES[item.name]
        kind = WORDS_FOR_TYPES.get(item.type, item.type)
        lines.append(f"| `{item.name}` | {kind} | {item.doc}{where}{indexed} | `{example}` |")
    return lines


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
