"""The words of the alert chat and what may never leave."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from otklik.common.errors import Refused
from otklik.risks.chat.rules import (
    AlertParts,
    ReportParts,
    Site,
    alert_text,
    by_words,
    numbers_in,
    personal_in,
    report_text,
    shown_link,
)
from otklik.risks.chat.services import refuse_personal

ALERT = AlertParts(
    number="14",
    level="высокий",
    topic="качество воды",
    gist="Пишут, что вода из скважины непригодна, а анализы прячут.",
    need="проверить до 14:02",
    place="с. Ключи",
    link="https://vk.com/wall-123_456",
    reach="просмотров 420",
    post="ответственный за инфориски",
)
PAGE = Site("official_page", "ВКонтакте, страница округа", "https://vk.com/wall-1_2")
PAPER = Site("regional_media", "Областная газета", "https://gazeta.example/1")
REPORT = ReportParts("14", "Вода в сети соответствует норме, проба от 15 октября.", [PAGE], [PAPER])


def test_it_says_an_alert_in_one_glance() -> None:
    text = alert_text(ALERT)
    assert text.splitlines()[0] == "⚠ Высокий · с. Ключи · качество воды"
    assert "Нужно: проверить до 14:02" in text
    assert "https://vk.com/wall-123_456" in text
    assert "№ 14" in text
    assert alert_text(replace(ALERT, drill=True)).startswith("⚠ УЧЕБНОЕ. ")
    assert "ещё не известен" in alert_text(replace(ALERT, reach=""))


def test_it_numbers_both_parts_of_a_report() -> None:
    text = report_text(REPORT)
    first, second = text.split("2. Ссылки на публикации")
    assert REPORT.text in first
    assert PAGE.link in first
    assert PAPER.link in second


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Позвоните заявителю: 8 921 123-45-67", "телефон"),
        ("Пишет anna.petrova@example.net из того же дома", "почта"),
        ("Жалуется Сидорова Мария Петровна", "имя человека"),
        ("Автор https://vk.com/id7770001 пишет о воде", "ссылка на страницу человека"),
        ("Автор https://ok.ru/profile/570001 пишет о воде", "ссылка на страницу человека"),
        ("Запись https://vk.com/wall7770001_5", "ссылка на страницу человека"),
    ],
)
def test_it_refuses_words_with_a_resident_in_them(text: str, kind: str) -> None:
    assert kind in personal_in(text)
    with pytest.raises(Refused, match="личные данные"):
        refuse_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        alert_text(ALERT),
        report_text(REPORT),
        "Запись https://vk.com/wall-79211234567_89211234567",
        "Проба от 15.10.2026, протокол № 123-45",
        "Округ в Telegram: https://t.me/c/700/5",
        "ул. Гагарина, 12: воды нет с 13:02",
        "Ильина Гора: воды нет с 13:02",
    ],
)
def test_it_lets_facts_of_the_matter_go(text: str) -> None:
    assert personal_in(text) == []


def test_a_published_text_may_name_the_phone_of_a_service_and_no_person() -> None:
    said = "Вода будет к вечеру. Дежурный: 8 921 123-45-67."
    refuse_personal(f"1. {said}", said)
    with pytest.raises(Refused, match="телефон"):
        refuse_personal(f"1. {said} Автор: 8 921 765-43-21", said)
    named = "Сидоровой Марии Петровне ответили."
    with pytest.raises(Refused, match="имя человека"):
        refuse_personal(f"1. {named}", named)


def test_it_keeps_the_page_of_a_person_in_the_card() -> None:
    assert shown_link("https://vk.com/id7770001", "14") == "ссылка в карточке № 14"
    assert shown_link("https://vk.com/wall-1_2", "14") == "https://vk.com/wall-1_2"


def test_it_says_the_day_only_when_it_is_another() -> None:
    now = datetime.fromisoformat("2026-10-22T13:02+03:00")
    assert by_words(now + timedelta(hours=1), now) == "до 14:02"
    assert by_words(now + timedelta(hours=20), now) == "до 9:02 23 октября"


def test_it_reads_the_numbers_of_cards_in_an_answer() -> None:
    assert numbers_in("по № 14 и №У-3 принято") == [(14, False), (3, True)]
