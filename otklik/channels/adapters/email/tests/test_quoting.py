"""What the person wrote: a table of the forms of mail programs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.channels.adapters.email.page_text import text_of_page
from otklik.channels.adapters.email.quoting import own_words

OWN = "Фонарь у дома 5 не горит второй день."
TOWN = "Администрация <town@example.org>"
CASES = {
    "gmail": f"{OWN}\n\nпн, 12 окт. 2026 г. в 10:15, {TOWN}:\n\n> Здравствуйте.\n> Принято.",
    "gmail, broken line": f"{OWN}\n\n12 октября 2026 г. в 10:15 пользователь Администрация <\n"
    "town@example.org> написал:\n> Принято.",
    "gmail in english": f"{OWN}\n\nOn Mon, Oct 12, 2026 at 10:15 AM {TOWN} wrote:\n> Принято.",
    "yandex": f'{OWN}\n\n12.10.2026, 10:15, "Администрация" <town@example.org>:\nЗдравствуйте.\nПринято.',
    "yandex, round brackets": f"{OWN}\n\n12.10.2026, 10:15, Администрация (town@example.org):\nПринято.",
    "yandex on a phone": f"{OWN}\n-- \nОтправлено из мобильной Яндекс Почты\n\n12.10.2026, 10:15, {TOWN}:\nПринято.",
    "mail.ru": f"{OWN}\n\n\nПонедельник, 12 октября 2026, 10:15 +03:00 от {TOWN}:\n>Здравствуйте\n>Принято",
    "mail.ru on a phone": f"{OWN}\n\nОтправлено из Почты Mail.ru для Android\n\n12 октября 2026, 10:15, "
    f"{TOWN}:\nПринято",
    "outlook": f"{OWN}\n\n________________________________\nОт: {TOWN}\nОтправлено: 12 октября 2026 г. 10:15\n"
    "Кому: anna@example.org\nТема: Ответ\n\nЗдравствуйте",
    "outlook in english": f"{OWN}\n\nFrom: {TOWN}\nSent: Monday, October 12, 2026 10:15 AM\nTo: anna\n\nПринято",
    "outlook of old": f"{OWN}\n\n-----Исходное сообщение-----\nОт: Администрация\nПринято",
    "original message": f"{OWN}\n\n-----Original Message-----\nFrom: town@example.org\nПринято",
    "iphone": f"{OWN}\n\nОтправлено с iPhone\n\n> 12 окт. 2026 г., в 10:15, {TOWN} написал(а):\n> \n> Принято",
    "iphone, plain": f"{OWN}\n\nОтправлено с iPhone\n\n12 окт. 2026 г., в 10:15, {TOWN} написал(а):\n\n> Принято",
    "thunderbird": f"{OWN}\n\n12.10.2026 10:15, Администрация пишет:\n> Принято",
    "thunderbird, gender": f"{OWN}\n\n12.10.2026 10:15, Администрация написал(а):\n> Принято",
    "a name without an address": f"{OWN}\n\n12.10.2026, 10:15, Город:\n> Принято",
    "signature by dashes": f"{OWN}\n-- \nАнна\nООО «Ромашка»",
    "an antivirus": f"{OWN}\n\nБез вирусов. www.avast.ru",
    "windows line ends": f"{OWN}\r\n\r\n-----Исходное сообщение-----\r\nПринято",
    "below the quote": f"> Здравствуйте.\n> Что случилось?\n\n{OWN}",
    "below an announced quote": f"12.10.2026, 10:15, {TOWN}:\n> Что случилось?\n\n{OWN}",
}
WHOLE = {
    "a story is no attribution": "Мне сосед писал:\nчто вода будет. Воды нет.",
    "a time in a story": "Вчера 12.10.2026, 10:15, проезжал мимо и видел:\nбольшая яма.",
    "a list of who asks": "От: жителей дома 5\nПросим починить крышу.",
    "a dash of speech": "Просим:\n- заделать яму;\n- убрать снег.",
    "a forwarded letter stays": "-------- Пересылаемое сообщение --------\n"
    "12.10.2026, 10:15, Анна <a@b.ru>:\nНе вывозят мусор.",
    "only a quote stays": "> Не вывозят мусор.",
}


@pytest.mark.parametrize("name", CASES)
def test_it_leaves_the_persons_own_words(name: str) -> None:
    assert own_words(CASES[name]) == OWN


@pytest.mark.parametrize("name", WHOLE)
def test_it_cuts_nothing_that_is_the_matter(name: str) -> None:
    assert own_words(WHOLE[name]) == WHOLE[name]


def test_it_keeps_answers_written_between_the_lines() -> None:
    assert own_words("> Когда удобно?\nЗавтра.\n> Где?\nГагарина, 12.") == "Завтра.\nГагарина, 12."


@given(st.text())
def test_it_never_fails_and_never_loses_everything(text: str) -> None:
    said = any(sign.isalpha() for sign in text)
    assert not said or any(sign.isalpha() for sign in own_words(text))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Не&nbsp;горит фонарь.</p><div>Улица<br>Ленина</div>", "Не горит фонарь.\nУлица\nЛенина"),
        ("<head><style>p{}</style></head><script>x()</script><b>Яма</b>", "Яма"),
        ("<ul><li>раз<li>два</ul>", "раз\nдва"),
        ("<blockquote><p>Старое</p></blockquote><p>Новое</p>", "> Старое\nНовое"),
        ('Новое<div class="gmail_quote"><div>Старое</div></div>', "Новое\n> Старое"),
        ("<p>незакрытый <i>текст", "незакрытый текст"),
        ("просто текст", "просто текст"),
        ("<div>" * 3000 + "глубоко", "глубоко"),
    ],
)
def test_it_reads_a_page_as_text(page: str, text: str) -> None:
    assert text_of_page(page) == text
