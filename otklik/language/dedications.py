"""Names of people that name no person here: streets, schools, monuments, books, and the famous themselves.

Called by `names.find_names` to drop such finds.
"""

import re

_NAMED_THING = re.compile(
    r"(?:ул|улиц\w*|улочк\w*|пер|переул\w*|просп|пр|пр-т|пр-кт|проспект\w*|проезд\w*|б-р|бульвар\w*|наб|набережн\w*|площад\w*|пл"
    r"|шоссе|мкр|мкрн|микрорайон\w*|квартал\w*|аллея|аллеи|аллее|аллею|тупик\w*|сквер\w*|парк\w*|сад|саду|мост\w*|им|имени"
    r"|памятник\w*|бюст\w*|монумент\w*|мемориал\w*|обелиск\w*|стел\w*|барельеф\w*|скульптур\w*|доск\w+|школ\w*|гимнази\w*|лице\w+"
    r"|библиотек\w*|музе\w*|дом-музей|театр\w*|кинотеатр\w*|храм\w*|церк\w+|церков\w*|собор\w*|часовн\w*|икон\w*|монастыр\w*"
    r"|книг\w*|роман|романа|романе|романы|повест\w*|рассказ\w*|стих\w*|поэм\w*|произведени\w*|сказк\w*|пьес\w*|песн\w*|картин\w*"
    r"|фильм\w*|цитат\w*|орден\w*|медал\w*|преми\w*|колхоз\w*|совхоз\w*|завод\w*|фабрик\w*|станци\w*|метро|остановк\w*|площадк\w*"
    r"|ансамбл\w*|кубок\w*|кубк\w*|турнир\w*|фонд\w*|чтени\w*|творчеств\w*|юбиле\w*|пароход\w*|теплоход\w*|ледокол\w*|эпох\w*"
    r"|времен\w*|фестивал\w*|усадьб\w*|дк|цкр|спектакл\w*|концерт\w*|группы|певца|певицы|писател\w*|поэт\w*|композитор\w*)",
    re.I,
)
_BETWEEN = re.compile(
    r"(?:геро\w*|росси\w*|советск\w*|союз\w*|маршал\w*|генерал\w*|адмирал\w*|полковник\w*|капитан\w*|лейтенант\w*|летчик\w*"
    r"|лётчик\w*|космонавт\w*|академик\w*|профессор\w*|доктор\w*|святого|святой|святым|преподобн\w*|святител\w*|князя|князю|царя"
    r"|императ\w*|братьев|партизан\w*|революционер\w*|поэт\w*|писател\w*|композитор\w*|художник\w*|полководц\w*|первого|великого"
    r"|великому|русск\w*|нашего|нашему|земляк\w*|имени|им|труда|сссср|ссср|рф|врача|врачу|учителя|учителю|выдающ\w*|известн\w*"
    r"|начальн\w+|средн\w+|детск\w+|городск\w+|сельск\w+|культур\w*|района|по|на|с|и|о|об|про|в|у|возле|около)",
    re.I,
)
_THING_AFTER = re.compile(
    r"\s*,?\s*(?:ул\.|улиц|пер\.|переул|проспект|пр-т|бульвар|площад|шоссе|проезд|набережн|,?\s*(?:д\.|дом)\s*№?\s*\d)",
    re.I,
)
_HOUSE_AFTER = re.compile(r"\s*,?\s*\d{1,3}(?:\s?[/к-]\s?\d{1,3})?\s?[а-яА-Я]?(?![\w-]|[ .:]?\d|\.\d)")
_WORD_BEFORE = re.compile(r"([\w-]+)[\s.,№\d]*$")

# Surname's dictionary form -> the first name of the one whom streets and books carry.
_FAMOUS = {
    "маркс": "карл",
    "либкнехт": "карл",
    "люксембург": "роза",
    "космодемьянский": "зоя",
    "гагарин": "юрий",
    "пушкин": "александр",
    "толстой": "лев",
    "горький": "максим",
    "ленин": "владимир",
    "невский": "александр",
    "суворов": "александр",
    "кутузов": "михаил",
    "достоевский": "фёдор",
    "чехов": "антон",
    "лермонтов": "михаил",
    "гоголь": "николай",
    "некрасов": "николай",
    "тургенев": "иван",
    "есенин": "сергей",
    "маяковский": "владимир",
    "сусанин": "иван",
    "разин": "степан",
    "пугачёв": "емельян",
    "чайковский": "пётр",
    "энгельс": "фридрих",
    "матросов": "александр",
    "чкалов": "валерий",
    "островский": "александр",
    "мусоргский": "модест",
    "бианки": "виталий",
    "крупский": "надежда",
    "цеткин": "клара",
    "кошевой": "олег",
    "ломоносов": "михаил",
    "хмельницкий": "богдан",
    "бедный": "демьян",
    "чапаев": "василий",
    "калинин": "михаил",
    "киров": "сергей",
    "фрунзе": "михаил",
    "шолохов": "михаил",
    "тимур": "аркадий",
    "гайдар": "аркадий",
    "менделеев": "дмитрий",
    "донской": "дмитрий",
    "радонежский": "сергий",
    "саровский": "серафим",
    "чудотворец": "николай",
    "каренина": "анна",
    "онегин": "евгений",
    "тёркин": "василий",
}


def is_dedication(text: str, start: int, end: int) -> bool:
    """Whether the name at `text[start:end]` names a street, a school, a monument, a book and the like."""
    if _in_title_quotes(text, start, end) or _THING_AFTER.match(text, end):
        return True
    position, steps = start, 0
    while steps < 7 and (match := _WORD_BEFORE.search(text, max(0, position - 60), position)):
        if re.search(r"[.!?;]\s", text[match.end(1) : position]) and len(match.group(1)) > 4:
            return False
        word = match.group(1)
        if _NAMED_THING.fullmatch(word):
            return True
        if not _BETWEEN.fullmatch(word):
            return False
        position, steps = match.start(1), steps + 1
    return False


def _in_title_quotes(text: str, start: int, end: int) -> bool:
    """A name that fills «…» is a title: a novel, a shop, a firm."""
    return start > 0 and end < len(text) and text[start - 1] in '«"“' and text[end] in '»"”'


def reads_as_street(text: str, start: int, end: int) -> bool:
    """«на Юрия Смирнова 15»: a name in the genitive after «на», «по» or a comma, with a house number."""
    before = text[max(0, start - 12) : start]
    return bool(_HOUSE_AFTER.match(text, end)) and bool(
        re.search(r"(?:(?<!\w)(?:на|по|с)|,|адрес\w*:?)\s*$", before, re.I)
    )


def is_famous(first: str, surname: str) -> bool:
    """Whether the dictionary forms (or the initial) are those of a person whom streets and books carry."""
    known = _FAMOUS.get(surname) or _FAMOUS.get(surname.replace("е", "ё"))
    if known is None:
        return False
    return known[0] == first if len(first) == 1 else known.replace("ё", "е") == first.replace("ё", "е")
