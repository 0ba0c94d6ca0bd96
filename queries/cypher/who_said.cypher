// ---
// name: who_said
// title: Who said what about whom
// answers: What did Erdoğan, what did anyone for Turkey, say about the F-35? Only statements with a speaker; an outlet's own words are nobody's statement. What several papers quote alike is one row.
// claims:
//   having: SPEAKER
//   roles:
//     speaker: [SPEAKER, SPEAKS_FOR]
//     about: [SUBJECT, OBJECT, SUPPLIER, RECIPIENT, WEAPON, TARGET, UNDER, PROGRAMME, AGENT, STOPPED_BY]
// parameters:
//   - name: speaker
//     type: actor
//     doc: A person, or a state or body, which stands for all who speak for it.
//     example: Erdoğan
//   - name: about
//     type: entity
//     doc: Any actor, weapon, instrument or programme that the statement is about.
//     example: F-35 programme
//   - name: from
//     type: period_start
//     doc: Only what was published on or after this day.
//     example: "2019"
//   - name: to
//     type: period_end
//     doc: Only what was published on or before this day.
//     example: "2019-12"
//   - known_on
//   - as_recorded
//   - min_support
// columns:
//   - {name: date, doc: Day on which it was first published; null where unknown.}
//   - {name: speaker, doc: Id of the speaker.}
//   - {name: speaker_name, doc: Name of the speaker.}
//   - {name: speaks_for, doc: Id of the state or body spoken for.}
//   - {name: office, doc: "Office held at that time, and the state or body in which: President, Turkey."}
//   - {name: stance, doc: "asserts, denies, alleges, threatens, or says what would be (conditional)."}
//   - {name: subject, doc: Id of who does it; null where the sender of a sanction is not named.}
//   - {name: predicate, doc: What.}
//   - {name: object, doc: To whom or with what.}
//   - {name: stage, doc: Stage told.}
//   - {name: event_date, doc: "Day of the event (EDTF), not of the statement."}
//   - {name: quote, doc: The words.}
//   - {name: outlet, doc: Id of the outlet that first printed it.}
//   - {name: outlets, doc: Ids of all that printed it.}
//   - {name: support, doc: Independent origins that quote it.}
//   - {name: first_reported, doc: Day of the first report.}
//   - {name: last_reported, doc: Day of the last report.}
//   - {name: article, doc: Id of the article that first printed it.}
//   - {name: url, doc: Its address.}
//   - {name: claims, doc: Ids of the claims.}
// ---
WITH c, substring(c.published, 0, 10) AS day
WHERE ($from IS NULL OR day >= $from) AND ($to IS NULL OR day <= $to)
MATCH (c)-[said:SPEAKER]->(who:Actor)
OPTIONAL MATCH (c)-[:SPEAKS_FOR]->(state:Actor)
OPTIONAL MATCH (c)-[:SUBJECT]->(s:Actor)
OPTIONAL MATCH (c)-[:OBJECT]->(x)
OPTIONAL MATCH (who)-[held:HELD_OFFICE]->(body:Actor)
WHERE coalesce(held.title = said.office, true) AND coalesce(held.since <= day, true) AND coalesce(held.until >= day, true)
WITH c, day, who, said.office AS told, state, s, x, min(held.title + ', ' + body.name) AS title
// Every statement has a source: only where a row wants more are they counted before the page is chosen.
OPTIONAL MATCH (c)<-[:REPORTS]-(a:Article) WHERE $min_support > 1
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
WITH c, day, who, coalesce(title, told) AS office, state, s, x, coalesce(a.origin, o.id, a.id) AS origin,
     CASE c.assertion
       WHEN 'denied' THEN 'denies'
       WHEN 'alleged' THEN 'alleges'
       WHEN 'conditional' THEN 'conditional'
       ELSE CASE c.stage WHEN 'threatened' THEN 'threatens' ELSE 'asserts' END
     END AS stance
WITH who, state, office, stance, s, x, c.predicate AS predicate, c.stage AS stage, c.event_date AS event_date, c.quotes[0] AS quote,
     collect(c) AS told, min(coalesce(c.published, '9999') + ' ' + c.id) AS begin, count(DISTINCT origin) AS origins, min(day) AS first_reported, max(day) AS last_reported
WHERE $min_support <= 1 OR origins >= $min_support
WITH who, state, office, stance, s, x, predicate, stage, event_date, quote, told, first_reported, last_reported
ORDER BY coalesce(first_reported, ''), split(begin, ' ')[1]
SKIP $offset LIMIT $limit
UNWIND told AS c
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
WITH who, state, office, stance, s, x, predicate, stage, event_date, quote, first_reported, last_reported, c, a, coalesce(o.id, '') AS printer, coalesce(a.origin, o.id, a.id) AS origin
ORDER BY coalesce(c.published, '9999'), c.id
WITH who, state, office, stance, s, x, predicate, stage, event_date, quote, first_reported, last_reported, collect(printer) AS printers, collect(DISTINCT printer) AS distinct_printers,
     count(DISTINCT origin) AS support, collect(a.id)[0] AS article, collect(coalesce(a.url, ''))[0] AS url, collect(c.id) AS claims
RETURN first_reported AS date, who.id AS speaker, who.name AS speaker_name, state.id AS speaks_for, office, stance, s.id AS subject, predicate, x.id AS object, stage, event_date, quote,
       CASE WHEN printers[0] <> '' THEN printers[0] END AS outlet, [one IN distinct_printers WHERE one <> ''] AS outlets,
       support, first_reported, last_reported, article, CASE WHEN url <> '' THEN url END AS url, claims
ORDER BY coalesce(date, ''), claims[0]
