"""CSV and other text tables: encoding, delimiter and quotes are found by content."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from charset_normalizer import from_bytes

from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.limits import MAX_FIELD, MAX_LINE, PIECE
from otklik.channels.importing.readers.sheet import Rows, Sheet, numbered
from otklik.channels.importing.values import Value

DELIMITERS = (";", ",", "\t", "|")
SAMPLE_ROWS = 100
SAMPLE_BYTES = 64 * 1024
SINGLE_BYTE = ["cp1251", "cp866", "koi8_r", "mac_cyrillic"]
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*')

csv.field_size_limit(MAX_FIELD)


def open_plain(path: Path, title: str) -> list[Sheet]:
    """One sheet of a text table. Raises FileFault when it is not text."""
    encoding = encoding_of(path)
    delimiter = delimiter_of(list(islice(_lines(path, encoding), SAMPLE_ROWS * 5)))

    def rows() -> Rows:
        return numbered(_parsed(path, encoding, delimiter))

    return [Sheet(title, sum(1 for _ in rows()), rows)]


def encoding_of(path: Path) -> str:
    """utf-8, utf-16 with or without its mark, else the Cyrillic single-byte table that fits best."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # Cyrillic in UTF-16 has 0x04 in its high bytes, plain ASCII has 0x00.
    if odd + head[1::2].count(4) > len(head) * 0.4 and odd > even:
        return "utf-16-le"
    if even + head[0::2].count(4) > len(head) * 0.4 and even > odd:
        return "utf-16-be"
    if b"\0" in head:
        raise FileFault("Файл не похож на таблицу: сохраните её как XLSX или CSV и загрузите снова.")
    if _is_utf8(path):
        return "utf-8"
    best = from_bytes(head, cp_isolation=SINGLE_BYTE).best()
    return best.encoding if best else "cp1251"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    # A character cut at the very end tells of a cut file, not of another encoding.
    return True


def delimiter_of(lines: Sequence[str]) -> str:
    """The delimiter under which most rows are as wide as the first full one; a lone column has none (tab)."""
    marked = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    if marked:
        return marked[1]
    best, best_score = "\t", 0.5
    for delimiter in DELIMITERS:
        try:
            rows = list(islice((row for row in csv.reader(lines, delimiter=delimiter) if row), SAMPLE_ROWS))
        except csv.Error:
            continue
        # The last row may be cut by the sample's end.
        widths = [len(row) for row in (rows[:-1] if len(rows) > 2 else rows)]
        width = max(set(widths), key=widths.count, default=1)
        score = widths.count(width) / len(widths) + 0.01 * min(width, 50) if width > 1 else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _lines(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        while line := file.readline(MAX_LINE):
            if len(line) == MAX_LINE:
                raise FileFault(
                    "Строка файла длиннее 4 млн знаков: проверьте, что это таблица, а не сплошной текст."
                )
            yield line.replace("\0", "")


def _parsed(path: Path, encoding: str, delimiter: str) -> Iterator[list[Value]]:
    lines = _lines(path, encoding)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise FileFault(
                f"Строка {reader.line_num}: ячейка длиннее 1 млн знаков или кавычка открыта и не закрыта."
            ) from None
        if row is None:
            return
        if reader.line_num == 1 and _SEPARATOR_LINE.fullmatch(delimiter.join(row)):
            continue
        yield list(row)
