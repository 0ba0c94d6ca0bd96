"""Builds the story of an episode, of one actor, weapon or instrument, or of a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from graph.claims import Claim
from graph.reader import claims_by_id
from graph.store import Store
from graph.vocabulary import PHASE_OF, PHASES, Stage
from queries.names import names_of
from queries.parameters import ParameterError, Value
from queries.runner import rows_of, run
from queries.story.causes import merely_after, quoted, said_causes
from queries.story.dates import when
from queries.story.evidence import Sources, Telling, cited, tellings
from queries.story.model import Begin, MerelyAfter, SaidCause, Step, Story, StoryEpisode, When
from queries.story.wording import NameOf, plain, sentence, title

MOST_EPISODES, MOST_STEPS = 200, 500
PARAMETERS = ("a", "b", "from", "to", "at", "known_on", "roll_up")
Row = Mapping[str, Any]


def build_story(store: Store, params: Mapping[str, Value]) -> Story:
    """The course of what happened and was said.

    Args:
        store: the graph to ask.
        params: `a`, an actor, weapon or instrument by id or any name, or the id of an episode; `b`, the other of a
            pair, with anybody if left out; `from`, `to`: only what can have happened then (a year or a month will do);
            `at`: only what was in force, or carried out, on this day; `known_on`: only articles published by this day;
            `roll_up`: also what companies, bodies and people of the two do and suffer, and a weapon's variants.

    Returns:
        Episodes and steps by the dates of the events, with the words that they rest on.

    Raises:
        queries.parameters.ParameterError: a parameter is missing, unknown or of the wrong form, or the second
            entity stands beside an episode or is the first again.
        queries.names.UnknownNameError: a name that no node has.
        queries.names.AmbiguousNameError: a name that several nodes have.
    """
    asked = _asked(store, params)
    spells = run(store, "spells", asked | {"limit": MOST_EPISODES + 1})
    if "b" in asked and spells.parameters["a"] == spells.parameters["b"]:
        raise ParameterError("b", "is the same as 'a'; leave it out")
    rows = spells.rows[:MOST_EPISODES]
    lines, cut = _lines(store, asked, {row["episode"] for row in rows})
    names = _names(store)

    told = tellings(store, (claim for line in lines for claim in line["claims"]))
    claims = _claims(store, lines, told)
    sources = Sources(one for line in lines for one in quoted([told[claim] for claim in line["claims"]], claims))
    steps = [_step(number, line, told, claims, sources) for number, line in enumerate(lines, 1)]
    causes = said_causes(steps, told, claims, sources)
    by_episode = defaultdict(list)
    for line in _courses(store, asked, lines, {row["episode"] for row in rows}):
        by_episode[line["episode"]].append(line)
    episodes = [_episode(row, by_episode[row["episode"]], names) for row in rows]
    return Story(
        title=_title(spells.parameters, episodes, names),
        parameters={name: value for name in asked if (value := _text(spells.parameters[name])) is not None},
        undated=spells.undated,
        truncated=cut or len(spells.rows) > MOST_EPISODES,
        episodes=episodes,
        steps=steps,
        said_causes=causes,
        merely_after=_afterwards(store, spells.parameters, rows, episodes, steps, causes, names),
        sources=sources.listed,
    )


def _names(store: Store) -> NameOf:
    entities = names_of(store).entities
    return lambda id: plain(id, entities[id].name) if id in entities else id


def _asked(store: Store, params: Mapping[str, Value]) -> dict[str, Value]:
    """The parameters for the queries, with an episode in the place of `a` where that is the id of one."""
    for name in params:
        if name not in PARAMETERS:
            raise ParameterError(name, f"a story does not take it; it takes {', '.join(PARAMETERS)}")
    asked: dict[str, Value] = {name: value for name, value in params.items() if value not in (None, "", False)}
    if "a" not in asked:
        raise ParameterError("a", "is missing; give an actor, weapon or instrument, or the id of an episode")
    if "/" in str(asked["a"]) and store.read("MATCH (e:Episode {id: $id}) RETURN e.id AS id", id=str(asked["a"])):
        if "b" in asked:
            raise ParameterError("b", "an episode has its parties already; leave this one out")
        asked["episode"] = asked.pop("a")
    return asked


def _lines(store: Store, asked: Mapping[str, Value], episodes: set[str]) -> tuple[list[dict[str, Any]], bool]:
    """The steps of these episodes, and whether there are more."""
    given = {name: value for name, value in asked.items() if name != "at"}
    found = rows_of(store, "timeline", given | {"limit": MOST_STEPS + 1}, episodes)
    return found[:MOST_STEPS], len(found) > MOST_STEPS


def _courses(
    store: Store, asked: Mapping[str, Value], lines: list[dict[str, Any]], episodes: set[str]
) -> list[dict[str, Any]]:
    """The steps of these episodes whenever they were, if they are not too many: what began after a period has begun."""
    always = {name: value for name, value in asked.items() if name not in ("from", "to")}
    if always == asked:
        return lines
    whole, cut = _lines(store, always, episodes)
    return lines if cut else whole


def _title(understood: Row, episodes: list[StoryEpisode], names: NameOf) -> str:
    if understood["episode"]:
        return episodes[0].title if episodes else str(understood["episode"])
    return " and ".join(names(understood[name]) for name in ("a", "b") if understood[name])


def _afterwards(
    store: Store, understood: Row, rows: list[dict[str, Any]], episodes: list[StoryEpisode], steps: list[Step],
    causes: list[SaidCause], names: NameOf,
) -> list[MerelyAfter]:  # fmt: skip
    """What merely came after deals: rounds of sanctions, on those whom the story is about, that nobody explains."""
    explained = {steps[cause.step - 1].episode for cause in causes}
    about = {understood["a"], understood["b"]}
    rounds = {one.id: one for one in episodes if one.frame == "sanction" and one.id not in explained}
    targets: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["episode"] in rounds and (understood["episode"] or row["object"] in about):
            targets[row["object"]].append(row["episode"])
    given = {name: understood[name] for name in ("at", "known_on")}
    return merely_after(store, rounds, targets, given, names)


def _text(value: Value) -> str | None:
    return "true" if value is True else None if value is None else str(value)


def _claims(store: Store, lines: Iterable[Row], told: Mapping[str, Telling]) -> dict[str, Claim]:
    """The claims that are put into words: those quoted for a step, and those given as causes."""
    ids = {one.claim for line in lines for one in cited(told[claim] for claim in line["claims"])}
    ids |= {cause for telling in told.values() for cause in telling.causes}
    return {claim.id: claim for claim in claims_by_id(store, sorted(ids))}


def _step(number: int, row: Row, told: Mapping[str, Telling], claims: Mapping[str, Claim], sources: Sources) -> Step:
    tells = [told[claim] for claim in row["claims"]]
    quoted = cited(tells)
    # In the words of the report that names the most of those who take part.
    fullest = max((claims[one.claim] for one in quoted), key=lambda claim: len(claim.roles()))
    ahead = fullest.date_from is not None and fullest.date_from > (fullest.published or "9999")[:10]
    origins = {one.origin for one in tells}
    undated = row["event_date"] is None and row["date_from"] is not None
    return Step(
        number=number,
        when=when(row["date_from"], row["date_to"], reported=ahead or undated),
        planned_for=when(fullest.date_from, fullest.date_to) if ahead else None,
        text=sentence(fullest),
        frame=row["frame"],
        stage=row["stage"],
        assertion=row["assertion"],
        certainty=row["certainty"],
        support=len(origins),
        origins=sorted(origins),
        speakers=sorted({one.speaker for one in tells if one.speaker}),
        citations=[sources.citation(one) for one in quoted],
        episode=row["episode"],
        claims=row["claims"],
    )


def _episode(row: Row, steps: Iterable[Row], names: NameOf) -> StoryEpisode:
    same = ("status", "certainty", "expected", "support", "denials", "first_reported", "last_reported")
    ended = row["until"] or row["until_from"]
    return StoryEpisode(
        id=row["episode"],
        title=title(row["frame"], row, names),
        frame=row["frame"],
        begins=_begins(row, steps),
        until=when(row["until_from"], row["until"]) if ended else None,
        **{key: row[key] for key in same},
    )


def _begins(row: Row, steps: Iterable[Row]) -> list[Begin]:
    """When each phase was first reached, and each suspension: what lags behind a phase already reached is no begin."""
    begins: list[Begin] = []
    reached, suspended = -1, False
    asserted = (step for step in steps if step["assertion"] == "asserted")
    for step in sorted(asserted, key=lambda step: (step["date_to"] or "9999", step["date_from"] or "")):
        phase = PHASE_OF[_stage(step)]
        if step["stage"] == "suspended":
            suspended = True
            begins.append(Begin(phase="suspended", when=_moment(step)))
        elif phase != "stopped" and (PHASES.index(phase) > reached or (suspended and phase != "proposed")):
            reached, suspended = max(reached, PHASES.index(phase)), False
            first = phase == "actual" and row["since"] and not any(one.phase == phase for one in begins)
            begins.append(Begin(phase=phase, when=when(row["since_from"], row["since"]) if first else _moment(step)))
    return begins


def _stage(step: Row) -> Stage:
    stage: Stage = step["stage"]
    return stage


def _moment(step: Row) -> When:
    return when(step["date_from"], step["date_to"])
