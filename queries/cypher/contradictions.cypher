// ---
// name: contradictions
// title: Where sources contradict each other
// answers: "Where do sources contradict each other: done or not done, who did it, how many, for how much? One row a dispute: side a says that it is so, or gives one figure, side b denies it, or gives another."
// episodes:
//   frames: [transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background]
//   roles:
//     actor: [SUBJECT, OBJECT, SUPPLIER, RECIPIENT, TARGET]
//     weapon: WEAPON
//     target: TARGET
//   pages: {by: first_reported, row: since}
// parameters:
//   - name: actor
//     type: actor
//     doc: Who takes part in it.
//     example: Iran
//   - weapon
//   - from
//   - to
//   - known_on
//   - as_recorded
//   - min_support
// then: disputes
// columns:
//   - {name: episode, doc: Id of the episode.}
//   - {name: dispute, doc: "whether (it is so), how many, how much, or who (each says that the other did it)."}
//   - {name: stage, doc: "Stage in dispute: what is denied, or what the figures are of."}
//   - {name: a, doc: "What side a says: the stage most advanced, the figure, or who did it."}
//   - {name: a_speakers, doc: Ids of who says so; without those whose own words are the outlet's.}
//   - {name: a_outlets, doc: Ids of the outlets that report it.}
//   - {name: a_first, doc: Day of its first report.}
//   - {name: a_last, doc: Day of its last report.}
//   - {name: a_support, doc: Independent origins.}
//   - {name: b, doc: What side b says.}
//   - {name: b_speakers, doc: Ids of who says so.}
//   - {name: b_outlets, doc: Ids of the outlets that report it.}
//   - {name: b_first, doc: Day of its first report.}
//   - {name: b_last, doc: Day of its last report.}
//   - {name: b_support, doc: Independent origins.}
//   - {name: since, doc: Day since which both sides are known.}
//   - {name: resolved, doc: Day on which who denied it said so too; null while the dispute stands.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether what is in dispute falls into the period."}
//   - {name: support, doc: Independent origins that assert the episode.}
//   - {name: first_reported, doc: Day of the first report of either side.}
//   - {name: last_reported, doc: Day of the last report of either side.}
//   - {name: claims, doc: Ids of the claims of both sides.}
// ---
WITH e, weapon, target, c, day, first, last, rank, fit
WITH e, weapon, target, max(fit) AS fit,
     sum(CASE WHEN c.assertion = 'denied' THEN 1 ELSE 0 END) AS denials,
     sum(CASE WHEN c.assertion = 'alleged' AND e.frame = 'use' THEN 1 ELSE 0 END) AS accusations,
     count(DISTINCT c.quantity_min) AS least, count(DISTINCT c.quantity_max) AS most, count(DISTINCT c.value) AS amounts,
     collect({c: c, day: day, first: first, last: last, rank: rank}) AS told
WHERE fit > 0 AND (denials > 0 OR accusations > 0 OR least > 1 OR most > 1 OR amounts > 1)
UNWIND [one IN told WHERE denials > 0 OR accusations > 0 OR one.c.quantity_min IS NOT NULL OR one.c.quantity_max IS NOT NULL OR one.c.value IS NOT NULL] AS one
WITH e, weapon, target, fit, one, one.c AS c
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
OPTIONAL MATCH (c)-[:SPEAKS_FOR]->(state:Actor)
OPTIONAL MATCH (c)-[:SUBJECT]->(s:Actor)
WITH e, weapon, target, fit, one, c, coalesce(a.origin, o.id, a.id) AS origin, o.id AS outlet, who.id AS speaker, coalesce(state.id, who.id) AS by, s.id AS subject
RETURN e.id AS episode, e.frame AS frame, weapon.id AS weapon, target.id AS target, fit, e.support AS support,
       collect({claim: c.id, day: one.day, first: one.first, last: one.last, rank: one.rank, stage: c.stage, phase: c.phase, assertion: c.assertion,
                dated: coalesce(c.basis, '') <> 'publication' AND (c.date_from IS NOT NULL OR c.date_to IS NOT NULL), partial: coalesce(c.partial, false),
                batch: c.batch, least: c.quantity_min, most: c.quantity_max, unit: c.unit, value: c.value, currency: c.currency, value_scope: c.value_scope,
                origin: origin, outlet: outlet, speaker: speaker, by: by, subject: subject, place: c.place}) AS told
ORDER BY episode
