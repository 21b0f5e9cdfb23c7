"""How a street's name is read word by word: after its kind, with a number, of several words.

Called by `streets`.
"""

import re
from dataclasses import dataclass

from otklik.language.morphology import is_known, marked
from otklik.places.gazetteer import Gazetteer
from otklik.places.spelling import fold
from otklik.places.street_names import adjective, common_names, in_genitive, kind_of, nominative, ordinal
from otklik.places.tokens import Token

RANKS = [
    "генерал",
    "маршал",
    "адмирал",
    "академик",
    "геро",
    "космонавт",
    "летчик",
    "капитан",
    "лейтенант",
    "полковник",
    "братьев",
    "сестер",
    "партизан",
    "професс",
    "врач",
    "доктор",
    "художник",
    "композит",
    "писател",
    "поэт",
    "инженер",
    "комиссар",
    "матрос",
    "сержант",
    "майор",
    "святого",
    "князя",
    "командарм",
]
_NUMBERED = re.compile(
    r"лет|год|мая|марта|января|ноября|октября|февраля|декабря|июля|июня|августа|апреля|сентября|летия|комсомол|съезд|партсъезд|стрелков|дивизи"
)
NOT_NAMES = frozenset(
    [
        "наша",
        "наш",
        "нашей",
        "нашу",
        "вся",
        "все",
        "всей",
        "всю",
        "эта",
        "этой",
        "эту",
        "той",
        "та",
        "каждая",
        "каждой",
        "соседняя",
        "соседней",
        "другая",
        "другой",
        "любая",
        "любой",
        "моя",
        "моей",
        "вашей",
        "ваша",
        "одна",
        "одной",
        "одну",
        "самая",
        "самой",
        "сама",
        "такая",
        "такой",
        "какая",
        "какой",
        "которая",
        "которой",
        "главной",
        "главная",
        "темная",
        "грязная",
        "тихая",
        "проезжая",
        "всякая",
        "данная",
        "данной",
        "указанная",
        "вышеуказанная",
        "следующая",
        "соседнем",
        "нашем",
        "этом",
        "нашего",
        "соседнего",
        "первая",
        "вторая",
        "третья",
        "прошу",
        "просим",
        "в",
        "на",
        "по",
        "с",
        "у",
        "до",
        "от",
        "из",
        "за",
        "не",
        "и",
        "а",
        "но",
        "есть",
        "нет",
        "где",
        "когда",
        "почему",
        "как",
        "что",
        "это",
        "очень",
        "нужно",
        "можно",
        "надо",
        "уже",
        "там",
        "тут",
        "здесь",
        "дом",
        "дома",
        "школа",
        "школы",
        "магазин",
        "больница",
        "ооо",
        "рф",
        "зао",
    ]
)


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
        return self.tokens[position] if 0 <= position < len(self.tokens) else None

    def name_after_kind(self, position: int, gender: str) -> StreetName | None:
        bent = self._kind_is_bent(position)
        at = position + 1
        while (token := self.token(at)) is not None and token.text in ".:«\"'“№ ":
            at += 1
        if token is None or "\n" in self.text[self.tokens[at - 1].end : token.start]:
            return None
        if token.is_number:
            return self.numbered_name(
                at, gender, alone=kind_of(self.tokens[position].key) in (("мкр", "masc"), ("кв-л", "masc"))
            )
        if not token.is_word or token.key in NOT_NAMES:
            return None
        return self._worded_name(at, gender, bent)

    def _kind_is_bent(self, position: int) -> bool:
        key = self.tokens[position].key
        return len(key) > 4 and not marked(key, "NOUN", "nomn")

    def numbered_name(self, at: int, gender: str, *, alone: bool) -> StreetName | None:
        """«9 Января», «40 лет Октября», «2-я Краснознаменская», «мкр 2»."""
        number, word = self.tokens[at], self.token(at + 1)
        if word is not None and word.is_word and "\n" not in self.text[number.end : word.start]:
            if ("-" in number.text and not number.key.endswith(("лет", "летия", "летие"))) or (
                number.text.isdigit()
                and word.titled
                and word.key.endswith(("ая", "ой", "ую", "ий", "ый", "ом"))
            ):
                if (rest := self._worded_name(at + 1, gender, bent=True)) is not None and word.titled | bool(
                    common_names().get(word.key)
                ):
                    first = ordinal(number.text, gender) if "-" in number.text else number.text
                    return StreetName(f"{first} {rest.shown}", at, rest.last)
            if (_NUMBERED.search(word.key) or number.key.endswith("летия")) and not (
                word.key in ("года", "год", "лет") and not self._dedicates(at + 2)
            ):
                last = at + 2
                while (
                    (token := self.token(last)) is not None
                    and token.is_word
                    and last < at + 4
                    and (
                        (token.titled and token.key not in NOT_NAMES)
                        or (last == at + 2 and word.key == "лет")
                    )
                    and kind_of(token.key) is None
                ):
                    last += 1
                words = [item.text for item in self.tokens[at:last]]
                shown = [
                    words[0],
                    *(
                        w if w.islower() and fold(w) in ("лет", "года", "летия") else w[0].upper() + w[1:]
                        for w in words[1:]
                    ),
                ]
                return StreetName(" ".join(shown), at, last)
        return StreetName(number.text.rstrip("."), at, at + 1) if alone and len(number.text) <= 4 else None

    def _dedicates(self, at: int) -> bool:
        token = self.token(at)
        return (
            token is not None
            and token.is_word
            and (token.titled or token.key in ("октября", "победы", "влксм", "ссср"))
        ) or self.tokens[at - 1].key == "года"

    def _worded_name(self, at: int, gender: str, bent: bool) -> StreetName | None:
        token = self.tokens[at]
        if (
            len(token.text) == 1
            and token.titled
            and (dot := self.token(at + 1)) is not None
            and dot.text == "."
        ):
            return self._with_initials(at)
        ranked = (
            token.key.startswith(tuple(RANKS)) and (after := self.token(at + 1)) is not None and after.titled
        )
        if not token.titled and not ranked and not self._lower_name(token, gender):
            return None
        if token.key in self.settlement_forms and not token.titled:
            return None
        last = at + 1
        while last < at + 4 and self.goes_on(at, last):
            last += 1
        words = self.tokens[at:last]
        if len(words) == 1:
            return StreetName(self.capital(nominative(token.text, gender, bent)), at, last)
        return StreetName(self.joined_name(words, gender, bent), at, last)

    def _with_initials(self, at: int) -> StreetName | None:
        """«М. Горького», «В.И. Ленина»."""
        last = at
        while (token := self.token(last)) is not None and (
            token.text == "." or (len(token.text) == 1 and token.titled and token.is_word)
        ):
            last += 1
        token = self.token(last)
        if token is None or not token.titled or last - at > 4:
            return None
        letters = "".join(item.text for item in self.tokens[at:last])
        return StreetName(
            f"{letters} {token.text}" if letters.count(".") == 1 else f"{letters} {token.text}", at, last + 1
        )

    def _lower_name(self, token: Token, gender: str) -> bool:
        """Whether a word in small letters after a kind word is a name and not the next word of the sentence."""
        if token.key in common_names() or token.key in self.known:
            return True
        if token.key in NOT_NAMES or len(token.key) < 4 or not self.text_is_lower(token):
            return False
        if marked(token.key, "Surn", "gent") and not marked(token.key, "VERB"):
            return True
        return (
            gender == "femn"
            and token.key.endswith(("ская", "ской", "скую"))
            and adjective(token.key, "femn") is not None
        )

    def text_is_lower(self, token: Token) -> bool:
        """Near text without capitals: the writer uses none."""
        window = self.text[max(0, token.start - 40) : token.end + 40]
        return sum(char.isupper() for char in window) <= 2

    def goes_on(self, first: int, at: int) -> bool:
        """Whether the next word belongs to the name: «Карла» + «Маркса», «Красной» + «Армии»."""
        before, token = self.tokens[at - 1], self.token(at)
        if (
            token is None
            or not token.is_word
            or self.text[before.end : token.start] != " "
            or kind_of(token.key)
        ):
            return False
        whole = " ".join(item.key for item in self.tokens[first : at + 1])
        if whole in common_names() or whole in self.known:
            return True
        if (
            not token.titled
            or token.key in NOT_NAMES
            or (token.key in self.settlement_forms and at > first + 1)
        ):
            return False
        if before.key.startswith(tuple(RANKS)):
            return True
        if (marked(before.key, "Name", "gent") and not marked(token.key, "Patr")) or marked(
            before.key, "Patr"
        ):
            return in_genitive(token.key) or not is_known(token.key)
        if marked(before.key, "ADJF") and not marked(before.key, "Surn"):
            return (
                (marked(token.key, "ADJF") and at == first + 1)
                or in_genitive(token.key)
                or (marked(token.key, "NOUN") and before.key.endswith(("ая", "ый", "ий", "ое")))
            )
        return (
            marked(before.key, "NOUN", "gent")
            and marked(token.key, "NOUN", "gent", "plur")
            and not marked(token.key, "Surn")
        )

    def joined_name(self, words: list[Token], gender: str, bent: bool) -> str:
        whole = " ".join(word.key for word in words)
        if whole in common_names():
            return common_names()[whole]
        if whole in self.known:
            return self.known[whole][0].name
        if (marked(words[0].key, "ADJF") and not marked(words[-1].key, "NOUN")) or (
            words[0].key.endswith(("ая", "ой")) and marked(words[-1].key, "ADJF")
        ):
            return " ".join(self.capital(nominative(word.text, gender, bent)) for word in words)
        return " ".join(
            self.capital(word.text) if number == 0 else word.text for number, word in enumerate(words)
        )

    def capital(self, name: str) -> str:
        return name[:1].upper() + name[1:]
