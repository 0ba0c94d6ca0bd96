"""A story as data: episodes, their steps in order, what is said to be the cause, and the articles that it rests on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from graph.vocabulary import Assertion, Frame, Phase, Stage

EPISODE_ID = "sanction/USA/TUR/2019-03-05/caatsa"
Certainty = Literal["yes", "possibly", "unknown", "alleged", "denied", "conditional"]


class When(BaseModel):
    """A day, or the days between which it was."""

    first: str | None = Field(description="First day possible; null where open.", examples=["2020-12-14"])
    last: str | None = Field(description="Last day possible.", examples=["2020-12-14"])
    text: str = Field(description="The same in words, no more exact than what is known.", examples=["14 December 2020"])
    reported: bool = Field(
        False, description="True where no article dates it: it is the day of the first report.", examples=[False]
    )


class Begin(BaseModel):
    """When an episode reached a phase, or was suspended; in the order of time."""

    phase: Phase | Literal["suspended"] = Field(description="What began then.", examples=["proposed"])
    when: When = Field(description="Day, or days between which it was.")


class StoryEpisode(BaseModel):
    """One deal, one round of sanctions, one test."""

    id: str = Field(description="Id of the episode.", examples=[EPISODE_ID])
    title: str = Field(description="What it is about.", examples=["US sanctions on Turkey (CAATSA)"])
    frame: Frame = Field(description="Kind of event.", examples=["sanction"])
    status: str = Field(description="Where it stands as far as known.", examples=["actual"])
    certainty: Certainty = Field(
        description="Whether it falls into the period, and held on the day asked about.", examples=["yes"]
    )
    begins: list[Begin] = Field(description="When it reached its phases. Only what is asserted counts.")
    until: When | None = Field(description="When it ended; null where no end was reported.")
    expected: str | None = Field(
        description="Promised date, still ahead when it was reported.", examples=["2021-06-30"]
    )
    support: int = Field(description="Independent origins that assert it.", examples=[2])
    denials: int = Field(description="Independent origins that report a denial.", examples=[0])
    first_reported: str | None = Field(description="Day of its first report.", examples=["2019-03-05"])
    last_reported: str | None = Field(
        description="Day of its last report: nobody is known to have confirmed it later.", examples=["2020-12-15"]
    )


class Citation(BaseModel):
    """Words of an article, as they stand in it."""

    quote: str = Field(description="The words.", examples=["CAATSA sanctions on Turkey were announced on Monday."])
    speaker: str | None = Field(
        description="Who says so; null where it is the outlet's own voice.", examples=["Mike Pompeo"]
    )
    source: int = Field(description="Number of the article in `sources`.", examples=[1])


class Step(BaseModel):
    """One step of one episode, however many articles tell it."""

    number: int = Field(description="Its place in the story, from 1.", examples=[4])
    when: When = Field(description="When it happened.")
    planned_for: When | None = Field(description="The day that it is planned for, where that was still ahead.")
    text: str = Field(
        description="What happened, in words.",
        examples=["The United States imposed sanctions on Turkey under CAATSA"],
    )
    frame: Frame = Field(description="Kind of event.", examples=["sanction"])
    stage: Stage = Field(description="Stage told.", examples=["completed"])
    assertion: Assertion = Field(
        description="Whether it is stated as fact, alleged, denied, or said of what would be.", examples=["asserted"]
    )
    certainty: Certainty = Field(description="Whether it falls into the period.", examples=["yes"])
    support: int = Field(description="Independent origins that tell it.", examples=[2])
    origins: list[str] = Field(description="These origins.", examples=[["alpha.example", "beta.example"]])
    speakers: list[str] = Field(description="Names of those who say so.", examples=[["Mike Pompeo"]])
    citations: list[Citation] = Field(description="Its words, one an origin, the first reports first.")
    episode: str = Field(description="Id of its episode.", examples=[EPISODE_ID])
    claims: list[str] = Field(description="Ids of its claims.", examples=[["5b160bb2a3b997ef78d9"]])


class SaidCause(BaseModel):
    """What an article gives as the cause of a step."""

    step: int = Field(description="Number of the step.", examples=[4])
    effect: str = Field(
        description="The step in words.", examples=["The United States imposed sanctions on Turkey under CAATSA"]
    )
    assertion: Assertion = Field(description="How the step itself is told.", examples=["asserted"])
    cause: str = Field(
        description="The cause in words: another statement of that article, its own words in quotation marks, or the "
        "weapon over which it is said to be.",
        examples=["Turkey bought the S-400 from Russia"],
    )
    support: int = Field(description="Independent origins that give this cause.", examples=[1])
    citations: list[Citation] = Field(description="The words.")


class DealBefore(BaseModel):
    """A deal that came before a sanction."""

    episode: str = Field(description="Id of the deal.", examples=["transfer/RUS/TUR/s-400/2017-09-12"])
    title: str = Field(description="What it is about.", examples=["Russia – Turkey: S-400"])
    days_min: int = Field(description="Least number of days between.", examples=[323])
    days_max: int = Field(description="Greatest number of days between.", examples=[323])


class MerelyAfter(BaseModel):
    """A sanction that came within two years after deals of the one it hit, while no article says why it came."""

    episode: str = Field(description="Id of the round of sanctions.", examples=[EPISODE_ID])
    effect: str = Field(description="What it is about.", examples=["US sanctions on Turkey"])
    act: Literal["threatened", "imposed"] = Field(description="What came after.", examples=["imposed"])
    when: When = Field(description="When that was.")
    deals: list[DealBefore] = Field(description="The deals before it, the nearest first, at most five.")
    more: int = Field(description="Deals left out.", examples=[0])


class Source(BaseModel):
    """An article that the story quotes."""

    number: int = Field(description="Its number, from 1, in order of publication.", examples=[1])
    article: str = Field(description="Id of the article.", examples=["6f96311dd925b9a7"])
    outlet: str | None = Field(description="Name of the outlet.", examples=["alpha.example"])
    title: str | None = Field(description="Headline.", examples=["Turkey signs for the S-400"])
    published: str | None = Field(description="Day of publication.", examples=["2020-12-15"])
    url: str | None = Field(description="Address; null where it is no web address.", examples=["https://a.example/1"])
    origin: str = Field(description="Whose report it is, if others copied it.", examples=["alpha.example"])


class Story(BaseModel):
    """The course of an episode, of one actor, weapon or instrument, or of a pair. Texts come from articles: show them
    as text, never as markup."""

    title: str = Field(description="Who or what it is about.", examples=["United States and Turkey"])
    parameters: dict[str, str] = Field(
        description="Parameters as they were understood, names as ids; `episode` where that is what was asked for.",
        examples=[{"a": "USA", "b": "TUR", "known_on": "2021-09-30"}],
    )
    undated: int = Field(
        description="Claims left out with `known_on` because nobody knows when they were published.", examples=[0]
    )
    truncated: bool = Field(description="Whether there are more episodes or steps than the limit.", examples=[False])
    episodes: list[StoryEpisode] = Field(description="The episodes, by their begin.")
    steps: list[Step] = Field(description="Their steps in the order of events, not of reports.")
    said_causes: list[SaidCause] = Field(description="What articles give as the cause.")
    merely_after: list[MerelyAfter] = Field(
        description="Sanctions that merely came after deals. Nobody says that these are the cause."
    )
    sources: list[Source] = Field(description="The articles quoted.")
