"""Articles in our own words about real events, one for each trap; they go through the extractor, with the catalogue.

`TOLD` holds what the extractor cannot read yet, as claims: a range of two days named together, a suspension from a body
and a readmission, an easing told as "part of", a delivery told as the first of several, `further` batches without a
number, units beside a designation, a seizure on the way, a return to a treaty, and what a third party alleges of a use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graph.articles import Article
from graph.claims import Claim
from graph.reference import load_reference
from graph.store import Store, connect
from graph.writer import Writer
from ingest import reference_rows
from loaders.catalogue import load_catalogue
from loaders.document import Document
from loaders.pipeline import extract
from tests.queries.fixtures import Told, says, tell
from tests.queries.world import empty

# Key, outlet, day of publication, text.
ARTICLES: list[tuple[str, str, str, str]] = [
    # The S-400 and Turkey, 2017 to 2021
    ("s400-wish", "alpha", "2017-03-01", "Turkey is considering buying S-400 systems from Russia."),
    ("s400-contract", "alpha", "2017-09-12", "Turkey signed a contract with Russia for S-400 systems on Tuesday."),
    ("s400-parts", "alpha", "2019-07-12", "Russia delivered the first parts of the S-400 to Turkey on Friday."),
    ("s400-parts-class", "beta", "2019-07-14", "Russia delivered air defence systems to Turkey on Friday."),
    ("s400-second", "alpha", "2021-09-26", "Turkey plans to buy a second batch of S-400 systems from Russia."),
    ("f35-threat", "alpha", "2019-06-07", "The United States threatened to remove Turkey from the F-35 programme."),
    ("f35-out", "alpha", "2019-07-17",
     "The United States removed Turkey from the F-35 programme on Wednesday."),
    ("caatsa-threat", "alpha", "2019-07-20",
     "The United States threatened Turkey with sanctions under CAATSA over its purchase of the S-400."),
    ("caatsa", "alpha", "2020-12-14", "The United States imposed sanctions on Turkey under CAATSA on Monday."),
    ("caatsa-demir", "alpha", "2020-12-14",
     "The United States imposed sanctions on Ismail Demir under CAATSA on Monday."),
    ("pastor", "alpha", "2018-08-01",
     "The United States imposed sanctions on Turkey under the Global Magnitsky Act on Wednesday."),
    ("pastor-end", "alpha", "2018-11-02",
     "The United States lifted its sanctions on Turkey under the Global Magnitsky Act on Friday."),
    ("syria", "alpha", "2019-10-14",
     "The United States imposed sanctions on Turkey under Executive Order 13894 on Monday."),
    ("syria-end", "alpha", "2019-10-23",
     "The United States lifted its sanctions on Turkey under Executive Order 13894 on Wednesday."),
    # Mistral
    ("mistral", "alpha", "2011-06-17",
     "Russia signed a contract with France for two Mistral ships on Friday, worth 1.2 billion euros."),
    ("mistral-halt", "alpha", "2014-11-25", "France suspended the delivery of Mistral ships to Russia on Tuesday."),
    ("mistral-end", "alpha", "2015-08-05", "France cancelled the sale of Mistral ships to Russia on Wednesday."),
    ("mistral-egypt", "alpha", "2016-06-02", "France delivered a Mistral ship to Egypt on Thursday."),
    # Shahed drones
    ("shahed-alleged", "alpha", "2022-07-11",
     "The United States accused Iran of supplying Shahed-136 drones to Russia."),
    ("shahed-denied", "beta", "2022-10-18", "Iran denied that it had supplied Shahed-136 drones to Russia."),
    ("shahed-admitted", "alpha", "2022-11-05",
     "Iran admitted on Saturday that it had supplied Shahed-136 drones to Russia."),
    ("shahed-used", "alpha", "2022-10-17", "Russia attacked Ukraine with Shahed-136 drones on Monday."),
    ("shahed-shot", "alpha", "2022-10-18", "Ukraine shot down a Shahed-136 drone on Tuesday."),
    # Sanctions lifted and back, dropped, eased, extended
    ("iran-lifted", "alpha", "2016-01-16", "The United States lifted sanctions on Iran on Saturday."),
    ("iran-back", "alpha", "2018-08-07", "The United States imposed sanctions on Iran again on Tuesday."),
    ("steel", "alpha", "2003-11-10", "The European Union threatened to impose sanctions on the United States."),
    ("steel-end", "alpha", "2003-12-05",
     "The European Union dropped its threat of sanctions against the United States on Friday."),
    ("japan", "alpha", "2006-10-13", "Japan imposed sanctions on North Korea on Friday."),
    ("belarus", "alpha", "2011-06-22", "The European Union imposed sanctions on Belarus on Monday."),
    ("belarus-more", "alpha", "2013-10-29", "The European Union extended its sanctions on Belarus on Tuesday."),
    ("zimbabwe", "alpha", "2022-03-01", "Zimbabwe was sanctioned last year."),
    ("amnesty", "alpha", "2018-10-25", "Amnesty International called for sanctions on Saudi Arabia."),
    ("russian-banks", "alpha", "2022-02-22", "The United States imposed sanctions on Russian banks on Tuesday."),
    ("rusal", "alpha", "2018-04-06", "The United States imposed sanctions on Rusal on Friday."),
    ("rusal-end", "alpha", "2019-01-27", "The United States lifted sanctions on Rusal on Sunday."),
    ("sechin", "alpha", "2014-04-28", "The United States imposed sanctions on Igor Sechin on Monday."),
    ("kirill", "alpha", "2022-05-04", "The European Union plans to impose sanctions on Patriarch Kirill."),
    # An instrument and what is said under it
    ("statute", "alpha", "2017-08-02",
     "The United States passed the Countering America's Adversaries Through Sanctions Act on Wednesday."),
    ("china-caatsa", "alpha", "2018-09-20",
     "The United States imposed sanctions on China under CAATSA on Thursday over its purchase of Su-35 fighters."),
    ("china-order", "beta", "2018-09-20",
     "The United States imposed sanctions on China under Executive Order 13849 on Thursday."),
    ("india-order", "alpha", "2018-10-05", "India signed a contract with Russia for S-400 systems on Friday."),
    ("india-threat", "alpha", "2018-10-11",
     "The United States threatened India with sanctions under CAATSA over its purchase of the S-400."),
    ("india-parts", "alpha", "2021-12-20", "India received S-400 systems from Russia in December."),
    # Treaties
    ("inf-accused", "alpha", "2014-07-29", "The United States accused Russia of violating the INF Treaty."),
    ("inf-denied", "alpha", "2014-07-30", "Russia denied that it had violated the INF Treaty."),
    ("inf-notice", "alpha", "2019-02-02", "The United States announced that it will withdraw from the INF Treaty."),
    ("inf-out", "alpha", "2019-08-02", "The United States withdrew from the INF Treaty on Friday."),
    ("start-signed", "alpha", "2010-04-08", "Russia signed New START on Thursday."),
    ("start-halt", "alpha", "2023-02-21", "Russia suspended its participation in the New START treaty on Tuesday."),
    # Orders and promises
    ("carrier", "alpha", "2004-01-20", "India ordered an aircraft carrier from Russia on Tuesday."),
    ("carrier-promise", "alpha", "2005-06-01", "Russia will deliver the aircraft carrier to India on 31 August 2008."),
    ("carrier-promise-2", "beta", "2007-08-01",
     "Russia will deliver the aircraft carrier to India on 31 December 2010."),
    ("carrier-promise-3", "alpha", "2010-03-12",
     "Russia will deliver the aircraft carrier to India on 31 December 2012."),
    ("carrier-there", "alpha", "2013-11-17", "Russia delivered the aircraft carrier to India on Saturday."),
    ("taiwan", "alpha", "2019-08-20", "The United States approved the sale of 66 F-16V fighters to Taiwan on Tuesday."),
    ("algeria-late", "alpha", "2021-05-10", "Algeria received Su-24 bombers from Belarus in 2012."),
    # Figures
    ("rafale", "alpha", "2016-09-23",
     "India signed a contract with France for 36 Rafale fighters on Friday, worth 7.8 billion euros."),
    ("rafale-other", "beta", "2016-09-24",
     "India signed a contract with France for 36 Rafale fighters on Friday, worth 7.9 billion euros."),
    ("package", "alpha", "2022-06-01",
     "The United States will supply Ukraine with HIMARS launchers and Javelin missiles worth 700 million dollars."),
    # Partners over time
    ("iraq-1987", "alpha", "1988-01-01", "The Soviet Union delivered MiG-29 fighters to Iraq in 1987."),
    ("iraq-2015", "alpha", "2015-07-14", "The United States delivered F-16 fighters to Iraq on Monday."),
    ("syria-1987", "alpha", "1988-01-02", "The Soviet Union delivered MiG-29 fighters to Syria in 1987."),
    ("syria-2008", "alpha", "2008-06-05", "Russia delivered MiG-29 fighters to Syria in May 2008."),
    ("himars-poland", "alpha", "2019-02-13",
     "Poland signed a contract with the United States for HIMARS launchers on Wednesday."),
    ("baykar", "alpha", "2022-10-28", "Baykar delivered Bayraktar TB2 drones to Poland in October 2022."),
    ("tb2-ukraine", "alpha", "2019-01-12", "Ukraine bought Bayraktar TB2 drones from Turkey in January 2019."),
    ("gepard", "alpha", "2022-07-26", "Germany donated Gepard tanks to Ukraine in July 2022."),
    ("himars-ukraine", "alpha", "2022-06-24", "The United States donated HIMARS launchers to Ukraine in June 2022."),
    # Stops
    ("bombs-halt", "alpha", "2018-09-04", "Spain suspended the delivery of bombs to Saudi Arabia on Tuesday."),
    ("bombs-on", "alpha", "2018-09-13", "Spain resumed the delivery of bombs to Saudi Arabia on Thursday."),
    ("senate", "alpha", "2019-07-30", "The US Senate failed to block the sale of missiles to Saudi Arabia."),
    # Tests
    ("nk-plan", "alpha", "2017-08-01", "North Korea plans to test a nuclear weapon."),
    ("nk-test", "alpha", "2017-09-03", "North Korea tested a nuclear weapon on Sunday."),
    ("nk-year", "beta", "2018-01-02", "North Korea tested a nuclear weapon in 2017."),
    ("nk-four", "alpha", "2017-03-06", "North Korea fired four ballistic missiles on Monday."),
    ("nk-four-again", "beta", "2017-03-07", "North Korea test-fired ballistic missiles on Monday."),
    # Arms for those under an embargo
    ("iran-order", "alpha", "2007-12-26", "Iran ordered S-300 systems from Russia in December 2007."),
    ("iran-embargo", "alpha", "2010-06-09", "The United Nations imposed an arms embargo on Iran on Wednesday."),
    ("iran-delivery", "alpha", "2016-10-14", "Russia delivered S-300 systems to Iran on Thursday."),
    ("eritrea", "alpha", "2009-12-23", "The United Nations imposed an arms embargo on Eritrea on Wednesday."),
    ("eritrea-end", "alpha", "2018-11-14", "The United Nations lifted its arms embargo on Eritrea on Wednesday."),
    ("eritrea-arms", "alpha", "2019-03-04", "Russia delivered helicopters to Eritrea in February 2019."),
    ("houthis", "alpha", "2015-04-14", "The United Nations imposed an arms embargo on the Houthis on Tuesday."),
    ("houthis-arms", "alpha", "2017-11-07", "Saudi Arabia accused Iran of supplying missiles to the Houthis."),
    ("houthis-denied", "alpha", "2017-11-08", "Iran denied that it had supplied missiles to the Houthis."),
    # Thrown out
    ("g8", "alpha", "2014-03-24", "Russia was expelled from the G8 on Monday."),
]  # fmt: skip

TOLD: list[Told] = [
    tell(
        "nk-two-days",
        "alpha.example",
        "2022-11-04",
        "North Korea fired ballistic missiles on Wednesday and Thursday.",
        says("PRK", "tests", "class/ballistic-missile", "completed", "2022-11-02"),
        says("PRK", "tests", "class/ballistic-missile", "completed", "2022-11-03"),
    ),
    tell(
        "douma",
        "alpha.example",
        "2018-04-09",
        "France accused Syria of using chemical weapons in Douma. Syria denied it.",
        says(
            "SYR",
            "uses",
            "class/chemical-weapon",
            "completed",
            "2018-04-07",
            assertion="alleged",
            speaker="FRA",
            place="Douma",
            quote="France accused Syria of using chemical weapons in Douma.",
        ),
        says(
            "SYR",
            "uses",
            "class/chemical-weapon",
            "completed",
            None,
            assertion="denied",
            speaker="SYR",
            quote="Syria denied it.",
        ),
    ),
    tell(
        "japan-eased",
        "alpha.example",
        "2014-07-04",
        "Japan lifted part of its sanctions on North Korea on Friday.",
        says("JPN", "sanctions", "PRK", "ended", "2014-07-04", partial=True),
    ),
    tell(
        "council-halt",
        "alpha.example",
        "2022-02-25",
        "The Council of Europe suspended Russia on Friday.",
        says("council-of-europe", "excludes", "RUS", "suspended", "2022-02-25", programme="council-of-europe"),
    ),
    tell(
        "union-halt",
        "alpha.example",
        "2013-07-05",
        "The African Union barred Egypt on Friday.",
        says("african-union", "excludes", "EGY", "completed", "2013-07-05", programme="african-union"),
    ),
    tell(
        "union-back",
        "alpha.example",
        "2014-06-17",
        "The African Union readmitted Egypt on Tuesday.",
        says("african-union", "excludes", "EGY", "ended", "2014-06-17", programme="african-union"),
    ),
    tell(
        "paris-notice",
        "alpha.example",
        "2017-10-12",
        "The United States will leave the Paris Agreement on 4 November 2020.",
        says("USA", "withdraws_from", "paris-agreement", "planned", "2020-11-04"),
    ),
    tell(
        "paris-out",
        "alpha.example",
        "2020-11-04",
        "The United States has left the Paris Agreement.",
        says("USA", "withdraws_from", "paris-agreement", "completed", "2020-11-04"),
    ),
    tell(
        "paris-back",
        "alpha.example",
        "2021-02-19",
        "The United States is back in the Paris Agreement.",
        says("USA", "signs", "paris-agreement", "completed", "2021-02-19"),
    ),
    tell(
        "seizure",
        "alpha.example",
        "2019-11-27",
        "The US Navy seized missiles on their way to the Houthis.",
        says(
            "IRN", "supplies", "class/anti-tank-missile", "refused", "2019-11-25", recipient="houthis", stopped_by="USA"
        ),
    ),
    tell(
        "vietnam",
        "alpha.example",
        "2009-02-05",
        "Vietnam ordered eight Su-30 fighters from Russia.",
        says(
            "VNM",
            "purchases",
            "su-30",
            "agreed",
            "2009-02-05",
            supplier="RUS",
            quantity_min=8,
            quantity_max=8,
            unit="aircraft",
        ),
    ),
    tell(
        "vietnam-more",
        "alpha.example",
        "2010-02-11",
        "Vietnam, which ordered Su-30 fighters from Russia, ordered more.",
        says(
            "VNM",
            "purchases",
            "su-30",
            "agreed",
            None,
            supplier="RUS",
            basis="before",
            quote="Vietnam, which ordered Su-30 fighters from Russia",
        ),
        says("VNM", "purchases", "su-30", "agreed", "2010-02-11", supplier="RUS", batch="further"),
    ),
    tell(
        "india-regiment",
        "alpha.example",
        "2022-04-18",
        "India received its second S-400 regiment from Russia.",
        says(
            "IND",
            "receives",
            "s-400",
            "completed",
            "2022-04-18",
            supplier="RUS",
            quantity_min=1,
            quantity_max=1,
            unit="regiment",
        ),
    ),
    tell(
        "egypt-first",
        "alpha.example",
        "2015-07-20",
        "Egypt received the first three Rafale fighters from France.",
        says(
            "EGY",
            "purchases",
            "rafale",
            "agreed",
            "2015-02-16",
            supplier="FRA",
            quantity_min=24,
            quantity_max=24,
            unit="aircraft",
        ),
        says(
            "EGY",
            "receives",
            "rafale",
            "completed",
            "2015-07-20",
            supplier="FRA",
            partial=True,
            quantity_min=3,
            quantity_max=3,
            unit="aircraft",
        ),
    ),
    tell(
        "patriot-batteries",
        "alpha.example",
        "2018-03-28",
        "Poland ordered two Patriot batteries with 16 launchers.",
        says(
            "POL",
            "purchases",
            "patriot",
            "agreed",
            "2018-03-28",
            supplier="USA",
            quantity_min=2,
            quantity_max=2,
            unit="battery",
            quote="Poland ordered two Patriot batteries",
        ),
        says(
            "POL",
            "purchases",
            "patriot",
            "agreed",
            "2018-03-28",
            supplier="USA",
            quantity_min=16,
            quantity_max=16,
            unit="launcher",
        ),
    ),
    tell(
        "patriot-up-to",
        "beta.example",
        "2018-03-29",
        "Poland may get up to 208 Patriot missiles.",
        says("POL", "purchases", "patriot", "agreed", "2018-03-28", supplier="USA", quantity_max=208, unit="missile"),
    ),
    tell(
        "iraq-condition",
        "alpha.example",
        "2020-01-06",
        "There would be US sanctions on Iraq if it closed the bases.",
        says("USA", "sanctions", "IRQ", "planned", None, assertion="conditional"),
    ),
    tell(
        "saudi-other-name",
        "alpha.example",
        "2019-10-01",
        "The US warned Saudi Arabia of Magnitsky sanctions over the S-400.",
        says(
            "USA",
            "sanctions",
            "SAU",
            "threatened",
            "2019-10-01",
            instrument="global-magnitsky-act",
            weapon="s-400",
            speaker="USA",
        ),
    ),
    tell(
        "saudi-other-name-2",
        "alpha.example",
        "2020-03-01",
        "The US imposed CAATSA sanctions on Saudi Arabia over the S-400.",
        says("USA", "sanctions", "SAU", "completed", "2020-03-01", instrument="caatsa", weapon="s-400"),
    ),
    tell(
        "given-back",
        "alpha.example",
        "2019-01-10",
        "Cyprus received Buk systems from Russia on 1 June 2001 and gave them back on Thursday.",
        says("CYP", "receives", "buk", "completed", "2001-06-01", supplier="RUS"),
        says("CYP", "receives", "buk", "ended", "2019-01-10", supplier="RUS"),
    ),
]


Read = list[tuple[Article, list[Claim]]]


def read_articles(articles: list[tuple[str, str, str, str]], stories: list[Told]) -> Read:
    """The articles with what the extractor reads in them, and those that are told as claims."""
    documents = [
        Document(source_id=key, source=f"{key}.txt", title="", text=text, url=f"https://{outlet}.example/{key}",
                 published=day)
        for key, outlet, day, text in articles
    ]  # fmt: skip
    read = [(document.article(), extract(document)) for document in documents]
    return read + [(told.article, told.claims) for told in stories]


@contextmanager
def printed(uri: str, read: Read) -> Iterator[Store]:
    """The store at this address, emptied, with the catalogue and the articles."""
    catalogue = load_catalogue()
    with connect(uri) as store:
        empty(store)
        writer = Writer(store)
        load_reference(store, *reference_rows(catalogue), catalogue.version)
        writer.write(read)
        yield store
