"""A small world of articles and claims about real events, told for one trap each.

Facts: S-400 for Turkey (contract 2017, parts 2019-07-12, out of the F-35 on 2019-07-17, CAATSA 2020-12-14), US
sanctions on Turkey of 2018 and 2019, Mistral (2011 to 2016), Shahed drones for Russia (2022), Iran 2016 and 2018, the
end of the INF Treaty (2019), the steel dispute of 2003, India's S-400.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.articles import Article
from graph.claims import Claim, Entity, Mention, Qualifiers, Quote, make_claim
from graph.vocabulary import Label
from loaders.document import Document

ENTITIES: dict[str, tuple[str, Label, tuple[str, ...]]] = {
    "USA": ("United States", "Country", ("Washington", "US")),
    "TUR": ("Turkey", "Country", ("Türkiye", "Ankara")),
    "RUS": ("Russia", "Country", ("Moscow",)),
    "FRA": ("France", "Country", ()),
    "EGY": ("Egypt", "Country", ()),
    "IND": ("India", "Country", ("New Delhi",)),
    "IRN": ("Iran", "Country", ("Tehran",)),
    "UKR": ("Ukraine", "Country", ()),
    "SAU": ("Saudi Arabia", "Country", ()),
    "TWN": ("Taiwan", "Country", ()),
    "ETH": ("Ethiopia", "Country", ()),
    "DZA": ("Algeria", "Country", ()),
    "BLR": ("Belarus", "Country", ()),
    "POL": ("Poland", "Country", ()),
    "JPN": ("Japan", "Country", ()),
    "SYR": ("Syria", "Country", ()),
    "VNM": ("Vietnam", "Country", ()),
    "IRQ": ("Iraq", "Country", ()),
    "CYP": ("Cyprus", "Country", ()),
    "african-union": ("African Union", "Organization", ()),
    "council-of-europe": ("Council of Europe", "Organization", ()),
    "KOR": ("South Korea", "Country", ()),
    "MMR": ("Myanmar", "Country", ("Burma",)),
    "PRK": ("North Korea", "Country", ()),
    "SWZ": ("Eswatini", "Country", ("Swaziland",)),
    "GEO": ("Georgia", "Country", ()),
    "georgia-usa": ("Georgia", "Organization", ()),
    "eu": ("European Union", "Organization", ("EU", "Brussels")),
    "bold-arms": ("<b>Bold</b> & Arms", "Company", ()),
    "houthis": ("Houthis", "ArmedGroup", ("Ansar Allah",)),
    "ismail-demir": ("İsmail Demir", "Person", ()),
    "recep-tayyip-erdogan": ("Recep Tayyip Erdoğan", "Person", ("Erdoğan",)),
    "s-400": ("S-400", "Weapon", ("S-400 Triumf", "SA-21", "SA-21 Growler")),
    "mistral": ("Mistral", "Weapon", ()),
    "shahed-136": ("Shahed-136", "Weapon", ("Geran-2",)),
    "su-35": ("Su-35", "Weapon", ()),
    "mig-29": ("MiG-29", "Weapon", ()),
    "su-30": ("Su-30", "Weapon", ()),
    "rafale": ("Rafale", "Weapon", ()),
    "patriot": ("Patriot", "Weapon", ()),
    "buk": ("Buk", "Weapon", ()),
    "class/chemical-weapon": ("chemical weapon", "Weapon", ()),
    "class/anti-tank-missile": ("anti-tank missile", "Weapon", ()),
    "f-16": ("F-16", "Weapon", ()),
    "f-16v": ("F-16V", "Weapon", ()),
    "k2": ("K2 Black Panther", "Weapon", ("K2",)),
    "bayraktar-tb2": ("Bayraktar TB2", "Weapon", ()),
    "class/fighter-aircraft": ("fighter aircraft", "Weapon", ()),
    "class/aircraft": ("aircraft", "Weapon", ()),
    "class/ballistic-missile": ("ballistic missile", "Weapon", ()),
    "caatsa": (
        "Countering America's Adversaries Through Sanctions Act",
        "Instrument",
        ("CAATSA",),
    ),
    "global-magnitsky-act": ("Global Magnitsky Act", "Instrument", ()),
    "eo-13894": ("Executive Order 13894", "Instrument", ()),
    "jcpoa": ("Joint Comprehensive Plan of Action", "Instrument", ("JCPOA",)),
    "paris-agreement": ("Paris Agreement", "Instrument", ()),
    "inf-treaty": ("INF Treaty", "Instrument", ()),
    "f-35-programme": ("F-35 programme", "Instrument", ("F-35",)),
}

OF_CLASS = {
    "su-35": "class/fighter-aircraft",
    "f-16": "class/fighter-aircraft",
    "class/fighter-aircraft": "class/aircraft",
}
VARIANT_OF = {"f-16v": "f-16"}


@dataclass(frozen=True)
class Told:
    """An article with the claims that it states."""

    article: Article
    claims: list[Claim]


def mention(node: str, **more: Any) -> Mention:
    name, label, _ = ENTITIES[node]
    return Mention(id=node, name=name, label=label, **more)


def tell(key: str, outlet: str, published: str, text: str, *statements: dict[str, Any]) -> Told:
    """An article; every statement quotes the sentence of the text that its `quote` begins (the whole text if unset)."""
    document = Document(
        source_id=key,
        source=f"{key}.txt",
        title=key.replace("-", " ").capitalize(),
        text=text,
        url=f"https://{outlet}/{key}",
        published=published,
    )
    article = document.article()
    return Told(article, [_claim(article, **statement) for statement in statements])


def says(
    subject: str | None, predicate: str, what: str, stage: str, on: str | None = None, **more: Any
) -> dict[str, Any]:
    return {"subject": subject, "predicate": predicate, "object": what, "stage": stage, "event_date": on, **more}


ROLES = {"supplier", "recipient", "weapon", "target", "instrument", "programme", "agent", "stopped_by"}
NOT_QUALIFIERS = {"subject", "predicate", "object", "stage", "event_date", "assertion", "basis", "confidence"}


def _claim(article: Article, **given: Any) -> Claim:
    quote = given.pop("quote", article.text)
    start = article.text.index(quote)

    def role(node: str) -> Mention:
        """The node with the words of the quote that name it, if any do."""
        words = next((name for name in (ENTITIES[node][0], *ENTITIES[node][2]) if name in quote), None)
        at = start + quote.index(words) if words else 0
        return mention(node, **({"text": words, "start": at, "end": at + len(words)} if words else {}))

    speaker, speaks_for = given.pop("speaker", None), given.pop("speaks_for", None)
    if speaker:
        state = Entity(**mention(speaks_for).model_dump()) if speaks_for else None
        speaker = role(speaker).model_copy(update={"office": given.pop("office", None), "speaks_for": state})
    details = {key: value for key, value in given.items() if key not in NOT_QUALIFIERS}
    first, last = _range(given["event_date"])
    return make_claim(
        article=article.source_id,
        article_id=article.id,
        subject=role(given["subject"]) if given["subject"] else None,
        predicate=given["predicate"],
        object=role(given["object"]),
        qualifiers=Qualifiers(**{key: role(value) if key in ROLES else value for key, value in details.items()}),
        stage=given["stage"],
        assertion=given.get("assertion", "asserted"),
        speaker=speaker,
        event_date=given["event_date"],
        date_from=first,
        date_to=last,
        basis=given.get("basis", "stated" if given["event_date"] else "publication"),
        published=article.published,
        evidence=[Quote(start=start, end=start + len(quote), quote=quote)],
        confidence=given.get("confidence", 0.9),
        extractor="test",
        extractor_version="1",
    )


def _range(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day of a year, a month, a day or a period of days."""
    if edtf is None:
        return None, None
    if "/" in edtf:
        first, last = edtf.split("/")
        return first or None, last or None
    if re.fullmatch(r"\d{4}", edtf):
        return f"{edtf}-01-01", f"{edtf}-12-31"
    if re.fullmatch(r"\d{4}-\d\d", edtf):
        year, month = map(int, edtf.split("-"))
        return f"{edtf}-01", (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).isoformat()
    return edtf, edtf


