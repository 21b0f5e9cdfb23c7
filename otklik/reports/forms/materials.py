"""Материалы по запросу: what was asked, then the part of every asked block with the block's figures beside it."""

from otklik.common.words import NBSP, table_day
from otklik.reports.forms.form import Form
from otklik.reports.indicators import rows_of
from otklik.reports.models import MaterialRequest
from otklik.reports.parts import Writing
from otklik.reports.periods import in_words
from otklik.reports.phrases import sentence
from otklik.reports.source import Source


def asked(source: Source, page: Writing, typed: str) -> None:
    found = _request(source)
    page.head("Запрос")
    letter = f" № {found.outer_number}" if found.outer_number else ""
    day = f" от {table_day(found.outer_day)}" if found.outer_day else ""
    page.say(
        sentence(f"{found.sender}{letter}{day}, срок {table_day(found.due)}"),
        sentence(f"данные за{NBSP}{in_words(source.period)}"),
    )
    for line in found.text.splitlines():
        page.say(line.strip())


def parts(source: Source, page: Writing, typed: str) -> None:
    page.head("Материалы")
    blocks = {one.key: one for one in source.blocks}
    for part in _request(source).parts.all():
        page.subhead(part.block_title)
        for line in part.text.splitlines():
            page.say(line.strip())
        if part.block_key in blocks:
            own = source.of_block(blocks[part.block_key])
            page.table(
                f"«{part.block_title}»: показатели",
                ("Показатель", "За период", "Было"),
                rows_of(own.whole, own.waits(), own.earlier.waits(), (own.behind(), own.earlier.behind())),
                (2.6, 1.4, 1.4),
            )


def more(source: Source, page: Writing, typed: str) -> None:
    if typed:
        page.head("Дополнительно")
        for line in typed.splitlines():
            page.say(line.strip())


def _request(source: Source) -> MaterialRequest:
    own = MaterialRequest.objects.filter(municipality=source.town).prefetch_related("parts")
    return own.get(pk=int(source.about.key))


MATERIALS = Form(
    key="materials",
    heading="Материалы по запросу",
    subject="о работе с обращениями и сообщениями",
    version=1,
    sections={"asked": asked, "parts": parts, "more": more},
    typed={"more": "Добавить от центра"},
    always=frozenset({"asked", "parts", "more"}),
    about="request",
)
