"""Names of persons, firms, ministries and bands that the catalogue does not know, where measures hit such.

They are found by their look, not by the parser: `Htoo Group of Companies`, `Sa'id Ahmad Muhammad al-Jamal`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.vocabulary import Label
from loaders.catalogue import Entry
from loaders.document import slugify
from loaders.linking.gazetteer import Match, Reading
from loaders.linking.nouns import load_nouns

WORD = re.compile(r"[‘ʿ]?[^\W_]+(?:[-‐‑’'‘ʿ&/][^\W_]+)*")
ARTICLED = re.compile(r"(?:al|el|ul|as|ad|an|ar|az|at|ash|ol)[-‐‑][A-Z]")
"""How a part of a name begins that has an article in front: `al-Jamal`."""
GLUED = re.compile(r"[-‐‑](?:\w+ed|made|led|run|built|held)$")
"""How a word ends that only describes a name: the US-sanctioned Green Lotus Bank."""
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
POSSESSIVE = re.compile(r"['’]s$")
OF_A_REGION = re.compile(r" (?:nation|country|kingdom|republic|island)s?\b")
"""What comes after words that only tell where somebody is: the West African *nation*."""
BETWEEN = re.compile(r"[’']? |[-‐‑]")
AMPERSAND = re.compile(r" & ")
CAPITALS = re.compile(r"(?: [A-Z][\w’'-]*)+")
SMALL = frozenset({"against", "after", "under", "between", "about", "during", "since", "until", "among", "through"})
MAX_WORDS = 12


@dataclass(slots=True)
class _Run:
    """Words that follow each other as in a name, with the catalogue's match over each."""

    words: list[tuple[int, int, str]] = field(default_factory=list)
    matches: list[Match | None] = field(default_factory=list)

    def cut(self, first: int, last: int) -> _Run:
        return _Run(self.words[first:last], self.matches[first:last])


class UnknownNames:
    """The unknown names of one article; a part of a full name read before is the same name."""

    def __init__(self) -> None:
        self._known: dict[str, Entry] = {}

    def find(self, text: str, start: int, end: int, matches: list[Match]) -> list[Match]:
        """The unknown names in `text[start:end]`, in order.

        Args:
            text: the article's text.
            start: where to begin, in code points.
            end: where to stop.
            matches: the catalogue's names there.
        """
        found: list[Match] = []
        if _is_headline(text[start:end]):
            return found
        for name in (_trimmed(part) for run in _runs(text, start, end, matches) for part in _apart(run)):
            if name is None:
                continue
            first, last = name.words[0][0], name.words[-1][1]
            if OF_A_REGION.match(text, last):
                continue
            found.append(Match(first, last, (Reading(self._entry(text[first:last]), "unknown", False),)))
        return found

    def _entry(self, name: str) -> Entry:
        for full, entry in self._known.items():
            if full == name or full.endswith(f" {name}"):
                return entry
        return self._known.setdefault(name, Entry(id=slugify(name) or "unnamed", name=name, label=label_of(name)))


def _is_headline(text: str) -> bool:
    """Whether all words but small ones are capitalised and no full stop ends them, so that this tells no names."""
    return not text.rstrip(" \n\"'”’").endswith(".") and all(word in SMALL for word in re.findall(r"\b[a-z]{5,}", text))


def label_of(name: str) -> Label:
    """What a name that nobody knows is the name of, by its words."""
    nouns, words = load_nouns(), name.split()
    if set(words) & nouns.suffix_company:
        return "Company"
    if set(words) & (nouns.suffix_organization | {"of", "for", "&"}) or len(words) == 1 or len(words) > 5:
        return "Organization"
    return "Person"


def _runs(text: str, start: int, end: int, matches: list[Match]) -> list[_Run]:
    """Runs of capitalised words, small words of names between them included."""
    nouns, runs, run = load_nouns(), [_Run()], None
    pending: list[tuple[int, int, str]] = []
    for found in WORD.finditer(text, start, end):
        first, last, word = found.start(), found.end(), found.group()
        run = runs[-1]
        owned = POSSESSIVE.search(word)
        if owned:
            word, last = word[: owned.start()], first + owned.start()
        match = next((m for m in matches if m.start < last and first < m.end), None)
        before = (pending or run.words)[-1] if run.words else None
        if before is not None and not _joins(text[before[1] : first], before[2], word, nouns.firm):
            runs.append(_Run())
            pending, run = [], runs[-1]
        bare = word.lstrip("‘ʿ")
        capital = bare[:1].isupper() or ARTICLED.match(word) or ORDINAL.fullmatch(word)
        if capital and not _stands_alone(match) and not GLUED.search(word):
            for part in pending:
                run.words.append(part)
                run.matches.append(None)
            pending = []
            run.words.append((first, last, word))
            run.matches.append(match)
            if owned:
                runs.append(_Run())
        elif run.words and len(pending) < 2 and (word in nouns.name_particle or _in_two_fields(run, text, found)):
            pending.append((first, last, word))
        else:
            pending = []
            runs.append(_Run())
    return runs


