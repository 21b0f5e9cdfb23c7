"""Export of «Инцидент Менеджмент»: 47 columns, answers in three steps, results in words."""

from dataclasses import replace

from otklik.channels.importing.headings import Record
from otklik.channels.importing.layout import Layout
from otklik.channels.incoming import Incoming


def _finish(record: Record, incoming: Incoming) -> Incoming:
    result = record.text("Итог")
    status = f"{incoming.outside.status}: {result}" if result else incoming.outside.status
    is_closed = bool(record.text("Дата окончания"))
    # A post with nothing but a picture still tells its topic.
    text = incoming.text or incoming.outer_topic
    return replace(
        incoming,
        text=text,
        author_kind="outer",
        outside=replace(incoming.outside, status=status, is_closed=is_closed),
    )


INCIDENT = Layout(
    key="incident",
    title="Инцидент Менеджмент",
    channel_kind="incident",
    must_have=("Номер инцидента", "Текст инцидента", "Дата создания"),
    columns={
        "text": ("Текст инцидента",),
        "outer_id": ("ID", "Номер инцидента"),
        "received_at": ("Дата создания",),
        "outer_author": ("URL автора",),
        "settlement": ("Населенный пункт",),
        "street": ("Улица",),
        "house": ("Дом",),
        "topic": ("Тема", "Группа тем"),
        "link": ("Урл поста", "Урл блога"),
        "status": ("Текущий шаг инцидента",),
        "body": ("Исполнитель", "Отдел"),
        "answer": ("3ий ответ ПИ", "2ой ответ ПИ", "1ый ответ ПИ", "Общий текст первого ответа"),
        "answered_at": ("Время 1го ответа ПИ", "Общее время первого ответа"),
        "score": ("Оценка", "Причина закрытия"),
    },
    finish=_finish,
)
