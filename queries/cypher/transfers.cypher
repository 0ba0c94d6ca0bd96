// ---
// name: transfers
// title: The register of arms transfers
// answers: What did India receive from Russia or France since 2015, of which weapons? One row is one deal; any filter may be left out.
// episodes:
//   frames: [transfer]
//   roles: {supplier: SUPPLIER, recipient: RECIPIENT, weapon: WEAPON}
//   pages: {row: place}
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
//   - {name: supplier_name, doc: Name of the supplier.}
//   - {name: recipient, doc: Id of the recipient; null where unknown.}
//   - {name: recipient_name, doc: Name of the recipient.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: weapon_name, doc: Name of the weapon.}
//   - {name: category, doc: Category of the weapon.}
//   - {name: batch, doc: Batch as told.}
//   - {name: modes, doc: Modes as told.}
//   - {name: status, doc: "Of the deal, on the day asked about if one is given: claimed, proposed, committed, actual, suspended, dropped, cancelled or ended."}
//   - {name: ordered_from, doc: First day on which the contract can have been made.}
//   - {name: ordered, doc: Day by which it had surely been made.}
//   - {name: delivered_from, doc: First day on which deliveries can have begun.}
//   - {name: delivered, doc: Day by which they had surely begun.}
//   - {name: delivered_until, doc: "Last day on which a delivery is told, beside those that are only looked back on."}
//   - {name: quantities, doc: "Quantities as told, never added up."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether a step of the deal falls into the period, and the deal stood on the day asked about; alleged."}
//   - {name: confidence, doc: "How surely the surest claim of the deal is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: denials, doc: Origins that tell of a denial.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH e, supplier, recipient, weapon, c, first, last, fit, counts, sureness, halts,
     rank = 3 AND c.assertion = 'asserted' AS delivery,
     c.stage = 'agreed' AND c.assertion = 'asserted' AS contract,
     $at IS NULL OR coalesce(last, '') <= $at AS by_then
ORDER BY c.id
WITH e, supplier, recipient, weapon, collect(c.id) AS claims, collect(DISTINCT c.mode) AS modes,
     collect(DISTINCT CASE
       WHEN c.quantity_min IS NULL AND c.quantity_max IS NULL THEN null
       WHEN c.quantity_min IS NULL THEN 'up to ' + toString(toInteger(c.quantity_max)) + coalesce(' ' + c.unit, '')
       WHEN c.quantity_max IS NULL THEN 'at least ' + toString(toInteger(c.quantity_min)) + coalesce(' ' + c.unit, '')
       WHEN c.quantity_min = c.quantity_max THEN toString(toInteger(c.quantity_min)) + coalesce(' ' + c.unit, '')
       ELSE toString(toInteger(c.quantity_min)) + ' to ' + toString(toInteger(c.quantity_max)) + coalesce(' ' + c.unit, '')
     END) AS quantities,
     collect(CASE WHEN contract THEN first END) AS contracts, min(CASE WHEN contract THEN last END) AS ordered,
     collect(CASE WHEN delivery THEN first END) AS deliveries, min(CASE WHEN delivery THEN last END) AS delivered,
     max(CASE WHEN delivery AND coalesce(c.basis, '') <> 'before' THEN last END) AS seen_last,
     max(CASE WHEN c.stage = $stage AND counts THEN 1 ELSE 0 END) AS at_stage,
     max(CASE WHEN counts THEN fit ELSE 0 END) AS fit, max(sureness) AS confidence,
     min(CASE WHEN counts THEN coalesce(first, '') END) AS begun_from,
     max(CASE WHEN counts AND by_then THEN 1 ELSE 0 END) AS begun,
     max(CASE WHEN by_then AND delivery THEN 3 WHEN by_then AND counts AND c.phase IN ['committed', 'actual'] THEN 2 ELSE 1 END) AS reached,
     max(CASE WHEN by_then AND halts THEN last END) AS suspended,
     max(CASE WHEN by_then AND counts AND c.phase IN ['committed', 'actual'] THEN last END) AS moving
WHERE fit > 0 AND ($stage IS NULL OR at_stage = 1) AND ($mode IS NULL OR $mode IN modes)
  AND ($at IS NULL OR (begun_from <= $at AND coalesce(e.until > $at, true)))
RETURN e.id AS episode, supplier.id AS supplier, supplier.name AS supplier_name, recipient.id AS recipient, recipient.name AS recipient_name,
       weapon.id AS weapon, weapon.name AS weapon_name, weapon.category AS category, e.batch AS batch, modes,
       CASE
         WHEN $at IS NULL OR e.status = 'claimed' THEN e.status
         WHEN suspended >= coalesce(moving, '') THEN 'suspended'
         WHEN reached = 3 THEN 'actual'
         WHEN reached = 2 THEN 'committed'
         ELSE 'proposed'
       END AS status,
       reduce(best = null, first IN contracts | CASE WHEN first <= ordered AND (best IS NULL OR first > best) THEN first ELSE best END) AS ordered_from, ordered,
       reduce(best = null, first IN deliveries | CASE WHEN first <= delivered AND (best IS NULL OR first > best) THEN first ELSE best END) AS delivered_from, delivered, coalesce(seen_last, delivered) AS delivered_until,
       quantities,
       CASE
         WHEN e.status = 'claimed' THEN 'alleged'
         WHEN fit = 1 THEN 'unknown'
         WHEN fit = 2 OR begun = 0 OR coalesce(e.until_from <= $at, false) THEN 'possibly'
         ELSE 'yes'
       END AS certainty,
       confidence, e.support AS support, e.denials AS denials, e.first_reported AS first_reported, e.last_reported AS last_reported, claims,
       coalesce(ordered, delivered, e.first_reported, '') AS place
ORDER BY place, episode
