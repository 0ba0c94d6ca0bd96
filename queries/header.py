"""The header of a query file: a YAML block in its first comment lines, between two lines `---`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.vocabulary import Frame
from graph.yaml_text import from_yaml
from queries.steps import STEPS, StepName

ParameterType = Literal[
    "actor", "weapon", "instrument", "entity", "actors", "weapons", "article", "outlet", "claim", "episode", "run",
    "day", "moment", "period_start", "period_end", "boolean", "integer", "text", "choice",
]  # fmt: skip
COMMENT = {".cypher": "//", ".rq": "#"}
COMMON_FILE = Path(__file__).parent / "common.yaml"
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]
EpisodeRole = Literal["SUBJECT", "OBJECT", "SUPPLIER", "RECIPIENT", "WEAPON", "TARGET", "UNDER", "PROGRAMME"]
ClaimRole = Literal[
    "SUBJECT", "OBJECT", "SUPPLIER", "RECIPIENT", "WEAPON", "TARGET", "UNDER", "PROGRAMME",
    "SPEAKER", "SPEAKS_FOR", "AGENT", "STOPPED_BY",
]  # fmt: skip
FILTERS = ("episode", "alleged", "min_support", "known_on", "as_recorded", "from", "to", "roll_up")
"""Parameters that the episodes' part of a query uses by itself, where the header declares them."""
PARAMETER = re.compile(r"\$(\w+)")


class HeaderError(ValueError):
    """A query file cannot be read: says file, line, reason and remedy."""

    def __init__(self, path: Path, line: int, reason: str, remedy: str) -> None:
        super().__init__(f"{path.name}:{line}: {reason}; {remedy}")
        self.path, self.line, self.reason, self.remedy = path, line, reason, remedy


class Parameter(BaseModel):
    """One parameter of a query."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    type: ParameterType
    doc: Text
    default: str | int | bool | None = None
    example: str | int | bool
    required: bool = False
    values: list[str] = []
    """The words allowed, for type `choice` only."""
    most: int | None = None
    """The largest number allowed, for type `integer` only."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.type == "choice") != bool(self.values):
            raise ValueError("a 'choice' lists its 'values', and no other type does")
        if self.most is not None and self.type != "integer":
            raise ValueError("only an 'integer' has a 'most'")
        if self.required and self.default is not None:
            raise ValueError("a required parameter has no default")
        return self


PAGING = [
    Parameter(name="limit", type="integer", default=1000, example=50, doc="At most this many rows."),
    Parameter(name="offset", type="integer", default=0, example=50, doc="Leaves out this many rows first."),
]
"""What every query takes, so that no header declares it."""


class Column(BaseModel):
    """One column of a query's answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    doc: Text


class Beside(BaseModel):
    """Further episodes: those in which somebody plays `role` who plays one of the roles `of` in an episode found, or is
    based there or has held an office of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    frames: list[Frame] = Field(min_length=1)
    role: EpisodeRole
    of: list[EpisodeRole] = Field(min_length=1)
    only: Name | None = None
    """A parameter with ids of episodes, with commas between them: then only these of the further ones."""


class Pages(BaseModel):
    """How the first rows over the whole graph are found without the claims of all episodes: see `queries.pages`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Literal["earliest", "first_reported", "id"] = "earliest"
    """Property of episodes by whose order they are read."""
    row: Name
    """What the query's rows are sorted by first: never less than that property of an episode that they tell of."""
    beside: bool = False
    """Whether a row also tells of episodes of which the same articles tell."""


class Episodes(BaseModel):
    """Which episodes a query looks at; see `queries.episodes`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    frames: list[Frame] = Field(min_length=1)
    roles: dict[Name, EpisodeRole | list[EpisodeRole]] = {}
    """Names that the query gives to nodes in these roles, or in one of several. A parameter of the same name filters
    by the role."""
    belonging: dict[Name, Name] = {}
    """By such a name a parameter: the node is its actor, is based there, or has held an office of it, or is a variant
    of its weapon; only what is named itself where the query takes `roll_up` and that is false."""

    beside: Beside | None = None
    where: Text | None = None
    """A condition in Cypher on `e` and those nodes: claims are read only of the episodes that fulfil it."""
    told: Text | None = None
    """A condition in Cypher on `c`: only claims that fulfil it are looked at."""
    pages: Pages | None = None
    support_of: Literal["episode", "row"] = "episode"
    """What `min_support` asks for: origins of the whole episode, or of the row, which the query then sees to."""

    def roles_of(self, name: str) -> list[EpisodeRole]:
        """The roles of the nodes of that name."""
        roles = self.roles[name]
        return roles if isinstance(roles, list) else [roles]

    @model_validator(mode="after")
    def _check(self) -> Self:
        unnamed = self.belonging.keys() - self.roles.keys()
        if unnamed:
            raise ValueError(f"'belonging' speaks of {', '.join(sorted(unnamed))}, which 'roles' does not name")
        return self


class Claims(BaseModel):
    """Which claims a query looks at, each by itself; see `queries.claims`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    having: ClaimRole
    """A role that somebody has in them; where no parameter chooses claims, all that have one are looked at."""
    roles: dict[Name, list[ClaimRole]] = Field(min_length=1)
    """By the name of a parameter the roles, in one of which the node that it names has to be."""


