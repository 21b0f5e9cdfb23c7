"""What the newer forms say: findings with decisions, words of blocks, promises, own dashboards, honest absences."""

from datetime import timedelta

import pytest

from otklik.analytics.criteria.services import CriterionText, decide, make_criterion, note_growth
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.services import rebuild
from otklik.cases.models import Case
from otklik.common.errors import Refused
from otklik.problems.advice.services import AdviceText, EffectText, advise, record_effect, report_adoption
from otklik.problems.advice.services import decide as decide_advice
from otklik.reports.about import choices, find_about
from otklik.reports.composing import Order, compose
from otklik.reports.forms import FORMS
from otklik.reports.tests.test_story import LATER, OCTOBER, POTHOLE, table, words
from otklik.topics.models import Block
from tests.analytics.living import NOW
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town = build_town("mikhaylovka")
    for days in range(4):
        town.case(POTHOLE, "pos", NOW - timedelta(days=days))
    rebuild(town.municipality)
    return town


def said(town: Town, form: str, about: tuple[str, str] = ("", ""), told: dict[str, str] | None = None) -> str:
    order = Order(FORMS[form], OCTOBER, "", find_about(town.municipality, *about))
    return words(compose(town.municipality, order, LATER, said=told))


def test_it_tells_findings_with_their_decisions_and_priorities(town: Town) -> None:
    place = town.municipality
    assert "Находок за период нет" in said(town, "analysis")
    text = CriterionText("Рост повторных", "repeated_count", "topic", [], "growth", 30, 7, 3, ["head"])
    make_criterion(place, text, None)
    finding = note_growth(place, "", OCTOBER, "Снегопад", town.vera, NOW)
    assert "По находкам решений не принято" in said(town, "analysis")
    decide(finding, "weak", "не хватает бригад", town.vera, NOW)
    told = said(town, "analysis")
    assert "слабая сторона" in told.lower() and finding.text.replace("\u00a0", " ")[:40] in told


def test_it_tells_what_blocks_have_said_of_recommendations_beside_the_catalogue(town: Town) -> None:
    block = Block.objects.filter(municipality=town.municipality)[0]
    assert "блоки сведений не внесли" in said(town, "projects")
    told = said(town, "projects", told={block.key: "Внедрён выезд бригады за сутки."})
    assert "Внедрён выезд бригады за сутки." in told and block.title in told
    assert "Не внесли:" in told
    text = AdviceText("practice", "Карта уборки снега", "Показываем очередь улиц.", "письма зимой")
    advice = advise(town.municipality, text, town.vera, NOW)
    assert "Карта уборки" not in said(town, "projects")
    accepted = decide_advice(advice, True, "берём", town.vera, NOW)
    report_adoption(
        accepted, block.key, "adopted", "Работает. Звонить 8 900 123-45-67.", OCTOBER.until, town.vera, NOW
    )
    record_effect(accepted, EffectText("economy", "справка", words="выездов меньше"), town.vera, NOW)
    told = said(town, "projects")
    assert "принято" in told.lower() and "Карта уборки снега" in told and "внедрено" in told
    assert "выездов меньше" in told and "123-45-67" not in told


def test_it_draws_own_dashboards_as_tables(town: Town) -> None:
    tiles = [
        {"kind": "number", "measures": ["received"]},
        {"kind": "table", "measures": ["received"], "by": "channel"},
    ]
    own = Dashboard.objects.create(
        municipality=town.municipality, owner=town.vera, title="Моя", tiles=tiles, changed_at=NOW
    )
    order = Order(FORMS["own"], OCTOBER, "", find_about(town.municipality, "dashboard", str(own.pk)))
    document = compose(town.municipality, order, LATER)
    assert "«Моя»" in document.subject
    assert table(document, "Показатели")["Поступило"][0] == 4
    groups = dict(choices(town.municipality, town.vera))
    assert (f"dashboard:{own.pk}", "Моя") in groups["Свои сводки"]
    own.delete()
    with pytest.raises(Refused, match="сводк"):
        compose(town.municipality, order, LATER)


def test_it_narrows_every_figure_of_a_reference_to_its_thing(town: Town) -> None:
    other = town.case("В подъезде на улице Победы, 3 нет отопления. Почему?", "pos", NOW)
    rebuild(town.municipality)
    hole = Case.objects.filter(municipality=town.municipality).exclude(pk=other.pk)[0]
    assert hole.topic is not None and other.topic is not None and hole.topic != other.topic
    told = said(town, "topic", ("topic", hole.topic.key))
    assert "поступило 4 сообщения" in told and hole.topic.title in told
    assert other.topic.title not in told
    with pytest.raises(Refused, match="выберите тему"):
        said(town, "topic")
