"""The table an operator pastes or uploads back: columns of the channel's settings, rows of signed answers. Pure."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from otklik.channels.models import Channel, Outgoing
from otklik.channels.spreadsheet import to_file
from otklik.common.errors import Refused

FIELDS = {
    "outer_id": "номер в системе",
    "text": "текст ответа",
    "number": "номер карточки",
    "subject": "тема письма",
    "signed_on": "дата подписания",
    "signed_at": "дата и время подписания",
}
COLUMNS = {
    "pos": (("Номер", "outer_id"), ("Текст ответа", "text"), ("Дата ответа", "signed_on")),
    "incident": (("ID", "outer_id"), ("3ий ответ ПИ", "text"), ("Дата ответа", "signed_at")),
}
PLAIN = (("Номер", "outer_id"), ("Ответ", "text"), ("Дата ответа", "signed_on"), ("Карточка", "number"))
FORMATS = ("xlsx", "csv")
MOST_COLUMNS = 30
Columns = Sequence[tuple[str, str]]


def columns_of(channel: Channel) -> Columns:
    """Heading and field of each column: the channel's own, else what its system is known to take."""
    own = channel.settings.get("answer_columns")
    if own:
        return [(str(heading), str(name)) for heading, name in own]
    return COLUMNS.get(channel.kind, PLAIN)


def format_of(channel: Channel) -> str:
    """xlsx or csv."""
    return "csv" if channel.settings.get("answer_format") == "csv" else "xlsx"


def read_columns(text: str) -> list[list[str]]:
    """Columns as typed, a line each: «Заголовок = поле». Raises Refused."""
    found: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        heading, _, name = (part.strip() for part in line.rpartition("="))
        if not heading or name not in FIELDS:
            raise Refused(
                f"Строка {number}: напишите «Заголовок = поле», поле — одно из {', '.join(FIELDS)}."
            )
        found.append([heading[:120], name])
    names = {name for _, name in found}
    if not {"outer_id", "text"} <= names:
        raise Refused("Нужны столбцы с полями outer_id и text: без них ответ не найдёт своё сообщение.")
    if len(found) > MOST_COLUMNS:
        raise Refused(f"Столбцов больше {MOST_COLUMNS}: оставьте те, что берёт система.")
    return found


def write_columns(columns: Columns) -> str:
    """The same text back."""
    return "\n".join(f"{heading} = {name}" for heading, name in columns)


def make_table(answers: Sequence[Outgoing], columns: Columns, zone: tzinfo, form: str) -> bytes:
    """XLSX with every cell as text, or CSV with a semicolon and a BOM, as office programs expect."""
    rows = [[row[name] for _, name in columns] for row in (_row(one, zone) for one in answers)]
    headings = [heading for heading, _ in columns]
    return to_file(form, headings, rows, "Ответы")


def _row(outgoing: Outgoing, zone: tzinfo) -> Mapping[str, str]:
    signed = outgoing.created_at.astimezone(zone)
    return {
        "outer_id": outgoing.reply_to,
        "text": outgoing.body,
        "number": outgoing.about,
        "subject": outgoing.subject,
        "signed_on": f"{signed:%d.%m.%Y}",
        "signed_at": f"{signed:%d.%m.%Y %H:%M}",
    }
