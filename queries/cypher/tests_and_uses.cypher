// ---
// name: tests_and_uses
// title: Tests and uses of weapons
// answers: Which nuclear and missile tests did North Korea carry out, year by year, and who used drones or chemical weapons against whom? One row an event, that is an actor, weapon, target and day; two missiles on one day are one. What was announced did not happen.
// episodes:
//   frames: [test, use]
//   support_of: row
//   roles: {weapon: WEAPON, target: TARGET, actor: SUBJECT}
//   pages: {row: place}
// parameters:
//   - name: actor
//     type: actor
//     doc: Who tested or used it.
//     example: North Korea
//   - weapon
//   - name: target
//     type: entity
//     doc: Against whom or what it was used.
//     example: Ukraine
//   - name: kind
//     type: choice
//     values: [test, use]
//     doc: Only tests or only uses.
//     example: test
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: kind, doc: test or use.}
//   - {name: actor, doc: Id of who did it.}
//   - {name: actor_name, doc: Name of who did it.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: weapon_name, doc: Name of the weapon.}
//   - {name: target, doc: Id of the target; null where none is told.}
//   - {name: year, doc: "Year, or unknown."}
//   - {name: date_from, doc: First day on which it can have been; null where unknown.}
//   - {name: date_to, doc: Day by which it surely was.}
//   - {name: places, doc: Places told; the rules read none.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it falls into the period, and was by the day asked about; alleged where nobody establishes it."}
//   - {name: accusers, doc: Ids of those who allege it.}
//   - {name: deniers, doc: Ids of those who deny it.}
//   - {name: confidence, doc: "How surely the surest claim of it is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it; that allege it where nobody does.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the episode.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH *
WHERE rank = 3 AND c.assertion <> 'conditional' AND ($kind IS NULL OR c.frame = $kind)
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
OPTIONAL MATCH (c)-[:SPEAKS_FOR]->(state:Actor)
WITH e, actor, weapon, target, c, day, first, last, fit, coalesce(a.origin, o.id, a.id) AS origin, coalesce(state.id, who.id) AS speaker,
     coalesce(c.basis, '') = 'publication' OR (c.date_from IS NULL AND c.date_to IS NULL) AS undated, coalesce(c.basis, '') = 'before' AND first IS NULL AS looks_back
ORDER BY c.id
WITH e, actor, weapon, target, collect({c: c, day: day, first: first, last: last, fit: fit, origin: origin, speaker: speaker, undated: undated, looks_back: looks_back,
     sure: c.assertion = 'asserted'}) AS told
WITH *, [t IN told WHERE t.first = t.last AND t.undated = false | t.last] AS days
UNWIND told AS t
// What is dated by its publication alone, or to a month or year, tells of a dated event that it can mean.
WITH e, actor, weapon, target, t, days, reduce(best = null, on IN days | CASE
       WHEN t.looks_back AND on <= t.last AND (best IS NULL OR on > best) THEN on
       WHEN t.undated AND on <= t.last AND duration.inDays(date(on), date(t.last)).days <= 6 AND (best IS NULL OR on > best) THEN on
       WHEN t.undated = false AND t.first <= on AND on <= t.last AND (best IS NULL OR on < best) THEN on
       ELSE best
     END) AS on
WITH e, actor, weapon, target, t, CASE WHEN on IS NOT NULL THEN on WHEN t.undated THEN null ELSE t.first END AS date_from, coalesce(on, t.last) AS date_to, on IS NULL OR t.undated = false AS sharp,
     on IS NULL AND t.looks_back AS ever
WITH e, actor, weapon, target, date_from, date_to, ever, collect(DISTINCT t.c.id) AS claims, collect(DISTINCT t.c.place) AS places,
     max(CASE WHEN t.c.assertion = 'denied' THEN -1 WHEN t.sure AND sharp THEN t.fit WHEN t.sure THEN 0 ELSE -1 END) AS fit,
     max(CASE WHEN t.c.assertion = 'alleged' THEN t.fit ELSE -1 END) AS alleged_fit,
     max(CASE WHEN t.sure THEN t.c.confidence END) AS told_surely, max(CASE WHEN t.c.assertion = 'alleged' THEN t.c.confidence END) AS alleged_surely,
     count(DISTINCT CASE WHEN t.sure THEN t.origin END) AS asserted, count(DISTINCT CASE WHEN t.c.assertion = 'alleged' THEN t.origin END) AS alleged,
     collect(DISTINCT CASE WHEN t.c.assertion = 'alleged' THEN t.speaker END) AS accusers,
     collect(DISTINCT CASE WHEN t.c.assertion = 'denied' THEN t.speaker END) AS deniers,
     min(t.day) AS first_reported, max(t.day) AS last_reported
WITH e, actor, weapon, target, collect({date_from: date_from, date_to: date_to, ever: ever, claims: claims, places: places, fit: fit, alleged_fit: alleged_fit, asserted: asserted,
     told_surely: told_surely, alleged_surely: alleged_surely, alleged: alleged, accusers: accusers, deniers: deniers, first_reported: first_reported, last_reported: last_reported}) AS events
WITH *, [v IN events WHERE v.asserted > 0 OR v.alleged > 0] AS happened
UNWIND happened AS v
WITH *, reduce(all = v.deniers, x IN events | CASE WHEN x.asserted = 0 AND x.alleged = 0 AND x.date_to >= v.date_to THEN all + [d IN x.deniers WHERE NOT d IN all] ELSE all END) AS deniers,
     CASE WHEN v.asserted > 0 THEN v.fit ELSE v.alleged_fit END AS fit
WHERE (v.asserted > 0 OR $alleged) AND fit > 0 AND ($at IS NULL OR coalesce(v.date_from, '') <= $at)
  AND CASE WHEN v.asserted > 0 THEN v.asserted ELSE v.alleged END >= $min_support
RETURN e.frame AS kind, actor.id AS actor, actor.name AS actor_name, weapon.id AS weapon, weapon.name AS weapon_name, target.id AS target,
       CASE WHEN v.ever THEN 'unknown' WHEN substring(coalesce(v.date_from, v.date_to), 0, 4) = substring(v.date_to, 0, 4) THEN substring(v.date_to, 0, 4) ELSE 'unknown' END AS year,
       v.date_from AS date_from, v.date_to AS date_to, v.places AS places,
       CASE WHEN v.asserted = 0 THEN 'alleged' WHEN fit = 1 THEN 'unknown' WHEN fit = 2 OR coalesce(v.date_to > $at, false) THEN 'possibly' ELSE 'yes' END AS certainty,
       v.accusers AS accusers, deniers, CASE WHEN v.asserted > 0 THEN v.told_surely ELSE v.alleged_surely END AS confidence,
       CASE WHEN v.asserted > 0 THEN v.asserted ELSE v.alleged END AS support,
       v.first_reported AS first_reported, v.last_reported AS last_reported, e.id AS episode, v.claims AS claims,
       coalesce(v.date_to, '') AS place
ORDER BY place, kind, coalesce(actor, ''), weapon, coalesce(target, ''), episode, claims[0]
