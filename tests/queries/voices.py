"""Articles in our own words about real events, one for each trap of who said what; they go through the extractor.

`TOLD` holds, as claims, what the extractor cannot read yet: who it is that admits something, each of two accusing the
other of a deed, a second batch told beside the first. `BEHIND` writes what no source tells yet: an owner, an agency
and a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graph.articles import text_sha256
from graph.store import Store
from tests.queries.fixtures import Told, says, tell
from tests.queries.printing import printed, read_articles

# Key, outlet, day of publication, text.
ARTICLES: list[tuple[str, str, str, str]] = [
    # Denied and admitted; denied first and true later; denied for good
    ("drones-alleged", "alpha", "2022-07-11",
     "The United States accused Iran of supplying Shahed-136 drones to Russia."),
    ("drones-denied", "beta", "2022-10-18", "Iran denied that it had supplied Shahed-136 drones to Russia."),
    ("triumf-denied", "alpha", "2016-05-01", "India denied that it had bought S-400 systems from Russia."),
    ("triumf-bought", "alpha", "2018-10-05", "India signed a contract with Russia for S-400 systems on Friday."),
    ("missiles-alleged", "alpha", "2017-11-07", "Saudi Arabia accused Iran of supplying missiles to the Houthis."),
    ("missiles-denied", "beta", "2017-11-08", "Iran denied that it had supplied missiles to the Houthis."),
    # Figures
    ("rafale-36", "alpha", "2016-09-23", "India signed a contract with France for 36 Rafale fighters on Friday."),
    ("rafale-30", "beta", "2016-09-24", "India signed a contract with France for 30 Rafale fighters on Friday."),
    ("rafale-five", "alpha", "2020-07-29", "France delivered five Rafale fighters to India on Wednesday."),
    ("leopard-44", "alpha", "2018-12-19",
     "Hungary signed a contract with Germany for 44 Leopard 2 tanks on Wednesday."),
    ("leopard-48", "alpha", "2018-12-20",
     "Hungary signed a contract with Germany for 48 Leopard 2 tanks on Wednesday."),
    # Turkey, the S-400 and the United States
    ("wish", "alpha", "2017-03-01", "Turkey is considering buying S-400 systems from Russia."),
    ("contract", "alpha", "2017-09-12", "Turkey signed a contract with Russia for S-400 systems on Tuesday."),
    ("contract-too", "gamma", "2017-09-13", "Turkey signed a contract with Russia for S-400 systems on Tuesday."),
    ("threat", "alpha", "2019-07-20",
     "The United States threatened Turkey with sanctions under CAATSA over its purchase of the S-400."),
    ("threat-again", "beta", "2019-07-21",
     "Washington has threatened Ankara with sanctions under CAATSA because of its purchase of the S-400."),
    ("parts-late", "beta", "2019-07-12T09:30:00Z", "Russia delivered S-400 systems to Turkey on Friday."),
    ("parts", "gamma", "2019-07-12T06:10:00Z", "Russia delivered the first parts of the S-400 to Turkey on Friday."),
    ("imposed", "gamma", "2020-12-14", "The United States imposed sanctions on Turkey under CAATSA on Monday."),
    ("own-deed", "alpha", "2018-03-28",
     "Poland signed a contract with the United States for Patriot systems, the Polish defence ministry said."),
    ("second", "alpha", "2021-09-26",
     "Recep Tayyip Erdogan said on Sunday that Turkey would buy a second batch of S-400 systems from Russia. "
     "His words moved no market: traders had long expected them, and the lira closed where it had opened."),
    ("second-quoted", "beta", "2021-09-27",
     "In a studio in New York Recep Tayyip Erdogan spoke of his country's neighbours for almost an hour. "
     "Recep Tayyip Erdogan said on Sunday that Turkey would buy a second batch of S-400 systems from Russia."),
    ("tusk", "beta", "2015-02-13",
     "Donald Tusk said on Friday that the European Union would impose sanctions on Belarus."),
    ("tusk-before", "beta", "2014-03-14",
     "Donald Tusk said on Friday that the European Union would impose sanctions on Belarus."),
    # Words that stand apart, and markup
    ("apart", "alpha", "2014-11-25",
     "Officials met in Paris <b>on Tuesday</b>. France suspended the delivery of Mistral ships to Russia. "
     "Nobody <script>alert(1)</script> gave a date."),
    # What changed in a week
    ("iran-lifted", "alpha", "2016-01-16", "The United States lifted sanctions on Iran on Saturday."),
    ("iran-back", "alpha", "2018-08-07", "The United States imposed sanctions on Iran on Tuesday."),
    ("egypt", "alpha", "2018-03-20", "Egypt ordered 24 Su-35 fighters from Russia."),
    ("syria", "alpha", "2015-10-01", "Russia delivered Pantsir systems to Syria on Thursday."),
]  # fmt: skip

TOLD: list[Told] = [
    tell("drones-admitted", "alpha.example", "2022-11-05", "Iran admitted that it had sent Russia a few drones.",
         says("IRN", "supplies", "shahed-136", "completed", "/2022-11-05", recipient="RUS", basis="before",
              speaker="IRN")),
    tell("imposed-copy", "delta.example", "2020-12-13", "The United States imposed sanctions on Turkey under CAATSA.",
         says("USA", "sanctions", "TUR", "completed", instrument="caatsa", scope="state")),
    tell("changed", "alpha.example", "2014-09-03", "France will not hand over the Mistral ships to Russia.",
         says("FRA", "supplies", "mistral", "suspended", "2014-09-03", recipient="RUS")),
    tell("plant-one", "alpha.example", "2022-08-06",
         "Russia said that Ukraine had struck the town with ballistic missiles.",
         says("UKR", "uses", "class/ballistic-missile", "completed", "2022-08-05", assertion="alleged", speaker="RUS",
              place="Enerhodar")),
    tell("plant-two", "beta.example", "2022-08-06",
         "Ukraine said that Russia had struck the town with ballistic missiles.",
         says("RUS", "uses", "class/ballistic-missile", "completed", "2022-08-05", assertion="alleged", speaker="UKR",
              place="Enerhodar")),
    tell("two-batches", "alpha.example", "2010-02-12", "Ethiopia ordered eight Su-35 fighters, then twelve more.",
         says("ETH", "purchases", "su-35", "agreed", "2009-02-05", supplier="RUS", batch=1, quantity_min=8,
              quantity_max=8, unit="aircraft")),
    tell("two-batches-other", "beta.example", "2010-02-12", "Ethiopia ordered twelve more Su-35 fighters.",
         says("ETH", "purchases", "su-35", "agreed", "2010-02-11", supplier="RUS", batch=2, quantity_min=12,
              quantity_max=12, unit="aircraft")),
]  # fmt: skip

BEHIND = """
MATCH (a:Outlet {id: 'alpha.example'}) MATCH (g:Outlet {id: 'gamma.example'})
SET a.owner = 'Delta Group', a.country = 'GBR', g.owner = 'Delta Group', g.country = 'IRL'
WITH a MATCH (one:Article {source_id: 'contract'}) MATCH (other:Article {source_id: 'contract-too'})
SET one.origin = a.owner, other.origin = a.owner
WITH a MATCH (own:Article {source_id: 'imposed'}) MATCH (copy:Article {source_id: 'imposed-copy'})
SET own.origin = 'agency', copy.origin = 'agency'
CREATE (copy)-[:COPY_OF]->(own)
"""


@contextmanager
def spoken(uri: str) -> Iterator[Store]:
    """The store at this address, emptied, with the catalogue and the articles; one of them has changed since."""
    [old] = [told.article for told in TOLD if told.article.source_id == "changed"]
    text = "France has not decided yet."
    new = old.model_copy(update={"text": text, "sha256": text_sha256(text), "modified": "2014-09-04"})
    with printed(uri, [*read_articles(ARTICLES, TOLD), (new, [])]) as store:
        store.write(lambda transaction: transaction.run(BEHIND).consume())
        yield store
