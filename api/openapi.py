"""The service's description: adds words and examples to the contracts' models, which are declared outside of `api`."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.problems import Problem, responses
from graph.articles import article_id, text_sha256
from graph.claims import Mention, Qualifiers, Quote, make_claim
from graph.model import NODE_BY_LABEL
from queries.reader import stored_queries

TEXT = "Ankara signed a contract with Moscow for two S-400 batteries on Tuesday."
URL = "https://sample-wire.example/turkey-s400"
ARTICLE = article_id(URL, None, None, None, TEXT)
TURKEY = Mention(id="TUR", name="Turkey", label="Country", text="Ankara", start=0, end=6)
RUSSIA = Mention(id="RUS", name="Russia", label="Country", text="Moscow", start=30, end=36)
S400 = Mention(id="s-400", name="S-400", label="Weapon", text="S-400", start=45, end=50)
CLAIM = make_claim(
    article="wire-4711",
    article_id=ARTICLE,
    subject=TURKEY,
    predicate="purchases",
    object=S400,
    qualifiers=Qualifiers(supplier=RUSSIA, quantity_min=2, quantity_max=2, unit="battery", quantity_text="two"),
    stage="agreed",
    assertion="asserted",
    speaker=None,
    event_date="2017-09-12",
    date_from="2017-09-12",
    date_to="2017-09-12",
    basis="relative",
    published="2017-09-12",
    evidence=[Quote(start=0, end=len(TEXT), quote=TEXT)],
    confidence=0.93,
    extractor="rules",
    extractor_version="1",
).model_dump(mode="json")
DEMIR = {"id": "ismail-demir", "name": "İsmail Demir", "label": "Person", "text": "İsmail Demir", "start": 0, "end": 12}
FIGHTER = {"id": "class/fighter-aircraft", "name": "fighter aircraft", "label": "Weapon"}
STATE = {"id": "TUR", "name": "Turkey", "label": "Country"}
CAATSA = {"id": "caatsa", "name": "Countering America's Adversaries Through Sanctions Act", "label": "Instrument"}
PROGRAMME = {"id": "f-35-programme", "name": "F-35 programme", "label": "Instrument"}
QUERY = stored_queries()["transfers"].header.model_dump()

EXAMPLES: dict[str, dict[str, Any]] = {
    "Claim": CLAIM | {"speaker": DEMIR},
    "Entity": STATE,
    "Mention": DEMIR | {"office": "head of arms procurement", "speaks_for": STATE, "of_class": FIGHTER},
    "Quote": CLAIM["evidence"][0],
    "Qualifiers": {
        "supplier": RUSSIA.model_dump(), "recipient": TURKEY.model_dump(), "weapon": S400.model_dump(),
        "target": TURKEY.model_dump(), "instrument": CAATSA, "programme": PROGRAMME, "agent": DEMIR,
        "stopped_by": RUSSIA.model_dump(), "measure": "asset freeze", "scope": "persons",
        "target_detail": "defence officials", "quantity_min": 2, "quantity_max": 2, "unit": "battery",
        "quantity_text": "two", "value": 2.5e9, "currency": "USD", "value_scope": "package", "batch": 1,
        "round": "new", "partial": True, "reason": "purchase of the S-400", "mode": "sale", "place": "Ankara",
        "topic": "the S-400", "role": "member", "since": "1952", "until": "2020", "notified": "2019-02-02",
        "effective": "2019-08-02", "because_of": [CLAIM["id"]],
    },
    "Article": {
        "id": ARTICLE, "source_id": "wire-4711", "source": "articles.jsonl", "url": URL,
        "outlet": "sample-wire.example", "credited": "other-agency.example",
        "title": "Turkey signs for the S-400", "text": TEXT, "published": "2017-09-12",
        "modified": "2017-09-13", "language": "en", "sha256": text_sha256(TEXT), "sketch": None,
    },
    "Parameter": {
        "name": "from", "type": "period_start", "doc": "Only what can have happened on or after this day.",
        "default": None, "example": "2015", "required": False, "values": ["actual", "ended"],
        "most": 4,
    },
    "Column": QUERY["columns"][0],
}  # fmt: skip
WORDS: dict[str, dict[str, str]] = {
    "Claim": {
        "article": "The input's own id of the article.",
        "article_id": "Id of the article.",
        "subject": "Who; null only where the sender of a sanction or exclusion is not named.",
        "object": "Whom or what.",
        "qualifiers": "The other roles, and the details.",
        "speaker": "Who says so; null where the outlet does.",
        "evidence": "The words that it was read from.",
    },
    "Entity": {"id": "Id of the node.", "name": "Its name.", "label": "What it is."},
    "Mention": {
        "id": "Id of the node.",
        "name": "Its name.",
        "label": "What it is.",
        "text": "The words that it was read from.",
        "start": "First code point of the words in the article's text.",
        "end": "Code point after them.",
        "office": "Office held on the article's date, of a person.",
        "speaks_for": "State or body that a speaker speaks for.",
        "of_class": "Class that the words give to a weapon which the catalogue does not know.",
    },
    "Quote": {
        "start": "First code point in the article's text.",
        "end": "Code point after the last.",
        "quote": "The words: `text[start:end]`.",
    },
    "Qualifiers": {
        "supplier": "Who supplies the weapon.",
        "recipient": "Who gets it.",
        "weapon": "The weapon that it is about.",
        "target": "At whom or what it is aimed.",
        "instrument": "Statute, order, resolution or treaty under which it is done.",
        "programme": "Programme or body that somebody is excluded from.",
        "agent": "Organ or person acting for the subject.",
        "stopped_by": "Who or what stopped it.",
    },
    "Article": {
        "outlet": "Domain of the URL, else a slug of the outlet's name.",
        "sketch": "What tells copies of the text; only where that is not kept.",
        "text": "The text that offsets of claims count in, by code points.",
    },
    "Parameter": {
        "name": "Its name.",
        "type": "Its type; of an entity any name does.",
        "doc": "What it does.",
        "default": "What counts if it is left out.",
        "example": "A value that it takes.",
        "required": "Whether it must be given.",
        "values": "The words that it takes, of type `choice`.",
        "most": "The largest number that it takes, of type `integer`; null for any.",
    },
    "Column": {"name": "Its name.", "doc": "What it holds."},
}


AT_THE_DOOR = responses(429)[429] | {
    "description": "What any request may meet: a wrong key (401), too large or too slow (408, 413, 414, 431), "
    "too many (429), or the service cannot answer now (503).",
}

LOCAL = (("/v1/cypher", "post"), ("/metrics", "get"))
"""What needs a key from other machines only."""
NOT_MODIFIED = {"description": "It is still the one with this ETag, or has not changed since."}


def install_openapi(app: FastAPI) -> None:
    """Makes the app's description complete: every field and error with words and an example."""
    generate = app.openapi
    for route in app.routes:
        if isinstance(route, APIRoute) and route.operation_id is None:
            # What generated clients call it: the framework's own choice changes with the address.
            route.operation_id = route.name

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = generate()
            schemas = described["components"]["schemas"]
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas |= problem.pop("$defs")
            schemas["Problem"] = problem
            for name, examples in EXAMPLES.items():
                _describe(name, schemas[name]["properties"], examples)
            for methods in described["paths"].values():
                for method, operation in methods.items():
                    if method == "get":
                        operation["responses"].setdefault("304", NOT_MODIFIED)
                    operation["responses"]["default"] = AT_THE_DOOR
            for path, method in LOCAL:
                described["paths"][path][method]["security"].append({})
            app.openapi_schema = described
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it


def _describe(name: str, properties: dict[str, Any], examples: dict[str, Any]) -> None:
    node = NODE_BY_LABEL.get("Claim" if name == "Qualifiers" else name)
    declared = {item.name: item.doc for item in node.properties} if node else {}
    for field, schema in properties.items():
        schema["description"] = WORDS[name].get(field) or declared[field]
        schema["examples"] = [examples[field]]
