"""A value given to a setting, in the shape the adapters read; what does not fit is refused in words. Pure."""

from typing import Any

from otklik.channels.plain_settings import Setting
from otklik.channels.wordlists import clean
from otklik.common.errors import Refused

LISTS = ("lines", "words", "open_pages")


def fitted(setting: Setting, value: Any) -> Any:
    """The value as it is kept; nothing stays nothing. Raises Refused."""
    if value in ("", None, []):
        return value
    if setting.shape in LISTS:
        return _lines(setting, value)
    if setting.shape == "number":
        return _number(setting, value)
    right = {
        "yes_no": (isinstance(value, bool), "true или false"),
        "address": (_is_address(value), "адрес, который начинается с https:// или http://"),
        "choice": (str(value) in dict(setting.choices), f"одно из: {', '.join(dict(setting.choices))}"),
        "pages": (_are_pages(value), 'список страниц: [{"group_id": 1, "title": "Администрация"}]'),
    }
    is_right, words = right.get(setting.shape, (not isinstance(value, dict | list), "текст"))
    if not is_right:
        raise _wrong(setting, words)
    return value


def _lines(setting: Setting, value: Any) -> list[Any]:
    """One line of text is a list of its lines, never of its letters."""
    if isinstance(value, str):
        return clean(value.splitlines())
    if not isinstance(value, list) or any(isinstance(one, dict | list) for one in value):
        raise _wrong(setting, 'список: ["первое", "второе"]')
    return value


def _number(setting: Setting, value: Any) -> int | float:
    if isinstance(value, str):
        try:
            value = float(value.replace(",", "."))
        except ValueError:
            raise _wrong(setting, "число") from None
        value = int(value) if value.is_integer() else value
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise _wrong(setting, "число")
    return value


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def _are_pages(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and one.get("group_id") for one in value)


def _wrong(setting: Setting, words: str) -> Refused:
    return Refused(f"Настройка {setting.key} («{setting.title}»): подойдёт {words}.")
