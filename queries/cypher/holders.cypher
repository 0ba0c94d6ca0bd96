// ---
// name: holders
// title: Who has a weapon
// answers: Who has the S-400, who has ordered it, who is thinking about it? One row an actor and phase; the maker's country, while there is that state (of a state and its successor only the one of that day), and actors known only from using, testing or deploying the weapon are listed too.
// episodes:
//   frames: [transfer, use, deploy, test]
//   roles: {weapon: WEAPON, recipient: RECIPIENT, user: SUBJECT, supplier: SUPPLIER}
// parameters:
//   - name: weapon
//     type: weapon
//     required: true
//     doc: The weapon; a family covers its variants, a class all that belongs to it.
//     example: S-400
//   - name: phase
//     type: choice
//     values: [proposed, committed, actual, stopped]
//     doc: Only holders (actual), those who ordered (committed), those who think about it (proposed) or where it came to nothing (stopped).
//     example: actual
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: actor, doc: Id of the actor.}
//   - {name: actor_name, doc: Name of the actor.}
//   - {name: phase, doc: "actual: has it; committed: ordered; proposed: thinks about it; stopped: cancelled, dropped or given back."}
//   - {name: how, doc: "transfer, use (also: deployment, test) or maker."}
//   - {name: since_from, doc: First day on which the phase can have been reached.}
//   - {name: since, doc: Day by which it had surely been reached.}
//   - {name: suppliers, doc: Ids of the suppliers.}
//   - {name: weapons, doc: "Ids of the weapons, variants told apart."}
//   - {name: batches, doc: Number of deals; null where it is known only from use or as the maker's.}
//   - {name: certainty, doc: "yes, possibly where it can have been reached only after the day asked about or outside the period; alleged; catalogue for the maker."}
//   - {name: confidence, doc: "How surely the surest claim that the phase was reached is read rightly, 0 to 1; below .6 no plain edge rests on it alone. Null for the maker."}
//   - {name: support, doc: Independent origins of the best supported deal.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: episodes, doc: Ids of the deals or uses.}
//   - {name: claims, doc: Ids of the claims.}
// ---
WITH e, coalesce(recipient, user) AS actor, weapon, supplier, c, first, last, rank, counts, sureness, fit
WHERE actor IS NOT NULL AND ($at IS NULL OR coalesce(first, '') <= $at)
WITH *, CASE WHEN c.phase <> 'stopped' THEN rank WHEN e.frame = 'transfer' AND coalesce(c.partial, false) = false AND c.stage <> 'suspended' THEN 0 END AS step
ORDER BY actor.id, e.id, c.id
WITH e, actor, weapon, supplier, collect({step: CASE WHEN counts THEN step END, first: first, last: last, fit: fit, sureness: sureness}) AS steps,
     max(CASE WHEN counts THEN step END) AS reached, collect(c.id) AS claims
WITH *, CASE
       WHEN e.status IN ['dropped', 'cancelled', 'ended'] AND ($at IS NULL OR e.until <= $at) THEN 'stopped'
       WHEN reached = 3 THEN 'actual'
       WHEN reached = 2 THEN 'committed'
       WHEN reached = 1 THEN 'proposed'
       ELSE 'stopped'
     END AS phase
WITH *, [s IN steps WHERE s.step = CASE phase WHEN 'stopped' THEN 0 ELSE reached END] AS steps
WITH actor, phase, CASE WHEN e.frame = 'transfer' THEN 'transfer' ELSE 'use' END AS how, e, weapon, supplier, claims, steps,
     reduce(best = null, s IN steps | CASE WHEN best IS NULL OR s.last < best THEN s.last ELSE best END) AS since,
     reduce(best = null, s IN steps | CASE WHEN best IS NULL OR s.sureness > best THEN s.sureness ELSE best END) AS confidence,
     reduce(best = 0, s IN steps | CASE WHEN s.fit > best THEN s.fit ELSE best END) AS fit
