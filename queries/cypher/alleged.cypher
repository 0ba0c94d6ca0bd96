// ---
// name: alleged
// title: What is only alleged
// answers: Which facts does one party only accuse another of, who says so and who denies it? However many accuse, it stays an allegation.
// parameters:
//   - name: subject
//     type: actor
//     doc: Who is accused.
//     example: Iran
//   - name: edge
//     type: choice
//     values: [PURCHASES, RECEIVES, SUPPLIES, ARMS, SANCTIONS, EXCLUDED_FROM, DEVELOPS, TESTS, DEPLOYS, USES, SIGNS, WITHDRAWS_FROM, VIOLATES, COMPLIES_WITH]
//     doc: Type of the edge that it would be.
//     example: ARMS
//   - name: object
//     type: entity
//     doc: At the other end.
//     example: Houthis
//   - known_on
// columns:
//   - {name: subject, doc: Id of the accused.}
//   - {name: subject_name, doc: Name of the accused.}
//   - {name: edge, doc: Type of the edge that it would be.}
//   - {name: object, doc: Id at the other end.}
//   - {name: object_name, doc: Name at the other end.}
//   - {name: accusers, doc: Ids of who alleges it.}
//   - {name: deniers, doc: Ids of who denies it.}
//   - {name: allegations, doc: Independent origins of the allegation.}
//   - {name: denials, doc: Independent origins of a denial.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: episode, doc: Id of the episode.}
//   - {name: claims, doc: Ids of its claims.}
// then: alleged
// ---
MATCH (s:Actor)-[f:ALLEGED]->(x)
WHERE ($subject IS NULL OR s.id = $subject) AND ($edge IS NULL OR f.predicate = $edge) AND ($object IS NULL OR x.id = $object)
MATCH (:Episode {id: f.episode})<-[:ABOUT]-(c:Claim)<-[:REPORTS]-(a:Article)
WHERE c.retired_at IS NULL AND c.assertion <> 'asserted'
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who)
WITH s, f, x, c, who, coalesce(a.origin, o.id, a.id) AS origin, substring(c.published, 0, 10) AS published
ORDER BY c.id, who.id
RETURN s.id AS subject, s.name AS subject_name, f.predicate AS edge, x.id AS object, x.name AS object_name,
       collect(DISTINCT CASE WHEN c.assertion = 'alleged' THEN who.id END) AS accusers,
       collect(DISTINCT CASE WHEN c.assertion = 'denied' THEN who.id END) AS deniers,
       count(DISTINCT CASE WHEN c.assertion = 'alleged' THEN origin END) AS allegations,
       count(DISTINCT CASE WHEN c.assertion = 'denied' THEN origin END) AS denials,
       min(published) AS first_reported, max(published) AS last_reported, f.episode AS episode, collect(DISTINCT c.id) AS claims
ORDER BY first_reported, subject, edge, object, episode
SKIP $offset LIMIT $limit
