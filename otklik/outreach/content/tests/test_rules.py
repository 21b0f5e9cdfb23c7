"""What fits where, by tables; a version adapted to a network loses no word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.outreach.content.rules import (
    NETWORKS,
    adapt,
    fields_of,
    fill,
    first_link,
    length,
    marks_due,
    notes,
    passes,
    private_notes,
    stops,
)

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
LONG = "Слово и дело. " * 400


def hints(network: str, text: str, has_picture: bool = True) -> str:
    return " ".join(note.words for note in notes(network, text, has_picture) if note.level == "hint")


@pytest.mark.parametrize(
    ("network", "letters", "has_picture", "stopped"),
    [
        ("vk", 15000, True, False),
        ("vk", 15001, True, True),
        ("ok", 8000, False, False),
        ("ok", 8001, False, True),
        ("telegram", 4096, False, False),
        ("telegram", 4097, False, True),
        ("telegram", 1024, True, False),
        ("telegram", 1025, True, True),
        ("max", 4000, True, False),
        ("max", 4001, True, True),
        ("site", 60000, True, False),
        ("site", 60001, True, True),
    ],
)
def test_it_stops_what_a_network_does_not_take(
    network: str, letters: int, has_picture: bool, stopped: bool
) -> None:
    assert bool(stops(network, "я" * letters, has_picture)) == stopped


def test_it_says_how_much_is_too_much_and_what_helps() -> None:
    assert stops("telegram", "я" * 1030, True) == [
        "Длиннее, чем принимает Телеграм, на 6\xa0знаков: уберите снимок или сократите."
    ]
    assert stops("max", "я" * 4001, False) == ["Длиннее, чем принимает MAX, на 1\xa0знак: сократите текст."]


def test_it_counts_as_networks_do() -> None:
    assert length("да😀") == 4


@pytest.mark.parametrize("text", ["", "  \n "])
def test_it_stops_an_empty_post(text: str) -> None:
    assert stops("vk", text, False) == ["Напишите текст записи."]


def test_it_stops_a_template_not_filled_in() -> None:
    assert stops("vk", "Отключение воды: {адреса}", False) == ["Не заполнено место шаблона «адреса»."]


@pytest.mark.parametrize(
    ("network", "text", "said"),
    [
        ("site", "Новости #округ", "хештеги здесь не работают"),
        ("max", "#а #б #в #г", "хештегов больше 3"),
        ("vk", "Это **важно**", "звёздочки"),
        ("vk", "Смотрите https://clck.ru/abc", "Сокращённая ссылка"),
        ("vk", "https://a.ru/1 https://b.ru/2", "Ссылок несколько"),
        ("vk", "Ура! Готово!", "Восклицаний"),
        ("vk", "ВНИМАНИЕ ВСЕМ ЖИТЕЛЯМ", "Заглавными"),
        ("vk", LONG, "До «ещё»"),
    ],
)
def test_it_advises(network: str, text: str, said: str) -> None:
    assert said in hints(network, text)


def test_it_has_nothing_to_say_of_a_good_post() -> None:
    text = "С 9 до 17 часов не будет воды.\n\nПодвоз — к школе. Телефон аварийной службы 112."
    assert notes("vk", text, has_picture=True) == []
    assert "Без снимка" in hints("vk", text, has_picture=False)


def test_it_adapts_to_each_network() -> None:
    text = "#вода #округ\n**Вода** вернётся вечером, #Заречная тоже.   \n\n\n\nПодвоз у школы."
    link = "https://example.org/water"
    for network in ("vk", "ok", "telegram"):
        assert adapt(text, network, "ЖКХ", link) == (
            "Вода вернётся вечером, Заречная тоже.\n\nПодвоз у школы.\n\n"
            f"Подробнее: {link}\n\n#вода #округ #Заречная #ЖКХ"
        )
    assert adapt(text, "max", "ЖКХ", link).endswith("#вода #округ #Заречная")
    assert "#" not in adapt(text, "site", "ЖКХ", link)


def test_it_leaves_addresses_whole() -> None:
    text = "График: https://example.org/#voda и https://example.org/page?a=#b. #вода"
    for network in NETWORKS:
        assert adapt(text, network).startswith(
            "График: https://example.org/#voda и https://example.org/page?a=#b. вода"
        )
        assert "#voda" not in adapt(text, network).partition("\n\n")[2]


def test_it_warns_of_private_data() -> None:
    said = " ".join(one.words for one in private_notes("Звоните: Сидоров Пётр Ильич, паспорт 4507 123456."))
    assert "имя человека" in said
    assert "номер паспорта" in said


@given(st.text(alphabet="абв #*_\n.,", max_size=300), st.sampled_from(sorted(NETWORKS)))
def test_it_loses_no_word_and_adapts_once(text: str, network: str) -> None:
    once = adapt(text, network)
    bare = set("".join(char if char.isalpha() else " " for char in text).split())
    kept = set("".join(char if char.isalpha() else " " for char in once).split())
    if network in ("vk", "ok", "telegram") and text.count("#") <= 5 and "_" not in text:
        assert bare <= kept
    assert adapt(once, network) == once


def test_it_finds_the_link_a_network_draws() -> None:
    assert first_link("Смотрите (https://example.org/a?b=1), потом звоните.") == "https://example.org/a?b=1"
    assert first_link("без ссылки") == ""


def test_it_fills_a_template() -> None:
    text = "Воды не будет: {адреса}, {дата}. Адреса: {адреса}"
    assert fields_of(text) == ["адреса", "дата"]
    assert fill(text, {"адреса": "Заречная, 1", "дата": " "}) == (
        "Воды не будет: Заречная, 1, {дата}. Адреса: Заречная, 1"
    )


@pytest.mark.parametrize(
    ("about", "of_emergency", "let_go", "goes"),
    [
        ("risk:12", False, False, True),
        ("emergency:1", False, False, True),
        ("campaign:7", False, False, False),
        ("", False, False, False),
        ("", True, False, True),
        ("poll:5", False, True, True),
    ],
)
def test_it_lets_pass_in_calm_mode(about: str, of_emergency: bool, let_go: bool, goes: bool) -> None:
    assert passes(about, of_emergency, let_go) == goes


@pytest.mark.parametrize(
    ("hours", "taken", "due"),
    [
        (1, [], []),
        (2, [], ["2h"]),
        (5, ["2h"], []),
        (7, [], []),
        (24, ["2h"], ["24h"]),
        (47, [], ["24h"]),
        (49, [], []),
        (24 * 7, ["2h", "24h"], ["7d"]),
        (24 * 14, [], []),
    ],
)
def test_it_takes_a_mark_in_its_time(hours: int, taken: list[str], due: list[str]) -> None:
    assert marks_due(NOW - timedelta(hours=hours), taken, NOW) == due
