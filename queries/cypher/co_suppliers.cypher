// ---
// name: co_suppliers
// title: Suppliers of the same clients
// answers: Which states supply the same clients, and who is in Russia's market? One row a pair of suppliers and kind of supply; only orders and deliveries count, and only where the two lie at most five years apart. What a company supplies counts as its state's; a state and its successor, as the Soviet Union and Russia, are no pair.
// episodes:
//   frames: [transfer]
//   roles: {supplier_told: SUPPLIER, weapon: WEAPON, recipient: RECIPIENT}
//   belonging: {supplier_told: supplier}
//   beside: {frames: [transfer], role: RECIPIENT, of: [RECIPIENT]}
//   where: "supplier_told IS NOT NULL AND recipient IS NOT NULL AND e.status <> 'cancelled' AND ($weapon IS NULL OR EXISTS { MATCH (weapon)-[:VARIANT_OF|OF_CLASS*0..6]->(asked:Weapon) WHERE asked.id = $weapon })"
//   told: "c.phase = 'actual' OR c.stage = 'agreed'"
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
// then: co_suppliers
// columns:
//   - {name: supplier_a, doc: "Id of one supplier, the first by id; of the one asked about, if one is."}
//   - {name: supplier_b, doc: Id of the other.}
//   - {name: kind, doc: "aid, or sale for all else; the two are not mixed."}
//   - {name: recipients, doc: Ids of the recipients that both supply.}
//   - {name: classes, doc: "Ids of the classes of weapons that both supply to them; of the weapon itself where it has no class."}
//   - {name: rolled_up, doc: "Ids of companies that stand here as their state, or act for it."}
//   - {name: certainty, doc: "yes, or possibly where deals can also lie outside the period or after the day asked about; alleged."}
//   - {name: support, doc: "Independent origins of the weaker one of the two best supported deals, at most."}
//   - {name: first_reported, doc: Day of the first report of these deals.}
//   - {name: last_reported, doc: Day of the last one.}
//   - {name: episodes, doc: Ids of the deals.}
//   - {name: claims, doc: Ids of the claims.}
// ---
WITH *
WHERE counts AND fit > 0 AND (rank = 3 OR c.stage = 'agreed') AND ($at IS NULL OR coalesce(first, '') <= $at)
OPTIONAL MATCH (c)-[:AGENT]->(agent:Company)-[:BASED_IN]->(supplier_told)
WITH e, weapon, supplier_told, recipient, c, agent, first, last, fit
ORDER BY c.id
WITH e, weapon, supplier_told, recipient, collect(c.id) AS claims, min(coalesce(first, last)) AS begin, max(last) AS end,
     min(agent.id) AS agent,
     max(CASE WHEN c.mode = 'aid' THEN 1 ELSE 0 END) AS aid,
     max(CASE WHEN e.status = 'claimed' THEN 0 WHEN fit = 3 AND coalesce(last <= $at, true) THEN 2 ELSE 1 END) AS sure
WHERE begin IS NOT NULL AND end IS NOT NULL
OPTIONAL MATCH (supplier_told)-[:BASED_IN]->(state:Country)
WHERE 'Company' IN labels(supplier_told)
OPTIONAL MATCH (weapon)-[:VARIANT_OF*0..3]->(:Weapon)-[:OF_CLASS]->(class:Weapon)
WITH e, weapon, supplier_told.id AS told, coalesce(state.id, supplier_told.id) AS supplier, recipient.id AS recipient, claims, begin, end, agent, sure,
     CASE aid WHEN 1 THEN 'aid' ELSE 'sale' END AS kind, collect(DISTINCT class.id) AS classes
RETURN recipient, supplier, CASE WHEN supplier <> told THEN told ELSE agent END AS company, kind, begin, end, sure,
       CASE WHEN size(classes) > 0 THEN classes ELSE [weapon.id] END AS classes,
       e.id AS episode, e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, claims
ORDER BY recipient, supplier, episode
