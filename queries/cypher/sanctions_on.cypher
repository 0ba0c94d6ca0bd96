// ---
// name: sanctions_on
// title: All sanctions on an actor and its own
// answers: Everything that hits Russia, and apart from that what hits its banks, companies and officials. One row a spell and link; rounds are not merged.
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
//   - alleged
//   - min_support
// columns:
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: sender_name, doc: Name of the sender.}
//   - {name: hit, doc: Id of the one hit.}
//   - {name: hit_name, doc: Name of the one hit.}
//   - {name: link, doc: "itself, based in, or the office held."}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: measure, doc: Kind of sanction.}
//   - {name: scope, doc: "state, sector, group, persons or entity."}
//   - {name: since_from, doc: First day on which it can have begun.}
//   - {name: since, doc: Day by which it had surely begun.}
//   - {name: until_from, doc: First day on which it can have ended.}
//   - {name: until, doc: Day by which it had surely ended; null where no end is known.}
//   - {name: status, doc: "actual, suspended, ended; claimed with alleged."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it was in force on the day asked about, or ever; alleged."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the round of sanctions.}
//   - {name: claims, doc: Ids of its claims.}
// ---
MATCH (t:Actor {id: $target})
CALL {
  WITH t
  RETURN t AS hit, 'itself' AS link, null AS office_from, null AS office_until
  UNION
  WITH t
  MATCH (hit:Actor)-[:BASED_IN]->(t)
  WHERE $roll_up
  RETURN hit, 'based in' AS link, null AS office_from, null AS office_until
  UNION
  WITH t
  MATCH (hit:Person)-[held:HELD_OFFICE]->(t)
  WHERE $roll_up
  RETURN hit, held.title AS link, held.since AS office_from, held.until AS office_until
}
MATCH (e:Episode {frame: 'sanction'})-[:OBJECT]->(hit)
WHERE ((e.status IN ['actual', 'suspended', 'ended'] AND e.support >= $min_support) OR ($alleged AND e.status = 'claimed'))
  AND (office_from IS NULL OR e.since IS NULL OR office_from <= e.since)
  AND (office_until IS NULL OR e.since IS NULL OR office_until >= e.since)
OPTIONAL MATCH (e)-[:SUBJECT]->(s:Actor)
OPTIONAL MATCH (e)-[:UNDER]->(i:Instrument)
WITH e, s, hit, link, min(i.id) AS instrument
WHERE $sender IS NULL OR s.id = $sender
MATCH (e)<-[:ABOUT]-(c:Claim)
WHERE c.retired_at IS NULL
WITH e, s, hit, link, instrument, c
ORDER BY c.id
WITH e, s, hit, link, instrument, collect(c.id) AS claims,
     CASE
       WHEN e.status = 'claimed' THEN 'alleged'
       WHEN $at IS NULL THEN 'yes'
       WHEN e.until <= $at OR coalesce(e.since_from, '') > $at THEN 'no'
       WHEN e.until_from <= $at THEN 'possibly'
       WHEN e.since <= $at THEN 'yes'
       WHEN e.since IS NULL AND e.since_from IS NULL AND e.until IS NULL THEN 'unknown'
       ELSE 'possibly'
     END AS certainty
WHERE certainty <> 'no'
RETURN s.id AS sender, s.name AS sender_name, hit.id AS hit, hit.name AS hit_name, link, instrument, e.measure AS measure, e.scope AS scope,
       e.since_from AS since_from, e.since AS since, e.until_from AS until_from, e.until AS until, e.status AS status, certainty,
       e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, e.id AS episode, claims
ORDER BY CASE link WHEN 'itself' THEN 0 ELSE 1 END, coalesce(since, until, ''), episode, link
