"""Typed and checked values for a query's parameters."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from graph.articles import article_id
from graph.store import Store
from graph.vocabulary import Label
from queries.header import Parameter, ParameterType
from queries.names import ACTORS, resolve

Value = str | int | bool | None
RESOLVED: dict[ParameterType, tuple[Label, ...]] = {
    "actor": ACTORS,
    "weapon": ("Weapon",),
    "instrument": ("Instrument",),
    "entity": (*ACTORS, "Weapon", "Instrument"),
}
SEVERAL: dict[ParameterType, tuple[Label, ...]] = {"actors": ACTORS, "weapons": ("Weapon",)}
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")
LARGEST = 2**31 - 1
LAST_RUN = "MATCH (r:Run) RETURN r.id AS id ORDER BY r.began DESC, id LIMIT 1"


class ParameterError(ValueError):
    """A parameter is missing, unknown or of the wrong form."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(f"parameter '{parameter}': {message}")
        self.parameter = parameter


def check(store: Store, declared: list[Parameter], given: Mapping[str, Value]) -> dict[str, Value]:
    """All declared parameters with the value given or their default, entities as ids.

    Args:
        store: where names are looked up.
        declared: the parameters that the query takes.
        given: values by name, typed or as text; None and the empty text count as not given.

    Raises:
        ParameterError: a value missing, of the wrong form, or for a parameter that the query does not take.
        queries.names.UnknownNameError: a name that no node has.
        queries.names.AmbiguousNameError: a name that several nodes have.
    """
    names = [parameter.name for parameter in declared]
    for name in given:
        if name not in names:
            raise ParameterError(name, f"this query does not take it; it takes {', '.join(names) or 'none'}")
    checked: dict[str, Value] = {}
    for parameter in declared:
        value = given.get(parameter.name)
        if value is None or value == "":
            if parameter.required:
                raise ParameterError(parameter.name, f"is missing; give one such as '{parameter.example}'")
            checked[parameter.name] = parameter.default
        else:
            checked[parameter.name] = _value(store, parameter, value)
    _check_periods(declared, checked)
    return checked


def ways(needs: Sequence[Sequence[str]], mark: str) -> str:
    """What of these groups of parameters is to be given, each between marks: *claim*, or *subject* and *object*."""
    return ", or ".join(" and ".join(f"{mark}{name}{mark}" for name in group) for group in needs)


def check_needs(needs: Sequence[Sequence[str]], values: Mapping[str, Value]) -> None:
    """One of these groups of parameters is given whole.

    Raises:
        ParameterError: none is; it names the first.
    """
    if needs and not any(all(values[name] is not None for name in group) for group in needs):
        raise ParameterError(needs[0][0], "is missing; give " + ways(needs, "'"))


def _check_periods(declared: list[Parameter], checked: Mapping[str, Value]) -> None:
    """A period ends after it begins: `from` and `to`, `published_from` and `published_to`, `since` and `until`."""
    for parameter in declared:
        end = "until" if parameter.name == "since" else f"{parameter.name.removesuffix('from')}to"
        first, last = checked.get(parameter.name), checked.get(end)
        if parameter.type == "period_start" and first and last and str(last) < str(first):
            raise ParameterError(end, f"{last} is before '{parameter.name}', {first}; swap them")


def _value(store: Store, parameter: Parameter, value: str | int | bool) -> Value:
    text = str(value).strip()
    kind = parameter.type
    if kind in RESOLVED:
        return resolve(store, text, RESOLVED[kind], parameter.name)
    if kind in SEVERAL:
        found = {resolve(store, name.strip(), SEVERAL[kind], parameter.name) for name in text.split(",")}
        return ",".join(sorted(found))
    if kind == "moment":
        return _moment(parameter, text)
    if kind == "boolean":
        if text.lower() not in TRUE + FALSE:
            raise ParameterError(parameter.name, f"'{text}' is neither true nor false")
        return text.lower() in TRUE
    if kind == "integer":
        most = parameter.most or LARGEST
        if not re.fullmatch(r"\d{1,10}", text) or int(text) > most:
            raise ParameterError(parameter.name, f"'{text}' is no whole number from 0 to {most}")
        return int(text)
    if kind in ("day", "period_start", "period_end"):
        return _day(parameter, text)
    if kind == "choice" and text not in parameter.values:
        raise ParameterError(parameter.name, f"'{text}' is none of {', '.join(parameter.values)}")
    if kind == "article":
        return _article(store, text)
    if kind == "run" and text == "last":
        return next((str(row["id"]) for row in store.read(LAST_RUN)), None)
    if kind in ("outlet", "claim", "episode", "run") and not store.read(
        f"MATCH (n:{kind.capitalize()} {{id: $id}}) RETURN n.id AS id", id=text
    ):
        raise ParameterError(parameter.name, f"no {kind} has the id '{text}'")
    return text


def _day(parameter: Parameter, text: str) -> str:
    """The day in ISO 8601; a year or month gives its first or last day where the parameter bounds a period."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if match is None or (parameter.type == "day" and match[3] is None):
        form = "YYYY-MM-DD" if parameter.type == "day" else "YYYY-MM-DD, YYYY-MM or YYYY"
        raise ParameterError(parameter.name, f"'{text}' is no date of the form {form}")
    last = parameter.type == "period_end"
    try:
        year, month = int(match[1]), int(match[2] or (12 if last else 1))
        day = int(match[3]) if match[3] else calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day).isoformat()
    except ValueError:
        raise ParameterError(parameter.name, f"'{text}' is not in the calendar") from None


def _moment(parameter: Parameter, text: str) -> str:
    """The moment as the graph writes them: UTC, to the second, with offset; a day begins at midnight."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        reason = f"'{text}' is no date of the form YYYY-MM-DD, and no date and time such as 2026-07-01T08:00:00Z"
        raise ParameterError(parameter.name, reason) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        raise ParameterError(parameter.name, f"'{text}' is not in the calendar in UTC") from None


def _article(store: Store, text: str) -> str:
    """The id of the article with this id, URL or id of the input."""
    wanted = article_id(text, None, None, None, "") if "://" in text else text
    rows = store.read(
        "MATCH (a:Article) WHERE a.id = $id OR a.source_id = $text RETURN a.id AS id ORDER BY id", id=wanted, text=text
    )
    if not rows:
        raise ParameterError("article", f"no article has the id or URL '{text}'")
    if len(rows) > 1:
        listed = ", ".join(row["id"] for row in rows)
        raise ParameterError("article", f"'{text}' is the input's id of several articles; give one of {listed}")
    return str(rows[0]["id"])