WIRE = "The first parts of Russia's S-400 air defence system arrived in Turkey on Friday, the defence ministry said."
DELIVERY = says("RUS", "supplies", "s-400", "completed", "2019-07-12", recipient="TUR", batch=1)

STORIES: list[Told] = [
    # Turkey, the S-400 and the F-35
    tell(
        "s400-contract",
        "alpha.example",
        "2017-09-12",
        "Turkey has signed a contract with Russia for S-400 systems.",
        says(
            "TUR",
            "purchases",
            "s-400",
            "agreed",
            "2017-09-12",
            supplier="RUS",
            batch=1,
            quantity_min=2,
            quantity_max=2,
            unit="battery",
        ),
    ),
    tell("s400-parts", "sample-wire.example", "2019-07-12", WIRE, DELIVERY),
    tell("s400-parts-copy", "beta.example", "2019-07-12", WIRE, DELIVERY),
    tell("s400-parts-again", "sample-wire.example", "2019-07-13", WIRE, DELIVERY),
    tell(
        "s400-look-back",
        "beta.example",
        "2021-02-01",
        "Turkey, which bought the S-400 from Russia in 2017, got it in 2019.",
        says("TUR", "purchases", "s-400", "agreed", "2017", supplier="RUS", batch=1),
    ),
    tell(
        "s400-second",
        "alpha.example",
        "2021-09-26",
        "Erdoğan said that Turkey would buy a second batch of S-400s. New sanctions would follow, Washington warned.",
        says(
            "TUR",
            "purchases",
            "s-400",
            "planned",
            None,
            supplier="RUS",
            batch=2,
            speaker="recep-tayyip-erdogan",
            speaks_for="TUR",
            office="President",
            quote="Erdoğan said that Turkey would buy a second batch of S-400s.",
        ),
        says(
            "USA",
            "sanctions",
            "TUR",
            "threatened",
            None,
            round="new",
            speaker="USA",
            quote="New sanctions would follow, Washington warned.",
        ),
    ),
    tell(
        "f35-threat",
        "alpha.example",
        "2019-06-07",
        "The Pentagon threatened to remove Turkey from the F-35 programme.",
        says("USA", "excludes", "TUR", "threatened", "2019-06-07", programme="f-35-programme", speaker="USA"),
    ),
    tell(
        "f35-out",
        "alpha.example",
        "2019-07-17",
        "The United States removed Turkey from the F-35 programme on Wednesday. "
        "Erdoğan denied that Turkey was out of the F-35.",
        says(
            "USA",
            "excludes",
            "TUR",
            "completed",
            "2019-07-17",
            programme="f-35-programme",
            speaker="USA",
            quote="The United States removed Turkey from the F-35 programme on Wednesday.",
        ),
        says(
            "USA",
            "excludes",
            "TUR",
            "completed",
            None,
            programme="f-35-programme",
            assertion="denied",
            speaker="recep-tayyip-erdogan",
            speaks_for="TUR",
            office="President",
            quote="Erdoğan denied that Turkey was out of the F-35.",
        ),
    ),
    # Three spells of US sanctions on Turkey
    tell(
        "pastor-sanctions",
        "alpha.example",
        "2018-08-01",
        "The United States imposed sanctions on two Turkish ministers.",
        says(
            "USA",
            "sanctions",
            "TUR",
            "completed",
            "2018-08-01",
            instrument="global-magnitsky-act",
            scope="persons",
            target_detail="two ministers",
            measure="asset freeze",
        ),
    ),
    tell(
        "pastor-lifted",
        "alpha.example",
        "2018-11-02",
        "The United States lifted sanctions on two Turkish ministers.",
        says(
            "USA",
            "sanctions",
            "TUR",
            "ended",
            "2018-11-02",
            instrument="global-magnitsky-act",
            scope="persons",
            measure="asset freeze",
        ),
    ),
    tell(
        "caatsa-threat",
        "beta.example",
        "2019-03-05",
        "Washington threatened Turkey with CAATSA sanctions over the S-400.",
        says("USA", "sanctions", "TUR", "threatened", "2019-03-05", instrument="caatsa", weapon="s-400", speaker="USA"),
    ),
    tell(
        "syria-sanctions",
        "alpha.example",
        "2019-10-14",
        "The United States imposed sanctions on Turkey over Syria.",
        says("USA", "sanctions", "TUR", "completed", "2019-10-14", instrument="eo-13894", scope="entity"),
    ),
    tell(
        "syria-lifted",
        "alpha.example",
        "2019-10-23",
        "The United States lifted its sanctions on Turkey over Syria.",
        says("USA", "sanctions", "TUR", "ended", "2019-10-23", instrument="eo-13894", scope="entity"),
    ),
    tell(
        "caatsa-imposed",
        "alpha.example",
        "2020-12-14",
        "The United States sanctioned Turkish officials under CAATSA. İsmail Demir is among those hit.",
        says(
            "USA",
            "sanctions",
            "TUR",
            "completed",
            "2020-12-14",
            instrument="caatsa",
            scope="persons",
            weapon="s-400",
            target_detail="officials",
            quote="The United States sanctioned Turkish officials under CAATSA.",
        ),
        says(
            "USA",
            "sanctions",
            "ismail-demir",
            "completed",
            "2020-12-14",
            instrument="caatsa",
            scope="entity",
            quote="İsmail Demir is among those hit.",
        ),
    ),
    tell(
        "caatsa-imposed-2",
        "beta.example",
        "2020-12-15",
        "CAATSA sanctions on Turkey were announced on Monday.",
        says(
            "USA", "sanctions", "TUR", "completed", "2020-12-14", instrument="caatsa", scope="persons", weapon="s-400"
        ),
    ),
    # Mistral
    tell(
        "mistral-order",
        "alpha.example",
        "2011-06-17",
        "Russia ordered two Mistral ships from France.",
        says(
            "RUS",
            "purchases",
            "mistral",
            "agreed",
            "2011-06-17",
            supplier="FRA",
            quantity_min=2,
            quantity_max=2,
            unit="ship",
            value=1.2e9,
            currency="EUR",
            value_scope="package",
        ),
    ),
    tell(
        "mistral-suspended",
        "beta.example",
        "2014-11-25",
        "France suspended the delivery of the Mistral to Russia.",
        says("FRA", "supplies", "mistral", "suspended", "2014-11-25", recipient="RUS"),
    ),
    tell(
        "mistral-cancelled",
        "alpha.example",
        "2015-08-05",
        "France and Russia cancelled the Mistral contract.",
        says("FRA", "supplies", "mistral", "ended", "2015-08-05", recipient="RUS"),
    ),
    tell(
        "mistral-egypt",
        "alpha.example",
        "2016-06-02",
        "France delivered the first Mistral to Egypt.",
        says("FRA", "supplies", "mistral", "completed", "2016-06-02", recipient="EGY"),
    ),
    # Shahed drones for Russia
    tell(
        "shahed-alleged",
        "alpha.example",
        "2022-07-11",
        "Iran is giving Russia Shahed drones, the White House alleged.",
        says(
            "IRN", "supplies", "shahed-136", "ongoing", "2022-07", recipient="RUS", assertion="alleged", speaker="USA"
        ),
    ),
    tell(
        "shahed-denied",
        "beta.example",
        "2022-10-18",
        "Tehran denied that it had sent Russia drones.",
        says("IRN", "supplies", "shahed-136", "completed", None, recipient="RUS", assertion="denied", speaker="IRN"),
    ),
    tell(
        "shahed-used",
        "beta.example",
        "2022-10-17",
        "Russia struck Ukraine with Shahed-136 drones on Monday.",
        says("RUS", "uses", "shahed-136", "completed", "2022-10-17", target="UKR"),
    ),
    tell(
        "shahed-admitted",
        "alpha.example",
        "2022-11-05",
        "Iran admitted that it had supplied Russia with drones.",
        says("IRN", "supplies", "shahed-136", "completed", "2022-11-05", recipient="RUS", speaker="IRN"),
    ),
    tell(
        "houthi-missiles",
        "alpha.example",
        "2017-11-07",
        "Iran arms the Houthis with missiles, Saudi Arabia charged. Iran denied it.",
        says(
            "IRN",
            "supplies",
            "class/ballistic-missile",
            "ongoing",
            "2017-11-07",
            recipient="houthis",
            assertion="alleged",
            speaker="SAU",
            quote="Iran arms the Houthis with missiles, Saudi Arabia charged.",
        ),
        says(
            "IRN",
            "supplies",
            "class/ballistic-missile",
            "ongoing",
            "2017-11-07",
            recipient="houthis",
            assertion="denied",
            speaker="IRN",
            quote="Iran denied it.",
        ),
    ),
    # Iran, the INF Treaty, the steel dispute
    tell(
        "iran-lifted",
        "alpha.example",
        "2016-01-16",
        "The United States lifted its sanctions on Iran under the JCPOA.",
        says("USA", "sanctions", "IRN", "ended", "2016-01-16", scope="state"),
    ),
    tell(
        "iran-back",
        "alpha.example",
        "2018-08-07",
        "US sanctions on Iran are back in force.",
        says("USA", "sanctions", "IRN", "completed", "2018-08-07", scope="state"),
    ),
    tell(
        "inf-notice",
        "alpha.example",
        "2019-02-02",
        "The United States gave notice that it would leave the INF Treaty.",
        says("USA", "withdraws_from", "inf-treaty", "planned", None, notified="2019-02-02", effective="2019-08-02"),
    ),
    tell(
        "inf-out",
        "alpha.example",
        "2019-08-02",
        "The United States has left the INF Treaty.",
        says("USA", "withdraws_from", "inf-treaty", "completed", "2019-08-02"),
    ),
    tell(
        "steel-threat",
        "alpha.example",
        "2003-11-10",
        "The EU threatened sanctions on US goods over steel.",
        says("eu", "sanctions", "USA", "threatened", "2003-11-10", speaker="eu"),
    ),
    tell(
        "steel-dropped",
        "alpha.example",
        "2003-12-05",
        "The EU dropped its threat of sanctions on the United States.",
        says("eu", "sanctions", "USA", "ended", "2003-12-05"),
    ),
    # India: an order, a delivery, and nothing but threats
    tell(
        "india-order",
        "alpha.example",
        "2018-10-05",
        "India signed for five S-400 regiments with Russia.",
        says(
            "IND",
            "purchases",
            "s-400",
            "agreed",
            "2018-10-05",
            supplier="RUS",
            quantity_min=5,
            quantity_max=5,
            unit="regiment",
        ),
    ),
    tell(
        "india-threat",
        "alpha.example",
        "2018-10-11",
        "The United States threatened India with CAATSA sanctions over the S-400.",
        says("USA", "sanctions", "IND", "threatened", "2018-10-11", instrument="caatsa", weapon="s-400", speaker="USA"),
    ),
    tell(
        "india-threat-2",
        "beta.example",
        "2019-06-14",
        "India was warned again of CAATSA sanctions over the S-400.",
        says("USA", "sanctions", "IND", "threatened", "2019-06-14", instrument="caatsa", weapon="s-400", speaker="USA"),
    ),
    tell(
        "india-delivery",
        "alpha.example",
        "2021-12-20",
        "India has received its first S-400 units from Russia this month.",
        says("IND", "receives", "s-400", "completed", "2021-12", supplier="RUS"),
    ),
    # Orders, approvals and unknowns
    tell(
        "egypt-order",
        "alpha.example",
        "2018-03-20",
        "Egypt ordered 24 Su-35 fighters from Russia.",
        says(
            "EGY",
            "purchases",
            "su-35",
            "agreed",
            "2018-03-20",
            supplier="RUS",
            quantity_min=24,
            quantity_max=24,
            unit="aircraft",
        ),
    ),
    tell(
        "egypt-promise",
        "beta.example",
        "2019-03-18",
        "Russia will deliver Egypt's Su-35 fighters by 30 June 2020.",
        says("RUS", "supplies", "su-35", "planned", "2020-06-30", recipient="EGY"),
    ),
    tell(
        "taiwan-approved",
        "alpha.example",
        "2019-08-20",
        "The United States approved the sale of F-16V fighters to Taiwan.",
        says("USA", "supplies", "f-16v", "approved", "2019-08-20", recipient="TWN", quantity_min=66, quantity_max=66),
    ),
    tell(
        "ethiopia-drones",
        "alpha.example",
        "2021-11-20",
        "Ethiopia has received Bayraktar TB2 drones.",
        says("ETH", "receives", "bayraktar-tb2", "completed", "2021-11"),
    ),
    tell(
        "poland-order",
        "alpha.example",
        "2023-02-01",
        "Poland bought K2 tanks from South Korea in 2022.",
        says("POL", "purchases", "k2", "agreed", "2022", supplier="KOR"),
    ),
    tell(
        "myanmar-ban",
        "alpha.example",
        "2019-01-10",
        "The EU placed Myanmar generals under sanctions in 2018.",
        says("eu", "sanctions", "MMR", "completed", "2018", scope="persons", measure="travel ban"),
    ),
    tell(
        "korea-background",
        "alpha.example",
        "2020-05-05",
        "North Korea is already under sanctions.",
        says(None, "sanctions", "PRK", "ongoing", "/2020-05-05", basis="before"),
    ),
    # A supplier that was the only one to fit, until another was told
    tell(
        "algeria-plan",
        "alpha.example",
        "2007-03-10",
        "Algeria plans to buy MiG-29 fighters from Russia.",
        says("DZA", "purchases", "mig-29", "planned", "2007-03-10", supplier="RUS"),
    ),
    tell(
        "algeria-plan-again",
        "beta.example",
        "2007-11-20",
        "Algeria will buy MiG-29 fighters.",
        says("DZA", "purchases", "mig-29", "planned", "2007-11-20"),
    ),
    tell(
        "algeria-belarus",
        "alpha.example",
        "2009-05-05",
        "Algeria also plans to buy used MiG-29 fighters from Belarus.",
        says("DZA", "purchases", "mig-29", "planned", "2009-05-05", supplier="BLR"),
    ),
]
