// ---
// name: sanction_history
// title: All rounds of sanctions between two
// answers: What was threatened, imposed, extended, eased, lifted and re-imposed between this sender and this target? One row a step; the steps of one round share an episode.
// parameters:
//   - sender
//   - name: target
//     type: actor
//     required: true
//     doc: Who is hit or threatened.
//     example: Turkey
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: episode, doc: Id of the round.}
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: target, doc: Id of the target.}
//   - {name: step, doc: "The stage: threatened, completed (imposed), ongoing (in force, extended), suspended, ended (lifted, dropped) …"}
//   - {name: partial, doc: "True where only a part of the sanctions took this step, such as easing."}
//   - {name: date_from, doc: First day on which the step can have been taken.}
//   - {name: date_to, doc: Last day; null where undated.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: measure, doc: Kind of sanction.}
//   - {name: outcome, doc: What became of the round as far as known.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether the step falls into the period; alleged, denied or conditional."}
//   - {name: support, doc: Independent origins of the step.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
MATCH (e:Episode {frame: 'sanction'})-[:OBJECT]->(t:Actor {id: $target})
OPTIONAL MATCH (e)-[:SUBJECT]->(s:Actor)
WITH e, s, t
WHERE $sender IS NULL OR s.id = $sender
OPTIONAL MATCH (e)-[:UNDER]->(i:Instrument)
WITH e, s, t, min(i.id) AS instrument
MATCH (e)<-[:ABOUT]-(c:Claim)<-[:REPORTS]-(a:Article)
WHERE c.retired_at IS NULL AND ($alleged OR c.assertion = 'asserted')
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
WITH e, s, t, instrument, c, a, o,
     CASE WHEN c.date_from > substring(c.published, 0, 10) OR (c.date_from IS NULL AND c.date_to IS NULL AND coalesce(c.basis, '') <> 'before') THEN substring(c.published, 0, 10) ELSE c.date_from END AS earliest,
     CASE WHEN c.date_to IS NULL OR c.date_to > substring(c.published, 0, 10) THEN substring(c.published, 0, 10) ELSE c.date_to END AS last
ORDER BY c.id
WITH e, s, t, instrument, c.stage AS step, c.assertion AS assertion, coalesce(c.partial, false) AS partial, c.date_from AS date_from, c.date_to AS date_to,
     min(earliest) AS earliest, min(last) AS last, count(DISTINCT coalesce(a.origin, o.id, a.id)) AS support, min(substring(c.published, 0, 10)) AS first_reported,
     max(substring(c.published, 0, 10)) AS last_reported, collect(c.id) AS claims
WITH *, CASE
       WHEN ($from IS NOT NULL AND last < $from) OR ($to IS NOT NULL AND earliest > $to) THEN 'no'
       WHEN assertion <> 'asserted' THEN assertion
       WHEN ($from IS NULL OR earliest >= $from) AND ($to IS NULL OR last <= $to) THEN 'yes'
       WHEN last IS NULL THEN 'unknown'
       ELSE 'possibly'
     END AS certainty
WHERE certainty <> 'no' AND support >= $min_support
RETURN e.id AS episode, s.id AS sender, t.id AS target, step, partial, date_from, date_to, instrument, e.measure AS measure, e.status AS outcome,
       certainty, support, first_reported, last_reported, claims
ORDER BY coalesce(last, ''), episode, first_reported, step, claims[0]
