// ---
// name: first_report
// title: Who reported it first
// answers: Who was the first to report this deal, threat or sanction, and who only repeated it? One row an independent origin and stage, the earliest first; a copy stands under its original.
// episodes:
//   frames: [transfer, sanction, exclude, develop, test, deploy, use, treaty, stance, meeting, background]
// parameters:
//   - name: episode
//     type: episode
//     required: true
//     doc: Of what the first report is asked for.
//     example: sanction/USA/presidency-of-defense-industries/2020-12-14/caatsa
//   - name: stage
//     type: choice
//     values: [threatened, demanded, considered, planned, approved, agreed, ongoing, completed, suspended, refused, ended]
//     doc: "Only reports of this stage: the threat was reported before the sanction."
//     example: completed
//   - alleged
//   - known_on
//   - as_recorded
// columns:
//   - {name: stage, doc: Stage reported.}
//   - {name: first, doc: "yes: nobody was earlier; possibly: another of that day, and an hour is not known; else no."}
//   - {name: published, doc: "When the origin's own article appeared: a day, or day and time in UTC."}
//   - {name: outlet, doc: Id of its outlet.}
//   - {name: origin, doc: "Where the text comes from; equal origins count once."}
//   - {name: title, doc: Headline.}
//   - {name: url, doc: Address.}
//   - {name: article, doc: Id of the article.}
//   - {name: event_date, doc: "Day of the event as it tells it (EDTF); the report is later."}
//   - {name: copies, doc: Ids of the other articles of the same origin that tell it.}
//   - {name: copy_outlets, doc: Ids of their outlets.}
//   - {name: assertion, doc: "asserted, alleged, denied or conditional."}
//   - {name: support, doc: Independent origins that tell this stage.}
//   - {name: first_reported, doc: "Earliest date under any article of this origin, also of a copy dated before its original."}
//   - {name: last_reported, doc: Latest such date.}
//   - {name: claims, doc: Ids of the claims.}
// ---
WITH e, c
WHERE ($stage IS NULL OR c.stage = $stage) AND ($alleged OR c.assertion = 'asserted')
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (a)-[:COPY_OF]->(of:Article)
WITH c, a, o, coalesce(of.id, a.id) = a.id AS own, coalesce(c.published, '9999') AS shown
ORDER BY CASE WHEN own THEN 0 ELSE 1 END, shown, c.id
WITH c.stage AS stage, c.assertion AS assertion, coalesce(a.origin, o.id, a.id) AS origin, min(shown) AS earliest, max(shown) AS latest,
     collect({article: a.id, published: c.published, outlet: o.id, title: a.title, url: a.url, event_date: c.event_date}) AS told, collect(c.id) AS claims
ORDER BY earliest, origin
WITH stage, assertion, collect({origin: origin, earliest: earliest, latest: latest, told: told, claims: claims}) AS reports
UNWIND reports AS report
WITH stage, assertion, report, report.told[0] AS own, size(reports) AS support, reports[0].earliest AS begin,
     size([one IN reports WHERE substring(one.earliest, 0, 10) = substring(reports[0].earliest, 0, 10)]) AS that_day
RETURN stage,
       CASE
         WHEN substring(report.earliest, 0, 10) <> substring(begin, 0, 10) THEN 'no'
         WHEN size(begin) <= 10 AND that_day > 1 THEN 'possibly'
         WHEN report.earliest = begin THEN 'yes'
         ELSE 'no'
       END AS first,
       own.published AS published, own.outlet AS outlet, report.origin AS origin, own.title AS title, own.url AS url, own.article AS article, own.event_date AS event_date,
       reduce(all = [], one IN report.told | CASE WHEN one.article = own.article OR one.article IN all THEN all ELSE all + [one.article] END) AS copies,
       reduce(all = [], one IN report.told | CASE WHEN one.article = own.article OR one.outlet IS NULL OR one.outlet IN all THEN all ELSE all + [one.outlet] END) AS copy_outlets,
       assertion, support, CASE WHEN report.earliest <> '9999' THEN substring(report.earliest, 0, 10) END AS first_reported,
       CASE WHEN report.latest <> '9999' THEN substring(report.latest, 0, 10) END AS last_reported, report.claims AS claims
ORDER BY report.earliest, stage, assertion, origin
