// ---
// name: deal
// title: One deal from first talk to last delivery
// answers: How did Turkey's purchase of the S-400 go, step by step, and who said so? In the order of the events, not of the reports.
// parameters:
//   - supplier
//   - recipient
//   - weapon
//   - name: episode
//     type: episode
//     doc: Only this deal.
//     example: transfer/RUS/TUR/s-400/2017-09-12/1
//   - known_on
// columns:
//   - {name: episode, doc: Id of the deal.}
//   - {name: date_from, doc: First day that the event date allows.}
//   - {name: date_to, doc: Last day that it allows.}
//   - {name: stage, doc: Stage told.}
//   - {name: assertion, doc: "asserted, alleged, denied or conditional."}
//   - {name: supplier, doc: Id of the supplier.}
//   - {name: recipient, doc: Id of the recipient.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: batch, doc: Batch as told.}
//   - {name: speaker, doc: Id of who says so.}
//   - {name: quantity_min, doc: Least quantity told.}
//   - {name: quantity_max, doc: Greatest quantity told.}
//   - {name: unit, doc: What is counted.}
//   - {name: value, doc: Amount of money told.}
//   - {name: currency, doc: Its currency (ISO 4217).}
//   - {name: outlet, doc: Id of the outlet.}
//   - {name: published, doc: Day of publication.}
//   - {name: quote, doc: The words.}
//   - {name: claim, doc: Id of the claim.}
// ---
OPTIONAL MATCH (v:Weapon)-[:VARIANT_OF|OF_CLASS*0..6]->(:Weapon {id: $weapon})
WITH collect(DISTINCT v.id) AS weapons
MATCH (e:Episode {frame: 'transfer'})-[:WEAPON]->(w:Weapon)
WHERE ($episode IS NULL OR e.id = $episode) AND ($weapon IS NULL OR w.id IN weapons)
OPTIONAL MATCH (e)-[:SUPPLIER]->(s:Actor)
OPTIONAL MATCH (e)-[:RECIPIENT]->(r:Actor)
WITH e, w, s, r
WHERE ($supplier IS NULL OR s.id = $supplier) AND ($recipient IS NULL OR r.id = $recipient)
MATCH (e)<-[:ABOUT]-(c:Claim)<-[:REPORTS]-(a:Article)
WHERE c.retired_at IS NULL AND ($known_on IS NULL OR substring(c.published, 0, 10) <= $known_on)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
WITH e, w, s, r, c, o, who,
     CASE WHEN c.date_to IS NULL OR c.date_to > substring(c.published, 0, 10) THEN substring(c.published, 0, 10) ELSE c.date_to END AS told
RETURN e.id AS episode, c.date_from AS date_from, c.date_to AS date_to, c.stage AS stage, c.assertion AS assertion,
       s.id AS supplier, r.id AS recipient, w.id AS weapon, c.batch AS batch, who.id AS speaker,
       c.quantity_min AS quantity_min, c.quantity_max AS quantity_max, c.unit AS unit, c.value AS value, c.currency AS currency,
       o.id AS outlet, c.published AS published, c.quotes[0] AS quote, c.id AS claim
ORDER BY coalesce(told, ''), published, claim
