"""Settings of the service, beside those of the store."""

from __future__ import annotations

from pydantic import Field, SecretStr

from graph.settings import Settings


class ApiSettings(Settings):
    """Environment variables `EMBARGO_*` of the service. The key never shows in a repr, a log or an error."""

    host: str = "127.0.0.1"
    """Address that the service listens on. Cypher of a caller's own needs no key where it is the loopback interface."""
    api_key: SecretStr | None = None
    """Key that requests which write or ask in Cypher must send as `X-API-Key`; unset or empty: there are none."""
    max_body: int = Field(10 * 1024 * 1024, gt=0)
    """Greatest request body in bytes."""
