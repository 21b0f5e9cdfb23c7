"""Lists are about problems and places: a list that names a person is refused, so is a page of a person."""

import pytest

from otklik.channels.wordlists import clean, refusal_of_pages, refusal_of_words

PLACES = ["Гагарина", "Боровичи", "Сушанская", "Кузнецова"]
OFFICIAL = ["Глава округа Сидоров Пётр", "Администрация Боровичей"]


@pytest.mark.parametrize(
    "word",
    [
        "яма на дороге",
        "не вывозят мусор",
        "нет отопления",
        "детский сад",
        "бродячие собаки",
        "контейнерная площадка",
        "ямочный ремонт",
        "улица Гагарина",
        "яма гагарина",
        "переход на Кузнецова",
        "площадь Володарского",
        "школа имени Пушкина",
        "Боровичи",
        "городская больница",
        "Глава округа Сидоров Пётр",
        "мэр",
    ],
)
def test_it_takes_words_about_problems_and_places(word: str) -> None:
    assert refusal_of_words([word], [*PLACES, *OFFICIAL]) == ""


@pytest.mark.parametrize(
    "word",
    [
        "Иванов",
        "иванов",
        "Петрова Анна",
        "анна петрова",
        "губернатор Сидоров",
        "Сергей Петрович",
        "петрович",
        "Кузнецов А.П.",
        "Шевченко",
        "Сидоров",
        "8 900 123-45-67",
        "anna@example.org",
    ],
)
def test_it_refuses_a_list_that_names_a_person(word: str) -> None:
    assert word in refusal_of_words(["яма", word], [*PLACES, *OFFICIAL])


def test_it_refuses_what_is_no_key_word() -> None:
    assert "сократите" in refusal_of_words(["я" * 100], [])
    assert "больше 300" in refusal_of_words([f"слово {n}" for n in range(301)], [])
    assert clean(["  яма ", "", "яма", "нет\tсвета"]) == ["яма", "нет света"]


@pytest.mark.parametrize(
    ("page", "is_open"),
    [
        ("borovichi_online", True),
        ("https://vk.com/club77", True),
        ("-77", True),
        ("id501", False),
        ("https://vk.com/id501", False),
        ("https://vk.ru/id501/", False),
        ("https://ok.ru/profile/501", False),
        ("https://t.me/+secret", False),
        ("https://t.me/joinchat/secret", False),
        ("https://vk.com/im?sel=5", False),
    ],
)
def test_it_reads_only_open_pages_of_communities(page: str, is_open: bool) -> None:
    assert (refusal_of_pages([page]) == "") == is_open
