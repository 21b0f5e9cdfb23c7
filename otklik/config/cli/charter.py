"""`otklik charter`: presets checked, loaded, compared with a next version, written anew from answers."""

import json
import sys
from pathlib import Path

import click
from django.db import OperationalError, ProgrammingError

from otklik.charter.checking import Checked, Totals, check_presets, done_in_database
from otklik.charter.comparing import compare as compare_presets
from otklik.charter.drafting import CHANNELS, CHOSEN, LEVELS, Answers, draft_charter, draft_clauses
from otklik.charter.errors import CharterError
from otklik.charter.evidence import answered_keys
from otklik.charter.files import preset_folders, read_preset
from otklik.charter.services import load_charter
from otklik.common.errors import Refused


@click.group()
def charter() -> None:
    """Положения муниципалитетов: проверить файлы, загрузить в базу."""


@charter.command()
@click.argument("presets", nargs=-1, metavar="[ПОЛОЖЕНИЕ…]")
@click.option("--all", "every", is_flag=True, help="все найденные положения (так и без имён)")
@click.option("--json", "as_json", is_flag=True, help="итог одной строкой JSON")
def check(presets: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Проверить charter.toml и clauses.csv; по базе, если она есть, сказать, что ещё не исполнялось."""
    checked = _checked(_chosen(() if every else presets))
    if as_json:
        click.echo(json.dumps(checked.totals, ensure_ascii=False))
    else:
        _print_totals(checked.totals)
    for fault in checked.faults:
        click.echo(str(fault), err=True)
    if checked.faults:
        sys.exit(1)


@charter.command()
@click.argument("presets", nargs=-1, metavar="[ПОЛОЖЕНИЕ…]")
def load(presets: tuple[str, ...]) -> None:
    """Загрузить положения в базу; повтор ничего не меняет."""
    for key, folder in _chosen(presets).items():
        try:
            loaded = load_charter(folder)
        except CharterError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        if loaded.is_changed:
            click.echo(
                f"{key}: загружено, пунктов {loaded.clauses}, новых параметров {loaded.new_parameters}"
            )
        else:
            click.echo(f"{key}: без изменений")


@charter.command()
@click.argument("preset", metavar="ПОЛОЖЕНИЕ")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="ПАПКА")
def compare(preset: str, folder: Path) -> None:
    """Что изменит новая версия положения из папки: пункты, роли, отчёты, сроки; ничего не загружается."""
    old = _chosen((preset,))[preset]
    try:
        told = compare_presets(
            read_preset(old), read_preset(folder), done_in_database(preset), answered_keys()
        )
    except CharterError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for title, changes in (
        ("Пункты", told.duties),
        ("Роли", told.roles),
        ("Отчёты", told.reports),
        ("Сроки и параметры", told.terms),
    ):
        for one in changes:
            click.echo(f"{title}, {one.key}: было «{one.was or 'нет'}», станет «{one.becomes or 'нет'}»")
    click.echo(
        "Изменений нет." if told.is_same else f"Потеряют подтверждение: {', '.join(told.lost) or 'нет'}"
    )


@charter.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="ПАПКА")
@click.option("--key", prompt="Ключ латиницей", help="имя папки положения")
@click.option("--prefix", prompt="С чего начинать номера пунктов", help="три буквы латиницей")
@click.option("--name", prompt="Муниципалитет полностью", help="как в акте")
@click.option("--short-name", prompt="Коротко", help="для шапки страниц")
@click.option("--region", prompt="Регион", help="область, край, республика")
@click.option("--time-zone", prompt="Часовой пояс", default="Europe/Moscow", help="по базе IANA")
@click.option("--level", prompt="Вид", type=click.Choice(LEVELS), default=LEVELS[0], help="район или округ")
@click.option("--leader", prompt="Должность главы", help="кому пишут записки")
@click.option("--head", prompt="Должность руководителя центра", help="кто отвечает за работу")
@click.option("--channel", "channels", multiple=True, type=click.Choice(list(CHANNELS)), help="канал приёма")
@click.option("--part", "parts", multiple=True, type=click.Choice(list(CHOSEN)), help="чем занят центр")
def new(folder: Path, channels: tuple[str, ...], parts: tuple[str, ...], **said: str) -> None:
    """Написать положение нового муниципалитета по ответам: charter.toml и clauses.csv, готовые к проверке."""
    answers = Answers(**said, parts=parts or tuple(CHOSEN), channels=channels or tuple(CHANNELS))
    place = folder / answers.key
    if place.exists():
        raise Refused(f"Папка {place} уже есть: выберите другой ключ или другое место.")
    place.mkdir(parents=True)
    (place / "charter.toml").write_text(draft_charter(answers), encoding="utf-8")
    (place / "clauses.csv").write_text(draft_clauses(answers), encoding="utf-8")
    try:
        preset = read_preset(place)
    except CharterError as error:
        click.echo(f"Положение записано, но проверку не прошло:\n{error}", err=True)
        sys.exit(1)
    click.echo(
        f"{place}: пунктов {len(preset.clauses)}. Сверьте с актом и загрузите с OTKLIK_PRESETS={folder}."
    )


def _checked(folders: dict[str, Path]) -> Checked:
    """The files are checked without a database too: then no duty has a record."""
    try:
        return check_presets(folders, done_in_database)
    except (OperationalError, ProgrammingError):
        click.echo("База не отвечает или пуста: исполнение пунктов не посчитано.", err=True)
        return check_presets(folders)


def _chosen(names: tuple[str, ...]) -> dict[str, Path]:
    known = preset_folders()
    strangers = [name for name in names if name not in known]
    if strangers:
        raise Refused(f"Нет положения {', '.join(strangers)}. Есть: {', '.join(known)}.")
    return {name: known[name] for name in names} or known


def _print_totals(totals: Totals) -> None:
    for key, count in totals["presets"].items():
        click.echo(
            f"{key}: пунктов {count['clauses']}, с ключом {count['with_evidence_key']}, "
            f"с доказательством {count['with_query']}, ещё не исполнялось {len(count['never_exercised'])}"
        )
    click.echo(f"всего пунктов {totals['clauses']}, неизвестных ключей {totals['unknown']}")
