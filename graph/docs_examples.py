"""Examples for docs/graph.md: a value of every property, an edge of every type, and queries that run."""

from __future__ import annotations

PROPERTY_EXAMPLES: dict[str, str] = {
    "Actor.id": "TUR",
    "Weapon.id": "s-400",
    "Instrument.id": "caatsa",
    "Outlet.id": "sample-wire.example",
    "Article.id": "3f2a9c04d1e87b56",
    "Claim.id": "9b1c55d0e2f34a7788aa",
    "Episode.id": "sanction/USA/TUR/2019-03-05/caatsa",
    "Actor.name": "Turkey",
    "Weapon.name": "S-400",
    "Instrument.name": "Countering America's Adversaries Through Sanctions Act",
    "Outlet.name": "Sample Wire",
    "Actor.aliases": '["Türkiye", "Turkiye"]',
    "Weapon.aliases": '["S-400 Triumf", "SA-21 Growler"]',
    "Instrument.aliases": '["CAATSA"]',
    "Outlet.aliases": '["The Sample Wire"]',
    "former_ids": '["almaz-antei"]',
    "source": "catalogue",
    "Article.source": "articles.jsonl",
    "iso2": "TR",
    "Weapon.kind": "model",
    "designation": "9K37",
    "category": "air defence systems",
    "nato_name": "SA-21 Growler",
    "Instrument.kind": "statute",
    "country": "TUR",
    "Outlet.kind": "paper",
    "keys": '["sample-wire.example", "sample-wire"]',
    "outlet": "sample-wire.example",
    "credited": "reuters.com",
    "owner": "Sample Media Group",
    "state_controlled": "true",
    "source_id": "wire-4711",
    "url": "https://sample-wire.example/s-400",
    "title": "Turkey signs for the S-400",
    "Reference data.title": "Minister of Foreign Affairs",
    "Article.text": "Turkey signed a contract with Russia for two S-400 batteries.",
    "published": "2017-09-12",
    "modified": "2017-09-12T10:00:00Z",
    "language": "en",
    "sha256": "0a6643490cfe5dd6d3bd7927508434672d00a5fafb15f5184961cf6743003bcc",
    "origin": "sample-wire.example",
    "sketch": "1:LgAAADPaBn8…",
    "likeness": "0.87",
    "extractors": '["rules"]',
    "extractor_versions": '["1.0"]',
    "forgotten": "true",
    "erased": "true",
    "thread": "transfer/RUS/TUR/s-400",
    "Episode.thread": "sanction/USA/TUR",
    "frame": "transfer",
    "Episode.frame": "sanction",
    "Claim.predicate": "purchases",
    "Episode.predicate": "withdraws_from",
    "Plain edges.predicate": "ARMS",
    "stage": "agreed",
    "phase": "committed",
    "assertion": "asserted",
    "event_date": "2017-09",
    "date_from": "2017-09-01",
    "date_to": "2017-09-30",
    "basis": "stated",
    "quantity_min": "2.0",
    "quantity_max": "4.0",
    "unit": "battery",
    "quantity_text": "two to four",
    "value": "2500000000.0",
    "currency": "USD",
    "value_scope": "package",
    "measure": "arms embargo",
    "target_detail": "defence officials",
    "scope": "persons",
    "batch": "further",
    "round": "new",
    "partial": "true",
    "reason": "the purchase of the S-400",
    "mode": "sale",
    "place": "Ankara",
    "topic": "the S-400",
    "role": "member",
    "since": "2019-03-05",
    "Claim.since": "1952",
    "Reference data.since": "2014-08-29",
    "until": "2020-12-14",
    "Claim.until": "2020",
    "Reference data.until": "2023-06-03",
    "notified": "2019-02-02",
    "effective": "2019-08-02",
    "because_of": '["9b1c55d0e2f34a7788aa"]',
    "quotes": '["Turkey signed a contract with Russia"]',
    "starts": "[0]",
    "ends": "[36]",
    "confidence": "0.93",
    "extractor": "rules",
    "extractor_version": "1.0",
    "article_version": '["2017-09-12", "0a664349…", "wire-4711", "articles.jsonl"]',
    "recorded_at": "2021-09-26T10:00:00+00:00",
    "retired_at": "2021-10-01T10:00:00+00:00",
    "lapsed_at": '["2021-09-28T10:00:00+00:00"]',
    "revived_at": '["2021-09-29T10:00:00+00:00"]',
    "retired_why": "newer text",
    "status": "actual",
    "since_from": "2019-03-01",
    "until_from": "2020-12-01",
    "support": "3",
    "denials": "1",
    "first_reported": "2019-03-06",
    "last_reported": "2020-12-15",
    "earliest": "2017-09-12",
    "expected": "2021-06-30",
    "count": "4",
    "Roles.text": "Ankara",
    "start": "412",
    "end": "418",
    "office": "Minister of Foreign Affairs",
    "of_class": "class/fighter-aircraft",
    "episode": "transfer/RUS/TUR/s-400/2017-09-12",
    "instrument": "caatsa",
    "supplier": "RUS",
    "recipient": "TUR",
    "by": "USA",
    "weapon": "s-400",
    "date": "1991-12-26",
}
"""By property, or by label (or group of relationships) and property where one value does not fit all."""

