// ---
// name: threat_to_imposition
// title: From threat to sanction
// answers: How long does it take from the first threat to the sanction, by sender? One row a round of sanctions; with `summary` one a sender, in which threats still open count as not carried out so far.
// episodes:
//   frames: [sanction]
//   roles: {target: OBJECT, sender: SUBJECT, instrument: UNDER}
// parameters:
//   - sender
//   - target
//   - name: summary
//     type: boolean
//     default: false
//     doc: One row a sender instead, of the rounds that were threatened.
//     example: true
//   - name: at
//     type: day
//     doc: "The day up to which open threats are counted, and on which the rounds are looked at; today if left out."
//     example: "2021-12-31"
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - min_support
// columns:
//   - {name: sender, doc: Id of the sender; null where no report names one.}
//   - {name: sender_name, doc: Name of the sender.}
//   - {name: target, doc: Id of the target.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: first_threat_from, doc: First day on which the first threat can have been made.}
//   - {name: first_threat, doc: Day by which it had surely been made; null where nothing was threatened.}
//   - {name: imposed_from, doc: First day on which the sanction can have been imposed.}
//   - {name: imposed, doc: Day by which it surely was; null where it was not.}
//   - {name: days_min, doc: "Least number of days from threat to sanction, to the withdrawal, or to the day asked about; null where nothing was threatened."}
//   - {name: days_max, doc: Greatest number of days.}
//   - {name: outcome, doc: "imposed, dropped or open."}
//   - {name: threats, doc: "Summary: rounds that were threatened."}
//   - {name: imposed_count, doc: "Summary: of these imposed."}
//   - {name: dropped_count, doc: "Summary: of these dropped."}
//   - {name: open_count, doc: "Summary: of these still open."}
//   - {name: share_imposed, doc: "Summary: share imposed so far, 0 to 1."}
//   - {name: median_days_min, doc: "Summary: median of the least days (Kaplan and Meier); null where fewer than half were imposed."}
//   - {name: median_days_max, doc: "Summary: median of the greatest days."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether threat or imposition fall into the period."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: episode, doc: Id of the round.}
//   - {name: claims, doc: Ids of its claims.}
// then: threat_durations
// ---
WITH *, coalesce($at, toString(date())) AS on_day
WHERE c.assertion = 'asserted' AND e.status <> 'claimed' AND coalesce(first, '') <= on_day
WITH on_day, e, target, sender, instrument, c, first, last, fit, c.stage = 'threatened' AS threat,
     rank = 3 AND c.stage = 'completed' AND coalesce(c.basis, '') <> 'before' AS imposing
ORDER BY c.id
WITH on_day, e, target, sender, instrument, collect(c.id) AS claims, max(CASE WHEN threat OR imposing THEN fit ELSE 0 END) AS fit,
     collect(CASE WHEN threat THEN first END) AS threats, min(CASE WHEN threat THEN last END) AS first_threat,
     collect(CASE WHEN imposing THEN first END) AS impositions, min(CASE WHEN imposing THEN last END) AS imposed
WHERE fit > 0 AND (first_threat IS NOT NULL OR imposed IS NOT NULL)
WITH *, reduce(best = null, first IN threats | CASE WHEN first <= first_threat AND (best IS NULL OR first > best) THEN first ELSE best END) AS first_threat_from,
     reduce(best = null, first IN impositions | CASE WHEN first <= imposed AND (best IS NULL OR first > best) THEN first ELSE best END) AS imposed_from,
     CASE
       WHEN imposed IS NOT NULL THEN 'imposed'
       WHEN e.status IN ['dropped', 'cancelled'] AND e.until <= on_day THEN 'dropped'
       ELSE 'open'
     END AS outcome
WITH *, CASE outcome WHEN 'imposed' THEN coalesce(imposed_from, imposed) WHEN 'dropped' THEN coalesce(e.until_from, e.until) ELSE on_day END AS end_from,
     CASE outcome WHEN 'imposed' THEN imposed WHEN 'dropped' THEN e.until ELSE on_day END AS end_to
WITH *, duration.inDays(date(first_threat), date(end_from)).days AS least, duration.inDays(date(coalesce(first_threat_from, first_threat)), date(end_to)).days AS most
RETURN sender.id AS sender, sender.name AS sender_name, target.id AS target, instrument.id AS instrument, first_threat_from, first_threat, imposed_from, imposed,
       CASE WHEN least < 0 THEN 0 ELSE least END AS days_min, CASE WHEN most < 0 THEN 0 ELSE most END AS days_max, outcome,
       null AS threats, null AS imposed_count, null AS dropped_count, null AS open_count, null AS share_imposed, null AS median_days_min, null AS median_days_max,
       CASE fit WHEN 3 THEN 'yes' WHEN 2 THEN 'possibly' ELSE 'unknown' END AS certainty,
       e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, e.id AS episode, claims
ORDER BY coalesce(first_threat, imposed), episode
