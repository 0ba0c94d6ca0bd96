// ---
// name: deal
// title: One deal from first talk to last delivery
// answers: How did Turkey's purchase of the S-400 go, step by step, and who said so? One row a statement, in the order of the events, not of the reports.
// episodes:
//   frames: [transfer]
//   roles: {supplier: SUPPLIER, recipient: RECIPIENT, weapon: WEAPON}
//   pages: {row: place}
// parameters:
//   - supplier
//   - recipient
//   - weapon
//   - name: episode
//     type: episode
//     doc: Only this deal; with `known_on` what was known of it by then.
//     example: transfer/RUS/TUR/s-400/2017-09-12
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: episode, doc: Id of the deal.}
//   - {name: date_from, doc: First day on which the step can have been taken; null where open.}
//   - {name: date_to, doc: Day by which it surely had been taken.}
//   - {name: event_date, doc: "Its date as told (EDTF), also one still to come; null where none is."}
//   - {name: stage, doc: Stage told.}
//   - {name: assertion, doc: "asserted, alleged, denied or conditional."}
//   - {name: supplier, doc: Id of the supplier.}
//   - {name: recipient, doc: Id of the recipient.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: batch, doc: Batch as told.}
//   - {name: partial, doc: True where only a part took this step.}
//   - {name: speaker, doc: Id of who says so; null where the outlet does.}
//   - {name: quantity_min, doc: Least quantity told.}
//   - {name: quantity_max, doc: Greatest quantity told.}
//   - {name: unit, doc: What is counted.}
//   - {name: value, doc: Amount of money told.}
//   - {name: currency, doc: Its currency (ISO 4217).}
//   - {name: status, doc: Where the deal stands as far as known.}
//   - {name: outlet, doc: Id of the outlet.}
//   - {name: published, doc: Day of publication.}
//   - {name: quote, doc: The words.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether the step falls into the period, and was taken by the day asked about; alleged, denied or conditional."}
//   - {name: confidence, doc: "How surely the claim is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert the deal.}
//   - {name: first_reported, doc: Day of the deal's first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Id of the claim.}
// ---
WITH *
WHERE fit > 0 AND ($alleged OR c.assertion = 'asserted') AND ($at IS NULL OR coalesce(first, '') <= $at)
WITH e, supplier, recipient, weapon, c, first, last, fit
ORDER BY coalesce(last, ''), c.published, c.id, e.id
SKIP $offset LIMIT $limit
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
RETURN e.id AS episode, first AS date_from, last AS date_to, c.event_date AS event_date, c.stage AS stage, c.assertion AS assertion,
       supplier.id AS supplier, recipient.id AS recipient, weapon.id AS weapon, c.batch AS batch, coalesce(c.partial, false) AS partial,
       who.id AS speaker, c.quantity_min AS quantity_min, c.quantity_max AS quantity_max, c.unit AS unit, c.value AS value, c.currency AS currency,
       e.status AS status, o.id AS outlet, c.published AS published, c.quotes[0] AS quote,
       CASE
         WHEN c.assertion <> 'asserted' THEN c.assertion
         WHEN fit = 1 THEN 'unknown'
         WHEN fit = 2 OR coalesce(last > $at, false) THEN 'possibly'
         ELSE 'yes'
       END AS certainty,
       c.confidence AS confidence, e.support AS support, e.first_reported AS first_reported, e.last_reported AS last_reported, [c.id] AS claims,
       coalesce(last, '') AS place
ORDER BY place, published, claims[0], episode
