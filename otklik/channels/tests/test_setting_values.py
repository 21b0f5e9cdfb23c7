"""A value typed for a setting is kept in the shape the adapters read, or refused with what would do."""

from typing import Any

import pytest

from otklik.channels.plain_settings import Setting, settings_of
from otklik.channels.setting_values import fitted
from otklik.common.errors import Refused


def setting(kind: str, key: str) -> Setting:
    return next(one for one in settings_of(kind) if one.key == key)


@pytest.mark.parametrize(
    ("kind", "key", "value", "kept"),
    [
        ("vk", "words", "яма\nнет света", ["яма", "нет света"]),
        ("vk", "open_pages", ["gorod_online", -77], ["gorod_online", -77]),
        ("vk", "comment_limit", "1000", 1000),
        ("vk", "every_seconds", "0,5", 0.5),
        ("vk", "base_url", "", ""),
        ("email", "tls", "starttls", "starttls"),
        ("api", "open311", True, True),
    ],
)
def test_a_setting_is_kept_in_its_shape(kind: str, key: str, value: Any, kept: Any) -> None:
    assert fitted(setting(kind, key), value) == kept


@pytest.mark.parametrize(
    ("kind", "key", "value", "words"),
    [
        ("vk", "words", {"a": 1}, "список"),
        ("vk", "pages", "abc", "список страниц"),
        ("vk", "pages", [{"title": "Без номера"}], "список страниц"),
        ("vk", "base_url", "vk.com", "https://"),
        ("email", "port", "abc", "число"),
        ("email", "port", True, "число"),
        ("email", "tls", "ssl", "tls, starttls, none"),
        ("email", "host", ["mail"], "текст"),
        ("api", "open311", "да", "true или false"),
    ],
)
def test_a_setting_of_another_shape_is_refused_in_words(kind: str, key: str, value: Any, words: str) -> None:
    with pytest.raises(Refused, match=key) as caught:
        fitted(setting(kind, key), value)
    assert words in str(caught.value)
