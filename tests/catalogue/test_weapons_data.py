"""The catalogue's weapons, weapon classes and instruments: spelling, completeness, and facts known beforehand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from loaders.catalogue import Catalogue, Entry, load_catalogue
from tests.catalogue.lookups import by_label, name_index

WORDS = re.compile(r"[^\W_]+")
SPELLINGS = (("defence", "defense"), ("armour", "armor"), ("programme", "program"))
CATEGORIES = {
    "air defence systems", "aircraft", "ammunition", "anti-submarine warfare weapons", "armoured vehicles", "artillery",
    "biological", "chemical", "cyber", "engines", "missiles", "naval weapons", "nuclear", "other", "radiological",
    "satellites", "sensors", "ships", "small arms",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def classes() -> list[Entry]:
    return [entry for entry in by_label("Weapon") if entry.kind == "class"]


@pytest.fixture(scope="module")
def weapons() -> list[Entry]:
    return [entry for entry in by_label("Weapon") if entry.kind != "class"]


@pytest.fixture(scope="module")
def instruments() -> list[Entry]:
    return by_label("Instrument")


def names(entry: Entry) -> list[str]:
    return [entry.name, *entry.aliases]


def words(name: str) -> tuple[str, ...]:
    """What is left of a name when case, hyphens and spaces do not count."""
    return tuple(WORDS.findall(name.lower()))


def instances(text: str) -> Iterator[Entry]:
    for entry in by_label("Instrument"):
        for pattern in entry.patterns:
            for match in re.finditer(pattern, text):
                yield entry.instance(match.group(1))


def test_enough_entries_of_every_kind(classes: list[Entry], weapons: list[Entry], instruments: list[Entry]) -> None:
    assert len(classes) >= 90
    assert len(weapons) >= 700
    assert len(instruments) >= 140


@pytest.mark.parametrize(
    ("country", "at_least"),
    [("RUS", 200), ("USA", 200), ("CHN", 100), ("IRN", 70), ("ISR", 50), ("GBR", 50), ("FRA", 50), ("DEU", 50),
     ("TUR", 40), ("IND", 40), ("PRK", 40), ("KOR", 25), ("UKR", 40), ("SWE", 25), ("JPN", 20), ("PAK", 20),
     ("ITA", 25), ("ZAF", 15), ("BRA", 10), ("POL", 15), ("TWN", 15)],
)  # fmt: skip
def test_weapons_of_every_arms_producing_country(weapons: list[Entry], country: str, at_least: int) -> None:
    assert Counter(origin for weapon in weapons for origin in weapon.origin)[country] >= at_least


def test_every_weapon_has_an_origin_and_a_class(catalogue: Catalogue, weapons: list[Entry]) -> None:
    assert [weapon.id for weapon in weapons if not weapon.origin] == []
    assert [w.id for w in weapons if w.class_ is None or catalogue.entries[w.class_].kind != "class"] == []


def test_every_class_has_a_known_category(classes: list[Entry]) -> None:
    assert [entry.id for entry in classes if entry.category not in CATEGORIES] == []


def test_what_has_variants_is_a_family(catalogue: Catalogue, weapons: list[Entry]) -> None:
    parents = {weapon.variant_of for weapon in weapons if weapon.variant_of}
    assert [parent for parent in parents if catalogue.entries[parent].kind != "family"] == []


def test_class_names_are_lower_case(classes: list[Entry]) -> None:
    assert [entry.name for entry in classes if entry.name != entry.name.lower()] == ["IED"]


@pytest.mark.parametrize(("british", "american"), SPELLINGS)
def test_class_words_have_both_spellings(classes: list[Entry], british: str, american: str) -> None:
    missing = []
    for entry in classes:
        known = {words(name) for name in names(entry)}
        for name in names(entry):
            other = name.replace(british, american) if british in name else name.replace(american, british)
            if words(other) not in known:
                missing.append((entry.id, name))
    assert missing == []


def test_no_name_differs_from_another_of_its_entry_by_hyphens_alone(weapons: list[Entry], classes: list[Entry]) -> None:
    def parts(name: str, entry: Entry) -> tuple[str, ...]:
        return words(name) if entry.kind == "class" else tuple(WORDS.findall(name))

    doubled = [e.id for e in [*weapons, *classes] if len({parts(name, e) for name in names(e)}) < len(names(e))]
    assert doubled == []


def test_class_words_are_singular(classes: list[Entry]) -> None:
    plurals = [
        name
        for entry in classes
        for name in entry.aliases
        if name.endswith("s") and words(name[:-1]) in {words(other) for other in names(entry)}
    ]
    assert [name for name in plurals if name != "MANPADS"] == []


def test_a_class_word_stands_for_one_class(classes: list[Entry]) -> None:
    meanings = Counter(form for entry in classes for form in {words(name) for name in names(entry)})
    assert [form for form, count in meanings.items() if count > 1] == []


def test_a_name_shared_by_two_entries_is_ambiguous_in_each() -> None:
    unmarked = [
        (name, entry.id)
        for name, readings in name_index().items()
        if len({entry.id for entry, _ in readings}) > 1
        for entry, _ in readings
        if entry.label in ("Weapon", "Instrument") and name not in entry.ambiguous
    ]
    assert unmarked == []


def test_nato_names_with_a_number_are_names(weapons: list[Entry]) -> None:
    numbered = [weapon for weapon in weapons if weapon.nato_name and re.search(r"\d", weapon.nato_name)]
    assert [weapon.id for weapon in numbered if weapon.nato_name not in weapon.aliases] == []
    assert len(numbered) >= 100


@pytest.mark.parametrize(
    "name",
    ["Javelin", "Patriot", "Tomahawk", "Harrier", "Mirage", "Tornado", "Apache", "Typhoon", "Arrow", "Spike", "Leopard",
     "Tiger", "Puma", "Lynx", "Black Hawk", "Predator", "Reaper", "Stinger", "Hornet", "Raptor", "Meteor", "Taurus",
     "Caesar", "Archer", "Milan", "Hawk", "Grad", "Kilo", "Viking", "Hercules", "Phantom", "Osprey", "Minuteman",
     "Trident", "Taipan", "Heron", "Hermes", "Eagle", "Bayraktar", "Mistral", "Merlin", "Neptune", "Bradley", "Moskva",
     "Shandong", "K2", "U-2", "A-10", "tank", "rocket", "mine", "satellite", "shell", "jet", "fighter", "aircraft",
     "carrier", "nuclear deal", "ATT", "Additional Protocol"],
)  # fmt: skip
def test_everyday_words_need_evidence(name: str) -> None:
    readings = [entry for entry, _ in name_index()[name] if entry.label in ("Weapon", "Instrument")]
    assert readings
    assert all(name in entry.ambiguous for entry in readings)


@pytest.mark.parametrize(
    "name",
    ["S-400", "S-300", "F-35", "F-16", "Scud", "ATACMS", "HIMARS", "THAAD", "Bayraktar TB2", "Storm Shadow", "Rafale",
     "Leopard 2", "M1 Abrams", "Hwasong-15", "Kh-59", "Kalibr", "Taepodong-2", "Iron Dome", "BrahMos", "Shahed-136",
     "missile", "drone", "warship", "submarine", "weapons", "military aid", "chemical weapon", "nuclear weapon",
     "CAATSA", "JCPOA", "INF Treaty", "New START", "INKSNA", "Ottawa Convention", "Nuclear Non-Proliferation Treaty"],
)  # fmt: skip
def test_names_that_mean_one_thing_need_none(name: str) -> None:
    [(entry, role)] = name_index()[name]
    assert (role, entry.name) == ("name", name)
    assert name not in entry.ambiguous


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("fighter jet", "fighter-aircraft"), ("warplane", "fighter-aircraft"), ("combat aircraft", "fighter-aircraft"),
        ("anti-aircraft system", "air-defence-system"), ("air defense missile system", "air-defence-system"),
        ("missile shield", "missile-defence-system"), ("UAV", "drone"), ("unmanned aerial vehicle", "drone"),
        ("kamikaze drone", "loitering-munition"), ("APC", "armoured-personnel-carrier"),
        ("IFV", "infantry-fighting-vehicle"), ("armored personnel carrier", "armoured-personnel-carrier"),
        ("helicopter gunship", "attack-helicopter"), ("MANPADS", "manpads"), ("MLRS", "rocket-launcher"),
        ("ICBM", "intercontinental-ballistic-missile"), ("destroyer", "destroyer"), ("corvette", "corvette"),
        ("weaponry", "weapons"), ("military hardware", "weapons"), ("defense equipment", "weapons"),
        ("arms", "weapons"), ("munition", "weapons"), ("explosives", "explosives"),
        ("lethal aid", "military-aid"), ("security assistance", "military-aid"), ("WMD", "weapons-of-mass-destruction"),
        ("atomic bomb", "nuclear-weapon"), ("hydrogen bomb", "nuclear-weapon"), ("nuclear arms", "nuclear-weapon"),
        ("sarin", "chemical-weapon"), ("mustard gas", "chemical-weapon"),
        ("cluster bomb", "cluster-munition"), ("torpedoes", "torpedo"), ("howitzer", "howitzer"),
        ("dirty bomb", "radiological-weapon"), ("white phosphorus", "white-phosphorus"),
    ],
)  # fmt: skip
def test_everyday_words_mean_their_class(word: str, expected: str) -> None:
    assert [entry.id for entry, _ in name_index()[word]] == [f"class/{expected}"]


@pytest.mark.parametrize(
    ("kind", "general"),
    [("intercontinental-ballistic-missile", "missile"), ("frigate", "warship"), ("fighter-aircraft", "aircraft"),
     ("attack-helicopter", "aircraft"), ("howitzer", "artillery"), ("ballistic-missile-submarine", "submarine"),
     ("sniper-rifle", "small-arms"), ("chemical-weapon", "weapons-of-mass-destruction"), ("tank", "armoured-vehicle")],
)  # fmt: skip
def test_special_classes_belong_to_general_ones(catalogue: Catalogue, kind: str, general: str) -> None:
    above = []
    entry: Entry | None = catalogue.entries[f"class/{kind}"]
    while entry and entry.parent:
        above.append(entry.parent)
        entry = catalogue.entries[entry.parent]
    assert f"class/{general}" in above


@pytest.mark.parametrize(
    ("name", "kind", "origin", "maker", "nato_name"),
    [
        ("S-400", "air-defence-system", "RUS", "almaz-antey", "SA-21 Growler"),
        ("S-300PMU-2", "air-defence-system", "RUS", "almaz-antey", "SA-20B Gargoyle"),
        ("Buk", "air-defence-system", "RUS", "almaz-antey", "SA-11 Gadfly"),
        ("MiG-29", "fighter-aircraft", "RUS", "mikoyan", "Fulcrum"),
        ("Su-57", "fighter-aircraft", "RUS", "sukhoi", "Felon"),
        ("Su-24", "bomber", "SUN", "sukhoi", "Fencer"),
        ("Tu-95", "bomber", "SUN", "tupolev", "Bear"),
        ("Il-76", "military-transport-aircraft", "SUN", "ilyushin", "Candid"),
        ("Iskander", "short-range-ballistic-missile", "RUS", None, "SS-26 Stone"),
        ("Kinzhal", "hypersonic-missile", "RUS", None, "AS-24 Killjoy"),
        ("Sarmat", "intercontinental-ballistic-missile", "RUS", "makeyev-rocket-design-bureau", "SS-X-29"),
        ("F-35", "fighter-aircraft", "USA", "lockheed-martin", None),
        ("Patriot", "air-defence-system", "USA", "raytheon", None),
        ("HIMARS", "rocket-launcher", "USA", "lockheed-martin", None),
        ("ATACMS", "short-range-ballistic-missile", "USA", "lockheed-martin", None),
        ("M1 Abrams", "tank", "USA", "general-dynamics", None),
        ("Apache", "attack-helicopter", "USA", "boeing", None),
        ("NASAMS", "air-defence-system", "NOR", "kongsberg", None),
        ("Leopard 2", "tank", "DEU", "krauss-maffei-wegmann", None),
        ("Storm Shadow", "cruise-missile", "GBR", "mbda", None),
        ("Rafale", "fighter-aircraft", "FRA", "dassault", None),
        ("Gripen", "fighter-aircraft", "SWE", "saab", None),
        ("Iron Dome", "missile-defence-system", "ISR", "rafael", None),
        ("Bayraktar TB2", "combat-drone", "TUR", "baykar", None),
        ("Shahed-136", "loitering-munition", "IRN", "shahed-aviation-industries", None),
        ("Hwasong-15", "intercontinental-ballistic-missile", "PRK", None, "KN-22"),
        ("DF-21", "medium-range-ballistic-missile", "CHN", "casic", "CSS-5"),
        ("JF-17", "fighter-aircraft", "PAK", "pakistan-aeronautical-complex", None),
        ("BrahMos", "cruise-missile", "IND", "brahmos-aerospace", None),
        ("Ghauri", "medium-range-ballistic-missile", "PAK", "khan-research-laboratories", None),
        ("K9", "self-propelled-howitzer", "KOR", "hanwha", None),
        ("Kilo class", "submarine", "RUS", "rubin-design-bureau", "Kilo"),
        ("Virginia class", "nuclear-submarine", "USA", "general-dynamics", None),
        ("Arleigh Burke class", "destroyer", "USA", "huntington-ingalls", None),
        ("AK-47", "rifle", "SUN", "kalashnikov", None),
    ],
)
def test_facts(name: str, kind: str, origin: str, maker: str | None, nato_name: str | None) -> None:
    [weapon] = [entry for entry, role in name_index()[name] if role == "name" and entry.label == "Weapon"]
    assert weapon.class_ == f"class/{kind}"
    assert origin in weapon.origin
    assert maker is None or maker in weapon.maker
    assert weapon.nato_name == nato_name


@pytest.mark.parametrize(
    ("alias", "expected"),
    [("S-400 Triumf", "S-400"), ("SA-21 Growler", "S-400"), ("Joint Strike Fighter", "F-35"), ("TB2", "Bayraktar TB2"),
     ("Geran-2", "Shahed-136"), ("Hwasong-10", "Musudan"), ("PAK FA", "Su-57"), ("HMMWV", "Humvee"),
     ("FD-2000", "FD-2000"), ("F-16 Block 70", "F-16V"), ("Terminal High Altitude Area Defense", "THAAD"),
     ("Army Tactical Missile System", "ATACMS"), ("Neptun", "Neptune"), ("Caracal", "EC725 Caracal")],
)  # fmt: skip
def test_other_names(alias: str, expected: str) -> None:
    assert [entry.name for entry, _ in name_index()[alias] if entry.label == "Weapon"] == [expected]


@pytest.mark.parametrize(
    ("variant", "family"),
    [("mig-29k", "mig-29"), ("s-300pmu-2", "s-300"), ("s-300v4", "s-300"), ("f-16v", "f-16"), ("su-30mki", "su-30"),
     ("leopard-2a4", "leopard-2"), ("shahed-136", "shahed"), ("pac-3", "patriot"), ("fd-2000", "hq-9"),
     ("hwasong-20", "hwasong"), ("zelzal-2", "zelzal"), ("uss-lassen", "arleigh-burke-class")],
)  # fmt: skip
def test_variants_are_weapons_of_their_own(catalogue: Catalogue, variant: str, family: str) -> None:
    assert catalogue.entries[variant].variant_of == family
    assert not set(names(catalogue.entries[variant])) & set(names(catalogue.entries[family]))


def test_the_f_35_is_not_its_programme(catalogue: Catalogue) -> None:
    assert catalogue.entries["f-35"].label == "Weapon"
    assert catalogue.entries["f-35-programme"].label == "Instrument"
    assert catalogue.entries["f-35-programme"].kind == "programme"
    assert "F-35 program" in catalogue.entries["f-35-programme"].aliases


@pytest.mark.parametrize(
    ("name", "entry_id", "kind", "sender", "date"),
    [
        ("Countering America's Adversaries Through Sanctions Act", "caatsa", "statute", "USA", "2017-08-02"),
        ("Global Magnitsky Act", "global-magnitsky-act", "statute", "USA", "2016-12-23"),
        ("ILSA", "iran-sanctions-act", "statute", "USA", "1996-08-05"),
        ("Caesar Act", "caesar-act", "statute", "USA", "2019-12-20"),
        ("Sanctions and Anti-Money Laundering Act", "samla", "statute", "GBR", "2018-05-23"),
        ("Joint Comprehensive Plan of Action", "jcpoa", "treaty", None, "2015-07-14"),
        ("Intermediate-Range Nuclear Forces Treaty", "inf-treaty", "treaty", None, "1987-12-08"),
        ("New START treaty", "new-start", "treaty", None, "2010-04-08"),
        ("Mine Ban Treaty", "ottawa-convention", "treaty", None, "1997-12-03"),
        ("NPT", "npt", "treaty", None, "1968-07-01"),
        ("SDN list", "sdn-list", "list", "USA", None),
        ("MTCR", "mtcr", "regime", None, "1987-04-16"),
        ("11th package of sanctions", "eu-sanctions-package-11", "regulation", "european-union", "2023-06-23"),
        ("eleventh sanctions package", "eu-sanctions-package-11", "regulation", "european-union", "2023-06-23"),
        ("F-35 programme", "f-35-programme", "programme", "USA", "2001-10-26"),
    ],
)
def test_instruments(name: str, entry_id: str, kind: str, sender: str | None, date: str | None) -> None:
    [(entry, _)] = name_index()[name]
    assert (entry.id, entry.kind, entry.sender, entry.date) == (entry_id, kind, sender, date)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under UN Security Council Resolution 1929, Iran", {"unscr-1929"}),
        ("U.N. Security Council resolution 1929 (2010)", {"unscr-1929"}),
        ("violates Resolution 1929.", {"unscr-1929"}),
        ("in breach of UNSCR 2231", {"unscr-2231"}),
        ("see S/RES/2231", {"unscr-2231"}),
        ("UN resolutions 1718 and 1874", {"unscr-1718", "unscr-1874"}),
        ("resolutions 1696 (2006), 1737 (2006) and 1747 (2007)", {"unscr-1696", "unscr-1737", "unscr-1747"}),
        ("pursuant to Executive Order 13382, which", {"executive-order-13382"}),
        ("Executive Orders 13382 and 13224", {"executive-order-13382", "executive-order-13224"}),
        ("under E.O. 14024", {"executive-order-14024"}),
        ("UN General Assembly resolution 2758", {"unga-resolution-2758"}),
        ("the House passed House Resolution 1234", set()),
        ("government resolution No. 1430/2019", set()),
        ("a high-resolution image of 1929", set()),
        ("the geopolitics of EO 12", set()),
    ],
)
def test_numbered_series(text: str, expected: set[str]) -> None:
    assert {entry.id for entry in instances(text)} == expected


def test_a_numbered_resolution_has_its_usual_name() -> None:
    [resolution] = {entry.name for entry in instances("UNSCR 1929")}
    assert resolution == "UN Security Council Resolution 1929"
