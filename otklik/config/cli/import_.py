"""`otklik import`: a table becomes raw messages, then routed cases; run again after an interruption, it goes on."""

import csv
import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from tqdm import tqdm

from otklik.cases.services.intake import register_many
from otklik.cases.services.updates import apply_updates
from otklik.channels.importing.presets import PRESETS
from otklik.channels.importing.run import layout_of, recognise_layout, start_run, take_in
from otklik.channels.importing.stopping import stop_run
from otklik.channels.models import ImportRun
from otklik.channels.services import channel_of_kind
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.words import count
from otklik.config.cli.towns import named_town
from otklik.topics.services import warm

CHUNK = 500
CUT = "Прервано. Прочитанное осталось: карточками его сделают фоновые дела или та же команда."
STOPPED = "Загрузка прервана; та же команда продолжит её с этого места."


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--municipality", "key", required=True, help="Ключ муниципалитета: borovichi и другие.")
@click.option("--preset", type=click.Choice(list(PRESETS)), help="Разметка известной выгрузки.")
@click.option("--columns", help="Своя разметка: text=текст,outer_id=номер,received_at=дата.")
@click.option("--json", "as_json", is_flag=True, help="Один объект JSON вместо слов и полосы.")
def command(file: Path, key: str, preset: str | None, columns: str | None, as_json: bool) -> None:
    """Загрузить обращения из таблицы XLSX, XLS, CSV, ZIP или GZ. Без разметки таблица узнаётся по шапке."""
    if preset and columns:
        raise Refused("Укажите одно: --preset или --columns.")
    municipality = named_town(key)
    mapping = _mapping(columns) if columns else {}
    warm()  # dictionaries and models are no part of the pace of a file
    started = time.monotonic()
    run = _open_run(file, municipality, preset or "", mapping)
    before = run.done
    with _bar("Чтение", run.total, run.done, as_json) as bar:
        _take_in_until_told(run, bar)
    try:
        new = _register(run, as_json)
    except KeyboardInterrupt:
        raise Refused(CUT) from None
    result = _result(run, before, new, time.monotonic() - started)
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else _words(run, new))
    if run.error:
        raise Refused(run.error)


def _take_in_until_told(run: ImportRun, bar: Any) -> None:
    """Read on; Ctrl+C lets the present portion end, so nothing read is lost. A second one cuts at once."""
    told: list[int] = []

    def end_portion(number: int, _: Any) -> None:
        told.append(number)
        signal.signal(signal.SIGINT, usual)

    def move(done: int, total: int) -> None:
        _move(bar, done, total)
        if told and run.state == "running":
            with within(run.municipality_id):
                stop_run(run, None)

    usual = signal.signal(signal.SIGINT, end_portion)
    try:
        take_in(run, move)
    finally:
        signal.signal(signal.SIGINT, usual)


def _mapping(text: str) -> dict[str, str]:
    """`text=текст,outer_id="номер, год"` as field -> heading; a comma inside a heading stands in quotes."""
    mapping: dict[str, str] = {}
    for part in next(csv.reader([text], skipinitialspace=True)):
        name, sign, heading = part.partition("=")
        if not sign or not heading.strip():
            raise Refused(f"«{part}» не разобрано: пишите поле=название столбца через запятую.")
        mapping[name.strip()] = heading.strip().strip('"')
    return mapping


def _open_run(file: Path, municipality: Municipality, preset: str, mapping: dict[str, str]) -> ImportRun:
    with within(municipality.pk), file.open("rb") as stream:
        preset = preset or ("" if mapping else _recognise(file))
        channel = channel_of_kind(municipality, layout_of(preset, mapping).channel_kind)
        return start_run(stream, file.name, channel, preset=preset, columns=mapping)


def _recognise(file: Path) -> str:
    layout = recognise_layout(file)
    if layout is None:
        raise Refused("Таблица не похожа на известные: укажите --columns text=столбец с текстом.")
    return layout.key


def _register(run: ImportRun, quiet: bool) -> int:
    """Make cases of everything the run kept, a chunk a transaction, then take newer outer states into cases."""
    with _bar("Карточки", run.new, 0, quiet) as bar:
        new = register_many(run.municipality, run, tell=bar.update)
    with within(run.municipality.pk):
        apply_updates(run.municipality, timezone.now(), run=run)
    return new


def _bar(title: str, total: int, done: int, quiet: bool) -> Any:
    return tqdm(
        total=total, initial=done, desc=title, unit=" стр.", file=sys.stderr, disable=quiet, leave=False
    )


def _move(bar: Any, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)


def _result(run: ImportRun, before: int, new: int, seconds: float) -> dict[str, float]:
    return {
        "rows": run.done,
        "raw": run.new,
        "new": new,
        "updated": run.updated,
        "unchanged": run.unchanged,
        "errors": run.failed,
        "seconds": round(seconds, 3),
        "per_second": round((run.done - before) / seconds, 1) if seconds else 0.0,
    }


def _words(run: ImportRun, new: int) -> str:
    lines = [
        f"Прочитано: {count(run.done, 'строка', 'строки', 'строк')}.",
        *([STOPPED] if run.state == "stopped" else []),
        f"Новых карточек {new}, обновлено {run.updated}, без изменений {run.unchanged}.",
    ]
    if run.failed:
        lines.append(f"Не прочитано {run.failed}: таблица ошибок — на странице «Импорт».")
    return " ".join(lines)
