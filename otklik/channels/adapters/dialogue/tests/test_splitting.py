"""A long answer is cut where a person would cut it, and no word is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.channels.adapters.dialogue.splitting import split, units


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, []),
        ("Коротко.", 10, ["Коротко."]),
        ("Первое. Второе. Третье.", 16, ["Первое. Второе.", "Третье."]),
        ("Первый абзац\n\nВторой абзац", 20, ["Первый абзац", "Второй абзац"]),
        ("Строка один\nСтрока два", 15, ["Строка один", "Строка два"]),
        ("слово слово слово", 12, ["слово слово", "слово"]),
        ("оченьдлинноеслово", 6, ["оченьд", "линное", "слово"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
    ],
)
def test_it_cuts_at_sentences(text: str, limit: int, pieces: list[str]) -> None:
    assert split(text, limit) == pieces


@given(st.text(alphabet="аб. \n!😀", max_size=200), st.integers(min_value=4, max_value=40))
def test_it_loses_nothing_and_keeps_the_limit(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
