"""Threads of which a role is not known, and the full thread to which their claims may belong.

`transfer/?/TUR/s-400` fits `transfer/RUS/TUR/s-400`. Its claims may join that thread only as long as no other full
thread fits: so whatever adds or removes a full thread can move the claims of the partial threads beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from graph.threads import PARTS, UNKNOWN

UNKNOWN_ROLES: dict[str, tuple[str, ...]] = {
    "transfer": ("SUPPLIER", "RECIPIENT"),
    "sanction": ("SUBJECT",),
    "exclude": ("SUBJECT", "PROGRAMME"),
    "use": ("TARGET",),
}
"""Roles of a thread that a claim may leave open, by frame."""
BARE = ("class/weapons", "class/military-aid")
"""Weapons so vague that claims of them never join."""


class Reach(NamedTuple):
    """What has to be folded anew after a change."""

    threads: set[str]
    """Keys of the threads whose episodes may change."""
    homes: dict[str, str]
    """The only full thread that fits, by partial thread; none for those that several fit."""

    @property
    def read(self) -> set[str]:
        """Keys of the threads whose claims are needed: also of partial ones that do not change themselves."""
        return self.threads | {partial for partial, home in self.homes.items() if home in self.threads}


def is_partial(thread: str) -> bool:
    """Whether a role is unknown that another claim may tell."""
    parts = thread.split("/")
    return parts[0] in UNKNOWN_ROLES and UNKNOWN in parts[1:]


def partials(thread: str) -> list[str]:
    """Keys of the partial threads that fit this one; none where it is partial itself, or its weapon is any weapon.

    Args:
        thread: a thread's key; of other keys there are none.
    """
    frame, *values = thread.split("/", len(PARTS.get(thread.partition("/")[0], ())))
    open_roles = UNKNOWN_ROLES.get(frame, ())
    if not open_roles or UNKNOWN in values or values[-1] in BARE:
        return []
    left_out = [gone for count in range(1, len(open_roles) + 1) for gone in combinations(open_roles, count)]
    named = list(zip(PARTS[frame], values, strict=True))
    return sorted(
        "/".join([frame, *(UNKNOWN if role in gone else value for role, value in named)])
        for gone in left_out
        if frame != "transfer" or len(gone) == 1  # one party is always known
    )


def homes(threads: Iterable[str]) -> dict[str, str]:
    """The only full thread that fits, by partial thread.

    Args:
        threads: keys of all threads that have claims.
    """
    fitting: dict[str, list[str]] = defaultdict(list)
    known = set(threads)
    for thread in known:
        for partial in partials(thread):
            fitting[partial].append(thread)
    return {partial: found[0] for partial, found in fitting.items() if len(found) == 1 and partial in known}


def reach(
    touched: Collection[str],
    live: Collection[str],
    rivals: Callable[[set[str], Collection[str]], Mapping[str, set[str]]],
    hold: Callable[[set[str]], None],
) -> Reach:
    """What has to be folded anew when the claims of some threads have changed.

    Args:
        touched: keys of those threads.
        live: those of them that have claims now.
        rivals: gives, for those of some partial threads that have claims or have just lost their last, the full
            threads with claims that fit, without those in its second argument; two of them are enough.
        hold: locks threads that are to be folded as well, before anything is read of them.
    """
    near = {partial for thread in touched for partial in (*partials(thread), thread) if is_partial(partial)}
    fitting = dict(rivals(near, touched))
    loose = {partial: others for partial, others in fitting.items() if len(others) < 2}
    neighbours = {thread for others in loose.values() for thread in others}
    hold(neighbours)
    fitting |= rivals({partial for thread in neighbours for partial in partials(thread)} - near, touched)
    for thread in live:
        for partial in partials(thread):
            if partial in fitting:
                fitting[partial] = fitting[partial] | {thread}
    found = {partial: next(iter(threads)) for partial, threads in fitting.items() if len(threads) == 1}
    return Reach({*touched, *loose, *neighbours}, found)
