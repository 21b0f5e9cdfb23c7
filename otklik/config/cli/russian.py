"""The words of click in Russian: its help and its refusals of a wrong option, file or number.

click asks gettext, whose catalogue is a compiled file chosen by the language of the server. Our commands speak
Russian on every server, so its two functions are replaced where click's modules hold them.
"""

from importlib import import_module

MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
WORDS = {
    "Usage:": "Вызов:",
    "Options": "Параметры",
    "Positional arguments": "Что указать",
    "Commands": "Команды",
    "Show this message and exit.": "Показать эту справку.",
    "Show the version and exit.": "Показать версию.",
    "%(prog)s, version %(version)s": "%(prog)s, версия %(version)s",
    "required": "обязательно",
    "default: {default}": "иначе {default}",
    "file": "файл",
    "directory": "папка",
    "path": "путь",
    "Error: {message}": "{message}",
    "Aborted!": "Прервано.",
    "Error: invalid input": "Ответьте y или n.",
    "Try '{command} {option}' for help.": "Справка: {command} {option}",
    "Missing command.": "Не названа команда.",
    "Missing argument": "Не указано",
    "Missing option": "Не указан параметр",
    "Missing parameter": "Не указан параметр",
    "Missing parameter: {param_name}": "Не указан параметр {param_name}",
    "Choose from:\n\t{choices}": "Возможны:\n\t{choices}",
    "No such option {name!r}.": "Параметра {name} нет.",
    "No such command {name!r}.": "Команды {name} нет.",
    "Did you mean {possibility}?": "Может быть, {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Может быть, {possibilities}?)",
    "Got unexpected extra argument ({args})": "Лишнее слово: {args}.",
    "Got unexpected extra arguments ({args})": "Лишние слова: {args}.",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}: {message}",
    "Option {name!r} requires an argument.": "После {name} нужно значение.",
    "Option {name!r} does not take a value.": "После {name} значения не нужно.",
    "{value!r} is not {choice}.": "«{value}» не подходит: можно {choice}.",
    "{value!r} is not one of {choices}.": "«{value}» не подходит; можно: {choices}.",
    "{value!r} is not a valid {number_type}.": "«{value}» — не число.",
    "{value} is not in the range {range}.": "{value} не подходит: {range}.",
    "{value!r} does not match the format {format}.": "«{value}» — не дата: пишите как 2026-10-30.",
    "{value!r} does not match the formats {formats}.": "«{value}» — не дата: пишите как 2026-10-30.",
    "{name} {filename!r} does not exist.": "нет такого: {filename}.",
    "{name} {filename!r} is a file.": "{filename} — файл, а нужна папка.",
    "{name} {filename!r} is a directory.": "{filename} — папка, а нужен файл.",
    "{name} {filename!r} is not readable.": "нет права читать {filename}.",
    "{name} {filename!r} is not writable.": "нет права писать в {filename}.",
}


def speak_russian() -> None:
    """Give click our words; what it says nowhere in our commands stays as it is."""
    for name in MODULES:
        module = import_module(f"click.{name}")
        for asked, answers in (("_", _said), ("ngettext", _said_of_many)):
            if hasattr(module, asked):
                setattr(module, asked, answers)


def _said(words: str) -> str:
    return WORDS.get(words, words)


def _said_of_many(one: str, many: str, number: int) -> str:
    return _said(one if number == 1 else many)
