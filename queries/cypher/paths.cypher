// ---
// name: paths
// title: How two are connected
// answers: How are these two connected, in at most four steps, and on what evidence? Steps are plain edges; never an article, a mention or a class of weapons. Short paths come first, then those around nodes with few neighbours.
// parameters:
//   - name: a
//     type: entity
//     required: true
//     doc: Where the path begins.
//     example: Iran
//   - name: b
//     type: entity
//     required: true
//     doc: Where it ends.
//     example: Ukraine
//   - name: max
//     type: integer
//     default: 4
//     most: 4
//     doc: At most so many steps, 4 or fewer.
//     example: 3
//   - name: via
//     type: choice
//     values: [PURCHASES, RECEIVES, SUPPLIES, ARMS, SANCTIONS, EXCLUDED_FROM, DEVELOPS, TESTS, DEPLOYS, USES, SIGNS, WITHDRAWS_FROM, VIOLATES, COMPLIES_WITH]
//     doc: Only over edges of this type.
//     example: ARMS
//   - name: at
//     type: day
//     doc: Only over what held on this day.
//     example: "2022-12-31"
//   - name: alleged
//     type: boolean
//     default: false
//     doc: Also over what is only alleged; one such step makes the path alleged.
//     example: true
//   - min_support
//   - known_on
// then: paths
// columns:
//   - {name: path, doc: Ids of the nodes in order.}
//   - {name: names, doc: Their names.}
//   - {name: steps, doc: Number of steps.}
//   - {name: edges, doc: "The steps, as (start)-[TYPE]->(end); the best known one where several connect two nodes."}
//   - {name: since, doc: "For each step, the day by which it surely had begun."}
//   - {name: until, doc: "For each step, the day by which it surely had ended; null where no end is known."}
//   - {name: supports, doc: "For each step, the independent origins that assert it."}
//   - {name: together, doc: "yes, possibly or no: whether there was a day on which every step held."}
//   - {name: certainty, doc: "Of the weakest step: yes, possibly (where a day is asked about), or alleged."}
//   - {name: support, doc: Origins of the step with the fewest.}
//   - {name: first_reported, doc: Day of the first report of a step.}
//   - {name: last_reported, doc: Day of the last.}
//   - {name: episodes, doc: Ids of the episodes of the steps.}
//   - {name: claims, doc: Ids of their claims.}
// ---
UNWIND $pairs AS pair
MATCH (s:Actor {id: pair[0]})-[f]->(t)
WHERE t.id IN pair[1] AND f.episode IS NOT NULL AND ($alleged OR type(f) <> 'ALLEGED') AND ($via IS NULL OR type(f) = $via OR f.predicate = $via)
  AND f.support >= coalesce($min_support, 0) AND ($at IS NULL OR (coalesce(f.since_from, f.since, '') <= $at AND $at < coalesce(f.until, '9999-12-31')))
WITH s.id AS start, t.id AS end, f, type(f) AS type, coalesce(f.predicate, type(f)) AS predicate
ORDER BY CASE type WHEN 'ALLEGED' THEN 1 ELSE 0 END, f.support DESC, f.episode, type, predicate
WITH start, end, collect({edge: f, type: type, predicate: predicate})[0] AS best, collect(DISTINCT [f.since_from, f.since, f.until_from, f.until]) AS spells
WITH start, end, best.type AS type, best.predicate AS predicate, best.edge AS f, spells
RETURN start, end, type, predicate, f.since AS since, f.until AS until, f.support AS support, f.first_reported AS first_reported,
       f.last_reported AS last_reported, f.episode AS episode, spells
ORDER BY start, end
