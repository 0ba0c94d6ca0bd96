"""Claims to episodes: one deal, one round of sanctions, one test.

A pure function of the claims: the order in which they come never matters. It follows the ontology's rules on partial
threads, order, assertion, joining, new episodes, status and ids.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.bouts import APART, days, looks_back
from graph.hierarchy import FLAT, Hierarchy
from graph.partial import depth, homes, is_partial, is_wide
from graph.spells import (
    IN_FORCE,
    RANK,
    SILENCE_DAYS,
    UNNUMBERED,
    Fact,
    Spell,
    closing,
    confidence,
    facts,
    happened,
    implied,
    later_batch,
    moment,
    rank_of,
    roles,
    same_round,
)
from graph.threads import Ref, Statement, predicate_of

ROUND_DAYS = 60
"""Two reports of "a new round" within so many days mean the same one."""


@dataclass(frozen=True, slots=True)
class Episode:
    """All statements about the same thing, and what follows from them."""

    id: str
    frame: str
    predicate: str | None
    thread: str
    status: str
    since_from: str | None
    since: str | None
    until_from: str | None
    until: str | None
    expected: str | None
    scope: str | None
    batch: str | None
    measure: str | None
    support: int
    denials: int
    first_reported: str | None
    last_reported: str | None
    earliest: str
    """First of the days by which its claims tell that something was; empty where one is not known."""
    roles: Mapping[str, tuple[Ref, ...]]
    """By type of relationship."""
    claims: tuple[str, ...]
    """Ids, sorted."""
    asserted: Mapping[str, Fact]
    """What is asserted: `actual`, `contract`, `receives`, `ended`."""
    alleged: Mapping[str, Fact]

    def role(self, name: str) -> Ref | None:
        """The node in a role; the first by id where there are several."""
        return next(iter(self.roles.get(name, ())), None)


def fold(
    statements: Iterable[Statement], known_homes: Mapping[str, str] | None = None, kinds: Hierarchy = FLAT
) -> list[Episode]:
    """The episodes of these statements, sorted by id.

    Args:
        statements: all live ones of the threads that they belong to; their order does not matter.
        known_homes: the only full thread that fits, by partial thread, where not all threads that may fit are given.
        kinds: families and classes of weapons; claims of these join a model of the same parties.
    """
    threads: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=_order):
        threads[statement.thread].append(statement)
    found = homes(threads, kinds) if known_homes is None else known_homes
    guests: dict[str, list[Statement]] = defaultdict(list)
    for thread, told in threads.items():
        if thread in found:
            guests[found[thread]] += told
    episodes: list[Episode] = []
    hosted: set[str] = set()
    # Models first, then families and classes, then what has an unknown role: each keeps what those before left.
    for thread in sorted(threads, key=lambda key: (is_partial(key), is_wide(key, kinds), -depth(key, kinds))):
        spells = _spells([statement for statement in threads[thread] if statement.id not in hosted])
        for guest in sorted(guests[thread], key=_order):
            known = _of_known(guest)
            if host := _host(spells, known):
                host.guests.append(known)
                hosted.add(guest.id)
        episodes += _finished(thread, spells)
    return sorted(episodes, key=lambda episode: episode.id)


def _spells(ordered: list[Statement]) -> list[Spell]:
    spells: list[Spell] = []
    for statement in ordered:
        if statement.assertion == "asserted":
            (_stop if statement.phase == "stopped" else _advance)(spells, statement)
    rumours: list[Spell] = []
    for statement in ordered:
        if statement.assertion != "asserted":
            _attach(spells, rumours, statement)
    return spells + rumours


def _finished(thread: str, spells: list[Spell]) -> list[Episode]:
    taken = Counter(spell.key(thread) for spell in spells)
    return [_finish(spell, thread, collides=taken[spell.key(thread)] > 1) for spell in spells]


def _host(spells: list[Spell], guest: Statement) -> Spell | None:
    """The episode that a claim of a partial thread joins: one that had got that far by then without it.

    A denial joins also what is only alleged.
    """
    moves = guest.assertion == "asserted" and guest.phase != "stopped"
    fitting = [
        spell
        for spell in spells
        if spell.had_reached(guest)
        and (_may_join(spell, guest) if moves else spell.agrees(guest))
        and (spell.touches(guest) or guest.phase == "stopped")
    ]
    return _best(fitting, guest) if fitting else None


def _order(statement: Statement) -> tuple[bool, str, int, bool, str, str]:
    """In the order of time, a wider range by its last day and after what was on that day.

    So a range may join what was told of any of its days, and what was later finds it told. What looks back comes last,
    but for a stop, which was before what the day of its report brought. What is lifted on a day had been in force
    before a new round of that day.
    """
    stopped = statement.phase == "stopped"
    return (
        statement.background and not stopped,
        moment(statement),
        0 if statement.background else 1 if statement.exact else 2,
        not (statement.stage == "ended" and statement.frame in IN_FORCE),
        statement.published or "9999",
        statement.id,
    )


def _advance(spells: list[Spell], statement: Statement) -> None:
    """Joins the best episode that the statement may belong to, or begins a new one."""
    told = _of_known(statement)
    if fitting := [spell for spell in spells if _may_join(spell, told)]:
        _join(_carried_on(fitting, told) or fitting, spells, told)
    else:
        _join([], spells, statement)


def _of_known(statement: Statement) -> Statement:
    """What a statement tells of an episode that is known: who looks back on a purchase tells of its contract alone."""
    looks_back = statement.background and statement.predicate == "purchases" and statement.stage == "completed"
    return replace(statement, stage="agreed", phase="committed") if looks_back else statement


def _carried_on(fitting: list[Spell], statement: Statement) -> list[Spell]:
    """Those that wait for what the statement dates, and began when what else it can mean had been carried out.

    Sanctions imposed after a threat are those threatened, and not those that were in force before. What is delivered
    belongs to the next order where for too long nothing had come of the one before.
    """
    done = [spell for spell in fitting if spell.since.since is not None]
    if not done or statement.undated or statement.background or statement.stage == "ongoing":
        return []
    rank, delivers = rank_of(statement), statement.frame == "transfer" and happened(statement)
    if statement.frame not in (*IN_FORCE, "transfer") or (delivers and not all(s.is_done(statement) for s in done)):
        return []
    begun, alike = min(spell.since.since or "" for spell in done), max(spell.exactness(statement) for spell in fitting)
    return [
        spell
        for spell in fitting
        if (RANK["committed"] if delivers else RANK["proposed"]) <= spell.reached < rank
        and begun < spell.begin <= (statement.first or "")
        and spell.exactness(statement) == alike
    ]


def _may_join(spell: Spell, statement: Statement) -> bool:
    rank = rank_of(statement)
    if not (spell.touches(statement) and spell.agrees(statement)):
        return False
    if statement.batch is None and later_batch(spell.batch) and rank > spell.reached:
        return False
    if spell.is_earlier_batch(statement):
        return False
    if statement.background:
        return spell.reached >= rank
    if spell.is_another_order(statement) or spell.is_earlier_round(statement):
        return False
    since = spell.since.since
    if rank == RANK["proposed"] and since is not None and moment(statement) > since:
        return False  # a new threat while one is in force
    if statement.round in UNNUMBERED:
        opener = spell.asserted[0]
        if opener.round is None or days(moment(opener), moment(statement)) > ROUND_DAYS:
            return False
    elif statement.round and not (same_round(spell.round, statement.round) and _may_be_numbered(spell, statement)):
        return False
    # A test, use or round of sanctions that was announced long before is another one.
    waiting = RANK["committed"] if statement.frame in (*APART, "sanction") else RANK["proposed"]
    return not (spell.reached <= waiting and spell.silent_before(statement))


def _may_be_numbered(spell: Spell, statement: Statement) -> bool:
    """Whether a numbered round can be the one that was told of as a new one: of two that are dated the days differ."""
    since = spell.since
    if spell.round not in UNNUMBERED or since.since is None or statement.stage != "completed":
        return True
    dated = statement.exact and not statement.undated and since.since_from == since.since
    return days(since.since, moment(statement)) <= (0 if dated else ROUND_DAYS)


def _stop(spells: list[Spell], statement: Statement) -> None:
    """Closes or suspends what is open; a stop that could mean several open episodes is partial on each."""
    known = [
        spell
        for spell in spells
        if spell.agrees(statement)
        and spell.begin <= moment(statement)
        and not (spell.is_over(statement) or spell.is_earlier_batch(statement))
    ]
    if told_again := [spell for spell in known if _may_mean_the_end_of(spell, statement)]:
        told_again[-1].add(statement, closes=closing(statement))
        return
    running = [spell for spell in known if not spell.closers]
    named = [spell for spell in running if statement.instrument and spell.instrument == statement.instrument]
    if statement.round and statement.round not in UNNUMBERED:
        named = [spell for spell in named or running if spell.round == statement.round] or named
    running = named or _meant(running, statement)
    certain = (bool(named) or len(running) == 1) and all(_may_be_its_round(spell, statement) for spell in running)
    for spell in running:
        meant = certain or spell.is_lifted_by(statement)
        spell.add(statement, closes=meant and closing(statement) and not spell.stops_a_part(statement))
    if running:
        return
    told_again = [s for s in known if s.closers and days(s.until.since, moment(statement)) <= SILENCE_DAYS]
    if told_again:
        told_again[-1].add(statement, closes=closing(statement))
        return
    alone = Spell()
    alone.add(statement, closes=closing(statement))
    alone.reached = implied(statement)
    spells.append(alone)


def _may_be_its_round(spell: Spell, statement: Statement) -> bool:
    """Whether a stop that names a round by its number may mean this one."""
    return statement.round in (None, *UNNUMBERED) or same_round(spell.round, statement.round)


def _may_mean_the_end_of(spell: Spell, statement: Statement) -> bool:
    """Whether a stop that is told without a day may be the known one: what had been lifted and is back is not over."""
    if statement.exact or statement.stage == "suspended" or spell.until.since is None:
        return False
    return (statement.first or "") <= spell.until.since <= moment(statement)


def _meant(running: list[Spell], statement: Statement) -> list[Spell]:
    """Which of those that are open a stop can mean.

    Sanctions that are lifted were in force, and those that "will not be imposed" are not: a threat beside sanctions in
    force does not keep them from being lifted, nor does its withdrawal lift them; nor were those in force of which
    nothing but a plan was told, long before.
    """
    if statement.frame not in IN_FORCE:
        return running
    lifts = statement.stage != "refused"
    fitting = [spell for spell in running if (spell.reached == RANK["actual"]) is lifts]
    return fitting or [spell for spell in running if not (lifts and spell.silent_before(statement))]


def _attach(spells: list[Spell], rumours: list[Spell], statement: Statement) -> None:
    """An allegation, denial or condition: beside the episode that it touches, else one that is only claimed."""
    touched = [spell for spell in spells if spell.agrees(statement) and spell.touches(statement)]
    if touched:
        _best(touched, statement).others.append(statement)
        return
    open_rumours = [r for r in rumours if r.agrees(statement) and _goes_on(r, statement)]
    _join(open_rumours, rumours, statement)


def _goes_on(rumour: Spell, statement: Statement) -> bool:
    return rumour.touches(statement) if statement.frame in APART else not rumour.silent_before(statement)


def _join(fitting: list[Spell], spells: list[Spell], statement: Statement) -> None:
    """Adds the statement to the best of those that fit, else to a new one."""
    if not fitting:
        fitting = [Spell()]
        spells += fitting
    _best(fitting, statement).add(statement)


def _best(fitting: list[Spell], statement: Statement) -> Spell:
    """The one that names most alike, then the one already at that phase, then the earliest.

    Who looks back on a test or use means the last one, and on anything else what is not over and had begun.
    """
    rank = rank_of(statement)
    if statement.frame in APART and looks_back(statement):
        fitting = sorted(fitting, key=lambda spell: spell.begin, reverse=True)
    return min(
        fitting,
        key=lambda spell: (
            -spell.exactness(statement),
            statement.background and (spell.until.since or "9999") <= moment(statement),
            statement.background and spell.begin > moment(statement),
            spell.reached != rank,
        ),
    )


def earliest(told: Iterable[tuple[str | None, str | None]]) -> str:
    """The first of these days, by which claims tell that something was and on which they were published; empty where
    one is not known."""
    return min(min(last or "", published or "") for last, published in told)


def _finish(spell: Spell, thread: str, *, collides: bool) -> Episode:
    everything = spell.asserted + spell.others + spell.guests
    asserted = [s for s in everything if s.assertion == "asserted"]
    alleged = [s for s in everything if s.assertion == "alleged"]
    since, until = spell.since, spell.until
    reported = sorted(s.published for s in everything if s.published)
    promises = [(s.published or "", s.id, s.expected) for s in asserted if s.expected]
    name = spell.key(thread)
    established = own = facts(spell.asserted)
    if spell.guests:
        established = {kind: replace(own.get(kind, f), confidence=f.confidence) for kind, f in facts(asserted).items()}
    if spell.reached == RANK["actual"] and any(s.stage == "ended" for s in spell.asserted):  # so it had been in force
        telling = [s for s in asserted if s.stage == "ended" or happened(s)]
        established["ended"] = replace(own.get("actual", Fact(None, None)), confidence=confidence(telling))
    return Episode(
        id=f"{name}/{everything[0].id}" if collides else name,
        frame=thread.partition("/")[0],
        predicate=predicate_of(thread),
        thread=thread,
        status=spell.status,
        since_from=since.since_from,
        since=min(since.since, until.since) if since.since and until.since else since.since,
        until_from=until.since_from,
        until=until.since,
        expected=max(promises)[2] if promises else None,
        scope=next((s.scope for s in [*filter(happened, spell.asserted), *everything] if s.scope), None),
        batch=spell.batch,
        measure=spell.measure,
        support=len({s.origin for s in asserted or alleged}),
        denials=len({s.origin for s in everything if s.assertion == "denied"}),
        first_reported=reported[0] if reported else None,
        last_reported=reported[-1] if reported else None,
        earliest=earliest((s.last, s.published) for s in everything),
        roles=roles(thread, asserted or spell.others),
        claims=tuple(sorted(s.id for s in everything)),
        asserted=established,
        alleged=facts(alleged),
    )
