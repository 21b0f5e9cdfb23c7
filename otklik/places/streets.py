"""Streets named in a text, with their houses.

Called by `rules.find_place`. Four ways people write them: kind before the name («ул. Ленина»), kind after it
(«Ленинской улице»), a bare name with a house («Ленина 15»), a bare name after «на» or «по» («на Садовой»).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from otklik.language.morphology import marked
from otklik.places.gazetteer import Gazetteer
from otklik.places.houses import house_after, house_before, house_later
from otklik.places.spelling import fold
from otklik.places.street_names import adjective, common_names, in_genitive, kind_of, ordinal
from otklik.places.street_reading import NOT_NAMES, RANKS, NameReader, StreetName
from otklik.places.tokens import Token

_PLACE_PREPOSITIONS = frozenset(
    [
        "на",
        "по",
        "с",
        "со",
        "вдоль",
        "от",
        "до",
        "около",
        "возле",
        "у",
        "напротив",
        "угол",
        "углу",
        "адресу",
        "адрес",
        "за",
        "между",
        "и",
        "до",
        "через",
    ]
)
_STRONG_PREPOSITIONS = frozenset(["на", "по", "вдоль"])


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


class _Reader(NameReader):
    def streets(self) -> Iterator[FoundStreet]:
        position = 0
        while position < len(self.tokens):
            found = self._with_kind(position) or self._bare(position)
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
            if (
                not (word.titled or (word.key in common_names() and self.text_is_lower(word)))
                or word.key in NOT_NAMES
            ):
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
            or after.key in _PLACE_PREPOSITIONS
            or self.text[after.start - 2 : after.start] in (". ", ", ")
        )

    def _agreeing(self, first: int, last: int, gender: str) -> str | None:
        words = self.tokens[first:last]
        key = words[0].key
        if len(words) == 1:
            known = common_names().get(key)
            if known is not None and not known.endswith(("ая", "яя")):
                return known
            if (
                self._is_plain_sentence_start(words[0])
                and known is None
                and not key.endswith(("ская", "ской", "ский", "ском", "цкая", "ское", "скую"))
            ):
                return None
            form = adjective(key, gender)
            return self.capital(form) if form is not None and _agrees(key, gender) else None
        whole = " ".join(word.key for word in words)
        if whole in common_names():
            return common_names()[whole]
        if marked(words[0].key, "Name", "gent") and in_genitive(words[-1].key):
            return " ".join(word.text for word in words)
        if all(adjective(word.key, gender) and _agrees(word.key, gender) for word in words):
            return " ".join(self.capital(adjective(word.key, gender) or word.text) for word in words)
        return None

    def _is_plain_sentence_start(self, token: Token) -> bool:
        before = self.text[: token.start].rstrip()
        return not before or before[-1] in ".!?\n"

    def _bare(self, position: int) -> tuple[StreetName, str, float] | None:
        """«Ленина 15», «на Садовой», «9 Января 3» without a kind word."""
        token = self.tokens[position]
        if token.is_number:
            return self._bare_numbered(position)
        if not token.is_word or len(token.key) < 3 or token.key in NOT_NAMES or kind_of(token.key):
            return None
        before = self.token(position - 1)
        preposition = before.key if before is not None and self.text[before.end : token.start] == " " else ""
        name = self._bare_name(position, preposition)
        if name is None:
            return None
        after_house = house_after(self.text, self.tokens[name.last - 1].end)
        whole = " ".join(item.key for item in self.tokens[name.first : name.last])
        common = whole in common_names() or fold(name.shown) in self.known
        if (
            after_house is not None
            and (token.titled or common)
            and self._house_fits(position, preposition, after_house[2], common)
        ):
            return name, "", 2.0
        if (
            preposition in _STRONG_PREPOSITIONS
            and token.titled
            and self._stands_alone(name, common, preposition)
        ):
            return name, "", 1.2 if common else 0.8
        return None

    def _bare_numbered(self, position: int) -> tuple[StreetName, str, float] | None:
        name = self.numbered_name(position, "femn", alone=False)
        if name is None or not self._known_numbered(name):
            return None
        after = house_after(self.text, self.tokens[name.last - 1].end)
        before = self.token(position - 1)
        titled = self.tokens[name.last - 1].titled
        if (
            after is not None
            and titled
            and (after[2] or before is None or before.key in _PLACE_PREPOSITIONS or not before.is_word)
        ):
            return name, "", 1.8
        return None

    def _known_numbered(self, name: StreetName) -> bool:
        """«9 Января» is a widespread name, «2-я Краснознаменская» reads as a street by its shape."""
        key = fold(name.shown)
        shaped = (
            "-" in self.tokens[name.first].text and key.endswith("ая") and self.tokens[name.last - 1].titled
        )
        return shaped or key in common_names() or key in self.known

    def _bare_name(self, position: int, preposition: str) -> StreetName | None:
        token = self.tokens[position]
        if token.key in self.settlement_forms or (not token.titled and token.key not in common_names()):
            return None
        last = position + 1
        while last < position + 4 and self.goes_on(position, last):
            last += 1
        words = self.tokens[position:last]
        whole = " ".join(word.key for word in words)
        if whole in common_names():
            return StreetName(common_names()[whole], position, last)
        if len(words) > 1:
            shown = self.joined_name(words, "femn", bent=True)
            return (
                StreetName(shown, position, last)
                if marked(words[0].key, "gent")
                or token.key.startswith(tuple(RANKS))
                or marked(words[0].key, "ADJF")
                else None
            )
        if marked(token.key, "Surn", "gent") and not marked(token.key, "Name", "nomn"):
            return StreetName(token.text, position, last)
        if (
            token.key.endswith(("ая", "ой", "ую", "ей", "яя"))
            and (form := adjective(token.key, "femn"))
            and not marked(token.key, "Surn")
        ):
            return StreetName(self.capital(form), position, last)
        if token.key.endswith("ом") and preposition in ("на", "в") and (form := adjective(token.key, "masc")):
            return StreetName(self.capital(form), position, last)
        return None

    def _house_fits(self, position: int, preposition: str, marked_house: bool, common: bool) -> bool:
        if marked_house or preposition in _PLACE_PREPOSITIONS or common:
            return True
        before = self.token(position - 1)
        return before is None or not before.is_word or before.key in self.settlement_forms

    def _stands_alone(self, name: StreetName, common: bool, preposition: str) -> bool:
        """«на Садовой» with no noun after it; «на Петрова» may be a person, «по Петрова» may not."""
        after = self.token(name.last)
        last = self.tokens[name.last - 1]
        if (
            after is not None
            and after.is_word
            and self.text[last.end : after.start] == " "
            and marked(after.key, "NOUN")
            and last.key.endswith(("ой", "ую", "ом"))
        ):
            agrees = not marked(after.key, "PREP") and not marked(after.key, "nomn")
            if agrees:
                return False
        if last.key.endswith(("ой", "ей")):
            return adjective(last.key, "femn") is not None and (common or marked(last.key, "ADJF"))
        if last.key.endswith(("ая", "ую")):
            return False
        return common or (preposition == "по" and marked(last.key, "gent") and marked(last.key, "Surn"))

    def _housed(self, name: StreetName, kind: str, weight: float) -> FoundStreet | None:
        start, end = self.tokens[name.first].start, self.tokens[name.last - 1].end
        if kind and name.first > 0 and kind_of(self.tokens[name.first - 1].key):
            start = self.tokens[name.first - 1].start
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


def _agrees(key: str, gender: str) -> bool:
    endings = {
        "femn": ("ая", "яя", "ой", "ей", "ую", "юю", "ья"),
        "masc": ("ий", "ый", "ой", "ого", "его", "ом", "ем", "ому", "ему", "ым", "им"),
        "neut": ("ое", "ее", "ого", "его", "ом", "ем", "ому", "ему", "ым", "им"),
    }
    return key.endswith(endings[gender])
