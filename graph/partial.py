"""Threads of which a role is not known, or a weapon only by its kind, and the thread to which their claims may belong.

`transfer/?/TUR/s-400` and `transfer/RUS/TUR/class/air-defence-system` fit `transfer/RUS/TUR/s-400`. Claims of such a
partial thread may join the other only as long as no second thread fits: so whatever adds or removes a full thread can
move the claims of the partial threads beside it. A family or class joins a model, or where none is told of, the
narrowest class. A thread of a family or class may take in claims of which a party is not known and lose its own to that
of a model or narrower class; nothing else does both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from graph.hierarchy import FLAT, Hierarchy
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
        """Keys of the threads whose claims are needed: also of guests and hosts that do not change themselves."""
        guests = {partial for partial, home in self.homes.items() if home in self.threads}
        return self.threads | guests | {self.homes[thread] for thread in self.threads if thread in self.homes}


def is_partial(thread: str) -> bool:
    """Whether a role is unknown that another claim may tell."""
    parts = thread.split("/")
    return parts[0] in UNKNOWN_ROLES and UNKNOWN in parts[1:]


def _parts(thread: str) -> list[str]:
    """The frame, and what follows it in the thread's key."""
    return thread.split("/", len(PARTS.get(thread.partition("/")[0], ())))


def is_wide(thread: str, kinds: Hierarchy) -> bool:
    """Whether all parties are known and the weapon only by a family or class that stands above others."""
    frame, *values = _parts(thread)
    return PARTS.get(frame, ("",))[-1] == "WEAPON" and UNKNOWN not in values and values[-1] in kinds.wide - {*BARE}


def depth(thread: str, kinds: Hierarchy) -> int:
    """How many families and classes stand above its weapon: more above the narrower one."""
    frame, *values = _parts(thread)
    return len(kinds.above.get(values[-1], ())) if PARTS.get(frame, ("",))[-1] == "WEAPON" else 0


def may_join(thread: str, kinds: Hierarchy) -> bool:
    """Whether its claims may belong to another thread."""
    return is_partial(thread) or is_wide(thread, kinds)


def partials(thread: str, kinds: Hierarchy = FLAT) -> list[str]:
    """Keys of the partial threads that fit this one; none where a role of its own is unknown, or its weapon is any.

    Args:
        thread: a thread's key; of other keys there are none.
        kinds: families and classes of weapons.
    """
    frame, *values = _parts(thread)
    open_roles = UNKNOWN_ROLES.get(frame, ())
    if not values or UNKNOWN in values or values[-1] in BARE:
        return []
    wide = kinds.above.get(values[-1], frozenset()) - {*BARE} if PARTS[frame][-1] == "WEAPON" else ()
    same_parties = ["/".join([frame, *values[:-1], weapon]) for weapon in wide]
    left_out = [gone for count in range(1, len(open_roles) + 1) for gone in combinations(open_roles, count)]
    named = list(zip(PARTS[frame], values, strict=True))
    unknown_parties = [
        "/".join([frame, *(UNKNOWN if role in gone else value for role, value in named)])
        for gone in left_out
        if frame != "transfer" or len(gone) == 1  # one party is always known
    ]
    return sorted([*same_parties, *unknown_parties])


def only_home(fitting: Collection[str], kinds: Hierarchy) -> str | None:
    """The thread that the claims of a partial one may join; None where several come into question.

    Args:
        fitting: the full threads that fit and have claims.
        kinds: families and classes of weapons.
    """
    found = _models(fitting, kinds) or _narrowest(fitting, kinds)
    return found[0] if len(found) == 1 else None


def is_settled(partial: str, fitting: Collection[str], kinds: Hierarchy) -> bool:
    """Whether so many threads fit a partial one that it has no home, whatever else may fit."""
    return len(fitting if is_partial(partial) else _models(fitting, kinds)) > 1


def _models(threads: Iterable[str], kinds: Hierarchy) -> list[str]:
    return [thread for thread in threads if not is_wide(thread, kinds) and "/class/" not in thread]


def _narrowest(threads: Collection[str], kinds: Hierarchy) -> list[str]:
    wider = {partial for thread in threads for partial in partials(thread, kinds)}
    return [thread for thread in threads if thread not in wider]


def homes(threads: Iterable[str], kinds: Hierarchy = FLAT) -> dict[str, str]:
    """The only full thread that fits, by partial thread.

    Args:
        threads: keys of all threads that have claims.
        kinds: families and classes of weapons.
    """
    fitting: dict[str, list[str]] = defaultdict(list)
    known = set(threads)
    for thread in known:
        for partial in partials(thread, kinds):
            fitting[partial].append(thread)
    return _only({partial: found for partial, found in fitting.items() if partial in known}, kinds)


def _only(fitting: Mapping[str, Collection[str]], kinds: Hierarchy) -> dict[str, str]:
    return {partial: home for partial, found in fitting.items() if (home := only_home(found, kinds))}


def groups(threads: Collection[str], homes: Mapping[str, str]) -> Iterator[list[str]]:
    """The threads in groups that can be folded alone: each with those whose claims may join it.

    Args:
        threads: keys of all threads that have claims.
        homes: the only full thread that fits, by partial thread.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for thread in sorted(threads):
        host = thread
        while host in homes:
            host = homes[host]
        found[host].append(thread)
    yield from found.values()


def reach(
    touched: Collection[str],
    live: Collection[str],
    rivals: Callable[[set[str], Collection[str]], Mapping[str, set[str]]],
    hold: Callable[[set[str]], None],
    kinds: Hierarchy = FLAT,
) -> Reach:
    """What has to be folded anew when the claims of some threads have changed.

    Args:
        touched: keys of those threads.
        live: those of them that have claims now.
        rivals: gives, for those of some partial threads that have claims or have just lost their last, the full
            threads with claims that fit, without those in its second argument; so many that it is settled are enough.
        hold: locks threads that are to be folded as well, before anything is read of them.
        kinds: families and classes of weapons.
    """

    def beside(threads: Iterable[str]) -> set[str]:
        return {near for thread in threads for near in (*partials(thread, kinds), thread) if may_join(near, kinds)}

    def found(near: set[str]) -> tuple[dict[str, set[str]], set[str]]:
        """Those that a change can move, and the threads that it can move them to or from."""
        fitting.update(rivals(near, touched))
        known = {thread: fitting[thread] for thread in near if thread in fitting}
        loose = {thread: others for thread, others in known.items() if not is_settled(thread, others, kinds)}
        return loose, {thread for others in loose.values() for thread in others}

    fitting: dict[str, set[str]] = {}
    near = beside(touched)
    loose, neighbours = found(near)
    hold(neighbours)
    # What a family or class keeps for itself changes with them, and so who joins it.
    further = {partial for thread in loose if is_wide(thread, kinds) for partial in partials(thread, kinds)} - near
    hold(further)
    looser, hosts = found(further)
    hold(hosts)
    fitting.update(rivals(beside(neighbours | hosts) - near - further, touched))
    for thread in live:
        for partial in partials(thread, kinds):
            if partial in fitting:
                fitting[partial] = fitting[partial] | {thread}
    return Reach({*touched, *loose, *looser, *neighbours, *hosts}, _only(fitting, kinds))
