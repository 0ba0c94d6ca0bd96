// ---
// name: copies
// title: Copies of one text
// answers: Which articles are the same text, and which is the original? One row an article, the original first. Without an article all groups are shown, or those of which something was published in the period.
// parameters:
//   - name: article
//     type: article
//     doc: "Only its group: id of the article, its URL (tracking parameters do not matter), or the input's own id."
//     example: 2021-09-27-erdogan-second-batch-of-s-400
//   - name: from
//     type: period_start
//     doc: Only groups with an article published on or after this day.
//     example: "2020"
//   - name: to
//     type: period_end
//     doc: Only groups with an article published on or before this day.
//     example: "2020-12-31"
// columns:
//   - {name: group, doc: Id of the original.}
//   - {name: role, doc: original or copy.}
//   - {name: article, doc: Id of the article.}
//   - {name: outlet, doc: Id of its outlet.}
//   - {name: published, doc: "When it was published; a copy may be dated before its original."}
//   - {name: likeness, doc: "Share of the shorter text that stands in the longer one, 0 to 1; null of the original."}
//   - {name: agency, doc: Id of the agency whose text it is; null where none is named.}
//   - {name: origin, doc: "Whose report it is; equal origins support a fact once."}
//   - {name: title, doc: Headline.}
//   - {name: url, doc: Address.}
// ---
OPTIONAL MATCH (:Article {id: $article})-[:COPY_OF]->(of:Article)
WITH coalesce(of.id, $article) AS wanted
MATCH (original:Article)<-[r:COPY_OF]-(copy:Article)
WHERE wanted IS NULL OR original.id = wanted
WITH original, substring(coalesce(original.published, ''), 0, 10) AS day,
     collect({id: copy.id, likeness: r.likeness, day: substring(coalesce(copy.published, ''), 0, 10)}) AS copies
WITH original.id AS group, [{id: original.id, likeness: null, day: day}] + copies AS members
WHERE size([one IN members WHERE ($from IS NULL OR one.day >= $from) AND ($to IS NULL OR (one.day <> '' AND one.day <= $to))]) > 0
UNWIND members AS member
MATCH (a:Article) WHERE a.id = member.id
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (agency:Outlet) WHERE agency.id = a.origin AND agency.kind = 'agency'
RETURN group, CASE WHEN a.id = group THEN 'original' ELSE 'copy' END AS role, a.id AS article, o.id AS outlet, a.published AS published,
       member.likeness AS likeness, agency.id AS agency, a.origin AS origin, a.title AS title, a.url AS url
ORDER BY group, role DESC, coalesce(published, '9999'), article
