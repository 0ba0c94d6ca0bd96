"""Settings of the service, beside those of the store."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from graph.articles import digest
from graph.settings import Settings, read_settings

Words = Annotated[tuple[str, ...], NoDecode]


def _keys() -> Path:
    return user_data_path("embargo") / "keys.json"


def _jobs() -> Path:
    return user_data_path("embargo") / "jobs"


class ApiSettings(Settings):
    """Environment variables `EMBARGO_*` of the service."""

    model_config = SettingsConfigDict(hide_input_in_errors=True)

    host: str = "127.0.0.1"
    """Address that the service listens on. Cypher of a caller's own needs no key where it is the loopback interface."""
    keys: Path = Field(default_factory=_keys)
    """File of the keys that `embargo keys` makes."""
    jobs: Path = Field(default_factory=_jobs)
    """Folder of the jobs that load posted articles; each store has its own in there."""
    api_key: None = None
    """Was the one key; keys have a file now, and nobody shall think that this still guards anything."""
    private: bool = False
    """Whether reading needs a key as well."""
    cors_origins: Words = ()
    """Web sites, as `https://host`, whose pages may ask from a browser; none unless told."""
    proxies: Words = ()
    """Addresses of proxies whose word on who asked is believed; then nobody counts as asking from this machine."""
    max_body: int = Field(10 * 1024 * 1024, gt=0)
    """Greatest request body in bytes, unpacked where it is compressed."""
    request_timeout: float = Field(120.0, gt=0, allow_inf_nan=False)
    """Seconds within which an answer must begin."""
    rate_limit: Annotated[int, Field(gt=0)] | None = 6000
    """Units a minute that a key, or an address without one, may use; None, or `off`: no limit."""

    log_format: Literal["json", "console"] | None = None
    """Form of the log; unset: for people where standard error is a terminal, else JSON."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least that is logged."""
    traces: bool = False
    """Whether traces are sent by OpenTelemetry."""

    @property
    def job_folder(self) -> Path:
        """Folder of the jobs that load into this store."""
        return self.jobs / digest(12, self.store)

    @field_validator("api_key", mode="before")
    @classmethod
    def _gone(cls, value: object) -> None:
        if value is not None:
            raise ValueError("is no longer read; unset it, and make a key with 'embargo keys make NAME --scope write'")

    @field_validator("rate_limit", mode="before")
    @classmethod
    def _lifted(cls, value: object) -> object:
        return None if value == "off" else value

    @field_validator("cors_origins", "proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("proxies")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in value:
            try:
                ip_network(proxy, strict=False)
            except ValueError:
                if proxy != "*":
                    raise ValueError(f"'{proxy}' is no address; give 192.0.2.7, or a network as 192.0.2.0/24") from None
        return value

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            scheme, _, host = origin.partition("://")
            if scheme not in ("http", "https") or not host or "/" in host or "*" in host:
                raise ValueError(f"'{origin}' is no origin; give https://HOST, without a path")
        return value


def api_settings() -> ApiSettings:
    """Those of the environment.

    Raises:
        ValueError: one of them will not do; the message names it, but not its value.
    """
    return read_settings(ApiSettings)
