// ---
// name: figures
// title: How many, for how much, and who says so
// answers: Which quantities and sums are told of a deal, and by whom? One row a figure; nothing is added up. A sum that an article gives for several deals (three weapons, two suppliers) is one row.
// episodes:
//   frames: [transfer]
//   support_of: row
//   roles: {supplier: SUPPLIER, recipient: RECIPIENT, weapon: WEAPON}
//   pages: {by: id, row: place, beside: true}
// parameters:
//   - name: episode
//     type: episode
//     doc: Only figures of this deal; with `known_on` what was known of it by then.
//     example: transfer/RUS/TUR/s-400/2017-09-12
//   - supplier
//   - recipient
//   - weapon
//   - name: mode
//     type: choice
//     values: [sale, aid, loan, licence, smuggling, second-hand, re-export]
//     doc: Only figures of statements of this mode.
//     example: sale
//   - name: stage
//     type: choice
//     values: [threatened, demanded, considered, planned, approved, agreed, ongoing, completed, suspended, refused, ended]
//     doc: Only figures told of this stage.
//     example: agreed
//   - at
//   - known_on
//   - as_recorded
//   - from
//   - to
//   - alleged
//   - min_support
// columns:
//   - {name: episodes, doc: Ids of the deals that the figure is about.}
//   - {name: weapons, doc: Ids of their weapons.}
//   - {name: kind, doc: quantity or value.}
//   - {name: minimum, doc: Least number or amount; null where only a ceiling is told.}
//   - {name: maximum, doc: Greatest number or amount; null where only a floor is told.}
//   - {name: unit, doc: "What is counted: a battery is no launcher, a launcher no missile; null where unknown."}
//   - {name: qualifier, doc: "exactly, about, at least, up to or between."}
//   - {name: currency, doc: Currency of a value (ISO 4217).}
//   - {name: scope, doc: "item (this weapon), package, ceiling, or joint where several deals share it; null where unknown."}
//   - {name: stages, doc: Stages that it is told of.}
//   - {name: speakers, doc: Ids of those who give it.}
//   - {name: outlets, doc: Ids of the outlets that have it.}
//   - {name: certainty, doc: "yes, possibly or unknown: whether what it is told of falls into the period, and had happened by the day asked about; alleged."}
//   - {name: support, doc: Independent origins of the figure.}
//   - {name: first_reported, doc: Day of its first report.}
//   - {name: last_reported, doc: Day of its last report.}
//   - {name: claims, doc: Ids of the claims.}
// ---
WITH e, weapon, c, day, fit, coalesce(last > $at, false) AS after,
     [figure IN [
       CASE WHEN c.quantity_min IS NOT NULL OR c.quantity_max IS NOT NULL
            THEN {kind: 'quantity', minimum: c.quantity_min, maximum: c.quantity_max, words: coalesce(c.quantity_text, '')} END,
       CASE WHEN c.value IS NOT NULL
            THEN {kind: 'value', minimum: CASE WHEN c.value_scope = 'ceiling' THEN null ELSE c.value END, maximum: c.value, words: ''} END
     ] WHERE figure IS NOT NULL] AS figures
WHERE fit > 0 AND ($alleged OR c.assertion = 'asserted') AND ($at IS NULL OR coalesce(first, '') <= $at)
  AND ($mode IS NULL OR c.mode = $mode) AND ($stage IS NULL OR c.stage = $stage)
UNWIND figures AS figure
MATCH (c)<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who:Actor)
WITH e, weapon, c, day, fit, after, a, o, who, figure.kind AS kind, figure.minimum AS minimum, figure.maximum AS maximum,
     CASE WHEN figure.kind = 'quantity' THEN c.unit END AS unit, CASE WHEN figure.kind = 'value' THEN c.currency END AS currency,
     CASE WHEN figure.kind = 'value' THEN c.value_scope END AS scope,
     CASE
       WHEN figure.minimum IS NULL THEN 'up to'
       WHEN figure.maximum IS NULL THEN 'at least'
       WHEN figure.minimum < figure.maximum THEN 'between'
       WHEN any(word IN ['about', 'around', 'roughly', 'some ', 'nearly', 'almost', 'approximately'] WHERE toLower(figure.words) CONTAINS word) THEN 'about'
       ELSE 'exactly'
     END AS qualifier
ORDER BY e.id, c.id
WITH a, o, CASE WHEN kind = 'quantity' THEN weapon.id END AS of, kind, minimum, maximum, unit, currency, scope, qualifier,
     collect(DISTINCT e.id) AS episodes, collect(DISTINCT weapon.id) AS weapons, collect(DISTINCT c.id) AS claims, collect(DISTINCT c.stage) AS stages,
     collect(DISTINCT who.id) AS speakers, min(day) AS first_reported, max(day) AS last_reported,
     max(CASE WHEN c.assertion <> 'asserted' OR e.status = 'claimed' THEN 0 WHEN after AND fit = 3 THEN 2 ELSE fit END) AS fit
WITH episodes, weapons, kind, minimum, maximum, unit, currency, qualifier, CASE WHEN size(episodes) > 1 THEN 'joint' ELSE scope END AS scope,
     collect({claims: claims, stages: stages, speakers: speakers, outlet: o.id, origin: coalesce(a.origin, o.id, a.id)}) AS tellings,
     min(first_reported) AS first_reported, max(last_reported) AS last_reported, max(fit) AS fit
UNWIND tellings AS telling
UNWIND telling.claims AS claim
UNWIND telling.stages AS stage
UNWIND CASE WHEN size(telling.speakers) = 0 THEN [null] ELSE telling.speakers END AS speaker
WITH episodes, weapons, kind, minimum, maximum, unit, currency, qualifier, scope, first_reported, last_reported, fit, telling, claim, stage, speaker
ORDER BY claim, stage, speaker, telling.outlet
WITH episodes, weapons, kind, minimum, maximum, unit, currency, qualifier, scope, first_reported, last_reported, fit,
     collect(DISTINCT claim) AS claims, collect(DISTINCT stage) AS stages, collect(DISTINCT speaker) AS speakers,
     collect(DISTINCT telling.outlet) AS outlets, count(DISTINCT telling.origin) AS support
WHERE support >= $min_support
RETURN episodes, weapons, kind, minimum, maximum, unit, qualifier, currency, scope, stages, speakers, outlets,
       CASE fit WHEN 0 THEN 'alleged' WHEN 1 THEN 'unknown' WHEN 2 THEN 'possibly' ELSE 'yes' END AS certainty,
       support, first_reported, last_reported, claims, episodes[0] AS place
ORDER BY place, size(episodes), kind, coalesce(unit, ''), coalesce(currency, ''), coalesce(maximum, minimum), coalesce(minimum, maximum), claims[0]
