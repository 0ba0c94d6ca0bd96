// ---
// name: deals_that_drew_sanctions
// title: Deals that drew sanctions
// answers: Which arms deals brought sanctions, or threats of them, on the buyer or the seller? What an article gives as the cause is told apart from what merely came within two years after. Sanctions on a company, body or official of theirs count where an article gives the deal as their cause.
// episodes:
//   frames: [transfer]
//   support_of: row
//   roles: {weapon: WEAPON, buyer: RECIPIENT, seller: SUPPLIER, hit: OBJECT, by: SUBJECT, instrument: UNDER}
//   beside: {frames: [sanction], role: OBJECT, of: [RECIPIENT, SUPPLIER], only: rounds}
//   where: "e.status <> 'claimed' AND (e.frame = 'transfer' OR $sender IS NULL OR by.id = $sender)"
//   told: "c.assertion = 'asserted' AND (e.frame = 'transfer' OR c.stage = 'threatened' OR c.phase IN ['actual', 'committed'])"
// parameters:
//   - weapon
//   - name: buyer
//     type: actor
//     doc: Who bought; sanctions on the seller are told as well.
//     example: Turkey
//   - sender
//   - name: rounds
//     type: text
//     doc: Only these rounds of sanctions; ids of episodes with commas between them.
//     example: sanction/USA/presidency-of-defense-industries/2020-12-14/caatsa
//   - name: stage
//     type: choice
//     values: [threatened, imposed]
//     doc: Only threats, or only what was imposed.
//     example: imposed
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - min_support
// then: deals_that_drew_sanctions
// columns:
//   - {name: deal, doc: Id of the deal.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: buyer, doc: Id of the buyer.}
//   - {name: seller, doc: Id of the seller.}
//   - {name: batch, doc: Batch of the deal as told.}
//   - {name: sanction, doc: Id of the round of sanctions.}
//   - {name: sender, doc: Id of who imposed or threatened it; null where no report names one.}
//   - {name: target, doc: "Id of who was hit or threatened: buyer or seller, or a company, body or official of theirs."}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: step, doc: threatened or imposed.}
//   - {name: date_from, doc: First day on which that can have been.}
//   - {name: date_to, doc: Day by which it surely was.}
//   - {name: said_cause, doc: Whether an article gives the deal or its weapon as the cause.}
//   - {name: merely_after, doc: "Whether it only came after the deal, as far as articles tell."}
//   - {name: days_min, doc: "Least number of days from the deal's first step to it; negative where it came before."}
//   - {name: days_max, doc: Greatest number of days.}
//   - {name: speakers, doc: Ids of those who say so.}
//   - {name: quote, doc: Words that give the cause; null where none do.}
//   - {name: certainty, doc: "yes or possibly: whether it falls into the period, and before the day asked about."}
//   - {name: support, doc: "Independent origins of that step; of the cause, where one is given."}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of the claims of the step.}
// ---
WITH *, CASE WHEN e.frame = 'transfer' THEN '' WHEN rank = 3 THEN 'imposed' ELSE 'threatened' END AS step
WHERE step = '' OR (fit > 0 AND ($stage IS NULL OR step = $stage) AND ($at IS NULL OR coalesce(first, '') <= $at))
WITH e, weapon, buyer, seller, hit, by, instrument, step, c, day, first, last, fit, CASE WHEN step <> '' THEN c END AS hitting
OPTIONAL MATCH (hitting)-[:BECAUSE_OF]->(reason:Claim)
OPTIONAL MATCH (hitting)-[:BECAUSE_OF*0..1]->(:Claim)-[:WEAPON]->(told:Weapon)
OPTIONAL MATCH (told)-[:VARIANT_OF*0..2]->(family:Weapon)
OPTIONAL MATCH (told)<-[:VARIANT_OF*1..2]-(variant:Weapon)
WITH e, weapon, buyer, seller, hit, by, instrument, step, c, day, first, last, fit,
     collect(DISTINCT reason.id) AS reasons, collect(DISTINCT family.id) + collect(DISTINCT variant.id) AS weapons
WITH e, weapon, buyer, seller, hit, by, instrument, step, min(last) AS begun, collect(coalesce(first, last)) AS firsts, collect(c.id) AS claims,
     collect(CASE WHEN step <> '' THEN {id: c.id, day: day, first: first, last: last, fit: fit, reasons: reasons, weapons: weapons} END) AS told
OPTIONAL MATCH (hit)-[:BASED_IN|HELD_OFFICE*1..2]->(state:Country)
RETURN e.id AS episode, e.frame AS frame, e.batch AS batch, weapon.id AS weapon, buyer.id AS buyer, seller.id AS seller,
       hit.id AS hit, by.id AS sender, instrument.id AS instrument, step, begun, firsts, claims, told,
       collect(DISTINCT state.id) AS states
ORDER BY episode, step
