// ---
// name: lineage
// title: What kind of weapon it is
// answers: What is the S-300PMU-2, its family, class, maker and other names, and what are its variants? One row, from the catalogue; of a weapon that it does not know, from articles.
// parameters:
//   - name: weapon
//     type: weapon
//     required: true
//     doc: The weapon, family or class.
//     example: S-400
//   - known_on
// columns:
//   - {name: weapon, doc: Id of the weapon.}
//   - {name: weapon_name, doc: Its name.}
//   - {name: kind, doc: "model, family or class; null where unknown."}
//   - {name: designation, doc: Its official designation.}
//   - {name: category, doc: Its category.}
//   - {name: path, doc: "Ids of what it is a variant of and belongs to, the nearest first."}
//   - {name: path_names, doc: Their names.}
//   - {name: variants, doc: "Ids of its variants; of a class, of all that belongs to it."}
//   - {name: makers, doc: Ids of the makers.}
//   - {name: origins, doc: Ids of the countries where it was developed.}
//   - {name: nato_name, doc: NATO reporting name.}
//   - {name: aliases, doc: Other names.}
//   - {name: certainty, doc: "catalogue, or told where only articles know it."}
//   - {name: support, doc: Independent origins that tell its class; null where the catalogue does.}
//   - {name: first_reported, doc: Day of the first of them.}
//   - {name: last_reported, doc: Day of the last.}
//   - {name: claims, doc: Ids of the claims that tell its class.}
// ---
MATCH (w:Weapon {id: $weapon})
OPTIONAL MATCH path = (w)-[:VARIANT_OF|OF_CLASS*1..6]->(up:Weapon)
WITH w, up, min(length(path)) AS steps ORDER BY steps, up.id
WITH w, collect(up.id) AS path, collect(up.name) AS path_names
OPTIONAL MATCH (w)<-[:VARIANT_OF|OF_CLASS*1..6]-(narrower:Weapon)
WITH w, path, path_names, narrower ORDER BY narrower.id
WITH w, path, path_names, collect(DISTINCT narrower.id) AS variants
OPTIONAL MATCH (w)-[:MADE_BY]->(maker:Actor)
WITH w, path, path_names, variants, maker ORDER BY maker.id
WITH w, path, path_names, variants, collect(DISTINCT maker.id) AS makers
OPTIONAL MATCH (w)-[:ORIGIN]->(origin:Country)
WITH w, path, path_names, variants, makers, origin ORDER BY origin.id
WITH w, path, path_names, variants, makers, collect(DISTINCT origin.id) AS origins
OPTIONAL MATCH (w)<-[r:OBJECT|WEAPON|TARGET]-(c:Claim)<-[:REPORTS]-(a:Article)
WHERE w.source IS NULL AND r.of_class IS NOT NULL AND c.retired_at IS NULL AND ($known_on IS NULL OR substring(c.published, 0, 10) <= $known_on)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
WITH w, path, path_names, variants, makers, origins, c, coalesce(a.origin, o.id, a.id) AS source ORDER BY c.id
WITH w, path, path_names, variants, makers, origins, collect(DISTINCT c.id) AS claims, count(DISTINCT source) AS support,
     min(substring(c.published, 0, 10)) AS first_reported, max(substring(c.published, 0, 10)) AS last_reported
RETURN w.id AS weapon, w.name AS weapon_name, w.kind AS kind, w.designation AS designation, w.category AS category, path, path_names, variants, makers, origins,
       w.nato_name AS nato_name, coalesce(w.aliases, []) AS aliases, CASE WHEN w.source IS NULL THEN 'told' ELSE 'catalogue' END AS certainty,
       CASE WHEN w.source IS NULL THEN support END AS support, first_reported, last_reported, claims
ORDER BY weapon