WHERE fit > 0 AND ($phase IS NULL OR phase = $phase)
WITH actor, phase, how, e, weapon, supplier, claims, since, confidence,
     reduce(best = null, s IN steps | CASE WHEN s.first <= since AND (best IS NULL OR s.first > best) THEN s.first ELSE best END) AS since_from,
     CASE
       WHEN e.status = 'claimed' THEN 'alleged'
       WHEN fit = 3 AND coalesce(since <= $at, true) AND coalesce(e.until_from > $at OR phase = 'stopped', true) THEN 'yes'
       ELSE 'possibly'
     END AS certainty
WITH actor, phase, how, certainty, confidence, e, weapon, supplier, since, since_from, claims
ORDER BY actor.id, e.id
UNWIND claims AS claim
WITH actor, phase, how, certainty, max(confidence) AS confidence, min(since) AS since, collect(DISTINCT {id: e.id, since: since, since_from: since_from}) AS deals,
     collect(DISTINCT supplier.id) AS suppliers, collect(DISTINCT weapon.id) AS weapons, count(DISTINCT e.id) AS batches,
     max(e.support) AS support, min(e.first_reported) AS first_reported, max(e.last_reported) AS last_reported,
     collect(DISTINCT e.id) AS episodes, collect(DISTINCT claim) AS claims
WITH collect({actor: actor, phase: phase, how: how, certainty: certainty, confidence: confidence, since: since, since_from: head([d IN deals WHERE d.since = since | d.since_from]),
     suppliers: suppliers, weapons: weapons, batches: CASE how WHEN 'transfer' THEN batches END, support: support,
     first_reported: first_reported, last_reported: last_reported, episodes: episodes, claims: claims}) AS told
OPTIONAL MATCH (:Weapon {id: $weapon})<-[:VARIANT_OF|OF_CLASS*0..6]-(w:Weapon)-[:ORIGIN]->(maker:Actor)
WHERE coalesce(w.kind, 'model') <> 'class' AND coalesce($phase, 'actual') = 'actual'
  AND (NOT EXISTS { (maker)-[:SUCCEEDED_BY]->() } OR EXISTS { MATCH (maker)-[after:SUCCEEDED_BY]->() WHERE after.date > coalesce($at, $known_on, toString(date())) })
OPTIONAL MATCH (earlier:Actor)-[later:SUCCEEDED_BY]->(maker)
WHERE later.date > coalesce($at, $known_on, toString(date()))
WITH told, maker, w, earlier ORDER BY w.id
WITH told, maker, collect(DISTINCT w.id) AS weapons, collect(DISTINCT earlier.id) AS not_yet
WITH told, collect(maker.id) AS known, collect(CASE WHEN maker IS NOT NULL THEN {actor: maker, phase: 'actual', how: 'maker', certainty: 'catalogue', confidence: null, since: null, since_from: null,
     suppliers: [], weapons: weapons, batches: null, support: null, first_reported: null, last_reported: null, episodes: [], claims: [], not_yet: not_yet} END) AS makers
UNWIND told + [one IN makers WHERE NOT any(earlier IN one.not_yet WHERE earlier IN known)] AS row
// Grouped, although each is alone: else Neo4j sorts them with the whole list beside each.
WITH row.actor AS actor, row.phase AS phase, row.how AS how, row.certainty AS certainty, collect(row)[0] AS row
RETURN actor.id AS actor, actor.name AS actor_name, phase, how, row.since_from AS since_from, row.since AS since,
       row.suppliers AS suppliers, row.weapons AS weapons, row.batches AS batches, certainty, row.confidence AS confidence, row.support AS support,
       row.first_reported AS first_reported, row.last_reported AS last_reported, row.episodes AS episodes, row.claims AS claims
ORDER BY CASE certainty WHEN 'alleged' THEN 1 ELSE 0 END, CASE phase WHEN 'actual' THEN 0 WHEN 'committed' THEN 1 WHEN 'proposed' THEN 2 ELSE 3 END, actor, how, certainty
