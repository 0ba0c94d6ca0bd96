"""The story of a pair, of one actor or weapon, of an episode: what it tells, and what it must not."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from graph.claims import Mention, Quote, make_claim
from graph.store import Store
from graph.vocabulary import PREDICATES, STAGES
from graph.writer import Writer
from queries.names import UnknownNameError
from queries.parameters import ParameterError
from queries.runner import run
from queries.story import Story, build, build_story
from queries.story.causes import quoted, said_causes
from queries.story.dates import words
from queries.story.evidence import CITED, Sources, Telling
from queries.story.lanes import lanes
from queries.story.markdown import markdown
from queries.story.model import Begin, Citation, Source, Step, StoryEpisode, When
from queries.story.picture import NotInstalledError, PictureError, picture
from queries.story.terminal import print_story
from queries.story.wording import sentence
from tests.queries.fixtures import mention, says
from tests.queries.fixtures import tell as story
from tests.queries.world import filled

Tell = Callable[..., Story]


@pytest.fixture
def tell(store: Store) -> Tell:
    """`tell("USA", "TUR", at="2018-09-01")` gives the story."""

    def build(a: str, b: str | None = None, **more: Any) -> Story:
        return build_story(store, {"a": a, "b": b} | more)

    return build


def test_the_course_of_a_pair_in_the_order_of_events(tell: Tell) -> None:
    told = tell("United States", "Turkey", **{"from": "2018-11", "to": "2020"})
    magnitsky = "sanctions on Turkey under the Global Magnitsky Act"
    caatsa = "sanctions on Turkey under the Countering America's Adversaries Through Sanctions Act over the S-400"
    assert [(step.when.text, step.assertion, step.text) for step in told.steps] == [
        ("2 November 2018", "asserted", f"The United States lifted its {magnitsky}"),
        ("5 March 2019", "asserted", f"The United States threatened to impose {caatsa}"),
        ("7 June 2019", "asserted", "The United States threatened to exclude Turkey from the F-35 programme"),
        ("17 July 2019", "asserted", "The United States excluded Turkey from the F-35 programme"),
        ("17 July 2019", "denied", "The United States excluded Turkey from the F-35 programme"),
        ("14 October 2019", "asserted", "The United States imposed sanctions on Turkey under Executive Order 13894"),
        ("23 October 2019", "asserted", "The United States lifted its sanctions on Turkey under Executive Order 13894"),
        ("14 December 2020", "asserted", f"The United States imposed {caatsa} (“officials”)"),
    ]  # fmt: skip
    assert [step.number for step in told.steps] == list(range(1, 9))
    assert [step.speakers for step in told.steps if step.assertion == "denied"] == [["Recep Tayyip Erdoğan"]]
    assert tell("Turkey", "USA").steps == tell("USA", "Turkey").steps


def test_sources_are_counted_once_and_cited(tell: Tell) -> None:
    """Three articles in two outlets bring one wire story, and one text is one source."""
    [step] = [step for step in tell("Russia", "Turkey").steps if step.stage == "completed"]
    assert (step.support, len(step.origins)) == (1, 1)
    assert (len(step.claims), len(step.citations)) == (3, 1)
    told = tell("Russia", "Turkey")
    sources = {source.number: source for source in told.sources}
    assert [source.published for source in told.sources] == sorted(source.published or "" for source in told.sources)
    for step in told.steps:
        for one in step.citations:
            assert sources[one.source].url and sources[one.source].title
    assert {one.source for step in told.steps for one in step.citations} == set(sources)


@pytest.mark.parametrize(
    ("a", "b", "stage", "text", "reported"),
    [
        ("Turkey", "Russia", "planned", "26 September 2021", True),  # no date told: that of the report
        ("India", "Russia", "completed", "1 to 20 December 2021", False),  # "this month", told on the 20th
        ("EU", "Myanmar", "completed", "2018", False),
        ("North Korea", None, "ongoing", "by 5 May 2020", False),  # "already under sanctions"
        ("Iran", "Russia", "ongoing", "1 to 11 July 2022", False),
    ],
)
def test_no_date_is_more_exact_than_told(
    tell: Tell, a: str, b: str | None, stage: str, text: str, reported: bool
) -> None:
    [step] = [step for step in tell(a, b).steps if step.stage == stage]
    assert (step.when.text, step.when.reported) == (text, reported)


def test_what_is_planned_keeps_its_day(tell: Tell) -> None:
    [step] = [step for step in tell("Russia", "Egypt").steps if step.stage == "planned"]
    assert (step.when.text, step.when.reported) == ("18 March 2019", True)
    assert step.planned_for and step.planned_for.text == "30 June 2020"


def test_a_cause_is_told_apart_from_what_came_before(tell: Tell) -> None:
    told = tell("USA", "Turkey")
    assert {(told.steps[one.step - 1].when.text, one.cause) for one in told.said_causes} == {
        ("5 March 2019", "the S-400"), ("14 December 2020", "the S-400"),
    }  # fmt: skip
    assert [(one.when.text, one.act, one.deals[0].title, one.deals[0].days_max) for one in told.merely_after] == [
        ("1 August 2018", "imposed", "S-400 from Russia to Turkey (batch 1)", 323),
        ("26 September 2021", "threatened", "S-400 from Russia to Turkey (batch 2)", 0),
    ]
    explained = {told.steps[one.step - 1].episode for one in told.said_causes}
    assert explained.isdisjoint(one.episode for one in told.merely_after)
    assert {one.frame for one in told.episodes if one.id in explained} == {"sanction"}


def test_sanctions_of_others_hide_none_of_the_pair_told(tmp_path: Path) -> None:
    """However many of them came after however many deals, and before those of the pair."""
    many = range(1, 34)
    deals = [says("TUR", "purchases", "s-400", "completed", "2018-01-10", supplier="RUS", batch=one) for one in many]
    others = [says("eu", "sanctions", "TUR", "completed", f"2018-03-{one % 28 + 1:02}", round=one) for one in many]
    own = says("USA", "sanctions", "TUR", "completed", "2018-08-01")
    stories = [
        story(f"story-{number}", "paper.example", "2018-09-01", f"Words of story {number}.", one)
        for number, one in enumerate([*deals, *others, own])
    ]
    with filled(f"embedded:{tmp_path}", until="") as store:
        Writer(store).write([(one.article, one.claims) for one in stories])
        [after] = build_story(store, {"a": "USA", "b": "TUR"}).merely_after
        assert len(run(store, "deals_that_drew_sanctions", {"buyer": "TUR"}).rows) == 1000
    assert (after.when.text, len(after.deals) + after.more) == ("1 August 2018", len(deals))


def test_who_alone_gives_a_cause_is_a_source_too() -> None:
    """Though the words of a step are quoted from earlier reports."""
    told = [
        Telling(
            claim=f"{day}", day=f"2020-01-0{day}", quote="the words",
            reason="its missiles" if day == CITED + 1 else None,
            article=f"{day}", title=None, url=None, outlet=None, origin=f"paper {day}", speaker=None,
            over=None, over_name=None, causes=[],
        )
        for day in range(1, CITED + 2)
    ]  # fmt: skip
    sources = Sources(quoted(told, {}))
    [step] = quoting("the words").steps
    step = step.model_copy(update={"claims": [telling.claim for telling in told]})
    [cause] = said_causes([step], {telling.claim: telling for telling in told}, {}, sources)
    assert (cause.cause, [citation.source for citation in cause.citations]) == ("“its missiles”", [CITED + 1])
    assert [source.article for source in sources.listed] == [telling.article for telling in told]


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ({"at": "2018-09-01"}, ["Sanctions by United States on Turkey (Global Magnitsky Act) – asset freeze"]),
        ({"at": "2019-07-16"}, []),  # threatened only
        ({"at": "2019-10-20"}, ["Exclusion of Turkey from F-35 programme by United States",
                                "Sanctions by United States on Turkey (Executive Order 13894)"]),
        ({"known_on": "2018-08-01"}, ["Sanctions by United States on Turkey (Global Magnitsky Act) – asset freeze"]),
        ({"from": "2021"}, ["Sanctions by United States on Turkey"]),
    ],
)  # fmt: skip
def test_days_mean_what_they_mean_elsewhere(tell: Tell, given: dict[str, str], titles: list[str]) -> None:
    assert [one.title for one in tell("USA", "Turkey", **given).episodes] == titles


def test_what_could_be_known_on_a_day(tell: Tell) -> None:
    told = tell("USA", "Turkey", known_on="2019-07-11")
    assert [step.stage for step in told.steps] == ["completed", "ended", "threatened", "threatened"]
    assert {one.title.split()[0]: one.status for one in told.episodes[1:]} == {
        "Sanctions": "proposed", "Exclusion": "proposed",
    }  # fmt: skip
    assert max(source.published or "" for source in told.sources) <= "2019-07-11"


def test_a_weapon_and_an_episode_have_stories_too(tell: Tell) -> None:
    told = tell("SA-21")
    assert told.title == "S-400"
    assert {one.title for one in told.episodes if one.frame == "transfer"} == {
        "S-400 from Russia to Turkey (batch 1)", "S-400 from Russia to Turkey (batch 2)", "S-400 from Russia to India",
    }  # fmt: skip
    deal = next(one for one in told.episodes if one.title.endswith("India"))
    assert tell(deal.id).episodes == [deal]
    assert tell(deal.id).title == deal.title
    assert [begin.when.text for begin in deal.begins] == ["5 October 2018", "1 to 20 December 2021"]


@pytest.mark.parametrize(
    ("params", "error", "words"),
    [
        ({"b": "Turkey"}, ParameterError, "parameter 'a': is missing"),
        ({"a": "Turkey", "colour": "red"}, ParameterError, "a story does not take it"),
        ({"a": "Turkey", "b": "TUR"}, ParameterError, "'b': is the same as 'a'; leave it out"),
        ({"a": "sanction/eu/USA/2003-11-10", "b": "Turkey"}, ParameterError, "an episode has its parties already"),
        ({"a": "Turkey", "at": "2019"}, ParameterError, "no date of the form YYYY-MM-DD"),
        ({"a": "Turky"}, UnknownNameError, "did you mean"),
    ],
)
def test_what_is_wrong_is_told(store: Store, params: dict[str, str], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        build_story(store, params)


def test_a_story_that_is_cut_says_so(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not tell("USA", "Turkey").truncated
    monkeypatch.setattr(build, "MOST_STEPS", 3)
    told = tell("USA", "Turkey")
    assert (told.truncated, len(told.steps)) == (True, 3)
    assert "cut at the limit" in markdown(told)


def test_steps_of_episodes_that_are_left_out_take_no_room(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tell("USA", "Turkey")
    monkeypatch.setattr(build, "MOST_EPISODES", 2)
    shown = {episode.id for episode in tell("USA", "Turkey").episodes}
    wanted = [step.text for step in whole.steps if step.episode in shown]
    monkeypatch.setattr(build, "MOST_STEPS", len(wanted))
    assert [step.text for step in tell("USA", "Turkey").steps] == wanted


# What a picture draws


def test_bars_go_from_phase_to_phase(tell: Tell) -> None:
    [mistral] = lanes(tell("France", "Russia"))
    assert [(bar.phase, bar.start, bar.end, bar.sure) for bar in mistral.bars] == [
        ("committed", date(2011, 6, 17), date(2014, 11, 25), True),
        ("suspended", date(2014, 11, 25), date(2015, 8, 5), True),
    ]
    assert (mistral.ended, mistral.unheard) == (date(2015, 8, 5), None)


def test_uncertain_days_are_bars_of_their_own(tell: Tell) -> None:
    [lane] = lanes(tell("India", "Russia"))
    assert [(bar.phase, bar.start, bar.end, bar.sure) for bar in lane.bars] == [
        ("committed", date(2018, 10, 5), date(2021, 12, 1), True),
        ("actual", date(2021, 12, 1), date(2021, 12, 20), False),
        ("actual", date(2021, 12, 20), date(2021, 12, 20), True),
    ]
    assert lane.unheard is None  # a delivery need not be confirmed for ever


def test_a_phase_reached_after_the_period_ends_the_one_before(tell: Tell) -> None:
    """Else what was threatened in the period would be drawn, and told, as only threatened to this day."""
    [caatsa] = [one for one in lanes(tell("USA", "Turkey", to="2019-03")) if one.episode.status == "actual"]
    assert [(mark.first, mark.assertion) for mark in caatsa.marks] == [(date(2019, 3, 5), "asserted")]
    assert [(begin.phase, begin.when.text) for begin in caatsa.episode.begins] == [
        ("proposed", "5 March 2019"),
        ("actual", "14 December 2020"),
    ]
    assert [(bar.phase, bar.start) for bar in caatsa.bars] == [
        ("proposed", date(2019, 3, 5)),
        ("actual", date(2020, 12, 14)),
    ]


def test_the_axis_tells_the_year_however_short_the_time(tell: Tell) -> None:
    told = tell("USA", "Turkey")
    short = told.model_copy(update={"episodes": told.episodes[:1], "steps": [], "sources": [], "title": ""})
    texts = re.findall("<!-- (.+?) -->", picture(short, "svg").decode())  # its letters are drawn, with the text beside
    assert {"Aug", "Sep", "2018"} <= set(texts)


def test_rumours_and_open_ends(tell: Tell) -> None:
    claimed, admitted = lanes(tell("Iran", "Russia"))
    assert (claimed.bars, [mark.assertion for mark in claimed.marks]) == ([], ["alleged", "denied"])
    assert [mark.assertion for mark in admitted.marks] == ["asserted"]
    [caatsa] = lanes(tell("USA", "India"))
    assert (caatsa.ended, caatsa.unheard) == (None, date(2019, 6, 14))


def test_pictures_are_files_that_stay_the_same(tell: Tell) -> None:
    told = tell("USA", "Turkey")
    svg = picture(told, "svg")
    assert svg == picture(told, "svg")
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert picture(told, "png").startswith(b"\x89PNG")


def test_what_hits_a_states_officials_is_told_where_that_is_wanted(tell: Tell) -> None:
    def hit(told: Story) -> set[str]:
        return {step.episode.split("/")[2] for step in told.steps if step.frame == "sanction"}

    alone, whole = tell("United States", "Turkey"), tell("United States", "Turkey", roll_up=True)
    assert (hit(alone), hit(whole)) == ({"TUR"}, {"TUR", "ismail-demir"})
    assert "with their companies, bodies and people" in markdown(whole)
    assert whole.parameters["roll_up"] == "true"
    assert alone == tell("United States", "Turkey", roll_up=False)


def test_no_picture_without_dates_or_matplotlib(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tell("Poland", "Eswatini")
    with pytest.raises(PictureError, match="nothing to draw"):
        picture(empty, "png")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(NotInstalledError, match="extra 'picture'"):
        picture(tell("USA", "Turkey"), "svg")
    assert "Nothing in the graph tells of this" in markdown(empty)
    assert "Nothing in the graph tells of this" in terminal(empty)


# Words


@pytest.mark.parametrize("predicate", PREDICATES)
def test_every_statement_has_words(predicate: str) -> None:
    what = {"Actor": "TUR", "Weapon": "class/anti-tank-missile", "Instrument": "caatsa"}[PREDICATES[predicate].object]
    senders: dict[str, Mention | None] = {"The United States": mention("USA")}
    senders |= {"An unnamed party": None} if PREDICATES[predicate].frame in ("sanction", "exclude") else {}
    for begin, subject in senders.items():
        told: dict[str, str] = {}
        for stage in STAGES:
            claim = make_claim(
                article="a", article_id="0" * 16, subject=subject, predicate=predicate, object=mention(what),
                stage=stage, assertion="asserted", evidence=[Quote(start=0, end=1, quote="x")], confidence=1,
                extractor="test", extractor_version="1",
            )  # fmt: skip
            words = sentence(claim)
            assert words.startswith(f"{begin} ") and mention(what).name in words and "{" not in words, words
            assert told.setdefault(words, claim.phase) == claim.phase, words


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2020-12-14", "2020-12-14", "14 December 2020"),
        ("2020-12-01", "2020-12-31", "December 2020"),
        ("2020-02-01", "2020-02-28", "1 to 28 February 2020"),  # a leap year
        ("2020-01-01", "2020-12-31", "2020"),
        ("2018-01-01", "2020-12-31", "2018 to 2020"),
        ("2019-06-01", "2019-08-31", "June to August 2019"),
        ("2019-12-01", "2020-02-29", "December 2019 to February 2020"),
        ("2019-07-12", "2019-08-03", "12 July to 3 August 2019"),
        ("2019-12-30", "2020-01-02", "30 December 2019 to 2 January 2020"),
        (None, "2020-05-05", "by 5 May 2020"),
        ("2020-05-05", None, "5 May 2020 or later"),
        (None, None, "undated"),
    ],
)
def test_days_in_words(first: str | None, last: str | None, text: str) -> None:
    assert words(first, last) == text


# What articles say is shown, never obeyed


def terminal(story: Story) -> str:
    written = StringIO()
    print_story(story, Console(file=written, width=100, force_terminal=True, color_system=None, markup=False))
    return written.getvalue()


def quoting(text: str, url: str | None = None) -> Story:
    """A story in which an article has all the words."""
    when = When(first="2020-01-01", last="2020-01-01", text="1 January 2020")
    step = Step(
        number=1, when=when, planned_for=None, text=text, frame="sanction", stage="completed", assertion="alleged",
        certainty="alleged", support=1, origins=[text], speakers=[text], episode="e", claims=["0" * 20],
        citations=[Citation(quote=text, speaker=text, source=1)],
    )  # fmt: skip
    episode = StoryEpisode(
        id="e", title=text, frame="sanction", status="actual", certainty="yes", until=None,
        begins=[Begin(phase="actual", when=when)], expected=None, support=1, denials=0, first_reported="2020-01-01",
        last_reported="2020-03-01",
    )  # fmt: skip
    source = Source(number=1, article="0" * 16, outlet=text, title=text, published="2020-01-01", url=url, origin=text)
    return Story(
        title=text, parameters={}, undated=0, truncated=False, episodes=[episode], steps=[step], said_causes=[],
        merely_after=[], sources=[source],
    )  # fmt: skip


HOSTILE = [
    "<script>alert(1)</script>", "![x](http://evil.example/x.png)", "[click](javascript:alert(1))", "# Heading",
    "a | b", "`code` *bold* _it_ ~~no~~", "1. first", "- item", "\x1b[31mred\x1b[0m\x07", "two\n\n# lines", "&lt;b&gt;",
    "http://evil.example/a www.evil.example", "‮reversed", "$\\frac{1}{0}$ [bold red]rich[/]", "<https://evil.example>",
]  # fmt: skip
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


def seen(source: str) -> tuple[set[str], str]:
    """The kinds of elements that Markdown makes of a text, and the words that a reader sees."""
    tokens = [token for token in MARKDOWN.parse(source) for token in (token, *(token.children or ()))]
    return {token.type for token in tokens}, " ".join(t.content for t in tokens if t.type in ("text", "code_inline"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_they_are(text: str) -> None:
    plain = seen(markdown(quoting("Plain words")))[0]
    kinds, shown = seen(markdown(quoting(text, "javascript:alert(1)")))
    assert kinds <= plain | {"text_special"}, kinds - plain
    out = terminal(quoting(text))
    assert "\x07" not in out and "\x1b[31m" not in out and "‮" not in out
    if text.isprintable():
        assert text.split()[0] in out
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(picture(quoting(text), "svg")).iter()}
    assert tags.isdisjoint({"script", "a", "image", "foreignObject"}) and shown


@given(st.text(min_size=1, max_size=40))
def test_any_words_come_out_as_they_went_in(text: str) -> None:
    tokens = [child for token in MARKDOWN.parse(markdown(quoting(f"x {text}"))) for child in (token.children or ())]
    kinds = {token.type for token in tokens}
    assert kinds <= {"text", "strong_open", "strong_close", "em_open", "em_close", "text_special", "softbreak"}, kinds
    flat = " ".join("".join(char if char.isprintable() else " " for char in f"x {text}").split())
    assert f"“{flat}”" in "".join(token.content for token in tokens)


def test_web_addresses_are_written_so_that_they_end_where_they_end() -> None:
    told = markdown(quoting("x", "https://a.example/<b>?q=a b"))
    assert "<https://a.example/%3Cb%3E?q=a%20b>" in told
