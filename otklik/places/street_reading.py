"""How a street's name is read word by word: after its kind, with a number, of several words.

Called by `streets`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from otklik.language.morphology import is_known, marked
from otklik.places.gazetteer import Gazetteer
from otklik.places.street_names import adjective, common_names, in_genitive, kind_of, nominative, ordinal
from otklik.places.tokens import Token

_JUBILEE = re.compile(
    r"лет|мая|марта|января|ноября|октября|февраля|декабря|июля|июня|августа|апреля|сентября|летия|съезда|партсъезда"
)
_LONGEST = 4
# Parts of speech that may open a name; a known word of another part goes on with the sentence.
_NAMING_PARTS = ("NOUN", "ADJF", "Surn", "Name", "NUMR", "PRTF")


@cache
def words(list_name: str) -> tuple[str, ...]:
    """A list of `data/words.toml`."""
    path = Path(__file__).parent / "data" / "words.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))[list_name].split())


def is_no_name(key: str) -> bool:
    """Whether the folded word is no street's name wherever it stands."""
    return key in words("not_names")


def is_rank(key: str) -> bool:
    """Whether the folded word is a rank or calling that opens a dedication."""
    return key.startswith(words("ranks"))


@dataclass(frozen=True, slots=True)
class StreetName:
    """A name read at tokens[first:last]."""

    shown: str
    first: int
    last: int


