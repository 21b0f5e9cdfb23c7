"""A municipality's own look: tried on figures, taken, kept in versions; a fault names the field and its line."""

from datetime import datetime
from io import BytesIO

import docx
import pytest

from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.reports.composing import Order, asked_by, compose
from otklik.reports.files import file_of
from otklik.reports.forms import FORMS
from otklik.reports.models import Report
from otklik.reports.render import to_docx
from otklik.reports.services import compose_report, freeze
from otklik.reports.templating import (
    PRODUCT,
    drop_template,
    take_template,
    template_of,
    try_template,
    versions,
)
from otklik.reports.tests.people import WRITERS
from otklik.reports.tests.test_story import OCTOBER
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
LATER = datetime.fromisoformat("2026-11-03T12:00:00+03:00")
NOTE = FORMS["note"]


def edited(was: str, now: str) -> bytes:
    """The product's template with other words in one paragraph."""
    paper = docx.Document(BytesIO(PRODUCT.read_bytes()))
    (line,) = [one for one in paper.paragraphs if one.text == was]
    line.runs[0].text = now
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def squeezed(content: bytes) -> str:
    return " ".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)


def order(town: Town) -> Order:
    return Order(NOTE, OCTOBER, asked_by(charter_of(town.municipality), NOTE))


def test_it_draws_by_its_own_look_only_after_it_is_taken() -> None:
    town = build_town()
    boss, place = town.user_with("boss", WRITERS), town.municipality
    tried = try_template(
        place, NOTE, "наш.docx", edited("{{ centre }}", "Наш герб. {{ centre }}"), boss, LATER
    )
    assert template_of(place, "note") == PRODUCT.read_bytes()
    take_template(tried, boss, LATER)
    drawn = to_docx(compose(place, order(town), LATER), BytesIO(template_of(place, "note")))
    assert "Наш герб. Муниципальный центр" in squeezed(drawn)
    drop_template(place, NOTE, boss)
    assert template_of(place, "note") == PRODUCT.read_bytes()
    with pytest.raises(Refused, match="Своего шаблона"):
        drop_template(place, NOTE, boss)


def test_it_keeps_versions_and_draws_a_frozen_paper_by_the_one_it_was_frozen_with() -> None:
    town = build_town()
    boss, place = town.user_with("boss", WRITERS), town.municipality
    for words in ("Герб первый. ", "Герб второй. "):
        look = edited("{{ centre }}", f"{words}{{{{ centre }}}}")
        tried = try_template(place, NOTE, "наш.docx", look, boss, LATER)
        take_template(tried, boss, LATER)
        if words.endswith("первый. "):
            report = freeze(compose_report(place, order(town), boss, LATER), boss, LATER)
    assert [one.version for one in versions(place, NOTE)] == [2, 1]
    _, content = file_of(Report.objects.get(pk=report.pk), "docx")
    assert "Герб первый." in squeezed(content)
    draft = compose_report(place, order(town), boss, LATER)
    assert "Герб второй." in squeezed(file_of(draft, "docx")[1])
    take_template(versions(place, NOTE).get(version=1), boss, LATER)
    assert "Герб первый." in squeezed(file_of(draft, "docx")[1])


def test_it_names_the_field_it_does_not_know_and_its_line() -> None:
    town = build_town()
    boss, place = town.user_with("boss", WRITERS), town.municipality
    strange = edited("{{ centre }}", "Итого: {{ itogo }}")
    with pytest.raises(Refused, match=r"itogo \(в строке «Итого: {{ itogo }}»\)"):
        try_template(place, NOTE, "a.docx", strange, boss, LATER)
    with pytest.raises(Refused, match="не документ DOCX"):
        try_template(place, NOTE, "a.docx", b"not a document", boss, LATER)
    with pytest.raises(Refused, match="не заполняется"):
        try_template(place, NOTE, "a.docx", edited("{{ centre }}", "{% if centre %}"), boss, LATER)
    assert not versions(place, NOTE).exists()
