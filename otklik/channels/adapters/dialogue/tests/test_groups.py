"""What of a group is for the bot; everything else is nobody's business."""

import pytest

from otklik.channels.adapters.dialogue.groups import Ear, ear_of, is_for_us, left_words, without_call

EAR = ear_of({"key_words": ["Горячая вода", "свет"]}, "gorod_bot")


@pytest.mark.parametrize(
    ("text", "answers", "ours"),
    [
        ("@gorod_bot на Садовой яма", False, True),
        ("на Садовой яма, @Gorod_Bot", False, True),
        ("@gorod_bot2 на Садовой яма", False, False),
        ("/problema на Садовой яма", False, True),
        ("/problema@gorod_bot на Садовой яма", False, True),
        ("/problema@other_bot на Садовой яма", False, False),
        ("где горячая вода", False, True),
        ("Света нет с утра", False, True),
        ("какой рассвет", False, False),
        ("кто идёт гулять", False, False),
        ("кто идёт гулять", True, True),
    ],
)
def test_it_hears_only_what_is_said_to_it(text: str, answers: bool, ours: bool) -> None:
    assert is_for_us(EAR, "-1", text, answers) is ours


def test_it_hears_only_the_groups_of_the_settings_where_they_are_named() -> None:
    ear = Ear("gorod_bot", chats=("-1",))
    assert is_for_us(ear, "-1", "@gorod_bot яма", False)
    assert not is_for_us(ear, "-2", "@gorod_bot яма", False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@gorod_bot, на Садовой яма", "на Садовой яма"),
        ("/problema@gorod_bot на Садовой яма", "на Садовой яма"),
        ("на Садовой яма", "на Садовой яма"),
        ("@gorod_bot", ""),
    ],
)
def test_it_takes_the_call_off_the_words(text: str, words: str) -> None:
    assert without_call(EAR, text) == words


def test_it_complains_of_a_group_that_put_it_out() -> None:
    assert left_words({}) == ""
    assert "«Двор»" in left_words({"left_chats": {"-1": "Двор"}})
