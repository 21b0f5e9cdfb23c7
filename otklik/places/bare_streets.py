"""Streets written without «улица»: «Ленина 15», «на Садовой», «по Гагарина», «2-я Полевая».

Called by `streets`. The fewer signs of an address stand around, the more the name itself must look like a street.
"""

from otklik.language.morphology import marked
from otklik.places.houses import house_after
from otklik.places.spelling import fold
from otklik.places.street_names import adjective, common_names, is_dedication, kind_of
from otklik.places.street_reading import NameReader, StreetName, is_no_name, is_rank, words

_STRONG_PREPOSITIONS = ("на", "по", "вдоль")
# «жалуюсь на Петрова», «напал на Петрова»: the preposition governs a person.
_AGAINST_PERSON = (
    "жал",
    "напа",
    "подал",
    "подат",
    "наеха",
    "сосла",
    "похож",
    "наде",
    "обид",
    "крич",
    "заявлен",
    "повлия",
    "наруга",
    "дави",
    "донос",
)


class BareReader(NameReader):
    """Reads names without a kind word; the weight tells how much they look like an address."""

    def bare(self, position: int) -> tuple[StreetName, float] | None:
        """The bare street that starts at this token."""
        token = self.tokens[position]
        if token.is_number:
            return self._numbered(position)
        if not token.is_word or len(token.key) < 3 or is_no_name(token.key) or kind_of(token.key):
            return None
        preposition = self._preposition(position)
        name = self._name(position, preposition)
        if name is None:
            return None
        common = self.is_listed(self.spelt(name.first, name.last)) or fold(name.shown) in self.known
        lower = self._lower_adjective(position, preposition)
        if (token.titled or common or lower) and self._has_house(name, preposition, common):
            return name, 2.0
        if (
            preposition in _STRONG_PREPOSITIONS
            and token.titled
            and self._stands_alone(name, common, preposition)
        ):
            return name, 1.2 if common else 0.8
        return None

    def _preposition(self, position: int) -> str:
        """The word before; a crossing is as good as «на»."""
        if not position or not self.close(position - 1):
            return ""
        key = self.tokens[position - 1].key
        return "на" if key.startswith(("перекрест", "пересечен")) else key

    def _numbered(self, position: int) -> tuple[StreetName, float] | None:
        """«9 Января 3» needs its house, «2-я Полевая» reads as a street by its shape."""
        name = self.numbered_name(position, "femn")
        if name is None or not self.tokens[name.last - 1].titled:
            return None
        key = fold(name.shown)
        shaped = "-" in self.tokens[position].text and key.endswith(("ая", "линия"))
        if not shaped and not self.is_listed(key):
            return None
        before = self.token(position - 1)
        addressed = before is None or not before.is_word or before.key in words("place_prepositions")
        after = house_after(self.text, self.tokens[name.last - 1].end)
        if after is not None and (after[2] or addressed):
            return name, 1.8
        after_token = self.token(name.last)
        followed = after_token is not None and self.close(name.last - 1) and marked(after_token.key, "NOUN")
        if shaped and addressed and not followed:
            return name, 1.2
        return None

    def _name(self, position: int, preposition: str) -> StreetName | None:
        token = self.tokens[position]
        pair = self.spelt(position, position + 2)
        lower_name = (
            token.key in common_names()
            or pair in common_names()
            or self._lower_adjective(position, preposition)
        )
        if token.key in self.settlement_forms or not (token.titled or lower_name):
            return None
        last = position + 1
        while last < position + 4 and self.goes_on(position, last):
            last += 1
        whole = self.spelt(position, last)
        if whole in common_names():
            return StreetName(common_names()[whole], position, last)
        if last > position + 1:
            opens = marked(token.key, "gent") or is_rank(token.key) or marked(token.key, "ADJF")
            shown = self.joined_name(self.tokens[position:last], "femn", bent=True)
            return StreetName(self.capital(shown), position, last) if opens else None
        single = self._single(token.key, token.text, preposition)
        return StreetName(self.capital(single), position, last) if single else None

    def _lower_adjective(self, position: int, preposition: str) -> bool:
        """«на демократической 12» without capitals."""
        key, after = self.tokens[position].key, self.token(position + 1)
        if not key.endswith(("ской", "цкой")) or preposition not in _STRONG_PREPOSITIONS or after is None:
            return False
        return after.is_number and house_after(self.text, self.tokens[position].end) is not None

    def _single(self, key: str, text: str, preposition: str) -> str | None:
        """One word: a surname in the genitive, «Садовой», «на Школьном»."""
        if is_dedication(key):
            return text
        if key.endswith(("ая", "ой", "ую", "ей", "яя")) and not marked(key, "Surn"):
            return adjective(key, "femn")
        if key.endswith("ом") and preposition in ("на", "в"):
            return adjective(key, "masc")
        return None

    def _has_house(self, name: StreetName, preposition: str, common: bool) -> bool:
        """A house after the name, and around it the signs of an address."""
        house = house_after(self.text, self.tokens[name.last - 1].end)
        if house is None:
            return False
        if house[2] or common or preposition in words("place_prepositions"):
            return True
        before = self.token(name.first - 1)
        return before is None or not before.is_word or before.key in self.settlement_forms

    def _stands_alone(self, name: StreetName, common: bool, preposition: str) -> bool:
        """«на Садовой» with no noun after it; «по Петрова» is a street, «жалуюсь на Петрова» a person."""
        after, last = self.token(name.last), self.tokens[name.last - 1]
        bends = last.key.endswith(("ой", "ую", "ом", "ей"))
        followed = after is not None and after.is_word and self.close(name.last - 1)
        if (
            bends
            and followed
            and after is not None
            and marked(after.key, "NOUN")
            and not marked(after.key, "nomn")
        ):
            return False
        if last.key.endswith(("ая", "ую")):
            return False
        if bends:
            return common or marked(last.key, "ADJF")
        governor = self.token(name.first - 2)
        person = governor is not None and governor.key.startswith(_AGAINST_PERSON)
        return common or (not person and is_dedication(last.key))
