// ---
// name: reload
// title: What a load changed
// answers: "What did this load, new reading, correction or retraction change, and what did it reject? Give the run, its time, or an article, of which the last change is shown; without any of them there are no rows. Only loads and readings of stored texts are runs."
// parameters:
//   - name: run
//     type: run
//     doc: "Id of the run, or `last`; `since` alone lists those that began then or later. Runs within one second are not told apart."
//     example: last
//   - name: article
//     type: article
//     doc: "Id of the article, its URL (tracking parameters do not matter), or the input's own id."
//     example: 2021-09-27-erdogan-second-batch-of-s-400
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
//   - {name: what, doc: "run, reject, claim, episode or edge."}
//   - {name: change, doc: "Runs: load or reextract; rejects: rejected; claims: added, unchanged (of the articles that changed) or retired; episodes: gained, lost, renamed or changed; edges: gained or lost."}
//   - {name: id, doc: "Id of the run, claim or episode; an edge as (start)-[TYPE]->(end); of a reject file and line."}
//   - {name: before, doc: "An episode's status or id before; the episode of a lost edge; when a run began."}
//   - {name: after, doc: "Its status or id now; the episode of a gained edge; when a run had ended."}
//   - {name: why, doc: "Why a claim was retired: newer text, newer extractor or forgotten; why something was rejected, and the remedy; what a run did."}
//   - {name: article, doc: "Id of the claim's article; of a reject the input's own id."}
// ---
OPTIONAL MATCH (x:Claim)<-[:REPORTS]-(b:Article)
WHERE $article IS NULL
  AND ((x.recorded_at >= $since AND ($until IS NULL OR x.recorded_at < $until)) OR (x.retired_at >= $since AND ($until IS NULL OR x.retired_at < $until))
    OR any(at IN x.lapsed_at + x.revived_at WHERE at >= $since AND ($until IS NULL OR at < $until)))
WITH collect(DISTINCT b.id) AS touched
UNWIND touched + CASE WHEN $article IS NULL THEN [] ELSE [$article] END AS id
MATCH (a:Article {id: id})-[:REPORTS]->(c:Claim)
WITH a, collect(c) AS claims, max(coalesce(last(c.revived_at), c.recorded_at)) AS recorded, max(coalesce(c.retired_at, '')) AS retired
WITH a, claims, coalesce($since, CASE WHEN retired > recorded THEN retired ELSE recorded END) AS since
UNWIND claims AS c
WITH a, c, since, c.retired_at >= since AND ($until IS NULL OR c.retired_at < $until) AS gone,
     c.recorded_at >= since AND ($until IS NULL OR c.recorded_at < $until) AS new,
     size([at IN coalesce(c.lapsed_at, []) WHERE at >= since AND ($until IS NULL OR at < $until)]) AS lapses,
     size([at IN coalesce(c.revived_at, []) WHERE at >= since AND ($until IS NULL OR at < $until)]) AS returns
WITH a, c, since, coalesce(gone, false) OR lapses > returns AS retired, new OR returns > lapses AS added
WHERE retired OR c.retired_at IS NULL OR c.retired_at >= since
RETURN c.id AS claim, c.thread AS thread, a.id AS article, since, CASE WHEN retired THEN c.retired_why END AS why,
       CASE WHEN retired THEN 'retired' WHEN added THEN 'added' ELSE 'unchanged' END AS change
ORDER BY claim
