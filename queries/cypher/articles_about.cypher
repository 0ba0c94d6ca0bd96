// ---
// name: articles_about
// title: Articles about an entity
// answers: Which articles tell something about this actor, weapon or instrument? The newest first.
// parameters:
//   - name: entity
//     type: entity
//     required: true
//     doc: Any actor, weapon or instrument.
//     example: S-400
//   - name: published_from
//     type: period_start
//     doc: Only articles published on or after this day.
//     example: "2019"
//   - name: published_to
//     type: period_end
//     doc: Only articles published on or before this day.
//     example: "2021-12"
//   - name: outlet
//     type: text
//     doc: Only articles of this outlet (its id).
//     example: sample-wire.example
// columns:
//   - {name: article, doc: Id of the article.}
//   - {name: title, doc: Headline.}
//   - {name: outlet, doc: Id of the outlet.}
//   - {name: published, doc: When it was published.}
//   - {name: url, doc: Its address.}
//   - {name: claims, doc: Ids of its claims in which the entity has a role.}
//   - {name: copy_of, doc: Id of the article whose text it repeats.}
// ---
OPTIONAL MATCH (actor:Actor {id: $entity})
OPTIONAL MATCH (weapon:Weapon {id: $entity})
OPTIONAL MATCH (instrument:Instrument {id: $entity})
WITH coalesce(actor, weapon, instrument) AS n
OPTIONAL MATCH (only:Outlet {id: $outlet})
WITH n, only
MATCH (n)<-[:SUBJECT|OBJECT|SUPPLIER|RECIPIENT|WEAPON|TARGET|UNDER|PROGRAMME|SPEAKER|AGENT|STOPPED_BY|SPEAKS_FOR]-(c:Claim)
WITH DISTINCT only, c
WHERE c.retired_at IS NULL
MATCH (c)<-[:REPORTS]-(a:Article)
WITH DISTINCT only, a
WHERE ($published_from IS NULL OR substring(a.published, 0, 10) >= $published_from)
  AND ($published_to IS NULL OR substring(a.published, 0, 10) <= $published_to)
  AND ($outlet IS NULL OR (only IS NOT NULL AND (a)-[:PUBLISHED_BY]->(only)))
WITH a
ORDER BY coalesce(a.published, '') DESC, a.id
SKIP $offset LIMIT $limit
MATCH (a)-[:REPORTS]->(c:Claim)-[]->(n)
WHERE n.id = $entity AND c.retired_at IS NULL
WITH DISTINCT a, c
ORDER BY c.id
WITH a, collect(c.id) AS claims
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (a)-[:COPY_OF]->(original:Article)
WITH a, claims, o, min(original.id) AS copy_of
RETURN a.id AS article, a.title AS title, o.id AS outlet, a.published AS published, a.url AS url, claims, copy_of
ORDER BY coalesce(published, '') DESC, article
