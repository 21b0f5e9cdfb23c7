"""The passport of a set and the register of sets, with the fields Russian open data are described by.

Fields follow the federal method recommendations for publishing open data (version 4.0, protocol № 49пр of 12.12.2024),
their table of the passport; a person's name is replaced by the post. The condition of use stands beside every set.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from otklik.common.today import day_in
from otklik.common.words import table_day
from otklik.outreach.models import DatasetIssue, OpenDataset
from otklik.outreach.selectors import owner_of
from otklik.reports.open_data.services import next_day
from otklik.reports.open_data.sets import READY

RECOMMENDATIONS = "4.0"
TERMS = (
    "Данные можно свободно и бесплатно использовать, копировать, изменять и распространять в любых законных целях,"
    " в том числе коммерческих, со ссылкой на источник. Договор не нужен."
)


@dataclass(frozen=True)
class Links:
    """Whole addresses: of an issue's table and of its structure."""

    csv: str
    structure: str


def identifier(dataset: OpenDataset) -> str:
    """«ИНН-ключ»; without the number of the owner the code of the territory stands in its place."""
    return f"{dataset.owner_number or dataset.municipality.oktmo or dataset.municipality.key}-{dataset.key}"


def passport_of(
    dataset: OpenDataset, issues: Sequence[DatasetIssue], links: Sequence[Links]
) -> list[tuple[str, str]]:
    """Fields of the passport in their order; `issues` are newest first, `links` beside them."""
    newest = issues[0] if issues else None
    owner = owner_of(dataset.municipality)
    first = dataset.first_issued_on
    return [
        ("Идентификационный номер", identifier(dataset)),
        ("Наименование набора данных", dataset.title),
        ("Описание набора данных", dataset.description),
        ("Владелец набора данных", owner),
        (
            "Ответственное лицо",
            dataset.responsible_post.title if dataset.responsible_post else "не назначено",
        ),
        ("Телефон ответственного лица", dataset.phone or "—"),
        ("Адрес электронной почты ответственного лица", dataset.mail or "—"),
        ("Гиперссылка (URL) на открытые данные", links[0].csv if links else "—"),
        ("Формат набора данных", "CSV, JSON"),
        ("Описание структуры набора данных", links[0].structure if links else "—"),
        ("Дата первой публикации набора данных", table_day(first) if first else "—"),
        (
            "Дата последнего внесения изменений",
            table_day(day_in(newest.municipality, newest.at)) if newest else "—",
        ),
        ("Содержание последнего изменения", newest.change if newest else "—"),
        ("Дата актуальности набора данных", table_day(next_day(newest.until)) if newest else "—"),
        ("Ключевые слова", dataset.keywords or "—"),
        ("Гиперссылки (URL) на версии открытых данных", " ".join(one.csv for one in links) or "—"),
        ("Гиперссылки (URL) на версии структуры", links[0].structure if links else "—"),
        ("Версия методических рекомендаций", RECOMMENDATIONS),
    ]


def as_meta(fields: Sequence[tuple[str, str]]) -> str:
    """The passport as CSV: a field a line."""
    return _csv([("property", "value"), *fields])


def as_structure(issue: DatasetIssue, key: str) -> str:
    """Columns of an issue as CSV: name, meaning in English and in Russian, kind."""
    english = {one.name: one.english for one in READY[key].columns} if key in READY else {}
    rows = [(name, english.get(name, ""), title, kind) for name, title, kind in issue.columns]
    return _csv([("field name", "english description", "russian description", "format"), *rows])


def as_list(datasets: Sequence[tuple[OpenDataset, str]]) -> str:
    """The register of sets as CSV: number, name, address of the passport, format."""
    rows = [(identifier(one), one.title, address, "csv") for one, address in datasets]
    return _csv([("property", "title", "value", "format"), *rows])


def as_json(fields: Sequence[tuple[str, str]], issue: DatasetIssue) -> str:
    """Passport, structure and data in one document; a hidden count is null."""
    names = [name for name, _, _ in issue.columns]
    numbers = {name for name, _, kind in issue.columns if kind == "целое число"}
    data = [
        {name: _value(row[name], name in numbers) for name in names}
        for row in csv.DictReader(io.StringIO(issue.csv))
    ]
    content = {
        "passport": dict(fields),
        "terms": TERMS,
        "period": {"since": issue.since.isoformat(), "until": issue.until.isoformat()},
        "structure": [{"name": name, "title": title, "format": kind} for name, title, kind in issue.columns],
        "data": data,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _value(text: str, is_number: bool) -> str | int | None:
    if not is_number:
        return text
    return int(text) if text else None


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