def _in_two_fields(run: _Run, text: str, word: re.Match[str]) -> bool:
    """Whether `and` stands inside the name of one body: Defence Technology *and* Science Research Centre."""
    after = CAPITALS.match(text, word.end()) if word.group() == "and" else None
    nouns = load_nouns()
    if after is None or run.words[-1][2] not in nouns.name_field:
        return False
    first, last = after.group().split()[0], after.group().split()[-1]
    return first in nouns.name_field and (_names_body(last) or last in nouns.name_field)


def _joins(gap: str, before: str, after: str, firm: frozenset[str]) -> bool:
    """Whether two words with `gap` between them may belong to one name."""
    if BETWEEN.fullmatch(gap) or AMPERSAND.fullmatch(gap):
        return True
    if gap == "." and len(before) == len(after) == 1:
        return True
    if gap == ". ":
        return (len(before) == 1 and before.isupper()) or (before in firm and after in firm)
    return gap in (", ", "., ") and after in firm and after not in ("Company", "Group", "Bank")


def _stands_alone(match: Match | None) -> bool:
    """Whether the catalogue's name is no part of a longer one: bodies, treaties, persons by their full names."""
    if match is None:
        return False
    reading = match.readings[0]
    return reading.entry.label != "Weapon" and reading.entry.label != "Country" and reading.role != "surname"


def _apart(run: _Run) -> list[_Run]:
    """A person and where he is from as two names: Kenneth Roth of Human Rights Watch; but the Central Bank of Syria."""
    nouns = load_nouns()
    office, name = _office(run)
    if name:
        return [run.cut(0, office), run.cut(name, len(run.words))]
    place = next((i for i, (_, _, word) in enumerate(run.words) if word == "of"), 0)
    before = [word for _, _, word in run.words[:place]]
    if len([word for word in before if word not in nouns.title]) < 2 or any(map(_names_body, before)):
        return [run]
    return [run.cut(0, place), run.cut(place + 1, len(run.words))]


def _office(run: _Run) -> tuple[int, int]:
    """Where an office begins between a body and its holder's name, and the name: Defense Forces *Chief* X Y."""
    titles = load_nouns().title - {"State"}
    words = [word for _, _, word in run.words]
    last = max((i for i, word in enumerate(words) if word in titles), default=0)
    if not last or len(words) - last < 3 or words[0] in titles or any(map(_names_body, words[last + 1 :])):
        return 0, 0
    first = last
    while first > 1 and words[first - 1] in titles | {"of"}:
        first -= 1
    return first, last + 1


def _names_body(word: str) -> bool:
    nouns = load_nouns()
    return word in nouns.suffix_company | nouns.suffix_organization | nouns.name_particle


def _trimmed(run: _Run) -> _Run | None:
    """The run without titles, and without countries that are not part of the name; None where it is no name."""
    nouns = load_nouns()
    while run.words and (_is_titled(run) or run.words[0][2].lower() in nouns.no_first):
        run = run.cut(1, len(run.words))
    body = {word for _, _, word in run.words} & (nouns.suffix_company | nouns.suffix_organization)
    while run.words and _is_country(run.matches[0]) and not (body and _first_of_body(run)):
        run = run.cut(1, len(run.words))
    while run.words and _is_titled(run):
        run = run.cut(1, len(run.words))
    while run.words and _is_country(run.matches[-1]) and not (_after_particle(run) and _is_named(run.matches[-1])):
        if not body and len(run.words) > 2 and run.matches[-1] is not None and not any(run.matches[:-1]):
            break  # a surname: Luis Ángel Montenegro
        run = run.cut(0, len(run.words) - 1)
    if (
        not 2 <= len(run.words) <= MAX_WORDS
        or {run.words[0][2], run.words[-1][2]} & nouns.name_particle
        or run.words[-1][2].lower() in nouns.no_last
    ):
        return None
    only_known = all(match is not None for match in run.matches)
    return None if only_known or (_is_weapon(run.matches[-1]) and not body) else run


def _is_titled(run: _Run) -> bool:
    """Whether a title stands before the name: Defence Secretary X, but not Defence Technology …"""
    first, second = (*(word for _, _, word in run.words[:2]), "")[:2]
    if first == "Supreme" and second not in load_nouns().title:
        return False  # the Supreme Electoral Council
    return first in load_nouns().title and not {first, second} <= load_nouns().name_field


def _is_weapon(match: Match | None) -> bool:
    return match is not None and match.readings[0].entry.label == "Weapon"


def _is_country(match: Match | None) -> bool:
    return match is not None and match.readings[0].entry.label == "Country"


def _first_of_body(run: _Run) -> bool:
    """Whether a country before a body's name belongs to it: Iran Petrochemical Company, but not DPRK Ministry."""
    return _is_named(run.matches[0]) and not run.words[0][2].isupper()


def _is_named(match: Match | None) -> bool:
    return match is not None and match.readings[0].role in ("name", "metonym")


def _after_particle(run: _Run) -> bool:
    return any(word in load_nouns().name_particle for _, _, word in run.words[-3:-1])
