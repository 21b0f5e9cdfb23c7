"""The dialogue as a table: where the talk stands, what is said -> where it stands then and what the bot answers."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from otklik.channels.adapters.dialogue.keyboards import ROWS, buttons_of
from otklik.channels.adapters.dialogue.rules import turn
from otklik.channels.adapters.dialogue.said import Said
from otklik.channels.adapters.dialogue.talk import Ask, Draft, Talk, Turn
from otklik.channels.adapters.dialogue.words import MOST_PHOTOS, House
from otklik.channels.incoming import Media

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUSE = House("Город на связи", "Верхнеозёрский округ", "https://gorod.example/p/x/consent/")
PHOTO = Media("telegram:1", "1.jpg", "photo")
WORDS = Draft("7:1", (("1", "Не горит фонарь у школы"),))
PLACED = replace(WORDS, address="ул. Садовая, 3")
NEW = Talk()
AGREED = Talk("idle", AT.isoformat())


def text(words: str = "", **more: Any) -> Said:
    return Said("7:9", "7", AT, message="9", person="7", name="Анна", text=words, **more)


def press(data: str) -> Said:
    return Said("press:1", "7", AT, "press", data=data, press="1")


def at(step: Any, draft: Draft = WORDS) -> Talk:
    return AGREED.at(step, draft)


@pytest.mark.parametrize(
    ("talk", "said", "step", "kinds"),
    [
        (NEW, text("/start"), "consent", ["talk_consent"]),
        (NEW, text("Не горит фонарь"), "consent", ["talk_consent"]),
        (NEW, press("mine"), "new", []),
        (NEW, press("new"), "consent", ["talk_consent"]),
        (Talk("consent"), text("Не горит фонарь"), "consent", ["talk_consent"]),
        (Talk("consent"), press("agree"), "text", ["talk_text"]),
        (Talk("consent"), press("send"), "consent", ["talk_consent"]),
        (AGREED, text("/start"), "text", ["talk_text"]),
        (AGREED, press("new"), "text", ["talk_text"]),
        (AGREED, text("спасибо"), "idle", ["talk_idle"]),
        (AGREED, text("Не горит фонарь у школы"), "place", ["talk_place"]),
        (AGREED, press("send"), "idle", ["talk_idle"]),
        (AGREED, text(), "idle", ["talk_text"]),
        (at("text", Draft()), text("Не горит фонарь"), "place", ["talk_place"]),
        (at("text", Draft()), text(media=(PHOTO,)), "text", ["talk_text"]),
        (at("text", Draft()), text("Яма", media=(PHOTO,)), "place", ["talk_place"]),
        (at("text", Draft()), text(lat=58.4, lon=33.9), "text", ["talk_text"]),
        (at("text", Draft()), text(), "text", ["talk_text"]),
        (at("place"), text("ул. Садовая, 3"), "photo", ["talk_photo"]),
        (at("place"), text(lat=58.4, lon=33.9), "photo", ["talk_photo"]),
        (at("place"), press("skip_place"), "photo", ["talk_photo"]),
        (at("place"), text(media=(PHOTO,)), "place", ["talk_place"]),
        (at("place"), press("photo_done"), "place", ["talk_place"]),
        (at("photo"), text(media=(PHOTO,)), "photo", ["talk_more"]),
        (at("photo"), press("photo_done"), "confirm", ["talk_confirm"]),
        (at("photo"), text("и второй тоже"), "confirm", ["talk_confirm"]),
        (at("photo"), text(), "photo", ["talk_text"]),
        (at("confirm"), press("send"), "idle", ["talk_wait"]),
        (at("confirm"), press("again"), "text", ["talk_text"]),
        (at("confirm"), text("и второй тоже"), "confirm", ["talk_confirm"]),
        (at("confirm"), text(media=(PHOTO,)), "confirm", ["talk_confirm"]),
        (at("confirm"), press("agree"), "confirm", []),
        (at("confirm"), press("cancel"), "idle", ["talk_idle"]),
        (at("place"), text("/cancel"), "idle", ["talk_idle"]),
        (at("place"), text("/help"), "place", ["talk_consent"]),
        (at("place"), text("/stop"), "new", ["talk_wait"]),
        (at("place"), replace(text(), what="stopped"), "new", []),
        (at("place"), text("Мои обращения"), "place", []),
    ],
)
def test_it_leads_the_talk(talk: Talk, said: Said, step: str, kinds: list[str]) -> None:
    made = turn(talk, said, HOUSE)
    assert (made.talk.step, [reply.kind for reply in made.replies]) == (step, kinds)
    assert set(kinds) <= {*ROWS, "talk_wait"}


def test_it_keeps_nothing_before_the_consent() -> None:
    for talk in (NEW, Talk("consent")):
        assert turn(talk, text("Не горит фонарь у школы"), HOUSE).talk.draft == Draft()


def test_it_names_the_town_the_law_and_the_document_of_the_consent() -> None:
    words = turn(NEW, text("/start"), HOUSE).replies[0].text
    for part in (HOUSE.bot, HOUSE.town, HOUSE.consent, "официальный", "152-ФЗ", "59-ФЗ", "112", "/stop"):
        assert part in words


def test_it_remembers_when_the_consent_was_given_and_forgets_it_when_taken_back() -> None:
    agreed = turn(Talk("consent"), press("agree"), HOUSE).talk
    assert agreed.agreed == AT.isoformat()
    stopped = turn(replace(agreed, draft=WORDS, sent=("7:1",)), text("/stop"), HOUSE).talk
    assert (stopped.agreed, stopped.draft, stopped.sent) == ("", Draft(), ("7:1",))


def whole_talk(*saids: Said) -> Turn:
    made = Turn(Talk("consent"))
    for said in saids:
        made = turn(made.talk, said, HOUSE)
    return made


def test_it_makes_one_message_of_the_whole_talk() -> None:
    made = whole_talk(
        press("agree"),
        replace(text("Яма на дороге"), message="3"),
        text(lat=58.4, lon=33.9),
        text(media=(PHOTO,)),
        text(media=(PHOTO,)),
        press("photo_done"),
        replace(text("Объехать нельзя"), message="8"),
        press("send"),
    )
    assert made.made is not None
    draft = made.made.draft
    assert (draft.first, draft.text) == ("7:3", "Яма на дороге\nОбъехать нельзя")
    assert (draft.lat, draft.lon, len(draft.media)) == (58.4, 33.9, 2)
    assert (made.talk.draft, made.talk.sent) == (Draft(), ("7:3",))


def test_it_asks_no_place_where_the_point_came_with_the_words() -> None:
    assert whole_talk(press("agree"), text("Яма", lat=58.4, lon=33.9)).talk.step == "photo"


def test_it_sends_a_message_once_however_often_the_button_is_pressed() -> None:
    sent = turn(at("confirm"), press("send"), HOUSE)
    assert turn(sent.talk, press("send"), HOUSE).made is None


def test_it_takes_no_more_photos_than_it_says() -> None:
    full = at("photo", replace(WORDS, media=(PHOTO,) * MOST_PHOTOS))
    made = turn(full, text(media=(PHOTO,)), HOUSE)
    assert len(made.talk.draft.media) == MOST_PHOTOS
    assert str(MOST_PHOTOS) in made.replies[0].text


def test_it_adds_words_after_a_question_to_that_case() -> None:
    talk = replace(AGREED, sent=("7:1",))
    made = turn(talk, text("Во втором подъезде"), HOUSE, asked="7:1")
    assert made.made is not None
    assert (made.made.answers, made.made.draft.text) == ("7:1", "Во втором подъезде")
    assert made.talk.sent == ("7:1", "7:9")


def test_it_adds_a_reply_to_our_letter_to_that_case_and_to_no_stranger_s() -> None:
    talk = replace(AGREED, sent=("7:1",))
    ours = turn(talk, text("Нет, не починили", answers="7:1"), HOUSE)
    assert ours.made is not None
    assert turn(talk, text("Нет, не починили", answers="8:1"), HOUSE).made is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (text("Мои обращения"), Ask("status")),
        (text("мои обращения."), Ask("status")),
        (press("mine"), Ask("status")),
        (text("/status С-2026-14"), Ask("status", "С-2026-14")),
        (text("№ С-2026-14"), Ask("status", "С-2026-14")),
        (text("14-2026"), Ask("status", "14-2026")),
        (press("rate:С-2026-14:5"), Ask("rating", "С-2026-14", 5)),
        (press("rate:С-2026-14:9"), None),
        (press("rate:5"), None),
    ],
)
def test_it_leaves_to_the_keepers_of_cases_what_only_they_know(said: Said, asked: Ask | None) -> None:
    assert turn(AGREED, said, HOUSE).ask == asked


def test_it_takes_a_score_in_the_middle_of_a_new_message() -> None:
    made = turn(at("place"), press("rate:14:2"), HOUSE)
    assert (made.ask, made.talk) == (Ask("rating", "14", 2), at("place"))


def test_it_corrects_words_that_were_not_sent_yet() -> None:
    edited = replace(text("Не горит фонарь у сада"), what="edited", message="1")
    made = turn(at("confirm", PLACED), edited, HOUSE)
    assert made.talk.draft.text == "Не горит фонарь у сада"
    assert "у сада" in made.replies[0].text
    assert turn(AGREED, edited, HOUSE) == Turn(AGREED)


@pytest.mark.parametrize(
    "talk", [NEW, AGREED, at("confirm", replace(PLACED, media=(PHOTO,), lat=1.5, lon=2.5))]
)
def test_it_reads_back_the_state_it_keeps(talk: Talk) -> None:
    assert Talk.from_payload(talk.payload()) == talk


def test_it_reads_back_what_was_said() -> None:
    said = text("Яма", media=(PHOTO,), lat=1.5, lon=2.5, album="a")
    assert Said.from_payload(said.payload()) == said


def test_it_asks_for_five_scores_under_an_answer_only() -> None:
    assert [one.data for row in buttons_of("answer", "14") for one in row] == [
        f"rate:14:{n}" for n in range(1, 6)
    ]
    assert buttons_of("ask", "14") == ()
