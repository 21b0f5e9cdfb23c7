"""Calls of outer systems at /hooks/: kept before they are answered, believed by their signature alone."""

import json
from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.core.cache import cache
from django.test import Client

from otklik.api import hooks
from otklik.audit.models import JournalEntry
from otklik.channels.adapters.source import Account, Call, Heard, Stranger, Unread
from otklik.channels.adapters.sources import LISTENERS, listener_for
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, Feed, RawMessage
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeds import switch_feed
from otklik.common.models import Municipality
from otklik.common.scope import set_scope

ADDRESS = "/hooks/verkhneozersk/bell/"


class Bell:
    """A system that calls with a word of its own as the signature."""

    calls: ClassVar[list[Call]] = []

    def hear(self, account: Account, call: Call) -> Heard:
        self.calls.append(call)
        if call.headers.get("x-word") != account.secrets["word"]:
            raise Stranger("слово не то")
        try:
            said = json.loads(call.body)
            incoming = Incoming(outer_id=said["id"], text=said["text"], came_at=call.now)
        except (ValueError, KeyError) as error:
            raise Unread("Звонок не разобран.", call.body.decode(errors="replace")) from error
        return Heard(
            incomings=[incoming], answer='{"heard": true}', content_type="application/json", status=202
        )


@pytest.fixture
def bell(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Channel]:
    place = Municipality.objects.create(key="verkhneozersk", name="Округ", short_name="Округ", region="Край")
    set_scope([place.pk])
    monkeypatch.setitem(LISTENERS, "bell", f"{__name__}.Bell")
    monkeypatch.setattr("otklik.channels.adapters.sources._made", lambda path: Bell())
    channel = Channel.objects.create(municipality=place, key="bell", kind="bell", title="Звонок")
    set_secret(channel, "word", "word")
    switch_feed(channel, True)
    assert listener_for(channel)
    cache.clear()
    yield channel
    cache.clear()


def call(content: object, word: str = "word", address: str = ADDRESS) -> tuple[int, str]:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(address, json.dumps(content), "application/json", headers={"X-Word": word})
    return answer.status_code, answer.content.decode()


def test_it_keeps_what_it_heard_and_answers_as_the_system_asks(bell: Channel) -> None:
    assert call({"id": "1", "text": "Нет воды"}) == (202, '{"heard": true}')
    assert call({"id": "1", "text": "Нет воды"})[0] == 202
    set_scope([bell.municipality_id])
    assert RawMessage.objects.get().payload["text"] == "Нет воды"
    feed = Feed.objects.get(channel=bell)
    assert (feed.failures, feed.message_at is not None) == (0, True)


def test_it_keeps_a_broken_call_in_the_tray_and_asks_for_no_repeat(bell: Channel) -> None:
    assert call({"strange": "shape"}) == (200, "ok")
    set_scope([bell.municipality_id])
    assert RawMessage.objects.get().error == "Звонок не разобран."


def test_it_refuses_a_wrong_signature_and_writes_it_down_once_an_hour(bell: Channel) -> None:
    for _ in range(3):
        assert call({"id": "1", "text": "Нет воды"}, "another")[0] == 403
    set_scope([bell.municipality_id])
    assert not RawMessage.objects.exists()
    assert JournalEntry.objects.filter(code="channels.call_refused").count() == 1


@pytest.mark.parametrize("address", ["/hooks/nowhere/bell/", "/hooks/verkhneozersk/door/"])
def test_it_knows_no_other_address(bell: Channel, address: str) -> None:
    assert call({}, address=address)[0] == 404


def test_it_hears_nothing_for_a_channel_that_is_off_or_closed(bell: Channel) -> None:
    switch_feed(bell, False)
    assert call({})[0] == 404
    set_scope([bell.municipality_id])
    switch_feed(bell, True)
    Channel.objects.filter(pk=bell.pk).update(availability="closed")
    assert call({})[0] == 404


def test_it_takes_no_more_than_it_can_read(bell: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "MOST_BYTES", 100)
    assert call({"text": "а" * 200})[0] == 413
    monkeypatch.setattr(hooks, "PER_MINUTE", 1)
    assert call({})[0] == 429
    assert Client().delete(ADDRESS).status_code == 405
