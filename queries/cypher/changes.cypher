// ---
// name: changes
// title: What has changed
// answers: "What is new, changed, contradicted, lifted or retracted since Monday? One row a change of an episode: what stood there before, what stands there now. By the day of the papers, or by when this graph was told."
// parameters:
//   - name: since
//     type: moment
//     required: true
//     doc: "Where the period begins: a day, or a date and time (UTC unless it says otherwise). Take the last row's time to go on."
//     example: "2019-07-12"
//   - name: until
//     type: moment
//     doc: "Its last day; by `loaded` the moment before which it ends."
//     example: "2019-07-18"
//   - name: by
//     type: choice
//     values: [published, loaded]
//     default: published
//     doc: "published: what the papers of these days changed in what could be known; loaded: what loads, new readings and retractions changed in this graph."
//     example: loaded
//   - name: actors
//     type: actors
//     doc: Only what one of these takes part in, or one of the weapons; names with commas between them.
//     example: Turkey, Iran
//   - name: weapons
//     type: weapons
//     doc: Only what one of these is part of, or one of the actors takes part in; names with commas between them.
//     example: S-400, F-16
// then: changes
// columns:
//   - {name: time, doc: When the first of the claims that change it was published or loaded.}
//   - {name: kind, doc: "new, changed, lifted (ended, cancelled, dropped), contradicted (a new denial), confirmed (a new origin), retracted, or renamed (only its id)."}
//   - {name: episode, doc: Id of the episode as it is now; null where an erased article took along what it told.}
//   - {name: frame, doc: Kind of event.}
//   - {name: parties, doc: "Ids of everybody and everything in it."}
//   - {name: before, doc: "What stood there: status, span, denials, origins or id; null where it is new."}
//   - {name: after, doc: What stands there now; null where it is gone.}
//   - {name: why, doc: "news, rereading (the article had been read before), or why claims were retired: newer text, newer extractor, forgotten, erased."}
//   - {name: article, doc: Id of the article that changed it first.}
//   - {name: url, doc: Its address.}
//   - {name: support, doc: Independent origins that assert the episode.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of the claims that came or went.}
// ---
WITH $by AS by
// A day sorts before its times, and these before the day with a U.
WHERE by = 'published'
MATCH (c:Claim)
WHERE c.published >= substring($since, 0, 10) AND c.published < coalesce(substring($until, 0, 10), '9999') + 'U' AND c.retired_at IS NULL
MATCH (c)<-[:REPORTS]-(a:Article)
RETURN c.id AS claim, c.thread AS thread, a.id AS article, a.url AS url, false AS reread, null AS retired_why, c.published AS time
UNION ALL
WITH $by AS by
WHERE by = 'loaded'
MATCH (c:Claim)
WHERE (c.recorded_at >= $since AND ($until IS NULL OR c.recorded_at < $until)) OR (c.retired_at >= $since AND ($until IS NULL OR c.retired_at < $until))
   OR any(at IN c.lapsed_at + c.revived_at WHERE at >= $since AND ($until IS NULL OR at < $until))
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:REPORTS]->(older:Claim)
WHERE older.recorded_at < $since
WITH c, a, count(older) > 0 AS reread, c.retired_at >= $since AND ($until IS NULL OR c.retired_at < $until) AS retired,
     [at IN c.revived_at + c.lapsed_at WHERE at >= $since AND ($until IS NULL OR at < $until)] AS back
RETURN c.id AS claim, c.thread AS thread, a.id AS article, a.url AS url, reread, CASE WHEN retired THEN c.retired_why END AS retired_why,
       CASE WHEN retired THEN c.retired_at WHEN back[0] IS NOT NULL AND c.recorded_at < $since THEN back[0] ELSE c.recorded_at END AS time
