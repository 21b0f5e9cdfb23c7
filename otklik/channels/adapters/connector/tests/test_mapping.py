"""The mapping file: what is taken, and what each mistake is told as — with its line and key."""

from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.channels.adapters.connector.adapter import takes_answers
from otklik.channels.adapters.connector.asking import fill
from otklik.channels.adapters.connector.mapping import mapping_of, read_mapping
from otklik.channels.adapters.connector.shapes import JsonItem, ShapeError, read_answer, text_of
from otklik.channels.models import Channel
from otklik.charter.part_file import PartFault
from otklik.common.models import Municipality

READ = '[read]\naddress = "https://town.example/messages"\n'
FIELDS = '[fields]\nouter_id = "id"\ntext = "text"\n'


def faults(text: str) -> str:
    with pytest.raises(PartFault) as caught:
        read_mapping(text, "разметка.toml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = ", "разметка.toml, строка 1, ключ -: запись не похожа на TOML"),
        (READ + 'format = "yaml"\n' + FIELDS, "строка 3, ключ read.format: значения 'yaml' нет в списке"),
        (
            '[read]\naddress = "ftp://town"\n' + FIELDS,
            "строка 2, ключ read.address: адрес начинается с https://",
        ),
        *(
            (f'[read]\naddress = "{address}"\n' + FIELDS, "ключ read.address: адрес записан не так")
            for address in ("http://[::1", "https://", "https://town:99999/x", "https://to wn/")
        ),
        (READ + "[fields]\nouter_id = 'id'\n", "нужны text и outer_id"),
        (READ + FIELDS + 'colour = "x"\n', "поля «colour» нет"),
        (READ + '[read.paging]\nkind = "cursor"\n' + FIELDS, "нужен ключ next"),
        (
            READ + FIELDS + '[dates]\nzone = "Europe/Nowhere"\n',
            "строка 7, ключ dates.zone: такого часового пояса нет",
        ),
        (READ + FIELDS + '[auth]\nkind = "magic"\n', "строка 7, ключ auth.kind: значения 'magic' нет"),
        (READ + FIELDS + "colors = 1\n", "ключ fields.colors: нужна строка в кавычках"),
        ('[write]\naddress = "https://x"\nformat = "xml"\n', "нужен ключ template"),
        (READ + FIELDS + "[reed]\n", "ключ reed: такого ключа в схеме нет"),
        (
            READ + FIELDS + '[write]\naddress = "https://x"\nbody = { reply = "{txt}" }\n',
            "имени {txt} нет; есть key,",
        ),
        (READ + 'paging = { kind = "page", size = 5000 }\n' + FIELDS, "число должно быть не больше 1000"),
    ],
)
def test_it_says_where_the_mistake_stands(text: str, told: str) -> None:
    assert told in faults(text)


def test_it_names_every_mistake_at_once() -> None:
    assert faults(READ + 'format = "yaml"\n' + FIELDS + '[auth]\nkind = "magic"\n').count("\n") == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ((READ + FIELDS).encode("utf-8-sig"), ""),
        (
            f'title = "Портал"\n{READ}{FIELDS}'.encode("cp1251"),
            "m.toml, строка 1, ключ -: кодировка не UTF-8",
        ),
        (None, "файла нет: положите его в"),
    ],
)
def test_it_reads_a_file_as_editors_leave_it(
    content: bytes | None, told: str, settings: Settings, tmp_path: Path
) -> None:
    settings.EXCHANGE_ROOT = tmp_path
    (tmp_path / "town").mkdir()
    if content is not None:
        (tmp_path / "town" / "m.toml").write_bytes(content)
    channel = Channel(municipality=Municipality(key="town"), settings={"mapping_file": "m.toml"})
    if told:
        with pytest.raises(PartFault, match=told):
            mapping_of(channel)
        assert not takes_answers(channel)
        return
    assert mapping_of(channel) is not None


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b", "1"),
        ("a.c.1", "y"),
        ("a.c", "x, y"),
        ("a.c.9", ""),
        ("a", ""),
        ("nothing.at.all", ""),
        ("t", "да"),
    ],
)
def test_it_walks_json_by_dots(path: str, found: str) -> None:
    assert JsonItem({"a": {"b": 1, "c": ["x", "y"]}, "t": True}).value(path) == found


XML_LIST = (
    '<l xmlns:m="urn:t"><m:i id="7"><m:t>Текст <b>весь</b></m:t>'
    '<m:c code="1">А</m:c><m:c code="2">Б</m:c></m:i></l>'
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("@id", "7"),
        ("m:t", "Текст весь"),
        ("m:c/@code", "1"),
        ("m:c[@code='2']", "Б"),
        ("m:no", ""),
        ("m:no/@x", ""),
    ],
)
def test_it_walks_xml_by_paths(path: str, found: str) -> None:
    rest = '[read]\naddress = "https://t.example"\nformat = "xml"\nitems = "m:i"\n[namespaces]\nm = "urn:t"\n'
    mapping = read_mapping(rest + FIELDS, "m")
    (item,) = read_answer(XML_LIST.encode(), mapping).items
    assert item.value(path) == found


def test_it_puts_words_into_braces_once() -> None:
    assert fill("{text} и {x}{", {"text": "{x}", "x": "1"}) == "{x} и 1{"


@pytest.mark.parametrize("body", [b"<html>", b'{"data": 5}', b"\xff\xfe", b"[" * 200_000])
def test_it_refuses_an_answer_of_another_shape(body: bytes) -> None:
    mapping = read_mapping(READ + 'items = "data"\n' + FIELDS, "m")
    with pytest.raises(ShapeError):
        read_answer(body, mapping)


def test_it_takes_nothing_from_xml_that_defines_entities() -> None:
    mapping = read_mapping(READ + 'format = "xml"\n' + FIELDS, "m")
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a><m>&b;</m></a>'
    with pytest.raises(ShapeError, match="не XML"):
        read_answer(bomb, mapping)


def test_it_names_every_column_it_needs() -> None:
    mapping = read_mapping(READ + 'format = "csv"\n' + FIELDS, "m")
    with pytest.raises(ShapeError, match="Столбца «id» в таблице нет; есть «номер», «text»"):
        read_answer("номер;text\n1;Яма\n".encode(), mapping)


def test_it_writes_plain_values() -> None:
    assert [text_of(one) for one in (None, 3, 2.5, False, ["a", None, 1])] == ["", "3", "2.5", "нет", "a, 1"]
