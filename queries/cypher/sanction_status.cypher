// ---
// name: sanction_status
// title: Under sanctions on a day
// answers: Was Turkey under US sanctions on 30 June 2019? Under what, how far, and how sure are we? One row a spell. in_force tells of that spell, answer of all of them, so that it is the same in every row. Without any spell known there is one row, unknown.
// episodes:
//   frames: [sanction]
//   roles: {target: OBJECT, by: SUBJECT, instrument: UNDER}
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
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: answer, doc: "yes, possibly, no or unknown, over all spells; possibly at most where no plain edge rests on them (see confidence)."}
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
//   - {name: confidence, doc: "How surely the surest claim that it was imposed, in force or ended is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: denials, doc: Origins that tell of a denial.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the round of sanctions.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH e, target, by, instrument, c, day, last, rank, sureness, held, halts, fit, c.assertion = 'asserted' AS asserted
WHERE e.status IN ['actual', 'suspended', 'ended'] OR e.status = 'claimed'
ORDER BY c.id
WITH e, target, by, instrument, held, collect(c.id) AS claims, max(fit) AS fit,
     max(CASE WHEN rank = 3 AND asserted THEN day END) AS last_confirmed,
     max(CASE WHEN rank IN [0, 3] THEN sureness END) AS confidence,
     max(CASE WHEN halts AND last <= $at THEN last END) AS suspended,
     max(CASE WHEN rank = 3 AND asserted AND last <= $at THEN last END) AS in_effect
WHERE fit > 0 AND ($sender IS NULL OR by IS NULL OR by.id = $sender)
WITH e, target, by, instrument, claims, last_confirmed, confidence,
     CASE
       WHEN e.status = 'claimed' THEN 'unknown'
       WHEN suspended >= coalesce(in_effect, '') AND held <> 'no' THEN 'no'
       WHEN held = 'yes' AND by IS NULL AND $sender IS NOT NULL THEN 'possibly'
       ELSE held
     END AS in_force
WITH collect({e: e, by: by, instrument: instrument, claims: claims, last: last_confirmed, confidence: confidence, in_force: in_force}) AS spells
WITH spells, [spell IN spells | CASE WHEN spell.in_force = 'yes' AND spell.confidence < 0.6 THEN 'possibly' ELSE spell.in_force END] AS all
WITH CASE WHEN size(spells) = 0 THEN [null] ELSE spells END AS spells,
     CASE WHEN 'yes' IN all THEN 'yes' WHEN 'possibly' IN all THEN 'possibly' WHEN 'no' IN all THEN 'no' ELSE 'unknown' END AS answer
UNWIND spells AS spell
WITH answer, spell, spell.e AS e, spell.by AS s, spell.instrument AS i
RETURN answer, coalesce(spell.in_force, 'unknown') AS in_force, s.id AS sender, s.name AS sender_name, $target AS target,
       i.id AS instrument, e.measure AS measure, e.scope AS scope, e.status AS status,
       e.since_from AS since_from, e.since AS since, e.until_from AS until_from, e.until AS until, spell.last AS last_confirmed,
       CASE WHEN e.status = 'claimed' THEN 'alleged' WHEN e IS NOT NULL THEN 'asserted' END AS certainty,
       spell.confidence AS confidence, e.support AS support, e.denials AS denials, e.first_reported AS first_reported, e.last_reported AS last_reported,
       e.id AS episode, coalesce(spell.claims, []) AS claims
ORDER BY CASE in_force WHEN 'yes' THEN 0 WHEN 'possibly' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END, coalesce(since, until, ''), episode
