"""Articles, and what was read from them."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from api.csv import CSV, csv_response
from api.deps import Given, StoreDep, WantsCsv
from api.freshness import OfTheGraph
from api.paging import Cursor, Limit, Page, decode, encode, page_headers
from api.problems import ProblemError, responses
from graph.articles import Article
from graph.claims import Claim
from graph.reader import article_from, claims_by_id
from graph.store import Store
from graph.vocabulary import Label
from queries.header import Parameter
from queries.names import names_of, resolve
from queries.parameters import check

router = APIRouter(prefix="/v1/articles", tags=["articles"], route_class=OfTheGraph)
ONE = """
MATCH (a:Article {id: $id}) OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
RETURN properties(a) AS article, o.id AS outlet
"""
FIRST = "MATCH (a:Article) WHERE a.published IS NOT NULL WITH a, a.published AS day"
"""The newest come by the index of their days, which knows nothing of those that have none."""
AFTER = "MATCH (a:Article) WHERE a.published <= $before WITH a, a.published AS day"
LAST = "MATCH (a:Article) WHERE a.published IS NULL WITH a, '' AS day"
ABOUT = """
MATCH (:{family} {{id: $entity}})<-[]-(c:Claim)<-[:REPORTS]-(a:Article)
WHERE c.retired_at IS NULL
WITH DISTINCT a, coalesce(a.published, '') AS day
"""
LIST = """
WHERE ($from IS NULL OR substring(day, 0, 10) >= $from)
  AND ($to IS NULL OR (day <> '' AND substring(day, 0, 10) <= $to))
  AND ($before IS NULL OR day < $before OR (day = $before AND a.id > $after))
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
WITH a, day, o WHERE $outlet IS NULL OR o.id = $outlet
RETURN a.id AS id, a.source_id AS source_id, a.url AS url, o.id AS outlet, a.title AS title, a.published AS published,
       a.language AS language, day
