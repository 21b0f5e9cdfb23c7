"""What is taken of an answer on a person, and how words are signed by a command."""

import sys

import pytest
from pytest_django import Settings

from otklik.accounts.esia.person import Person, person_of
from otklik.accounts.esia.signer import CommandSigner, SigningError


def test_it_reads_the_answer_of_esia_itself() -> None:
    said = {
        "firstName": "Имя",
        "lastName": "Фамилия",
        "trusted": True,
        "snils": "000-000-000 00",
        "contacts": [
            {"type": "EML", "value": "a@example.org", "vrfStu": "VERIFIED"},
            {"type": "MBT", "value": "+7(900)0000005", "vrfStu": "NOT_VERIFIED"},
        ],
    }
    assert person_of(said) == Person("Фамилия Имя", "a@example.org", "", True)


@pytest.mark.parametrize("trusted", [False, None, "false", 0])
def test_it_believes_nobody_unconfirmed(trusted: object) -> None:
    assert not person_of({"given_name": "Имя", "trusted": trusted}).is_confirmed


def test_a_command_signs_what_comes_to_its_input(settings: Settings) -> None:
    script = "import sys; sys.stdout.buffer.write(b'cms:' + sys.stdin.buffer.read())"
    settings.ESIA_SIGN_COMMAND = [sys.executable, "-c", script]
    assert CommandSigner().sign(b"words") == b"cms:words"


@pytest.mark.parametrize("command", [[], ["/nowhere/signer"], [sys.executable, "-c", "raise SystemExit(2)"]])
def test_a_failed_command_says_what_to_mend(settings: Settings, command: list[str]) -> None:
    settings.ESIA_SIGN_COMMAND = command
    with pytest.raises(SigningError, match=r"ESIA_SIGN_COMMAND|контейнер"):
        CommandSigner().sign(b"words")
