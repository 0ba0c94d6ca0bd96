"""An episode in the making: what it has been told so far, and what it agrees with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod

from graph.bouts import APART, apart, days, span
from graph.threads import Ref, Statement, parties
from graph.vocabulary import STAGES

RANK = {"proposed": 1, "committed": 2, "actual": 3}
UNNUMBERED = ("new", "further")
"""Rounds that are told to be others, without a number."""
IN_FORCE = ("sanction", "exclude")
"""Frames of what is first threatened and then in force."""
IMPLIED = {"refused": 1, "suspended": 2, "ended": 3}
"""How far a thing must have got of which only its stop is told; of a transfer, a contract is enough, and sanctions that
are suspended were in force."""
OPEN_STATUS = {1: "proposed", 2: "committed", 3: "actual"}
CLOSED_STATUS = {1: "dropped", 2: "cancelled", 3: "ended"}
SILENCE_DAYS = 365
"""A proposal of which nothing was heard for longer is over (the TIES data set's rule)."""
HAPPENED = ("ongoing", "completed")
ORDERS = ("approved", "agreed")
"""Stages of an order that is not carried out."""


@dataclass(frozen=True, slots=True)
class Fact:
    """When something began, and who says so."""

    since_from: str | None
    since: str | None
    by: str | None = None
    support: int = 0
    confidence: float = 1.0
    """Of those who tell it together, 0 to 1."""


NEVER = Fact(None, None)


@dataclass(slots=True)
class Spell:
    """An episode in the making."""

    asserted: list[Statement] = field(default_factory=list)
    others: list[Statement] = field(default_factory=list)
    guests: list[Statement] = field(default_factory=list)
    """Statements of a partial thread: they add support and detail, and move nothing."""
    reached: int = 0
    closers: list[Statement] = field(default_factory=list)
    instrument: str | None = None
    measure: str | None = None
    batch: str | None = None
    """As it was told first."""
    number: str | None = None
    """Of its batch, once one is told: what was further may be the second, and then is not the third."""
    round: str | None = None
    days_of_it: tuple[int, int] | None = None
    """First and last day, as ordinals, on which statements that it goes on or was done let a test or use have been."""
    begin: str = ""
    """First day possible; empty where that is open."""
    heard: str = ""
    """The last day by which something that it was told had happened."""
    done: list[Statement] = field(default_factory=list)
    """The statements that it goes on or was done; where nobody asserts anything, those of the others."""
    since: Fact = NEVER
    """When it came into force or was carried out."""
    until: Fact = NEVER
    """When it was closed."""

    def add(self, statement: Statement, *, closes: bool = False) -> None:
        """Takes a statement in, and what it names; an asserted one moves the spell.

        One spell is told either asserted statements or others, so that the days of either are kept as they come.
        """
        told = self.asserted if statement.assertion == "asserted" else self.others
        told.append(statement)
        self.begin = min(self.begin, statement.first or "") if len(told) > 1 else statement.first or ""
        self.heard = max(self.heard, moment(statement))
        if happened(statement):
            self.done.append(statement)
            if statement.assertion == "asserted":
                self.since = _earliest(self.done)
        if statement.phase != "stopped":  # a resolution that lifts sanctions is not the one that imposed them
            self.instrument = self.instrument or statement.instrument
        if statement.phase != "stopped" or closes or len(told) == 1:
            self.measure = self.measure or statement.measure
        self.batch = self.batch or statement.batch
        if statement.batch != "further":
            self.number = self.number or statement.batch
        if self.round is None or (self.round in UNNUMBERED and statement.round not in (None, *UNNUMBERED)):
            self.round = statement.round
        if statement.assertion == "asserted":
            self.reached = max(self.reached, rank_of(statement))
        if closes:
            self.closers.append(statement)
            self.until = _earliest(self.closers)
        if statement.frame in APART and happened(statement):
            begin, end = span(statement)
            known = self.days_of_it or (begin, end)
            self.days_of_it = min(begin, known[0]), max(end, known[1])

    @property
    def known_batch(self) -> str | None:
        """Its batch by number, where one is told."""
        return self.number or self.batch

    @property
    def status(self) -> str:
        """Where it stands after all statements."""
        if not self.asserted:
            return "claimed"
        if self.closers:
            return CLOSED_STATUS[self.reached]
        whole = (s for s in self.asserted if halting(s) and not self.stops_a_part(s))
        halted = max(map(moment, whole), default="")
        moving = max((moment(s) for s in self.asserted if rank_of(s) > RANK["proposed"]), default="")
        return "suspended" if halted and halted >= moving else OPEN_STATUS[self.reached]

    def agrees(self, statement: Statement) -> bool:
        """Whether instrument, measure and batch are alike as far as both name them."""
        return (
            _same(self.instrument, statement.instrument)
            and _same(self.measure, statement.measure)
            and _same_batch(self.known_batch, statement.batch)
        )

    def exactness(self, statement: Statement) -> int:
        """How many of instrument, measure and batch both name alike."""
        pairs = [(self.instrument, statement.instrument), (self.measure, statement.measure)]
        pairs.append((self.known_batch, statement.batch))
        return sum(ours is not None and ours == theirs for ours, theirs in pairs)

    def touches(self, statement: Statement) -> bool:
        """Whether the days that the statement allows overlap it; what is not closed goes on, but for tests and uses."""
        if self._is_elsewhere(statement):
            return False
        until, first = self.until.since, statement.first or ""
        if until is not None and (first > until or (first == until and self.until.since_from is None)):
            return False  # what had been over by a day was so before what that day brought
        done = self.done if statement.frame in APART else []
        if done and happened(statement):
            return any(
                apart(own, statement) <= APART[statement.frame] for own in reversed(_dated_like(statement, done))
            )
        begun = self.begin <= moment(statement) or self._had_begun_by(statement)
        return begun and not self.is_over(statement)

    def _had_begun_by(self, statement: Statement) -> bool:
        """Whether the statement looks back on it, though all that is told of it was later.

        So it may on what is only told to have been stopped, and on a transfer that is told of within the year after,
        but on no later batch; and an order that is looked back on is not that of a deal with another.
        """
        if not statement.background or statement.assertion != "asserted" or later_batch(self.batch):
            return False
        if statement.frame == "transfer" and days(moment(statement), self.begin or moment(statement)) <= SILENCE_DAYS:
            return statement.stage not in ORDERS or all(s.stage not in ORDERS for s in self.asserted)
        return all(s.phase == "stopped" for s in self.asserted)

    def stops_a_part(self, statement: Statement) -> bool:
        """Whether a stop means some persons, firms or a sector only, where all else is on the state itself."""
        scopes = {s.scope for s in self.asserted if s.scope and s.phase != "stopped"}
        return scopes == {"state"} and statement.scope not in (None, "state")

    def _is_elsewhere(self, statement: Statement) -> bool:
        """Whether a test or use was so long before or after all that is told here that no more need be compared."""
        if self.days_of_it is None or not happened(statement):
            return False
        (begin, end), allowed = span(statement), APART[statement.frame]
        return end < self.days_of_it[0] - allowed or begin > self.days_of_it[1] + allowed

    def is_over(self, statement: Statement) -> bool:
        """Whether a test or use had been before what the statement plans, threatens or stops.

        One that was announced and not heard of for long is another one, too.
        """
        if statement.frame not in APART or statement.background:
            return False
        if not self.done:
            return self.silent_before(statement)
        return days(max(map(moment, self.done)), statement.first or moment(statement)) > APART[statement.frame]

    def silent_before(self, statement: Statement) -> bool:
        """Whether nothing was heard of it for too long; the same instrument bridges any silence."""
        same = self.instrument is not None and self.instrument == statement.instrument
        return not same and days(self.heard, moment(statement)) > SILENCE_DAYS

    def had_reached(self, guest: Statement) -> bool:
        """Whether its own statements had brought it to the guest's phase within a year before what the guest tells.

        What a guest looks back on may be of any age.
        """
        at_once = guest.frame in APART and happened(guest)  # then it has to touch
        told = self.asserted or (self.others if guest.assertion == "denied" else [])
        return any(_as_far(own, guest) and (at_once or _just_before(own, guest)) for own in told)

    def is_earlier_batch(self, statement: Statement) -> bool:
        """Whether no batch is told of it, and what the statement tells of a later one is not about it.

        It had got further, as far on an earlier day, or was carried out before; what is stopped had only been planned.
        """
        if not later_batch(statement.batch) or self.batch is not None:
            return False
        done = max((STAGES.index(s.stage) for s in self.asserted if s.phase != "stopped"), default=-1)
        told = "planned" if statement.phase == "stopped" else statement.stage
        since = self.since.since
        told_later = since is not None and (statement.first or moment(statement)) > since
        same_before = any(s.stage == statement.stage and s.exact and statement.exact and moment(s) < moment(statement)
                          for s in self.asserted)  # fmt: skip
        return told_later or same_before or done > STAGES.index(told)

    def is_earlier_round(self, statement: Statement) -> bool:
        """Whether it came into force more than a year before what the statement tells, which is of another round.

        So is what was decided or imposed on a day since, and what has an instrument or a number that this round has
        not. Who gives no day and names what this round names tells of it again; what is suspended is taken up again.
        What goes on may be of any age, and so may be a round that nobody told to have been imposed.
        """
        since, first = self.since.since, statement.first
        if statement.frame != "sanction" or not since or not first or days(since, first) <= SILENCE_DAYS:
            return False
        number = None if statement.round in UNNUMBERED else statement.round
        if statement.instrument not in (None, self.instrument) or number not in (None, self.round):
            return any(s.stage == "completed" for s in (*self.done, statement))
        again = number or self.status == "suspended" or (statement.undated and self.exactness(statement))
        return statement.exact and statement.stage != "ongoing" and not again

    def is_lifted_by(self, statement: Statement) -> bool:
        """Whether sanctions that are lifted on a stated day are surely these too, though others are in force.

        They are where the stop names the same measure, or where neither names anything.
        """
        whole = statement.frame == "sanction" and statement.stage == "ended" and statement.scope in (None, "state")
        named = statement.instrument or statement.round or statement.measure != self.measure
        return (
            whole and statement.exact and not statement.undated and not named and self.reached == RANK["actual"]
            and (self.measure is not None or self.instrument is None)
        )  # fmt: skip

    def is_done(self, statement: Statement) -> bool:
        """Whether nothing was delivered for too long before what the statement dates."""
        return bool(self.done) and days(max(map(moment, self.done)), statement.first or "") > SILENCE_DAYS

    def is_another_order(self, statement: Statement) -> bool:
        """Whether the statement dates a contract, or leave for one, after this deal had been delivered: another one.

        It is where this deal has a contract of an earlier day, or nothing had been delivered for too long.
        """
        since, batch = self.since.since, statement.batch
        dated = statement.first is not None and not (statement.undated or statement.background or statement.expected)
        if statement.frame != "transfer" or statement.stage not in ORDERS or not dated:
            return False
        if since is None or (statement.first or "") <= since or (batch is not None and batch == self.known_batch):
            return False
        signed = statement.stage == "agreed" and any(
            s.stage == "agreed" and s.exact and not s.undated and moment(s) < (statement.first or "")
            for s in self.asserted
        )
        return signed or self.is_done(statement)

    def key(self, thread: str) -> str:
        """Thread, first date, and batch, instrument or measure."""
        opener = (self.asserted or self.others)[0]
        begin = opener.first or (f"before-{opener.last}" if opener.last else "undated")
        detail = self.batch or self.instrument or self.measure
        return "/".join([thread, begin, *([re.sub(r"\s+", "-", detail)] if detail else [])])


def moment(statement: Statement) -> str:
    """The day by which it had happened, as far as the article can know; the end of time where nothing is known."""
    return statement.last or statement.published or "9999-12-31"


def rank_of(statement: Statement) -> int:
    """Phase that the statement shows to be reached; a promised date is no more than a commitment."""
    rank = RANK.get(statement.phase, 0)
    return min(rank, RANK["committed"]) if statement.expected else rank


def _as_far(own: Statement, guest: Statement) -> bool:
    if "stopped" in (own.phase, guest.phase):
        return own.phase == guest.phase
    return rank_of(own) >= rank_of(guest)


def _dated_like(statement: Statement, done: list[Statement]) -> list[Statement]:
    """Those that a dated statement is held against: the dated ones, as far as there are any."""
    return ([] if statement.undated else [own for own in done if not own.undated]) or done


def _just_before(own: Statement, guest: Statement) -> bool:
    begun = own.first or moment(own)
    recent = guest.background or days(moment(own), guest.first or moment(guest)) <= SILENCE_DAYS
    return begun <= moment(guest) and recent


def implied(statement: Statement) -> int:
    """How far a thing must have got of which only this stop is told."""
    rank = (
        RANK["actual"] if statement.frame in IN_FORCE and statement.stage == "suspended" else IMPLIED[statement.stage]
    )
    return min(rank, RANK["committed"]) if statement.frame == "transfer" else rank


def happened(statement: Statement) -> bool:
    """Whether it says that the thing goes on or was done."""
    return statement.stage in HAPPENED and statement.expected is None


def closing(statement: Statement) -> bool:
    """Whether a stop is one of the whole and for good; an end on a day to come is none yet."""
    return statement.stage != "suspended" and not (statement.partial or _to_come(statement))


def halting(statement: Statement) -> bool:
    """Whether it suspends the whole."""
    return statement.stage == "suspended" and not (statement.partial or _to_come(statement))


def _to_come(stop: Statement) -> bool:
    """Whether it is announced for a day to come; who refuses what a later day would bring has done so."""
    return stop.expected is not None and stop.stage != "refused"


def _earliest(statements: list[Statement]) -> Fact:
    """The day by which it had surely begun, and the first day possible: what goes on may be of any age."""
    since = min((s.last for s in statements if s.last), default=None)
    firsts = [s.first for s in statements if s.first and s.stage != "ongoing" and since and s.first <= since]
    return Fact(max(firsts, default=None), since)


def facts(statements: list[Statement]) -> dict[str, Fact]:
    """What these statements would establish, if they are believed."""
    kinds: dict[str, Callable[[Statement], bool]] = {"actual": happened, "contract": _contract, "receives": _receipt}
    found = {}
    for kind, test in kinds.items():
        if told := [s for s in statements if test(s)]:
            begun = _earliest(told)
            by = next((s.by for s in told if s.by), None)
            found[kind] = Fact(begun.since_from, begun.since, by, len({s.origin for s in told}), confidence(told))
    return found


def confidence(statements: list[Statement]) -> float:
    """How sure these are together, 0 to 1: the chance that one of their origins is read rightly, as if readings of two
    origins went wrong independently; of one origin the surest claim counts."""
    origins: dict[str, float] = {}
    for one in statements:
        origins[one.origin] = max(one.confidence, origins.get(one.origin, 0.0))
    return 1 - prod(sorted(1 - surest for surest in origins.values()))


def _contract(statement: Statement) -> bool:
    bought = statement.predicate == "purchases" or (statement.predicate == "supplies" and statement.mode == "sale")
    return bought and (statement.stage == "agreed" or happened(statement))


def _receipt(statement: Statement) -> bool:
    return statement.predicate == "receives" and happened(statement)


def roles(thread: str, statements: list[Statement]) -> dict[str, tuple[Ref, ...]]:
    """Every role that the thread or a statement tells, sorted by id; but no instrument under which it was stopped."""
    fixed = parties(thread)
    told: dict[str, set[Ref]] = defaultdict(set)
    for statement in statements:
        for role, ref in (statement.roles or {}).items():
            if role != "UNDER" or statement.phase != "stopped":
                told[role].add(ref)
    return {role: tuple(sorted(refs)) for role, refs in told.items()} | {role: (ref,) for role, ref in fixed.items()}


def _same(ours: str | None, theirs: str | None) -> bool:
    return ours is None or theirs is None or ours == theirs


def _same_batch(ours: str | None, theirs: str | None) -> bool:
    return _same(ours, theirs) or ("further" in (ours, theirs) and later_batch(ours) and later_batch(theirs))


def same_round(ours: str | None, theirs: str) -> bool:
    """Whether a numbered round can be the one that began here."""
    return ours == theirs or ours in UNNUMBERED or (ours is None and theirs == "1")


def later_batch(batch: str | None) -> bool:
    """Whether it is the second or a further one."""
    return batch not in (None, "1")
