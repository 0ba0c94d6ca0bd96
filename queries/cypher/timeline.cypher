// ---
// name: timeline
// title: The story of a pair
// answers: What happened and was said between the United States and Turkey, in order? Both directions; one line is one step of one episode, however many articles tell it and in whatever words.
// parameters:
//   - name: a
//     type: actor
//     required: true
//     doc: One of the two.
//     example: United States
//   - name: b
//     type: actor
//     doc: The other; with anybody if left out.
//     example: Turkey
//   - name: frame
//     type: choice
//     values: [transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background]
//     doc: Only this kind of event.
//     example: sanction
//   - from
//   - to
//   - known_on
//   - min_support
// columns:
//   - {name: date_from, doc: First day that the event date allows; null where open.}
//   - {name: date_to, doc: Last day that it allows; null where undated.}
//   - {name: frame, doc: Kind of event.}
//   - {name: who, doc: Id of who does it; null where no report says.}
//   - {name: did, doc: Predicate as first worded.}
//   - {name: what, doc: Id of the object as first worded.}
//   - {name: with, doc: "Ids of the other parties, weapons and instruments."}
//   - {name: stage, doc: Stage told.}
//   - {name: assertion, doc: "asserted, alleged, denied or conditional."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it falls into the period."}
//   - {name: support, doc: Independent origins that tell it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: quote, doc: Words of the first report.}
//   - {name: episode, doc: Id of the episode.}
//   - {name: claims, doc: Ids of its claims.}
// ---
MATCH (:Actor {id: $a})<-[:SUBJECT|OBJECT|SUPPLIER|RECIPIENT|TARGET]-(c:Claim)
WHERE c.retired_at IS NULL AND ($frame IS NULL OR c.frame = $frame)
  AND ($known_on IS NULL OR substring(c.published, 0, 10) <= $known_on)
WITH DISTINCT c
MATCH (c)-[:SUBJECT|OBJECT|SUPPLIER|RECIPIENT|TARGET|WEAPON|UNDER|PROGRAMME]->(n)
WITH c, n
ORDER BY n.id
WITH c, collect(DISTINCT n.id) AS others
WHERE $b IS NULL OR $b IN others
MATCH (c)<-[:REPORTS]-(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:ABOUT]->(e:Episode)
OPTIONAL MATCH (c)-[:SUBJECT]->(s)
OPTIONAL MATCH (c)-[:OBJECT]->(x)
WITH c, others, e, s, x, coalesce(article.origin, o.id, article.id) AS origin, substring(c.published, 0, 10) AS published
ORDER BY published, c.id
WITH c.frame AS frame, coalesce(e.id, c.id) AS story, e.id AS episode, c.stage AS stage, c.assertion AS assertion, c.date_from AS date_from, c.date_to AS date_to,
     min(CASE WHEN c.date_from > published OR (c.date_from IS NULL AND c.date_to IS NULL AND coalesce(c.basis, '') <> 'before') THEN published ELSE c.date_from END) AS earliest,
     min(CASE WHEN c.date_to IS NULL OR c.date_to > published THEN published ELSE c.date_to END) AS last, count(DISTINCT origin) AS support, min(published) AS first_reported, max(published) AS last_reported,
     collect(c.id) AS claims, collect(c.quotes[0])[0] AS quote, collect(c.predicate)[0] AS did,
     collect(coalesce(s.id, ''))[0] AS who, collect(x.id)[0] AS what, collect(others)[0] AS others
WITH *, CASE
       WHEN ($from IS NOT NULL AND last < $from) OR ($to IS NOT NULL AND earliest > $to) THEN 'no'
       WHEN ($from IS NULL OR earliest >= $from) AND ($to IS NULL OR last <= $to) THEN 'yes'
       WHEN last IS NULL THEN 'unknown'
       ELSE 'possibly'
     END AS certainty
WHERE certainty <> 'no' AND support >= $min_support
RETURN date_from, date_to, frame, CASE WHEN who <> '' THEN who END AS who, did, what,
       [other IN others WHERE other <> who AND other <> what] AS with, stage, assertion, certainty, support, first_reported, last_reported, quote, episode, claims
ORDER BY coalesce(last, ''), first_reported, story, stage, assertion
