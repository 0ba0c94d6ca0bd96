"""The catalogue's actors: completeness, names that mean the same, and offices at their dates."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from loaders.catalogue import Catalogue, Entry, load_catalogue
from loaders.document import slugify
from tests.catalogue.lookups import by_label, holders, name_index

ISO_3166_1 = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ
BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU
DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC
GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG
MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL
PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN
SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""
FORMER = {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD", "VDR", "ANT"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def ids(form: str) -> set[str]:
    return {entry.id for entry, _ in name_index().get(form, ())}


def current() -> list[Entry]:
    return [entry for entry in by_label("Country") if entry.until is None]


def test_every_code_of_iso_3166_1() -> None:
    codes = ISO_3166_1.split()
    assert len(codes) == 249
    assert {entry.id for entry in current()} == {*codes, "XKX"}


def test_former_states_have_successors_and_an_end() -> None:
    former = [entry for entry in by_label("Country") if entry.until]
    assert {entry.id for entry in former} == FORMER
    assert all(entry.since and entry.succeeded_by for entry in former)


def test_two_letter_codes_are_unique_among_todays_countries() -> None:
    codes = [entry.iso2 for entry in current()]
    assert len(set(codes)) == len(codes)
    assert None not in codes


@pytest.mark.parametrize(
    ("label", "least"), [("Organization", 60), ("ArmedGroup", 80), ("Company", 170), ("Person", 1500)]
)
def test_how_many(catalogue: Catalogue, label: str, least: int) -> None:
    assert sum(entry.label == label for entry in catalogue.entries.values()) >= least


def test_slugs_are_the_ones_that_the_linker_would_make() -> None:
    assert [e.id for e in by_label("Person") if e.id != slugify(e.name)] == []


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("TUR", "Turkey|Türkiye|Republic of Türkiye|Turkish|Turks|Ankara"),
        ("SWZ", "Eswatini|Swaziland|Swazi"),
        ("MMR", "Myanmar|Burma|Burmese|Naypyidaw|Tatmadaw"),
        ("MKD", "North Macedonia|Macedonia|FYROM"),
        ("COD", "DR Congo|Democratic Republic of the Congo|DRC|Zaire|Kinshasa"),
        ("CIV", "Ivory Coast|Côte d'Ivoire|Ivorian"),
        ("CZE", "Czech Republic|Czechia|Czech|Prague"),
        ("USA", "United States|US|U.S.|USA|America|American|Washington|White House|Pentagon|State Department|OFAC|CIA"),
        ("GBR", "United Kingdom|UK|Britain|Great Britain|British|Downing Street|Whitehall|Foreign Office"),
        ("RUS", "Russia|Russian Federation|Russian|Russians|Moscow|Kremlin|State Duma|FSB"),
        ("PRK", "North Korea|DPRK|Democratic People's Republic of Korea|North Korean|Pyongyang"),
        ("KOR", "South Korea|Republic of Korea|ROK|South Korean|Seoul|Blue House"),
        ("CHN", "China|People's Republic of China|PRC|Chinese|Beijing|People's Liberation Army"),
        ("IRN", "Iran|Islamic Republic of Iran|Iranian|Tehran"),
        ("ARE", "United Arab Emirates|UAE|Emirati|Abu Dhabi"),
        ("PSE", "Palestine|State of Palestine|Palestinian Authority|Ramallah"),
        ("NLD", "Netherlands|The Netherlands|Holland|Dutch"),
        ("TLS", "Timor-Leste|East Timor"),
        ("SUN", "Soviet Union|USSR|Soviet"),
        ("YUG", "Yugoslavia|Federal Republic of Yugoslavia"),
        ("european-union", "European Union|EU|European Commission|Council of the European Union|Brussels"),
        ("united-nations", "United Nations|UN|U.N.|UN Security Council|Security Council"),
        ("nato", "NATO|North Atlantic Treaty Organization|North Atlantic Council"),
        ("houthis", "Houthis|Houthi|Ansar Allah|Houthi rebels"),
        ("islamic-state", "Islamic State|ISIS|ISIL|Daesh|IS"),
        ("hezbollah", "Hezbollah|Hizbullah|Hizballah"),
        ("pkk", "PKK|Kurdistan Workers' Party"),
        ("rsf", "RSF|Rapid Support Forces"),
        ("islamic-revolutionary-guard-corps", "Islamic Revolutionary Guard Corps|IRGC|Revolutionary Guards"),
        ("presidency-of-defense-industries", "Presidency of Defense Industries|SSB|Presidency of Defence Industries"),
        ("rosoboronexport", "Rosoboronexport"),
        ("raytheon", "Raytheon|RTX"),
        ("naval-group", "Naval Group|DCNS"),
        ("recep-tayyip-erdogan", "Recep Tayyip Erdoğan|Tayyip Erdoğan|Erdoğan"),
        ("volodymyr-zelensky", "Volodymyr Zelensky|Volodymyr Zelenskyy|Zelenskiy"),
        ("muammar-gaddafi", "Muammar Gaddafi|Moammar Gadhafi|Qaddafi"),
        ("alexander-lukashenko", "Alexander Lukashenko|Aleksandr Lukashenko|Lukashenko"),
    ],
)
def test_names_of_one_actor(code: str, forms: str) -> None:
    assert [form for form in forms.split("|") if code not in ids(form)] == []


@pytest.mark.parametrize(
    "form",
    ["Army", "Navy", "Ministry", "Parliament", "President", "Government", "Minister", "Air Force", "Korea", "Bank"],
)
def test_words_that_usually_mean_something_else_are_no_names(form: str) -> None:
    assert ids(form) == set()


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("GEO", "Georgia"),
        ("JOR", "Jordan"),
        ("TCD", "Chad"),
        ("TUR", "Turkey"),
        ("islamic-state", "IS"),
        ("european-union", "Brussels"),
        ("wagner-group", "Wagner"),
        ("COD", "Congo"),
        ("COG", "Congo"),
        ("USA", "Congress"),
    ],
)
def test_names_that_need_evidence(catalogue: Catalogue, code: str, form: str) -> None:
    assert form in catalogue.entries[code].ambiguous


def test_a_name_that_two_actors_share_needs_evidence() -> None:
    """Of two actors with one name at least one is marked; surnames are told apart by office and first mention."""
    shared = [
        (form, one.id, two.id)
        for form, readings in name_index().items()
        for (one, one_role), (two, two_role) in combinations(readings, 2)
        if one.id != two.id
        and not {one.label, two.label} & {"Weapon", "Instrument"}
        and "surname" not in (one_role, two_role)
        and form not in one.ambiguous | two.ambiguous
    ]
    assert shared == []


@pytest.mark.parametrize(
    ("of", "title", "day", "who"),
    [
        ("USA", "President", "2001-09-11", "George W. Bush"),
        ("USA", "President", "2010-01-01", "Barack Obama"),
        ("USA", "President", "2019-07-12", "Donald Trump"),
        ("USA", "President", "2021-09-26", "Joe Biden"),
        ("USA", "President", "2025-06-01", "Donald Trump"),
        ("USA", "Secretary of State", "2003-02-05", "Colin Powell"),
        ("USA", "Secretary of State", "2020-12-14", "Mike Pompeo"),
        ("USA", "Secretary of Defense", "2008-06-01", "Robert Gates"),
        ("USA", "Treasury Secretary", "2018-05-08", "Steven Mnuchin"),
        ("RUS", "President", "2007-02-10", "Vladimir Putin"),
        ("RUS", "President", "2010-04-08", "Dmitry Medvedev"),
        ("RUS", "President", "2022-02-24", "Vladimir Putin"),
        ("RUS", "Foreign Minister", "2003-01-01", "Igor Ivanov"),
        ("RUS", "Foreign Minister", "2015-07-14", "Sergei Lavrov"),
        ("RUS", "Defence Minister", "2022-02-24", "Sergei Shoigu"),
        ("TUR", "President", "2013-01-01", "Abdullah Gül"),
        ("TUR", "President", "2021-09-26", "Recep Tayyip Erdoğan"),
        ("TUR", "Prime Minister", "2013-01-01", "Recep Tayyip Erdoğan"),
        ("TUR", "Foreign Minister", "2021-09-26", "Mevlüt Çavuşoğlu"),
        ("presidency-of-defense-industries", "President", "2020-12-14", "İsmail Demir"),
        ("IRN", "President", "2015-07-14", "Hassan Rouhani"),
        ("IRN", "Foreign Minister", "2015-07-14", "Mohammad Javad Zarif"),
        ("GBR", "Prime Minister", "2003-03-20", "Tony Blair"),
        ("GBR", "Prime Minister", "2018-04-14", "Theresa May"),
        ("GBR", "Prime Minister", "2022-10-01", "Liz Truss"),
        ("DEU", "Chancellor", "2014-03-18", "Angela Merkel"),
        ("FRA", "President", "2011-03-19", "Nicolas Sarkozy"),
        ("CHN", "President", "2018-09-20", "Xi Jinping"),
        ("PRK", "Supreme Leader", "2006-10-09", "Kim Jong-il"),
        ("PRK", "Supreme Leader", "2017-11-29", "Kim Jong-un"),
        ("IND", "Prime Minister", "2018-10-05", "Narendra Modi"),
        ("LBY", "Leader", "2011-02-26", "Muammar Gaddafi"),
        ("SYR", "President", "2013-08-21", "Bashar al-Assad"),
        ("UKR", "President", "2014-03-18", None),
        ("UKR", "President", "2022-02-24", "Volodymyr Zelensky"),
        ("VEN", "President", "2006-07-01", "Hugo Chávez"),
        ("united-nations", "Secretary-General", "2013-04-02", "Ban Ki-moon"),
        ("nato", "Secretary-General", "2019-07-17", "Jens Stoltenberg"),
        ("european-union", "High Representative", "2015-07-14", "Federica Mogherini"),
        ("JPN", "Prime Minister", "2007-01-01", "Shinzo Abe"),
        ("KOR", "President", "2016-07-08", "Park Geun-hye"),
        ("ISR", "Prime Minister", "2021-12-01", "Naftali Bennett"),
        ("SAU", "King", "2015-03-26", "King Salman"),
    ],
)
def test_who_held_an_office(of: str, title: str, day: str, who: str | None) -> None:
    assert [entry.name for entry in holders(of, day, title)] == ([who] if who else [])


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        ("2014-08-27", ["Prime Minister"]),
        ("2014-08-28", ["Prime Minister", "President"]),
        ("2014-08-29T10:00:00Z", ["President"]),
        ("2014-08", ["Prime Minister", "President"]),
        ("2003-03-13", []),
        ("2026", ["President"]),
    ],
)
def test_offices_at_the_edges(catalogue: Catalogue, day: str, titles: list[str]) -> None:
    assert [office.title for office in catalogue.entries["recep-tayyip-erdogan"].offices_on(day)] == titles


SOVEREIGN_SINCE_2002 = """
AFG ARE ARG AUS BLR BRA CAN CHN COL CUB CZE DEU DNK DZA EGY ERI ESP ETH FIN FRA GBR GEO GRC IND IRN IRQ ISR ITA JPN KOR
LBN LBY MMR NLD NOR PAK POL PRK RUS SAU SDN SWE SYR TUR TWN UKR USA VEN ZAF ZWE
"""
HEAD = re.compile(
    r"(Acting )?(President|Prime Minister|Premier|Chancellor|King|Queen|Supreme Leader|Emir|Leader|Head of .*"
    r"|Chairman of the (Sovereignty|National Transitional|Presidential).*|Administrator|Chief Executive)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("country", SOVEREIGN_SINCE_2002.split())
def test_somebody_led_the_country_in_every_year(country: str) -> None:
    years = range(2003 if country != "AFG" else 2002, 2026)
    assert [year for year in years if not holders(country, f"{year}-07-01", HEAD.pattern)] == []


def test_nobody_holds_one_office_twice_at_a_time() -> None:
    clashes = [
        (entry.name, one.title, one.since, two.since)
        for entry in by_label("Person")
        for one, two in combinations(entry.offices, 2)
        if (one.title, one.of) == (two.title, two.of) and (one.until is None or one.until > (two.since or ""))
    ]
    assert clashes == []


@pytest.mark.parametrize(
    "country", ["DEU", "FRA", "GBR", "IND", "ISR", "ITA", "JPN", "POL", "RUS", "TUR", "UKR", "USA"]
)
@pytest.mark.parametrize("title", ["President", "Prime Minister", "Foreign Minister", "Defence Minister"])
def test_one_office_has_one_holder(country: str, title: str) -> None:
    """In the middle of a month, away from the days of change that both hold."""
    days = [f"{year}-{month}-15" for year in range(2003, 2026) for month in ("01", "04", "07", "10")]
    assert [day for day in days if len(holders(country, day, title)) > 1] == []
