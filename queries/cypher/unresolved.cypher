// ---
// name: unresolved
// title: Names that could not be placed
// answers: Which names could the catalogue not place, or place in two ways? One row a name, those in most articles first. An organ that acts for its state under a name of the state (the Treasury Department) is placed. Instruments that go by a number alone are left out.
// parameters:
//   - name: kind
//     type: choice
//     values: [Country, Organization, Company, ArmedGroup, Person, Weapon, Instrument]
//     doc: Only names that were read as this.
//     example: Person
//   - name: min_count
//     type: integer
//     default: 1
//     doc: Only names in at least so many articles.
//     example: 2
// then: unresolved
// columns:
//   - {name: name, doc: "The name, as it is worded most often."}
//   - {name: kind, doc: What it was read as.}
//   - {name: problem, doc: "unknown: the catalogue has no such entry; several: the same words name more than one."}
//   - {name: id, doc: Id under which the claims have it.}
//   - {name: articles, doc: Number of articles whose live claims name it.}
//   - {name: candidates, doc: "Ids that it may be as well: others of that name, else entries of the catalogue with a name like it."}
//   - {name: example, doc: The words of one claim about it.}
//   - {name: claim, doc: Id of that claim.}
//   - {name: article, doc: Id of its article.}
// ---
MATCH (n:Actor|Weapon|Instrument)<-[r]-(c:Claim)<-[:REPORTS]-(a:Article)
WHERE (n.source IS NULL OR n.id IN $shared) AND c.retired_at IS NULL AND r.text IS NOT NULL
WITH n, r.text AS text, collect(DISTINCT a.id) AS articles, collect(DISTINCT type(r)) AS roles, min(c.id) AS first
MATCH (c:Claim)<-[:REPORTS]-(a:Article) WHERE c.id = first
RETURN n.id AS id, n.name AS name, labels(n) AS labels, n.source IS NULL AS unknown, text, articles, roles, c.id AS claim, c.quotes[0] AS example, a.id AS article
ORDER BY id, text
