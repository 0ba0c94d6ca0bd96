// ---
// name: spells
// title: Episodes of a pair, from when to when
// answers: Which deals, rounds of sanctions and other episodes were there between the United States and Turkey, and from when to when? Both directions; one row an episode.
// episodes:
//   frames: [transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background]
//   roles:
//     one: [SUBJECT, OBJECT, SUPPLIER, RECIPIENT, TARGET, PROGRAMME, WEAPON, UNDER]
//     other: [SUBJECT, OBJECT, SUPPLIER, RECIPIENT, TARGET, PROGRAMME, WEAPON, UNDER]
//     subject: SUBJECT
//     object: OBJECT
//     supplier: SUPPLIER
//     recipient: RECIPIENT
//     weapon: WEAPON
//     instrument: UNDER
//     programme: PROGRAMME
//     aim: TARGET
//   belonging: {one: a, other: b}
//   where: "($frame IS NULL OR e.frame = $frame) AND ($a IS NOT NULL OR $episode IS NOT NULL)"
// parameters:
//   - name: a
//     type: entity
//     doc: One of the two; needed unless an episode is given.
//     example: United States
//   - name: b
//     type: entity
//     doc: The other; with anybody if left out.
//     example: Turkey
//   - name: episode
//     type: episode
//     doc: Only this episode.
//     example: sanction/USA/presidency-of-defense-industries/2020-12-14/caatsa
//   - name: roll_up
//     type: boolean
//     default: false
//     doc: Also those of their companies, bodies and people, and of a weapon's variants.
//     example: true
//   - name: frame
//     type: choice
//     values: [transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background]
//     doc: Only this kind of event.
//     example: sanction
//   - at
//   - from
//   - to
//   - known_on
//   - as_recorded
//   - min_support
// needs: [[a], [episode]]
// columns:
//   - {name: episode, doc: Id of the episode.}
//   - {name: frame, doc: Kind of event.}
//   - {name: predicate, doc: "Its predicate, where episodes of the frame have one."}
//   - {name: subject, doc: "Id of who does it; null in transfers, and where no report says."}
//   - {name: object, doc: Id of whom or what it is done to; null in transfers.}
//   - {name: supplier, doc: Id of the supplier of a transfer.}
//   - {name: recipient, doc: Id of the recipient of a transfer.}
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: instrument, doc: Id of the instrument.}
//   - {name: programme, doc: Id of the programme or body.}
//   - {name: target, doc: Id of whom or what a use is aimed at.}
//   - {name: batch, doc: Batch as told.}
//   - {name: measure, doc: Kind of sanction.}
//   - {name: scope, doc: "state, sector, group, persons or entity."}
//   - {name: status, doc: Where it stands as far as known.}
//   - {name: since_from, doc: First day on which it can have come into force or been carried out; null where open.}
//   - {name: since, doc: Day by which it surely was; null where it never was as far as known.}
//   - {name: until_from, doc: First day on which it can have ended.}
//   - {name: until, doc: Day by which it surely had ended; null where no end was reported.}
//   - {name: expected, doc: "Promised date, still ahead when it was reported."}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it falls into the period, and held on the day asked about; alleged where nobody asserts it."}
//   - {name: confidence, doc: "How surely the surest claim of it, once it was carried out that it was or ended, is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: Independent origins that assert it.}
//   - {name: denials, doc: Independent origins that report a denial.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of its claims.}
// ---
WITH *
WHERE fit > 0 AND held <> 'no'
WITH e, subject, object, supplier, recipient, weapon, instrument, programme, aim, c, first, last, fit, held,
     rank, sureness, halts, CASE WHEN e.frame = 'sanction' AND c.assertion = 'asserted' AND last <= $at THEN last END AS told ORDER BY c.id
WITH e, subject, object, supplier, recipient, weapon, instrument, programme, aim,
     min(coalesce(first, '')) AS begun, min(coalesce(first, last, '')) AS earliest, max(fit) AS fit, collect(held)[0] AS held, collect(c.id) AS claims,
     max(CASE WHEN rank IN [0, 3] OR NOT e.status IN ['actual', 'suspended', 'ended'] THEN sureness END) AS confidence,
     max(CASE WHEN halts THEN told END) AS suspended, max(CASE WHEN rank = 3 THEN told END) AS in_effect
WHERE ($at IS NULL OR begun <= $at) AND coalesce(suspended < coalesce(in_effect, ''), suspended IS NULL)
RETURN e.id AS episode, e.frame AS frame, e.predicate AS predicate, subject.id AS subject, object.id AS object,
       supplier.id AS supplier, recipient.id AS recipient, weapon.id AS weapon, instrument.id AS instrument,
       programme.id AS programme, aim.id AS target, e.batch AS batch, e.measure AS measure, e.scope AS scope,
       e.status AS status, e.since_from AS since_from, e.since AS since, e.until_from AS until_from, e.until AS until,
       e.expected AS expected,
       CASE
         WHEN e.status = 'claimed' THEN 'alleged'
         WHEN fit = 1 OR held = 'unknown' THEN 'unknown'
         WHEN fit = 2 OR held = 'possibly' THEN 'possibly'
         ELSE 'yes'
       END AS certainty,
       confidence, e.support AS support, e.denials AS denials, e.first_reported AS first_reported, e.last_reported AS last_reported, claims
ORDER BY earliest, episode
