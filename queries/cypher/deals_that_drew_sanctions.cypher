// ---
// name: deals_that_drew_sanctions
// title: Deals that drew sanctions
// answers: Which arms deals brought sanctions, or threats of them, on the buyer or the seller? What an article gives as the cause is told apart from what merely came within two years after.
// episodes:
//   frames: [transfer]
//   roles: {weapon: WEAPON, buyer: RECIPIENT, seller: SUPPLIER, hit: OBJECT, by: SUBJECT, instrument: UNDER}
//   beside: {frames: [sanction], role: OBJECT, of: [RECIPIENT, SUPPLIER]}
// parameters:
//   - weapon
//   - name: buyer
//     type: actor
//     doc: Who bought; sanctions on the seller are told as well.
//     example: Turkey
//   - sender
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
// columns:
//   - {name: deal, doc: Id of the deal.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: buyer, doc: Id of the buyer.}
//   - {name: seller, doc: Id of the seller.}
//   - {name: batch, doc: Batch of the deal as told.}
//   - {name: sanction, doc: Id of the round of sanctions.}
//   - {name: sender, doc: Id of who imposed or threatened it; null where no report names one.}
//   - {name: target, doc: "Id of who was hit or threatened: buyer or seller."}
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
WITH *
WHERE e.status <> 'claimed' AND c.assertion = 'asserted'
  AND (e.frame = 'transfer' OR ((rank > 1 OR c.stage = 'threatened') AND fit > 0 AND ($sender IS NULL OR by.id = $sender) AND ($at IS NULL OR coalesce(first, '') <= $at)))
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
OPTIONAL MATCH (c)-[:BECAUSE_OF]->(reason:Claim)
WITH e, weapon, buyer, seller, hit, by, instrument, c, day, first, last, rank, fit, coalesce(a.origin, o.id, a.id) AS origin, who, collect(DISTINCT reason.id) AS reasons
OPTIONAL MATCH (c)-[:BECAUSE_OF*0..1]->(:Claim)-[:WEAPON]->(told:Weapon)
WHERE e.frame = 'sanction'
OPTIONAL MATCH (told)-[:VARIANT_OF*0..2]->(family:Weapon)
OPTIONAL MATCH (told)<-[:VARIANT_OF*1..2]-(variant:Weapon)
WITH e, weapon, buyer, seller, hit, by, instrument, c, day, first, last, rank, fit, origin, who, reasons,
     collect(DISTINCT family.id) + collect(DISTINCT variant.id) AS weapons
ORDER BY c.id
WITH e, weapon, buyer, seller, hit, by, instrument, CASE WHEN e.frame = 'transfer' THEN '' WHEN rank = 3 THEN 'imposed' ELSE 'threatened' END AS step,
     collect({id: c.id, day: day, first: first, last: last, fit: fit, origin: origin, who: who.id, reasons: reasons, weapons: weapons, quote: c.quotes[0]}) AS told,
     min(last) AS begun, collect(coalesce(first, last)) AS firsts
WITH *, reduce(best = null, first IN firsts | CASE WHEN first <= begun AND (best IS NULL OR first > best) THEN first ELSE best END) AS begun_from
WHERE step = '' OR $stage IS NULL OR step = $stage
ORDER BY e.id, step
WITH collect(CASE WHEN e.frame = 'transfer' THEN {e: e, weapon: weapon.id, buyer: buyer.id, seller: seller.id, begun: begun, begun_from: begun_from, claims: [t IN told | t.id]} END) AS deals,
     collect(CASE WHEN e.frame = 'sanction' THEN {e: e, hit: hit.id, by: by.id, instrument: instrument.id, step: step, told: told, begun: begun,
       silent: none(t IN told WHERE size(t.reasons) > 0 OR size(t.weapons) > 0)} END) AS rounds,
     collect(DISTINCT CASE WHEN e.frame = 'sanction' THEN hit.id END) AS targets
UNWIND targets AS target
WITH [d IN deals WHERE d.buyer = target OR d.seller = target] AS deals, [r IN rounds WHERE r.hit = target] AS rounds
UNWIND rounds AS round
WITH deals, round, toString(date(round.begun) - duration({days: 730})) AS earliest
// Only deals that can be the cause, or came shortly before where no cause is given; `deals` are all of the target's.
WITH deals, round, [d IN deals WHERE CASE
       WHEN round.silent THEN d.buyer = round.hit AND d.begun <= round.begun AND d.begun >= earliest
       ELSE any(t IN round.told WHERE d.weapon IN t.weapons OR any(reason IN t.reasons WHERE reason IN d.claims))
     END] AS near
UNWIND near AS deal
// A weapon that is named as the cause means the deal about it that was the last to begin by then, of those whose seller is known.
WITH round, near, deal, CASE WHEN NOT round.silent THEN
       reduce(best = null, d IN [d IN deals WHERE d.weapon = deal.weapon AND d.buyer = deal.buyer AND d.seller IS NOT NULL AND d.begun <= round.begun] |
       CASE WHEN best IS NULL OR d.begun > best.begun OR (d.begun = best.begun AND d.e.id > best.e.id) THEN d ELSE best END) END AS latest
WITH round, deal, CASE WHEN round.silent THEN [] ELSE [t IN round.told WHERE CASE
       WHEN any(d IN near WHERE d.seller IS NOT NULL AND any(reason IN t.reasons WHERE reason IN d.claims)) THEN any(reason IN t.reasons WHERE reason IN deal.claims)
       WHEN latest IS NOT NULL THEN deal.weapon IN t.weapons AND latest.e.id = deal.e.id
       ELSE any(reason IN t.reasons WHERE reason IN deal.claims)
     END] END AS causes
WITH *, size(causes) > 0 AS said_cause
WHERE said_cause OR round.silent
WITH *, CASE WHEN said_cause THEN causes ELSE round.told END AS told
UNWIND told AS t
WITH round, deal, said_cause, t
ORDER BY t.id
WITH round, deal, said_cause, min(t.last) AS date_to, collect(t.first) AS firsts, collect(DISTINCT t.who) AS speakers, collect(t.quote)[0] AS quote,
     count(DISTINCT t.origin) AS support, min(t.day) AS first_reported, max(t.day) AS last_reported, collect(t.id) AS claims, max(t.fit) AS fit
WITH *, reduce(best = null, first IN firsts | CASE WHEN first <= date_to AND (best IS NULL OR first > best) THEN first ELSE best END) AS date_from
RETURN deal.e.id AS deal, deal.weapon AS weapon, deal.buyer AS buyer, deal.seller AS seller, deal.e.batch AS batch, round.e.id AS sanction,
       round.by AS sender, round.hit AS target, round.instrument AS instrument, round.step AS step, date_from, date_to,
       said_cause, said_cause = false AS merely_after,
       duration.inDays(date(deal.begun), date(coalesce(date_from, date_to))).days AS days_min, duration.inDays(date(deal.begun_from), date(date_to)).days AS days_max,
       speakers, CASE WHEN said_cause THEN quote END AS quote, CASE WHEN fit = 3 AND coalesce(date_to <= $at, true) THEN 'yes' ELSE 'possibly' END AS certainty,
       support, first_reported, last_reported, claims
ORDER BY CASE WHEN said_cause THEN 0 ELSE 1 END, date_to, deal, sanction, step
