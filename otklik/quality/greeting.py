"""Is the answer written to its author: names of the greeting against the signature, letters to somebody else.

Called by `rules`; calls `language` only. Names are compared part by part; what one side lacks is no fault.
"""

import re
from dataclasses import dataclass, replace

from otklik.language.lemmas import normal
from otklik.language.morphology import forms
from otklik.quality.phrases import phrases, says, words
from otklik.quality.reading import Reply

_TITLED = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*|[А-ЯЁ]\.")
_PATRONYMIC = re.compile(r"\w+(?:ович|евич|ич)(?:а|у|ем|е)?$|\w+(?:овн|евн|ичн|иничн)(?:а|ы|е|у|ой)$")
_SURNAME = re.compile(
    r"\w+(?:ов|ев|ин|ын|ова|ева|ина|ына|ский|ская|цкий|цкая|ко|ук|юк|ых|их|ян|ец|ич|ец|як)$"
)
_SIGNATURE = re.compile(r"[\s:,.–—-]+((?:[А-ЯЁ][\w.-]*[\s,]*){1,3})")
_INTRODUCED = re.compile(r"(?<!\w)[Яя],\s+((?:[А-ЯЁ][а-яё.-]+\s*){1,3})")
_SHORT = {
    short: full
    for full, shorts in {
        "александр": "саша саня шура",
        "александра": "саша шура",
        "алексей": "леша алеша",
        "анастасия": "настя",
        "анатолий": "толя",
        "андрей": "андрюша",
        "анна": "аня анюта",
        "борис": "боря",
        "валентина": "валя",
        "валерий": "валера",
        "василий": "вася",
        "виктор": "витя",
        "виктория": "вика",
        "владимир": "вова володя",
        "галина": "галя",
        "григорий": "гриша",
        "дарья": "даша",
        "дмитрий": "дима митя",
        "евгений": "женя",
        "евгения": "женя",
        "екатерина": "катя",
        "елена": "лена",
        "елизавета": "лиза",
        "иван": "ваня",
        "ирина": "ира",
        "константин": "костя",
        "ксения": "ксюша",
        "лариса": "лара",
        "людмила": "люда мила",
        "мария": "маша",
        "михаил": "миша",
        "надежда": "надя",
        "наталья": "наташа",
        "наталия": "наташа",
        "николай": "коля",
        "ольга": "оля",
        "павел": "паша",
        "петр": "петя",
        "светлана": "света",
        "сергей": "сережа",
        "татьяна": "таня",
        "юлия": "юля",
        "юрий": "юра",
        "любовь": "люба",
        "раиса": "рая",
        "роман": "рома",
        "федор": "федя",
    }.items()
    for short in shorts.split()
}


@dataclass(frozen=True, slots=True)
class Person:
    """Parts of a name in small letters, empty where unknown; initials in order of first name, patronymic."""

    first: str = ""
    patronymic: str = ""
    surname: str = ""
    initials: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.first or self.patronymic or self.surname)

    @property
    def gender(self) -> str:
        """masc, femn or empty when the parts do not tell."""
        if self.patronymic:
            return "femn" if self.patronymic.endswith(("на", "ны", "не", "ной", "ну")) else "masc"
        marks = [form.marks for form in forms(self.first) if "Name" in form.marks] if self.first else []
        if marks and "ms-f" not in marks[0]:
            return "femn" if "femn" in marks[0] else "masc"
        if self.surname.endswith(("ова", "ева", "ина", "ына", "ская", "цкая")):
            return "femn"
        return "masc" if self.surname.endswith(("ов", "ев", "ин", "ын", "ский", "цкий")) else ""


def author_of(message: str, author_name: str = "") -> Person:
    """The author by the name on record, else by the signature or the introduction in the message."""
    if author_name.strip():
        return _person(author_name)
    after_words = [
        _SIGNATURE.match(message, found.end()) for found in phrases("signed").finditer(normal(message))
    ]
    for match in [*reversed(after_words), *_INTRODUCED.finditer(message)]:
        person = _person(match.group(1)) if match else Person()
        if person.is_known:
            return person
    return _signature(message)


