// ---
// name: evidence
// title: Show me the words
// answers: On which words does this claim, this episode or this edge rest? Give a claim, an episode, or an edge by its subject, type and object. A claim that no longer counts is shown where its own id is given. One row a quote, of a claim first what tells it, then what names who takes part.
// parameters:
//   - name: claim
//     type: claim
//     doc: Id of a claim.
//     example: 0123456789abcdef0123
//   - name: episode
//     type: episode
//     doc: Id of an episode, such as the property `episode` of an edge.
//     example: sanction/USA/presidency-of-defense-industries/2020-12-14/caatsa
//   - name: subject
//     type: entity
//     doc: Where the edge begins.
//     example: United States
//   - name: edge
//     type: choice
//     values: [PURCHASES, RECEIVES, SUPPLIES, ARMS, SANCTIONS, EXCLUDED_FROM, DEVELOPS, TESTS, DEPLOYS, USES, SIGNS, WITHDRAWS_FROM, VIOLATES, COMPLIES_WITH, ALLEGED]
//     doc: Type of the edge; any type if left out.
//     example: SANCTIONS
//   - name: object
//     type: entity
//     doc: Where the edge ends.
//     example: Turkey
//   - known_on
// needs: [[episode], [claim], [subject, object]]
// then: sentences
// columns:
//   - {name: claim, doc: Id of the claim.}
//   - {name: episode, doc: Id of its episode.}
//   - {name: quote, doc: "The words, as they stand in the article."}
//   - {name: start, doc: First code point of the words in the text that the claim was read from.}
//   - {name: end, doc: Code point after them.}
//   - {name: sentence, doc: "The sentences of the stored text in which they stand, as punctuation cuts them; null where the article has changed since or its text is gone."}
//   - {name: stage, doc: Stage that they tell.}
//   - {name: assertion, doc: "asserted, alleged, denied or conditional."}
//   - {name: subject, doc: Id of the subject.}
//   - {name: object, doc: Id of the object.}
//   - {name: words, doc: "Which words were read as which actor, weapon or instrument, as `role=id: words`; they may stand elsewhere in the article."}
//   - {name: speaker, doc: Id of who says so.}
//   - {name: title, doc: Headline.}
//   - {name: outlet, doc: Id of the outlet.}
//   - {name: origin, doc: "Where the text comes from; equal origins count once."}
//   - {name: published, doc: Day of publication.}
//   - {name: url, doc: Address of the article.}
//   - {name: article, doc: Id of the article.}
//   - {name: retired_why, doc: Why the claim no longer counts; null where it does.}
// ---
OPTIONAL MATCH (actor:Actor {id: $object})
OPTIONAL MATCH (weapon:Weapon {id: $object})
OPTIONAL MATCH (instrument:Instrument {id: $object})
WITH coalesce(actor, weapon, instrument) AS target
OPTIONAL MATCH (:Actor {id: $subject})-[f]->(target)
WHERE f.episode IS NOT NULL AND ($edge IS NULL OR type(f) = $edge)
WITH collect(DISTINCT f.episode) AS edges
WITH CASE
       WHEN $subject IS NOT NULL THEN [edge IN edges WHERE $episode IS NULL OR edge = $episode]
       WHEN $episode IS NOT NULL THEN [$episode]
       ELSE []
     END AS episodes
OPTIONAL MATCH (told:Episode)<-[:ABOUT]-(k:Claim)
WHERE told.id IN episodes
WITH collect(DISTINCT k.id) AS told
WITH CASE
       WHEN $claim IS NULL THEN told
       WHEN $subject IS NULL AND $episode IS NULL THEN [$claim]
       ELSE [id IN told WHERE id = $claim]
     END AS ids
UNWIND ids AS id
MATCH (c:Claim {id: id})
WHERE (c.retired_at IS NULL OR c.id = $claim) AND ($known_on IS NULL OR substring(c.published, 0, 10) <= $known_on)
OPTIONAL MATCH (c)-[:ABOUT]->(e:Episode)
UNWIND range(0, size(c.quotes) - 1) AS position
WITH c, e, position
ORDER BY coalesce(c.published, ''), c.id, position, e.id
SKIP $offset LIMIT $limit
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SUBJECT]->(s:Actor)
OPTIONAL MATCH (c)-[:OBJECT]->(x)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
OPTIONAL MATCH (c)-[r:SUBJECT|OBJECT|SUPPLIER|RECIPIENT|WEAPON|TARGET|UNDER|PROGRAMME|SPEAKER|AGENT|STOPPED_BY]->(n)
WITH c, e, position, a, o, s, x, who, CASE WHEN r.text IS NOT NULL THEN toLower(type(r)) + '=' + n.id + ': ' + r.text END AS word
ORDER BY word
WITH c, e, position, a, o, s, x, who, collect(DISTINCT word) AS words
RETURN c.id AS claim, e.id AS episode, c.quotes[position] AS quote, c.starts[position] AS start, c.ends[position] AS end, a.text AS text,
       c.stage AS stage, c.assertion AS assertion, s.id AS subject, x.id AS object, words,
       who.id AS speaker, a.title AS title, o.id AS outlet, coalesce(a.origin, o.id, a.id) AS origin,
       c.published AS published, a.url AS url, a.id AS article, c.retired_why AS retired_why
ORDER BY coalesce(published, ''), claim, position, episode
