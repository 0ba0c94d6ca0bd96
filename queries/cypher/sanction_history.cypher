// ---
// name: sanction_history
// title: All rounds of sanctions between two
// answers: What was threatened, imposed, extended, eased, lifted and re-imposed between this sender and this target? One row a step; the steps of one round share an episode.
// episodes:
//   frames: [sanction]
//   support_of: row
//   roles: {target: OBJECT, sender: SUBJECT, instrument: UNDER}
// parameters:
//   - sender
//   - name: target
//     type: actor
//     required: true
//     doc: Who is hit or threatened.
//     example: Turkey
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: episode, doc: Id of the round.}
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: target, doc: Id of the target.}
//   - {name: step, doc: "The stage: threatened, completed (imposed), ongoing (in force, extended), suspended, ended (lifted, dropped) …"}
//   - {name: partial, doc: "True where only a part of the sanctions took this step: eased, or lifted from persons, firms or a sector."}
//   - {name: date_from, doc: First day on which the step can have been taken.}
//   - {name: date_to, doc: Last day; null where undated.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: measure, doc: Kind of sanction.}
//   - {name: outcome, doc: What became of the round as far as known.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether the step falls into the period; alleged, denied or conditional."}
//   - {name: confidence, doc: "How surely the surest claim of the step is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins of the step.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
MATCH (c)<-[:REPORTS]-(a:Article)
WHERE ($alleged OR c.assertion = 'asserted') AND fit > 0 AND ($at IS NULL OR coalesce(first, '') <= $at)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
WITH e, target, sender, instrument, c, day, first, last, fit, promised, a, o, c.basis = 'publication' OR (c.date_from IS NULL AND c.date_to IS NULL) AS undated
ORDER BY c.id
WITH e, target, sender, instrument, c.stage AS step, c.assertion AS assertion,
     coalesce(c.partial, c.stage IN ['ended', 'suspended'] AND c.scope <> 'state' AND e.scope = 'state' AND coalesce(last < e.until, true), false) AS partial,
     CASE WHEN undated THEN null ELSE first END AS date_from, CASE WHEN undated THEN null ELSE last END AS date_to,
     min(last) AS moment, max(fit) AS fit, max(c.confidence) AS confidence, count(DISTINCT coalesce(a.origin, o.id, a.id)) AS support,
     min(day) AS first_reported, max(day) AS last_reported, collect(c.id) AS claims
WHERE support >= $min_support
RETURN e.id AS episode, sender.id AS sender, target.id AS target, step, partial, date_from, date_to, instrument.id AS instrument, e.measure AS measure,
       e.status AS outcome,
       CASE WHEN assertion <> 'asserted' THEN assertion WHEN fit = 1 THEN 'unknown' WHEN fit = 2 OR coalesce(moment > $at, false) THEN 'possibly' ELSE 'yes' END AS certainty,
       confidence, support, first_reported, last_reported, claims
ORDER BY coalesce(moment, ''), episode, first_reported, step, claims[0]
