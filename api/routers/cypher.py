"""Cypher of a caller's own."""

from __future__ import annotations

from typing import Any

from anyascii import anyascii
from fastapi import APIRouter, Request, Response
from neo4j.exceptions import BrokenRecordError, ClientError, DatabaseError
from pydantic import BaseModel, ConfigDict, Field

from api.csv import CSV, csv_response
from api.deps import MayAskCypher, StoreDep, WantsCsv
from api.parameters import Strict
from api.problems import ProblemError, responses
from api.settings import ApiSettings
from api.slots import Slots
from graph.errors import would_write
from graph.rowlimit import RowTooLargeError
from graph.store import Store
from queries.cypher_guard import LONGEST, RefusedQueryError
from queries.own import Answer, TooDeepError, ask

router = APIRouter(prefix="/v1/cypher", tags=["queries"], route_class=Strict)
TRUNCATED, HINT = "X-Truncated", "X-Hint"
TOO_LARGE = "allowed elements for in-heap"
"""Words of the embedded engine for a query that needs more memory than one may have."""


class CypherQuestion(BaseModel):
    """A query with its parameters."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(
        min_length=1,
        max_length=LONGEST,
        description="Cypher that only reads. Values belong into parameters.",
        examples=["MATCH (c:Country {id: $buyer})-[r:PURCHASES]->(w:Weapon) RETURN w.name AS weapon, r.since AS since"],
    )
    parameters: dict[str, Any] = Field(
        default_factory=dict, description="Values of `$name` in the query.", examples=[{"buyer": "TUR"}]
    )
    limit: int = Field(1000, ge=1, le=10_000, description="At most this many rows.", examples=[100])


class CypherAnswer(BaseModel):
    """Rows of a query."""

    columns: list[str] = Field(description="Columns in order.", examples=[["weapon", "since"]])
    items: list[dict[str, Any]] = Field(
        description="Rows by column. A node is an object of `labels` and `properties`, a relationship one of `type` "
        "and `properties`, a path the list of both in turn; dates are ISO 8601.",
        examples=[[{"weapon": "S-400", "since": "2017-09-12"}]],
    )
    truncated: bool = Field(description="Whether there is more than `limit` rows or 10 MiB hold.", examples=[False])
    hint: str | None = Field(
        description="Where there are no rows: labels, relationship types and properties of the query that the graph "
        "does not have, and what may be meant. Else null.",
        examples=[None],
    )


@router.post(
    "",
    summary="Ask in Cypher",
    dependencies=[MayAskCypher],
    responses=CSV | responses(401, 403, 413, 415, 422, 503),
    response_model=CypherAnswer,
)
def ask_cypher(
    question: CypherQuestion, request: Request, store: StoreDep, as_csv: WantsCsv
) -> Response | CypherAnswer:
    """Runs a query that only reads. As CSV, the header `X-Truncated` tells whether there are more rows, `X-Hint`
    what `hint` does (in ASCII)."""
    settings: ApiSettings = request.app.state.settings
    answer = answered(question, store, request.app.state.cypher_slots, settings.query_timeout)
    if as_csv:
        headers = {TRUNCATED: str(answer.truncated).lower()}
        if answer.hint:
            headers[HINT] = " ".join(anyascii(answer.hint).split())
        return csv_response(answer.columns, answer.rows, headers)
    return CypherAnswer(columns=answer.columns, items=answer.rows, truncated=answer.truncated, hint=answer.hint)


def answered(question: CypherQuestion, store: Store, slots: Slots, seconds: float) -> Answer:
    """The rows of a query that only reads.

    Args:
        question: the query.
        store: the graph.
        slots: where it runs.
        seconds: its deadline.

    Raises:
        ProblemError: the query may not be asked, is wrong, or takes too much.
    """
    try:
        return slots.run(lambda: ask(store, question.query, question.parameters, question.limit), seconds)
    except RefusedQueryError as error:
        raise ProblemError(403, str(error)) from error
    except (ClientError, DatabaseError) as error:
        raise _explained(error) from error
    except (RowTooLargeError, TooDeepError) as error:
        raise ProblemError(422, str(error)) from error
    except BrokenRecordError as error:  # such as a day after the year 9999
        raise ProblemError(422, f"{error}: a value cannot be told; return it as text, by toString()") from error
    except (OverflowError, ValueError, TypeError) as error:
        raise ProblemError(422, f"a parameter cannot be sent to the store: {error}") from error


def _explained(error: ClientError | DatabaseError) -> ProblemError:
    message = error.message or str(error)
    if would_write(error.code):
        return ProblemError(403, f"this address only reads ({message})")
    if TOO_LARGE in message:
        return ProblemError(503, "the query needs more memory than one query may have; narrow it")
    return ProblemError(422, f"the store refuses the query: {message}")
