// ---
// name: single_source
// title: What hangs on one source
// answers: Which of these facts does one origin alone report, and whose is it? By stage, since a second source for the threat does not confirm the imposition.
// episodes:
//   frames: [transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background]
//   roles:
//     actor: [SUBJECT, OBJECT, SUPPLIER, RECIPIENT, TARGET]
//     weapon: WEAPON
//   pages: {by: first_reported, row: place}
// parameters:
//   - name: actor
//     type: actor
//     doc: Who takes part in it.
//     example: Turkey
//   - weapon
//   - from
//   - to
//   - alleged
//   - known_on
//   - as_recorded
// columns:
//   - {name: episode, doc: Id of the episode.}
//   - {name: frame, doc: Kind of event.}
//   - {name: stage, doc: Stage that one origin alone reports.}
//   - {name: assertion, doc: "asserted, alleged, denied or conditional."}
//   - {name: outlets, doc: "Ids of the outlets that print it; several, where they copy one text or have one owner."}
//   - {name: origin, doc: "Where the text comes from: agency, owner or outlet."}
//   - {name: country, doc: Country of the outlet.}
//   - {name: owner, doc: Owner of the outlet.}
//   - {name: speaker, doc: Id of who says so; null where the outlet does.}
//   - {name: speaker_is_party, doc: "True where who says so takes part in it, such as a ministry that announces its own deed; null where the outlet says so."}
//   - {name: status, doc: Where the episode stands as far as known.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether it falls into the period; alleged, denied or conditional."}
//   - {name: confidence, doc: "How surely the surest claim of this stage is read rightly, 0 to 1; below .6 no plain edge rests on it alone."}
//   - {name: support, doc: "Independent origins that tell this stage: 1."}
//   - {name: first_reported, doc: Day of the first report of this stage.}
//   - {name: last_reported, doc: Day of the last.}
//   - {name: quote, doc: The words.}
//   - {name: claims, doc: Ids of the claims.}
// ---
WITH e, c, day, fit
WHERE fit > 0 AND ($alleged OR c.assertion = 'asserted')
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
WITH e, c.stage AS stage, c.assertion AS assertion, max(fit) AS fit, collect({c: c, day: day, o: o}) AS told,
     collect(DISTINCT coalesce(a.origin, o.id, a.id)) AS origins
WHERE size(origins) = 1
UNWIND told AS one
WITH e, stage, assertion, fit, origins[0] AS origin, one.c AS c, one.day AS day, one.o AS o
OPTIONAL MATCH (c)-[:SPEAKER|SPEAKS_FOR]->(who:Actor)
OPTIONAL MATCH (c)-[:SUBJECT|OBJECT|SUPPLIER|RECIPIENT|TARGET]->(party:Actor)
WITH e, stage, assertion, fit, origin, c, day, o, max(CASE WHEN who.id = party.id THEN 1 ELSE 0 END) AS party
OPTIONAL MATCH (c)-[:SPEAKER]->(speaker:Actor)
WITH e, stage, assertion, fit, origin, c, day, o, party, speaker
ORDER BY coalesce(day, '9999'), c.id
WITH e, stage, assertion, 1 AS support, max(c.confidence) AS confidence, fit, origin, collect(DISTINCT o.id) AS outlets, collect(DISTINCT o.country)[0] AS country,
     collect(DISTINCT o.owner)[0] AS owner, collect(DISTINCT speaker.id)[0] AS speaker, max(party) = 1 AS party,
     min(day) AS first_reported, max(day) AS last_reported, collect(c.quotes[0])[0] AS quote, collect(DISTINCT c.id) AS claims
RETURN e.id AS episode, e.frame AS frame, stage, assertion, outlets, origin, country, owner, speaker, CASE WHEN speaker IS NOT NULL THEN party END AS speaker_is_party,
       e.status AS status,
       CASE
         WHEN assertion <> 'asserted' THEN assertion
         WHEN fit = 3 THEN 'yes'
         WHEN fit = 1 THEN 'unknown'
         ELSE 'possibly'
       END AS certainty,
       confidence, support, first_reported, last_reported, quote, claims,
       coalesce(first_reported, '') AS place
ORDER BY place, episode, stage, assertion
