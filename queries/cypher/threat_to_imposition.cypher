// ---
// name: threat_to_imposition
// title: From threat to sanction
// answers: How long does it take from the first threat to the sanction, by sender? One row a round of sanctions; a threat to a state is carried out, too, where the sender hits a company, body or official of it under the same instrument or over the same weapon. With `summary` one a sender, in which threats still open count as not carried out so far.
// episodes:
//   frames: [sanction]
//   roles: {target: OBJECT, sender: SUBJECT, instrument: UNDER}
//   belonging: {target: target}
//   where: "e.status <> 'claimed'"
//   told: "c.assertion = 'asserted'"
// parameters:
//   - sender
//   - target
//   - name: summary
//     type: boolean
//     default: false
//     doc: One row a sender instead, of the rounds that were threatened.
//     example: true
//   - name: at
//     type: day
//     doc: "The day up to which open threats are counted, and on which the rounds are looked at; today if left out."
//     example: "2021-12-31"
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - min_support
// columns:
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: sender_name, doc: Name of the sender.}
//   - {name: target, doc: Id of the target.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: first_threat_from, doc: First day on which the first threat can have been made.}
//   - {name: first_threat, doc: Day by which it had surely been made; null where nothing was threatened.}
//   - {name: imposed_on, doc: "Ids of whom it hit: the target, or companies, bodies and officials of it."}
//   - {name: imposed_from, doc: First day on which the sanction can have been imposed.}
//   - {name: imposed, doc: Day by which it surely was; null where it was not.}
//   - {name: days_min, doc: "Least number of days from threat to sanction, to the withdrawal, or to the day asked about; null where nothing was threatened."}
//   - {name: days_max, doc: Greatest number of days.}
//   - {name: outcome, doc: "imposed, dropped or open."}
//   - {name: threats, doc: "Summary: rounds that were threatened."}
//   - {name: imposed_count, doc: "Summary: of these imposed."}
//   - {name: dropped_count, doc: "Summary: of these dropped."}
//   - {name: open_count, doc: "Summary: of these still open."}
//   - {name: share_imposed, doc: "Summary: share imposed so far, 0 to 1."}
//   - {name: median_days_min, doc: "Summary: median of the least days (Kaplan and Meier); null where fewer than half were imposed."}
//   - {name: median_days_max, doc: "Summary: median of the greatest days."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether threat or imposition fall into the period."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the round.}
//   - {name: claims, doc: Ids of its claims.}
// then: threat_durations
// ---
WITH *
WHERE coalesce(first, '') <= coalesce($at, toString(date()))
WITH e, target, sender, instrument, c, first, last, fit, c.stage = 'threatened' AS threat,
     rank = 3 AND c.stage = 'completed' AND coalesce(c.basis, '') <> 'before' AS imposing
WITH e, target, sender, instrument, collect(c) AS told, max(CASE WHEN threat OR imposing THEN fit ELSE 0 END) AS fit,
     collect(CASE WHEN threat THEN first END) AS threats, min(CASE WHEN threat THEN last END) AS first_threat,
     collect(CASE WHEN imposing THEN first END) AS impositions, min(CASE WHEN imposing THEN last END) AS imposed
WHERE first_threat IS NOT NULL OR imposed IS NOT NULL
// What it is over is asked of the rounds that may be set against others: open threats, and what hit somebody of a state.
UNWIND CASE WHEN imposed IS NULL OR NOT target:Country THEN told ELSE [null] END AS c
OPTIONAL MATCH (c)-[:WEAPON]->(w:Weapon)
OPTIONAL MATCH (c)-[:BECAUSE_OF]->(because:Claim)
OPTIONAL MATCH (because)-[:WEAPON]->(cause:Weapon)
WITH e, target, sender, instrument, told, fit, threats, first_threat, impositions, imposed, collect(DISTINCT coalesce(w.id, cause.id)) AS over
WITH target, sender, collect({e: e, id: e.id, target: target, instrument: instrument, under: instrument.id, told: told, over: over, fit: fit,
     threats: threats, first_threat: first_threat, impositions: impositions, imposed: imposed}) AS rounds
