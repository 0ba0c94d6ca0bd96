"""What the Reconciliation Service API 0.2 wants of its messages, as JSON Schema stated anew from its text.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ (sections on the manifest, result
batches, suggest and data extension responses, property proposals). Stricter than the text: no other fields.
"""

from __future__ import annotations

from typing import Any

TEXT, WORD = {"type": "string"}, {"type": "string", "minLength": 1}


def record(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": required | optional, "required": list(required), "additionalProperties": False,
    }  # fmt: skip


def array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def by_key(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


NAMED = record({"id": WORD, "name": WORD}, description=TEXT)
TYPE = record({"id": WORD, "name": WORD}, description=TEXT, broader=array(NAMED))
URL = {"type": "string", "pattern": "^https?://"}
TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
PLACE = record({"service_url": URL, "service_path": {"type": "string", "pattern": "^/"}})
MANIFEST = record(
    {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": WORD,
        "identifierSpace": URL,
        "schemaSpace": URL,
    },
    serviceVersion=TEXT,
    defaultTypes={"type": "array", "items": TYPE, "uniqueItems": True},
    view=record({"url": TEMPLATE}),
    preview=record({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
    suggest=record({}, entity=PLACE, type=PLACE, property=PLACE),
    extend=record({}, propose_properties=PLACE),
    batchSize={"type": "integer", "minimum": 1},
)
CANDIDATE = record(
    {"id": WORD, "name": WORD, "score": {"type": "number"}},
    description=TEXT,
    type=array(NAMED),
    features=array(record({"id": WORD, "value": {"type": ["number", "boolean"]}})),
    match={"type": "boolean"},
)
RESULTS = by_key(record({"result": array(CANDIDATE)}))
SUGGESTIONS = record({"result": array(record({"id": WORD, "name": WORD}, description=TEXT, notable=array(NAMED)))})
VALUE = {"oneOf": [record({"id": WORD, "name": WORD}), record({"str": TEXT})]}
EXTENSION = record(
    {"meta": array(record({"id": WORD, "name": WORD}, type=NAMED)), "rows": by_key(by_key(array(VALUE)))}
)
PROPOSAL = record({"type": TEXT, "properties": array(NAMED)}, limit={"type": "integer"})
