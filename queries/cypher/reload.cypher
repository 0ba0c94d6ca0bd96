// ---
// name: reload
// title: What a load changed
// answers: What did this load, new reading, correction or retraction change? Give the time of the run, or an article, of which the last change is shown. What was rejected is in the report of the load itself; without article and time there are no rows.
// parameters:
//   - name: article
//     type: article
//     doc: "Id of the article, its URL (tracking parameters do not matter), or the input's own id."
//     example: 000_42e2df97611246d8
//   - name: since
//     type: moment
//     doc: When the run began (UTC unless it says otherwise).
//     example: "2026-07-01T08:00:00Z"
//   - name: until
//     type: moment
//     doc: The moment before which it ended.
//     example: "2026-07-01T09:00:00Z"
// then: reload
// columns:
//   - {name: what, doc: "claim, episode or edge."}
//   - {name: change, doc: "Claims: added, unchanged (of the articles that changed) or retired; episodes: gained, lost, renamed or changed; edges: gained or lost."}
//   - {name: id, doc: "Id of the claim or episode; an edge as (start)-[TYPE]->(end)."}
//   - {name: before, doc: "An episode's status or id before; the episode of a lost edge."}
//   - {name: after, doc: "Its status or id now; the episode of a gained edge."}
//   - {name: why, doc: "Why a claim was retired: newer text, newer extractor or forgotten."}
//   - {name: article, doc: Id of the claim's article.}
// ---
OPTIONAL MATCH (x:Claim)<-[:REPORTS]-(b:Article)
WHERE $article IS NULL
  AND ((x.recorded_at >= $since AND ($until IS NULL OR x.recorded_at < $until)) OR (x.retired_at >= $since AND ($until IS NULL OR x.retired_at < $until)))
WITH collect(DISTINCT b.id) AS touched
UNWIND touched + CASE WHEN $article IS NULL THEN [] ELSE [$article] END AS id
MATCH (a:Article {id: id})-[:REPORTS]->(c:Claim)
WITH a, collect(c) AS claims, max(c.recorded_at) AS recorded, max(coalesce(c.retired_at, '')) AS retired
WITH a, claims, coalesce($since, CASE WHEN retired > recorded THEN retired ELSE recorded END) AS since
UNWIND claims AS c
WITH a, c, since, coalesce(c.retired_at >= since AND ($until IS NULL OR c.retired_at < $until), false) AS retired,
     c.recorded_at >= since AND ($until IS NULL OR c.recorded_at < $until) AS added
WHERE retired OR c.retired_at IS NULL OR c.retired_at >= since
RETURN c.id AS claim, c.thread AS thread, a.id AS article, since, CASE WHEN retired THEN c.retired_why END AS why,
       CASE WHEN retired THEN 'retired' WHEN added THEN 'added' ELSE 'unchanged' END AS change
ORDER BY claim
