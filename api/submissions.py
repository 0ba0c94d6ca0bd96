"""Articles as clients send them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from graph.articles import digest
from loaders.document import Document, compose_text
from loaders.sources.dates import DateError, parse_date
from loaders.sources.fields import is_web_address

LONGEST = 1_000_000
Words = Annotated[str, StringConstraints(max_length=LONGEST)]
Short = Annotated[str, StringConstraints(max_length=500)]


class Submission(BaseModel):
    """An article: `text`, or any of `title`, `lead` and `body`, which make the text where `text` is missing."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    text: Words | None = Field(
        None, description="The whole text.", examples=["Turkey has signed a contract with Russia for S-400 systems."]
    )
    title: Short | None = Field(None, description="Headline.", examples=["Turkey signs for the S-400"])
    lead: Words | None = Field(None, description="First paragraph, apart.", examples=["Ankara signed on Tuesday."])
    body: Words | None = Field(
        None, description="The text below it.", examples=["Russia will deliver two batteries of the S-400 to Turkey."]
    )
    date: Short | None = Field(
        None, description="When it was published: ISO 8601 or another clear form.", examples=["2017-09-12"]
    )
    url: Annotated[str, StringConstraints(max_length=2000)] | None = Field(
        None, description="Its address; articles with one address are versions of one article.",
        examples=["https://sample-wire.example/turkey-s400"],
    )  # fmt: skip
    outlet: Short | None = Field(None, description="Who publishes it, where there is no URL.", examples=["Sample Wire"])
    id: Short | None = Field(None, description="Your own id of it.", examples=["wire-4711"])
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")] | None = Field(
        None, description="Language code.", examples=["en"]
    )

    @field_validator("*", mode="after")
    @classmethod
    def _storable(cls, value: str | None) -> str | None:
        if value is not None:
            if "\0" in value:
                raise ValueError("holds a NUL character; remove it")
            value.encode()
            return value.replace("\r\n", "\n").replace("\r", "\n")
        return value

    @field_validator("date")
    @classmethod
    def _date(cls, value: str | None) -> str | None:
        try:
            return parse_date(value) if value else None
        except DateError as error:
            raise ValueError(f"{error}; give a day such as 2017-09-12") from None

    @field_validator("url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        if value and not is_web_address(value):
            raise ValueError("give the whole address with https://, or leave it out")
        return value or None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any(map(str.isalnum, self._whole())):
            raise ValueError("there are no words; give 'text', or 'title', 'lead' and 'body'")
        return self

    def _whole(self) -> str:
        return self.text or compose_text(self.title, self.lead, self.body)

    def document(self) -> Document:
        """The article as every source yields it."""
        text = self._whole()
        return Document(
            source_id=self.id or self.url or f"posted-{digest(12, text)}",
            source="posted",
            text=text,
            title=self.title or None,
            lead=self.lead or None,
            url=self.url,
            outlet=self.outlet or None,
            published=self.date,
            language=self.language,
        )
