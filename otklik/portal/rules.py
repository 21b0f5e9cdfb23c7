"""Decisions of the open pages, free of the database: contacts, ways to be heard, words of the citizen's steps."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_PHONE = re.compile(r"^\+?[\d\s()-]{5,20}$")
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$")


@dataclass(frozen=True)
class Contact:
    """Where to answer: one of the two, or neither."""

    phone: str = ""
    email: str = ""


def contact_of(text: str) -> Contact | None:
    """Phone or mail told by its shape; None when it is neither."""
    text = text.strip()
    if not text:
        return Contact()
    if _MAIL.match(text) and len(text) <= 254:
        return Contact(email=text)
    return Contact(phone=text) if _PHONE.match(text) and sum(sign.isdigit() for sign in text) >= 5 else None


# Words of every message: they say nothing of the matter.
_COMMON_WORDS = frozenset(
    re.findall(
        r"\w+",
        "здравствовать добрый день уважаемый администрация улица город село район когда этот который очень неделя"
        " пожалуйста просить спасибо ждать ответ человек люди делать сделать почему сколько весь месяц телефон"
        " принять мера другой самый около возле дом для что как где при или под над без уже там тут наш мой она"
        " они оно это нет год раз час свой",
    )
)
_LEAST_LETTERS = 3


def telling(words: Iterable[str]) -> frozenset[str]:
    """Dictionary forms that tell the matter: without short and common ones and without figures."""
    return frozenset(
        word for word in words if len(word) >= _LEAST_LETTERS and word.isalpha() and word not in _COMMON_WORDS
    )


@dataclass(frozen=True)
class Ways:
    """What follows for the citizen from each choice: the last days, whether an appeal can be taken here."""

    message_due: date
    appeal_due: date
    needs_identification: bool


# Deeds the citizen sees, in the citizen's words; drafts and approvals are the town's inner work.
STEPS = {
    "register": "Зарегистрировано",
    "assign": "Передано исполнителю",
    "pass_on": "Передано другому исполнителю",
    "take": "Взято в работу",
    "ask": "Попросили уточнить",
    "reply": "Вы ответили",
    "sign": "Ответ отправлен",
    "place": "Ответ опубликован",
    "close": "Закрыто",
    "close_unanswered": "Закрыто, ответ не требуется",
    "reopen": "Работа возобновлена",
    "extend": "Срок продлён",
    "forward": "Переадресовано по закону",
    "send_copies": "Копии направлены другим органам",
    "join": "Присоединено к общему сообщению",
    "leave": "Оставлено без ответа по существу",
    "score": "Вы оценили ответ",
}
# Reasons written to be read by the citizen; others are colleagues' words.
_SHOWN_REASONS = frozenset({"extend", "forward", "score"})


def step_words(deed: str, why: str, details: Mapping[str, Any], bodies: Mapping[str, str]) -> tuple[str, str]:
    """Title and second line of a step; an empty title for what is not shown."""
    title = STEPS.get(deed, "")
    body = bodies.get(str(details.get("body", "")), "")
    if deed == "ask":
        return title, str(details.get("question", ""))
    if body and deed in ("assign", "pass_on"):
        return title, body
    return title, why if deed in _SHOWN_REASONS else ""


@dataclass(frozen=True)
class Standing:
    """A question's state: a short word, a tone for its chip, a line that explains."""

    word: str
    tone: str
    line: str = ""


ANSWERED = {
    "solved": Standing("решено", "ok"),
    "explained": Standing("разъяснено", "ok"),
    "refused": Standing("отказано", "plain", "причина в ответе"),
    "forwarded": Standing("передано", "plain", "кому — сказано в ответе"),
}
ENDED = {
    "forwarded": Standing("передано", "plain", "по закону отвечает другой орган"),
    "left": Standing("без ответа по существу", "plain"),
    "joined": Standing("в общем деле", "plain", "ответим всем сразу"),
}


def standing(state: str, answer_kind: str, promised: str, due: str) -> Standing:
    """The state of every question of a case; `promised` and `due` are days in words, empty where unknown."""
    if state in ENDED:
        return ENDED[state]
    if state in ("sent", "closed", "placing") and answer_kind in ANSWERED:
        return ANSWERED[answer_kind]
    if state == "closed":
        return Standing("закрыто", "plain")
    if state == "asking":
        return Standing("ждём вас", "soon", "ответьте на уточняющий вопрос ниже")
    if promised:
        return Standing(f"до {promised}", "soon", "обещание на контроле")
    return Standing("в работе", "plain", f"ответим до {due}" if due else "")
