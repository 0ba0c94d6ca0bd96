// ---
// name: orders_pending
// title: Orders not delivered
// answers: What was ordered and not, or only partly, delivered by this day, and what is overdue? A sale that was only approved is no order; that a promised day has passed delivers nothing. Where fewer were handed over than ordered, it is only partly delivered.
// episodes:
//   frames: [transfer]
//   roles: {supplier: SUPPLIER, recipient: RECIPIENT, weapon: WEAPON}
//   pages: {row: ordered}
// parameters:
//   - supplier
//   - recipient
//   - weapon
//   - name: at
//     type: day
//     doc: The day asked about; today if left out.
//     example: "2021-01-01"
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: episode, doc: Id of the deal.}
//   - {name: supplier, doc: Id of the supplier; null where unknown.}
//   - {name: recipient, doc: Id of the recipient; null where unknown.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: weapon_name, doc: Name of the weapon.}
//   - {name: ordered_from, doc: First day on which the contract can have been made.}
//   - {name: ordered, doc: Day by which it had surely been made.}
//   - {name: state, doc: "ordered, partly delivered or suspended."}
//   - {name: promised, doc: Day promised last for the delivery; null if none is known.}
//   - {name: promises, doc: "All days promised, in the order of the reports."}
//   - {name: overdue, doc: Whether the day promised last has passed; null if none is known.}
//   - {name: age_days, doc: "Days since the order, at least."}
//   - {name: last_heard, doc: Day of the last report published by the day asked about.}
//   - {name: certainty, doc: "yes, or possibly where the order or a delivery can lie on either side of the day, or of the period; alleged."}
//   - {name: confidence, doc: "How surely the surest claim that it was ordered is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH *, coalesce($at, toString(date())) AS on_day
WHERE counts
WITH on_day, e, supplier, recipient, weapon, c, day, first, last, promised, rank, sureness, halts, fit, c.stage = 'agreed' AS contract,
     c.stage = 'completed' AND rank = 3 AND coalesce(c.partial, false) = false AS done
ORDER BY day, c.id
WITH on_day, e, supplier, recipient, weapon, collect(c.id) AS claims,
     collect(CASE WHEN contract THEN first END) AS contracts,
     min(CASE WHEN contract THEN last END) AS ordered,
     max(CASE WHEN contract THEN fit ELSE 0 END) AS fit,
     max(CASE WHEN contract THEN sureness END) AS confidence,
     max(CASE WHEN contract THEN c.quantity_min END) AS wanted,
     collect(DISTINCT CASE WHEN contract THEN coalesce(c.unit, '') END) AS units,
     collect(CASE WHEN done THEN {first: coalesce(first, ''), last: last, quantity: c.quantity_max, unit: coalesce(c.unit, '')} END) AS deliveries,
     min(CASE WHEN rank = 3 THEN last END) AS begun,
     min(CASE WHEN (c.stage = 'refused' OR (c.stage = 'ended' AND promised = false)) AND coalesce(c.partial, false) = false THEN last END) AS stopped,
     max(CASE WHEN halts AND last <= on_day THEN last END) AS suspended,
     max(CASE WHEN rank > 1 AND last <= on_day AND c.stage <> 'planned' THEN last END) AS resumed,
     max(CASE WHEN day <= on_day THEN day END) AS last_heard,
     collect(CASE WHEN promised AND c.phase IN ['committed', 'actual'] AND day <= on_day THEN c.date_to END) AS promises
WITH *, [d IN deliveries WHERE coalesce(d.quantity < wanted AND d.unit IN units, false)] AS parts,
     [d IN deliveries WHERE NOT coalesce(d.quantity < wanted AND d.unit IN units, false)] AS wholes
WITH *, reduce(days = [], d IN parts | CASE WHEN d.last IN days OR d.last > on_day THEN days ELSE days + [d.last] END) AS days,
     reduce(best = null, d IN wholes | CASE WHEN best IS NULL OR d.first < best THEN d.first ELSE best END) AS done_from,
     reduce(best = null, d IN wholes | CASE WHEN best IS NULL OR d.last < best THEN d.last ELSE best END) AS done
WITH *, reduce(sum = 0.0, day IN days | sum + reduce(most = 0.0, d IN parts | CASE WHEN d.last = day AND d.quantity > most THEN d.quantity ELSE most END)) AS handed_over
WITH *, reduce(best = null, first IN contracts | CASE WHEN first <= ordered AND (best IS NULL OR first > best) THEN first ELSE best END) AS ordered_from
WHERE fit > 0 AND coalesce(ordered_from, ordered) <= on_day AND (stopped IS NULL OR stopped > on_day) AND (done IS NULL OR done > on_day) AND coalesce(handed_over < wanted, true)
WITH *, CASE WHEN size(promises) > 0 THEN promises[size(promises) - 1] END AS promised
RETURN e.id AS episode, supplier.id AS supplier, recipient.id AS recipient, weapon.id AS weapon, weapon.name AS weapon_name, ordered_from, ordered,
       CASE WHEN suspended IS NOT NULL AND suspended >= coalesce(resumed, '') THEN 'suspended' WHEN begun <= on_day THEN 'partly delivered' ELSE 'ordered' END AS state,
       promised, promises, promised < on_day AS overdue,
       CASE WHEN ordered <= on_day THEN duration.inDays(date(ordered), date(on_day)).days END AS age_days, last_heard,
       CASE WHEN e.status = 'claimed' THEN 'alleged' WHEN fit < 3 OR ordered > on_day OR done_from <= on_day THEN 'possibly' ELSE 'yes' END AS certainty,
       confidence, e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, claims
ORDER BY ordered, episode
