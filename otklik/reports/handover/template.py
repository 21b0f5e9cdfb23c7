"""The template of tables: which, how often, by which columns. TOML in the channel's setting `tables`, else our own."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from otklik.analytics.columns import COLUMNS
from otklik.channels.models import Channel
from otklik.charter.part_file import read_part
from otklik.charter.schema.base import Key, Part, Words

OWN = Path(__file__).with_name("default.toml")
CASE_FIELDS = {
    "number": "номер карточки",
    "channel": "канал",
    "kind": "обращение или сообщение",
    "came_on": "день поступления",
    "registered_on": "день регистрации",
    "topic": "ключ темы",
    "topic_title": "тема",
    "state_code": "код типового классификатора",
    "block": "отраслевой блок",
    "body": "исполнитель",
    "settlement": "населённый пункт",
    "street": "улица",
    "house": "дом, когда house = true",
    "state": "состояние",
    "due_on": "срок по закону",
    "answered_on": "день ответа",
    "closed_on": "день закрытия",
    "result": "итог",
    "is_overdue": "ответ позже срока или не дан к нему",
    "is_repeat": "повторное",
    "fast_track": "ускоренно",
    "score": "оценка",
    "text": "текст без личных данных, когда text = masked",
}
CUTS = ("channel", "kind", "topic", "block", "body", "settlement")
FACT_FIELDS = {"day": "день", **dict.fromkeys(CUTS, "срез"), **COLUMNS}
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=60)]


class Column(Part):
    """One column: its heading in the file and our field."""

    heading: Words
    field: str


class Table(Part):
    """One table. The period is the last whole day, week (from Monday) or month."""

    key: Key
    title: Words
    of: Literal["cases", "facts"]
    every: Literal["day", "week", "month"] = "day"
    hour: int = Field(default=3, ge=0, le=23)
    format: Literal["csv", "xlsx", "json"] = "csv"
    file: FileName = ""
    text: Literal["none", "masked"] = "none"
    house: bool = False
    columns: list[Column]

    @model_validator(mode="after")
    def _names_known_fields(self) -> "Table":
        known = CASE_FIELDS if self.of == "cases" else FACT_FIELDS
        unknown = [one.field for one in self.columns if one.field not in known]
        if unknown:
            raise ValueError(f"поля «{unknown[0]}» нет; есть {', '.join(known)}")
        if not self.columns:
            raise ValueError("столбцов нет: назовите хотя бы один")
        return self


class Template(Part):
    """The whole file."""

    tables: list[Table]

    @model_validator(mode="after")
    def _has_each_once(self) -> "Template":
        keys = [table.key for table in self.tables]
        twice = [key for key in keys if keys.count(key) > 1]
        if twice:
            raise ValueError(f"таблица «{twice[0]}» названа дважды")
        return self


def template_of(channel: Channel) -> Template:
    """The channel's template. Raises PartFault with the line and the key of each mistake."""
    text = channel.settings.get("tables")
    if text:
        return read_part(Template, str(text), "настройка tables")
    return read_part(Template, OWN.read_text(encoding="utf-8"), OWN.name)
