// ---
// name: transfers
// title: The register of arms transfers
// answers: What did India receive from Russia or France since 2015, of which weapons? One row is one deal; any filter may be left out.
// parameters:
//   - supplier
//   - recipient
//   - weapon
//   - name: mode
//     type: choice
//     values: [sale, aid, loan, licence, smuggling, second-hand, re-export]
//     doc: Only deals told to be of this mode.
//     example: sale
//   - name: stage
//     type: choice
//     values: [threatened, demanded, considered, planned, approved, agreed, ongoing, completed, suspended, refused, ended]
//     doc: Only deals told to have got to this stage.
//     example: completed
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: episode, doc: Id of the deal.}
//   - {name: supplier, doc: Id of the supplier; null where unknown.}
//   - {name: supplier_name, doc: Name of the supplier.}
//   - {name: recipient, doc: Id of the recipient; null where unknown.}
//   - {name: recipient_name, doc: Name of the recipient.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: weapon_name, doc: Name of the weapon.}
//   - {name: category, doc: Category of the weapon.}
//   - {name: batch, doc: Batch as told.}
//   - {name: modes, doc: Modes as told.}
//   - {name: status, doc: "claimed, proposed, committed, actual, suspended, dropped, cancelled or ended."}
//   - {name: ordered_from, doc: First day on which the contract can have been made.}
//   - {name: ordered, doc: Day by which it had surely been made.}
//   - {name: delivered_from, doc: First day on which deliveries can have begun.}
//   - {name: delivered, doc: Day by which they had surely begun.}
//   - {name: delivered_until, doc: Last day on which a delivery is told.}
//   - {name: quantities, doc: "Quantities as told, never added up."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether a step of the deal falls into the period; alleged."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: denials, doc: Origins that tell of a denial.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
OPTIONAL MATCH (v:Weapon)-[:VARIANT_OF|OF_CLASS*0..6]->(:Weapon {id: $weapon})
WITH collect(DISTINCT v.id) AS weapons
MATCH (e:Episode {frame: 'transfer'})-[:WEAPON]->(w:Weapon)
WHERE ($alleged OR e.status <> 'claimed') AND e.support >= $min_support AND ($weapon IS NULL OR w.id IN weapons)
OPTIONAL MATCH (e)-[:SUPPLIER]->(s:Actor)
OPTIONAL MATCH (e)-[:RECIPIENT]->(r:Actor)
WITH e, w, s, r
WHERE ($supplier IS NULL OR s.id = $supplier) AND ($recipient IS NULL OR r.id = $recipient)
MATCH (e)<-[:ABOUT]-(c:Claim)
WHERE c.retired_at IS NULL
WITH e, w, s, r, c, substring(c.published, 0, 10) AS day
WITH e, w, s, r, c, c.date_from > day AS promised,
     CASE WHEN c.date_from > day OR (c.date_from IS NULL AND c.date_to IS NULL AND coalesce(c.basis, '') <> 'before') THEN day ELSE c.date_from END AS first,
     CASE WHEN c.date_to IS NULL OR c.date_to > day THEN day ELSE c.date_to END AS last
WITH e, w, s, r, c, first, last,
     c.phase = 'actual' AND c.assertion = 'asserted' AND coalesce(promised, false) = false AS delivery,
     c.stage = 'agreed' AND c.assertion = 'asserted' AS contract
ORDER BY c.id
WITH e, w, s, r, collect(c.id) AS claims, collect(DISTINCT c.mode) AS modes,
     collect(DISTINCT CASE
       WHEN c.quantity_min IS NULL AND c.quantity_max IS NULL THEN null
       WHEN c.quantity_min IS NULL THEN 'up to ' + toString(toInteger(c.quantity_max)) + coalesce(' ' + c.unit, '')
       WHEN c.quantity_max IS NULL THEN 'at least ' + toString(toInteger(c.quantity_min)) + coalesce(' ' + c.unit, '')
       WHEN c.quantity_min = c.quantity_max THEN toString(toInteger(c.quantity_min)) + coalesce(' ' + c.unit, '')
       ELSE toString(toInteger(c.quantity_min)) + ' to ' + toString(toInteger(c.quantity_max)) + coalesce(' ' + c.unit, '')
     END) AS quantities,
     collect(CASE WHEN contract THEN first END) AS contracts, min(CASE WHEN contract THEN last END) AS ordered,
     collect(CASE WHEN delivery THEN first END) AS deliveries, min(CASE WHEN delivery THEN last END) AS delivered,
     max(CASE WHEN delivery THEN last END) AS delivered_until,
     max(CASE WHEN c.stage = $stage AND (c.assertion = 'asserted' OR e.status = 'claimed') THEN 1 ELSE 0 END) AS at_stage,
     max(CASE
       WHEN c.assertion <> 'asserted' AND e.status <> 'claimed' THEN 0
       WHEN $from IS NULL AND $to IS NULL THEN 3
       WHEN ($from IS NOT NULL AND last < $from) OR ($to IS NOT NULL AND first > $to) THEN 0
       WHEN ($from IS NULL OR first >= $from) AND ($to IS NULL OR last <= $to) THEN 3
       WHEN first IS NULL AND last IS NULL THEN 1
       ELSE 2
     END) AS fit
WHERE fit > 0 AND ($stage IS NULL OR at_stage = 1) AND ($mode IS NULL OR $mode IN modes)
RETURN e.id AS episode, s.id AS supplier, s.name AS supplier_name, r.id AS recipient, r.name AS recipient_name,
       w.id AS weapon, w.name AS weapon_name, w.category AS category, e.batch AS batch, modes, e.status AS status,
       reduce(best = null, first IN contracts | CASE WHEN first <= ordered AND (best IS NULL OR first > best) THEN first ELSE best END) AS ordered_from, ordered,
       reduce(best = null, first IN deliveries | CASE WHEN first <= delivered AND (best IS NULL OR first > best) THEN first ELSE best END) AS delivered_from, delivered, delivered_until,
       quantities, CASE WHEN e.status = 'claimed' THEN 'alleged' WHEN fit = 3 THEN 'yes' WHEN fit = 2 THEN 'possibly' ELSE 'unknown' END AS certainty,
       e.support AS support, e.denials AS denials, e.first_reported AS first_reported, e.last_reported AS last_reported, claims
ORDER BY coalesce(ordered, delivered, e.first_reported, ''), episode
