"""Settings come from the environment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.settings import ApiSettings, api_settings
from graph.settings import LlmSettings, Settings, read_settings

NAMES = ("STORE", "STORE_USER", "STORE_PASSWORD", "STORE_DATABASE", "QUERY_TIMEOUT", "BASE_IRI", "EMBEDDED_ENGINE")


@pytest.mark.parametrize("file", [False, True])
def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: bool) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*NAMES, "API_KEY"):
        monkeypatch.delenv(f"EMBARGO_{name}", raising=False)
    unset = ApiSettings()
    assert unset.store == "embedded:"
    if file:
        (tmp_path / ".env").write_text("".join(f"EMBARGO_{name}=\n" for name in (*NAMES, "API_KEY")), encoding="utf-8")
    else:
        for name in (*NAMES, "API_KEY"):
            monkeypatch.setenv(f"EMBARGO_{name}", "")
    assert ApiSettings() == unset


def test_a_password_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBARGO_STORE_PASSWORD", "hunter2")
    settings = Settings()
    assert settings.store_password is not None
    assert settings.store_password.get_secret_value() == "hunter2"
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_the_one_key_of_old_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBARGO_API_KEY", "hunter2")
    with pytest.raises(ValueError, match=r"EMBARGO_API_KEY.*embargo keys make") as told:
        api_settings()
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("origin", ["*", "null", "example.org", "https://example.org/path", "https://*.example.org"])
def test_what_is_no_origin(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    monkeypatch.setenv("EMBARGO_CORS_ORIGINS", f"https://a.example {origin}")
    with pytest.raises(ValueError, match="EMBARGO_CORS_ORIGINS"):
        api_settings()


WRONG = {
    "QUERY_TIMEOUT": ["0", "inf", "nan"],
    "REQUEST_TIMEOUT": ["inf"],
    "BASE_IRI": ["https://example.org", "example.org/", "https://example.org/a b/", "https://example.org/<a>/"],
    "PROXIES": ["proxy", "127.0.0.1, 10.0.0.0/33"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_value_that_will_not_do_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"EMBARGO_{name}", value)
    with pytest.raises(ValueError, match=f"^EMBARGO_{name}: "):
        api_settings()


MISSPELT = {
    "EMBARGO_PRIVAT": "EMBARGO_PRIVATE",
    "EMBARGO_RATELIMIT": "EMBARGO_RATE_LIMIT",
    "EMBARGO_STROE": "EMBARGO_STORE",
    "embargo_log_levle": "EMBARGO_LOG_LEVEL",
    "EMBARGO_KEY": "EMBARGO_KEYS",
}


@pytest.mark.parametrize("file", [False, True])
@pytest.mark.parametrize(("name", "meant"), MISSPELT.items())
def test_a_misspelt_name_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, meant: str, file: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    if file:
        (tmp_path / ".env").write_text(f"{name}=hunter2\n", encoding="utf-8")
    else:
        monkeypatch.setenv(name, "hunter2")
    with pytest.raises(ValueError, match=f"^{name.upper()}: .* {meant} may be meant$"):
        api_settings()


def test_names_of_others_and_of_other_programs_are_no_misspelt_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    names = set(re.findall(r"`(EMBARGO_[A-Z0-9_]+)", page.read_text(encoding="utf-8")))
    assert {"EMBARGO_PORT", "EMBARGO_STORE", "EMBARGO_LLM_KEY", "EMBARGO_TEST_NEO4J"} <= names
    for name in names:
        monkeypatch.delenv(name, raising=False)
    for name in names | {"EMBARGO_URL", "EMBARGOES"}:
        with monkeypatch.context() as one:
            one.setenv(name, "")
            for kind in (Settings, ApiSettings, LlmSettings):
                assert read_settings(kind)


def test_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBARGO_PROXIES", "127.0.0.1 10.0.0.0/8,2001:db8::7")
    assert api_settings().proxies == ("127.0.0.1", "10.0.0.0/8", "2001:db8::7")
