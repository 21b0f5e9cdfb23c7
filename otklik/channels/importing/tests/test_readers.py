"""Every format and encoding gives the same rows; every broken file gives one sentence, quickly and in little memory."""

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from otklik.channels.importing import limits
from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.layout import mapped
from otklik.channels.importing.tables import Line, lines_of, look_into
from otklik.channels.importing.tests.making import (
    MAPPING,
    Table,
    as_csv,
    as_gzip,
    as_page,
    as_xls,
    as_xlsx,
    as_zip,
    table,
)

LAYOUT = mapped(MAPPING)
SAME: dict[str, Callable[[Table], bytes]] = {
    "csv utf-8": lambda rows: as_csv(rows),
    "csv utf-8 with its mark": lambda rows: as_csv(rows, "utf-8-sig"),
    "csv cp1251": lambda rows: as_csv(rows, "cp1251"),
    "csv cp866": lambda rows: as_csv(
        [[str(cell).replace("«", '"').replace("»", '"') for cell in row] for row in rows], "cp866"
    ),
    "csv utf-16": lambda rows: as_csv(rows, "utf-16"),
    "csv utf-16-le": lambda rows: as_csv(rows, "utf-16-le"),
    "csv utf-16-be": lambda rows: as_csv(rows, "utf-16-be"),
    "csv comma": lambda rows: as_csv(rows, delimiter=","),
    "csv tab": lambda rows: as_csv(rows, delimiter="\t"),
    "csv with sep line": lambda rows: b"sep=|\r\n" + as_csv(rows, delimiter="|"),
    "xlsx": as_xlsx,
    "xls": as_xls,
    "page named xls": as_page,
    "zip of csv": lambda rows: as_zip(a_csv=as_csv(rows, "cp1251")),
    "zip of xlsx": lambda rows: as_zip(a_xlsx=as_xlsx(rows)),
    "csv gz": lambda rows: as_gzip(as_csv(rows)),
    "xlsx gz": lambda rows: as_gzip(as_xlsx(rows)),
}


def lines(path: Path, content: bytes) -> list[Line]:
    path.write_bytes(content)
    return list(lines_of(path, LAYOUT))


@pytest.mark.parametrize("kind", SAME)
def test_it_reads_the_same_rows_from_every_format(kind: str, tmp_path: Path) -> None:
    found = lines(tmp_path / "t", SAME[kind](table(40)))
    assert [line.record.text("Номер") for line in found] == [f"Т-{n}" for n in range(1, 41)]
    assert (
        found[6].record.text("Текст").replace('"', "«", 1).replace('"', "»")
        == "У дома 7 не горит фонарь; «ждём»"
    )
    assert look_into(tmp_path / "t", "t", LAYOUT).total >= 41


def test_it_reads_all_tables_of_an_archive(tmp_path: Path) -> None:
    content = as_zip(
        a_csv=as_csv(table(3)), b_xlsx=as_xlsx(table(2, first=10)), readme_txt="Пояснение".encode()
    )
    assert len(lines(tmp_path / "t", content)) == 5


def test_it_keeps_lines_inside_a_cell_and_excel_dates(tmp_path: Path) -> None:
    rows = [*table(0), ("Т-1", datetime(2026, 10, 22, 9, 30), "Первая строка\nвторая", "")]  # noqa: DTZ001 - as in Excel
    line = lines(tmp_path / "t", as_xlsx(rows))[0]
    assert line.record.text("Дата") == "22.10.2026 09:30:00"
    assert line.record.text("Текст") == "Первая строка\nвторая"
    assert lines(tmp_path / "t", as_csv(rows))[0].record.text("Текст") == "Первая строка\nвторая"


def test_it_takes_a_formula_as_its_text(tmp_path: Path) -> None:
    rows = [*table(0), ("Т-1", "01.10.2026", '=HYPERLINK("http://example.org","Яма")', "=1+1")]
    record = lines(tmp_path / "t", as_xlsx(rows, formulas=True))[0].record
    assert record.text("Текст").startswith("=HYPERLINK")
    assert record.text("Статус") == "=1+1"


def test_it_skips_headings_printed_again_and_blank_rows(tmp_path: Path) -> None:
    rows = [*table(2), ("", "", "", ""), table(0)[0], *table(2, first=5)[1:]]
    assert len(lines(tmp_path / "t", as_csv(rows))) == 4


def test_it_passes_over_sheets_of_other_shape(tmp_path: Path) -> None:
    content = as_zip(a_csv=as_csv([("Условные", "знаки"), ("а", "б")]), b_csv=as_csv(table(2)))
    assert len(lines(tmp_path / "t", content)) == 2


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * size)
    return out.getvalue()


