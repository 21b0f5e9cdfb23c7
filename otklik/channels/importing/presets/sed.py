"""Printout of written appeals from a document system (СЭД): 20 columns, some repeated, often as «(то же)»."""

from dataclasses import replace

from otklik.channels.importing.headings import Record
from otklik.channels.importing.layout import Layout
from otklik.channels.incoming import Incoming


def _finish(record: Record, incoming: Incoming) -> Incoming:
    author, _, place = incoming.author.strip("() ").partition(" - ")
    day = record.text("Дата рег.")
    done = record.text("Факт (РК)")
    delivery = record.text("Вид доставки РК")
    return replace(
        incoming,
        # Registration numbers start anew each year, so the date is a part of the number.
        outer_id=f"{incoming.outer_id} от {day[:10]}" if incoming.outer_id and day else incoming.outer_id,
        author=author.strip(),
        address=incoming.address or place.strip(),
        subject=f"Доставлено: {delivery}" if delivery and not incoming.subject else incoming.subject,
        wants_appeal=True,
        outside=replace(
            incoming.outside, status="Исполнено" if done else "На исполнении", is_closed=bool(done)
        ),
    )


SED = Layout(
    key="sed",
    title="СЭД, письменные обращения",
    channel_kind="edms",
    must_have=("№ РК", "Дата рег.", "Содержание"),
    columns={
        "text": ("Содержание",),
        "outer_id": ("№ РК",),
        "received_at": ("Дата рег.",),
        "author": ("Корр./Подписал", "От"),
        "topic": ("Рубрика",),
        "body": ("Кому",),
        "answered_at": ("Факт (РК)",),
        "plan_at": ("План (РК)",),
    },
    finish=_finish,
)
