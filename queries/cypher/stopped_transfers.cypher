// ---
// name: stopped_transfers
// title: Deliveries that were stopped
// answers: Which deliveries were refused, suspended, cancelled or intercepted, by whom, and were they resumed? One row a stop, told once or often. What a third party stopped shows an attempt, not that the supplier refused.
// episodes:
//   frames: [transfer]
//   support_of: row
//   roles: {supplier: SUPPLIER, recipient: RECIPIENT, weapon: WEAPON}
// parameters:
//   - supplier
//   - recipient
//   - name: third_party
//     type: actor
//     doc: Only what this actor stopped, who is neither supplier nor recipient.
//     example: United States
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
//   - {name: what, doc: "suspended, refused, cancelled, ended (after a delivery), or intercepted where a third party seized or blocked it."}
//   - {name: partial, doc: True where only a part was stopped.}
//   - {name: by, doc: "Ids of those who stopped it, as told; empty where nobody says."}
//   - {name: by_third_party, doc: Whether it was neither supplier nor recipient; null where nobody says who.}
//   - {name: date_from, doc: First day on which it can have been stopped.}
//   - {name: date_to, doc: Day by which it surely was.}
//   - {name: resumed, doc: Day by which it surely went on again; null where nothing of that is known.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it falls into the period, and before the day asked about; alleged, denied or conditional."}
//   - {name: confidence, doc: "How surely the surest claim of the stop is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins of the stop.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH supplier, recipient, weapon, collect(CASE WHEN counts AND rank > 1 THEN last END) AS moves,
     collect(CASE WHEN rank = 0 AND fit > 0 AND (c.stage = 'refused' OR promised = false) THEN {e: e, c: c, day: day, first: first, last: last, fit: fit} END) AS stops
UNWIND stops AS stop
WITH supplier, recipient, weapon, moves, stop, stop.e AS e, stop.c AS c, stop.first AS first, stop.last AS last
WHERE ($alleged OR c.assertion = 'asserted') AND ($at IS NULL OR coalesce(first, '') <= $at)
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:STOPPED_BY]->(stopper)
OPTIONAL MATCH (c)-[:SUBJECT]->(doer)
WITH supplier, recipient, weapon, moves, stop, e, c, first, last, coalesce(a.origin, o.id, a.id) AS origin,
     coalesce(stopper.id, CASE WHEN c.phase = 'stopped' AND (doer.id = supplier.id OR (doer.id = recipient.id AND c.predicate = 'purchases')) THEN doer.id END) AS by
ORDER BY c.id
WITH supplier, recipient, weapon, moves, e, c.stage AS stage, c.assertion AS assertion, coalesce(c.partial, false) AS partial, first AS date_from, last AS date_to,
     collect(DISTINCT by) AS by, count(DISTINCT origin) AS support, min(stop.day) AS first_reported, max(stop.day) AS last_reported,
     max(stop.fit) AS fit, max(c.confidence) AS confidence, collect(DISTINCT c.id) AS claims
WITH *, CASE WHEN size(by) > 0 THEN any(actor IN by WHERE actor <> coalesce(supplier.id, '') AND actor <> coalesce(recipient.id, '')) END AS by_third_party
WHERE support >= $min_support AND ($third_party IS NULL OR ($third_party IN by AND by_third_party))
RETURN e.id AS episode, supplier.id AS supplier, recipient.id AS recipient, weapon.id AS weapon,
       CASE
         WHEN stage = 'suspended' THEN 'suspended'
         WHEN by_third_party THEN 'intercepted'
         WHEN stage = 'refused' THEN 'refused'
         WHEN e.status = 'ended' THEN 'ended'
         ELSE 'cancelled'
       END AS what, partial, by, by_third_party, date_from, date_to,
       reduce(best = null, move IN moves | CASE WHEN move > date_to AND (best IS NULL OR move < best) THEN move ELSE best END) AS resumed,
       CASE WHEN assertion <> 'asserted' THEN assertion WHEN fit = 1 THEN 'unknown' WHEN fit = 2 OR coalesce(date_to > $at, false) THEN 'possibly' ELSE 'yes' END AS certainty,
       confidence, support, first_reported, last_reported, claims
ORDER BY coalesce(date_to, ''), episode, stage, certainty, claims[0]
