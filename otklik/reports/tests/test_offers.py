"""What the data offer for an agenda: each with a reason and figures, nothing when all is well."""

from datetime import timedelta

import pytest

from otklik.cases.models import Case
from otklik.cases.services import assign_case
from otklik.common.period import Period
from otklik.office.offers import offered
from otklik.office.tests.people import NOW, build_centre
from otklik.reports.materials import Asked, take_request
from otklik.topics.models import Block

pytestmark = pytest.mark.django_db
LATE = NOW - timedelta(days=5)


def test_it_offers_late_cases_errands_and_requests_with_their_figures() -> None:
    centre = build_centre()
    town = centre.town.municipality
    wanted = ("Просроченные карточки", "Исполнение поручений", "Запросы материалов")
    assert offered(town, NOW, wanted) == []
    case = centre.town.case("Не горит фонарь у школы.", "web_form", LATE)
    case = assign_case(case, centre.town.bodies[0], centre.town.vera, LATE, "разобрано")
    Case.objects.filter(pk=case.pk).update(next_control_at=LATE + timedelta(days=1))
    meeting = centre.signed()
    blocks = list(Block.objects.filter(municipality=town).values_list("key", flat=True)[:1])
    asked = Asked("ЦУР", "Сведения о дорогах.", Period(LATE.date(), LATE.date()), NOW.date(), blocks)
    take_request(town, asked, centre.head, LATE)
    found = dict(offered(town, NOW, wanted))
    late = found["Просроченные карточки"][0]
    assert late.reason == "срок прошёл у 1\u00a0карточки" and late.figures[0].link == late.link
    assert found["Исполнение поручений"][0].title == f"Исполнение поручений протокола № {meeting.number}"
    assert found["Запросы материалов"][0].reason.endswith("готовы 0 из 1")
    after = NOW + timedelta(days=40)
    reasons = [one.reason for one in dict(offered(town, after, wanted))["Исполнение поручений"]]
    assert reasons[1].startswith("прошёл срок: 1\u00a0поручение")
