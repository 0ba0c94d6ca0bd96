"""Settings of the store, from environment variables `EMBARGO_*` or a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

EMBEDDED = "embedded:"


class Settings(BaseSettings):
    """Where the graph is kept and how to get in. Passwords never show in a repr, a log or an error.

    An empty variable counts as unset.
    """

    model_config = SettingsConfigDict(env_prefix="EMBARGO_", env_file=".env", env_ignore_empty=True, extra="ignore")

    store: str = EMBEDDED
    """`embedded:PATH`, `embedded:` (the user's data folder), `bolt://…`, `neo4j://…` or their `+s`, `+ssc` forms."""
    store_user: str | None = None
    store_password: SecretStr | None = None
    store_database: str = "neo4j"
    """Database on a Neo4j server."""
    query_timeout: float = Field(30.0, gt=0)
    """Seconds after which a reading query is stopped."""
    base_iri: str = "https://embargo.example/"
    """Begin of every IRI."""
    embedded_engine: Literal["arcadedb", "arcadedb-embedded"] | None = None
    """Distribution that runs the embedded store; by default the first of the two that is installed."""

    @field_validator("base_iri")
    @classmethod
    def _ends_like_a_namespace(cls, value: str) -> str:
        if not value.endswith(("/", "#")):
            raise ValueError("EMBARGO_BASE_IRI must end with '/' or '#'")
        return value


def embedded_folder(uri: str) -> Path:
    """The folder of an `embedded:` URI; without a path the platform's folder for the user's data."""
    path = uri.removeprefix(EMBEDDED)
    return Path(path).expanduser().absolute() if path else user_data_path("embargo") / "store"
