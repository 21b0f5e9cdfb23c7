"""`otklik charter`: presets checked, loaded, compared with a next version, written anew from answers."""

import json
import sys
import tomllib
from pathlib import Path

import click
from django.db import OperationalError, ProgrammingError

from otklik.charter.checking import Checked, Totals, check_presets, done_in_database
from otklik.charter.comparing import compare as compare_presets
from otklik.charter.drafting import draft_files
from otklik.charter.errors import CharterError
from otklik.charter.evidence import answered_keys
from otklik.charter.files import preset_folders, read_preset
from otklik.charter.questions import QUESTIONS, Question, fault_in, read_answers
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
    for _, title, changes in told.parts:
        for one in changes:
            click.echo(f"{title}, {one.key}: было «{one.was or 'нет'}», станет «{one.becomes or 'нет'}»")
    click.echo(
        "Изменений нет." if told.is_same else f"Потеряют подтверждение: {', '.join(told.lost) or 'нет'}"
    )


@charter.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="ПАПКА")
@click.option(
    "--answers",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="ФАЙЛ",
    help="ответы файлом TOML: ключ вопроса = ответ; чего в нём нет, будет спрошено",
)
def new(folder: Path, file: Path | None) -> None:
    """Написать положение нового муниципалитета по ответам: charter.toml и clauses.csv, готовые к проверке."""
    said = _read_answers(file) if file else {}
    for question in QUESTIONS:
        if question.key not in said:
            said[question.key] = _ask(question)
    answers = read_answers(said)
    place = folder / answers.key
    if place.exists():
        raise Refused(f"Папка {place} уже есть: выберите другой ключ или другое место.")
    try:
        place.mkdir(parents=True)
    except (PermissionError, NotADirectoryError, FileNotFoundError):
        raise Refused(f"Папка {place} не создаётся: выберите место, куда можно писать.") from None
    for name, text in draft_files(answers).items():
        (place / name).write_text(text, encoding="utf-8")
    preset = read_preset(place)
    click.echo(
        f"{place}: пунктов {len(preset.clauses)}. Сверьте с актом и загрузите с OTKLIK_PRESETS={folder}."
    )


def _read_answers(file: Path) -> dict[str, list[str]]:
    """Answers of a TOML file. Refused with the first fault, before anything is asked or written."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"Файл {file.name} не читается как TOML: {error}.") from None
    known = {one.key: one for one in QUESTIONS}
    if strangers := sorted(set(told) - set(known)):
        raise Refused(
            f"В файле {file.name} лишнее: {', '.join(strangers)}. Есть вопросы: {', '.join(known)}."
        )
    said = {
        key: [str(one) for one in (words if isinstance(words, list) else [words])]
        for key, words in told.items()
    }
    for key, words in said.items():
        if fault := fault_in(known[key], words, tuple(preset_folders())):
            raise Refused(f"{file.name}, {key}: {fault}")
    return said


def _ask(question: Question) -> list[str]:
    """Ask until the answer will do. Refused when nobody is there to answer."""
    while True:
        words = _typed(question).split(",") if question.many else [_typed(question)]
        fault = fault_in(question, words, tuple(preset_folders()))
        if not fault:
            return words
        click.echo(fault)


def _typed(question: Question) -> str:
    among = f"; через запятую: {', '.join(question.options)}" if question.many and question.options else ""
    chosen = f"; {' / '.join(question.options)}" if question.options and not among else ""
    usual = question.usual if question.usual or not question.may_stay_empty else ""
    default = usual if usual or question.may_stay_empty else None
    try:
        return str(
            click.prompt(f"{question.title} ({question.hint}{among}{chosen})", default=default, type=str)
        )
    except click.Abort:
        raise Refused(
            f"Ответа на вопрос «{question.title}» нет, положение не записано: "
            "ответьте в окне команды или дайте ответы файлом --answers."
        ) from None


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
    click.echo(
        f"всего пунктов {totals['clauses']}, с доказательством {totals['with_query']}, "
        f"неизвестных ключей {totals['unknown']}"
    )
