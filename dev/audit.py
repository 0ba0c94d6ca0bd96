"""Looks for known weaknesses in what Embargo depends on: `python -m dev.audit`.

pip-audit asks the advisories of PyPI about every version in requirements.lock. Where these cannot be asked, or do not
know the packages (a mirror has files, but no advisories), nothing has been audited: that is said loudly, and is no
failure, lest the want of a network stop all work. Then `dev/advisories.yaml` still refuses versions that are known to
be weak. It is short, written by hand and as old as its date says: no substitute.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from packaging.version import Version

from graph.yaml_text import from_yaml

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
ADVISORIES = ROOT / "dev" / "advisories.yaml"
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)
SECONDS = 120


@dataclass(frozen=True, slots=True)
class Weakness:
    """A locked version that is known to be weak."""

    package: str
    version: str
    advisory: str
    fixed: str

    def __str__(self) -> str:
        """In one line, with the remedy."""
        return f"{self.package} {self.version}: {self.advisory}; take {self.fixed} or later"


def locked(text: str) -> list[tuple[str, str]]:
    """Packages with their versions; one with several, each for some platforms, comes several times.

    Args:
        text: a lock file as `uv pip compile` writes it.
    """
    return LOCKED.findall(text)


def by_hand(versions: list[tuple[str, str]], advisories: list[dict[str, str]]) -> list[Weakness]:
    """Which of these versions the advisories of our own list name.

    Args:
        versions: packages with their versions.
        advisories: with `package`, `id`, and `fixed`, the first version without the weakness.
    """
    return [
        Weakness(package, version, told["id"], told["fixed"])
        for package, version in versions
        for told in advisories
        if told["package"] == package and Version(version) < Version(told["fixed"])
    ]


def by_service() -> tuple[list[Weakness], int, int]:
    """What pip-audit finds.

    Returns:
        Weaknesses; how many packages were audited; how many could not be. None at all were where it could not ask.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps", "--disable-pip"]
    try:
        told = subprocess.run(
            [*command, "--format", "json", "--progress-spinner", "off"],
            capture_output=True, text=True, check=False, timeout=SECONDS,
        )  # fmt: skip
        found = json.loads(told.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        return [], 0, 0
    asked = [item for item in found if "vulns" in item]
    weak = [
        Weakness(item["name"], item["version"], vuln["id"], min(vuln["fix_versions"], key=Version, default="another"))
        for item in asked
        for vuln in item["vulns"]
    ]
    return weak, len(asked), len(found) - len(asked)


def main() -> int:
    """Audits and prints what was found.

    Returns:
        1 where something is weak, else 0.
    """
    told = from_yaml(ADVISORIES.read_text(encoding="utf-8"))
    weak = by_hand(locked(LOCK.read_text(encoding="utf-8")), told["advisories"])
    found, asked, unknown = by_service()
    if asked:
        print(f"pip-audit: {asked} packages audited, {unknown} not known to it")
    else:
        age = (date.today() - told["date"]).days
        print(
            "NOT AUDITED: the advisories of PyPI could not be asked. Only our own list was looked at, "
            f"{len(told['advisories'])} advisories, {age} days old."
        )
    for weakness in [*weak, *found]:
        print(weakness, file=sys.stderr)
    return 1 if weak or found else 0


if __name__ == "__main__":
    sys.exit(main())
