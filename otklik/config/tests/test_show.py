"""`otklik demo --live`: channels point to the fake network during the show only; without it one clear sentence."""

from datetime import date
from pathlib import Path

import pytest

from otklik.channels.models import Channel, ChannelSecret, Feed
from otklik.channels.services.accounts import account_of
from otklik.config import show
from otklik.config.demo.live import KEYS, best_town, connected, kinds_of
from otklik.config.trouble import Trouble
from otklik.outreach.models import OfficialPage
from tests.fakes import max as fake_max
from tests.fakes import telegram as fake_telegram
from tests.town import build_town

NETWORK = "http://127.0.0.1:8090"


def test_it_knows_the_keys_of_the_fake_network() -> None:
    assert KEYS["telegram"]["token"] == fake_telegram.TOKEN
    assert KEYS["max"]["token"] == fake_max.TOKEN


def test_it_says_where_the_show_is_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(show, "ROOT", tmp_path)
    with pytest.raises(Trouble, match="tests/fakes"):
        show.run_show([], 8000, 8090)


@pytest.mark.django_db
def test_it_connects_the_richest_town_and_puts_everything_back() -> None:
    poor, rich = build_town("bogotol").municipality, build_town("mikhaylovka").municipality
    assert best_town([poor, rich]) == rich
    assert kinds_of(rich) == ["telegram", "max", "vk"]
    assert kinds_of(poor) == ["telegram", "vk"]
    assert best_town([]) is None
    page = OfficialPage.objects.create(
        municipality=rich,
        title="Страница",
        network="vk",
        url="https://vk.com/club9",
        outer_id="9",
        organisation="Администрация",
        opened_on=date(2026, 1, 1),
    )
    with connected(rich, NETWORK) as titles:
        assert len(titles) == 3
        page.refresh_from_db()
        assert page.channel is not None
        assert (page.channel.kind, page.outer_id) == ("vk", "1")
        channel = Channel.objects.get(municipality=rich, key="telegram")
        account = account_of(channel)
        assert account.settings["base_url"] == f"{NETWORK}/telegram"
        assert account.secrets["token"] == fake_telegram.TOKEN
        assert Feed.objects.filter(municipality=rich, is_on=True).count() == 3
        # A comment written before the first turn is read too.
        assert Feed.objects.get(channel__key="vk", municipality=rich).cursor["pages"]["1"]["ts"] == "0"
    page.refresh_from_db()
    assert (page.channel_id, page.outer_id) == (None, "9")
    channel.refresh_from_db()
    assert "base_url" not in channel.settings
    assert not ChannelSecret.objects.filter(municipality=rich).exists()
    assert not Feed.objects.filter(municipality=rich, is_on=True).exists()
