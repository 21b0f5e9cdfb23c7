"""A study as a DOCX: the record as it stands, nothing counted anew."""

from io import BytesIO

from otklik.common import words
from otklik.common.period import Period
from otklik.common.periods import say_period
from otklik.common.today import day_in
from otklik.satisfaction.models import Study
from otklik.satisfaction.studies import lines_of


def study_docx(study: Study, blocks: dict[str, str]) -> bytes:
    """The file's bytes. `blocks` are titles of blocks by key."""
    # A writer of documents is heavy for a web process: it is loaded by the first file somebody asks for.
    from docx import Document

    paper = Document()
    paper.add_heading(study.title, 1)
    written = words.full_day(day_in(study.municipality, study.at))
    said = f"{say_period(Period(study.since, study.until))}. {study.author_title}, {written}."
    paper.add_paragraph(words.capitalised(said))
    for head, text in (
        ("Вопрос", study.question),
        ("Метод", study.method),
        ("Выборка", study.sample),
        ("Выводы", study.findings),
    ):
        paper.add_heading(head, 2)
        for line in text.splitlines():
            paper.add_paragraph(line)
    paper.add_heading("Цифры", 2)
    lines = lines_of(study.figures, blocks)
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in lines:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
    memory = BytesIO()
    paper.save(memory)
    return memory.getvalue()
