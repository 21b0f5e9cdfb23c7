"""`otklik deadlines count`: counts terms for the rows of a table by the presets, without a database."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import click

from otklik.charter.errors import CharterError
from otklik.charter.files import preset_folders, read_charter
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.deadlines.calendar import WorkCalendar
from otklik.deadlines.of_charter import calendar_from, parameters_from
from otklik.deadlines.plans import shipped_plans
from otklik.deadlines.rules import CountedTerm, clock_of, due

COLUMNS = ("municipality", "kind", "channel", "key", "start")
KINDS = ("appeal", "message")

Row = dict[str, str]


@dataclass(frozen=True)
class Town:
    """A preset ready for counting."""

    charter: Charter
    calendar: WorkCalendar


@click.group("deadlines")
def command() -> None:
    """Сроки обращений и сообщений."""


@command.command("count")
@click.option("--file", "path", required=True, type=click.Path(path_type=Path), help="Таблица CSV.")
@click.option("--json", "as_json", is_flag=True, help="Список JSON вместо строк.")
def count(path: Path, as_json: bool) -> None:
    """Посчитать контрольный и законный срок для каждой строки таблицы.

    Столбцы: municipality, kind (appeal или message), channel, key (fz59.review_days), start (местное время).
    """
    rows = [count_row(row) for row in read_rows(path)]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else "\n".join(map(_line, rows)))
    sys.exit(1 if any("error" in row for row in rows) else 0)


def read_rows(path: Path) -> Iterator[Row]:
    """Rows of the table with every column it has. Raises `Refused` when it lacks some or is unreadable."""
    text = _text_of(path)
    head = text.splitlines()[0] if text.strip() else ""
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), restval="")
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise Refused(f"В таблице {path.name} нет столбцов: {', '.join(missing)}.")
        for row in reader:
            yield {name: value.strip() for name, value in row.items() if name and isinstance(value, str)}
    except csv.Error:
        raise Refused(f"Файл {path.name} не читается как CSV: сохраните таблицу в CSV заново.") from None


def count_row(row: Row) -> Row:
    """The row with `control` and `legal` added, or with `error` in one Russian sentence."""
    try:
        return row | _dates_of(row)
    except Refused as error:
        return row | {"error": str(error)}


def _dates_of(row: Row) -> Row:
    if row["kind"] not in KINDS:
        raise Refused(f"Вид «{row['kind']}» неизвестен: пишите appeal или message.")
    clock_of(row["key"])
    town = _town_of(row["municipality"])
    start = _start_of(row["start"])
    day = start.date() if isinstance(start, datetime) else start
    try:
        term = due(row["key"], start, town.calendar, parameters_from(town.charter, day))
    except (OverflowError, ValueError):
        raise Refused(f"От даты {row['start']} срок не посчитать: она вне календаря.") from None
    keeps_zone = isinstance(start, datetime) and start.tzinfo is not None
    return {
        "control": _written(term.control_at, term, keeps_zone),
        "legal": _written(term.legal_at, term, keeps_zone),
    }


def _written(moment: datetime, term: CountedTerm, keeps_zone: bool) -> str:
    """A date for whole-day clocks; else a local moment, with the offset only when the start had one."""
    if term.is_whole_days:
        return moment.date().isoformat()
    return (moment if keeps_zone else moment.replace(tzinfo=None)).isoformat(timespec="seconds")


def _start_of(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"Начало «{text}» не прочитано: пишите 2026-10-30 или 2026-10-30T16:00.") from None


@lru_cache(maxsize=100)
def _town_of(key: str) -> Town:
    folders = preset_folders()
    if key not in folders:
        raise Refused(f"Муниципалитета «{key}» нет среди положений: {', '.join(sorted(folders))}.")
    try:
        charter = read_charter(folders[key])
    except CharterError as error:
        raise Refused(f"Положение {key} не читается: {error.faults[0]}.") from None
    return Town(charter, calendar_from(charter, shipped_plans()))


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError:
        raise Refused(f"Файла {path} нет или он не читается.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _line(row: Row) -> str:
    result = row.get("error") or f"контроль {row['control']}, срок {row['legal']}"
    return f"{row['municipality']} {row['key']} {row['start']}: {result}"
