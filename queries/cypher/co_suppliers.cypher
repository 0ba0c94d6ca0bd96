// ---
// name: co_suppliers
// title: Suppliers of the same clients
// answers: Which states supply the same clients, and who is in Russia's market? One row a pair of suppliers and kind of supply; only orders and deliveries count, and only where the two lie at most five years apart. What a company supplies counts as its state's.
// episodes:
//   frames: [transfer]
//   roles: {supplier_told: SUPPLIER, weapon: WEAPON, recipient: RECIPIENT}
//   belonging: {supplier_told: supplier}
//   beside: {frames: [transfer], role: RECIPIENT, of: [RECIPIENT]}
// parameters:
//   - name: supplier
//     type: actor
//     doc: One of the two suppliers.
//     example: Russia
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
//   - {name: supplier_a, doc: "Id of one supplier, the first by id; of the one asked about, if one is."}
//   - {name: supplier_b, doc: Id of the other.}
//   - {name: kind, doc: "aid, or sale for all else; the two are not mixed."}
//   - {name: recipients, doc: Ids of the recipients that both supply.}
//   - {name: classes, doc: "Ids of the classes of weapons that both supply to them; of the weapon itself where it has no class."}
//   - {name: rolled_up, doc: Ids of companies that stand here as their state.}
//   - {name: certainty, doc: "yes, or possibly where deals can also lie outside the period or after the day asked about; alleged."}
//   - {name: support, doc: "Independent origins of the weaker one of the two best supported deals, at most."}
//   - {name: first_reported, doc: Day of the first report of these deals.}
//   - {name: last_reported, doc: Day of the last one.}
//   - {name: episodes, doc: Ids of the deals.}
//   - {name: claims, doc: Ids of the claims.}
// ---
OPTIONAL MATCH (weapon)-[:VARIANT_OF|OF_CLASS*0..6]->(asked:Weapon {id: $weapon})
WITH e, weapon, supplier_told, recipient, c, first, last, rank, counts, fit, count(asked) > 0 AS of_the_kind
WHERE ($weapon IS NULL OR of_the_kind) AND counts AND fit > 0 AND supplier_told IS NOT NULL AND recipient IS NOT NULL AND e.status <> 'cancelled'
  AND (rank = 3 OR c.stage = 'agreed') AND ($at IS NULL OR coalesce(first, '') <= $at)
ORDER BY c.id
WITH e, weapon, supplier_told, recipient, collect(c.id) AS claims, min(coalesce(first, last)) AS begin, max(last) AS end,
     max(CASE WHEN c.mode = 'aid' THEN 1 ELSE 0 END) AS aid,
     max(CASE WHEN e.status = 'claimed' THEN 0 WHEN fit = 3 AND coalesce(last <= $at, true) THEN 2 ELSE 1 END) AS sure
OPTIONAL MATCH (supplier_told)-[:BASED_IN]->(state:Country)
WHERE 'Company' IN labels(supplier_told)
OPTIONAL MATCH (weapon)-[:VARIANT_OF*0..3]->(:Weapon)-[:OF_CLASS]->(class:Weapon)
WITH e, supplier_told, coalesce(state, supplier_told) AS supplier, recipient, CASE aid WHEN 1 THEN 'aid' ELSE 'sale' END AS kind, claims, begin, end, sure, weapon, collect(DISTINCT class.id) AS classes
ORDER BY e.id
WITH recipient, kind, collect({supplier: supplier.id, company: CASE WHEN supplier.id <> supplier_told.id THEN supplier_told.id END, e: e, begin: begin, end: end, sure: sure,
     classes: CASE WHEN size(classes) > 0 THEN classes ELSE [weapon.id] END, claims: claims}) AS deals
WHERE $supplier IS NULL OR any(d IN deals WHERE d.supplier = $supplier)
UNWIND deals AS a
UNWIND deals AS b
WITH recipient, kind, a, b
WHERE a.supplier <> b.supplier AND (a.supplier = $supplier OR ($supplier IS NULL AND a.supplier < b.supplier))
  AND duration.inDays(date(a.end), date(b.begin)).days <= 1826 AND duration.inDays(date(b.end), date(a.begin)).days <= 1826
UNWIND a.claims + b.claims AS claim
UNWIND a.classes AS class
WITH recipient, kind, a, b, claim, CASE WHEN class IN b.classes THEN class END AS class
ORDER BY recipient.id, claim, class
WITH a.supplier AS supplier_a, b.supplier AS supplier_b, kind, collect(DISTINCT recipient.id) AS recipients, collect(DISTINCT class) AS classes,
     collect(DISTINCT a.company) + collect(DISTINCT b.company) AS rolled_up, min(a.sure) AS sure_a, min(b.sure) AS sure_b,
     max(a.e.support) AS support_a, max(b.e.support) AS support_b, min(a.e.first_reported) AS first_a, min(b.e.first_reported) AS first_b,
     max(a.e.last_reported) AS last_a, max(b.e.last_reported) AS last_b, collect(DISTINCT a.e.id) AS episodes_a, collect(DISTINCT b.e.id) AS episodes_b,
     collect(DISTINCT claim) AS claims
RETURN supplier_a, supplier_b, kind, recipients, classes, rolled_up,
       CASE WHEN sure_a = 0 OR sure_b = 0 THEN 'alleged' WHEN sure_a = 2 AND sure_b = 2 THEN 'yes' ELSE 'possibly' END AS certainty,
       CASE WHEN support_a < support_b THEN support_a ELSE support_b END AS support,
       CASE WHEN first_a < first_b THEN first_a ELSE first_b END AS first_reported, CASE WHEN last_a > last_b THEN last_a ELSE last_b END AS last_reported,
       episodes_a + [id IN episodes_b WHERE NOT id IN episodes_a] AS episodes, claims
ORDER BY size(recipients) DESC, supplier_a, supplier_b, kind
