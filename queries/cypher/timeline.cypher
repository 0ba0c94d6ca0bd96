// ---
// name: timeline
// title: The story of a pair
// answers: What happened and was said between the United States and Turkey, in order? Both directions; one line is one step of one episode, however many articles tell it and in whatever words.
// episodes:
//   frames: [transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background]
//   support_of: row
//   roles:
//     one: [SUBJECT, OBJECT, SUPPLIER, RECIPIENT, TARGET, PROGRAMME, WEAPON, UNDER]
//     other: [SUBJECT, OBJECT, SUPPLIER, RECIPIENT, TARGET, PROGRAMME, WEAPON, UNDER]
//   belonging: {one: a, other: b}
//   where: "($frame IS NULL OR e.frame = $frame) AND ($a IS NOT NULL OR $episode IS NOT NULL)"
// parameters:
//   - name: a
//     type: entity
//     doc: One of the two; needed unless an episode is given.
//     example: United States
//   - name: b
//     type: entity
//     doc: The other; with anybody if left out.
//     example: Turkey
//   - name: episode
//     type: episode
//     doc: Only this episode.
//     example: sanction/USA/presidency-of-defense-industries/2020-12-14/caatsa
//   - name: roll_up
//     type: boolean
//     default: false
//     doc: Also what their companies, bodies and people do and suffer, and what is told of a weapon's variants.
//     example: true
//   - name: frame
//     type: choice
//     values: [transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background]
//     doc: Only this kind of event.
//     example: sanction
//   - from
//   - to
//   - known_on
//   - as_recorded
//   - min_support
// then: timeline
// needs: [[a], [episode]]
// columns:
//   - {name: date_from, doc: First day on which it can have happened; null where open.}
//   - {name: date_to, doc: Day by which it surely had; the day of the report where the article gives no date.}
//   - {name: event_date, doc: "Its date as told (EDTF), also one still to come; null where none is."}
//   - {name: frame, doc: Kind of event.}
//   - {name: who, doc: Id of who does it; null where no report says.}
//   - {name: did, doc: Predicate as first worded.}
//   - {name: what, doc: Id of the object as first worded.}
//   - {name: with, doc: "Ids of the other parties, weapons and instruments."}
//   - {name: stage, doc: Stage told.}
//   - {name: assertion, doc: "asserted, alleged, denied or conditional."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it falls into the period; alleged, denied or conditional."}
//   - {name: confidence, doc: "How surely the surest claim of the step is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: status, doc: Where its episode stands as far as known.}
//   - {name: support, doc: Independent origins that tell it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: quote, doc: Words of the first report.}
//   - {name: outlet, doc: Id of the outlet of the first report.}
//   - {name: url, doc: Address of the first report.}
//   - {name: episode, doc: Id of the episode.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH e, c, day, first, last, fit, CASE WHEN c.basis = 'before' THEN rank END AS before
WHERE fit > 0
OPTIONAL MATCH (c)<-[:REPORTS]-(article:Article)
WHERE $min_support > 1
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(o:Outlet)
WITH e, c, day, first, last, fit, before, coalesce(article.origin, o.id, article.id) AS origin
ORDER BY day, c.id
WITH e, c.stage AS stage, c.assertion AS assertion, c.event_date AS event_date, min(first) AS date_from, min(last) AS date_to,
     c.date_from AS told_from, c.date_to AS told_to, before,
     max(fit) AS fit, min(day) AS first_reported, max(day) AS last_reported, count(DISTINCT origin) AS origins, max(c.confidence) AS confidence, collect(c.id) AS claims
WHERE $min_support <= 1 OR origins >= $min_support
RETURN date_from, date_to, event_date, e.frame AS frame, stage, assertion,
       CASE
         WHEN assertion <> 'asserted' THEN assertion
         WHEN fit = 3 THEN 'yes'
         WHEN fit = 1 THEN 'unknown'
         ELSE 'possibly'
       END AS certainty,
       confidence, e.status AS status, first_reported, last_reported, e.id AS episode, claims
ORDER BY coalesce(date_to, ''), first_reported, episode, stage, assertion, claims[0]
SKIP $offset LIMIT $limit