def book_with(part: str, content: bytes) -> bytes:
    """A true XLSX with one part replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(table(3)))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SPACE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    + SPACE
    + b"</sheetData></worksheet>"
)
BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "Файл пуст"),
    "blanks": (lambda: b"\r\n  \r\n", "Файл пуст"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "Это не таблица"),
    "a PDF": (lambda: b"%PDF-1.7 something", "Это не таблица"),
    "noise": (lambda: bytes(range(256)) * 20, "не похож на таблицу"),
    "truncated xlsx": (lambda: as_xlsx(table(200))[:3000], "оборван или повреждён"),
    "truncated gz": (lambda: as_gzip(as_csv(table(500)))[:2000], "оборван или повреждён"),
    "truncated xls": (lambda: as_xls(table(200))[:3000], "оборван или повреждён"),
    "truncated zip": (lambda: as_zip(a_csv=as_csv(table(500)))[:900], "оборван или повреждён"),
    "broken xml": (lambda: book_with(SHEET, b"<worksheet><row>"), "оборван или повреждён"),
    "entities": (lambda: book_with(SHEET, LAUGHS), "оборван или повреждён"),
    "zip bomb": (lambda: bomb(120 * limits.PIECE), "распаковывается больше"),
    "gzip bomb": (lambda: gzip.compress(bytes(120 * limits.PIECE), 9), "распаковывается больше"),
    "huge cell of xlsx": (
        lambda: book_with(SHEET, SPACE + b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * 9_000_000),
        "ячейка больше",
    ),
    "far row of xlsx": (
        lambda: book_with(SHEET, SPACE + b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>' + END),
        "Строк больше",
    ),
    "million columns": (lambda: (",".join("ab" for _ in range(1_000_000)) + "\n").encode(), "столбцов"),
    "huge line": (lambda: b"a" * 5_000_000, "длиннее 4 млн"),
    "open quote": (lambda: as_csv(table(3)) + b'5;"' + b"text\n" * 300_000, "кавычка открыта"),
    "archive in archive": (lambda: as_zip(a_zip=as_zip(a_csv=as_csv(table(1)))), "архив внутри архива"),
    "no headings wanted": (lambda: as_csv([("Имя", "Возраст"), ("а", "1")]), "нет столбца «Номер»"),
    "macro-free ods": (lambda: as_zip(mimetype=b"x", content_xml=b"<x/>"), "ODS не читаем"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_it_answers_a_broken_file_with_one_sentence(case: str, tmp_path: Path) -> None:
    make, words = BROKEN[case]
    path = tmp_path / "t"
    path.write_bytes(make())
    tracemalloc.start()
    try:
        with pytest.raises(FileFault) as fault:
            look_into(path, "t.xlsx", LAYOUT)
            list(lines_of(path, LAYOUT))
        assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert words in str(fault.value)
    assert str(fault.value).endswith(".")


def test_it_reads_a_long_table_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.write_bytes(as_csv(table(50_000)))
    tracemalloc.start()
    try:
        assert sum(1 for _ in lines_of(path, LAYOUT)) == 50_000
        assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    finally:
        tracemalloc.stop()


GOOD = [
    as_csv(table(5)),
    as_csv(table(5), "utf-16"),
    as_xlsx(table(5)),
    as_xls(table(5)),
    as_zip(a_csv=as_csv(table(5))),
]
PATIENT = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PATIENT
@given(
    content=st.sampled_from(GOOD),
    cut=st.integers(0, 20_000),
    flips=st.lists(st.integers(0, 20_000), max_size=6),
)
def test_it_reads_or_refuses_a_damaged_file(
    content: bytes, cut: int, flips: list[int], tmp_path: Path
) -> None:
    damaged = bytearray(content[:cut] if cut else content)
    for place in flips:
        if place < len(damaged):
            damaged[place] ^= 0x5A
    try_to_read(bytes(damaged), tmp_path)


@PATIENT
@given(content=st.binary(max_size=3000))
@example(content=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
@example(content=b"PK\x03\x04" + bytes(60))
@example(content=b"\x1f\x8b" + bytes(60))
@example(content=b"\xff\xfe\x00")
def test_it_reads_or_refuses_any_bytes(content: bytes, tmp_path: Path) -> None:
    try_to_read(content, tmp_path)


def try_to_read(content: bytes, folder: Path) -> None:
    path = folder / "t"
    path.write_bytes(content)
    try:
        for line in lines_of(path, LAYOUT):
            assert all("\0" not in text for text in line.record.columns().values())
    except FileFault as fault:
        assert str(fault).endswith(".")