ORDER BY day DESC, id LIMIT $limit
"""
CLAIMS = """
MATCH (:Article {id: $id})-[:REPORTS]->(c:Claim) WHERE c.retired_at IS NULL
RETURN c.id AS id, c.starts[0] AS start ORDER BY start, id
"""
FORGOTTEN = "MATCH (a:Article {id: $id}) RETURN coalesce(a.forgotten, false) AS forgotten"
ARTICLE_ID = "^[0-9a-f]{16}$"
NO_ID = (
    "is no id of 16 hex digits, which claims have as `article_id`; /v1/claims?article= takes URLs and ids of your own"
)


def _hex(id: str) -> str:
    if not re.fullmatch(ARTICLE_ID, id):
        raise ValueError(NO_ID)
    return id


ArticleId = Annotated[
    Annotated[str, StringConstraints(pattern=ARTICLE_ID)],
    BeforeValidator(_hex),
    Path(description="Id of the article.", examples=["6f96311dd925b9a7"]),
]
FILTERS = [
    Parameter(name="outlet", type="outlet", doc="-", example="-"),
    Parameter(name="published_from", type="period_start", doc="-", example="-"),
    Parameter(name="published_to", type="period_end", doc="-", example="-"),
]


class ArticleSummary(BaseModel):
    """An article without its text."""

    id: str = Field(description="16 hex digits.", examples=["6f96311dd925b9a7"])
    source_id: str = Field(description="The input's own id.", examples=["2021-09-27-erdogan-second-batch-of-s-400"])
    url: str | None = Field(description="Its address.", examples=["https://sample-wire.example/turkey-s400"])
    outlet: str | None = Field(description="Id of the outlet.", examples=["sample-wire.example"])
    title: str | None = Field(description="Headline.", examples=["Turkey signs for the S-400"])
    published: str | None = Field(description="Date, or date and time in UTC.", examples=["2017-09-12"])
    language: str | None = Field(description="Language code.", examples=["en"])


class ArticleMention(BaseModel):
    """Words of an article that its claims read as somebody or something."""

    start: int = Field(description="First code point of the words in the text.", examples=[0])
    end: int = Field(description="Code point after them.", examples=[6])
    text: str = Field(description="The words.", examples=["Ankara"])
    id: str = Field(description="Id of the node.", examples=["TUR"])
    name: str = Field(description="Its name.", examples=["Turkey"])
    label: Label = Field(description="What it is.", examples=["Country"])
    claims: list[str] = Field(description="The claims that read them so.", examples=[["5b160bb2a3b997ef78d9"]])


class ArticleDetail(BaseModel):
    """An article with the claims that count."""

    article: Article = Field(description="The article; its text is what offsets of claims count in.")
    claims: list[Claim] = Field(description="Its claims in the order of the text.")
    mentions: list[ArticleMention] = Field(description="Who and what they are about, in the order of the text.")
    forgotten: bool = Field(
        description="Whether it was taken back (`DELETE`, `embargo forget`): none of its claims counts, nor will.",
        examples=[False],
    )


def summary(article: Article) -> ArticleSummary:
    """The article without its text."""
    return ArticleSummary(**article.model_dump(include=set(ArticleSummary.model_fields)))


def read_article(store: Store, id: str) -> Article:
    """The article with this id.

    Raises:
        ProblemError: there is none.
    """
    rows = store.read(ONE, id=id)
    if not rows:
        raise ProblemError(404, f"no article has the id '{id}'")
    return told_article(rows[0]["article"], rows[0]["outlet"])


def told_article(properties: dict[str, Any], outlet: str | None) -> Article:
    """An article as the service tells it, of its node's properties and its outlet's id."""
    return article_from(properties).model_copy(update={"outlet": outlet, "sketch": None})


@router.get("", response_model=Page[ArticleSummary], summary="Articles", responses=CSV | responses(422, 503))
def list_articles(
    request: Request,
    store: StoreDep,
    as_csv: WantsCsv,
    outlet: Annotated[
        Given | None, Query(max_length=200, description="Id of the outlet.", examples=["sample-wire.example"])
    ] = None,
    entity: Annotated[
        Given | None,
        Query(max_length=200, description="Actor, weapon or instrument that its claims are about.", examples=["S-400"]),
    ] = None,
    published_from: Annotated[
        Given | None, Query(description="Published on or after this day, month or year.", examples=["2019-07-12"])
    ] = None,
    published_to: Annotated[
        Given | None, Query(description="Published on or before this day, month or year.", examples=["2021"])
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response | Page[ArticleSummary]:
    """The newest first."""
    before, after = decode(request, cursor, (str, str)) or (None, None)
    node = resolve(store, entity, parameter="entity") if entity else None
    about = ABOUT.format(family=names_of(store).family_of(node)) if node else None
    given = {"outlet": outlet, "published_from": published_from, "published_to": published_to}
    wanted = check(store, FILTERS, given)
    bounds = {"from": wanted["published_from"], "to": wanted["published_to"], "before": before, "after": after}
    rows: list[dict[str, Any]] = []
    for start in [about] if about else [AFTER if cursor else FIRST, LAST]:
        if len(rows) <= limit:
            rows += store.read(
                start + LIST, outlet=wanted["outlet"], entity=node, limit=limit + 1 - len(rows), **bounds
            )
    following = encode(request, [rows[limit - 1]["day"], rows[limit - 1]["id"]]) if len(rows) > limit else None
    items = [ArticleSummary(**{key: row[key] for key in ArticleSummary.model_fields}) for row in rows[:limit]]
    if as_csv:
        dumped = (item.model_dump() for item in items)
        return csv_response(list(ArticleSummary.model_fields), dumped, page_headers(request, following))
    return Page(items=items, next_cursor=following)


@router.get("/{id}", summary="One article with its claims", responses=responses(404, 422, 503))
def one_article(
    store: StoreDep,
    id: ArticleId,
) -> ArticleDetail:
    """Its text, empty where it was erased, and the claims that count."""
    article = read_article(store, id)
    claims = claims_by_id(store, (row["id"] for row in store.read(CLAIMS, id=id)))
    [forgotten] = (row["forgotten"] for row in store.read(FORGOTTEN, id=id))
    return ArticleDetail(article=article, claims=claims, mentions=_mentions(claims), forgotten=forgotten)


def _mentions(claims: list[Claim]) -> list[ArticleMention]:
    """The words of all roles, each place once for every node that it was read as."""
    found: dict[tuple[int, int, str], ArticleMention] = {}
    for claim in claims:
        roles = [*claim.roles().values(), *([claim.speaker] if claim.speaker else [])]
        for role in roles:
            if role.text is None or role.start is None or role.end is None:
                continue
            told = ArticleMention(**role.model_dump(include=set(ArticleMention.model_fields)), claims=[])
            mention = found.setdefault((role.start, role.end, role.id), told)
            if claim.id not in mention.claims:
                mention.claims.append(claim.id)
    return [found[key] for key in sorted(found)]
