// ---
// name: unfulfilled_threats
// title: Threats of sanctions that led to nothing
// answers: Which threats of sanctions have led to nothing so far? Only threats by the sender count, not demands by others; what was imposed later under another name over the same weapon is left out, and so is what later hit a company, body or official of the target under the same instrument or over the same weapon.
// episodes:
//   frames: [sanction]
//   roles: {target: OBJECT, sender: SUBJECT, instrument: UNDER}
//   belonging: {target: target}
//   where: "e.status <> 'claimed'"
//   told: "c.assertion = 'asserted'"
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
//   - known_on
//   - as_recorded
//   - from
//   - to
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
//   - {name: reasons, doc: Reasons as worded; the rules read none.}
//   - {name: days_since, doc: "Days since the first threat, at least."}
//   - {name: outcome, doc: "open, or dropped where it was withdrawn."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether a threat falls into the period."}
//   - {name: confidence, doc: "How surely the surest claim of the threat is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH *
WHERE coalesce(day, '') <= coalesce($at, toString(date()))
OPTIONAL MATCH (c)-[:WEAPON]->(w:Weapon)
OPTIONAL MATCH (c)-[:BECAUSE_OF]->(because:Claim)
OPTIONAL MATCH (because)-[:WEAPON]->(cause:Weapon)
WITH e, target, sender, instrument, c, first, last, fit, rank, coalesce(w.id, cause.id) AS weapon, c.stage = 'threatened' AS threat
WITH e, target, sender, instrument, collect(c) AS told, collect(DISTINCT weapon) AS over,
     collect(CASE WHEN threat THEN first END) AS threats, max(CASE WHEN threat THEN fit ELSE 0 END) AS fit, max(CASE WHEN threat THEN c.confidence END) AS confidence,
     min(CASE WHEN threat THEN last END) AS first_threat, max(CASE WHEN threat THEN last END) AS last_threat, min(CASE WHEN rank = 3 THEN coalesce(last, '') END) AS imposed
WHERE fit > 0 OR imposed IS NOT NULL
WITH target, sender, collect({e: e, instrument: instrument, under: instrument.id, told: told, over: over, threats: threats, fit: fit, confidence: confidence,
     first_threat: first_threat, last_threat: last_threat, imposed: imposed}) AS rounds
OPTIONAL MATCH (target)-[:BASED_IN|HELD_OFFICE*1..2]->(state:Country)
WITH target, sender, rounds, collect(DISTINCT state) AS states
UNWIND [target] + states AS hit
WITH hit, sender, collect({own: hit.id <> target.id, rounds: rounds}) AS pairs
WHERE hit.id = coalesce($target, hit.id)
WITH coalesce($at, toString(date())) AS on_day, hit AS target, sender,
     reduce(all = [], pair IN pairs | CASE WHEN pair.own THEN all ELSE all + pair.rounds END) AS rounds,
     reduce(all = [], pair IN pairs | CASE WHEN pair.own THEN all + pair.rounds ELSE all END) AS further
WITH on_day, target, sender, rounds, [r IN rounds WHERE r.imposed <= on_day] AS same, [r IN further WHERE r.imposed <= on_day] AS further
UNWIND [r IN rounds WHERE r.fit > 0 AND r.first_threat <= on_day AND r.imposed IS NULL AND r.e.status IN ['proposed', 'committed', 'suspended', 'dropped', 'cancelled']] AS round
WITH *, round.e AS e, round.over AS about, round.first_threat AS first_threat, round.instrument AS instrument
WHERE NOT any(later IN same WHERE later.imposed >= first_threat AND any(weapon IN about WHERE weapon IN later.over))
  AND NOT any(later IN further WHERE later.imposed >= first_threat AND (coalesce(later.under = round.under, false) OR any(weapon IN about WHERE weapon IN later.over)))
WITH on_day, sender, target, instrument, round, e, first_threat, duration.inDays(date(first_threat), date(on_day)).days AS days_since
WHERE days_since >= $older_than
WITH * ORDER BY first_threat, e.id SKIP $offset LIMIT $limit
UNWIND round.told AS c
OPTIONAL MATCH (c)-[:WEAPON]->(w:Weapon)
OPTIONAL MATCH (c)-[:BECAUSE_OF]->(because:Claim)
OPTIONAL MATCH (because)-[:WEAPON]->(cause:Weapon)
WITH on_day, sender, target, instrument, round, e, first_threat, days_since, c, coalesce(w.id, cause.id) AS weapon
ORDER BY c.id, weapon
WITH on_day, sender, target, instrument, round, e, first_threat, days_since, collect(DISTINCT c.id) AS claims, collect(DISTINCT weapon) AS over, collect(DISTINCT c.reason) AS reasons
RETURN e.id AS episode, sender.id AS sender, sender.name AS sender_name, target.id AS target, target.name AS target_name, instrument.id AS instrument,
       reduce(best = null, first IN round.threats | CASE WHEN first <= first_threat AND (best IS NULL OR first > best) THEN first ELSE best END) AS first_threat_from,
       first_threat, round.last_threat AS last_threat, over, reasons, days_since,
       CASE WHEN e.status IN ['dropped', 'cancelled'] AND coalesce(e.until <= on_day, true) THEN 'dropped' ELSE 'open' END AS outcome,
       CASE round.fit WHEN 3 THEN 'yes' WHEN 2 THEN 'possibly' ELSE 'unknown' END AS certainty,
       round.confidence AS confidence, e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, claims
ORDER BY first_threat, episode
