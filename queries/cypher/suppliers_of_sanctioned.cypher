// ---
// name: suppliers_of_sanctioned
// title: Who arms a state under sanctions
// answers: Who arms a state while it is under sanctions or an arms embargo, and whose? One row a deal and round of sanctions whose times meet; deliveries count, not the day of the order.
// episodes:
//   frames: [transfer]
//   roles: {recipient: RECIPIENT, supplier: SUPPLIER, weapon: WEAPON, sender: SUBJECT, hit: OBJECT, instrument: UNDER}
//   beside: {frames: [sanction], role: OBJECT, of: [RECIPIENT]}
//   where: "e.frame = 'transfer' OR (e.status IN ['actual', 'suspended', 'ended', 'claimed'] AND ($measure IS NULL OR all(one IN split($measure, ', ') WHERE one IN split(e.measure, ', '))))"
// parameters:
//   - recipient
//   - supplier
//   - weapon
//   - name: measure
//     type: text
//     doc: "Only sanctions of this kind, also beside others; of several, joined by `, `, all."
//     example: arms embargo
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: supplier, doc: Id of the supplier; null where unknown.}
//   - {name: supplier_name, doc: Name of the supplier.}
//   - {name: recipient, doc: Id of the state under sanctions.}
//   - {name: recipient_name, doc: Its name.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: delivered_from, doc: First day on which the deliveries that meet the sanctions can have been.}
//   - {name: delivered_to, doc: Last day on which they can have been.}
//   - {name: sender, doc: Id of who imposed the sanctions; null where no report names one.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: measure, doc: Kind of sanction.}
//   - {name: overlap_from, doc: "First day of what lies surely or possibly within both; null where nobody knows when it began."}
//   - {name: overlap_to, doc: Last day of it.}
//   - {name: deniers, doc: Ids of those who deny the deal.}
//   - {name: certainty, doc: "yes where a delivery surely fell into the time of the sanctions, the period asked about and before the day asked about; possibly; alleged where nobody establishes the deal or the sanctions."}
//   - {name: support, doc: Independent origins of the deal.}
//   - {name: first_reported, doc: Day of the deal's first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: deal, doc: Id of the deal.}
//   - {name: sanction, doc: Id of the round of sanctions.}
//   - {name: claims, doc: Ids of the claims of the deal.}
//   - {name: sanction_claims, doc: Ids of the claims of the sanctions.}
// ---
WITH *
WHERE e.frame = 'transfer' OR held <> 'no'
WITH *, CASE WHEN c.assertion = 'denied' THEN c END AS denial
OPTIONAL MATCH (denial)-[:SPEAKER]->(who:Actor)
OPTIONAL MATCH (denial)-[:SPEAKS_FOR]->(state:Actor)
WITH e, recipient, supplier, weapon, sender, hit, instrument, c, first, last, rank, counts, halts, fit, coalesce(state.id, who.id) AS denier
ORDER BY c.id, denier
WITH e, recipient, supplier, weapon, sender, hit, instrument, collect(DISTINCT c.id) AS claims, collect(DISTINCT denier) AS deniers,
     max(CASE WHEN rank = 3 AND c.assertion IN ['asserted', 'alleged'] THEN 1 WHEN c.stage = 'ended' AND c.assertion = 'asserted' THEN 1 ELSE 0 END) AS imposed,
     collect(CASE WHEN e.frame = 'sanction' AND halts THEN last END) AS holds,
     collect(CASE WHEN e.frame = 'sanction' AND c.assertion = 'asserted' AND rank = 3 THEN last END) AS moves,
     collect(CASE WHEN e.frame = 'transfer' AND rank = 3 AND c.assertion <> 'denied' AND counts AND fit > 0 AND ($at IS NULL OR coalesce(first, '') <= $at) THEN {first: first, last: last, fit: fit} END) AS steps
ORDER BY e.id
WITH coalesce(recipient, hit) AS party,
     collect(CASE WHEN e.frame = 'transfer' AND size(steps) > 0 THEN {e: e, supplier: supplier, weapon: weapon, claims: claims, deniers: deniers, steps: steps} END) AS deals,
     collect(CASE WHEN e.frame = 'sanction' AND imposed = 1 THEN {e: e, sender: sender.id, instrument: instrument.id, claims: claims, holds: holds, moves: moves} END) AS rounds
UNWIND deals AS deal
UNWIND rounds AS round
WITH party, deal, round, deal.e AS d, round.e AS s
WITH *, coalesce(s.since_from, CASE WHEN s.since IS NOT NULL THEN s.since END) AS begin
WITH *, [step IN deal.steps WHERE step.last >= coalesce(begin, '') AND (s.until IS NULL OR coalesce(step.first, step.last) <= s.until)
       AND NOT any(halt IN round.holds WHERE halt <= coalesce(step.first, step.last) AND NOT any(move IN round.moves WHERE move > halt AND move <= step.last))] AS met
WHERE size(met) > 0
WITH *, any(step IN met WHERE step.fit = 3 AND step.first >= s.since AND step.last < coalesce(s.until_from, s.until, '9999') AND coalesce(step.last <= $at, true)) AS sure,
     reduce(best = null, step IN met | CASE WHEN best IS NULL OR coalesce(step.first, step.last) < best THEN coalesce(step.first, step.last) ELSE best END) AS delivered_from,
     reduce(best = null, step IN met | CASE WHEN best IS NULL OR step.last > best THEN step.last ELSE best END) AS delivered_to
RETURN deal.supplier.id AS supplier, deal.supplier.name AS supplier_name, party.id AS recipient, party.name AS recipient_name, deal.weapon.id AS weapon,
       delivered_from, delivered_to, round.sender AS sender, round.instrument AS instrument, s.measure AS measure,
       CASE WHEN begin IS NULL THEN null WHEN begin > delivered_from THEN begin ELSE delivered_from END AS overlap_from,
       CASE WHEN s.until < delivered_to THEN s.until ELSE delivered_to END AS overlap_to, deal.deniers AS deniers,
       CASE WHEN d.status = 'claimed' OR s.status = 'claimed' THEN 'alleged' WHEN sure THEN 'yes' ELSE 'possibly' END AS certainty,
       d.support AS support, d.first_reported AS first_reported, d.last_reported AS last_reported, d.id AS deal, s.id AS sanction,
       deal.claims AS claims, round.claims AS sanction_claims
ORDER BY delivered_from, deal, sanction
