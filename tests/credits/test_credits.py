"""Whose report an article is, by its own words."""

from __future__ import annotations

import pytest

from loaders.catalogue import load_catalogue
from loaders.credits import default_credits

LONG = "The talks went on for a week and nobody spoke about them in public. " * 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MOSCOW, July 12 (Reuters) - Russia delivered the first parts on Friday.", "reuters.com"),
        ("ANKARA, July 12. /TASS/. Turkey has received the first parts.", "tass.com"),
        ("PARIS, AFP - France suspended the delivery.", "afp.com"),
        ("By Jane Doe, Associated Press\n\nFrance suspended the delivery.", "apnews.com"),
        (f"France suspended the delivery.\n\n{LONG}\n\n— AFP", "afp.com"),
        (f"France suspended the delivery.\n\n{LONG} (AP)", "apnews.com"),
        (f"France suspended the delivery.\n\n{LONG}\n\nSource: Yonhap", "yna.co.kr"),
        ("Turkey has received the parts, the state-run Anadolu news agency reported.", "aa.com.tr"),
        ("Reuters reported that Russia had delivered the first parts.", "reuters.com"),
        ("According to TASS, Russia has delivered the first parts.", "tass.com"),
        ("The minister told the Interfax news agency that the contract was signed.", "interfax.com"),
        ("An official told AFP that the contract was signed.", "afp.com"),
        ("Citing two sources, the New York Times said that the sale was off.", "nytimes.com"),
        # Not the report of anybody else
        ("Russia delivered the first parts on Friday.", None),
        ("Reuters and AFP reported different figures.", None),
        ("Interfax said that ten had arrived. TASS reported twelve.", None),
        (f"Russia delivered the parts. {LONG} Reuters reported last year that talks had begun.", None),
        ("The United Nations said so, and NATO said otherwise.", None),
        ("The Treasury said that it had added four companies to its list.", None),
        ("The United States imposed sanctions on Sputnik and on TASS.", None),
        ("He bought the paper in time, and the independent member said no.", None),
        ("", None),
    ],
)
def test_what_is_credited(text: str, expected: str | None) -> None:
    assert default_credits().find(text) == expected


def test_a_byline_goes_before_what_the_text_attributes() -> None:
    assert default_credits().find("SEOUL (Reuters) - The KCNA news agency said that it was a success.") == "reuters.com"


def test_the_outlet_may_name_the_agency() -> None:
    assert default_credits().find("Something happened.", "ap-via-google-news") == "apnews.com"
    assert default_credits().find("Something happened.", "google-news") is None


def test_the_outlets_of_the_catalogue() -> None:
    outlets = load_catalogue().outlets.values()
    assert len(outlets) >= 200
    assert sum(outlet.kind == "agency" for outlet in outlets) >= 80
    assert {"tass.com", "xinhuanet.com", "irna.ir", "kcna.kp"} <= {o.id for o in outlets if o.state_controlled}
    assert not {"reuters.com", "bbc.com", "dw.com"} & {o.id for o in outlets if o.state_controlled}
