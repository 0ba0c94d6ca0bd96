"""What a language model may ask of the graph. Nothing here writes, and nothing reads a file or an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, Literal, ParamSpec, TypeVar

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from neo4j.exceptions import DriverError, Neo4jError
from pydantic import Field, ValidationError
from starlette.requests import Request

from api import wrong
from api.access import Caller
from api.claims import ClaimFilter, find_ids
from api.entities import find
from api.mcp.answers import MOST_CHARACTERS, NOTE, Answer, answer, first_steps
from api.problems import DETAILS, ProblemError
from api.routers.cypher import CypherQuestion, answered
from api.routers.entities import one_entity
from api.slots import Slots
from graph.claims import Claim
from graph.docs import page as model_page
from graph.errors import StoreError
from graph.reader import claims_by_id
from graph.store import Store
from graph.vocabulary import PREDICATES, Assertion, Label, Stage
from queries.header import Parameter
from queries.matching import lookup_of
from queries.names import resolve
from queries.parameters import ParameterError, Value, check
from queries.reader import stored_queries
from queries.runner import parameters_of, run, stored_query
from queries.story import build_story
from queries.story.evidence import Telling, tellings, web_address
from queries.story.markdown import markdown
from queries.story.wording import sentence

P = ParamSpec("P")
T = TypeVar("T")
Limit = Annotated[int, Field(ge=1, le=100, description="At most so many rows.")]
At = Annotated[str | None, Field(description="YYYY-MM-DD: only what held on this day.")]
KnownOn = Annotated[str | None, Field(description="YYYY-MM-DD: only from articles published by this day.")]
Since = Annotated[str | None, Field(description="YYYY-MM-DD, YYYY-MM or YYYY: events that can be of then or later.")]
Until = Annotated[str | None, Field(description="YYYY-MM-DD, YYYY-MM or YYYY: events that can be of then or earlier.")]
Entity = Annotated[str, Field(max_length=200, description="An actor, weapon or instrument, by id or any name.")]
PERIOD = [
    Parameter(name="since", type="period_start", doc="-", example="2015"),
    Parameter(name="until", type="period_end", doc="-", example="2021"),
]
NO_CYPHER = "this service takes Cypher only with a key of the scope 'cypher'; ask a named query (list_queries) instead"


def told(work: Callable[P, T]) -> Callable[P, T]:
    """Makes what is wrong with a question an answer that the model can read."""

    @wraps(work)
    def tell(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except ProblemError as error:
            raise ToolError(error.detail) from error
        except ValidationError as error:
            raise ToolError(wrong.told(error.errors()[0])) from error
        except (LookupError, ParameterError) as error:
            raise ToolError(str(error.args[0])) from error
        except (StoreError, DriverError, Neo4jError) as error:
            raise ToolError(DETAILS[503]) from error

    return tell


@dataclass(frozen=True)
class Tools:
    """The tools over one graph."""

    store: Callable[[], Store]
    seconds: float
    """How long a query of a caller's own, or a story, may take."""
    slots: Slots
    """Where such queries run."""
    stories: Slots
    """Where stories are told."""

    @told
    def search_entities(
        self,
        text: Annotated[str, Field(min_length=1, max_length=200, description="A name, or a part of it.")],
        label: Annotated[Label | None, Field(description="Only this kind.")] = None,
        limit: Limit = 10,
    ) -> Answer:
        """Find actors, weapons and instruments by name, alias, other script or with typing errors; the best first.
        Other tools take any of the names as well, and ids where a name is ambiguous."""
        hits = find(lookup_of(self.store()), text, {"label": [label]} if label else {})
        rows = (hit.model_dump(exclude={"aliases"}) | {"aliases": hit.aliases[:8]} for hit in hits[:limit])
        return answer(rows, more=len(hits) > limit)

    @told
    def get_entity(self, entity: Entity) -> Answer:
        """One actor, weapon or instrument: its names, what the catalogue knows of it (makers, classes, offices), and
        how many established facts of each type it has."""
        store = self.store()
        return answer([one_entity(store, resolve(store, entity, parameter="entity")).model_dump()])

    @told
    def find_claims(
        self,
        entity: Annotated[str | None, Field(description="In any role: who, whom, weapon, supplier, law …")] = None,
        subject: Annotated[str | None, Field(description="Who does it.")] = None,
        predicate: Annotated[
            Literal[tuple(PREDICATES)] | None,  # type: ignore[valid-type]  # the vocabulary's words are known at run time
            Field(description="What is done."),
        ] = None,
        object: Annotated[str | None, Field(description="Whom or what it is done to.")] = None,
        stage: Annotated[Stage | None, Field(description="How far it got, as this claim has it.")] = None,
        assertion: Annotated[
            Assertion | None, Field(description="Stated as fact, alleged, denied, conditional.")
        ] = None,
        speaker: Annotated[
            str | None, Field(description="Who says so; a state stands for all who speak for it.")
        ] = None,
        since: Since = None,
        until: Until = None,
        known_on: KnownOn = None,
        after: Annotated[
            str | None, Field(description="Id of the last claim of a truncated answer: those that come after it.")
        ] = None,
        limit: Limit = 20,
    ) -> Answer:
        """Single statements of articles, the newest first, each with the words that it rests on. A claim is what
        somebody said, not what happened: mind stage and assertion."""
        store = self.store()
        wanted = ClaimFilter.model_validate(
            {"entity": entity, "subject": subject, "predicate": predicate, "object": object, "stage": stage,
             "assertion": assertion, "speaker": speaker, "known_on": known_on} | _period(store, since, until)
        )  # fmt: skip
        found = [id for _, id in find_ids(store, wanted, _place(store, after) if after else None, limit + 1)]
        evidence = tellings(store, found[:limit])
        rows = (_claim(claim, evidence[claim.id]) for claim in claims_by_id(store, found[:limit]))
        return answer(rows, more=len(found) > limit)

    @told
    def tell_story(
        self,
        a: Annotated[str, Field(description="An actor, weapon or instrument, or the id of an episode.")],
        b: Annotated[str | None, Field(description="The other of a pair; with anybody if left out.")] = None,
        since: Since = None,
        until: Until = None,
        at: At = None,
        known_on: KnownOn = None,
        roll_up: Annotated[bool, Field(description="Also of their companies, bodies and people.")] = False,
        steps: Annotated[int, Field(ge=1, le=100, description="At most so many steps.")] = 25,
    ) -> str:
        """What happened and was said between two, to one of them, or in one episode, in the order of events: steps with
        dates, sources and quotes, what is said to be the cause, and what merely came before; Markdown with footnotes.
        """
        store = self.store()
        asked = {"a": a, "b": b, "at": at, "known_on": known_on, "roll_up": roll_up} | _period(store, since, until)
        story = self.stories.run(lambda: build_story(store, asked), self.seconds)
        text = markdown(first_steps(story, steps))
        while len(text) > MOST_CHARACTERS and steps > 1:
            steps = min(steps, len(story.steps)) // 2
            text = markdown(first_steps(story, max(steps, 1)))
        return f"{NOTE}\n\n{text}"

    @told
    def find_paths(
        self,
        a: Entity,
        b: Entity,
        most_steps: Annotated[int, Field(ge=1, le=4)] = 3,
        at: At = None,
        alleged: Annotated[bool, Field(description="Also over what is only alleged.")] = False,
        limit: Limit = 10,
    ) -> Answer:
        """How two are connected over established facts, the shortest paths first; every step with its episode."""
        return self.run_query("paths", {"a": a, "b": b, "max": most_steps, "at": at, "alleged": alleged}, limit)

    @told
    def list_queries(
        self, name: Annotated[str | None, Field(description="Tell this one in full, with parameters.")] = None
    ) -> Answer:
        """The named queries: questions whose traps are minded (rumours, copies, second batches, dates). Without a name
        what each answers; with one its parameters and columns."""
        if name is None:
            return answer({"name": key, "answers": one.header.answers} for key, one in stored_queries().items())
        query = stored_query(name)
        own = (parameter for parameter in parameters_of(query) if parameter.name != "limit")
        parameters = [parameter.model_dump(exclude_defaults=True) for parameter in own]
        return answer(
            [
                query.header.model_dump(include={"name", "title", "answers", "needs", "columns"})
                | {"parameters": parameters}
            ]
        )

    @told
    def run_query(
        self,
        name: Annotated[str, Field(description="As list_queries tells it.")],
        parameters: Annotated[dict[str, str | int | bool | None] | None, Field(description="Values by name.")] = None,
        limit: Limit = 20,
    ) -> Answer:
        """The rows of a named query. `claims` and `episode` in a row lead to its evidence: run `evidence` with them.
        A truncated answer goes on with the parameter `offset`: how many rows there were so far."""
        asked: dict[str, Value] = {key: value for key, value in (parameters or {}).items() if value is not None}
        if "limit" in asked:
            raise ParameterError("limit", "give it beside 'parameters', not in them")
        rows = run(self.store(), name, asked | {"limit": limit + 1}).rows
        return answer(rows[:limit], more=len(rows) > limit)

    @told
    def describe_graph(self) -> str:
        """The model of the graph: every label, relationship and property, with queries to begin with. Read it before
        writing Cypher."""
        return model_page()

    @told
    def ask_cypher(
        self,
        ctx: Context[Any],
        query: Annotated[str, Field(description="Cypher that only reads; values belong into parameters.")],
        parameters: Annotated[dict[str, Any] | None, Field(description="Values of $name in the query.")] = None,
        limit: Limit = 50,
    ) -> Answer:
        """The rows of Cypher of your own. It may only read, and is stopped where it takes long. See describe_graph."""
        if not may_ask_cypher(ctx.request_context.request):
            raise ToolError(NO_CYPHER)
        question = CypherQuestion(query=query, parameters=parameters or {}, limit=limit)
        found = answered(question, self.store(), self.slots, self.seconds)
        return answer(found.rows, more=found.truncated, hint=found.hint)


