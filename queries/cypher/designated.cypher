// ---
// name: designated
// title: Designated persons, companies and bodies
// answers: Which officials, companies, public bodies and armed groups were designated, in what office, under what, and are they still? Only those named; that officials of a state were hit designates nobody by name, nor the state.
// episodes:
//   frames: [sanction]
//   roles: {hit: OBJECT, sender: SUBJECT, instrument: UNDER}
//   belonging: {hit: country}
//   where: "hit IS NOT NULL AND NOT 'Country' IN labels(hit) AND e.status IN ['committed', 'actual', 'suspended', 'ended', 'claimed']"
// parameters:
//   - name: country
//     type: actor
//     doc: Only those who are based there or held an office of it.
//     example: Turkey
//   - sender
//   - name: instrument
//     type: instrument
//     doc: Only those designated under it.
//     example: CAATSA
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: hit, doc: Id of the one designated.}
//   - {name: name, doc: Name of the one designated.}
//   - {name: kind, doc: "Person, Company, Organization or ArmedGroup."}
//   - {name: offices, doc: "Offices held on the day asked about, else when it began, with the body where they are not of a state; empty where none is known."}
//   - {name: countries, doc: Ids of the countries it belongs to.}
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: measure, doc: Kind of sanction.}
//   - {name: since_from, doc: First day on which it can have begun.}
//   - {name: since, doc: Day by which it had surely begun; null where it is only announced.}
//   - {name: until_from, doc: First day on which it can have ended.}
//   - {name: until, doc: Day by which it had surely ended; null where no end is known.}
//   - {name: status, doc: "committed (announced), actual, suspended, ended; claimed with alleged."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it held on the day asked about, and can have fallen into the period; alleged."}
//   - {name: confidence, doc: "How surely the surest claim that it was announced, imposed, in force or ended is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the round of sanctions.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH *
WHERE held <> 'no'
WITH e, hit, sender, instrument, c, rank, fit, held, counts, sureness, CASE WHEN c.assertion = 'asserted' AND last <= $at THEN last END AS told, halts
ORDER BY c.id
WITH e, hit, sender, instrument, held, collect(c.id) AS claims, max(CASE WHEN counts THEN fit ELSE 0 END) AS fit,
     max(CASE WHEN rank <> 1 THEN sureness END) AS confidence,
     max(CASE WHEN halts THEN told END) AS suspended, max(CASE WHEN rank = 3 THEN told END) AS in_effect
WHERE fit > 0 AND coalesce(suspended < coalesce(in_effect, ''), suspended IS NULL)
OPTIONAL MATCH (hit)-[office:HELD_OFFICE]->(body:Actor)-[:BASED_IN*0..1]->(of:Country)
OPTIONAL MATCH (hit)-[:BASED_IN]->(country:Country)
WITH e, hit, sender, instrument, held, claims, fit, confidence, office, of, country,
     office.title + CASE WHEN body.id = of.id THEN '' ELSE ', ' + body.name END AS title, coalesce($at, e.since, e.first_reported) AS on_day
ORDER BY title, of.id, country.id
WITH e, hit, sender, instrument, held, claims, fit, confidence,
     collect(DISTINCT CASE WHEN coalesce(office.since <= on_day, true) AND coalesce(office.until >= on_day, true) THEN title END) AS offices,
     collect(DISTINCT of.id) AS held_in, collect(DISTINCT country.id) AS based
RETURN hit.id AS hit, hit.name AS name, [label IN labels(hit) WHERE label <> 'Actor'][0] AS kind, offices,
       based + [id IN held_in WHERE NOT id IN based] AS countries, sender.id AS sender, instrument.id AS instrument, e.measure AS measure,
       e.since_from AS since_from, e.since AS since, e.until_from AS until_from, e.until AS until, e.status AS status,
       CASE WHEN e.status = 'claimed' THEN 'alleged' WHEN held <> 'yes' THEN held WHEN fit = 1 THEN 'unknown' WHEN fit = 2 THEN 'possibly' ELSE 'yes' END AS certainty,
       confidence, e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, e.id AS episode, claims
ORDER BY coalesce(since, until, first_reported, ''), hit, episode
