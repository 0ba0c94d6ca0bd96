// ---
// name: instrument_usage
// title: How an instrument was used
// answers: How often and against whom was CAATSA used or only threatened, and over which weapon? In the order of time, so the first row of a target is its first time.
// parameters:
//   - name: instrument
//     type: instrument
//     required: true
//     doc: The statute, order, resolution or programme.
//     example: CAATSA
//   - from
//   - to
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
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: episode, doc: Id of the round.}
//   - {name: claims, doc: Ids of its claims.}
// ---
MATCH (e:Episode)-[:UNDER]->(:Instrument {id: $instrument}), (e)-[:OBJECT]->(t:Actor)
WHERE e.frame IN ['sanction', 'exclude'] AND e.status <> 'claimed' AND e.support >= $min_support
OPTIONAL MATCH (e)-[:SUBJECT]->(s:Actor)
WITH e, t, s,
     CASE
       WHEN e.status IN ['actual', 'suspended', 'ended'] THEN 'imposed'
       WHEN e.status = 'committed' THEN 'decided'
       WHEN e.status = 'proposed' THEN 'threatened'
       ELSE 'waived'
     END AS use
MATCH (e)<-[:ABOUT]-(c:Claim)
WHERE c.retired_at IS NULL AND c.assertion = 'asserted'
OPTIONAL MATCH (c)-[:WEAPON]->(w:Weapon)
WITH e, t, s, use, c, w, CASE WHEN c.date_from > substring(c.published, 0, 10) OR (c.date_from IS NULL AND c.date_to IS NULL AND coalesce(c.basis, '') <> 'before') THEN substring(c.published, 0, 10) ELSE c.date_from END AS earliest,
     CASE WHEN c.date_to IS NULL OR c.date_to > substring(c.published, 0, 10) THEN substring(c.published, 0, 10) ELSE c.date_to END AS last,
     (use = 'imposed' AND c.phase = 'actual') OR (use = 'decided' AND c.phase = 'committed')
       OR (use = 'threatened' AND c.phase = 'proposed') OR (use = 'waived' AND c.phase = 'stopped') AS counts
ORDER BY c.id, w.id
WITH e, t, s, use, collect(DISTINCT c.id) AS claims, collect(DISTINCT w.id) AS over,
     collect(CASE WHEN counts THEN earliest END) AS firsts, min(CASE WHEN counts THEN last END) AS date_to
WITH *, reduce(best = null, first IN firsts | CASE WHEN first <= date_to AND (best IS NULL OR first > best) THEN first ELSE best END) AS date_from
WITH *, CASE
       WHEN ($from IS NOT NULL AND date_to < $from) OR ($to IS NOT NULL AND date_from > $to) THEN 'no'
       WHEN ($from IS NULL OR date_from >= $from) AND ($to IS NULL OR date_to <= $to) THEN 'yes'
       WHEN date_to IS NULL THEN 'unknown'
       ELSE 'possibly'
     END AS certainty
WHERE certainty <> 'no'
RETURN t.id AS target, t.name AS target_name, s.id AS sender, s.name AS sender_name, use, date_from, date_to, over, e.status AS status, certainty,
       e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, e.id AS episode, claims
ORDER BY coalesce(date_to, ''), target, episode
