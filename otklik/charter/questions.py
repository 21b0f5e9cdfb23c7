"""What a new municipality is asked before its first charter is written; the command and the wizard ask the same.

Pure: questions in the order of asking, and what is wrong with an answer in one sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from otklik.charter.drafting import CHANNELS, CHOSEN, LEVELS, Answers
from otklik.common.words import NBSP

Options = Mapping[str, str]
LONGEST = 300
LONGEST_KEY = 40


@dataclass(frozen=True)
class Question:
    """One question: the field of `Answers` it fills, the step of the wizard, what may be chosen, the usual answer.

    `many` takes several options; an empty usual answer has to be given, unless the question `may_stay_empty`.
    """

    key: str
    step: int
    title: str
    hint: str
    usual: str = ""
    options: Options | None = None
    many: bool = False
    may_stay_empty: bool = False


STEPS = ("Муниципалитет", "Люди", "Каналы", "Чем занят центр")
ZONES = {
    "Europe/Kaliningrad": "Калининград, МСК−1",
    "Europe/Moscow": "Москва",
    "Europe/Samara": "Самара, МСК+1",
    "Asia/Yekaterinburg": "Екатеринбург, МСК+2",
    "Asia/Omsk": "Омск, МСК+3",
    "Asia/Krasnoyarsk": "Красноярск, МСК+4",
    "Asia/Irkutsk": "Иркутск, МСК+5",
    "Asia/Yakutsk": "Якутск, МСК+6",
    "Asia/Vladivostok": "Владивосток, МСК+7",
    "Asia/Magadan": "Магадан, МСК+8",
    "Asia/Kamchatka": "Камчатка, МСК+9",
}
LEVEL_WORDS = dict(zip(LEVELS, ("район", "муниципальный округ", "городской округ"), strict=True))
PART_WORDS = {
    "quality": "Качество ответов и оценки жителей",
    "rating": "Рейтинг органов",
    "analysis": "Анализ, карта проблем, показатели",
    "problems": "Первопричины, дорожные карты, рекомендации",
    "note": "Аналитическая записка два раза в месяц",
    "meetings": "Заседания с протоколом",
}
CHANNEL_WORDS = {key: title for key, (title, *_) in CHANNELS.items()}

QUESTIONS: Sequence[Question] = (
    Question("name", 1, "Муниципалитет полностью", "как в акте: «Зареченский муниципальный округ»"),
    Question("short_name", 1, "Коротко", "стоит в шапке страниц: «Заречье»"),
    Question("region", 1, "Регион", "область, край, республика"),
    Question("level", 1, "Вид", "район или округ", LEVELS[0], LEVEL_WORDS),
    Question("time_zone", 1, "Часовой пояс", "по нему считаются сроки", "Europe/Moscow", ZONES),
    Question("key", 1, "Ключ", "имя папки положения: строчные латинские буквы, «zarechye»"),
    Question("prefix", 1, "С чего начинать номера пунктов", "две-пять заглавных латинских букв, «ZAR»"),
    Question("act_number", 1, "Номер акта о создании центра", "если акт уже подписан", may_stay_empty=True),
    Question("leader", 2, "Должность главы", "кому пишут записки: «Глава округа»"),
    Question("curator", 2, "Должность куратора центра", "кто согласует и ведёт заседания: «заместитель главы»"),
    Question("head", 2, "Должность руководителя центра", "кто отвечает за работу изо дня в день"),
    Question("channels", 3, "Каналы", "откуда приходят обращения", ",".join(CHANNELS), CHANNEL_WORDS, many=True),
    Question("parts", 4, "Чем занят центр", "обязанности этих частей войдут в положение", ",".join(CHOSEN), PART_WORDS,
             many=True, may_stay_empty=True),
)  # fmt: skip

KEY = re.compile(r"[a-z][a-z0-9_]*")
PREFIX = re.compile(r"[A-Z]{2,5}")


def read_answers(said: Mapping[str, Sequence[str]]) -> Answers:
    """Answers as they were typed, each a list of words; a question not answered has its usual answer."""
    given: dict[str, Any] = {one.key: _given(one, said) for one in QUESTIONS}
    return Answers(**given)


def fault_in(question: Question, words: Sequence[str], taken: Sequence[str] = ()) -> str:
    """What is wrong with an answer, in one sentence; empty when it will do. `taken` are keys that are in use."""
    said = [one.strip() for one in words if one.strip()]
    if not said:
        return "" if question.may_stay_empty else f"Не отвечено: «{question.title}»."
    strangers = [one for one in said if question.options is not None and one not in question.options]
    if strangers and question.key == "time_zone":
        return "" if _is_zone(strangers[0]) else f"Часового пояса «{strangers[0]}» нет: выберите из списка."
    if strangers:
        return f"{question.title}: нет ответа «{strangers[0]}», есть {', '.join(question.options or ())}."
    if len(said[0]) > LONGEST:
        return f"{question.title}: длиннее {LONGEST} знаков, сократите."
    if not all(one.isprintable() or one == NBSP for one in said[0]):
        return f"{question.title}: в ответе перенос строки или невидимый знак, наберите его заново."
    return _fault_of_key(question.key, said[0], taken)


def faults_in(said: Mapping[str, Sequence[str]], taken: Sequence[str], step: int = 0) -> dict[str, str]:
    """Faults by question; of one step when it is named."""
    asked = [one for one in QUESTIONS if step in (0, one.step)]
    found = {one.key: fault_in(one, words_for(one, said), taken) for one in asked}
    return {key: words for key, words in found.items() if words}


def words_for(question: Question, said: Mapping[str, Sequence[str]]) -> list[str]:
    """What was answered; the usual answer where the question was not asked yet."""
    words = said[question.key] if question.key in said else question.usual.split(",")
    return [one.strip() for one in words if one.strip()]


def _given(question: Question, said: Mapping[str, Sequence[str]]) -> str | list[str]:
    words = words_for(question, said)
    return words if question.many else "".join(words[:1])


def _fault_of_key(key: str, said: str, taken: Sequence[str]) -> str:
    if key == "key" and (not KEY.fullmatch(said) or len(said) > LONGEST_KEY):
        return f"Ключ «{said}» не подходит: нужны строчные латинские буквы, цифры и «_», первой буква."
    if key == "key" and said in taken:
        return f"Ключ «{said}» уже занят другим муниципалитетом: выберите другой."
    if key == "prefix" and not PREFIX.fullmatch(said):
        return f"Начало номера «{said}» не подходит: нужны две-пять заглавных латинских букв."
    return ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
