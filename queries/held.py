"""What can have been in force, or carried out, on a day."""

from __future__ import annotations

from graph.episodes import Episode

NEVER_HELD = ("claimed", "proposed", "committed", "dropped", "cancelled")
"""Statuses of episodes of which nobody asserts that they came to pass."""
CAN_HAVE_HELD = f"""\
NOT e.status IN {list(NEVER_HELD)}
AND (e.until IS NULL OR e.until > $at) AND (e.since_from IS NULL OR e.since_from <= $at)"""
"""Condition in Cypher on an episode `e` and a day `$at`."""


def can_have_held(episode: Episode, day: str) -> bool:
    """Whether an episode that is not in the store fulfils the same condition."""
    return (
        episode.status not in NEVER_HELD
        and (episode.until is None or episode.until > day)
        and (episode.since_from is None or episode.since_from <= day)
    )
