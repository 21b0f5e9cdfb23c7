"""Errors of the OK API in words of the desk. Codes: apiok.ru, «Errors handling»."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

SOON = timedelta(seconds=30)
LATER = timedelta(minutes=10)
MENDED = timedelta(minutes=15)
TOMORROW = timedelta(hours=6)
BAD_KEY = "Одноклассники не принимают ключ доступа: получите новый в настройках группы или приложения."
RIGHTS = "У ключа Одноклассников нет нужного права: попросите VALUABLE_ACCESS и GROUP_CONTENT и получите ключ заново."


@dataclass(frozen=True)
class Trouble:
    """What a code means. `by_hand`: trying again is of no use, a person does the rest; else try after `wait`."""

    words: str
    wait: timedelta = SOON
    by_hand: bool = False


class OkError(Exception):
    """The network refused a call; `trouble` says it in Russian."""

    def __init__(self, code: int, method: str) -> None:
        self.code = code
        self.trouble = trouble_of(code)
        super().__init__(f"OK {code} on {method}")


TROUBLES: dict[int, Trouble] = {
    1: Trouble("У Одноклассников неизвестная ошибка: попробуем снова."),
    2: Trouble("Одноклассники временно не работают: попробуем снова."),
    3: Trouble(
        "Одноклассники не дают этого сделать программе: ответьте на сайте сами и вставьте ссылку.",
        by_hand=True,
    ),
    4: Trouble("Одноклассники не разобрали запрос: попробуем снова."),
    7: Trouble("Одноклассники заперли это действие на время: подождём.", LATER),
    8: Trouble("Одноклассники считают запросы слишком частыми: подождём.", LATER),
    9: Trouble("Одноклассники не пускают с этого адреса: напишите в их поддержку.", MENDED),
    10: Trouble(RIGHTS, MENDED),
    11: Trouble("Исчерпан предел запросов к Одноклассникам: продолжим позже.", TOMORROW),
    50: Trouble("Отвечать от имени группы может её администратор: получите ключ от его имени.", MENDED),
    100: Trouble("Одноклассники не нашли, к чему относится ответ: возможно, запись удалена.", by_hand=True),
    101: Trouble("Одноклассники не знают приложения: проверьте настройку application_key.", MENDED),
    102: Trouble(BAD_KEY, MENDED),
    103: Trouble(BAD_KEY, MENDED),
    104: Trouble(
        "Подпись запроса неверна: проверьте секреты session_secret_key и application_secret_key.", MENDED
    ),
    106: Trouble("Обсуждения больше нет: ответьте другим путём.", by_hand=True),
    110: Trouble("Автор удалил страницу: ответ ему не дойдёт.", by_hand=True),
    140: Trouble("Сообщения больше нет: ответьте другим путём.", by_hand=True),
    141: Trouble("Комментария больше нет: ответьте под записью сами.", by_hand=True),
    300: Trouble("Одноклассники не нашли запрошенного: проверьте настройки канала.", MENDED),
    454: Trouble("Одноклассники сочли текст недопустимым: измените его и отправьте снова.", by_hand=True),
    455: Trouble("Автор не принимает сообщений: ответьте комментарием.", by_hand=True),
    600: Trouble("Обсуждение закрыто для ответов: ответьте другим путём.", by_hand=True),
}


def trouble_of(code: int) -> Trouble:
    """What the code means; an unknown one is tried again and named by its number."""
    words = f"Одноклассники отказали с кодом {code}: найдите его в справке и попробуйте снова."
    return TROUBLES.get(code) or Trouble(words)


def code_of(answer: Any) -> int | None:
    """The number of the error, None where the answer is none."""
    code = answer.get("error_code") if isinstance(answer, dict) else None
    return code if isinstance(code, int) else None
