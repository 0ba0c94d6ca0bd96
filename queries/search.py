"""Entities by what people type: aliases, other scripts, parts of names, typing errors; the best first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from anyascii import anyascii

from graph.remembered import Remembered
from graph.store import Store
from queries.names import Named, Names, names_of
from queries.spellings import Spellings

How = Literal["exact", "alias", "normalised", "translation", "part", "fuzzy"]
"""The name as it is shown, another name, one of them but for case, accents, script, blanks and punctuation, what a
state is called in another language, a part of a name (or one within longer words), or one with typing errors."""

EXACT, ALIAS, NORMALISED, PART, FUZZY = 100.0, 98.0, 95.0, 80.0, 85.0
"""The highest score that a name reached so can have."""
UNKNOWN_TO_THE_CATALOGUE = 2.0
"""Off the score of what only articles name."""
SECOND = 1.0
"""Off the score of an alias that is typed in another form."""
SHORTEST = 4
"""Shorter words are either right or others."""
MOST_WORDS = 12
ARTICLE = re.compile(r"^\s*the\s", re.IGNORECASE)
"""May stand before any name: the United States."""
ABBREVIATION = re.compile(r"[A-Z]{2,4}")
"""Stands within no word: only names that have it in capitals hold such a text; BIS is no part of Bissau."""
SURE, LEAD = 90.0, 2.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found."""

    entity: Named
    score: float
    """0 to 100."""
    name: str
    """Which of its names fits."""
    how: How


def latin(text: str) -> str:
    """A text in small Latin letters and digits, all else left out: `С-400` in Cyrillic gives `s400`."""
    if not text.isascii():
        text = anyascii("".join(char for char in text if char.isalnum()))
    return "".join(char for char in text.lower() if char.isalnum())


class Index:
    """The names of a store, made ready for searching; never changed, so that threads may share it."""

    def __init__(self, names: Names) -> None:
        """Reads every name once."""
        self.names = names
        self._texts: list[tuple[str, str, bool]] = []  # id, name, whether it is the main one
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._words: list[list[str]] = []
        for entity in names.entities.values():
            for text in dict.fromkeys((entity.name, *entity.aliases, entity.id)):
                number = len(self._texts)
                self._texts.append((entity.id, text, text in (entity.name, entity.id)))
                self._by_key[latin(text)].append(number)
                self._words.append(_words(text))
                for word in set(self._words[number]):
                    self._by_word[word].append(number)
        self._keys, self._vocabulary = Spellings(self._by_key), Spellings(self._by_word)

    def search(self, text: str, allowed: Container[str] | None = None) -> list[Hit]:
        """Entities that the text can name, the best first; of equal ones those of the catalogue, then by id.

        Args:
            text: a name, a part of one, or several words.
            allowed: ids that may be found; by default all.
        """
        best: dict[str, tuple[float, int, int, How]] = {}
        for number, score, how in (*self._same(text), *self._containing(text), *self._within(text), *self._near(text)):
            node, name, _ = self._texts[number]
            if allowed is not None and node not in allowed:
                continue
            found = (score, -len(name), number, how)
            if node not in best or found[:2] > best[node][:2]:
                best[node] = found
        hits = [self._hit(score, number, how) for score, _, number, how in best.values()]
        return sorted(hits, key=lambda hit: (-hit.score, not hit.entity.reference, hit.entity.id))

    def _hit(self, score: float, number: int, how: How) -> Hit:
        node, name, _ = self._texts[number]
        entity = self.names.entities[node]
        return Hit(entity, round(score - (not entity.reference) * UNKNOWN_TO_THE_CATALOGUE, 1), name, how)

    def _same(self, text: str) -> Iterator[tuple[int, float, How]]:
        keys = dict.fromkeys((latin(text), latin(ARTICLE.sub("", text))))
        for number in (number for key in keys for number in self._by_key.get(key, ())):
            _, name, main = self._texts[number]
            if name.casefold() == text.strip().casefold():
                yield (number, EXACT, "exact") if main else (number, ALIAS, "alias")
            else:
                yield number, NORMALISED - SECOND * (not main), "normalised"
        for state in self.names.states_called(text):
            named = (number for number in self._by_key[latin(state.name)] if self._texts[number][0] == state.id)
            yield from ((number, NORMALISED - SECOND, "translation") for number in named)

    def _containing(self, text: str) -> Iterator[tuple[int, float, How]]:
        """Names that the text is a part of, those that begin with it before the others."""
        key, capitals = latin(text), ABBREVIATION.fullmatch(text.strip())
        for known in self._keys.holding(key) if len(key) > 1 else ():
            if key != known:
                score = PART * (0.5 + 0.5 * len(key) / len(known)) - 5 * (not known.startswith(key))
                for number in self._by_key[known]:
                    if not capitals or capitals[0] in self._texts[number][1]:
                        yield number, score, "part"

    def _within(self, text: str) -> Iterator[tuple[int, float, How]]:
        """Names that stand within the text; where several of one entity make up all of it, it is called so."""
        words = _words(text)[:MOST_WORDS]
        found: dict[str, list[tuple[range, int]]] = defaultdict(list)
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                for number in self._by_key.get("".join(words[start:end]), ()):
                    found[self._texts[number][0]].append((range(start, end), number))
        length = sum(map(len, words))
        for spans in found.values():
            covered = {place for span, _ in spans for place in span}
            _, longest = max(spans, key=lambda item: (len(item[0]), -item[1]))
            if len(covered) == len(words):
                yield longest, NORMALISED - SECOND, "normalised"
            else:
                yield longest, PART * (0.3 + 0.7 * sum(len(words[place]) for place in covered) / length), "part"

    def _near(self, text: str) -> Iterator[tuple[int, float, How]]:
        """Names spelt nearly so as a whole, and names that have every word, or one spelt nearly so."""
        key, words = latin(text), _words(text)[:MOST_WORDS]
        if len(key) >= SHORTEST:
            for known, likeness in self._keys.near(key):
                yield from ((number, FUZZY * likeness, "fuzzy") for number in self._by_key[known] if known != key)
        likenesses: dict[int, float] | None = None
        for word in words:
            mine = self._with_word(word)
            if likenesses is None:
                likenesses = mine
            else:
                likenesses = {n: likenesses[n] + mine[n] for n in likenesses.keys() & mine.keys()}
        for number, total in (likenesses or {}).items():
            mean, own = total / len(words), "".join(self._words[number])
            share = min(1.0, sum(map(len, words)) / len(own))
            how: How = "part" if mean == 1 else "fuzzy"
            yield number, PART * mean * (0.5 + 0.5 * share), how

    def _with_word(self, word: str) -> dict[int, float]:
        """Names with this word, or one spelt nearly so, and how alike the best of them is."""
        found = dict.fromkeys(self._by_word.get(word, ()), 1.0)
        if len(word) >= SHORTEST:
            for known, likeness in self._vocabulary.near(word):
                for number in self._by_word[known]:
                    found[number] = max(found.get(number, 0.0), likeness)
        return found


def is_sure(scores: Sequence[float]) -> bool:
    """Whether the first of some scores, the best first, is so good and so far ahead of the next that it is meant."""
    return bool(scores) and scores[0] >= SURE and (len(scores) == 1 or scores[0] - scores[1] >= LEAD)


def _words(text: str) -> list[str]:
    return [word for word in map(latin, text.split()) if word]


_indexes = Remembered[Index]()


def index_of(store: Store) -> Index:
    """The index of the names that the store has now; made again only when these were read again."""
    names = names_of(store)
    return _indexes.get(store, names, lambda: Index(names))