RELATIONSHIP_EXAMPLES: dict[str, str] = {
    "PUBLISHED_BY": "(article)-[:PUBLISHED_BY]->(sample-wire.example)",
    "COPY_OF": "(reprint)-[:COPY_OF]->(article)",
    "MENTIONS": "(article)-[:MENTIONS {count: 4}]->(TUR)",
    "REPORTS": "(article)-[:REPORTS]->(claim)",
    "ABOUT": "(claim)-[:ABOUT]->(episode)",
    "SUBJECT": "(claim)-[:SUBJECT {text: 'Ankara'}]->(TUR)",
    "OBJECT": "(claim)-[:OBJECT {text: 'S-400s'}]->(s-400)",
    "SUPPLIER": "(claim)-[:SUPPLIER]->(RUS)",
    "RECIPIENT": "(claim)-[:RECIPIENT]->(TUR)",
    "WEAPON": "(claim)-[:WEAPON]->(s-400)",
    "TARGET": "(claim)-[:TARGET]->(SYR)",
    "UNDER": "(claim)-[:UNDER]->(caatsa)",
    "PROGRAMME": "(claim)-[:PROGRAMME]->(f-35-programme)",
    "SPEAKER": "(claim)-[:SPEAKER]->(recep-tayyip-erdogan)",
    "AGENT": "(claim)-[:AGENT]->(pentagon)",
    "STOPPED_BY": "(claim)-[:STOPPED_BY]->(USA)",
    "SPEAKS_FOR": "(claim)-[:SPEAKS_FOR]->(TUR)",
    "BECAUSE_OF": "(sanction)-[:BECAUSE_OF]->(purchase)",
    "PURCHASES": "(TUR)-[:PURCHASES {supplier: 'RUS'}]->(s-400)",
    "RECEIVES": "(TUR)-[:RECEIVES]->(s-400)",
    "SUPPLIES": "(RUS)-[:SUPPLIES {recipient: 'TUR'}]->(s-400)",
    "ARMS": "(RUS)-[:ARMS {weapon: 's-400'}]->(TUR)",
    "SANCTIONS": "(USA)-[:SANCTIONS {instrument: 'caatsa'}]->(TUR)",
    "EXCLUDED_FROM": "(TUR)-[:EXCLUDED_FROM {by: 'USA'}]->(f-35-programme)",
    "DEVELOPS": "(PRK)-[:DEVELOPS]->(hwasong-15)",
    "TESTS": "(PRK)-[:TESTS]->(hwasong-15)",
    "DEPLOYS": "(RUS)-[:DEPLOYS]->(iskander)",
    "USES": "(USA)-[:USES]->(tomahawk)",
    "SIGNS": "(IRN)-[:SIGNS]->(jcpoa)",
    "WITHDRAWS_FROM": "(USA)-[:WITHDRAWS_FROM]->(jcpoa)",
    "VIOLATES": "(RUS)-[:VIOLATES]->(inf-treaty)",
    "COMPLIES_WITH": "(IRN)-[:COMPLIES_WITH]->(jcpoa)",
    "ALLEGED": "(IRN)-[:ALLEGED {predicate: 'ARMS', by: 'USA'}]->(RUS)",
    "HELD_OFFICE": "(ismail-demir)-[:HELD_OFFICE {title: 'head of arms procurement'}]->(TUR)",
    "BASED_IN": "(almaz-antey)-[:BASED_IN]->(RUS)",
    "SUCCEEDED_BY": "(SUN)-[:SUCCEEDED_BY {date: '1991-12-26'}]->(RUS)",
    "VARIANT_OF": "(f-16v)-[:VARIANT_OF]->(f-16)",
    "OF_CLASS": "(su-35)-[:OF_CLASS]->(class/fighter-aircraft)",
    "MADE_BY": "(s-400)-[:MADE_BY]->(almaz-antey)",
    "ORIGIN": "(s-400)-[:ORIGIN]->(RUS)",
}
"""An edge of every type, its ends told by their ids."""

