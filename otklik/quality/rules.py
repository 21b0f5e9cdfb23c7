"""Faults of an answer before it is approved: pure, no database, no clock.

Called by the desk beside the draft and by `quality` samples later; calls the checks of this package and
`language`. Nine codes, each applied by itself; a hint never forbids, it tells what a reader will miss.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from otklik.language.kind import SPAM, THANKS, text_kind
from otklik.quality import asked, deeds
from otklik.quality.disclosure import disclosed
from otklik.quality.greeting import Person, author_of, wrong_addressee, wrong_name
from otklik.quality.matter import things_of
from otklik.quality.phrases import phrases
from otklik.quality.reading import Reply, read_reply

HEAVY_LIMIT = 3

TITLES = {
    "unanswered_question": "Нет ответа на вопрос",
    "template": "Отписка",
    "no_date": "Обещание без даты",
    "no_action": "Нет действия",
    "law_only": "Только нормы",
    "wrong_name": "Имя заявителя",
    "wrong_addressee": "Письмо не заявителю",
    "personal_data": "Личные данные",
    "bureaucratic": "Тяжёлый слог",
}
ADVICE = {
    "unanswered_question": "Ответьте на него прямо, откажите с основанием или назовите, кому передали.",
    "template": "Назовите место и то, о чём пишет заявитель: сейчас текст подходит к любому сообщению.",
    "no_date": "Поставьте дату, месяц или число дней.",
    "no_action": "Напишите, что сделано или будет сделано, кем и когда, либо откажите с основанием.",
    "law_only": "Скажите, что норма значит для этого случая и что делать дальше.",
    "wrong_name": "Сверьте имя, отчество и обращение с подписью под сообщением.",
    "wrong_addressee": "Перепишите для заявителя: поручение органу отправляется отдельно.",
    "personal_data": "Уберите: эти сведения нельзя раскрывать в ответе.",
    "bureaucratic": "Скажите проще: «чтобы», «сделали», «сообщаем».",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A hint: code, title for the list, words of the answer or the question, advice, number of the question."""

    code: str
    title: str
    words: str
    advice: str
    question_number: int | None = None


@dataclass(frozen=True)
class _Pair:
    """A message with its answer; what several checks ask is found once."""

    message: str
    reply: Reply
    author_name: str
    questions: Sequence[str]

    @cached_property
    def author(self) -> Person:
        return author_of(self.message, self.author_name)

    @cached_property
    def foreign(self) -> str:
        """The words that speak to somebody else than the author."""
        return wrong_addressee(self.reply)

    @cached_property
    def is_law_only(self) -> bool:
        return deeds.law_only(self.reply)

    @cached_property
    def needs_nothing(self) -> bool:
        """Thanks and adverts ask for no deed."""
        return text_kind(self.message).value in (THANKS, SPAM)

    @cached_property
    def lacks_action(self) -> bool:
        if self.needs_nothing or self.foreign or asked.asks_openly(self.message):
            return False
        return not deeds.names_action(self.reply)


def find_faults(
    message_text: str, answer_text: str, author_name: str = "", questions: Sequence[str] = ()
) -> list[Fault]:
    """Faults of the answer in a fixed order of codes, one per question for unanswered ones.

    `questions` are the texts already split on the card; when empty they are found in the message.
    """
    if not answer_text.strip():
        return []
    pair = _Pair(message_text, read_reply(answer_text), author_name, tuple(questions))
    return [fault for check in _CHECKS for fault in check(pair)]


def _fault(code: str, words: str, number: int | None = None) -> Fault:
    return Fault(code, TITLES[code], words, ADVICE[code], number)


def _unanswered(pair: _Pair) -> list[Fault]:
    if pair.needs_nothing or pair.foreign or pair.lacks_action:
        return []
    return [
        _fault("unanswered_question", words, number)
        for number, words in asked.left_out(pair.message, pair.reply, pair.questions)
    ]


def _template(pair: _Pair) -> list[Fault]:
    if pair.is_law_only or not pair.reply.sentences or pair.needs_nothing:
        return []
    substance = " ".join(sentence.text for sentence in pair.reply.sentences)
    if things_of(pair.message) & things_of(substance):
        return []
    return [_fault("template", pair.reply.sentences[0].text)]


def _no_date(pair: _Pair) -> list[Fault]:
    promise = deeds.undated_promise(pair.reply)
    return [_fault("no_date", promise.text)] if promise else []


def _no_action(pair: _Pair) -> list[Fault]:
    return [_fault("no_action", "")] if pair.lacks_action else []


def _law_only(pair: _Pair) -> list[Fault]:
    if not pair.is_law_only:
        return []
    return [_fault("law_only", next(s.text for s in pair.reply.sentences if s.is_norm))]


def _wrong_name(pair: _Pair) -> list[Fault]:
    if pair.foreign:
        return []
    words = wrong_name(pair.reply, pair.author)
    return [_fault("wrong_name", words)] if words else []


def _wrong_addressee(pair: _Pair) -> list[Fault]:
    words = pair.foreign
    return [_fault("wrong_addressee", words)] if words else []


def _personal_data(pair: _Pair) -> list[Fault]:
    words = disclosed(pair.reply, pair.author.surname)
    return [_fault("personal_data", words)] if words else []


def _bureaucratic(pair: _Pair) -> list[Fault]:
    turns = [match.group() for match in phrases("heavy").finditer(pair.reply.plain)]
    if len(turns) < HEAVY_LIMIT:
        return []
    return [_fault("bureaucratic", ", ".join(dict.fromkeys(turns)))]


_CHECKS: tuple[Callable[[_Pair], list[Fault]], ...] = (
    _unanswered,
    _template,
    _no_date,
    _no_action,
    _law_only,
    _wrong_name,
    _wrong_addressee,
    _personal_data,
    _bureaucratic,
)
