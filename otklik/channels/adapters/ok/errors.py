"""Errors of the OK API in words of the desk. Codes: apiok.ru, «Errors handling»."""

from typing import Any

from otklik.channels.adapters.coded import LATER, MENDED, TOMORROW, CodedError, Meaning

BAD_KEY = "Одноклассники не принимают ключ доступа: получите новый в настройках группы или приложения."
RIGHTS = "У ключа Одноклассников нет нужного права: попросите VALUABLE_ACCESS и GROUP_CONTENT и получите ключ заново."


class OkError(CodedError):
    """OK refused a call."""

    def __init__(self, code: int, method: str) -> None:
        super().__init__("OK", code, method, meaning_of(code))


MEANINGS: dict[int, Meaning] = {
    1: Meaning("У Одноклассников неизвестная ошибка: попробуем снова."),
    2: Meaning("Одноклассники временно не работают: попробуем снова."),
    3: Meaning(
        "Одноклассники не дают этого сделать программе: ответьте на сайте сами и вставьте ссылку.",
        by_hand=True,
    ),
    4: Meaning("Одноклассники не разобрали запрос: попробуем снова."),
    7: Meaning("Одноклассники заперли это действие на время: подождём.", LATER),
    8: Meaning("Одноклассники считают запросы слишком частыми: подождём.", LATER),
    9: Meaning("Одноклассники не пускают с этого адреса: напишите в их поддержку.", MENDED),
    10: Meaning(RIGHTS, MENDED),
    11: Meaning("Исчерпан предел запросов к Одноклассникам: продолжим позже.", TOMORROW),
    50: Meaning("Отвечать от имени группы может её администратор: получите ключ от его имени.", MENDED),
    100: Meaning("Одноклассники не нашли, к чему относится ответ: возможно, запись удалена.", by_hand=True),
    101: Meaning("Одноклассники не знают приложения: проверьте настройку application_key.", MENDED),
    102: Meaning(BAD_KEY, MENDED),
    103: Meaning(BAD_KEY, MENDED),
    104: Meaning(
        "Подпись запроса неверна: проверьте секреты session_secret_key и application_secret_key.", MENDED
    ),
    106: Meaning("Обсуждения больше нет: ответьте другим путём.", by_hand=True),
    110: Meaning("Автор удалил страницу: ответ ему не дойдёт.", by_hand=True),
    140: Meaning("Сообщения больше нет: ответьте другим путём.", by_hand=True),
    141: Meaning("Комментария больше нет: ответьте под записью сами.", by_hand=True),
    300: Meaning("Одноклассники не нашли запрошенного: проверьте настройки канала.", MENDED),
    454: Meaning("Одноклассники сочли текст недопустимым: измените его и отправьте снова.", by_hand=True),
    455: Meaning("Автор не принимает сообщений: ответьте комментарием.", by_hand=True),
    600: Meaning("Обсуждение закрыто для ответов: ответьте другим путём.", by_hand=True),
}


def meaning_of(code: int) -> Meaning:
    """What the code means; an unknown one is tried again and named by its number."""
    words = f"Одноклассники отказали с кодом {code}: найдите его в справке и попробуйте снова."
    return MEANINGS.get(code) or Meaning(words)


def code_of(answer: Any) -> int | None:
    """The number of the error, None where the answer is none."""
    code = answer.get("error_code") if isinstance(answer, dict) else None
    return code if isinstance(code, int) else None
