// ---
// name: exclusions
// title: Exclusions from programmes and bodies
// answers: Who was thrown out of, suspended from or let back into which programme or body, and by whom? A threat of removal has status proposed.
// parameters:
//   - target
//   - name: programme
//     type: entity
//     doc: The programme or body.
//     example: F-35 programme
//   - at
//   - alleged
//   - min_support
// columns:
//   - {name: target, doc: Id of the one excluded.}
//   - {name: target_name, doc: Name of the one excluded.}
//   - {name: programme, doc: Id of the programme or body.}
//   - {name: programme_name, doc: Name of the programme or body.}
//   - {name: by, doc: Id of who excludes; null where no report says.}
//   - {name: status, doc: "claimed, proposed (threatened), committed (decided), actual (out), suspended, ended (back in), dropped or cancelled."}
//   - {name: since_from, doc: First day on which it can have begun.}
//   - {name: since, doc: Day by which it had surely begun.}
//   - {name: until_from, doc: First day on which it can have ended.}
//   - {name: until, doc: Day by which it had surely ended.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it held on the day asked about; alleged."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: denials, doc: Origins that tell of a denial.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the episode.}
//   - {name: claims, doc: Ids of its claims.}
// ---
MATCH (e:Episode {frame: 'exclude'})-[:OBJECT]->(t:Actor)
WHERE ($alleged OR e.status <> 'claimed') AND e.support >= $min_support AND ($target IS NULL OR t.id = $target)
OPTIONAL MATCH (e)-[:PROGRAMME]->(p)
OPTIONAL MATCH (e)-[:SUBJECT]->(s:Actor)
WITH e, t, p, s
WHERE $programme IS NULL OR p.id = $programme
MATCH (e)<-[:ABOUT]-(c:Claim)
WHERE c.retired_at IS NULL
WITH e, t, p, s, c
ORDER BY c.id
WITH e, t, p, s, collect(c.id) AS claims,
     CASE
       WHEN e.status = 'claimed' THEN 'alleged'
       WHEN $at IS NULL THEN 'yes'
       WHEN e.status IN ['proposed', 'committed', 'dropped', 'cancelled'] THEN 'no'
       WHEN e.until <= $at OR coalesce(e.since_from, '') > $at THEN 'no'
       WHEN e.until_from <= $at THEN 'possibly'
       WHEN e.since <= $at THEN 'yes'
       WHEN e.since IS NULL AND e.since_from IS NULL AND e.until IS NULL THEN 'unknown'
       ELSE 'possibly'
     END AS certainty
WHERE certainty <> 'no'
RETURN t.id AS target, t.name AS target_name, p.id AS programme, p.name AS programme_name, s.id AS by, e.status AS status,
       e.since_from AS since_from, e.since AS since, e.until_from AS until_from, e.until AS until, certainty, e.support AS support,
       e.denials AS denials, e.first_reported AS first_reported, e.last_reported AS last_reported, e.id AS episode, claims
ORDER BY coalesce(since, first_reported, ''), episode
