"""Settings of the service, beside those of the store."""

from __future__ import annotations

from pydantic import Field, SecretStr

from graph.settings import Settings


class ApiSettings(Settings):
    """Environment variables `EMBARGO_*` of the service. The key never shows in a repr, a log or an error."""

    api_key: SecretStr | None = None
    """Key that writing requests must send as `X-API-Key`; unset or empty: the service takes no articles."""
    max_body: int = Field(10 * 1024 * 1024, gt=0)
    """Greatest request body in bytes."""
