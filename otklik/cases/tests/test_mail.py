"""Which letters are explained and which are taken, by every charter of ours and by the dates of the law."""

import pytest

from otklik.cases.mail import MailWay, is_addressed, mail_way
from otklik.charter.files import preset_folders, read_charter

PIT = "На улице Гагарина яма."
TO_HEAD = "Главе округа\nот жителей дома 5\n\nНа улице Гагарина яма."
REGIMES = {key: read_charter(folder).regime for key, folder in preset_folders().items()}


@pytest.mark.parametrize(
    ("town", "text", "takes"),
    [
        ("borovichi", PIT, True),
        ("borovichi", TO_HEAD, True),
        ("bogotol", PIT, True),
        ("demyansk", PIT, True),
        ("mikhaylovka", PIT, True),
        ("mikhaylovka", TO_HEAD, False),
        ("lovozero", PIT, False),
    ],
)
def test_a_letter_is_a_message_where_the_charter_lets_it(town: str, text: str, takes: bool) -> None:
    assert mail_way("explain", True, REGIMES[town], "email", text) == MailWay(True, takes)
    assert mail_way("explain", False, REGIMES[town], "email", text) == MailWay(True, False)
    assert mail_way("register", True, REGIMES[town], "email", text) == MailWay(False, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Уважаемый глава района!", True),
        ("В администрацию округа\nЖалоба", True),
        ("Председателю комитета", True),
        ("Председатель ТСЖ не отвечает на звонки жителей.", False),
        ("Яма у администрации не заделана", False),
        ("\n".join(["строка"] * 6 + ["Главе района"]), False),
        ("", False),
    ],
)
def test_it_sees_to_whom_a_letter_is_written(text: str, told: bool) -> None:
    assert is_addressed(text) == told
