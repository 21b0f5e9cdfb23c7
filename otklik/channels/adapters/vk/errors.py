"""Errors of the VK API in words of the desk: what happened and who mends it.

Codes are of the public schema of version 5.199; which of them a community's token meets was taken from the pages
of the methods on dev.vk.com and not tried on the network itself.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

SOON = timedelta(seconds=30)
LATER = timedelta(minutes=10)
MENDED = timedelta(minutes=15)
TOMORROW = timedelta(hours=6)


@dataclass(frozen=True)
class Trouble:
    """What a code means. `by_hand`: trying again is of no use, a person does the rest; else try after `wait`."""

    words: str
    wait: timedelta = SOON
    by_hand: bool = False


class VkError(Exception):
    """The network refused a call; `trouble` says it in Russian."""

    def __init__(self, code: int, method: str) -> None:
        self.code = code
        self.trouble = trouble_of(code)
        super().__init__(f"VK {code} on {method}")


BAD_KEY = "ВКонтакте не принимает ключ доступа: создайте новый в настройках сообщества и впишите его в канал."
CLOSED = "Комментарии к этой записи закрыты: откройте их на странице или ответьте автору сообщением."
PRIVATE = (
    "Автор не разрешил сообществу писать ему: предложите под записью написать сообществу первым "
    "или ответьте комментарием."
)

TROUBLES: dict[int, Trouble] = {
    1: Trouble("У ВКонтакте неизвестная ошибка: попробуем снова."),
    5: Trouble(BAD_KEY, MENDED),
    6: Trouble("ВКонтакте просит спрашивать реже: подождём.", timedelta(seconds=1)),
    7: Trouble("У ключа доступа нет нужного права: отметьте при создании ключа сообщения и стену.", MENDED),
    9: Trouble("ВКонтакте счёл запросы слишком частыми и похожими: подождём.", LATER),
    10: Trouble("У ВКонтакте внутренняя ошибка: попробуем снова."),
    14: Trouble("ВКонтакте просит ввести код с картинки: войдите на страницу сами и подтвердите.", LATER),
    15: Trouble("ВКонтакте не пускает к этой записи: проверьте, что страница открыта и ключ от неё.", MENDED),
    17: Trouble("ВКонтакте просит подтвердить владельца ключа: войдите на страницу сами.", MENDED),
    18: Trouble("Автор удалил страницу или она заблокирована: ответ ему не дойдёт.", by_hand=True),
    27: Trouble(BAD_KEY, MENDED),
    28: Trouble("ВКонтакте не принимает сервисный ключ: возьмите его в настройках приложения.", MENDED),
    29: Trouble("Исчерпан суточный предел запросов ВКонтакте: продолжим позже.", TOMORROW),
    100: Trouble("ВКонтакте не нашёл, к чему относится ответ: возможно, запись удалена.", by_hand=True),
    203: Trouble("Нет доступа к сообществу: проверьте номер страницы и ключ.", MENDED),
    210: Trouble("Запись закрыта для ответа: ответьте другим путём.", by_hand=True),
    211: Trouble("Комментарий закрыт для ответа: ответьте другим путём.", by_hand=True),
    212: Trouble(CLOSED, by_hand=True),
    213: Trouble(CLOSED, by_hand=True),
    214: Trouble("Публиковать на этой странице нельзя: проверьте её настройки.", by_hand=True),
    222: Trouble("На этой странице запрещены ссылки: уберите ссылку из ответа.", by_hand=True),
    223: Trouble("Под записью слишком много ответов за короткое время: подождём.", LATER),
    900: Trouble(
        "Автор в чёрном списке сообщества: уберите его оттуда или ответьте комментарием.", by_hand=True
    ),
    901: Trouble(PRIVATE, by_hand=True),
    902: Trouble(PRIVATE, by_hand=True),
    911: Trouble("ВКонтакте не принял кнопки сообщения: отправьте ответ сами.", by_hand=True),
    914: Trouble("Сообщение длиннее, чем принимает ВКонтакте: сократите ответ.", by_hand=True),
    915: Trouble("Сообщения сообщества выключены: включите их в настройках страницы.", MENDED),
    917: Trouble("Сообщества нет в этой беседе: ответьте другим путём.", by_hand=True),
    945: Trouble("Беседа закрыта: ответьте другим путём.", by_hand=True),
}


def trouble_of(code: int) -> Trouble:
    """What the code means; an unknown one is tried again and named by its number."""
    return TROUBLES.get(code) or Trouble(
        f"ВКонтакте отказал с кодом {code}: найдите его в справке и попробуйте снова."
    )


def code_of(error: Any) -> int:
    """The number of the error as the network gives it; 1 (unknown) where it gives none."""
    code = error.get("error_code") if isinstance(error, dict) else None
    return code if isinstance(code, int) else 1
