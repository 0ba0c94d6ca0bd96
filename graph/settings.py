"""Settings of the store and of the language model, from environment variables `EMBARGO_*` or a `.env` file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal, TypeVar

from dotenv.parser import parse_stream
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from rapidfuzz import process
from rapidfuzz.distance import Indel

from graph.errors import StoreError

EMBEDDED = "embedded:"
NAMESPACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]")
"""An absolute IRI, as far as it makes a difference, to which the rest of another can be added."""
ENV_FILE = ".env"
ENV_ENCODING = "utf-8-sig"
"""A byte order mark is no part of the first name."""
MISSPELT = 2
"""Letters that a name lacks or has too many, up to which it is taken for another one misspelt."""
KeepText = Literal["all", "quotes"]
Kind = TypeVar("Kind", bound=BaseSettings)


class _Variables(BaseSettings):
    """Variables of the environment, and of `.env` where that has not got them; an empty one counts as unset."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding=ENV_ENCODING, env_ignore_empty=True, extra="ignore"
    )


class Settings(_Variables):
    """Where the graph is kept and how to get in. Passwords never show in a repr, a log or an error."""

    model_config = SettingsConfigDict(env_prefix="EMBARGO_")

    store: str = EMBEDDED
    """`embedded:PATH`, `embedded:` (the user's data folder), `bolt://…`, `neo4j://…` or their `+s`, `+ssc` forms."""
    store_user: str | None = None
    store_password: SecretStr | None = None
    store_database: str = "neo4j"
    """Database on a Neo4j server."""
    query_timeout: float = Field(30.0, gt=0, allow_inf_nan=False)
    """Seconds after which a reading query is stopped."""
    keep_text: KeepText = "all"
    """`quotes`: of articles that are written, no text is kept but the quotes of their claims."""
    base_iri: str = "https://embargo.example/"
    """Begin of every IRI."""
    licence: str | None = None
    """SPDX id or address of the licence under which the graph is given away; exports name it."""
    embedded_engine: Literal["arcadedb", "arcadedb-embedded"] | None = None
    """Distribution that runs the embedded store; by default the first of the two that is installed."""

    @field_validator("base_iri")
    @classmethod
    def _is_a_namespace(cls, value: str) -> str:
        if not NAMESPACE.fullmatch(value):
            raise ValueError("must be an absolute IRI that ends with '/' or '#', such as https://example.org/graph/")
        return value


class LlmSettings(_Variables):
    """The language model of `--extractor llm`. The key never shows in a repr, a log or an error."""

    model_config = SettingsConfigDict(env_prefix="EMBARGO_LLM_", hide_input_in_errors=True)

    url: str | None = None
    """Base address of a server that speaks the OpenAI protocol, such as `http://127.0.0.1:11434/v1`."""
    model: str | None = None
    """The model's name on that server."""
    key: SecretStr | None = None
    """Sent as a bearer token; unset: none is sent."""
    timeout: float = Field(60.0, gt=0, allow_inf_nan=False)
    """Seconds that one answer may take in all."""
    concurrency: int = Field(4, ge=1, le=256)
    """Requests under way at once."""
    retries: int = Field(4, ge=0, le=20)
    """How often a request is repeated that the server could not serve."""
    cache: Path | None = None
    """Folder of the answers; by default in the platform's folder for the user's caches."""
    price_input: float | None = Field(None, ge=0, allow_inf_nan=False)
    """Price of a million tokens that are sent, in a currency of your choice."""
    price_output: float | None = Field(None, ge=0, allow_inf_nan=False)
    """Price of a million tokens of answers."""


def read_settings(kind: type[Kind]) -> Kind:
    """The settings of the environment and of the file `.env`.

    Raises:
        ValueError: one of them will not do, or has a name that is misspelt; the message names the variable, but not its
            value.
    """
    try:
        _check_names(kind, {*os.environ, *_names_in(Path(ENV_FILE))})
        return kind()
    except ValidationError as error:
        prefix = kind.model_config["env_prefix"]
        told = (f"{prefix}{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors())
        raise ValueError("\n".join(told).replace("Value error, ", "")) from None
    except UnicodeDecodeError:
        raise ValueError(".env is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise ValueError(f".env cannot be read: {error.strerror}; check its permissions") from None


def _names_in(file: Path) -> set[str]:
    """A line that cannot be read would be passed over, and the graph perhaps be another one than was meant."""
    if not file.is_file():
        return set()
    with file.open(encoding=ENV_ENCODING) as text:
        lines = list(parse_stream(text))
    wrong = next((line.original.line for line in lines if line.error), None)
    if wrong is not None:
        raise ValueError(f".env, line {wrong}: cannot be read; write NAME=VALUE, and close quotation marks")
    return {line.key for line in lines if line.key}


def _check_names(kind: type[BaseSettings], names: set[str]) -> None:
    """Who writes EMBARGO_PRIVAT believes that reading needs a key."""
    prefix = kind.model_config["env_prefix"]
    known = {f"{prefix}{field}".upper() for field in kind.model_fields}
    for name in sorted({name.upper() for name in names} - known):
        near = process.extractOne(name, known, scorer=Indel.distance, score_cutoff=MISSPELT)
        if near:
            raise ValueError(f"{name}: there is no such setting; {near[0]} may be meant")


def embedded_folder(uri: str) -> Path:
    """The folder of an `embedded:` URI; without a path the platform's folder for the user's data.

    Raises:
        StoreError: the path begins with `~` and a name that no user has.
    """
    path = uri.removeprefix(EMBEDDED)
    try:
        return Path(path).expanduser().absolute() if path else user_data_path("embargo") / "store"
    except RuntimeError as error:
        raise StoreError(f"'{uri}' names no folder: no such user is known here; give the whole path") from error
