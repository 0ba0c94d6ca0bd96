// ---
// name: exclusions
// title: Exclusions from programmes and bodies
// answers: Who was thrown out of, suspended from or let back into which programme or body, and by whom? A threat of removal has status proposed.
// episodes:
//   frames: [exclude]
//   roles: {programme: PROGRAMME, target: OBJECT, by: SUBJECT}
// parameters:
//   - target
//   - name: programme
//     type: entity
//     doc: The programme or body.
//     example: F-35 programme
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: target, doc: Id of the one excluded.}
//   - {name: target_name, doc: Name of the one excluded.}
//   - {name: programme, doc: Id of the programme or body.}
//   - {name: programme_name, doc: Name of the programme or body.}
//   - {name: by, doc: Id of who excludes; null where no report says.}
//   - {name: status, doc: "claimed, proposed (threatened), committed (decided), actual (out), suspended, ended (back in), dropped or cancelled."}
//   - {name: since_from, doc: First day on which it can have begun.}
//   - {name: since, doc: Day by which it had surely begun.}
//   - {name: until_from, doc: First day on which it can have ended.}
//   - {name: until, doc: Day by which it had surely ended.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it held on the day asked about, and a step falls into the period; alleged."}
//   - {name: confidence, doc: "How surely the surest claim of it, once it was carried out that it was or ended, is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: denials, doc: Origins that tell of a denial.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the episode.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH e, programme, target, by, c, first, last, rank, fit, held, counts, sureness, halts AS suspending
ORDER BY c.id
WITH e, programme, target, by, held, collect(c.id) AS claims, max(CASE WHEN counts THEN fit ELSE 0 END) AS fit,
     max(CASE WHEN rank IN [0, 3] OR NOT e.status IN ['actual', 'suspended', 'ended'] THEN sureness END) AS confidence,
     max(CASE WHEN suspending THEN first END) AS suspended_from, min(CASE WHEN suspending THEN last END) AS suspended
// Of one who is only suspended the day of that is told; it was never removed.
WITH *, coalesce(e.since, CASE WHEN e.status IN ['suspended', 'ended'] THEN suspended END) AS since, CASE WHEN e.since IS NULL AND e.status IN ['suspended', 'ended'] THEN suspended_from ELSE e.since_from END AS since_from
WITH *, CASE WHEN e.since IS NOT NULL OR since IS NULL OR $at IS NULL THEN held WHEN held = 'no' OR since_from > $at THEN 'no' WHEN since <= $at THEN 'yes' ELSE 'possibly' END AS held_then
WHERE fit > 0 AND held_then <> 'no'
RETURN target.id AS target, target.name AS target_name, programme.id AS programme, programme.name AS programme_name, by.id AS by, e.status AS status,
       since_from, since, e.until_from AS until_from, e.until AS until,
       CASE WHEN e.status = 'claimed' THEN 'alleged' WHEN held_then <> 'yes' THEN held_then WHEN fit = 1 THEN 'unknown' WHEN fit = 2 THEN 'possibly' ELSE 'yes' END AS certainty,
       confidence, e.support AS support, e.denials AS denials, e.first_reported AS first_reported, e.last_reported AS last_reported, e.id AS episode, claims
ORDER BY coalesce(since, first_reported, ''), episode