def _signature(message: str) -> Person:
    """The last short piece of the message, when it is made of names."""
    pieces = [piece.strip(" ,;–—-\t") for piece in re.split(r"[!?\n]|(?<![А-ЯЁ])\.(?:\s|$)", message)]
    for piece in [piece for piece in pieces if piece][-1:]:
        piece = re.split(r",\s*(?=ул|г\.|дом|д\.|пос|село|деревня|тел)", piece)[0]
        words = re.findall(r"[\w.-]+", piece)
        person = _person(piece)
        if person.is_known and len(words) <= 5:
            return person
    return Person()


def _person(text: str) -> Person:
    person = Person()
    for match in _TITLED.finditer(text):
        person = _with(person, match.group())
    return person


def _with(person: Person, word: str) -> Person:
    plain = normal(word)
    if plain in words("not_names"):
        return person
    if len(plain) == 2 and plain.endswith("."):
        return replace(person, initials=person.initials + plain[0])
    if _PATRONYMIC.match(plain) and any("Patr" in form.marks for form in forms(plain)):
        return replace(person, patronymic=plain)
    marks = frozenset(mark for form in forms(plain) for mark in form.marks)
    if "Name" in marks and not person.first and not person.patronymic:
        return replace(person, first=plain)
    if not person.surname and ("Surn" in marks or _SURNAME.match(plain)):
        return replace(person, surname=plain)
    if "Name" in marks and not person.first:
        return replace(person, first=plain)
    return person


def greeted(reply: Reply) -> Person:
    """The person named in the greeting."""
    return _person(reply.greeting)


def wrong_name(reply: Reply, author: Person) -> str:
    """The words of the greeting that disagree with the signature; empty when they agree."""
    named = greeted(reply)
    words = " ".join(reply.greeting.split()).rstrip(" ,!.")
    honour = _honour_gender(reply.greeting)
    gender = named.gender or author.gender
    if honour and gender and honour != gender:
        return words
    if not named.is_known:
        return ""
    if _bent(named) or not _genders_agree(named):
        return words
    return words if author.is_known and _differs(named, author) else ""


def _honour_gender(greeting: str) -> str:
    plain = normal(greeting)
    if re.search(r"уважаемая|госпожа|дорогая", plain):
        return "femn"
    return "masc" if re.search(r"уважаемый|господин|дорогой", plain) else ""


def _bent(named: Person) -> bool:
    """The name stands in another case than the one of an address: «Уважаемая Марии Петровны»."""
    for part, mark in ((named.first, "Name"), (named.patronymic, "Patr")):
        readings = [form.marks for form in forms(part) if mark in form.marks] if part else []
        if readings and not any("nomn" in marks and "plur" not in marks for marks in readings):
            return True
    return False


def _genders_agree(named: Person) -> bool:
    genders = {
        Person(first=named.first).gender,
        Person(patronymic=named.patronymic).gender,
        Person(surname=named.surname).gender,
    }
    return len(genders - {""}) < 2


def _differs(named: Person, author: Person) -> bool:
    if named.first and author.first and not _same_first(named.first, author.first):
        return True
    if named.patronymic and author.patronymic and named.patronymic != author.patronymic:
        return True
    if named.surname and author.surname and named.surname != author.surname:
        return True
    if (
        named.surname
        and not author.surname
        and author.patronymic
        and named.surname[:5] == author.patronymic[:5]
    ):
        return True
    if author.initials and not author.first:
        letters = "".join(part[0] for part in (named.first, named.patronymic) if part)
        if letters and not author.initials.startswith(letters):
            return True
    return bool(named.gender and author.gender and named.gender != author.gender)


def _same_first(one: str, other: str) -> bool:
    return (
        one == other
        or _SHORT.get(one, one) == _SHORT.get(other, other)
        or other in (_SHORT.get(one),)
        or one in (_SHORT.get(other),)
    )


def wrong_addressee(reply: Reply) -> str:
    """The words by which the letter speaks to a department, a chief or colleagues; empty when to the citizen."""
    beginning = normal(reply.text[:160])
    salutation = phrases("foreign_salutation").match(beginning.strip())
    if salutation:
        return reply.text[: salutation.end()].strip()
    for sentence in reply.sentences:
        found = phrases("order").search(sentence.plain)
        if found and not _to_citizen(sentence.plain, found):
            return found.group()
    return ""


def _to_citizen(plain: str, found: re.Match[str]) -> bool:
    """Orders quoted in the past («поручили подрядчику вывезти») or asked of the author's own papers."""
    return (
        says("refusal", plain[: found.start()])
        or re.search(r"(?:указано|предписано|поручено|требование|предписание)", plain[: found.start()])
        is not None
    )
