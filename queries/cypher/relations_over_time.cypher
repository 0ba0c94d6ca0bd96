// ---
// name: relations_over_time
// title: Partners in arms, year by year
// answers: Which suppliers of Egypt came and went, year by year? One row a year and partner; it counts deals, never claims or articles. A deal whose year nobody tells stands in the year `unknown`.
// episodes:
//   frames: [transfer]
//   roles: {supplier: SUPPLIER, recipient: RECIPIENT, weapon: WEAPON}
//   pages: {row: place}
// parameters:
//   - recipient
//   - supplier
//   - weapon
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: year, doc: "Year, or unknown."}
//   - {name: partner, doc: "Id of the supplier; of the recipient where only a supplier is asked about. Null where unknown."}
//   - {name: partner_name, doc: Name of the partner.}
//   - {name: successors, doc: "Ids of the states that came after it: the Soviet Union's deals are not Russia's."}
//   - {name: deals_agreed, doc: Deals agreed on in that year.}
//   - {name: deals_delivering, doc: Deals under which something was delivered in that year.}
//   - {name: weapons, doc: Ids of the weapons.}
//   - {name: certainty, doc: "yes, or possibly where each of the deals can also lie outside the period or after the day asked about; unknown in the year unknown; alleged."}
//   - {name: support, doc: Independent origins of the best supported deal.}
//   - {name: first_reported, doc: Day of the first report of these deals.}
//   - {name: last_reported, doc: Day of the last one.}
//   - {name: episodes, doc: Ids of the deals.}
//   - {name: claims, doc: Ids of the claims that tell of that year.}
// ---
WITH *, CASE WHEN $supplier IS NOT NULL AND $recipient IS NULL THEN recipient ELSE supplier END AS partner,
     CASE WHEN substring(first, 0, 4) = substring(last, 0, 4) THEN substring(last, 0, 4) ELSE 'unknown' END AS year,
     c.stage = 'agreed' AS agreed, rank = 3 AS delivering
WHERE counts AND fit > 0 AND (agreed OR delivering) AND ($at IS NULL OR coalesce(first, '') <= $at)
WITH e, partner, weapon, c, fit, year, agreed, delivering, coalesce(last <= $at, true) AS by_then
ORDER BY c.id
WITH e, partner, weapon, year, max(CASE WHEN agreed THEN 1 ELSE 0 END) AS agreed, max(CASE WHEN delivering THEN 1 ELSE 0 END) AS delivering,
     max(CASE WHEN fit = 3 AND by_then THEN 1 ELSE 0 END) AS sure, collect(c.id) AS claims
ORDER BY year, e.id
WITH e, partner, weapon, collect({year: year, agreed: agreed, delivering: delivering, sure: sure, claims: claims}) AS years
WITH e, partner, weapon, years, [y IN years WHERE y.year <> 'unknown' AND y.agreed = 1] AS agreed, [y IN years WHERE y.year <> 'unknown' AND y.delivering = 1] AS delivering
UNWIND years AS y
WITH e, partner, weapon, y, CASE WHEN y.year = 'unknown' AND size(agreed) > 0 THEN 0 ELSE y.agreed END AS agreed,
     CASE WHEN y.year = 'unknown' AND size(delivering) > 0 THEN 0 ELSE y.delivering END AS delivering
WHERE agreed + delivering > 0
UNWIND y.claims AS claim
WITH e, partner, weapon, y, agreed, delivering, claim
ORDER BY e.id, claim
WITH y.year AS year, partner, e.status = 'claimed' AS alleged,
     count(DISTINCT CASE WHEN agreed = 1 THEN e.id END) AS deals_agreed, count(DISTINCT CASE WHEN delivering = 1 THEN e.id END) AS deals_delivering,
     max(y.sure) AS sure, collect(DISTINCT weapon.id) AS weapons, collect(DISTINCT e.id) AS episodes, collect(DISTINCT claim) AS claims,
     max(e.support) AS support, min(e.first_reported) AS first_reported, max(e.last_reported) AS last_reported
OPTIONAL MATCH (partner)-[:SUCCEEDED_BY*1..3]->(successor:Actor)
WITH *, successor ORDER BY successor.id
WITH year, partner, alleged, deals_agreed, deals_delivering, sure, weapons, episodes, claims, support, first_reported, last_reported,
     collect(DISTINCT successor.id) AS successors
RETURN year, partner.id AS partner, partner.name AS partner_name, successors, deals_agreed, deals_delivering, weapons,
       CASE WHEN alleged THEN 'alleged' WHEN year = 'unknown' THEN 'unknown' WHEN sure = 1 THEN 'yes' ELSE 'possibly' END AS certainty,
       support, first_reported, last_reported, episodes, claims,
       year + '-12-31' AS place
ORDER BY year, coalesce(partner, ''), certainty
