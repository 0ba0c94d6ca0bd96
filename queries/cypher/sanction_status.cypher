// ---
// name: sanction_status
// title: Under sanctions on a day
// answers: Was Turkey under US sanctions on 30 June 2019? Under what, how far, and how sure are we? One row a spell; a spell in force has answer yes. Without any spell known there is one row, unknown.
// parameters:
//   - sender
//   - name: target
//     type: actor
//     required: true
//     doc: Who may be under sanctions.
//     example: Turkey
//   - name: at
//     type: day
//     required: true
//     doc: The day asked about.
//     example: "2019-06-30"
//   - alleged
//   - min_support
// columns:
//   - {name: answer, doc: "yes, possibly, no or unknown, over all spells."}
//   - {name: in_force, doc: "yes, possibly, no or unknown, for this spell."}
//   - {name: sender, doc: Id of the sender; null where no report names one (then never more than possibly in answer to a question about one sender).}
//   - {name: sender_name, doc: Name of the sender.}
//   - {name: target, doc: Id of the target.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: measure, doc: Kind of sanction.}
//   - {name: scope, doc: "state, sector, group, persons or entity: how far it goes."}
//   - {name: status, doc: Status of the spell as far as known today.}
//   - {name: since_from, doc: First day on which it can have begun.}
//   - {name: since, doc: Day by which it had surely begun.}
//   - {name: until_from, doc: First day on which it can have ended.}
//   - {name: until, doc: Day by which it had surely ended; null where no end is known.}
//   - {name: last_confirmed, doc: Day of the last report that it was imposed or in force.}
//   - {name: certainty, doc: "asserted, or alleged where nobody establishes it."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: denials, doc: Origins that tell of a denial.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the round of sanctions.}
//   - {name: claims, doc: Ids of its claims.}
// ---
MATCH (t:Actor {id: $target})
OPTIONAL MATCH (e:Episode {frame: 'sanction'})-[:OBJECT]->(t)
WHERE (e.status IN ['actual', 'suspended', 'ended'] AND e.support >= $min_support) OR ($alleged AND e.status = 'claimed')
OPTIONAL MATCH (e)-[:SUBJECT]->(s:Actor)
OPTIONAL MATCH (e)-[:UNDER]->(i:Instrument)
OPTIONAL MATCH (e)<-[:ABOUT]-(c:Claim)
WHERE c.retired_at IS NULL
WITH t, e, s, i, c
ORDER BY c.id
WITH t, e, s, min(i.id) AS instrument, collect(DISTINCT c.id) AS claims,
     max(CASE WHEN c.phase = 'actual' AND c.assertion = 'asserted' THEN substring(c.published, 0, 10) END) AS last_confirmed,
     max(CASE WHEN c.stage = 'suspended' AND c.assertion = 'asserted' THEN CASE WHEN c.date_to IS NULL OR c.date_to > substring(c.published, 0, 10) THEN substring(c.published, 0, 10) ELSE c.date_to END END) AS suspended
WITH t, e, s, instrument, claims, last_confirmed,
     CASE
       WHEN e IS NULL OR ($sender IS NOT NULL AND s.id <> $sender) THEN 'other'
       WHEN e.status = 'claimed' THEN 'unknown'
       WHEN e.until <= $at OR coalesce(e.since_from, '') > $at THEN 'no'
       WHEN e.status = 'suspended' AND suspended <= $at THEN 'no'
       WHEN e.until_from <= $at THEN 'possibly'
       WHEN e.since <= $at AND s IS NULL AND $sender IS NOT NULL THEN 'possibly'
       WHEN e.since <= $at THEN 'yes'
       WHEN e.since IS NULL AND e.since_from IS NULL AND e.until IS NULL THEN 'unknown'
       ELSE 'possibly'
     END AS in_force
WITH t, collect(CASE WHEN in_force <> 'other' THEN {e: e, s: s, i: instrument, claims: claims, last: last_confirmed, in_force: in_force} END) AS spells
WITH t, spells, [spell IN spells | spell.in_force] AS all
WITH t, CASE WHEN size(spells) = 0 THEN [null] ELSE spells END AS spells,
     CASE WHEN 'yes' IN all THEN 'yes' WHEN 'possibly' IN all THEN 'possibly' WHEN 'no' IN all THEN 'no' ELSE 'unknown' END AS answer
UNWIND spells AS spell
WITH t, answer, spell, spell.e AS e, spell.s AS s
RETURN answer, coalesce(spell.in_force, 'unknown') AS in_force, s.id AS sender, s.name AS sender_name, t.id AS target,
       spell.i AS instrument, e.measure AS measure, e.scope AS scope, e.status AS status,
       e.since_from AS since_from, e.since AS since, e.until_from AS until_from, e.until AS until, spell.last AS last_confirmed,
       CASE WHEN e.status = 'claimed' THEN 'alleged' WHEN e IS NOT NULL THEN 'asserted' END AS certainty,
       e.support AS support, e.denials AS denials, e.first_reported AS first_reported, e.last_reported AS last_reported,
       e.id AS episode, coalesce(spell.claims, []) AS claims
ORDER BY CASE in_force WHEN 'yes' THEN 0 WHEN 'possibly' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END, coalesce(since, until, ''), episode
