"""Streets named in a text, with their houses.

Called by `rules.find_place`. Four ways people write them: kind before the name («ул. Ленина»), kind after it
(«Ленинской улице»), a bare name with a house («Ленина 15»), a bare name after «на» or «по» («на Садовой»).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from otklik.language.morphology import marked
from otklik.places.bare_streets import BareReader
from otklik.places.gazetteer import Gazetteer
from otklik.places.houses import house_after, house_before, house_later
from otklik.places.street_names import (
    adjective,
    common_names,
    in_genitive,
    is_common_adjective,
    kind_of,
    ordinal,
)
from otklik.places.street_reading import StreetName, is_no_name, words
from otklik.places.tokens import Token


@dataclass(frozen=True, slots=True)
class FoundStreet:
    """A street in the text: name in the nominative, kind if said, house, where it stands, how plain it is."""

    name: str
    kind: str
    house: str
    start: int
    end: int
    weight: float


def find_streets(text: str, tokens: list[Token], gazetteer: Gazetteer) -> list[FoundStreet]:
    """Every street of the text in order; the same words are never read twice."""
    return list(_Reader(text, tokens, gazetteer).streets())


class _Reader(BareReader):
    def streets(self) -> Iterator[FoundStreet]:
        position = 0
        while position < len(self.tokens):
            found = self._with_kind(position) or self._without_kind(position)
            if found is None:
                position += 1
                continue
            name, kind, weight = found
            street = self._housed(name, kind, weight)
            if street is not None:
                yield street
            position = max(name.last, position + 1)

    def _with_kind(self, position: int) -> tuple[StreetName, str, float] | None:
        """«ул. Ленина» or «Ленинской улице», read at the kind word or at the name before it."""
        kind = kind_of(self.tokens[position].key) if self.tokens[position].is_word else None
        if kind is not None and self._is_kind_word(position):
            name = self.name_after_kind(position, kind[1])
            if name is not None:
                return name, kind[0], 3.0
        return self._name_before_kind(position)

    def _without_kind(self, position: int) -> tuple[StreetName, str, float] | None:
        found = self.bare(position)
        return (found[0], "", found[1]) if found else None

    def _is_kind_word(self, position: int) -> bool:
        """Short words («пр», «ш», «пл», «пер») need their dot or a capital after them."""
        token, after = self.tokens[position], self.token(position + 1)
        if len(token.key) > 3 or token.key in ("ул", "мкр"):
            return True
        return after is not None and (
            after.text == "." or (after.titled and token.key in ("пер", "пр", "наб", "б-р"))
        )

    def _name_before_kind(self, position: int) -> tuple[StreetName, str, float] | None:
        """«Ленинской улице», «2-й Садовый переулок», «Московское шоссе», «Карла Маркса ул.»."""
        start, at = position, position
        token = self.tokens[at]
        gendered = None
        if token.is_number and "-" in token.text:
            at += 1
        last = at
        while (word := self.token(last)) is not None and word.is_word and last < at + 3:
            gendered = kind_of(word.key)
            if gendered is not None and last > at:
                break
            if not (
                word.titled
                or (
                    (word.key in common_names() or is_common_adjective(word.key)) and self.text_is_lower(word)
                )
            ) or is_no_name(word.key):
                return None
            gendered, last = None, last + 1
        if gendered is None or last == at or not self._kind_closes(last):
            return None
        name = self._agreeing(at, last, gendered[1])
        if name is None:
            return None
        shown = f"{ordinal(token.text, gendered[1])} {name}" if at > start else name
        return StreetName(shown, start, last + 1), gendered[0], 2.5

    def _kind_closes(self, at: int) -> bool:
        """The kind word ends the name unless another name follows it («Наша ул. Садовая»)."""
        after = self.token(at + 1)
        if after is not None and after.text == ".":
            after = self.token(at + 2)
        return (
            after is None
            or not after.titled
            or after.key in words("place_prepositions")
            or self.text[after.start - 2 : after.start] in (". ", ", ")
        )

    def _agreeing(self, first: int, last: int, gender: str) -> str | None:
        parts = self.tokens[first:last]
        key = parts[0].key
        if len(parts) == 1:
            known = common_names().get(key)
            if known is not None and not known.endswith(("ая", "яя")):
                return known
            if self._is_plain_sentence_start(parts[0]) and not _looks_given(key):
                return None
            form = adjective(key, gender)
            return self.capital(form) if form is not None and _agrees(key, gender) else None
        whole = self.spelt(first, last)
        if whole in common_names():
            return common_names()[whole]
        if marked(key, "Name", "gent") and in_genitive(parts[-1].key):
            return " ".join(part.text for part in parts)
        if all(adjective(part.key, gender) and _agrees(part.key, gender) for part in parts):
            return " ".join(self.capital(adjective(part.key, gender) or part.text) for part in parts)
        return None

    def _is_plain_sentence_start(self, token: Token) -> bool:
        before = self.text[: token.start].rstrip()
        return not before or before[-1] in ".!?\n"

    def _housed(self, name: StreetName, kind: str, weight: float) -> FoundStreet | None:
        start, end = self.tokens[name.first].start, self.tokens[name.last - 1].end
        if kind:
            start = self._before_kind(name.first)
        close = self.token(name.last)
        position = close.end if close is not None and close.text in "»\"'." and close.start == end else end
        found = house_after(self.text, position)
        if found is not None:
            return FoundStreet(name.shown, kind, found[0], start, found[1], weight + 1)
        before_kind = self._before_kind(name.first)
        if (house := house_before(self.text, before_kind)) is not None:
            return FoundStreet(name.shown, kind, house, start, end, weight + 1)
        later = house_later(self.text, end, self._next_kind(name.last))
        if later is not None:
            return FoundStreet(name.shown, kind, later[0], start, later[1], weight + 0.7)
        return FoundStreet(name.shown, kind, "", start, end, weight)

    def _before_kind(self, first: int) -> int:
        """Where the street's phrase begins, its kind word included."""
        at = first
        while at > 0 and (self.tokens[at - 1].text in '.«"' or kind_of(self.tokens[at - 1].key)):
            at -= 1
        return self.tokens[at].start

    def _next_kind(self, at: int) -> int:
        for token in self.tokens[at : at + 15]:
            if token.is_word and kind_of(token.key) in (("ул.", "femn"), ("пер.", "masc"), ("пр-т", "masc")):
                return token.start
        return len(self.text)


def _looks_given(key: str) -> bool:
    """Whether an adjective that opens a sentence is a street's name and not a quality of the street."""
    return is_common_adjective(key) or key.endswith(("ская", "ской", "ский", "ском", "цкая", "ское", "скую"))


def _agrees(key: str, gender: str) -> bool:
    endings = {
        "femn": ("ая", "яя", "ой", "ей", "ую", "юю", "ья"),
        "masc": ("ий", "ый", "ой", "ого", "его", "ом", "ем", "ому", "ему", "ым", "им"),
        "neut": ("ое", "ее", "ого", "его", "ом", "ем", "ому", "ему", "ым", "им"),
    }
    return key.endswith(endings[gender])
