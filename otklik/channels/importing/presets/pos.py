"""Export of «Платформа обратной связи»: 25 columns, often without the text itself."""

from dataclasses import replace

from otklik.channels.importing.headings import Record
from otklik.channels.importing.layout import Layout
from otklik.channels.incoming import Incoming

GIST = ("Категория", "Подкатегория", "Факт")


def _finish(record: Record, incoming: Incoming) -> Incoming:
    outside = incoming.outside
    stage, result = record.text("Стадия"), record.text("Тип решения")
    status = ": ".join(part for part in (outside.status or stage, result) if part)
    is_closed = stage.casefold().startswith("заверш") or bool(
        record.text("Дата фактического завершения работ")
    )
    return replace(
        incoming,
        text=incoming.text or _gist(record),
        wants_appeal=incoming.wants_appeal or "59" in record.text("ФЗ"),
        # A number of the state portal is given only to those who signed in there.
        is_identified=bool(record.text("Номер ЕПГУ")),
        outside=replace(outside, status=status, is_closed=is_closed),
    )


def _gist(record: Record) -> str:
    """Where the export holds no text, the classifier's words stand for it, each once."""
    words = list(dict.fromkeys(word for name in GIST if (word := record.text(name))))
    return ". ".join(words)


POS = Layout(
    key="pos",
    title="Платформа обратной связи",
    channel_kind="pos",
    must_have=("Номер", "Дата поступления", "Стадия"),
    columns={
        "text": ("Текст сообщения", "Описание проблемы", "Суть сообщения", "Описание", "Содержание"),
        "outer_id": ("Номер", "Номер ЕПГУ"),
        "received_at": ("Дата поступления",),
        "author": ("ФИО заявителя", "Заявитель"),
        "phone": ("Телефон заявителя", "Телефон"),
        "email": ("Email заявителя", "Электронная почта"),
        "address": ("Адрес проблемы", "Адрес"),
        "topic": ("Факт", "Подкатегория", "Категория"),
        "status": ("Статус",),
        "body": ("Организация, в которой находится сообщение", "Организация, в которую поступило сообщение"),
        "answer": ("Текст ответа", "Ответ"),
        "answered_at": ("Дата фактического завершения работ",),
        "plan_at": ("Дата планируемого завершения работ",),
        "score": ("Оценка ответа заявителем",),
        "fast_track": ("Фаст-трек",),
        "is_repeat": ("Повторное рассмотрение",),
        "wants_appeal": ("Заявитель выбрал подачу по 59-ФЗ",),
    },
    finish=_finish,
)