OPTIONAL MATCH (target)-[:BASED_IN|HELD_OFFICE*1..2]->(state:Country)
WITH target, sender, rounds, collect(DISTINCT state) AS states
UNWIND [target] + states AS hit
WITH hit, sender, collect({own: hit.id <> target.id, target: target, rounds: rounds}) AS pairs
WITH sender, pairs,
     reduce(all = [], pair IN pairs | CASE WHEN pair.own THEN all ELSE all + [r IN pair.rounds WHERE r.first_threat IS NOT NULL AND r.imposed IS NULL] END) AS waiting,
     reduce(all = [], pair IN pairs | CASE WHEN pair.own THEN all + [r IN pair.rounds WHERE r.imposed IS NOT NULL] ELSE all END) AS further
UNWIND pairs AS pair
// What hit somebody of the state fulfils a threat to it, and is no round of its own then.
WITH sender, pair, further, CASE WHEN pair.own THEN [r IN pair.rounds WHERE r.first_threat IS NULL AND any(threat IN waiting WHERE r.imposed >= threat.first_threat
       AND coalesce(threat.e.until >= r.imposed, true) AND (coalesce(r.under = threat.under, false) OR any(weapon IN threat.over WHERE weapon IN r.over))) | r.id] ELSE [] END AS fulfils
WITH sender, pair.target AS target, collect(CASE WHEN pair.own = false THEN {rounds: pair.rounds, further: further} END)[0] AS pair, collect(fulfils) AS fulfilling
WHERE target.id = coalesce($target, target.id)
UNWIND pair.rounds AS round
WITH sender, target, round, fulfilling, pair.further AS further
WHERE NOT any(fulfils IN fulfilling WHERE round.id IN fulfils)
WITH sender, target, round, CASE WHEN round.imposed IS NOT NULL THEN [] ELSE [later IN further WHERE later.imposed >= round.first_threat AND coalesce(round.e.until >= later.imposed, true)
       AND (coalesce(later.under = round.under, false) OR any(weapon IN round.over WHERE weapon IN later.over)) | later] END AS hits
WITH coalesce($at, toString(date())) AS on_day, sender, target, round, hits, round.first_threat AS first_threat, reduce(best = round.imposed, one IN hits | CASE WHEN best < one.imposed THEN best ELSE one.imposed END) AS imposed,
     reduce(fit = round.fit, one IN hits | CASE WHEN one.fit > fit THEN one.fit ELSE fit END) AS fit
WHERE fit > 0
WITH * ORDER BY coalesce(first_threat, imposed), round.id SKIP $offset LIMIT $limit
WITH *, round.e AS e, round.id AS episode, round.instrument AS instrument, reduce(told = round.told, one IN hits | told + one.told) AS told,
     reduce(best = null, first IN round.threats | CASE WHEN first <= first_threat AND (best IS NULL OR first > best) THEN first ELSE best END) AS first_threat_from,
     reduce(best = null, first IN reduce(all = round.impositions, one IN hits | CASE WHEN one.imposed = imposed THEN all + one.impositions ELSE all END) |
       CASE WHEN first <= imposed AND (best IS NULL OR first > best) THEN first ELSE best END) AS imposed_from
WITH *, CASE
       WHEN imposed IS NOT NULL THEN 'imposed'
       WHEN e.status IN ['dropped', 'cancelled'] AND e.until <= on_day THEN 'dropped'
       ELSE 'open'
     END AS outcome
WITH *, CASE outcome WHEN 'imposed' THEN coalesce(imposed_from, imposed) WHEN 'dropped' THEN coalesce(e.until_from, e.until) ELSE on_day END AS end_from,
     CASE outcome WHEN 'imposed' THEN imposed WHEN 'dropped' THEN e.until ELSE on_day END AS end_to
WITH *, duration.inDays(date(first_threat), date(end_from)).days AS least, duration.inDays(date(coalesce(first_threat_from, first_threat)), date(end_to)).days AS most
RETURN sender.id AS sender, sender.name AS sender_name, target.id AS target, instrument.id AS instrument, first_threat_from, first_threat,
       CASE WHEN round.imposed IS NOT NULL THEN [target.id] ELSE [one IN hits | one.target.id] END AS imposed_on, imposed_from, imposed,
       CASE WHEN least < 0 THEN 0 ELSE least END AS days_min, CASE WHEN most < 0 THEN 0 ELSE most END AS days_max, outcome,
       null AS threats, null AS imposed_count, null AS dropped_count, null AS open_count, null AS share_imposed, null AS median_days_min, null AS median_days_max,
       CASE fit WHEN 3 THEN 'yes' WHEN 2 THEN 'possibly' ELSE 'unknown' END AS certainty,
       e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, episode, [c IN told | c.id] AS claims
ORDER BY coalesce(first_threat, imposed), episode
