"""Nothing of residents gets into any file of any form: planted names, phones, addresses, words are searched for."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest

from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.services import rebuild
from otklik.cases import services as cases
from otklik.cases.models import Case
from otklik.common.period import Period
from otklik.places.models import Settlement
from otklik.reports.about import find_about
from otklik.reports.composing import Order
from otklik.reports.forms import FORMS, REFERENCES, WHOLE
from otklik.reports.materials import Asked, assemble, confirm_part, fill_part, take_request
from otklik.reports.models import Report
from otklik.reports.render import RENDERERS
from otklik.reports.selectors import document_of
from otklik.reports.services import compose_report
from otklik.reports.tests.people import WRITERS
from otklik.reports.tests.test_story import OCTOBER
from otklik.topics.models import Block
from tests.analytics.living import NOW
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
PLANTED = (
    "Незабудкин",
    "Аглая",
    "640-15-40",
    "6401540",
    "nezabudka",
    "кв. 77",
    "пробили колесо",
    "пос-77-тайна",
)
TEXT = (
    "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Я, Незабудкина Аглая Петровна, живу по"
    " адресу ул. Гагарина, д. 12, кв. 77, телефон 8 (911) 640-15-40, nezabudka@example.org. Когда заделаете?"
)
LATE = NOW + timedelta(days=90)


@pytest.fixture
def town() -> Town:
    town = build_town()
    centre = Settlement.objects.filter(municipality=town.municipality).first()
    person = {"author": "Незабудкина Аглая", "phone": "8 (911) 640-15-40", "email": "nezabudka@example.org"}
    for days in range(4):
        case = town.case(TEXT, "web_form", NOW - timedelta(days=days), **person)
        Case.objects.filter(pk=case.pk).update(
            street="Гагарина, тел. 8 (911) 640-15-40, Незабудкина Аглая Петровна",
            settlement=centre,
            outer_id="пос-77-тайна",
        )
        cases.assign_case(case, town.bodies[0], town.vera, NOW, "жалоба от Незабудкиной")
    rebuild(town.municipality)
    return town


def test_it_carries_nothing_of_residents_into_any_file(town: Town) -> None:
    searched = 0
    for report in _every_report(town):
        document = document_of(report)
        assert "1" in _read("html", RENDERERS["html"](document)), "the paper has figures"
        for form, render in RENDERERS.items():
            said = _read(form, render(document)).lower()
            assert [one for one in PLANTED if one.lower() in said] == [], (report.form, form)
            searched += 1
    assert searched == len(FORMS) * len(RENDERERS)


def test_it_would_see_what_is_planted() -> None:
    """The search itself is tried on a paper that does carry a name: every medium must give it away."""
    town = build_town()
    report = compose_report(town.municipality, Order(FORMS["week"], OCTOBER), None, LATE)
    report.document["subject"] = "о жалобе, пишет Незабудкина"
    for form, render in RENDERERS.items():
        assert "Незабудкин" in _read(form, render(document_of(report))), form


def _every_report(town: Town) -> Iterator[Report]:
    place, by = town.municipality, town.user_with("boss", WRITERS)
    for form in WHOLE:
        yield compose_report(place, Order(form, OCTOBER), by, LATE)
    case = Case.objects.select_related("topic").filter(municipality=place).first()
    assert case is not None and case.topic is not None
    tiles = [
        {"kind": "number", "measures": ["received"]},
        {"kind": "table", "measures": ["received"], "by": "topic"},
    ]
    dashboard = Dashboard.objects.create(
        municipality=place, owner=by, title="Своя", tiles=tiles, changed_at=NOW
    )
    things = {
        "topic": case.topic.key,
        "settlement": str(case.settlement_id),
        "body": str(town.bodies[0].pk),
        "block": case.block_key or Block.objects.filter(municipality=place)[0].key,
        "dashboard": str(dashboard.pk),
    }
    for kind, form in REFERENCES.items():
        yield compose_report(place, Order(form, OCTOBER, "", find_about(place, kind, things[kind])), by, LATE)
    yield _materials(town)


def _materials(town: Town) -> Report:
    by, blocks = town.vera, [one.key for one in Block.objects.filter(municipality=town.municipality)]
    due = LATE.date() + timedelta(days=5)
    asked = Asked("ЦУР", "Сведения о дорогах.", Period(OCTOBER.since, OCTOBER.until), due, blocks)
    boss = town.user_with("boss2", WRITERS)
    request = take_request(town.municipality, asked, boss, LATE)
    for part in request.parts.all():
        confirm_part(fill_part(part, "Сделано 1.", boss, LATE), boss, LATE)
    assert by is not boss
    return assemble(request, boss, LATE)


def _read(form: str, content: bytes) -> str:
    match form:
        case "html":
            return content.decode()
        case "pdf":
            pages = pypdf.PdfReader(BytesIO(content)).pages
            # Words broken over lines and hyphens of the setter must not hide a name.
            return "".join(page.extract_text() for page in pages).replace("\u00ad", "").replace("-\n", "")
        case _:
            with ZipFile(BytesIO(content)) as archive:
                return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
