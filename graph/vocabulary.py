"""The words of the domain: frames, predicates, stages, assertions. Declared once; everything else refers here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Phase = Literal["proposed", "committed", "actual", "stopped"]
Stage = Literal[
    "threatened", "demanded", "considered", "planned", "approved", "agreed", "ongoing", "completed",
    "suspended", "refused", "ended",
]  # fmt: skip
Assertion = Literal["asserted", "alleged", "denied", "conditional"]
Basis = Literal["stated", "relative", "publication", "before"]
Scope = Literal["state", "sector", "group", "persons", "entity"]
Mode = Literal["sale", "aid", "loan", "licence", "smuggling", "second-hand", "re-export"]
WeaponKind = Literal["model", "family", "class"]
InstrumentKind = Literal[
    "statute", "executive-order", "resolution", "regulation", "list", "treaty", "programme", "regime"
]  # fmt: skip
ActorLabel = Literal["Country", "Organization", "Company", "ArmedGroup", "Person"]
Label = Literal["Country", "Organization", "Company", "ArmedGroup", "Person", "Weapon", "Instrument"]
Frame = Literal[
    "transfer",
    "sanction",
    "exclude",
    "develop",
    "test",
    "deploy",
    "use",
    "treaty",
    "stance",
    "meeting",
    "background",
]

PHASES: tuple[Phase, ...] = get_args(Phase)
STAGES: tuple[Stage, ...] = get_args(Stage)
ASSERTIONS: tuple[Assertion, ...] = get_args(Assertion)
ACTOR_LABELS: tuple[ActorLabel, ...] = get_args(ActorLabel)
LABELS: tuple[Label, ...] = get_args(Label)

PHASE_OF: dict[Stage, Phase] = {
    "threatened": "proposed", "demanded": "proposed", "considered": "proposed",
    "planned": "committed", "approved": "committed", "agreed": "committed",
    "ongoing": "actual", "completed": "actual",
    "suspended": "stopped", "refused": "stopped", "ended": "stopped",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb of the graph: which frame it belongs to, what its ends are and which roles they play."""

    name: str
    frame: Frame
    object: Literal["Actor", "Weapon", "Instrument"]
    subject_role: str
    """The frame's role that the subject fills: supplier, recipient, sender, actor …"""
    object_role: str
    """The frame's role that the object fills: weapon, target, instrument …"""


def _predicates(
    *rows: tuple[str, Frame, Literal["Actor", "Weapon", "Instrument"], str, str],
) -> dict[str, Predicate]:
    return {row[0]: Predicate(*row) for row in rows}


PREDICATES: dict[str, Predicate] = _predicates(
    ("purchases", "transfer", "Weapon", "recipient", "weapon"),
    ("receives", "transfer", "Weapon", "recipient", "weapon"),
    ("supplies", "transfer", "Weapon", "supplier", "weapon"),
    ("sanctions", "sanction", "Actor", "sender", "target"),
    ("excludes", "exclude", "Actor", "sender", "target"),
    ("develops", "develop", "Weapon", "actor", "weapon"),
    ("tests", "test", "Weapon", "actor", "weapon"),
    ("deploys", "deploy", "Weapon", "actor", "weapon"),
    ("uses", "use", "Weapon", "actor", "weapon"),
    ("signs", "treaty", "Instrument", "actor", "instrument"),
    ("withdraws_from", "treaty", "Instrument", "actor", "instrument"),
    ("violates", "treaty", "Instrument", "actor", "instrument"),
    ("complies_with", "treaty", "Instrument", "actor", "instrument"),
    ("opposes", "stance", "Actor", "actor", "target"),
    ("supports", "stance", "Actor", "actor", "target"),
    ("threatens", "stance", "Actor", "actor", "target"),
    ("meets", "meeting", "Actor", "actor", "target"),
    ("member_of", "background", "Actor", "actor", "target"),
    ("leads", "background", "Actor", "actor", "target"),
)
