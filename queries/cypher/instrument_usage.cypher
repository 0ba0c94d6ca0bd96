// ---
// name: instrument_usage
// title: How an instrument was used
// answers: How often and against whom was CAATSA used or only threatened, and over which weapon? In the order of time, so the first row of a target is its first time.
// episodes:
//   frames: [sanction, exclude]
//   roles: {instrument: UNDER, target: OBJECT, sender: SUBJECT}
// parameters:
//   - name: instrument
//     type: instrument
//     required: true
//     doc: The statute, order, resolution or programme.
//     example: CAATSA
//   - sender
//   - target
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: target, doc: Id of the target.}
//   - {name: target_name, doc: Name of the target.}
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: sender_name, doc: Name of the sender.}
//   - {name: use, doc: "imposed, decided, threatened or waived (dropped, cancelled)."}
//   - {name: date_from, doc: First day on which it can have happened.}
//   - {name: date_to, doc: Day by which it surely had.}
//   - {name: over, doc: Ids of the weapons behind it.}
//   - {name: status, doc: Status of the round as far as known.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it falls into the period."}
//   - {name: confidence, doc: "How surely the surest claim of this use is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: episode, doc: Id of the round.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH *, CASE
       WHEN e.status = 'claimed' THEN 'alleged'
       WHEN e.status IN ['dropped', 'cancelled'] AND ($at IS NULL OR e.until <= $at) THEN 'waived'
       ELSE 'open'
     END AS end
WHERE counts AND ($at IS NULL OR coalesce(first, '') <= $at)
OPTIONAL MATCH (c)-[:WEAPON]->(w:Weapon)
OPTIONAL MATCH (c)-[:BECAUSE_OF]->(:Claim)-[:WEAPON]->(cause:Weapon)
WITH e, target, sender, end, c, first, last, rank, fit, sureness, coalesce(w.id, cause.id) AS weapon
ORDER BY c.id, weapon
WITH e, target, sender, end, collect(DISTINCT c.id) AS claims, collect(DISTINCT weapon) AS over,
     collect({rank: rank, first: first, last: last, fit: fit, sureness: sureness}) AS steps, max(rank) AS reached
WITH *, CASE WHEN end = 'waived' THEN 0 ELSE reached END AS wanted
WITH *, [s IN steps WHERE s.rank = wanted] AS steps
WITH *, reduce(best = null, s IN steps | CASE WHEN best IS NULL OR s.last < best THEN s.last ELSE best END) AS date_to,
     reduce(best = null, s IN steps | CASE WHEN best IS NULL OR s.sureness > best THEN s.sureness ELSE best END) AS confidence,
     reduce(best = 0, s IN steps | CASE WHEN s.fit > best THEN s.fit ELSE best END) AS fit
WHERE fit > 0 AND reached > 0
RETURN target.id AS target, target.name AS target_name, sender.id AS sender, sender.name AS sender_name,
       CASE wanted WHEN 0 THEN 'waived' WHEN 1 THEN 'threatened' WHEN 2 THEN 'decided' ELSE 'imposed' END AS use,
       reduce(best = null, s IN steps | CASE WHEN s.first <= date_to AND (best IS NULL OR s.first > best) THEN s.first ELSE best END) AS date_from, date_to,
       over, e.status AS status,
       CASE WHEN end = 'alleged' THEN 'alleged' WHEN fit = 1 THEN 'unknown' WHEN fit = 2 OR coalesce(date_to > $at, false) THEN 'possibly' ELSE 'yes' END AS certainty,
       confidence, e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, e.id AS episode, claims
ORDER BY coalesce(date_to, ''), target, episode
