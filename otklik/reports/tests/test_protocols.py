"""A protocol as files: DOCX and PDF say the same, an extract says only its own lines."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest

from otklik.office import services
from otklik.office.protocol import protocol_of
from otklik.office.tests.people import NOW, build_centre
from otklik.reports.protocols import document_of, file_of

pytestmark = pytest.mark.django_db


def test_it_writes_the_same_words_into_the_paper_and_its_extract() -> None:
    centre = build_centre()
    meeting, item = centre.running()
    services.write(item, "heard", "руководителя блока «ЖКХ» — 14 сообщений.", 0, centre.head, NOW)
    centre.decided(item)
    centre.decided(
        item, post=centre.control, control=None, what="направить акт", due=NOW.date() + timedelta(days=5)
    )
    draft = document_of(protocol_of(meeting))
    assert draft.title.endswith("(проект)") and "не подписан" in draft.foot
    meeting = services.sign(services.finish(meeting, centre.head, NOW), centre.curator, NOW)
    name, content = file_of(meeting, "docx")
    written = "\n".join(one.text for one in docx.Document(BytesIO(content)).paragraphs).replace("\u00a0", " ")
    assert name == f"protokol-{meeting.number}-{meeting.year}.docx"
    for words in (
        "ПРОТОКОЛ № 1",
        "СЛУШАЛИ: руководителя блока",
        "РЕШИЛИ:",
        "1.1. Поручить специалисту",
        "1.2. Поручить",
    ):
        assert words in written, words
    assert file_of(meeting, "pdf")[1].startswith(b"%PDF")
    extract = document_of(protocol_of(meeting).for_post(centre.control.pk), is_extract=True)
    said = [getattr(part, "text", "") for part in extract.parts]
    assert any("направить акт" in one for one in said) and not any("светильника" in one for one in said)
