"""Errors of the VK API in words of the desk: what happened and who mends it.

Codes are of the public schema of version 5.199; which of them a community's token meets was taken from the pages
of the methods on dev.vk.com and not tried on the network itself.
"""

from datetime import timedelta
from typing import Any

from otklik.channels.adapters.coded import LATER, MENDED, TOMORROW, CodedError, Meaning


class VkError(CodedError):
    """VK refused a call."""

    def __init__(self, code: int, method: str) -> None:
        super().__init__("VK", code, method, meaning_of(code))


BAD_KEY = "ВКонтакте не принимает ключ доступа: создайте новый в настройках сообщества и впишите его в канал."
CLOSED = "Комментарии к этой записи закрыты: откройте их на странице или ответьте автору сообщением."
PRIVATE = (
    "Автор не разрешил сообществу писать ему: предложите под записью написать сообществу первым "
    "или ответьте комментарием."
)

MEANINGS: dict[int, Meaning] = {
    1: Meaning("У ВКонтакте неизвестная ошибка: попробуем снова."),
    5: Meaning(BAD_KEY, MENDED),
    6: Meaning("ВКонтакте просит спрашивать реже: подождём.", timedelta(seconds=1)),
    7: Meaning("У ключа доступа нет нужного права: отметьте при создании ключа сообщения и стену.", MENDED),
    9: Meaning("ВКонтакте счёл запросы слишком частыми и похожими: подождём.", LATER),
    10: Meaning("У ВКонтакте внутренняя ошибка: попробуем снова."),
    14: Meaning("ВКонтакте просит ввести код с картинки: войдите на страницу сами и подтвердите.", LATER),
    15: Meaning("ВКонтакте не пускает к этой записи: проверьте, что страница открыта и ключ от неё.", MENDED),
    17: Meaning("ВКонтакте просит подтвердить владельца ключа: войдите на страницу сами.", MENDED),
    18: Meaning("Автор удалил страницу или она заблокирована: ответ ему не дойдёт.", by_hand=True),
    27: Meaning(BAD_KEY, MENDED),
    28: Meaning("ВКонтакте не принимает сервисный ключ: возьмите его в настройках приложения.", MENDED),
    29: Meaning("Исчерпан суточный предел запросов ВКонтакте: продолжим позже.", TOMORROW),
    100: Meaning("ВКонтакте не нашёл, к чему относится ответ: возможно, запись удалена.", by_hand=True),
    203: Meaning("Нет доступа к сообществу: проверьте номер страницы и ключ.", MENDED),
    210: Meaning("Запись закрыта для ответа: ответьте другим путём.", by_hand=True),
    211: Meaning("Комментарий закрыт для ответа: ответьте другим путём.", by_hand=True),
    212: Meaning(CLOSED, by_hand=True),
    213: Meaning(CLOSED, by_hand=True),
    214: Meaning(
        "Публиковать на этой странице нельзя: проверьте её настройки и право ключа на стену.", by_hand=True
    ),
    219: Meaning("ВКонтакте счёл запись рекламой или повтором: разместите её сами.", by_hand=True),
    220: Meaning("На странице сегодня слишком много записей: подождём.", TOMORROW),
    224: Meaning("На странице сегодня слишком много рекламных записей: подождём.", TOMORROW),
    222: Meaning("На этой странице запрещены ссылки: уберите ссылку из ответа.", by_hand=True),
    223: Meaning("Под записью слишком много ответов за короткое время: подождём.", LATER),
    900: Meaning(
        "Автор в чёрном списке сообщества: уберите его оттуда или ответьте комментарием.", by_hand=True
    ),
    901: Meaning(PRIVATE, by_hand=True),
    902: Meaning(PRIVATE, by_hand=True),
    911: Meaning("ВКонтакте не принял кнопки сообщения: отправьте ответ сами.", by_hand=True),
    914: Meaning("Сообщение длиннее, чем принимает ВКонтакте: сократите ответ.", by_hand=True),
    915: Meaning("Сообщения сообщества выключены: включите их в настройках страницы.", MENDED),
    917: Meaning("Сообщества нет в этой беседе: ответьте другим путём.", by_hand=True),
    945: Meaning("Беседа закрыта: ответьте другим путём.", by_hand=True),
}


def meaning_of(code: int) -> Meaning:
    """What the code means; an unknown one is tried again and named by its number."""
    return MEANINGS.get(code) or Meaning(
        f"ВКонтакте отказал с кодом {code}: найдите его в справке и попробуйте снова."
    )


def code_of(error: Any) -> int:
    """The number of the error as the network gives it; 1 (unknown) where it gives none."""
    code = error.get("error_code") if isinstance(error, dict) else None
    return code if isinstance(code, int) else 1
