"""Each trap's test fails once the rule of folding that it is about is taken out of the code.

`tests/queries/test_mutations.py` does the same with the rules of the queries.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType
from typing import Any

import pytest

from graph import copies, edges, episodes, partial, sketch, spells, threads
from tests.copies import test_copies
from tests.episodes import test_edges, test_fold, test_partial
from tests.episodes.cases import told

DAY, SANCTION, S400 = test_edges.DAY, test_edges.SANCTION, test_edges.S400

# What is to be so, the module and its rule, what stands in its place, the test that then fails, and what that is given.
MUTATIONS: dict[str, tuple[ModuleType, str, str, Callable[..., None], tuple[Any, ...]]] = {
    "approved is not imposed (G1)": (
        spells, 'HAPPENED = ("ongoing", "completed")', 'HAPPENED = ("ongoing", "completed", "approved")',
        test_edges.test_which_edges_there_are, ([told(SANCTION, "approved", DAY)], []),
    ),
    "a promised date that passes promotes nothing (G1)": (
        threads, 'if day is not None and (date_from or date_to or "") > day:', "if False:",
        test_fold.test_the_promised_date_is_kept, (),
    ),
    "what is denied or alleged moves nothing (G2)": (
        episodes, 'if statement.assertion == "asserted":\n            (_stop', "if True:\n            (_stop",
        test_fold.test_cases, ("nor is what is in force over where its end is denied",),
    ),
    "what is only alleged is no fact (G2)": (
        episodes, "established = own = facts(spell.asserted)", "established = own = facts(everything)",
        test_edges.test_which_edges_there_are,
        ([told(SANCTION, "completed", DAY, assertion="alleged")], ["USA ALLEGED SANCTIONS TUR"]),
    ),
    "a part lifted is not all lifted (G3)": (
        spells, 'stage != "suspended" and not (statement.partial or _to_come(statement))',
        'stage != "suspended" and not _to_come(statement)',
        test_fold.test_cases, ("a partial lifting closes nothing",),
    ),
    "what is lifted from some is not lifted from all (G3)": (
        spells, 'return scopes == {"state"} and', "return False and",
        test_fold.test_cases, ("what is lifted from persons is not lifted from the state",),
    ),
    "a month is before what was later (G7)": (
        episodes, "not stopped,\n        moment", "not stopped,\n        not statement.exact,\n        moment",
        test_fold.test_cases, ("sanctions of a month are lifted on a day",),
    ),
    "what had been lifted and is back is not over (G3)": (
        episodes, "return (statement.first or \"\") <= spell.until.since <= moment(statement)", "return False",
        test_fold.test_cases, ("what had been lifted and is back is not over",),
    ),
    "what had been lifted was so before it was imposed again (G3)": (
        spells, "first == until and", "False and",
        test_fold.test_cases, ("who imposes again what had been lifted begins anew",),
    ),
    "what is suspended is not over (G3)": (
        spells, 'statement.stage != "suspended" and not (statement.partial or _to_come(statement))',
        "not (statement.partial or _to_come(statement))",
        test_fold.test_cases, ("a suspended contract stays open",),
    ),
    "a part suspended is not all suspended (G3)": (
        spells, 'stage == "suspended" and not (statement.partial or _to_come(statement))',
        'stage == "suspended" and not _to_come(statement)',
        test_fold.test_cases, ("what is suspended in part goes on",),
    ),
    "what is to end is not over (G3)": (
        spells, 'return stop.expected is not None and stop.stage != "refused"', "return False",
        test_fold.test_cases, ("what is to be lifted or suspended on a day to come is in force",),
    ),
    "a stop of the second batch is none of the first (G4)": (
        episodes, "not (spell.is_over(statement) or spell.is_earlier_batch(statement))", "not spell.is_over(statement)",
        test_fold.test_cases, ("who calls off the second batch stops no delivery of the first",),
    ),
    "what is suspended for some is not suspended for all (G3)": (
        spells, "if halting(s) and not self.stops_a_part(s)", "if halting(s)",
        test_fold.test_cases, ("and what is suspended for persons stays in force for the state",),
    ),
    "what is suspended had been in force (G3)": (
        spells, 'statement.frame in IN_FORCE and statement.stage == "suspended"', "False",
        test_fold.test_cases, ("sanctions of which only the suspension is told had been in force",),
    ),
    "a lifting that may mean either closes neither (G3)": (
        episodes, "certain = (bool(named) or len(running) == 1) and", "certain =",
        test_fold.test_cases, ("a lifting that could mean either of two is partial on both",),
    ),
    "a threat beside them does not keep sanctions from being lifted (G3)": (
        episodes, "(spell.reached == RANK[\"actual\"]) is lifts", "True",
        test_fold.test_cases, ("a lifting means what is in force, not a threat beside it",),
    ),
    "a cancelled contract is no purchase (G3)": (
        edges, 'if contract and episode.status != "cancelled":', "if contract:",
        test_edges.test_which_edges_there_are, ([told(S400, "agreed", DAY), told(S400, "ended", "2020-02-01")], []),
    ),
    "a test of another day is another test (A11)": (
        spells, "apart(own, statement) <= APART[statement.frame]", "True",
        test_fold.test_cases, ("nor of a day and the two after it",),
    ),
    "what somebody denies is denied of what others tell more closely (G2)": (
        spells, 'self.others if guest.assertion == "denied" else []', "[]",
        test_partial.test_joining_a_model, ("a denial reaches what is only alleged of a narrower class",),
    ),
    "a new threat is not the sanctions in force (G4)": (
        episodes, 'if rank == RANK["proposed"] and since is not None and moment(statement) > since:', "if False:",
        test_fold.test_cases, ("a new threat while sanctions are in force",),
    ),
    "what is imposed after a threat is what was threatened (B4)": (
        episodes, "_carried_on(fitting, told) or fitting", "fitting",
        test_fold.test_cases, ("what is imposed after a threat is what was threatened, not what was in force before",),
    ),
    "who tells of no day carries out no threat (G7)": (
        episodes, "statement.undated or statement.background or statement.stage == \"ongoing\"", "False",
        test_fold.test_cases, ("but who extends them, tells of them again or gives no day carries out no threat",),
    ),
    "who was under sanctions already was not under those that were over (B1)": (
        episodes, 'statement.background and (spell.until.since or "9999") <= moment(statement)', "False",
        test_fold.test_cases, ("who was under sanctions already was under those that were not over",),
    ),
    "who looks back on a purchase may mean the contract (A1)": (
        episodes, 'looks_back = statement.background and statement.predicate == "purchases"', 'looks_back = False',
        test_fold.test_cases, ("who looks back on a purchase means the contract that is known, and no delivery",),
    ),
    "a contract signed after a delivery is another order (G4)": (
        episodes, "spell.is_another_order(statement) or", "False or",
        test_fold.test_cases, ("a contract signed after a delivery under an earlier one is another order",),
    ),
    "a delivery is of the next order where the one before is silent (A4)": (
        episodes, "delivers and not all(s.is_done(statement) for s in done)", "delivers",
        test_fold.test_cases, ("what comes after a year without deliveries is of the next order",),
    ),
    "what is imposed years later is another round (G4)": (
        episodes, "or spell.is_earlier_round(statement)", "",
        test_fold.test_cases, ("what is imposed more than a year after is another round",),
    ),
    "who extends sanctions imposes none (G4)": (
        spells, 'return statement.exact and statement.stage != "ongoing" and', "return statement.exact and",
        test_fold.test_cases, ("but not within a year, nor who extends what was imposed or looks back on it",),
    ),
    "who tells only of the year tells of what is known (G7)": (
        spells, 'return statement.exact and statement.stage', "return statement.stage",
        test_fold.test_cases, ("but not within a year, nor who extends what was imposed or looks back on it",),
    ),
    "who names it again without a day imposes nothing (G7)": (
        spells, "or (statement.undated and self.exactness(statement))", "",
        test_fold.test_cases, ("nor who gives no day and names what it was, by instrument or measure",),
    ),
    "what goes on may be of any age": (
        spells, 'return any(s.stage == "completed" for s in (*self.done, statement))', "return True",
        test_fold.test_cases, ("but what goes on may be of any age",),
    ),
    "what is suspended is taken up again": (
        spells, 'number or self.status == "suspended" or', "number or",
        test_fold.test_cases, ("what is suspended is taken up again, however long after",),
    ),
    "a law of years later is not that of the round": (
        spells, "statement.instrument not in (None, self.instrument) or number not in (None, self.round)", "False",
        test_fold.test_cases, ("who names an instrument or a number years after tells of another round",),
    ),
    "what was planned long before is not what is imposed (B4)": (
        episodes, '(*APART, "sanction")', "APART",
        test_fold.test_cases, ("sanctions that were planned long before are others",),
    ),
    "nor what is lifted (G3)": (
        episodes, "if not (lifts and spell.silent_before(statement))", "",
        test_fold.test_cases, ("nor does a lifting mean them",),
    ),
    "what lifts sanctions is not what imposed them": (
        spells, 'if role != "UNDER" or statement.phase != "stopped":', "if True:",
        test_fold.test_the_instrument_of_a_round_is_none_by_which_it_is_stopped, (),
    ),
    "nor does it give the round its name": (
        spells, 'if statement.phase != "stopped":  # a', "if True:  # a",
        test_fold.test_cases, ("under what sanctions are lifted or suspended is not under what they are",),
    ),
    "the measure that one lifting names is not that of all": (
        spells, 'if statement.phase != "stopped" or closes or len(told) == 1:', "if True:",
        test_fold.test_cases, ("a measure that is lifted in part is not that of every round",),
    ),
    "sanctions that are lifted on a day are all that are no others (G3)": (
        episodes, "meant = certain or spell.is_lifted_by(statement)", "meant = certain",
        test_fold.test_cases, ("a lifting of a stated day means all rounds of which nothing else is told",),
    ),
    "but not those under an instrument of their own (G3)": (
        spells, "and (self.measure is not None or self.instrument is None)", "",
        test_fold.test_cases, ("a lifting of a stated day means all rounds of which nothing else is told",),
    ),
    "nor all of which a lifting without a day may be told (G3)": (
        spells, "whole and statement.exact and not statement.undated and", "whole and",
        test_fold.test_cases, ("but not where some are lifted, or from some, or no day is told",),
    ),
    "the second batch is not the first (G4)": (
        episodes,
        "if spell.is_earlier_batch(statement):", "if False:",
        test_fold.test_cases, ("the delivery of a second batch is not that of the first",),
    ),
    "a new round is not the one before (G4)": (
        episodes, "if statement.round in UNNUMBERED:", "if False:",
        test_fold.test_cases, ("a new round while one is in force",),
    ),
    "the third round is not the fourth (G4)": (
        spells, "(self.round in UNNUMBERED and statement.round not in (None, *UNNUMBERED))", "False",
        test_fold.test_cases, ("but the new round that was threatened may be numbered once it is imposed",),
    ),
    "a round of another day is another round (G4)": (
        episodes, "and _may_be_numbered(spell, statement)", "",
        test_fold.test_cases, ("nor is a round of another day the new one",),
    ),
    "the second batch is not the third (G4)": (
        spells, "return self.number or self.batch", "return self.batch",
        test_fold.test_cases, ("a further batch that is the second is not the third",),
    ),
    "a proposal of which nothing was heard for a year is over (B4)": (
        spells, "return not same and days(self.heard, moment(statement)) > SILENCE_DAYS", "return False",
        test_fold.test_cases, ("a proposal that was silent for over a year is another one",),
    ),
    "a wire story in nine papers is one source (G5)": (
        episodes, "support=len({s.origin for s in asserted or alleged})", "support=len(asserted or alleged)",
        test_fold.test_support_and_denials_count_origins, (),
    ),
    "reports of one template are no copies (G5)": (
        sketch, " and agreement(one.facts, other.facts) >= AGREEING", "",
        test_copies.test_what_is_a_copy,
        (test_copies.REPORT.format("Three hundred", "950", "December"), "2014-11-25", False),
    ),
    "an election in the words of the last one is no copy (G5)": (
        copies, "WINDOW_DAYS = 7", "WINDOW_DAYS = 7000",
        test_copies.test_what_is_a_copy, (test_copies.ONE, "2014-12-03", False),
    ),
    '"already sanctioned" is not today\'s sanction (G7)': (
        episodes, "if statement.background:", "if False:",
        test_fold.test_cases, ("a background mention does not turn a threat into sanctions",),
    ),
    "an unnamed supplier is not guessed (G8)": (
        partial, "return found[0] if len(found) == 1 else None", "return found[0]",
        test_partial.test_a_thread_has_a_home_only_if_exactly_one_full_thread_fits, (),
    ),
    "what may well be misread is no fact": (
        edges, "if fact.confidence >= SURE}", "}",
        test_edges.test_which_edges_there_are, ([told(SANCTION, "completed", DAY, confidence=0.59)], []),
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", MUTATIONS)
def test_the_trap_s_test_fails_without_its_rule(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, code, instead, trap, given = MUTATIONS[rule]
    trap(*given)
    source = inspect.getsource(module)
    assert source.count(code) == 1
    mutant = ModuleType(module.__name__)
    exec(compile(source.replace(code, instead), str(module.__file__), "exec"), vars(mutant))
    for name, value in vars(mutant).items():
        for ours, theirs in functions(getattr(module, name), value):
            monkeypatch.setattr(ours, "__code__", theirs.__code__)
        if name.isupper() and isinstance(value, int | tuple):
            monkeypatch.setattr(module, name, value)
    with pytest.raises(AssertionError):
        trap(*given)


def functions(ours: object, theirs: object) -> Iterator[tuple[FunctionType, FunctionType]]:
    """The functions and methods written in a module, with their mutants."""
    if isinstance(ours, property) and isinstance(theirs, property):
        ours, theirs = ours.fget, theirs.fget
    if isinstance(ours, FunctionType) and isinstance(theirs, FunctionType):
        yield ours, theirs
    elif isinstance(ours, type) and ours is not theirs:
        for name, value in vars(ours).items():
            yield from functions(value, vars(theirs).get(name))