class Header(BaseModel):
    """What a query file says about itself; `parameters` already include the common ones it names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    title: Text
    answers: Text
    episodes: Episodes | None = None
    claims: Claims | None = None
    parameters: list[Parameter] = []
    needs: list[list[Name]] = []
    """Groups of parameters, one of which has to be given whole; empty where the query answers without any."""
    columns: list[Column] = Field(min_length=1)
    then: StepName | None = None
    """A step in Python that makes the answer of the rows; see `queries.steps`."""

    def needed(self) -> list[Parameter]:
        """The parameters that are enough for an answer: those required, with the first group that the query needs."""
        group = self.needs[0] if self.needs else []
        return [parameter for parameter in self.parameters if parameter.required or parameter.name in group]

    @model_validator(mode="after")
    def _check(self) -> Self:
        for kind, names in (
            ("parameter", [p.name for p in self.parameters]),
            ("column", [c.name for c in self.columns]),
        ):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(f"{kind} declared twice: {', '.join(sorted(twice))}")
        unknown = {name for group in self.needs for name in group} - {p.name for p in self.parameters}
        if unknown:
            raise ValueError(f"'needs' speaks of {', '.join(sorted(unknown))}, which 'parameters' does not name")
        if self.episodes and self.claims:
            raise ValueError("a query looks at 'episodes' or at 'claims', not at both")
        return self


@cache
def common_parameters() -> dict[str, Parameter]:
    """Parameters that many queries share, by name; a header takes one over by giving its name alone."""
    rows = from_yaml(COMMON_FILE.read_text(encoding="utf-8"))
    return {row["name"]: Parameter(**row) for row in rows}


def read_header(path: Path, text: str) -> tuple[Header, str]:
    """The header of a query file and the query below it.

    Args:
        path: the file, for its comment sign (by its ending), its name and messages.
        text: its content.

    Returns:
        The header, and the query as it goes to the engine, without the header.

    Raises:
        HeaderError: no header, broken YAML, a field wrong or missing, a name unlike the file's, or parameters that
            the query uses and the header does not declare, or the other way round.
    """
    sign = COMMENT[path.suffix]
    lines = text.split("\n")
    fence = f"{sign} ---"
    if lines[0].rstrip() != fence:
        raise HeaderError(path, 1, "no header", f"begin the file with a line '{fence}' and YAML in comment lines")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    if end is None:
        raise HeaderError(path, 1, "the header is not closed", f"add a line '{fence}' below it")
    for number, line in enumerate(lines[1:end], 2):
        if line.rstrip() != sign and not line.startswith(f"{sign} "):
            raise HeaderError(path, number, "a line of the header is no comment", f"begin it with '{sign} '")
    # The empty first line keeps YAML's line numbers those of the file.
    block = "\n".join(["", *(line[len(sign) + 1 :] for line in lines[1:end])])
    header = _parse(path, block)
    body = "\n".join(lines[end + 1 :]).strip() + "\n"
    _check_use(path, header, body, end + 2)
    return header, body


def _parse(path: Path, block: str) -> Header:
    try:
        content = from_yaml(block)
    except yaml.MarkedYAMLError as error:
        quoted = "quoted scalar" in (error.context or "")
        mark = error.context_mark if quoted else error.problem_mark
        line = mark.line + 1 if mark else 1
        raise HeaderError(path, line, f"broken YAML ({error.problem})", "correct the header's YAML") from None
    if not isinstance(content, dict):
        raise HeaderError(path, 2, "the header is no mapping", "write 'name:', 'title:', 'answers:', 'columns:'")
    given = content.get("parameters")
    parameters: list[Any] = given if isinstance(given, list) else []
    for position, row in enumerate(parameters):
        if isinstance(row, str):
            if row not in common_parameters():
                known = ", ".join(common_parameters())
                line = _line(block, ("parameters", position))
                raise HeaderError(
                    path, line, f"'{row}' is no common parameter", f"declare it in full or name one of {known}"
                )
            parameters[position] = common_parameters()[row].model_dump()
    try:
        header = Header.model_validate(content)
    except ValidationError as error:
        first = min(error.errors(), key=lambda item: item["type"] != "extra_forbidden")
        field = ".".join(str(part) for part in first["loc"]) or "header"
        raise HeaderError(path, _line(block, first["loc"]), f"{field}: {first['msg']}", "correct that field") from None
    if header.name != path.stem:
        line = _line(block, ("name",))
        raise HeaderError(path, line, f"name '{header.name}' is not the file's", f"write 'name: {path.stem}'")
    return header


def _line(block: str, loc: tuple[Any, ...]) -> int:
    """The line of the deepest part of a field's path that the header has."""
    node = yaml.compose(block, Loader=yaml.CSafeLoader)
    line = node.start_mark.line + 1 if node else 2
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _check_use(path: Path, header: Header, body: str, first_line: int) -> None:
    used = {match[1]: first_line + body[: match.start()].count("\n") for match in PARAMETER.finditer(body)}
    for parameter in PAGING:
        used.pop(parameter.name, None)
    declared = {parameter.name for parameter in header.parameters}
    if header.episodes:
        used |= dict.fromkeys(PARAMETER.findall(header.episodes.where or ""), 2)
        if header.episodes.beside and header.episodes.beside.only:
            used[header.episodes.beside.only] = 2
        used |= dict.fromkeys(declared & {*FILTERS, *header.episodes.roles, *header.episodes.belonging.values()}, 2)
    if header.claims:
        used |= dict.fromkeys(declared & {"known_on", "as_recorded", *header.claims.roles}, 2)
    if header.then:
        used |= dict.fromkeys(declared & STEPS[header.then].parameters, 2)
        used = {name: line for name, line in used.items() if name not in STEPS[header.then].gives}
    for name in used.keys() - declared:
        raise HeaderError(path, used[name], f"${name} is not declared", "add it to 'parameters'")
    for name in sorted(declared - used.keys()):
        raise HeaderError(path, 2, f"parameter '{name}' is never used", f"use ${name} or take it out of the header")
