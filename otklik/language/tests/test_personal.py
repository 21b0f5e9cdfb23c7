"""Personal data: an exact table of our own texts, and what must hold for any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language.numbers import snils_is_valid
from otklik.language.personal import PLACEHOLDERS, find_personal, mask
from otklik.language.spans import KINDS, Span
from otklik.language.tests.markup import marked_texts

TEXTS = marked_texts(Path(__file__).parent / "personal.txt")
PIECES = st.lists(
    st.sampled_from(
        [
            "Иванова",
            "Мария",
            "Петровна",
            "А.С.",
            "петров",
            "сергей",
            "8",
            "911",
            "123-45-67",
            "кв.",
            "12",
            "д.",
            "паспорт",
            "4509",
            "123456",
            "снилс",
            "112-233-445",
            "95",
            "улица",
            "Гагарина",
            ",",
            ".",
            ";",
            "12.03.1985",
            "родился",
            "{}",
            "А123ВС53",
            "почта",
            "a@b.ru",
            "л/с",
            "123456",
            "и",
            "на",
            "тел",
            "2-34-56",
            "ООО",
            "№",
        ]
    ),
    max_size=30,
).map(" ".join)


@pytest.mark.parametrize(("text", "spans"), TEXTS, ids=[text[:50] for text, _ in TEXTS])
def test_it_finds_personal_data_and_nothing_else(text: str, spans: list[Span]) -> None:
    assert [(text[s.start : s.end], s.kind) for s in find_personal(text)] == [
        (text[s.start : s.end], s.kind) for s in spans
    ]


def test_it_has_a_placeholder_for_every_kind() -> None:
    assert set(PLACEHOLDERS) == set(KINDS)


def test_it_keeps_the_words_around() -> None:
    masked = mask("Я, Иванова Мария Петровна, прошу позвонить 8 911 123-45-67 после шести")
    assert masked.text == "Я, [ФИО], прошу позвонить [телефон] после шести"


@pytest.mark.parametrize(
    ("digits", "valid"), [("11223344595", True), ("11223344596", False), ("00100199800", False)]
)
def test_it_checks_the_control_number_of_snils(digits: str, valid: bool) -> None:
    assert snils_is_valid(digits) is valid


def _holds(text: str) -> None:
    masked = mask(text)
    position = 0
    rest: list[str] = []
    for span in masked.spans:
        assert position <= span.start < span.end <= len(text)
        rest.append(text[position : span.start])
        position = span.end
    rest.append(text[position:])
    placeholders = [*(PLACEHOLDERS[span.kind] for span in masked.spans), ""]
    assert masked.text == "".join(map("".join, zip(rest, placeholders, strict=True)))


@given(st.text(max_size=300))
def test_it_loses_nothing_but_personal_data_in_any_text(text: str) -> None:
    _holds(text)


@given(PIECES)
def test_it_loses_nothing_but_personal_data_in_a_heap_of_numbers_and_names(text: str) -> None:
    _holds(text)


@given(PIECES)
def test_it_changes_nothing_when_masked_twice(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once
