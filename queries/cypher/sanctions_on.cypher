// ---
// name: sanctions_on
// title: All sanctions on an actor and its own
// answers: Everything that hits Russia, and apart from that what hits its banks, companies and officials. One row a spell and link; rounds are not merged.
// episodes:
//   frames: [sanction]
//   roles: {hit: OBJECT, sender: SUBJECT, instrument: UNDER}
//   belonging: {hit: target}
// parameters:
//   - name: target
//     type: actor
//     required: true
//     doc: Who is hit.
//     example: Turkey
//   - name: roll_up
//     type: boolean
//     default: true
//     doc: Also what hits companies, bodies and persons based in the target or holding its offices at that time.
//     example: false
//   - sender
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: sender_name, doc: Name of the sender.}
//   - {name: hit, doc: Id of the one hit.}
//   - {name: hit_name, doc: Name of the one hit.}
//   - {name: link, doc: "itself, based in, or the office held, with the body where it is not the target's own."}
//   - {name: target_details, doc: "Words for the part that is meant, such as unnamed banks."}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: measure, doc: Kind of sanction.}
//   - {name: scope, doc: "state, sector, group, persons or entity."}
//   - {name: since_from, doc: First day on which it can have begun.}
//   - {name: since, doc: Day by which it had surely begun.}
//   - {name: until_from, doc: First day on which it can have ended.}
//   - {name: until, doc: Day by which it had surely ended; null where no end is known.}
//   - {name: status, doc: "actual, suspended, ended; claimed with alleged."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it was in force on the day asked about, or ever; alleged."}
//   - {name: confidence, doc: "How surely the surest claim that it was imposed, in force or ended is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the round of sanctions.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH e, hit, sender, instrument, c, last, rank, sureness, fit, held, halts, c.assertion = 'asserted' AS asserted
WHERE e.status IN ['actual', 'suspended', 'ended', 'claimed'] AND ($roll_up OR hit.id = $target)
ORDER BY c.id
WITH e, hit, sender, instrument, held, collect(c.id) AS claims, max(fit) AS fit, collect(DISTINCT c.target_detail) AS details,
     max(CASE WHEN rank IN [0, 3] THEN sureness END) AS confidence,
     max(CASE WHEN halts AND last <= $at THEN last END) AS suspended,
     max(CASE WHEN rank = 3 AND asserted AND last <= $at THEN last END) AS in_effect
WHERE fit > 0
OPTIONAL MATCH (hit)-[:BASED_IN*1..2]->(based:Actor {id: $target})
OPTIONAL MATCH (hit)-[office:HELD_OFFICE]->(body:Actor)-[:BASED_IN*0..1]->(:Actor {id: $target})
WHERE (office.since IS NULL OR e.since IS NULL OR office.since <= e.since) AND (office.until IS NULL OR e.since IS NULL OR office.until >= e.since)
WITH e, hit, sender, instrument, held, claims, details, confidence, fit, suspended, in_effect, based,
     office.title + CASE WHEN body.id = $target THEN '' ELSE ', ' + body.name END AS title ORDER BY title
WITH e, hit, sender, instrument, held, claims, details, confidence, fit, suspended, in_effect, based, collect(DISTINCT title) AS offices
WITH *, CASE WHEN hit.id = $target THEN ['itself'] WHEN based IS NOT NULL THEN ['based in'] + offices ELSE offices END AS links
UNWIND links AS link
WITH *, CASE
       WHEN e.status = 'claimed' THEN 'alleged'
       WHEN suspended >= coalesce(in_effect, '') THEN 'no'
       WHEN held = 'yes' AND fit = 2 THEN 'possibly'
       WHEN held = 'yes' AND fit = 1 THEN 'unknown'
       ELSE held
     END AS certainty
WHERE certainty <> 'no'
RETURN sender.id AS sender, sender.name AS sender_name, hit.id AS hit, hit.name AS hit_name, link, details AS target_details,
       instrument.id AS instrument, e.measure AS measure, e.scope AS scope,
       e.since_from AS since_from, e.since AS since, e.until_from AS until_from, e.until AS until, e.status AS status, certainty,
       confidence, e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, e.id AS episode, claims
ORDER BY CASE link WHEN 'itself' THEN 0 ELSE 1 END, coalesce(since, until, ''), episode, link
