import pytest

from otklik.language import lemmas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ямы на дорогах!", ["яма", "на", "дорога"]),
        ("Мусорные контейнеры переполнены", ["мусорный", "контейнер", "переполнить"]),
        ("Ёлки у дома 12а", ["елка", "у", "дом", "12", "а"]),
        ("какой-то свет", ["какой-то", "свет"]),
        ("Cнег лежит", ["снег", "лежать"]),
        ("!!! ... )))", []),
        ("", []),
    ],
)
def test_it_finds_dictionary_forms(text: str, expected: list[str]) -> None:
    assert lemmas.lemmas(text) == expected


def test_it_keeps_the_place_of_each_word() -> None:
    text = "Во дворе — тёмно, фонарь №3 не горит"
    found = lemmas.tokens(text)
    assert [text[token.start : token.end] for token in found] == [token.word for token in found]
    assert [token.lemma for token in found][:3] == ["в", "двор", "темно"]


def test_it_compares_texts_without_case_and_dots() -> None:
    assert lemmas.normal("ЁЛКА Ещё") == "елка еще"