def may_ask_cypher(request: Request | None) -> bool:
    """Whether who asks may ask in Cypher: over HTTP by the rules of `POST /v1/cypher`; who started this process may."""
    if request is None:
        return True
    caller: Caller = request.state.caller
    return caller.may_ask_cypher()


def _period(store: Store, since: str | None, until: str | None) -> dict[str, Value]:
    """The period as everybody else names it; checked here, so that errors name the tool's arguments."""
    days = check(store, PERIOD, {"since": since, "until": until})
    return {"from": days["since"], "to": days["until"]}


def _place(store: Store, claim: str) -> list[Any]:
    """Where a claim stands among all, the newest first."""
    for found in claims_by_id(store, [claim]):
        return [found.published or "", found.id]
    raise ParameterError("after", f"no claim has the id '{claim}'; give that of the last one so far")


def _claim(claim: Claim, evidence: Telling) -> dict[str, Any]:
    """A claim in words, with its evidence."""
    same = ("id", "predicate", "stage", "assertion", "event_date", "published", "confidence")
    return {key: getattr(claim, key) for key in same} | {
        "says": sentence(claim),
        "subject": claim.subject and claim.subject.id,
        "object": claim.object.id,
        "speaker": claim.speaker and claim.speaker.name,
        "quotes": [quote.quote for quote in claim.evidence],
        "article": claim.article_id,
        "title": evidence.title,
        "outlet": evidence.outlet,
        "url": web_address(evidence.url),
    }
