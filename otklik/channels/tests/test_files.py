"""Attached files: taken by content, without hidden data, within limits."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import ExifTags, Image
from pytest_django import Settings

from otklik.channels.files import check_file, path_of, store_file, store_files, thumbnail_of
from otklik.channels.importing.tests.making import as_xlsx, as_zip, table
from otklik.channels.models import StoredFile
from otklik.common.errors import Refused
from otklik.common.models import Municipality


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (1200, 800), gps: bool = True, turn: int = 1
) -> bytes:
    image = Image.new("RGB", size, "green")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretPhone"
    exif[ExifTags.Base.Orientation] = turn
    if gps:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (58.0, 23.0, 16.8)
        place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "E", (33.0, 54.0, 36.0)
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_reads_the_place_and_strips_everything_hidden(kind: str, place: Municipality) -> None:
    stored = store_file(picture(kind), f"снимок.{kind.lower()}", place)
    assert (stored.lat, stored.lon) == (58.388, 33.91)
    content = path_of(stored).read_bytes()
    assert b"SecretPhone" not in content
    with Image.open(path_of(stored)) as image:
        assert not image.getexif()
        assert image.size == (1200, 800)
    small = thumbnail_of(stored)
    assert small is not None
    with Image.open(small) as image:
        assert max(image.size) == 480


def test_it_turns_the_picture_upright_before_it_forgets_how_it_was_held(place: Municipality) -> None:
    stored = store_file(picture(turn=6, gps=False), "a.jpg", place)
    with Image.open(path_of(stored)) as image:
        assert image.size == (800, 1200)
    assert (stored.lat, stored.lon) == (None, None)


def test_it_keeps_one_content_once_on_the_disk(place: Municipality) -> None:
    first = store_file(b"%PDF-1.7 act", "акт.pdf", place)
    second = store_file(b"%PDF-1.7 act", "копия.pdf", place)
    assert first.path == second.path == f"{place.key}/{first.sha256[:2]}/{first.sha256}"
    assert path_of(first).read_bytes() == b"%PDF-1.7 act"
    assert thumbnail_of(first) is None


def office(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("акт.pdf", b"%PDF-1.7 x", "акт.pdf"),
        ("акт", b"%PDF-1.7 x", "акт.pdf"),
        ("C:\\Temp\\письмо.docx", office("word/document.xml"), "письмо.docx"),
        ("../../т.xlsx", as_xlsx(table(1)), "т.xlsx"),
        ("т.odt", office("mimetype", "content.xml"), "т.odt"),
        ("т.txt", "Нет воды".encode("cp1251"), "т.txt"),
        ("т.rtf", b"{\\rtf1 x}", "т.rtf"),
        ("я\n" * 200 + ".txt", b"x", "я" * 120 + ".txt"),
    ],
)
def test_it_takes_documents_by_their_content(name: str, content: bytes, kept: str) -> None:
    assert check_file(name, io.BytesIO(content)).name == kept


def bomb() -> bytes:
    """A PNG of a few hundred bytes that claims to be 50 000 x 50 000 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", b"", "Файл пуст"),
        ("a.exe", b"MZ\x90\x00\x03" + bytes(60), "Такой файл не принимаем"),
        ("a.zip", as_zip(a_txt=b"x"), "Такой файл не принимаем"),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin"), "Такой файл не принимаем"),
        ("a.txt", b"<html><script>alert(1)</script>", "Такой файл не принимаем"),
        ("a.svg", b"<svg xmlns='x'/>", "Такой файл не принимаем"),
        ("a.gif", b"GIF89a" + bytes(40), "Такой файл не принимаем"),
        ("a.jpg", b"%PDF-1.7 x", "внутри PDF"),
        ("a.exe", b"%PDF-1.7 x", "внутри PDF"),
        ("a.jpg", picture()[:500], "Снимок повреждён"),
        ("a.png", bomb(), "Снимок больше 60 млн точек"),
    ],
    ids=range(11),
)
def test_it_refuses_what_it_should_not_keep(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_file(name, io.BytesIO(content))


def test_it_refuses_a_file_over_the_limit_and_too_many_files(place: Municipality, settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 1000
    with pytest.raises(Refused, match="больше 20 МБ"):
        store_file(b"%PDF" + bytes(1000), "a.pdf", place)
    with pytest.raises(Refused, match="объедините"):
        store_files([("a.pdf", io.BytesIO(b"%PDF"))] * 11, place)


def test_it_stores_none_when_one_of_the_files_is_bad(place: Municipality) -> None:
    with pytest.raises(Refused):
        store_files([("a.pdf", io.BytesIO(b"%PDF")), ("b.exe", io.BytesIO(b"MZ\x00"))], place)
    assert StoredFile.objects.count() == 0
