"""What sentences yield: one row a case, right by the ontology, not by what the extractor happened to print."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claim
from loaders.document import Document
from loaders.pipeline import extract


def claims(text: str, published: str = "2021-09-26") -> list[Claim]:
    return extract(Document(source_id="case", source="case.txt", text=text, published=published))


def told(claim: Claim) -> tuple[str | None, str, str, str, str]:
    subject = claim.subject.name if claim.subject else None
    return subject, claim.predicate, claim.object.name, claim.stage, claim.assertion


CASES = [
    (
        "The Iranian army issued a statement saying its gunners fired rockets at Iraq.",
        ("Iran", "uses", "rocket", "completed", "asserted"),
    ),
    (
        "Iran launched missiles at Israel, according to Iranian state media.",
        ("Iran", "uses", "missile", "completed", "asserted"),
    ),
    (
        "Iran launched missiles at Israel, according to the Israeli army.",
        ("Iran", "uses", "missile", "completed", "alleged"),
    ),
    (
        "Reuters reports that Japan plans to supply the Philippines with radars.",
        ("Japan", "supplies", "radar", "planned", "asserted"),
    ),
    (
        "Yonhap reports that North Korea has tested a missile.",
        ("North Korea", "tests", "missile", "completed", "alleged"),
    ),
    (
        "A minister was charged with involvement in the sale of weapons to Ecuador by Argentina.",
        ("Argentina", "supplies", "weapons", "completed", "alleged"),
    ),
    (
        "Diplomats voiced concern that Iran is developing nuclear weapons.",
        ("Iran", "develops", "nuclear weapon", "ongoing", "alleged"),
    ),
    (
        "The United States concluded that Syria has used chemical weapons.",
        ("Syria", "uses", "chemical weapon", "completed", "alleged"),
    ),
    (
        "An inquiry concluded that Syria has used chemical weapons.",
        ("Syria", "uses", "chemical weapon", "completed", "asserted"),
    ),
    ("Israel buys 20 F-35 fighter jets from the United States.", ("Israel", "purchases", "F-35", "agreed", "asserted")),
    (
        "The United States imposes sanctions on Iran.",
        ("United States", "sanctions", "Iran", "completed", "asserted"),
    ),
    (
        "The European Union agrees to lift the sanctions it has imposed on Cuba.",
        ("European Union", "sanctions", "Cuba", "ended", "asserted"),
    ),
    (
        "The United States threatens to impose sanctions on Turkey.",
        ("United States", "sanctions", "Turkey", "threatened", "asserted"),
    ),
    ("Turkey was sanctioned by the US.", ("United States", "sanctions", "Turkey", "completed", "asserted")),
    (
        "Ankara still intends to buy a second batch of Russian-made S-400 missile defence systems.",
        ("Turkey", "purchases", "S-400", "planned", "asserted"),
    ),
    (
        "South Africa has been accused of supplying weapons to Russia.",
        ("South Africa", "supplies", "weapons", "completed", "alleged"),
    ),
    (
        "The EU decided to impose sanctions on Iran over its missile deliveries to Russia.",
        ("Iran", "supplies", "missile", "completed", "asserted"),
    ),
    (
        "There is no evidence that Iran supplies weapons to the Taliban.",
        ("Iran", "supplies", "weapons", "completed", "denied"),
    ),
    (
        "North Korea might have moved another missile to the launch site.",
        ("North Korea", "deploys", "missile", "completed", "alleged"),
    ),
    (
        "Russia suspended its participation in New START.",
        ("Russia", "withdraws_from", "New START", "suspended", "asserted"),
    ),
    ("North Korea tested a ballistic missile.", ("North Korea", "tests", "ballistic missile", "completed", "asserted")),
    (
        "Iran and six world powers reached a nuclear deal in Vienna.",
        ("Germany", "signs", "JCPOA", "completed", "asserted"),
    ),
    (
        "The INF Treaty bans such missiles. Moscow said it would leave the pact.",
        ("Russia", "withdraws_from", "INF Treaty", "planned", "asserted"),
    ),
    (
        "North Korea fired missiles in violation of Resolution 1718.",
        ("North Korea", "violates", "UN Security Council Resolution 1718", "ongoing", "asserted"),
    ),
    (
        "Iran exceeded the enrichment limit set by the 2015 nuclear deal.",
        ("Iran", "violates", "JCPOA", "completed", "asserted"),
    ),
    (
        "France and Germany say that they remain committed to the Iran nuclear deal and keep to its terms.",
        ("Germany", "complies_with", "JCPOA", "ongoing", "asserted"),
    ),
    (
        "Finland pulled out of the Ottawa Convention.",
        ("Finland", "withdraws_from", "Ottawa Convention", "completed", "asserted"),
    ),
    (
        "Denmark, Norway get US nod to send F-16s to Ukraine",
        ("Norway", "supplies", "F-16", "approved", "asserted"),
    ),
    (
        "The two signed deals that foresee the delivery of THAAD batteries to Saudi Arabia by the United States.",
        ("United States", "supplies", "THAAD", "planned", "asserted"),
    ),
    (
        "Sweden has halted licences for arms exports to Turkey.",
        ("Turkey", "receives", "weapons", "suspended", "asserted"),
    ),
    (
        "The United States authorised $25 million in military aid to Ukraine.",
        ("United States", "supplies", "military aid", "approved", "asserted"),
    ),
    (
        "Australia has torn up a contract with France for 12 submarines.",
        ("Australia", "purchases", "submarine", "ended", "asserted"),
    ),
    (
        "Rwandan President Paul Kagame has been accused of plundering Congo and of having armed the CNDP.",
        ("Rwanda", "supplies", "weapons", "completed", "alleged"),
    ),
    ("Portugal rethinks F-35 purchase.", ("Portugal", "purchases", "F-35", "considered", "asserted")),
    ("Hungary reconsiders the sale of Gripens to Chad.", ("Hungary", "supplies", "Gripen", "considered", "asserted")),
    ("Baykar sold Bayraktar TB2s to Poland.", ("Turkey", "supplies", "Bayraktar TB2", "completed", "asserted")),
    (
        "Iran's parliament is drafting a bill to leave the Non-Proliferation Treaty.",
        ("Iran", "withdraws_from", "Nuclear Non-Proliferation Treaty", "considered", "asserted"),
    ),
    ("India unveiled plans for the Agni-V missile.", ("India", "develops", "Agni-V", "planned", "asserted")),
    (
        "Sanctions on Iran were lifted on Saturday. A day later Washington imposed new sanctions on Iran.",
        ("United States", "sanctions", "Iran", "completed", "asserted"),
    ),
    (
        "Sanctions on Iran were lifted on Saturday. A day later Washington imposed new sanctions on Iran.",
        (None, "sanctions", "Iran", "ended", "asserted"),
    ),
]

UNKNOWN = [
    ("China sold the HQ-29 air defence system to Serbia.", "hq-29", "class/air-defence-system"),
    ("Serbia bought the HQ-29, a surface-to-air missile, from China.", "hq-29", "class/surface-to-air-missile"),
    ("Serbia bought HQ-29 surface-to-air missiles from China.", "hq-29", "class/surface-to-air-missile"),
    ("Iran tested the Zafar-3, a cruise missile.", "zafar-3", "class/cruise-missile"),
    ("Algeria bought Su-57M jets from Russia.", "su-57m", "class/fighter-aircraft"),
    ("Russia delivered Su-57M fighter jets to Algeria.", "su-57m", "class/fighter-aircraft"),
    ("Pakistan ordered four Type 099 destroyers from China.", "type-099", "class/destroyer"),
    ("The Philippine Navy deployed BRP Sierra Madre to the Spratly Islands.", "brp-sierra-madre", "class/warship"),
    ("Poland ordered 96 Xy-99E vehicles.", "xy-99e", None),
]

NOTHING = [
    "A helicopter crashed near the village on Friday.",
    "The committee met to discuss the price of bread.",
    "Michael Jordan bought a house in Georgia.",
    "Football officials imposed sanctions after the match.",
    "Amnesty International calls for the ratification of the Arms Trade Treaty.",
    "The Arms Trade Treaty was signed.",
    "The singer pulled out of the deal with her label.",
    "The Security Council adopted Resolution 2231.",
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_sentence_yields_its_claim(text: str, expected: tuple[str | None, str, str, str, str]) -> None:
    assert expected in [told(claim) for claim in claims(text)]


@pytest.mark.parametrize(("text", "weapon", "of_class"), UNKNOWN, ids=[text for text, _, _ in UNKNOWN])
def test_an_unknown_designation_is_a_weapon_of_the_class_beside_it(
    text: str, weapon: str, of_class: str | None
) -> None:
    [claim] = claims(text)
    told = claim.roles()["weapon"]
    assert (told.id, told.of_class and told.of_class.id) == (weapon, of_class)


@pytest.mark.parametrize(
    ("text", "label", "id"),
    [
        ("Iran supplied Fateh missiles to Russia.", "Weapon", "fateh"),
        ("Iran unveiled the Fateh submarine.", "Weapon", "fateh-class-submarine"),
        ("The United States imposed sanctions on Fatah.", "ArmedGroup", "fatah"),
        ("Fateh condemned Israel.", "ArmedGroup", "fatah"),
        ("The United States imposed sanctions on the Palestinian territories.", "Country", "PSE"),
        ("The Faroe Isles sanctioned Russia.", "Country", "FRO"),
    ],
)
def test_names_of_several_things_are_told_apart_by_what_is_done(text: str, label: str, id: str) -> None:
    [claim] = claims(text)
    assert (label, id) in {(role.label, role.id) for role in claim.roles().values()}


def test_a_headline_in_capitals_names_no_ship() -> None:
    assert not [claim for claim in claims("NORTH KOREA DEPLOYED ITS FORCES.") if claim.object.id.startswith("its-")]


def test_a_designation_that_the_class_word_is_for_is_not_the_weapon() -> None:
    told = claims("Serbia bought air defence systems similar to the HQ-29 from China.")
    assert [claim.object.id for claim in told if claim.predicate == "purchases"] == ["class/air-defence-system"]


def test_a_weapon_of_the_catalogue_has_its_class_from_there() -> None:
    [claim] = claims("Ankara bought the S-400, a ballistic missile, from Russia.")
    assert (claim.object.id, claim.object.of_class) == ("s-400", None)


@pytest.mark.parametrize("text", NOTHING)
def test_a_sentence_without_such_an_event_yields_nothing(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    "further",
    [
        "Nobody will interfere in terms of what kind of defense systems we acquire.",
        "Its arms procurement agency was sanctioned under CAATSA in 2020.",
    ],
)
def test_a_plan_stays_one_beside_words_that_tell_of_no_act(further: str) -> None:
    told = claims(f"Turkey intends to buy a second batch of S-400 systems from Russia. {further}")
    assert [claim.stage for claim in told if claim.predicate == "purchases"] == ["planned"]


def test_who_takes_a_ratification_back_withdraws() -> None:
    [claim] = claims("Russia withdrew its ratification of the Comprehensive Nuclear-Test-Ban Treaty.")
    assert claim.predicate == "withdraws_from"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Russia suspended its participation in New START.", "suspended"),
        ("The United States announced that it is suspending the INF treaty.", "suspended"),
        ("Vladimir Putin signed a decree suspending the INF treaty.", "suspended"),
        ("Putin signed a decree on Saturday suspending Russia's participation in the CFE Treaty.", "suspended"),
        ("Iran suspended some of its commitments under the JCPOA.", "suspended"),
        ("The United States will suspend its obligations under the INF treaty, Mike Pompeo said.", "planned"),
        ("The United States announced its decision to suspend the INF treaty.", "planned"),
        ("Russia's decision to suspend New START was criticised by NATO.", "planned"),
        ("Iran said it would suspend some commitments under the JCPOA.", "planned"),
        ("Russia threatened to suspend its participation in New START.", "threatened"),
        ("The United States gave notice of its withdrawal from the INF treaty.", "planned"),
        ("The United States announced its decision to withdraw from the INF treaty.", "planned"),
        ("The United States withdrew from the INF treaty on Friday.", "completed"),
    ],
)  # fmt: skip
def test_who_decides_to_halt_a_treaty_has_not_halted_it_and_who_halts_it_has_not_left(text: str, stage: str) -> None:
    [claim] = claims(text)
    assert (claim.predicate, claim.stage) == ("withdraws_from", stage)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        (
            "Hamas fired rockets at Tel Aviv on Thursday. In the war of 2008, Hamas fired rockets at Israel.",
            [("uses", "2008", "completed"), ("uses", "2021-09-23", "completed")],
        ),
        (
            "Hamas fired rockets at Tel Aviv on Thursday. The rockets that Hamas fired on Thursday hit nobody.",
            [("uses", "2021-09-23", "completed")],
        ),
        (
            "North Korea will suspend nuclear tests. The country has already tested nuclear weapons.",
            [("tests", None, "completed"), ("tests", None, "suspended")],
        ),
        (
            "North Korea plans to test a missile. North Korea tested a missile on Tuesday.",
            [("tests", "2021-09-21", "completed")],
        ),
    ],
)
def test_tests_and_uses_of_two_days_are_two_and_what_was_done_is_not_given_up(
    text: str, tells: list[tuple[str, str | None, str]]
) -> None:
    found = [(c.predicate, c.event_date, c.stage) for c in claims(text) if c.predicate in ("tests", "uses")]
    assert sorted(found, key=str) == sorted(tells, key=str)


def test_what_does_not_breach_an_accord_is_no_breach() -> None:
    told = claims("Iran's defence minister said that the missile test did not breach the nuclear deal.")
    assert [claim.stage for claim in told if claim.predicate == "violates" and claim.assertion == "asserted"] in (
        [],
        ["refused"],
    )


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("The Security Council met over North Korea's recent nuclear test.", "before"),
        ("North Korea recently tested a missile.", "before"),
        ("North Korea has so far tested six bombs.", "before"),
        ("Japan protested after North Korea's missile launch.", "before"),
        ("Japan protested after North Korea's missile launch on Tuesday.", "relative"),
        ("The Security Council agreed on a resolution following North Korea's missile test.", "before"),
        ("North Korea tested a missile.", "publication"),
        ("Japan protested against North Korea's missile launch.", "publication"),
        ("The Security Council voted on Monday, eight days after North Korea's nuclear test.", "before"),
        ("The Security Council met on 6 July 2017 after North Korea's launch of a missile on 4 July 2017.", "stated"),
        ("The United States imposed sanctions on North Korea for testing a missile.", "before"),
    ],
)
def test_what_others_follow_had_been_before(text: str, basis: str) -> None:
    [claim] = [claim for claim in claims(text) if claim.predicate == "tests"]
    assert (claim.stage, claim.basis) == ("completed", basis)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("The United States imposed sanctions on Turkey for buying S-400s from Russia.", "before"),
        ("Turkey was removed from the F-35 programme for buying S-400s from Russia.", "before"),
        ("Disputes remain over Turkey's purchase of S-400s.", "before"),
        ("The United States threatens sanctions on Turkey over plans for the purchase of S-400s.", "publication"),
        ("Turkey bought S-400s from Russia.", "publication"),
    ],
)
def test_what_is_punished_and_a_bare_purchase_had_been_before(text: str, basis: str) -> None:
    told = [claim for claim in claims(text) if claim.object.id == "s-400"]
    assert {claim.basis for claim in told} == {basis}


def test_the_maker_beside_the_weapon_is_the_supplier() -> None:
    [claim] = claims("Ankara still intends to buy a second batch of Russian-made S-400 missile defence systems.")
    assert claim.qualifiers.supplier is not None
    assert claim.qualifiers.supplier.id == "RUS"
    assert claim.qualifiers.batch == 2


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        (
            "Egypt signed a contract with France for 24 Rafale jets in February 2015. Egypt signed a contract with "
            "France for 30 Rafale jets in May 2017.",
            [("2015-02", 24), ("2017-05", 30)],
        ),
        (
            "Egypt has signed a deal with France to buy 30 Rafale jets. Egypt bought 24 Rafale jets in 2015.",
            [("2015", 24), (None, 30)],
        ),
        ("India ordered 36 Rafale jets from France in 2016. India has bought 36 Rafale jets.", [("2016", 36)]),
        (
            "India ordered 36 Rafale jets from France in 2016. India bought the jets in September 2016.",
            [("2016-09", 36)],
        ),
    ],
)
def test_contracts_of_different_days_are_two_orders(text: str, orders: list[tuple[str | None, float]]) -> None:
    told = [(claim.event_date, claim.qualifiers.quantity_min) for claim in claims(text, published="2021-05-04")]
    assert sorted(told, key=lambda order: order[1] or 0) == orders


@pytest.mark.parametrize(
    ("text", "batch"),
    [
        ("Qatar ordered another 12 Rafale jets from France on Thursday.", "further"),
        ("Qatar ordered 12 more Rafale jets from France.", "further"),
        ("Qatar will buy 12 additional Rafale jets from France.", "further"),
        ("India ordered more than 30 Rafale jets from France.", None),
        ("Poland has received another five K2 tanks from South Korea.", None),
    ],
)
def test_what_is_ordered_on_top_is_another_order(text: str, batch: str | None) -> None:
    """What is delivered on top may be of the same order."""
    [claim] = claims(text)
    assert claim.qualifiers.batch == batch


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The EU adopted its 13th package of sanctions against Russia.", 13),
        ("The EU adopted its eleventh package of sanctions against Russia.", 11),
    ],
)
def test_packages_are_numbered_without_an_end(text: str, number: int) -> None:
    [claim] = claims(text)
    assert claim.qualifiers.round == number


@pytest.mark.parametrize(
    "text",
    [
        "Washington has reimposed the sanctions on Iran that were lifted in 2016.",
        "The EU restored the arms embargo on Sudan that was lifted in 2005.",
    ],
)
def test_what_is_back_was_lifted_before(text: str) -> None:
    [claim] = claims(text)
    assert claim.stage == "completed"


@pytest.mark.parametrize(
    ("text", "partial", "quantity"),
    [
        ("South Korea delivered the first 10 K2 tanks to Poland on Monday.", True, 10),
        ("Turkey received the first parts of the S-400 system from Russia on Friday.", True, None),
        ("India received its first Rafale jets from France.", True, None),
        ("India took delivery of the second Rafale from France.", None, None),
        ("India received the first batch of 36 Rafale jets from France.", None, 36),
        ("Russia delivered for the first time S-400 systems to China.", None, None),
        ("The Netherlands has delivered the first six of 24 F-16 jets promised to Ukraine.", True, 6),
        ("Russia delivered two of the five S-400 regiments to India.", True, 2),
        ("Russia has delivered 12 out of 24 Su-35 jets to China.", True, 12),
        ("Half of the 36 Rafale jets have been delivered to India by France.", True, 18),
        ("India received the third of five S-400 systems from Russia.", True, 1),
        ("Germany delivered the last of 18 Leopard tanks to Ukraine.", True, 1),
        ("Croatia received the first six of 12 Rafale fighters on 25 April.", True, 6),
        ("Qatar received five of the 36 Rafale jets it ordered from France.", True, 5),
        ("The US supplied Ukraine with 31 of its Abrams tanks.", None, 31),
    ],
)
def test_the_first_of_them_are_a_part(text: str, partial: bool | None, quantity: int | None) -> None:
    [claim] = claims(text)
    assert (claim.stage, claim.qualifiers.partial, claim.qualifiers.quantity_min) == ("completed", partial, quantity)


@pytest.mark.parametrize(
    "text",
    [
        "The United States said on Tuesday that Russia was violating the New START treaty.",
        "The United States said on Friday that Russia had violated the New START treaty.",
    ],
)
def test_who_says_something_on_a_day_says_it(text: str) -> None:
    [claim] = claims(text)
    assert claim.speaker is not None
    assert (claim.speaker.id, claim.assertion) == ("USA", "alleged")


def test_a_treaty_that_was_suspended_years_before_it_was_left_is_two_acts() -> None:
    left = "Russia withdrew from the CFE Treaty on 7 November 2023."
    text = f"{left} Russia had suspended its participation in the treaty in 2007."
    acts = [(claim.stage, claim.date_from) for claim in claims(text, "2023-11-08")]
    assert acts == [("completed", "2023-11-07"), ("suspended", "2007-01-01")]


def test_an_order_and_the_part_of_it_that_came_are_two_claims() -> None:
    text = "Qatar ordered 36 Rafale jets from France in 2015. It has received five of the 36 jets."
    told = {(claim.stage, claim.qualifiers.quantity_min, claim.qualifiers.partial) for claim in claims(text)}
    assert told == {("agreed", 36, None), ("completed", 5, True)}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The United States sanctioned 12 companies: five in Iran, four in Lebanon.", "group"),
        ("The US Treasury sanctioned 39 entities that it said were enabling Iran's access to missile parts.", "group"),
        ("The US sanctioned ten officials for the crackdown in Belarus.", "persons"),
        ("The United States sanctioned two companies and imposed an embargo on Iran.", "state"),
    ],
)
def test_those_who_are_hit_are_not_the_state_in_which_they_are(text: str, scope: str) -> None:
    assert {claim.qualifiers.scope for claim in claims(text) if claim.predicate == "sanctions"} == {scope}


def test_a_denial_is_one_claim_with_its_own_words_and_speaker() -> None:
    found = claims(
        "Washington accused Iran of supplying drones and missiles to Russia. Tehran denies the charge. Iran's foreign "
        "minister again denied it."
    )
    denied = [claim for claim in found if claim.assertion == "denied"]
    assert {claim.object.name for claim in denied} == {"drone", "missile"} and len(denied) == 2
    assert {claim.evidence[0].quote for claim in denied} == {"Tehran denies the charge."}
    assert {claim.speaker.id for claim in denied if claim.speaker} == {"IRN"}


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("The United States partially lifted its arms embargo on Vietnam.", True),
        ("The United States lifted its trade sanctions on Sudan. It will keep its arms embargo against Sudan.", True),
        (
            "The UN lifted its arms embargo on Ivory Coast on Thursday. In 2014 the UN had partially eased its "
            "sanctions on Ivory Coast.",
            None,
        ),
        ("The EU lifted its sanctions on Syria. EU sanctions on Syria had remained in force since 2011.", None),
        ("Washington lifted part of its sanctions on Sudan.", True),
        ("The United States lifted its arms embargo on Vietnam.", None),
    ],
)
def test_a_part_lifted_is_told_as_a_part(text: str, partial: bool | None) -> None:
    [claim] = [claim for claim in claims(text) if claim.stage == "ended"]
    assert claim.qualifiers.partial == partial


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        ("The United States sanctioned Turkey for buying S-400 missiles from Russia.", ["purchases s-400"]),
        (
            "The United States imposed sanctions on China's Equipment Development Department"
            " for buying Su-35 jets from Russia.",
            ["purchases su-35"],
        ),
        ("Turkey bought S-400 missiles from Russia. The United States sanctioned Turkey.", []),
    ],
)
def test_what_somebody_is_punished_for_doing_is_the_cause(text: str, causes: list[str]) -> None:
    told = {claim.id: claim for claim in claims(text)}
    [sanction] = [claim for claim in told.values() if claim.predicate == "sanctions"]
    found = [told[cause] for cause in sanction.qualifiers.because_of]
    assert [f"{cause.predicate} {cause.object.id}" for cause in found] == causes


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The US Navy seized a boat carrying missiles from Iran to the Houthis.", "USA"),
        ("Turkey intercepted a ship carrying weapons from Russia to Syria.", "TUR"),
        ("Iran sent missiles to the Houthis.", None),
    ],
)
def test_who_stops_arms_on_their_way(text: str, by: str | None) -> None:
    [claim] = claims(text)
    assert (claim.qualifiers.stopped_by.id if claim.qualifiers.stopped_by else None) == by


@pytest.mark.parametrize(
    ("text", "supplier"),
    [
        ("The United States threatened India with sanctions under CAATSA over its purchase of the S-400.", None),
        ("The United States imposed sanctions on Turkey over its purchase of the S-400.", None),
        ("The United States sold F-16 jets to Turkey, and imposed sanctions on Iran.", "USA"),
    ],
)
def test_who_punishes_a_buyer_does_not_sell_to_it(text: str, supplier: str | None) -> None:
    [deal] = [claim for claim in claims(text) if claim.frame == "transfer"]
    roles = deal.roles()
    assert (roles["supplier"].id if "supplier" in roles else None) == supplier


def test_who_is_told_as_hit_by_sanctions_does_not_impose_them_and_who_threatens_a_buyer_may_sell_to_it() -> None:
    sample = Path(__file__).parents[2] / "samples" / "2018-10-05-india-signs-for-s-400.txt"
    told = claims(sample.read_text(encoding="utf-8"))
    assert {claim.subject.id for claim in told if claim.subject and claim.frame == "sanction"} == {"USA"}
    suppliers = {claim.object.id: claim.roles()["supplier"].id for claim in told if claim.frame == "transfer"}
    assert suppliers == {"s-400": "RUS", "ah-64-apache": "USA", "c-17": "USA"}


@pytest.mark.parametrize(
    ("text", "weapon", "supplier"),
    [
        ("France delivered Rafale jets to India on Friday. India had ordered Apaches.", "ah-64-apache", None),
        ("Russia delivered Su-35 jets to Egypt. Egypt signed a contract for Rafale jets in 2015.", "rafale", None),
        ("France delivered Rafale jets to India on Friday. India had ordered Apaches.", "rafale", "FRA"),
        ("Poland donated T-72 tanks to Ukraine on Friday.", "t-72", "POL"),
    ],
)
def test_who_sells_one_model_does_not_sell_another_that_it_does_not_make(
    text: str, weapon: str, supplier: str | None
) -> None:
    [roles] = [claim.roles() for claim in claims(text) if claim.roles()["weapon"].id == weapon]
    assert (roles["supplier"].id if "supplier" in roles else None) == supplier


def test_the_day_of_a_delivery_counts_also_where_the_purchase_is_told_without_one() -> None:
    [claim] = claims("Beijing bought ten Su-35 jets from Russia. China received the Su-35s in December 2017.")
    assert claim.event_date == "2017-12"


def test_an_office_is_that_of_the_articles_date() -> None:
    text = "President Barack Obama announced sanctions on Russia."
    acting = [claim.subject.id for claim in claims(text, "2014-03-17") if claim.subject]
    assert acting in ([], ["USA"])
    assert all(claim.subject is None or claim.subject.id != "USA" for claim in claims(text, "2019-03-17"))


@settings(max_examples=40)
@given(st.text(max_size=200), st.sampled_from([text for text, _ in CASES]))
def test_quotes_and_roles_stand_where_they_say(noise: str, sentence: str) -> None:
    text = f"{noise}\n\n{sentence}"
    for claim in claims(text):
        for quote in claim.evidence:
            assert text[quote.start : quote.end] == quote.quote
        for mention in claim.roles().values():
            assert mention.start is None or text[mention.start : mention.end] == mention.text


def test_the_same_article_gives_the_same_claims() -> None:
    text = "\n\n".join(text for text, _ in CASES)
    assert [claim.model_dump_json() for claim in claims(text)] == [claim.model_dump_json() for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("South Korean firms signed contracts with Poland to export K2 tanks.", "sale"),
        ("Russia signed a contract to supply India with S-400 systems.", "sale"),
        ("Germany signed a deal to donate Leopard 2 tanks to Ukraine.", "aid"),
        ("Germany agreed to deliver Leopard 2 tanks to Ukraine.", None),
    ],
)
def test_what_is_contracted_is_sold(text: str, mode: str | None) -> None:
    [claim] = claims(text)
    assert (claim.predicate, claim.stage, claim.qualifiers.mode) == ("supplies", "agreed", mode)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The United States on Tuesday sanctioned four Russian banks. In 2014 it imposed an arms embargo on Russia.",
            {"2014", "2021-09-21"},
        ),
        ("The EU on Monday imposed sanctions on Belarus. On Monday the EU sanctioned Belarus.", {"2021-09-20"}),
    ],
)
def test_measures_of_different_days_are_two_rounds(text: str, days: set[str]) -> None:
    assert {claim.event_date for claim in claims(text)} == days


@pytest.mark.parametrize(
    ("text", "ordered", "came"),
    [
        (
            "Russia delivered S-400 systems to India on Monday under a contract signed in October 2018.",
            "2018-10",
            "2021-09-20",
        ),
        ("France delivered five Rafale jets to India under a 2016 deal.", "2016", None),
        (
            "Turkey received S-400s from Russia on Friday. Ankara signed the contract for the S-400s with it in 2017.",
            "2017",
            "2021-09-24",
        ),
    ],
)
def test_an_order_keeps_its_day_beside_the_delivery(text: str, ordered: str, came: str | None) -> None:
    told = {(claim.predicate == "purchases", claim.stage, claim.event_date) for claim in claims(text)}
    assert told == {(True, "agreed", ordered), (False, "completed", came)}


@pytest.mark.parametrize(
    "text",
    [
        "Germany donated tanks to Ukraine under a deal reached in January.",
        "Germany delivered tanks to Ukraine on Monday under a law passed in January.",
    ],
)
def test_a_gift_is_no_order(text: str) -> None:
    assert [claim.stage for claim in claims(text)] == ["completed"]


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("Canada puts the Islamic Revolutionary Guard Corps on its terror blacklist.", None),
        ("Japan sanctioned Iran under the Countering America's Adversaries Through Sanctions Act.", None),
        ("The United States sanctioned Turkey under CAATSA.", "caatsa"),
        ("The European Union sanctioned Iran under Security Council resolution 1929.", "unscr-1929"),
    ],
)
def test_no_state_sanctions_by_the_law_or_list_of_another(text: str, instrument: str | None) -> None:
    under = [claim.qualifiers.instrument for claim in claims(text) if claim.predicate == "sanctions" and claim.subject]
    assert [one and one.id for one in under] == [instrument]
