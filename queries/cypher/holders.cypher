// ---
// name: holders
// title: Who has a weapon
// answers: Who has the S-400, who has ordered it, who is thinking about it? One row an actor and phase; the maker's country and actors known only from using or deploying the weapon are listed too.
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
//   - {name: batches, doc: Number of deals.}
//   - {name: certainty, doc: yes or alleged.}
//   - {name: support, doc: Independent origins of the best supported deal.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: episodes, doc: Ids of the deals or uses.}
//   - {name: claims, doc: Ids of the claims.}
// ---
MATCH (w:Weapon)-[:VARIANT_OF|OF_CLASS*0..6]->(:Weapon {id: $weapon})
WITH collect(DISTINCT w) AS weapons
CALL {
  WITH weapons
  UNWIND weapons AS w
  MATCH (e:Episode {frame: 'transfer'})-[:WEAPON]->(w), (e)-[:RECIPIENT]->(a:Actor)
  OPTIONAL MATCH (e)-[:SUPPLIER]->(s:Actor)
  RETURN e, a, w.id AS weapon, s.id AS supplier, 'transfer' AS how
  UNION
  WITH weapons
  UNWIND weapons AS w
  MATCH (a:Actor)<-[:SUBJECT]-(e:Episode)-[:WEAPON]->(w)
  WHERE e.frame IN ['use', 'deploy', 'test'] AND e.status <> 'claimed'
  RETURN e, a, w.id AS weapon, null AS supplier, 'use' AS how
  UNION
  WITH weapons
  UNWIND weapons AS w
  MATCH (w)-[:ORIGIN]->(a:Actor)
  WHERE coalesce(w.kind, 'model') <> 'class'
  RETURN null AS e, a, w.id AS weapon, null AS supplier, 'maker' AS how
}
WITH e, a, weapon, supplier, how
WHERE e IS NULL OR (($alleged OR e.status <> 'claimed') AND e.support >= $min_support)
OPTIONAL MATCH (e)<-[:ABOUT]-(c:Claim)
WHERE c.retired_at IS NULL
WITH e, a, weapon, supplier, how, c,
     CASE
       WHEN how = 'maker' OR e.status IN ['actual', 'suspended'] THEN 'actual'
       WHEN e.status IN ['dropped', 'cancelled', 'ended'] THEN 'stopped'
       WHEN e.status = 'claimed' THEN c.phase
       ELSE e.status
     END AS phase
WITH e, a, weapon, supplier, how, phase, c, c.phase = phase AND coalesce(c.date_from > substring(c.published, 0, 10), false) = false AS counts,
     CASE WHEN c.date_from > substring(c.published, 0, 10) OR (c.date_from IS NULL AND c.date_to IS NULL AND coalesce(c.basis, '') <> 'before') THEN substring(c.published, 0, 10) ELSE c.date_from END AS earliest,
     CASE WHEN c.date_to IS NULL OR c.date_to > substring(c.published, 0, 10) THEN substring(c.published, 0, 10) ELSE c.date_to END AS last
ORDER BY a.id, e.id, c.id
WITH a, how, phase, CASE WHEN e.status = 'claimed' THEN 'alleged' ELSE 'yes' END AS certainty,
     collect(CASE WHEN counts THEN earliest END) AS firsts, min(CASE WHEN counts THEN last END) AS since,
     collect(DISTINCT supplier) AS suppliers, collect(DISTINCT weapon) AS weapons, count(DISTINCT e) AS batches,
     max(e.support) AS support, min(e.first_reported) AS first_reported, max(e.last_reported) AS last_reported,
     collect(DISTINCT e.id) AS episodes, collect(DISTINCT c.id) AS claims
WHERE $phase IS NULL OR phase = $phase
RETURN a.id AS actor, a.name AS actor_name, phase, how,
       reduce(best = null, first IN firsts | CASE WHEN first <= since AND (best IS NULL OR first > best) THEN first ELSE best END) AS since_from, since, suppliers, weapons, batches, certainty, support,
       first_reported, last_reported, episodes, claims
ORDER BY certainty DESC, CASE phase WHEN 'actual' THEN 0 WHEN 'committed' THEN 1 WHEN 'proposed' THEN 2 ELSE 3 END, actor, how