QUERIES: list[tuple[str, str]] = [
    (
        "Who bought what, and from whom?",
        """
MATCH (buyer:Country)-[p:PURCHASES]->(weapon:Weapon)
WHERE p.status = 'actual'
OPTIONAL MATCH (supplier:Actor) WHERE supplier.id = p.supplier
RETURN buyer.name AS buyer, weapon.name AS weapon, supplier.name AS supplier, p.since AS since, p.support AS support
ORDER BY since, buyer, weapon
""",
    ),
    (
        "Which sanctions hit Turkey on 30 June 2021?",
        """
MATCH (sender:Actor)-[s:SANCTIONS]->(:Country {id: 'TUR'})
WHERE s.since <= '2021-06-30' AND (s.until IS NULL OR s.until > '2021-06-30')
RETURN sender.name AS sender, s.instrument AS instrument, s.scope AS scope, s.since AS since
ORDER BY since, sender
""",
    ),
    (
        "Whom of Turkey's have sanctions hit, by which measure?",
        """
MATCH (hit:Actor)-[:BASED_IN|HELD_OFFICE*0..2]->(:Country {id: 'TUR'})
WITH DISTINCT hit
MATCH (sender:Actor)-[s:SANCTIONS]->(hit)
MATCH (e:Episode) WHERE e.id = s.episode
RETURN sender.name AS sender, hit.name AS hit, s.scope AS scope, e.measure AS measure, s.since AS since,
       s.until AS until
ORDER BY since, sender, hit
""",
    ),
    (
        "How many days went by from the first threat to the sanctions?",
        """
MATCH (e:Episode {frame: 'sanction'})<-[:ABOUT]-(c:Claim {stage: 'threatened', assertion: 'asserted'})
WHERE c.retired_at IS NULL AND e.since IS NOT NULL
WITH e, min(coalesce(c.date_to, substring(c.published, 0, 10))) AS threatened
RETURN e.id AS episode, threatened, e.since AS imposed, duration.inDays(date(threatened), date(e.since)).days AS days
ORDER BY threatened, episode
""",
    ),
    (
        "On whose words does a purchase rest?",
        """
MATCH (:Country {id: 'TUR'})-[p:PURCHASES]->(:Weapon {id: 's-400'})
MATCH (e:Episode)<-[:ABOUT]-(c:Claim)<-[:REPORTS]-(article:Article)-[:PUBLISHED_BY]->(outlet:Outlet)
WHERE e.id = p.episode AND c.retired_at IS NULL
RETURN c.published AS published, outlet.name AS outlet, c.stage AS stage, c.assertion AS assertion, c.quotes AS quotes
ORDER BY published, c.id
""",
    ),
    (
        "Who received any kind of aircraft, variants and classes included?",
        """
MATCH (weapon:Weapon)-[:VARIANT_OF|OF_CLASS*0..6]->(:Weapon {id: 'class/aircraft'})
WITH DISTINCT weapon
MATCH (who:Actor)-[r:PURCHASES|RECEIVES]->(weapon)
RETURN DISTINCT who.name AS who, weapon.name AS weapon, type(r) AS how, r.status AS status
ORDER BY who, weapon, how
""",
    ),
    (
        "Who held an office in Turkey on 12 July 2019?",
        """
WITH '2019-07-12' AS day
MATCH (who:Person)-[h:HELD_OFFICE]->(:Country {id: 'TUR'})
WHERE coalesce(h.since, '') <= day AND (h.until IS NULL OR h.until >= substring(day, 0, size(h.until)))
RETURN who.name AS who, h.title AS title, h.since AS since, coalesce(h.until, 'not known') AS until
ORDER BY who, since
""",
    ),
    (
        "Which threats of sanctions came to nothing, as far as we know?",
        """
MATCH (e:Episode {frame: 'sanction'})<-[:ABOUT]-(c:Claim {stage: 'threatened', assertion: 'asserted'})
WHERE e.status IN ['proposed', 'dropped'] AND c.retired_at IS NULL
MATCH (e)-[:SUBJECT]->(sender:Actor)
MATCH (e)-[:OBJECT]->(target:Actor)
RETURN sender.name AS sender, target.name AS target, e.status AS status, count(c) AS threats,
       min(c.published) AS first, max(c.published) AS last
ORDER BY first, sender, target
""",
    ),
    (
        "Who is only said to arm whom, and who denies it?",
        """
MATCH (supplier:Actor)-[a:ALLEGED {predicate: 'ARMS'}]->(recipient:Actor)
RETURN supplier.name AS supplier, recipient.name AS recipient, a.weapon AS weapon, a.by AS by, a.denials AS denials
ORDER BY supplier, recipient, weapon
""",
    ),
]
"""Questions and the Cypher that answers them, in both stores."""
