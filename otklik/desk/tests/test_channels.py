"""Каналы: the state in words, settings held to what may be watched, secrets under seal, what is stuck goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.audit.models import JournalEntry
from otklik.channels.models import Channel, ChannelSecret, Feed, Outgoing, RawMessage
from otklik.channels.services import make_outgoing
from otklik.channels.services.accounts import account_of
from otklik.channels.services.delivery import CUT
from tests.town import SINCE, Town

Enter = Callable[[User], Client]


@pytest.fixture
def vk(town: Town) -> Channel:
    return Channel.objects.get(municipality=town.municipality, key="vk")


@pytest.fixture
def boss(town: Town, enter: Enter) -> Client:
    return enter(town.user_with("boss", ["channels.manage", "channels.view_raw", "cases.send_answer"]))


def dead(town: Town, channel: Channel, key: str, error: str) -> Outgoing:
    letter = make_outgoing(channel, "answer", "", "", f"Ответ {key}", "текст", key)
    Outgoing.objects.filter(pk=letter.pk).update(state="dead", error=error)
    return letter


def unread(town: Town, channel: Channel, outer_id: str) -> RawMessage:
    return RawMessage.objects.create(
        municipality=town.municipality,
        channel=channel,
        outer_id=outer_id,
        came_at=timezone.now(),
        content_hash=outer_id,
        state="failed",
        error="Не разобрано.",
    )


def test_the_page_says_how_each_channel_does_and_what_to_mend(town: Town, vk: Channel, boss: Client) -> None:
    feed = Feed.objects.create(
        municipality=town.municipality,
        channel=vk,
        is_on=False,
        failures=6,
        failing_since=timezone.now() - timedelta(hours=1),
        next_turn_at=timezone.now() + timedelta(minutes=4),
        shut_until=timezone.now() + timedelta(minutes=4),
        error="ВКонтакте не принимает ключ доступа: создайте новый.",
    )
    assert "Чтение ещё нигде не включено" in boss.get(reverse("desk:channels")).content.decode()
    feed.is_on = True
    feed.save()
    page = boss.get(reverse("desk:channels")).content.decode()
    assert "не читается, 6" in page
    assert "создайте новый" in page
    assert "Внимания ждёт" in page


def test_settings_are_kept_by_shape_and_journaled(vk: Channel, boss: Client) -> None:
    sent = {
        "pages": "77 Администрация города\n78 Официальный паблик",
        "open_pages": "gorod_online",
        "words": "яма\nнет света\nулица Гагарина",
        "comment_limit": "1000",
        "other": '{"wait": 2}',
    }
    answer = boss.post(reverse("desk:channel_settings", args=["vk"]), sent)
    assert answer.status_code == 302
    vk.refresh_from_db()
    assert vk.settings == {
        "pages": [
            {"group_id": 77, "title": "Администрация города"},
            {"group_id": 78, "title": "Официальный паблик"},
        ],
        "open_pages": ["gorod_online"],
        "words": ["яма", "нет света", "улица Гагарина"],
        "comment_limit": 1000,
        "wait": 2,
    }
    words = JournalEntry.objects.get(code="channels.words_changed", thing_id=str(vk.pk))
    assert words.details["words"]["added"] == ["нет света", "улица Гагарина", "яма"]
    boss.post(reverse("desk:channel_settings", args=["vk"]), {**sent, "words": "", "other": ""})
    vk.refresh_from_db()
    assert "words" not in vk.settings and "wait" not in vk.settings


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("words", "яма\nСидоров Пётр", "имя человека"),
        ("open_pages", "https://vk.com/id501", "страница человека"),
        ("open_pages", "https://t.me/+abc", "закрытое место"),
        ("other", "не json", "JSON"),
    ],
)
def test_a_refused_list_is_shown_with_what_was_typed(
    vk: Channel, boss: Client, name: str, value: str, words: str
) -> None:
    answer = boss.post(reverse("desk:channel_settings", args=["vk"]), {name: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page and value.splitlines()[0] in page
    vk.refresh_from_db()
    assert not vk.settings.get(name)


def test_a_secret_is_sealed_and_never_shown(town: Town, vk: Channel, boss: Client) -> None:
    boss.post(reverse("desk:channel_secret", args=["vk"]), {"name": "token", "value": "vk1.a.tayna"})
    assert account_of(vk).secrets == {"token": "vk1.a.tayna"}
    assert "tayna" not in ChannelSecret.objects.get().sealed
    assert "tayna" not in boss.get(reverse("desk:channel", args=["vk"])).content.decode()
    assert boss.post(reverse("desk:channel_secret", args=["vk"]), {"name": "token"}).status_code == 422
    boss.post(reverse("desk:channel_secret", args=["vk"]), {"name": "token", "forget": "1"})
    assert not ChannelSecret.objects.exists()
    assert JournalEntry.objects.filter(code="channels.secret_set", thing_id=str(vk.pk)).exists()


def test_the_role_that_answers_for_a_channel_leads_it_and_others_only_look(
    town: Town, vk: Channel, enter: Enter
) -> None:
    Role.objects.get_or_create(
        municipality=town.municipality, key="press", defaults={"title": "Пресс-служба", "permissions": []}
    )
    Channel.objects.filter(pk=vk.pk).update(owner_role="press")
    owner = town.user_with("owner", ["cases.send_answer"])
    give_role(owner, Appointment(Role.objects.get(municipality=town.municipality, key="press"), SINCE), None)
    looker = town.user_with("looker", ["channels.view_raw"])
    sent = {"words": "яма"}
    assert enter(owner).post(reverse("desk:channel_settings", args=["vk"]), sent).status_code == 302
    assert enter(looker).get(reverse("desk:channel", args=["vk"])).status_code == 200
    assert enter(looker).post(reverse("desk:channel_settings", args=["vk"]), sent).status_code == 422
    assert (
        enter(looker)
        .post(reverse("desk:channel_secret", args=["vk"]), {"name": "a", "value": "b"})
        .status_code
        == 422
    )


def test_what_is_stuck_goes_on_one_by_one_and_all_at_once(town: Town, vk: Channel, boss: Client) -> None:
    first, second = dead(town, vk, "a", "нет ключа"), dead(town, vk, "b", "нет ключа")
    cut = dead(town, vk, "c", CUT)
    raws = [unread(town, vk, f"r{n}") for n in range(3)]
    page = boss.get(reverse("desk:channel", args=["vk"])).content.decode()
    assert "нет ключа" in page and "Не разобрано." in page
    boss.post(reverse("desk:outgoing_again", args=[first.pk]))
    assert Outgoing.objects.get(pk=first.pk).state == "waiting"
    boss.post(reverse("desk:channel_out_again", args=["vk"]))
    assert Outgoing.objects.get(pk=second.pk).state == "waiting"
    assert Outgoing.objects.get(pk=cut.pk).state == "dead"
    boss.post(reverse("desk:channel_raw_again", args=["vk"]))
    assert set(
        RawMessage.objects.filter(pk__in=[raw.pk for raw in raws]).values_list("state", flat=True)
    ) == {"new"}
    assert boss.post(reverse("desk:channel_raw_again", args=["vk"])).status_code == 422


def test_checking_the_line_asks_for_a_turn_and_says_what_came_of_it(
    town: Town, vk: Channel, boss: Client
) -> None:
    boss.post(reverse("desk:channel_switch", args=["vk"]), {"on": "1"})
    feed = Feed.objects.get(channel=vk)
    assert feed.is_on
    asked = boss.post(reverse("desk:channel_check", args=["vk"]), headers={"HX-Request": "true"})
    assert "Спрашиваем" in asked.content.decode()
    since = timezone.now() - timedelta(seconds=5)
    address = reverse("desk:channel_checked", args=["vk"])
    assert "Спрашиваем" in boss.get(address, {"since": since.isoformat()}).content.decode()
    now = timezone.now()
    Feed.objects.filter(pk=feed.pk).update(tried_at=now, succeeded_at=now)
    assert "Связь есть" in boss.get(address, {"since": since.isoformat()}).content.decode()
    Feed.objects.filter(pk=feed.pk).update(failures=1, error="Нет ключа.")
    assert "Нет ключа." in boss.get(address, {"since": since.isoformat()}).content.decode()


def test_a_closed_network_stays_in_the_list_with_its_mark(town: Town, vk: Channel, boss: Client) -> None:
    Channel.objects.filter(pk=vk.pk).update(availability="closed")
    assert "закрыт" in boss.get(reverse("desk:channels")).content.decode()
    assert boss.post(reverse("desk:channel_switch", args=["vk"]), {"on": "1"}).status_code == 422
