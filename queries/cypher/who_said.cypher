// ---
// name: who_said
// title: Who said what about whom
// answers: What did Erdoğan, what did anyone for Turkey, say about the F-35? Only statements with a speaker; an outlet's own words are nobody's statement.
// parameters:
//   - name: speaker
//     type: actor
//     doc: A person, or a state or body, which stands for all who speak for it.
//     example: Erdoğan
//   - name: about
//     type: entity
//     doc: Any actor, weapon, instrument or programme that the statement is about.
//     example: F-35 programme
//   - from
//   - to
//   - known_on
// columns:
//   - {name: date, doc: Day of publication.}
//   - {name: speaker, doc: Id of the speaker.}
//   - {name: speaker_name, doc: Name of the speaker.}
//   - {name: speaks_for, doc: Id of the state or body spoken for.}
//   - {name: office, doc: Office held at that time.}
//   - {name: stance, doc: "asserts, denies, alleges, threatens, or says what would be (conditional)."}
//   - {name: subject, doc: Who does it.}
//   - {name: predicate, doc: What.}
//   - {name: object, doc: To whom or with what.}
//   - {name: stage, doc: Stage told.}
//   - {name: event_date, doc: "Day of the event (EDTF), not of the statement."}
//   - {name: quote, doc: The words.}
//   - {name: outlet, doc: Id of the outlet.}
//   - {name: article, doc: Id of the article.}
//   - {name: url, doc: Its address.}
//   - {name: claim, doc: Id of the claim.}
// ---
MATCH (who:Actor)<-[said:SPEAKER]-(c:Claim)<-[:REPORTS]-(a:Article)
WHERE c.retired_at IS NULL AND ($known_on IS NULL OR substring(c.published, 0, 10) <= $known_on)
  AND ($from IS NULL OR substring(c.published, 0, 10) >= $from) AND ($to IS NULL OR substring(c.published, 0, 10) <= $to)
OPTIONAL MATCH (c)-[:SPEAKS_FOR]->(state:Actor)
WITH a, c, said, who, state
WHERE $speaker IS NULL OR who.id = $speaker OR state.id = $speaker
OPTIONAL MATCH (c)-[:SUBJECT|OBJECT|SUPPLIER|RECIPIENT|WEAPON|TARGET|UNDER|PROGRAMME|AGENT|STOPPED_BY]->(n)
WITH a, c, said, who, state, collect(n.id) AS roles
WHERE $about IS NULL OR $about IN roles
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SUBJECT]->(s)
OPTIONAL MATCH (c)-[:OBJECT]->(x)
RETURN substring(c.published, 0, 10) AS date, who.id AS speaker, who.name AS speaker_name, state.id AS speaks_for, said.office AS office,
       CASE c.assertion
         WHEN 'denied' THEN 'denies'
         WHEN 'alleged' THEN 'alleges'
         WHEN 'conditional' THEN 'conditional'
         ELSE CASE c.stage WHEN 'threatened' THEN 'threatens' ELSE 'asserts' END
       END AS stance,
       s.id AS subject, c.predicate AS predicate, x.id AS object, c.stage AS stage, c.event_date AS event_date, c.quotes[0] AS quote,
       o.id AS outlet, a.id AS article, a.url AS url, c.id AS claim
ORDER BY coalesce(date, ''), claim
