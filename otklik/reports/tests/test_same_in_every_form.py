"""The papers of every charter over a lived year: the same words and figures in DOCX, XLSX, PDF and HTML, no blanks.

Pages are drawn as pictures too, into the test's own folder: a page that cannot be drawn fails here.
`golden` keeps the papers as they were read and found good. Where one is changed on purpose, this file run with
`OTKLIK_GOLDEN=write` writes them anew: read what changed.
"""

import os
import re
from datetime import date, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.table import Table as DocxTable

from otklik.accounts.models import Body
from otklik.analytics.services import rebuild
from otklik.cases.models import Case
from otklik.charter.files import preset_folders
from otklik.charter.selectors import charter_of
from otklik.common.period import Period
from otklik.common.periods import month_of, quarter_of
from otklik.reports.composing import Order, asked_by
from otklik.reports.forms import FORMS
from otklik.reports.models import Report
from otklik.reports.parts import Bars, Document, Heading, Paragraph, Table
from otklik.reports.render import to_docx, to_html, to_pdf, to_xlsx
from otklik.reports.render.pdf import to_png
from otklik.reports.selectors import document_of
from otklik.reports.services import compose_report, freeze
from tests.analytics.living import NOW, live
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
LATER = datetime.fromisoformat("2027-01-20T12:00:00+03:00")
PERIODS = {
    "note": Period(date(2026, 10, 16), date(2026, 10, 31)),
    "quarter": quarter_of(2026, 4),
    "ukaz171": month_of(2026, 10),
    "week": Period(date(2026, 10, 12), date(2026, 10, 18)),
}


def frozen(town: Town, form: str, period: Period) -> Report:
    order = Order(FORMS[form], period, asked_by(charter_of(town.municipality), FORMS[form]))
    return freeze(compose_report(town.municipality, order, town.vera, LATER), town.vera, LATER)


# Two charters that differ most in the quick run, all of them in the slow one.
QUICK = ("demyansk", "mikhaylovka")
PRESETS = [
    key if key in QUICK else pytest.param(key, marks=pytest.mark.slow) for key in sorted(preset_folders())
]


@pytest.mark.parametrize("preset", PRESETS)
def test_it_says_the_same_in_every_form_for_every_charter(preset: str, tmp_path: Path) -> None:
    town = build_town(preset)
    live(town, 30)
    rebuild(town.municipality, now=NOW)
    for form, period in PERIODS.items():
        document = document_of(frozen(town, form, period))
        assert "Личных данных нет" in document.foot
        _is_the_same_everywhere(document)
        if form == "note" or preset == "borovichi":
            _is_as_it_was_found_good(document, GOLDEN / f"{preset}-{form}.txt")
        pages = to_png(document)
        assert all(page.startswith(b"\x89PNG") for page in pages)
        for number, page in enumerate(pages, 1):
            (tmp_path / f"{preset}-{form}-{number}.png").write_bytes(page)
    empty = document_of(frozen(town, "note", month_of(2026, 2)))
    _is_the_same_everywhere(empty)
    assert "не поступило" in plain(" ".join(_words(empty)))


def _is_the_same_everywhere(document: Document) -> None:
    words, cells = (
        _words(document),
        [cell.text for one in document.tables for row in one.rows for cell in row],
    )
    read = docx.Document(BytesIO(to_docx(document)))
    lines = plain("\n".join(one.text for one in read.paragraphs))
    assert [one for one in words if plain(one) not in lines] == []
    assert [plain(cell.text) for table in read.tables for row in table.rows[1:] for cell in row.cells] == [
        plain(one) for one in cells
    ]
    html = _text_of(to_html(document).decode())
    pages = pypdf.PdfReader(BytesIO(to_pdf(document))).pages
    pdf = squeezed("".join(page.extract_text() for page in pages))
    assert [one for one in (*words, *cells) if plain(one) not in html] == []
    # The setter breaks lines, words and pages: compared without spaces and hyphens, page numbers may stand between.
    assert [one for one in cells if squeezed(one) not in pdf] == []
    assert [one for one in words if len(one) < 60 and squeezed(one) not in pdf] == []
    book = openpyxl.load_workbook(BytesIO(to_xlsx(document)))
    for number, table in enumerate(document.tables, 1):
        rows = [[cell.value for cell in row] for row in book[f"Таблица {number}"].iter_rows(min_row=4)]
        wanted = [[cell.text if cell.value is None else cell.value for cell in row] for row in table.rows]
        assert [[_known(one) for one in row] for row in rows] == [
            [_known(one) for one in row] for row in wanted
        ]


def _is_as_it_was_found_good(document: Document, file: Path) -> None:
    lines = []
    for part in docx.Document(BytesIO(to_docx(document))).iter_inner_content():
        rows = list(part.rows) if isinstance(part, DocxTable) else []
        lines += [" | ".join(cell.text for cell in row.cells) for row in rows]
        lines += [] if isinstance(part, DocxTable) else [part.text]
    # The fingerprint covers addresses too, and those hold keys of the day.
    said = re.sub(r"отпечаток \w+", "отпечаток …", "\n".join(line for line in lines if line.strip())) + "\n"
    if os.environ.get("OTKLIK_GOLDEN") == "write":
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8"), f"see {file.name}"


def _known(value: object) -> object:
    return round(value, 9) if isinstance(value, float) else value


def _words(document: Document) -> list[str]:
    said = [document.title, document.subject, document.period, document.addressee, document.foot]
    for part in document.parts:
        match part:
            case Heading() | Paragraph():
                said.append(part.text)
            case Table() | Bars():
                said.append(part.title)
    return [one for one in said if one]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _text_of(page: str) -> str:
    reader = _Reader()
    reader.feed(page)
    return plain(" ".join(reader.said))


def test_it_speaks_of_a_body_by_its_name_of_the_day_of_freezing() -> None:
    town = build_town()
    for days in (3, 20):
        text = f"На улице Гагарина напротив дома {days} огромная яма. Когда заделаете?"
        case = town.case(text, "pos", NOW.replace(day=days))
        Case.objects.filter(pk=case.pk).update(body=town.bodies[0])
    rebuild(town.municipality, now=NOW)
    body = town.bodies[0]
    kept = frozen(town, "bodies", month_of(2026, 10))
    was = body.short_name
    Body.objects.filter(pk=body.pk).update(
        short_name="Служба заказчика и дорог", name="Служба заказчика и дорог"
    )
    later = document_of(frozen(town, "bodies", month_of(2026, 10)))
    again = document_of(Report.objects.get(pk=kept.pk))
    rows = [
        row
        for table in later.tables
        for row in table.rows
        if plain(row[0].text) == "Служба заказчика и дорог"
    ]
    assert [row[1].value for row in rows] == [2], "both halves of the month stand under the new name"
    assert (
        was.lower() in plain(" ".join(cell.text for t in again.tables for r in t.rows for cell in r)).lower()
    )
    assert "Служба заказчика" not in str(again)
