"""Pydantic's complaints in words for the person who edits a charter file."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from otklik.charter.schema import CrossError

Place = tuple[str | int, ...]

WORDS = {
    "missing": "ключа не хватает",
    "extra_forbidden": "такого ключа в схеме нет",
    "string_type": "нужна строка в кавычках",
    "string_too_short": "строка пуста",
    "string_pattern_mismatch": "запись не подходит под образец",
    "int_type": "нужно целое число",
    "bool_type": "нужно true или false",
    "date_type": "нужна дата без кавычек, например 2026-04-07",
    "time_type": "нужно время без кавычек, например 08:00:00",
    "list_type": "нужен список в квадратных скобках",
    "dict_type": "нужна таблица",
    "model_type": "нужна таблица",
}
BOUNDS = {
    "less_than": "число должно быть меньше {}",
    "less_than_equal": "число должно быть не больше {}",
    "greater_than": "число должно быть больше {}",
    "greater_than_equal": "число должно быть не меньше {}",
}


def faults_in(error: ValidationError) -> Iterator[tuple[Place, str]]:
    """Every mistake as (place in the file, what is wrong)."""
    for detail in error.errors():
        inner = detail.get("ctx", {}).get("error")
        if isinstance(inner, CrossError):
            yield from ((_place(place.split(".")), words) for place, words in inner.faults)
        else:
            yield _place(list(detail["loc"])), _words(detail)


def _place(steps: list[str] | list[str | int]) -> Place:
    """Numbers of array items as numbers; pydantic's own mark of a dictionary key is dropped."""
    return tuple(
        int(step) if isinstance(step, str) and step.isdigit() else step for step in steps if step != "[key]"
    )


def _words(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == "literal_error":
        known = str(detail["ctx"]["expected"]).replace(" or ", " или ")
        return f"значения {detail['input']!r} нет в списке: {known}"
    if kind in BOUNDS:
        return BOUNDS[kind].format(next(iter(detail["ctx"].values())))
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    return WORDS.get(kind, detail["msg"])
