"""Words of a text as parts of a name: is it a first name, a patronymic, a surname. Called by `names`, `initials`."""

import re
from dataclasses import dataclass

from otklik.language.morphology import forms, is_known, marked

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_PATRONYMIC = re.compile(
    r"(?:[а-яё]{2,}(?:ович|евич|ьич|мич)(?:а|у|ем|е)?|[а-яё]{2,}(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою)"
    r"|оглы|кызы|иванна|иванны|санна|санны|пална|[а-яё]{2,}(?:саныч|ваныч|алыч|тальич)(?:а|у|ем|е)?)",
    re.I,
)
_SURNAME_SHAPE = re.compile(
    r"[а-яё]+(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|е|ой|ых|ы)?|(?:ск|цк)(?:ий|ая|ого|ому|им|ом|ой|ую)|енко|чук|юк|ян|швили|дзе|идзе)",
    re.I,
)
# A firm's or a state body's short name, a pronoun, a preposition is no surname; the stems are of posts and things.
_NEVER_SURNAMES = frozenset(
    [
        "ип",
        "ооо",
        "оао",
        "зао",
        "пао",
        "муп",
        "мку",
        "жкх",
        "тсж",
        "снт",
        "рф",
        "гибдд",
        "мвд",
        "мчс",
        "ваш",
        "наш",
        "мой",
        "моя",
        "это",
        "как",
        "что",
        "кто",
        "где",
        "при",
        "все",
        "вся",
        "она",
        "они",
        "него",
        "нее",
        "для",
        "без",
        "под",
        "над",
        "или",
        "так",
        "там",
        "тут",
        "уже",
        "еще",
        "мне",
        "нам",
        "вам",
        "мама",
        "папа",
        "муж",
        "жена",
        "сын",
        "дочь",
        "брат",
        "ее",
        "их",
        "его",
        "января",
        "февраля",
        "марта",
        "апреля",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
        "март",
        "август",
    ]
)
_KIN = (
    "баб",
    "дед",
    "дяд",
    "тет",
    "тёт",
    "отец",
    "отц",
    "мать",
    "матер",
    "внук",
    "внуч",
    "свят",
    "цар",
    "княз",
    "преподобн",
)
_POSTS_AND_THINGS = re.compile(
    r"(?:улиц|переул|проспект|школ|директор|глав|депутат|врач|мастер|начальник|губернатор|мэр|президент|господин|уважаем"
    r"|здравствуй|добр|прошу|просим|спасибо|город|деревн|село|посел|хутор|станиц|район|област|сосед|жител|участков|дедушк"
    r"|администрац|росси|новгород|дом|подъезд|гражд|товарищ|бабушк|сестр)\w*"
)


@dataclass(frozen=True, slots=True)
class NameWord:
    text: str
    start: int
    end: int

    @property
    def titled(self) -> bool:
        """A capital followed by small letters: the writer meant a proper name."""
        return self.text[0].isupper() and self.text[1:2].islower()

    @property
    def lowered(self) -> str:
        return self.text.lower()


def words_of(text: str) -> list[NameWord]:
    """The Cyrillic words of a text with their places."""
    return [NameWord(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def adjacent(text: str, left: NameWord, right: NameWord) -> bool:
    gap = text[left.end : right.start]
    return 1 <= len(gap) <= 2 and gap.isspace() and "\n\n" not in gap


def is_patronymic(word: NameWord) -> bool:
    if not _PATRONYMIC.fullmatch(word.text):
        return False
    return (
        marked(word.lowered, "Patr")
        or word.lowered in ("оглы", "кызы")
        or (word.titled and not is_known(word.text))
    )


def is_first_name(word: NameWord) -> bool:
    # The dictionary reads «гора» as a form of the name «Гор»: «Ильина Гора» is a village.
    return (
        len(word.text) > 2
        and word.lowered != "гора"
        and marked(word.lowered, "Name", "sing")
        and not _PATRONYMIC.fullmatch(word.text)
    )


def is_surname(word: NameWord) -> bool:
    """Marked so in the dictionary or shaped so; a plain word of the language is none."""
    if len(word.text) < 3 or is_plain_word(word.lowered):
        return False
    if marked(word.lowered, "Surn"):
        return word.titled or not has_plain_reading(word.lowered)
    return word.titled and not is_known(word.text) and not _PATRONYMIC.fullmatch(word.text)


def is_plain_word(word: str) -> bool:
    key = word.replace("ё", "е")
    return key in _NEVER_SURNAMES or bool(_POSTS_AND_THINGS.fullmatch(key) and not marked(word, "Surn"))


def has_plain_reading(word: str) -> bool:
    """Whether a known reading of the word is no person's name («вера», «роман», «мороз», «серов»)."""
    return any(
        form.known and not form.marks & {"Name", "Surn", "Patr", "Geox", "Poss", "Orgn"}
        for form in forms(word)
    )


def is_shaped(word: NameWord) -> bool:
    return bool(_SURNAME_SHAPE.fullmatch(word.text))


def is_common_surname(text: str, word: NameWord) -> bool:
    """A common word as a surname («Заяц Оксана»): capitalised inside a sentence, no kin, post or town."""
    if not word.titled or is_plain_word(word.lowered) or word.lowered.startswith(_KIN):
        return False
    before = text[: word.start].rstrip()
    if not before or before[-1] in ".!?\n":
        return False
    return marked(word.lowered, "sing", "nomn") and not any(
        marked(word.lowered, mark) for mark in ("Geox", "Name", "VERB", "Orgn")
    )
