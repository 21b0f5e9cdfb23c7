"""The conversation on the card: who said what, what changed in the source, where the answer goes and what stops it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.cases import services
from otklik.cases.models import Case, UtteranceText
from otklik.cases.services.changes import apply_changes
from otklik.cases.services.intake import register_waiting
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, Outgoing, RawChange, RawMessage
from otklik.channels.services import keep_many
from tests.town import Town

Enter = Callable[[User], Client]
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
POST = "wall-7_40"


def said(number: int, text: str, author: str = "https://vk.com/id501", parent: int = 0) -> Incoming:
    return Incoming(
        outer_id=f"{POST}_r{number}",
        text=text,
        came_at=timezone.now() - timedelta(hours=5) + timedelta(minutes=number),
        outer_author=author,
        link=f"https://vk.com/{POST}?reply={number}",
        thread=POST,
        parent=f"{POST}_r{parent}" if parent else POST,
        page="Страница администрации",
        reach={"views": 1240, "likes": 3},
    )


@pytest.fixture
def talked(town: Town) -> Case:
    """A comment with two more remarks, in Boris's hands."""
    channel = Channel.objects.get(municipality=town.municipality, key="vk")
    mine, other = "https://vk.com/id501", "https://vk.com/id502"
    keep_many(
        [
            said(1, PIT),
            said(2, "Мой номер 8 900 123-45-67, если надо показать место.", mine),
            said(3, "Поддерживаю соседку, всё так и есть на самом деле", other, parent=1),
        ],
        channel,
    )
    register_waiting(town.municipality, timezone.now())
    case = Case.objects.get(municipality=town.municipality, raw__outer_id=f"{POST}_r1")
    Case.objects.filter(pk=case.pk).update(state="in_work", body=town.bodies[0], needs_triage=False)
    case.refresh_from_db()
    return case


def card(client: Client, case: Case) -> str:
    return client.get(reverse("desk:card", args=[case.number])).content.decode()


def test_it_shows_who_said_what_with_the_page_the_link_and_the_reach(
    talked: Case, town: Town, enter: Enter
) -> None:
    page = card(enter(town.boris), talked)
    assert "Разговор" in page and "Другой участник" in page
    assert "ВКонтакте, Страница администрации" in page and f"https://vk.com/{POST}?reply=2" in page
    assert "123-45-67" not in page and "id502" not in page
    assert "просмотров" in page and "отметки" in page


def test_what_was_said_later_is_shown_as_it_came_only_with_the_journal(
    talked: Case, town: Town, enter: Enter
) -> None:
    shown = enter(town.vera).post(reverse("desk:personal", args=[talked.number])).content.decode()
    assert "123-45-67" in shown
    assert UtteranceText.objects.filter(utterance__case=talked).count() == 2


def test_an_edit_in_the_source_stands_under_the_text_as_first_seen(
    talked: Case, town: Town, enter: Enter
) -> None:
    raw = RawMessage.objects.get(outer_id=f"{POST}_r1")
    RawChange.objects.create(
        municipality=town.municipality,
        raw=raw,
        kind="edited",
        at=timezone.now(),
        text="Яму уже засыпали сами.",
    )
    apply_changes(town.municipality, timezone.now())
    page = card(enter(town.boris), talked)
    assert "Автор изменил текст" in page and "засыпали сами" in page and "пробили колесо" in page


def test_the_reply_box_says_where_it_goes_and_offers_private_messages(
    talked: Case, town: Town, enter: Enter
) -> None:
    boris = enter(town.boris)
    page = card(boris, talked)
    assert 'name="way"' in page and "видят все" in page and "4096" in page
    draft = reverse("desk:draft", args=[talked.number])
    boris.post(draft, {"text": "Анна Петровна Сидорова, заделали.", "kind": "solved", "version": 0})
    hints = reverse("desk:hints", args=[talked.number])
    assert "Ответить в личные сообщения" in boris.get(hints).content.decode()
    sent = {"text": "Анна Петровна Сидорова, заделали.", "kind": "solved", "version": 1, "way": "message"}
    boris.post(draft, sent)
    assert "Ответить в личные сообщения" not in boris.get(hints).content.decode()


def test_a_question_shows_how_far_its_letter_got(talked: Case, town: Town, enter: Enter) -> None:
    services.ask_applicant(talked, "С какой стороны?", town.boris, timezone.now())
    letter = Outgoing.objects.get(about=talked.number, kind="ask")
    Outgoing.objects.filter(pk=letter.pk).update(state="dead", error="Автор не разрешил писать ему.")
    sender = town.user_with("sender", ["cases.view", "cases.send_answer"])
    page = card(enter(sender), talked)
    assert "не ушло: Автор не разрешил писать ему." in page
    again = reverse("desk:outgoing_again", args=[letter.pk])
    assert again in page
    answer = enter(sender).post(again, {"back": talked.number})
    assert answer.headers["Location"] == reverse("desk:card", args=[talked.number])


def test_a_case_without_a_conversation_has_no_panel(case: Case, town: Town, enter: Enter) -> None:
    assert 'id="talk"' not in card(enter(town.boris), case)
