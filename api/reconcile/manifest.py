"""What the service says of itself: types, and where its parts are."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from graph.model import NODE_BY_LABEL
from graph.rdf_terms import Iris
from graph.vocabulary import ACTOR_LABELS, LABELS

BATCH = 200
"""Queries in one call."""
WIDTH, HEIGHT = 420, 260


class Named(BaseModel):
    """Something with an id and a name."""

    id: str = Field(description="Its id.", examples=["Weapon"])
    name: str = Field(description="Its name.", examples=["weapon"])
    description: str | None = Field(None, description="More of it.", examples=["A model, family or class of weapons."])


class Type(Named):
    """What entities can be."""

    broader: list[Named] | None = Field(
        None, description="What it is a kind of.", examples=[[{"id": "Actor", "name": "Actor"}]]
    )


class Place(BaseModel):
    """Where a part of the service is."""

    service_url: str = Field(description="Address of the service.", examples=["https://graph.example/v1/reconcile"])
    service_path: str = Field(description="Path below it.", examples=["/suggest/entity"])


class View(BaseModel):
    """An address for each entity."""

    url: str = Field(
        description="Address, with `{{id}}` for the id.", examples=["https://graph.example/v1/entities/{{id}}"]
    )


class Preview(View):
    """Where an entity is shown in a small frame."""

    width: int = Field(description="Width in pixels.", examples=[WIDTH])
    height: int = Field(description="Height in pixels.", examples=[HEIGHT])


class Suggest(BaseModel):
    """Addresses at which names are completed."""

    entity: Place = Field(description="Of entities.")
    type: Place = Field(description="Of types.")
    property: Place = Field(description="Of properties.")


class Extend(BaseModel):
    """Where properties of entities are told."""

    propose_properties: Place = Field(description="Lists the properties of a type.")


class Manifest(BaseModel):
    """What the service is and has."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    versions: list[str] = Field(description="Versions of the API.", examples=[["0.2"]])
    name: str = Field(description="Name of the service.", examples=["Embargo"])
    identifier_space: str = Field(
        description="Begins the IRI of entities.", examples=["https://embargo.example/entity/"]
    )
    schema_space: str = Field(description="Begins the IRI of types.", examples=["https://embargo.example/ontology/"])
    service_version: str = Field(description="Version of Embargo.", examples=["0.1.0"])
    default_types: list[Type] = Field(description="All types.")
    view: View = Field(description="Where an entity is shown.")
    preview: Preview = Field(description="Where it is shown in a small frame.")
    suggest: Suggest = Field(description="Where names are completed.")
    extend: Extend = Field(description="Where properties are told.")
    batch_size: int = Field(description="Queries in one call.", examples=[BATCH])


@cache
def types() -> dict[str, Type]:
    """Every type by its id: the labels of entities, and Actor above those that act."""
    actor = _type("Actor")
    return {"Actor": actor} | {
        label: _type(label, [Named(id=actor.id, name=actor.name)] if label in ACTOR_LABELS else None)
        for label in LABELS
    }


def _type(label: str, broader: list[Named] | None = None) -> Type:
    return Type(id=label, name=label, description=NODE_BY_LABEL[label].doc, broader=broader)


def manifest(root: str, base_iri: str) -> Manifest:
    """The service's manifest.

    Args:
        root: address of the service.
        base_iri: begins every IRI of the RDF.
    """
    here, iris = f"{root}/v1/reconcile", Iris(base_iri)
    suggest = {kind: Place(service_url=here, service_path=f"/suggest/{kind}") for kind in Suggest.model_fields}
    return Manifest(
        versions=["0.2"],
        name="Embargo: actors, weapons and instruments",
        identifier_space=str(iris.entity("")),
        schema_space=str(iris.term("")),
        service_version=version("embargo"),
        default_types=list(types().values()),
        view=View(url=f"{root}/id/entity/{{{{id}}}}"),
        preview=Preview(url=f"{here}/preview?id={{{{id}}}}", width=WIDTH, height=HEIGHT),
        suggest=Suggest(**suggest),
        extend=Extend(propose_properties=Place(service_url=here, service_path="/properties")),
        batch_size=BATCH,
    )
