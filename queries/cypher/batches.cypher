// ---
// name: batches
// title: Follow-up orders
// answers: Which follow-up orders of the same weapon exist between these two, and how far is each? One row a deal, of those who have had more than one about the same weapon, or of whom a later batch is told.
// episodes:
//   frames: [transfer]
//   support_of: row
//   roles: {supplier: SUPPLIER, recipient: RECIPIENT, weapon: WEAPON}
// parameters:
//   - supplier
//   - recipient
//   - weapon
//   - at
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
//   - {name: position, doc: "Which of their deals about it this is, by the first day told."}
//   - {name: batch, doc: "Batch as told: 1, 2 … or further; null where none is told."}
//   - {name: status, doc: Where the deal stands as far as known.}
//   - {name: ordered_from, doc: First day on which the contract can have been made.}
//   - {name: ordered, doc: Day by which it had surely been made.}
//   - {name: delivered_from, doc: First day on which deliveries can have begun.}
//   - {name: delivered, doc: Day by which they had surely begun.}
//   - {name: quantity_min, doc: "Least of the quantities told, never added up; null where unknown."}
//   - {name: quantity_max, doc: Greatest of them.}
//   - {name: units, doc: What is counted.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether a step of the deal falls into the period, and had been taken by the day asked about; alleged."}
//   - {name: confidence, doc: "How surely the surest claim of the deal is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH *, c.stage = 'agreed' AND counts AS contract, rank = 3 AND counts AS delivery
ORDER BY c.id
WITH e, supplier, recipient, weapon, collect(c.id) AS claims,
     collect(CASE WHEN contract THEN first END) AS contracts, min(CASE WHEN contract THEN last END) AS ordered,
     collect(CASE WHEN delivery THEN first END) AS deliveries, min(CASE WHEN delivery THEN last END) AS delivered,
     min(c.quantity_min) AS quantity_min, max(c.quantity_max) AS quantity_max, collect(DISTINCT c.unit) AS units,
     min(CASE WHEN counts THEN last END) AS begun, min(CASE WHEN counts THEN coalesce(first, '') END) AS begun_from,
     max(CASE WHEN counts THEN fit ELSE 0 END) AS fit, max(sureness) AS confidence
WHERE $at IS NULL OR begun_from <= $at
ORDER BY coalesce(begun, ''), e.id
WITH supplier, recipient, weapon, collect({e: e, claims: claims, contracts: contracts, ordered: ordered, deliveries: deliveries, delivered: delivered,
     quantity_min: quantity_min, quantity_max: quantity_max, units: units, begun: begun, fit: fit, confidence: confidence}) AS deals, collect(e.batch) AS told
WHERE size(deals) > 1 OR any(batch IN told WHERE batch <> '1')
UNWIND range(1, size(deals)) AS position
WITH supplier, recipient, weapon, position, deals[position - 1] AS deal
WITH *, deal.e AS e, deal.ordered AS ordered, deal.delivered AS delivered, deal.fit AS fit
WHERE fit > 0 AND e.support >= $min_support
RETURN e.id AS episode, supplier.id AS supplier, recipient.id AS recipient, weapon.id AS weapon, position, e.batch AS batch, e.status AS status,
       reduce(best = null, first IN deal.contracts | CASE WHEN first <= ordered AND (best IS NULL OR first > best) THEN first ELSE best END) AS ordered_from, ordered,
       reduce(best = null, first IN deal.deliveries | CASE WHEN first <= delivered AND (best IS NULL OR first > best) THEN first ELSE best END) AS delivered_from, delivered,
       deal.quantity_min AS quantity_min, deal.quantity_max AS quantity_max, deal.units AS units,
       CASE WHEN e.status = 'claimed' THEN 'alleged' WHEN fit = 1 THEN 'unknown' WHEN fit = 2 OR coalesce(deal.begun > $at, false) THEN 'possibly' ELSE 'yes' END AS certainty,
       deal.confidence AS confidence, e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, deal.claims AS claims
ORDER BY coalesce(supplier, ''), coalesce(recipient, ''), weapon, position
