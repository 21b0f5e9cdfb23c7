from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from otklik.channels.files import store_file
from otklik.channels.incoming import Incoming, Outside
from otklik.channels.models import Channel, RawMessage, RawUpdate
from otklik.channels.selectors import open_channels, raw_tray
from otklik.channels.services import (
    Kept,
    again,
    channel_of_kind,
    check_key,
    fail_raw,
    keep_malformed,
    keep_many,
    keep_raw,
    load_channels,
    make_key,
    municipality_id_of,
    revoke_key,
    skip_raw,
)
from otklik.charter.files import preset_folders, read_charter
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import set_scope

NOW = datetime(2026, 10, 22, 9, tzinfo=UTC)
MESSAGE = Incoming(outer_id="7", text="Нет воды", came_at=NOW)


def test_it_keeps_a_message_once_with_its_files(
    file_channel: Channel, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    file = store_file(b"%PDF-1.7", "акт.pdf", file_channel.municipality)
    with django_assert_max_num_queries(3):
        raw, is_new = keep_raw(MESSAGE, file_channel, files=[file])
    assert (is_new, raw.state, raw.files.get()) == (True, "new", file)
    same, is_new = keep_raw(replace(MESSAGE, text="Другой текст"), file_channel)
    assert (same, is_new) == (raw, False)
    assert RawMessage.objects.get().payload["text"] == "Нет воды"
    assert Incoming.from_payload(raw.payload) == MESSAGE


def test_it_keeps_many_and_tells_what_was_new(file_channel: Channel) -> None:
    many = [replace(MESSAGE, outer_id=str(n)) for n in range(5)]
    assert keep_many(many, file_channel) == Kept(5, 0, 0)
    many[1] = replace(many[1], outside=Outside(status="закрыто", score=2))
    assert keep_many([*many, many[1]], file_channel) == Kept(0, 1, 5)
    assert RawUpdate.objects.get().raw.outer_id == "1"
    assert keep_many([], file_channel) == Kept()


def test_it_keeps_a_text_with_characters_the_database_cannot_hold(file_channel: Channel) -> None:
    raw, _ = keep_raw(replace(MESSAGE, text="Нет\0 во\ud800ды «'\\n'»"), file_channel)
    assert raw.payload["text"] == "Нет воды «'\\n'»"


@pytest.mark.parametrize("typed", [r"ввёл \u0000 руками", r"два \\u0000 раза", "\\\\"])
def test_it_keeps_what_only_looks_like_such_a_character(file_channel: Channel, typed: str) -> None:
    raw, _ = keep_raw(replace(MESSAGE, text=f"{typed}\0\0"), file_channel)
    assert raw.payload["text"] == typed


def test_it_keeps_the_same_number_of_another_channel_apart(
    file_channel: Channel, place: Municipality
) -> None:
    keep_raw(MESSAGE, file_channel)
    assert keep_raw(MESSAGE, channel_of_kind(place, "api"))[1]


def test_it_walks_an_unreadable_message_through_the_tray(file_channel: Channel, place: Municipality) -> None:
    raw = keep_malformed({"text": None, "odd": "\0\ud800"}, file_channel, "Нет текста.", NOW)
    assert keep_malformed({"text": None, "odd": "\0\ud800"}, file_channel, "Нет текста.", NOW) == raw
    assert list(raw_tray(place)) == [raw]
    again(raw)
    assert (raw.state, raw.error) == ("new", "")
    with pytest.raises(Refused, match="уже взято"):
        again(raw)
    fail_raw(raw, "Снова нет текста.")
    assert (raw.state, raw.tries) == ("failed", 1)
    with pytest.raises(Refused, match="почему"):
        skip_raw(raw, " ")
    skip_raw(raw, "пробное сообщение системы")
    assert not raw_tray(place)


def test_it_opens_the_channels_of_every_preset_and_its_own(place: Municipality) -> None:
    for folder in preset_folders().values():
        charter = read_charter(folder)
        load_channels(charter, place)
        load_channels(charter, place)
        kinds = set(open_channels(place).values_list("kind", flat=True))
        assert kinds >= {"web_form", "api", "file"}
        keys = set(open_channels(place).values_list("key", flat=True))
        assert {one.key for one in charter.channels.values() if one.availability != "closed"} <= keys


def test_it_closes_a_channel_the_charter_dropped(place: Municipality) -> None:
    charter = read_charter(next(iter(preset_folders().values())))
    load_channels(charter, place)
    dropped = next(iter(charter.channels))
    rest = {key: one for key, one in charter.channels.items() if key != dropped}
    load_channels(charter.model_copy(update={"channels": rest}), place)
    assert Channel.objects.get(municipality=place, key=dropped).availability == "closed"


def test_it_shows_a_key_once_and_knows_it_until_revoked(file_channel: Channel, place: Municipality) -> None:
    key, text = make_key(file_channel, "Сайт округа")
    assert text not in (key.key_hash, key.prefix)
    assert municipality_id_of(text) == place.pk
    assert check_key(text) == key
    assert check_key(text + "x") is None
    set_scope([])
    assert check_key(text) is None
    set_scope([place.pk])
    revoke_key(key)
    assert check_key(text) is None
    with pytest.raises(Refused, match="уже отозван"):
        revoke_key(key)


@pytest.mark.parametrize("text", ["", "otk_", "otk_x_y", "other_1_y", "otk_99999999999999_y"])
def test_it_reads_no_municipality_from_a_foreign_key(text: str) -> None:
    assert municipality_id_of(text) is None
