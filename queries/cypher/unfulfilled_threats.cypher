// ---
// name: unfulfilled_threats
// title: Threats of sanctions that led to nothing
// answers: Which threats of sanctions have led to nothing so far? Only threats by the sender count, not demands by others; what was imposed later under another name over the same weapon is left out.
// parameters:
//   - sender
//   - target
//   - name: older_than
//     type: integer
//     default: 365
//     doc: Only where the first threat lies at least this many days back.
//     example: 365
//   - name: at
//     type: day
//     doc: The day to count back from; today if left out.
//     example: "2021-12-31"
//   - min_support
// columns:
//   - {name: episode, doc: Id of the round.}
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: sender_name, doc: Name of the sender.}
//   - {name: target, doc: Id of the target.}
//   - {name: target_name, doc: Name of the target.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: first_threat_from, doc: First day on which the first threat can have been made.}
//   - {name: first_threat, doc: Day by which it had surely been made.}
//   - {name: last_threat, doc: Day by which the last threat had surely been made.}
//   - {name: over, doc: Ids of the weapons the threats are about.}
//   - {name: days_since, doc: "Days since the first threat, at least."}
//   - {name: outcome, doc: "open, or dropped where it was withdrawn."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
MATCH (e:Episode {frame: 'sanction'})-[:OBJECT]->(t:Actor)
WHERE e.status IN ['proposed', 'committed', 'dropped', 'cancelled'] AND e.support >= $min_support AND ($target IS NULL OR t.id = $target)
OPTIONAL MATCH (e)-[:SUBJECT]->(s:Actor)
WITH e, s, t
WHERE $sender IS NULL OR s.id = $sender
OPTIONAL MATCH (e)-[:UNDER]->(i:Instrument)
WITH e, s, t, min(i.id) AS instrument, coalesce($at, toString(date())) AS day
MATCH (e)<-[:ABOUT]-(c:Claim)
WHERE c.retired_at IS NULL AND c.assertion = 'asserted' AND (c.published IS NULL OR substring(c.published, 0, 10) <= day)
OPTIONAL MATCH (c)-[:WEAPON]->(w:Weapon)
WITH e, s, t, instrument, day, c, w, CASE WHEN c.date_from > substring(c.published, 0, 10) OR (c.date_from IS NULL AND c.date_to IS NULL AND coalesce(c.basis, '') <> 'before') THEN substring(c.published, 0, 10) ELSE c.date_from END AS earliest,
     CASE WHEN c.date_to IS NULL OR c.date_to > substring(c.published, 0, 10) THEN substring(c.published, 0, 10) ELSE c.date_to END AS last
ORDER BY c.id, w.id
WITH e, s, t, instrument, day, collect(DISTINCT c.id) AS claims, collect(DISTINCT w.id) AS over,
     collect(CASE WHEN c.stage = 'threatened' THEN earliest END) AS threats,
     min(CASE WHEN c.stage = 'threatened' THEN last END) AS first_threat,
     max(CASE WHEN c.stage = 'threatened' THEN last END) AS last_threat
WHERE first_threat IS NOT NULL
WITH *, duration.inDays(date(first_threat), date(day)).days AS days_since,
     reduce(best = null, first IN threats | CASE WHEN first <= first_threat AND (best IS NULL OR first > best) THEN first ELSE best END) AS first_threat_from
WHERE days_since >= $older_than
OPTIONAL MATCH (s)<-[:SUBJECT]-(later:Episode {frame: 'sanction'})-[:OBJECT]->(t)
WHERE later.status IN ['actual', 'suspended', 'ended'] AND later.since >= first_threat AND later.since <= day
OPTIONAL MATCH (later)<-[:ABOUT]-(k:Claim)-[:WEAPON]->(cause:Weapon)
WHERE k.retired_at IS NULL
WITH e, s, t, instrument, claims, over, first_threat_from, first_threat, last_threat, days_since, collect(DISTINCT cause.id) AS causes
WHERE none(weapon IN over WHERE weapon IN causes)
RETURN e.id AS episode, s.id AS sender, s.name AS sender_name, t.id AS target, t.name AS target_name, instrument,
       first_threat_from, first_threat, last_threat, over, days_since,
       CASE WHEN e.status IN ['dropped', 'cancelled'] THEN 'dropped' ELSE 'open' END AS outcome,
       e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, claims
ORDER BY first_threat, episode
