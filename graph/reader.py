"""Reads claims and articles back from the store into the contract's classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graph.articles import Article
from graph.claims import QUALIFIER_ROLES, Claim, Entity, Mention, Qualifiers, Quote
from graph.model import label_of
from graph.store import Store
from graph.vocabulary import PREDICATES

BATCH = 1000
ROLE_OF = {role.upper(): role for role in QUALIFIER_ROLES if role != "instrument"} | {"UNDER": "instrument"}
DETAILS = set(Qualifiers.model_fields) - set(QUALIFIER_ROLES)
PLAIN = set(Claim.model_fields) & {
    "id", "frame", "predicate", "stage", "phase", "assertion", "event_date", "date_from", "date_to", "basis",
    "published", "confidence", "extractor", "extractor_version",
}  # fmt: skip

ROLES = """
OPTIONAL MATCH
  (c)-[r:SUBJECT|OBJECT|SUPPLIER|RECIPIENT|WEAPON|TARGET|UNDER|PROGRAMME|SPEAKER|AGENT|STOPPED_BY|SPEAKS_FOR]->(n)
WITH c, a, collect({role: type(r), words: properties(r), id: n.id, name: n.name, labels: labels(n)}) AS roles
"""
"""Cypher that adds its roles to a claim `c` and its article `a`."""
ROW = "{claim: properties(c), article_id: a.id, article: a.source_id, roles: roles}"
"""Cypher for a claim, its article and its roles as `claims_from` wants them."""
CLAIMS = f"""
UNWIND $ids AS id MATCH (c:Claim {{id: id}})<-[:REPORTS]-(a:Article)
{ROLES}
RETURN collect({ROW}) AS rows
"""
"""In one row, since the driver takes longer for a row than for what is in it."""
CLASSES = "UNWIND $ids AS id MATCH (w:Weapon {id: id}) RETURN id, w.name AS name"
ARTICLES_BY_ID = "MATCH (a:Article) WHERE a.id IN $ids RETURN properties(a) AS article"
IDS_BY_SOURCE = """
MATCH (a:Article) WHERE a.source_id IN $names RETURN a.source_id AS name, a.id AS id ORDER BY id
"""


def claims_by_id(store: Store, ids: Iterable[str]) -> list[Claim]:
    """The claims with these ids, in that order; unknown ids are left out, retired claims are not."""
    wanted = list(ids)
    known: dict[str, Claim] = {}
    for start in range(0, len(wanted), BATCH):
        rows = store.read(CLAIMS, ids=wanted[start : start + BATCH])[0]["rows"]
        known |= {claim.id: claim for claim in claims_from(store, rows)}
    return [known[claim] for claim in wanted if claim in known]


def claims_from(store: Store, rows: Sequence[dict[str, Any]]) -> list[Claim]:
    """The claims that maps made by ROW describe; only names of classes are looked up for them."""
    roles = [role for row in rows for role in row["roles"]]
    told = sorted({role["words"]["of_class"] for role in roles if "of_class" in role["words"]})
    names = {row["id"]: row["name"] for row in store.read(CLASSES, ids=told)} if told else {}
    for role in roles:
        of_class = role["words"].get("of_class")
        role["of_class"] = of_class and Entity(id=of_class, name=names.get(of_class, of_class), label="Weapon")
    return [
        _claim(row["claim"], row["article_id"], row["article"], {role["role"]: role for role in row["roles"]})
        for row in rows
    ]


def articles_by_id(store: Store, ids: Iterable[str]) -> dict[str, Article]:
    """The articles with these ids; unknown ids are left out."""
    wanted = sorted(set(ids))
    batches = (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
    rows = [row for batch in batches for row in store.read(ARTICLES_BY_ID, ids=batch)]
    return {row["article"]["id"]: article_from(row["article"]) for row in rows}


def article_ids(store: Store, names: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the articles that the input calls by these names (`Article.source_id`), sorted."""
    found: dict[str, list[str]] = {}
    wanted = sorted(set(names))
    for row in store.read(IDS_BY_SOURCE, names=wanted) if wanted else []:
        found.setdefault(row["name"], []).append(row["id"])
    return found


def article_from(properties: dict[str, Any]) -> Article:
    """The article that an Article node's properties describe; what follows from its text only where that is gone."""
    fields = {name: properties.get(name) for name in Article.model_fields}
    if fields["text"]:
        fields["sketch"] = None
    return Article(**fields | {"text": fields["text"] or ""})


def _claim(node: dict[str, Any], article_id: str, article: str, roles: dict[str, dict[str, Any]]) -> Claim:
    predicate = PREDICATES[node["predicate"]]
    implied = (predicate.subject_role, predicate.object_role)
    mentions = {
        ROLE_OF[name]: _mention(row) for name, row in roles.items() if name in ROLE_OF and ROLE_OF[name] not in implied
    }
    details = {key: value for key, value in node.items() if key in DETAILS}
    for ordinal in ("batch", "round"):
        if str(details.get(ordinal)).isdigit():
            details[ordinal] = int(details[ordinal])
    speaker = _mention(roles["SPEAKER"]) if "SPEAKER" in roles else None
    if speaker and "SPEAKS_FOR" in roles:
        state = roles["SPEAKS_FOR"]
        entity = Entity(id=state["id"], name=state["name"], label=label_of(state["labels"]))
        speaker = speaker.model_copy(update={"speaks_for": entity})
    return Claim(
        **{key: value for key, value in node.items() if key in PLAIN},
        article=article,
        article_id=article_id,
        subject=_mention(roles["SUBJECT"]) if "SUBJECT" in roles else None,
        object=_mention(roles["OBJECT"]),
        qualifiers=Qualifiers(**mentions, **details),
        speaker=speaker,
        evidence=[
            Quote(start=start, end=end, quote=quote)
            for start, end, quote in zip(node["starts"], node["ends"], node["quotes"], strict=True)
        ],
    )


def _mention(row: dict[str, Any]) -> Mention:
    words = {key: row["words"].get(key) for key in ("text", "start", "end", "office")}
    return Mention(id=row["id"], name=row["name"], label=label_of(row["labels"]), of_class=row["of_class"], **words)
