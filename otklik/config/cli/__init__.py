"""The `otklik` command. A command's file is imported only when the command is called, so help is instant.

Every command lives in its own file here and is named once in COMMANDS, with what must stand ready before the
file is imported: nothing, Django, or Django with the database up (see `session`). So a command's file imports
models at its top like any other module.
"""

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from typing import Any

import click

from otklik.config.cli.failures import tell_failure
from otklik.config.cli.russian import speak_russian

speak_russian()  # before the first command is described: click takes its own help lines then

NOTHING, DJANGO, DATABASE = "nothing", "django", "database"
HELP_WORDS = {"--help", "-h"}


@dataclass(frozen=True)
class Entry:
    """One command: its file, its help line, and its need; subcommands in `without` need no database."""

    file: str
    help: str
    needs: str = DATABASE
    without: frozenset[str] = frozenset()

    @property
    def module(self) -> str:
        return f"{__name__}.{self.file}"

    def needs_for(self, words: list[str]) -> str:
        if self.needs == NOTHING:
            return NOTHING
        no_database = HELP_WORDS.intersection(words) or self.without.intersection(words[:1])
        return DJANGO if no_database else self.needs


COMMANDS = {
    "up": Entry("up", "запустить систему: база, страницы, фоновые дела", NOTHING),
    "demo": Entry("demo", "наполнить учебные города обращениями"),
    "import": Entry("import_", "загрузить обращения из файла"),
    "charter": Entry(
        "charter",
        "проверить, загрузить, сравнить или написать положение",
        without=frozenset({"check", "new"}),
    ),
    "calendar": Entry("calendar", "проверить производственный календарь"),
    "deadlines": Entry("deadlines", "посчитать сроки для строк файла", NOTHING),
    "person": Entry("person", "завести сотрудника: первого на новой установке заводят так"),
    "streets": Entry("streets", "загрузить список улиц муниципалитета"),
    "topics": Entry("topics", "дообучить темы на подтверждённых темах муниципалитета"),
    "facts": Entry(
        "facts", "построить показатели заново или пересчитать тронутые дни", without=frozenset({"measures"})
    ),
    "lake": Entry("lake", "выгрузить обезличенные показатели в Parquet"),
    "report": Entry("report", "составить записку или отчёт за период файлами"),
    "key": Entry("key", "выдать, показать или отозвать ключ API"),
    "channel": Entry("channel", "показать, настроить, включить или выключить канал"),
    "worker": Entry("worker", "выполнять только фоновые дела"),
    "setup": Entry("setup", "подготовить базу: таблицы, права ролей, справочники", NOTHING),
    "manage": Entry("manage", "выполнить команду Django с этой базой", NOTHING),
    "doctor": Entry("doctor", "проверить установку и сказать, что чинить", NOTHING),
    "verify-journal": Entry("journal", "проверить целость журнала"),
    "backup": Entry("backup", "сохранить базу и файлы в один архив", NOTHING),
    "restore": Entry("restore", "вернуть базу и файлы из архива", NOTHING),
    "bench": Entry("bench", "измерить скорость на отдельной базе", NOTHING),
    "licences": Entry("licences", "перечислить лицензии сторонних пакетов", NOTHING),
}


class Commands(click.Group):
    """Finds a command by name, readies what it needs, and turns any failure into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, entry in COMMANDS.items() if importlib.util.find_spec(entry.module)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Команды"):
            formatter.write_dl([(name, COMMANDS[name].help) for name in self.list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None or importlib.util.find_spec(entry.module) is None:
            return None
        return load(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        entry = COMMANDS.get(args[0])
        needs = entry.needs_for(args[1:]) if entry else NOTHING
        if needs != NOTHING:
            session = importlib.import_module("otklik.config.cli.session")
            ctx.with_resource(session.database() if needs == DATABASE else session.django_only())
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except Exception as error:
            click.echo(tell_failure(error), err=True)
            sys.exit(1)


def load(name: str) -> click.Command:
    """The click command that the file of this entry defines under this very name."""
    module = importlib.import_module(COMMANDS[name].module)
    found = [one for one in vars(module).values() if isinstance(one, click.Command) and one.name == name]
    if not found:
        raise LookupError(f"{module.__name__} defines no command named {name}")
    return found[0]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="otklik", prog_name="Отклик")
def main() -> None:
    """Отклик: работа муниципального центра управления от обращения до ответа."""
