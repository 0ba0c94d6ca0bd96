"""Which words of a sentence stand for which nodes, as the linker and the weapons' reader see them."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.explain.records import Linked
from loaders.linking.linker import Linker
from loaders.linking.links import Link, ParsedSentence
from loaders.linking.pronouns import PERSON_PRONOUNS, PLURAL_PRONOUNS, THING_PRONOUNS
from loaders.linking.things import things, weapons

PRONOUNS = THING_PRONOUNS | PLURAL_PRONOUNS | PERSON_PRONOUNS


def mentions(sentence: ParsedSentence, linker: Linker) -> list[Linked]:
    """The linked words of a sentence in its order, and the names that were not taken for what they name."""
    found: dict[tuple[int, int, str], Link] = {}
    for link in _links(sentence, linker):
        found.setdefault((link.start, link.end, link.entity.id), link)
    told = [linked(sentence, linker, link) for link in found.values()]
    for match in sentence.matches:
        if any(link.start < match.end and match.start < link.end for link in found.values()):
            continue
        names = ", ".join(dict.fromkeys(reading.entry.name for reading in match.readings))
        told.append(
            Linked(
                text=sentence.text[match.start - sentence.start : match.end - sentence.start],
                start=match.start,
                end=match.end,
                id=None,
                name=None,
                label=None,
                how=f"could name {names}; not taken for it here",
            )
        )
    return sorted(told, key=lambda mention: (mention.start, mention.end))


def _links(sentence: ParsedSentence, linker: Linker) -> Iterator[Link]:
    for token in sentence.doc:
        if token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM"):
            yield from linker.actors(sentence, token)
            yield from weapons(linker.catalogue, sentence, token)
            yield from things(sentence, token, ("Instrument",))


def linked(sentence: ParsedSentence, linker: Linker, link: Link) -> Linked:
    """A link with what its words are to its node."""
    return Linked(
        text=link.text,
        start=link.start,
        end=link.end,
        id=link.entity.id,
        name=link.entity.name,
        label=link.entity.label,
        how=_how(sentence, linker, link),
    )


def _how(sentence: ParsedSentence, linker: Linker, link: Link) -> str:
    acting = f"; {link.agent.entity.name} acts for it" if link.agent else ""
    if link.indirect:
        kind = "pronoun" if link.text.lower() in PRONOUNS else "description"
        ids = frozenset({link.entity.id} | ({link.agent.entity.id} if link.agent else set()))
        named = linker.salience.latest(ids, link.start)
        for_whom = f" for '{named.link.text}' of sentence {named.sentence + 1}" if named else ""
        return f"{kind}{for_whom}{acting}"
    roles = [
        reading.role
        for match in sentence.matches
        if match.start < link.end and link.start < match.end
        for reading in match.readings
        if reading.entry.id in (link.entity.id, link.agent.entity.id if link.agent else "")
    ]
    return f"{roles[0] if roles else 'not in the catalogue'}{acting}"