class NameReader:
    """Reads street names at given tokens of one text."""

    def __init__(self, text: str, tokens: list[Token], gazetteer: Gazetteer) -> None:
        self.text = text
        self.tokens = tokens
        self.known = gazetteer.street_names
        self.settlement_forms = gazetteer.forms

    def token(self, position: int) -> Token | None:
        """The token there, None outside the text."""
        return self.tokens[position] if 0 <= position < len(self.tokens) else None

    def spelt(self, first: int, last: int) -> str:
        """The folded words tokens[first:last] with single spaces."""
        return " ".join(token.key for token in self.tokens[first:last])

    def is_listed(self, key: str) -> bool:
        """Whether the folded name is widespread or stands in the gazetteer."""
        return key in common_names() or key in self.known

    def close(self, left: int) -> bool:
        """Whether only a space parts this token from the next."""
        right = self.token(left + 1)
        return right is not None and self.text[self.tokens[left].end : right.start] == " "

    def name_after_kind(self, position: int, gender: str) -> StreetName | None:
        """The name that follows the kind word at `position`."""
        key = self.tokens[position].key
        bent = len(key) > _LONGEST and not marked(key, "NOUN", "nomn")
        at = position + 1
        ends = "«\"'“№:" if len(key) > _LONGEST else ".«\"'“№:"  # a dot after a whole word ends the sentence
        while (token := self.token(at)) is not None and token.text in ends:
            at += 1
        if token is None or "\n" in self.text[self.tokens[at - 1].end : token.start]:
            return None
        if token.is_number:
            kind = kind_of(key)
            return self.numbered_name(at, gender) or self._bare_number(at, kind[0] if kind else "")
        initial = len(token.text) == 1 and token.titled and self.text[token.end : token.end + 1] == "."
        if not token.is_word or (is_no_name(token.key) and not initial):
            return None
        return self.worded_name(at, gender, bent)

    def _bare_number(self, at: int, kind: str) -> StreetName | None:
        """«мкр 2», «квартал 14»."""
        number = self.tokens[at].text
        return StreetName(number, at, at + 1) if kind in ("мкр", "кв-л") and len(number) <= _LONGEST else None

    def numbered_name(self, at: int, gender: str) -> StreetName | None:
        """«9 Января», «40 лет Октября», «2-я Краснознаменская»."""
        number, word = self.tokens[at], self.token(at + 1)
        if word is None or not word.is_word or "\n" in self.text[number.end : word.start]:
            return None
        jubilee = number.key.endswith(("лет", "летия", "летие"))
        month = bool(_JUBILEE.fullmatch(word.key))
        if "-" in number.text and not jubilee and not month:
            return self._ordinal_name(at, gender)
        if jubilee or _JUBILEE.search(word.key):
            return self._jubilee(at)
        if word.titled and adjective(word.key, gender) and self.close(at):
            return self._ordinal_name(at, gender)
        return None

    def _ordinal_name(self, at: int, gender: str) -> StreetName | None:
        number, word = self.tokens[at], self.tokens[at + 1]
        if not (word.titled or self.is_listed(word.key)):
            return None
        rest = self.worded_name(at + 1, gender, bent=True)
        if rest is None:
            return None
        dedicated = (
            number.key.endswith(("го", "й"))
            and in_genitive(self.tokens[rest.last - 1].key)
            and rest.shown != "Линия"
        )
        masculine = ordinal(number.text, "masc") if number.key.endswith("ой") else number.text
        shown = masculine if dedicated or "-" not in number.text else ordinal(number.text, gender)
        return StreetName(f"{shown} {rest.shown}", at, rest.last)

    def _jubilee(self, at: int) -> StreetName | None:
        """«9 Января», «40 лет Октября», «60-летия СССР»; a lone «5 лет» is time."""
        last = at + 1 if "лет" in self.tokens[at].key else at + 2
        years = "лет" in self.spelt(at, last)
        if years and self._opens_dedication(last):
            last += 1
            while (
                (token := self.token(last)) is not None
                and last < at + _LONGEST
                and token.titled
                and token.is_word
            ):
                if is_no_name(token.key) or kind_of(token.key) or not marked(token.key, "gent"):
                    break
                last += 1
        elif years:
            return None
        number, *rest = self.tokens[at:last]
        glued = number.text[:-3] + " лет" if number.key.endswith("лет") else number.text
        if rest and _JUBILEE.fullmatch(rest[0].key):
            glued = number.text.split("-")[0]
        shown = [
            glued,
            *(token.text if token.key in ("лет", "летия") else self.capital(token.text) for token in rest),
        ]
        return StreetName(" ".join(shown), at, last)

    def _opens_dedication(self, at: int) -> bool:
        token = self.token(at)
        if token is None or not token.is_word:
            return False
        return (token.titled and not is_no_name(token.key)) or token.key in (
            "октября",
            "победы",
            "влксм",
            "ссср",
        )

    def worded_name(self, at: int, gender: str, bent: bool) -> StreetName | None:
        """A name of one to four words."""
        token = self.tokens[at]
        after = self.token(at + 1)
        if len(token.text) == 1 and token.titled and after is not None and after.text == ".":
            return self._with_initials(at, at)
        ranked = is_rank(token.key) and after is not None and after.titled
        if not token.titled and not ranked and not self._lower_name(token, gender):
            return None
        if is_known(token.text) and not any(marked(token.key, part) for part in _NAMING_PARTS):
            return None
        if ranked and after is not None and len(after.text) == 1:
            return self._with_initials(at, at + 1)
        last = at + 1
        while last < at + _LONGEST and self.goes_on(at, last):
            last += 1
        shown = (
            nominative(token.text, gender, bent)
            if last == at + 1
            else self.joined_name(self.tokens[at:last], gender, bent)
        )
        return self._with_ordinal(StreetName(self.capital(shown), at, last), gender)

    def _with_ordinal(self, name: StreetName, gender: str) -> StreetName:
        """«Южная 2-я»: an ordinal after the name."""
        token = self.token(name.last)
        if token is None or not token.is_number or "-" not in token.text or not self.close(name.last - 1):
            return name
        if not token.key.endswith(("я", "й", "ой", "ую", "ая")) or kind_of(
            self.spelt(name.last + 1, name.last + 2)
        ):
            return name
        return StreetName(f"{name.shown} {ordinal(token.text, gender)}", name.first, name.last + 1)

    def _with_initials(self, first: int, at: int) -> StreetName | None:
        """«М. Горького», «В.И. Ленина», «Академика А.Н. Крылова»."""
        last = at
        while (token := self.token(last)) is not None and (
            token.text == "." or (len(token.text) == 1 and token.titled and token.is_word)
        ):
            last += 1
        token = self.token(last)
        if token is None or not token.titled or last - at > _LONGEST:
            return None
        letters = "".join(item.text for item in self.tokens[at:last])
        rank = [self.capital(item.text) for item in self.tokens[first:at]]
        return StreetName(" ".join([*rank, letters, token.text]), first, last + 1)

    def _lower_name(self, token: Token, gender: str) -> bool:
        """Whether a word in small letters after a kind word is a name and not the next word of the sentence."""
        if self.is_listed(token.key):
            return True
        if is_no_name(token.key) or len(token.key) < _LONGEST or not self.text_is_lower(token):
            return False
        if marked(token.key, "Surn", "gent") and not marked(token.key, "VERB"):
            return True
        shaped = token.key.endswith(("ская", "ской", "скую"))
        return gender == "femn" and shaped and adjective(token.key, "femn") is not None

    def text_is_lower(self, token: Token) -> bool:
        """Near text without capitals: the writer uses none."""
        window = self.text[max(0, token.start - 40) : token.end + 40]
        return sum(char.isupper() for char in window) <= 2

    def goes_on(self, first: int, at: int) -> bool:
        """Whether the next word belongs to the name: «Карла» + «Маркса», «Красной» + «Армии»."""
        before, token = self.tokens[at - 1], self.token(at)
        if token is None or not token.is_word or not self.close(at - 1) or kind_of(token.key):
            return False
        if self.is_listed(self.spelt(first, at + 1)):
            return True
        if (
            not token.titled
            or is_no_name(token.key)
            or (token.key in self.settlement_forms and at > first + 1)
        ):
            return False
        return is_rank(before.key) or _continues(before.key, token.key, at == first + 1)

    def joined_name(self, parts: list[Token], gender: str, bent: bool) -> str:
        """Several words as the register writes them: adjectives bend, dedications stay."""
        whole = " ".join(part.key for part in parts)
        if whole in common_names():
            return common_names()[whole]
        if whole in self.known:
            return self.known[whole][0].name
        first, last = parts[0].key, parts[-1].key
        bends = marked(first, "ADJF") and not marked(last, "NOUN")
        if bends or (first.endswith(("ая", "ой")) and marked(last, "ADJF")):
            return " ".join(self.capital(nominative(part.text, gender, bent)) for part in parts)
        return " ".join(part.text for part in parts)

    def capital(self, name: str) -> str:
        """The name with its first letter capital, the rest as it is."""
        return name[:1].upper() + name[1:]


def _continues(before: str, key: str, second: bool) -> bool:
    """Whether two capitalised words make one name by their grammar."""
    if marked(before, "Name") or marked(before, "Patr"):
        return not marked(key, "Patr") and not marked(key, "VERB")
    if marked(before, "ADJF") and not marked(before, "Surn"):
        named = marked(key, "NOUN") and before.endswith(("ая", "ый", "ий", "ое"))
        return (second and marked(key, "ADJF")) or in_genitive(key) or named
    if not is_known(before) and second and not before.endswith(("ого", "ова", "ева", "ина")):
        return in_genitive(key) or not is_known(key)
    return marked(before, "NOUN", "gent") and marked(key, "NOUN", "gent", "plur") and not marked(key, "Surn")
