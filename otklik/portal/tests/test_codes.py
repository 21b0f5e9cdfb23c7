"""Codes typed by hand, contacts told by shape, steps in the citizen's words."""

import pytest

from otklik.portal.codes import LETTERS, code_for, hash_of, plain
from otklik.portal.rules import Contact, contact_of, standing, step_words


def test_a_code_is_read_however_it_is_typed() -> None:
    code = code_for("one")
    assert code == code_for("one") != code_for("two")
    assert set(plain(code)) <= set(LETTERS)
    assert len(plain(code)) == 12
    assert hash_of(code) == hash_of(code.lower().replace("-", " "))
    assert hash_of("АВЕК-MHPC-TYX2") == hash_of("abek mhpc tyx2")
    assert hash_of(" -- ") == ""


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("", Contact()),
        ("+7 900 000-00-01", Contact(phone="+7 900 000-00-01")),
        ("2-14-55", Contact(phone="2-14-55")),
        ("anna@example.org", Contact(email="anna@example.org")),
        ("anna@", None),
        ("позвоните мне", None),
        ("12", None),
    ],
)
def test_a_contact_is_told_by_its_shape(typed: str, contact: Contact | None) -> None:
    assert contact_of(typed) == contact


@pytest.mark.parametrize(
    ("state", "kind", "promised", "due", "word"),
    [
        ("assigned", "", "", "30 октября", "в работе"),
        ("asking", "", "", "", "ждём вас"),
        ("in_work", "interim", "1 ноября", "", "до 1 ноября"),
        ("sent", "solved", "", "", "решено"),
        ("closed", "refused", "", "", "отказано"),
        ("closed", "", "", "", "закрыто"),
        ("joined", "", "", "", "в общем деле"),
    ],
)
def test_a_question_stands_where_the_case_stands(
    state: str, kind: str, promised: str, due: str, word: str
) -> None:
    assert standing(state, kind, promised, due).word == word


def test_inner_work_is_not_shown_and_the_body_is_named() -> None:
    assert step_words("approve", "", {}, {}) == ("", "")
    assert step_words("assign", "правило 3", {"body": "roads"}, {"roads": "Дорожный отдел"}) == (
        "Передано исполнителю",
        "Дорожный отдел",
    )
    assert step_words("ask", "Где?", {"question": "Где?"}, {}) == ("Попросили уточнить", "Где?")
