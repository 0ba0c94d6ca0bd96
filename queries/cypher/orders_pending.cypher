// ---
// name: orders_pending
// title: Orders not delivered
// answers: What was ordered and not, or only partly, delivered by this day, and what is overdue? A sale that was only approved is no order; that a promised day has passed delivers nothing.
// parameters:
//   - supplier
//   - recipient
//   - weapon
//   - name: at
//     type: day
//     doc: The day asked about; today if left out.
//     example: "2021-01-01"
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
//   - {name: certainty, doc: "yes, or possibly where the order or a delivery can lie on either side of the day."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
OPTIONAL MATCH (v:Weapon)-[:VARIANT_OF|OF_CLASS*0..6]->(:Weapon {id: $weapon})
WITH collect(DISTINCT v.id) AS weapons, coalesce($at, toString(date())) AS day
MATCH (e:Episode {frame: 'transfer'})-[:WEAPON]->(w:Weapon)
WHERE e.status <> 'claimed' AND e.support >= $min_support AND ($weapon IS NULL OR w.id IN weapons)
OPTIONAL MATCH (e)-[:SUPPLIER]->(s:Actor)
OPTIONAL MATCH (e)-[:RECIPIENT]->(r:Actor)
WITH day, e, w, s, r
WHERE ($supplier IS NULL OR s.id = $supplier) AND ($recipient IS NULL OR r.id = $recipient)
MATCH (e)<-[:ABOUT]-(c:Claim)
WHERE c.retired_at IS NULL AND c.assertion = 'asserted'
WITH day, e, w, s, r, c, substring(c.published, 0, 10) AS published, coalesce(c.date_from > substring(c.published, 0, 10), false) AS promise,
     CASE WHEN c.date_from > substring(c.published, 0, 10) OR (c.date_from IS NULL AND c.date_to IS NULL AND coalesce(c.basis, '') <> 'before') THEN substring(c.published, 0, 10) ELSE c.date_from END AS earliest,
     CASE WHEN c.date_to IS NULL OR c.date_to > substring(c.published, 0, 10) THEN substring(c.published, 0, 10) ELSE c.date_to END AS last
ORDER BY published, c.id
WITH day, e, w, s, r, collect(c.id) AS claims,
     collect(CASE WHEN c.stage = 'agreed' THEN earliest END) AS contracts,
     min(CASE WHEN c.stage = 'agreed' THEN last END) AS ordered,
     min(CASE WHEN c.stage = 'completed' AND promise = false AND coalesce(c.partial, false) = false THEN coalesce(c.date_from, '') END) AS done_from,
     min(CASE WHEN c.stage = 'completed' AND promise = false AND coalesce(c.partial, false) = false THEN last END) AS done,
     min(CASE WHEN c.phase = 'actual' AND promise = false THEN last END) AS begun,
     min(CASE WHEN c.stage IN ['ended', 'refused'] AND coalesce(c.partial, false) = false THEN last END) AS stopped,
     max(CASE WHEN c.stage = 'suspended' AND last <= day THEN last END) AS suspended,
     max(CASE WHEN c.phase IN ['committed', 'actual'] AND last <= day AND c.stage <> 'planned' THEN last END) AS resumed,
     collect(CASE WHEN c.phase IN ['committed', 'actual'] AND c.date_to > published AND published <= day THEN c.date_to END) AS promises
WITH *, reduce(best = null, first IN contracts | CASE WHEN first <= ordered AND (best IS NULL OR first > best) THEN first ELSE best END) AS ordered_from
WHERE coalesce(ordered_from, ordered) <= day AND (stopped IS NULL OR stopped > day) AND (done IS NULL OR done > day)
WITH *, CASE WHEN size(promises) > 0 THEN promises[size(promises) - 1] END AS promised
RETURN e.id AS episode, s.id AS supplier, r.id AS recipient, w.id AS weapon, w.name AS weapon_name, ordered_from, ordered,
       CASE WHEN suspended IS NOT NULL AND suspended >= coalesce(resumed, '') THEN 'suspended' WHEN begun <= day THEN 'partly delivered' ELSE 'ordered' END AS state,
       promised, promises, promised < day AS overdue,
       CASE WHEN ordered <= day THEN duration.inDays(date(ordered), date(day)).days END AS age_days,
       CASE WHEN ordered > day OR done_from <= day THEN 'possibly' ELSE 'yes' END AS certainty,
       e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, claims
ORDER BY ordered, episode
