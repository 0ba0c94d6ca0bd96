// ---
// name: treaty_status
// title: Parties to a treaty
// answers: Where does each party stand with the INF Treaty, New START or the JCPOA on this day? One row a party and treaty. Notice given is not yet out, suspended is not withdrawn, and an accusation is never a fact.
// episodes:
//   frames: [treaty]
//   support_of: row
//   roles: {treaty: OBJECT, actor: SUBJECT}
// parameters:
//   - name: treaty
//     type: instrument
//     doc: The treaty.
//     example: INF Treaty
//   - name: actor
//     type: actor
//     doc: The party.
//     example: United States
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - min_support
// columns:
//   - {name: actor, doc: Id of the party.}
//   - {name: actor_name, doc: Its name.}
//   - {name: treaty, doc: Id of the treaty.}
//   - {name: standing, doc: "party, suspended, notice given, possibly left, left, returned; unknown where no report tells of signing or leaving."}
//   - {name: signed_from, doc: First day on which it can have signed or ratified.}
//   - {name: signed, doc: Day by which it surely had.}
//   - {name: suspended_from, doc: First day on which it can have suspended its part.}
//   - {name: suspended, doc: Day by which it surely had.}
//   - {name: notified, doc: Day on which it gave notice; null where unknown.}
//   - {name: effective, doc: Day on which leaving takes effect as told; that it passes takes nobody out.}
//   - {name: left_from, doc: First day on which it can have left.}
//   - {name: left, doc: Day by which it surely had.}
//   - {name: returned, doc: Day by which it surely was back; null where nothing of that is known.}
//   - {name: accused_by, doc: Ids of those who accuse it of a violation.}
//   - {name: denied_by, doc: Ids of those who deny it.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether a step falls into the period and before the day asked about; alleged where there are only accusations."}
//   - {name: support, doc: Independent origins of the steps; of the accusation where there are none.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: episodes, doc: Ids of the episodes.}
//   - {name: claims, doc: Ids of the claims.}
// ---
MATCH (c)<-[:REPORTS]-(a:Article)
WHERE fit > 0 AND ($at IS NULL OR coalesce(first, '') <= $at)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
OPTIONAL MATCH (c)-[:SPEAKS_FOR]->(state:Actor)
WITH e, treaty, actor, c, day, first, last, fit, held, rank, coalesce(a.origin, o.id, a.id) AS origin, coalesce(state.id, who.id) AS speaker, c.assertion = 'asserted' AS asserted
WITH *, asserted AND c.predicate = 'signs' AND rank = 3 AS signing, asserted AND c.predicate = 'withdraws_from' AND rank = 3 AS leaving,
     asserted AND c.predicate = 'withdraws_from' AND c.stage = 'suspended' AS suspending,
     asserted AND c.predicate = 'withdraws_from' AND (c.notified IS NOT NULL OR c.stage IN ['planned', 'agreed', 'approved']) AS notice,
     asserted AND c.predicate = 'withdraws_from' AND c.stage IN ['ended', 'refused'] AS staying,
     c.predicate = 'violates' AND c.assertion IN ['asserted', 'alleged'] AND coalesce(speaker <> actor.id, true) AS accusing,
     (c.predicate = 'violates' AND c.assertion = 'denied') OR (c.predicate = 'complies_with' AND asserted AND speaker = actor.id) AS denying
ORDER BY e.id, c.id
WITH treaty, actor, collect(DISTINCT e.id) AS episodes, collect(c.id) AS claims,
     min(CASE WHEN signing THEN last END) AS signed, collect(CASE WHEN signing THEN first END) AS signings, collect(CASE WHEN signing THEN last END) AS signed_days,
     min(CASE WHEN leaving THEN last END) AS left, collect(CASE WHEN leaving THEN first END) AS leavings,
     min(CASE WHEN suspending THEN last END) AS suspended, collect(CASE WHEN suspending THEN first END) AS suspensions,
     min(CASE WHEN notice THEN coalesce(c.notified, CASE WHEN c.date_from > day THEN day ELSE first END) END) AS notified,
     max(CASE WHEN notice THEN coalesce(c.effective, CASE WHEN c.date_from > day THEN c.date_to END) END) AS effective,
     max(CASE WHEN staying THEN last END) AS stayed,
     collect(DISTINCT CASE WHEN accusing THEN coalesce(speaker, 'unnamed') END) AS accused_by, collect(DISTINCT CASE WHEN denying THEN speaker END) AS denied_by,
     max(CASE WHEN accusing OR denying THEN 0 ELSE fit END) AS fit, min(CASE WHEN accusing OR denying THEN '' ELSE last END) AS moment,
     count(DISTINCT CASE WHEN asserted AND accusing = false THEN origin END) AS steps, count(DISTINCT CASE WHEN accusing THEN origin END) AS accusations,
     min(day) AS first_reported, max(day) AS last_reported
WITH *, reduce(best = null, first IN signings | CASE WHEN first <= signed AND (best IS NULL OR first > best) THEN first ELSE best END) AS signed_from,
     reduce(best = null, first IN leavings | CASE WHEN first <= left AND (best IS NULL OR first > best) THEN first ELSE best END) AS left_from,
     reduce(best = null, first IN suspensions | CASE WHEN first <= suspended AND (best IS NULL OR first > best) THEN first ELSE best END) AS suspended_from,
     reduce(best = stayed, again IN signed_days | CASE WHEN again > left AND (best IS NULL OR again < best) THEN again ELSE best END) AS back
WITH *, CASE WHEN back > coalesce(left, suspended, notified) THEN back END AS returned, CASE WHEN steps > 0 THEN steps ELSE accusations END AS support
WHERE support >= $min_support
RETURN actor.id AS actor, actor.name AS actor_name, treaty.id AS treaty,
       CASE
         WHEN returned IS NOT NULL AND ($at IS NULL OR returned <= $at) THEN 'returned'
         WHEN left IS NOT NULL AND ($at IS NULL OR left <= $at) THEN 'left'
         WHEN left IS NOT NULL THEN 'possibly left'
         WHEN suspended IS NOT NULL THEN 'suspended'
         WHEN notified IS NOT NULL THEN 'notice given'
         WHEN signed IS NOT NULL THEN 'party'
         ELSE 'unknown'
       END AS standing, signed_from, signed, suspended_from, suspended, notified, effective, left_from, left, returned, accused_by, denied_by,
       CASE WHEN steps = 0 THEN 'alleged' WHEN fit = 1 THEN 'unknown' WHEN fit = 2 OR coalesce(left > $at, false) THEN 'possibly' ELSE 'yes' END AS certainty,
       support, first_reported, last_reported, episodes, claims
ORDER BY treaty, actor
