"""Keys of those who may do more than read: made once, kept as hashes in a file, given up by revoking them."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, get_args

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from graph.clock import now
from graph.files import placed

Scope = Literal["read", "write", "cypher", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
KEY = re.compile(r"embargo_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
NOBODY = hashlib.sha256(secrets.token_bytes(32)).hexdigest()
"""Compared with what an unknown key holds, so that it takes as long as a known one."""


class KeyFileError(Exception):
    """The file of keys cannot be used; the message says why and what to do about it."""


class Key(BaseModel):
    """A key as it is kept: nobody can get it back from this."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern="^[0-9a-f]{12}$")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")]
    """Whose it is."""
    scopes: tuple[Scope, ...] = Field(min_length=1)
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    """Hash of the secret. A fast one is enough: the secret is 256 random bits, nothing that could be guessed."""
    created: str
    revoked: str | None = None

    def may(self, scope: Scope) -> bool:
        """Whether it opens what a scope guards; every key may read, and `admin` may do all."""
        return scope == "read" or scope in self.scopes or "admin" in self.scopes


class _KeyFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    keys: list[Key] = []


class KeyRing:
    """The keys in a file. Changes of the file count at once, in every process that reads it."""

    def __init__(self, path: Path) -> None:
        """Reads nothing yet; a missing file holds no keys."""
        self.path = path
        self._guard = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._keys: dict[str, Key] = {}

    def find(self, given: str) -> Key | None:
        """The key that somebody sent, unless it is unknown or revoked; compared in constant time.

        Raises:
            KeyFileError: the file cannot be read.
        """
        parts = KEY.fullmatch(given)
        key = self._current().get(parts[1]) if parts else None
        secret = parts[2] if parts else ""
        right = hmac.compare_digest(_hash(secret), key.sha256 if key else NOBODY)
        return key if key and right and key.revoked is None else None

    def all(self) -> list[Key]:
        """Every key, also those revoked, in the order in which they were made.

        Raises:
            KeyFileError: the file cannot be read.
        """
        return list(self._current().values())

    def make(self, name: str, scopes: list[Scope]) -> tuple[Key, str]:
        """Adds a key.

        Args:
            name: whose it is.
            scopes: what it opens.

        Returns:
            The key as it is kept, and what its holder must send. The latter is kept nowhere.

        Raises:
            KeyFileError: the file cannot be read or written, or the name will not do.
        """
        secret, id = secrets.token_urlsafe(32), secrets.token_hex(6)
        chosen = tuple(scope for scope in SCOPES if scope in scopes)
        try:
            key = Key(id=id, name=name, scopes=chosen, sha256=_hash(secret), created=now())
        except ValidationError as error:
            raise KeyFileError("a key needs a name of 1 to 100 characters without control characters") from error
        with self._locked() as file:
            self._write(_KeyFile(keys=[*file.keys, key]))
        return key, f"embargo_{id}_{secret}"

    def revoke(self, id: str) -> Key:
        """Ends a key; again changes nothing.

        Raises:
            LookupError: no key has this id.
            KeyFileError: the file cannot be read or written.
        """
        with self._locked() as file:
            for position, key in enumerate(file.keys):
                if key.id == id:
                    if key.revoked is None:
                        file.keys[position] = key = key.model_copy(update={"revoked": now()})
                        self._write(file)
                    return key
        raise LookupError(id)

    def _current(self) -> dict[str, Key]:
        with self._guard:
            try:
                found = self.path.stat()
            except FileNotFoundError:
                self._seen, self._keys = None, {}
                return self._keys
            except OSError as error:
                raise self._unusable("read", error) from error
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if seen != self._seen:
                self._keys = {key.id: key for key in self._read().keys}
                self._seen = seen
            return self._keys

    def _read(self) -> _KeyFile:
        try:
            return _KeyFile.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return _KeyFile()
        except OSError as error:
            raise self._unusable("read", error) from error
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the file"
            raise KeyFileError(
                f"{self.path} is no file of keys ({place}: {first['msg']}); "
                "mend it, or move it away and make new keys with 'embargo keys make'"
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[_KeyFile]:
        """What the file holds, while other processes are kept from it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(self.path.with_name(f"{self.path.name}.lock"), timeout=10):
                yield self._read()
        except OSError as error:
            raise self._unusable("written", error) from error

    def _unusable(self, how: str, error: OSError) -> KeyFileError:
        return KeyFileError(
            f"{self.path} cannot be {how}: {error.strerror or error}; check its permissions and those of its folder, "
            "or name another file with EMBARGO_KEYS"
        )

    def _write(self, file: _KeyFile) -> None:
        with placed(self.path, mode=0o600, durable=True) as out:
            out.write(file.model_dump_json(indent=1).encode())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
