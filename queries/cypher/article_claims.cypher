// ---
// name: article_claims
// title: What an article yielded
// answers: Which claims were read from this article, with which words? One row a claim, in the order of the text.
// parameters:
//   - name: article
//     type: article
//     required: true
//     doc: "Id of the article, its URL (tracking parameters do not matter), or the input's own id."
//     example: 2021-09-27-erdogan-second-batch-of-s-400
//   - name: retired
//     type: boolean
//     default: false
//     doc: Also claims that no longer count.
//     example: true
// columns:
//   - {name: claim, doc: Id of the claim.}
//   - {name: subject, doc: Id of the subject; null where the sender of a sanction is not named.}
//   - {name: predicate, doc: The verb.}
//   - {name: object, doc: Id of the object.}
//   - {name: roles, doc: "The other roles, as `role=id`."}
//   - {name: stage, doc: Stage told.}
//   - {name: assertion, doc: "asserted, alleged, denied or conditional."}
//   - {name: speaker, doc: Id of who says so.}
//   - {name: event_date, doc: Day of the event (EDTF).}
//   - {name: date_from, doc: First day that it allows.}
//   - {name: date_to, doc: Last day that it allows.}
//   - {name: batch, doc: Batch as told.}
//   - {name: quote, doc: The words.}
//   - {name: start, doc: First code point of the words in the article's text.}
//   - {name: end, doc: Code point after them.}
//   - {name: confidence, doc: "The extractor's own estimate, 0 to 1."}
//   - {name: extractor, doc: What read it.}
//   - {name: episode, doc: Id of its episode.}
//   - {name: retired_why, doc: Why it no longer counts; null where it does.}
// ---
MATCH (:Article {id: $article})-[:REPORTS]->(c:Claim)
WHERE $retired OR c.retired_at IS NULL
OPTIONAL MATCH (c)-[:ABOUT]->(e:Episode)
OPTIONAL MATCH (c)-[:SUBJECT]->(s)
OPTIONAL MATCH (c)-[:OBJECT]->(x)
OPTIONAL MATCH (c)-[:SPEAKER]->(who)
OPTIONAL MATCH (c)-[r:SUPPLIER|RECIPIENT|WEAPON|TARGET|UNDER|PROGRAMME|AGENT|STOPPED_BY]->(n)
WITH c, e, s, x, who, CASE WHEN n IS NOT NULL THEN toLower(type(r)) + '=' + n.id END AS role
ORDER BY role
WITH c, e, s, x, who, collect(role) AS roles
RETURN c.id AS claim, s.id AS subject, c.predicate AS predicate, x.id AS object, roles, c.stage AS stage, c.assertion AS assertion,
       who.id AS speaker, c.event_date AS event_date, c.date_from AS date_from, c.date_to AS date_to, c.batch AS batch,
       c.quotes[0] AS quote, c.starts[0] AS start, c.ends[0] AS end, c.confidence AS confidence, c.extractor AS extractor,
       e.id AS episode, c.retired_why AS retired_why
ORDER BY start, claim
