"""Templates of answers: loaded once, offered by nearness, filled from the card, never sent with an empty place."""

import pytest

from otklik.cases import services
from otklik.cases.models import AnswerTemplate, Case
from otklik.cases.selectors.templates import offered_to, templates_of
from otklik.cases.services.templates import (
    TemplateWords,
    close_template,
    load_answer_templates,
    set_template,
    shipped,
)
from otklik.cases.templates import empty_place, filled
from otklik.charter.schema.topics import GROUPS
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.topics.models import Topic
from tests.town import Town, build_town

from .test_deeds import NOW, PIT


def test_it_fills_what_is_known_and_names_the_first_place_left() -> None:
    text = filled("№ {Номер}: {место}, {день осмотра}.", {"номер": "26-1", "место": ""})
    assert text == "№ 26-1: {место}, {день осмотра}."
    assert empty_place(text) == "место"
    assert empty_place("Скобки {\n} и {} — не места.") == ""


def test_every_shipped_template_has_places_and_a_known_group() -> None:
    assert len(shipped()) >= 12
    for key, one in shipped().items():
        assert empty_place(one["text"]), key
        assert one.get("group", "roads") in GROUPS, key


@pytest.fixture
def town(db: None) -> Town:
    return build_town("demyansk")


@pytest.fixture
def case(town: Town) -> Case:
    case = town.case(PIT, "phone", NOW, author="Заявитель 1")
    return services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано")


def test_it_is_loaded_once_and_what_a_town_has_changed_stays(town: Town) -> None:
    charter = charter_of(town.municipality)
    load_answer_templates(charter, town.municipality)
    first, second = templates_of(town.municipality)[:2]
    set_template(town.municipality, TemplateWords("По-своему", "Готово."), town.vera, first)
    close_template(second, town.vera, NOW)
    load_answer_templates(charter, town.municipality)
    assert AnswerTemplate.objects.filter(municipality=town.municipality).count() == len(shipped())
    assert templates_of(town.municipality).filter(title="По-своему", text="Готово.").exists()


def test_a_card_is_offered_the_nearest_first_with_its_number(town: Town, case: Case) -> None:
    case.topic = Topic.objects.filter(group="roads")[0]
    words = [
        TemplateWords("Яма", "Заделали по № {номер}.", topic=case.topic),
        TemplateWords("Дороги", "Дорогу прошли.", group="roads"),
        TemplateWords("Любая", "Рассмотрели."),
        TemplateWords("Вода", "Дали воду.", group="water"),
    ]
    for one in words:
        set_template(town.municipality, one, town.vera)
    lists = {key: [one.title for one in rows] for key, rows in offered_to(case).items()}
    assert lists == {"near": ["Яма", "Дороги"], "any": ["Любая"], "others": ["Вода"]}
    assert offered_to(case)["near"][0].text == f"Заделали по № {case.number}."


def test_an_answer_with_an_empty_place_is_not_handed_over(town: Town, case: Case) -> None:
    services.take_case(case, town.boris, NOW)
    services.save_draft(case, "Яму заделали {день}.", "solved", None, 0, town.boris)
    with pytest.raises(Refused, match="место шаблона «день»"):
        services.submit_answer(case, town.boris, NOW)
    services.save_draft(case, "Яму заделали 20.10.2026.", "solved", None, 1, town.boris)
    assert services.submit_answer(case, town.boris, NOW).version == 1


def test_a_title_stands_once(town: Town) -> None:
    set_template(town.municipality, TemplateWords("Яма", "Заделали."), town.vera)
    with pytest.raises(Refused, match="уже есть"):
        set_template(town.municipality, TemplateWords("яма", "Иначе."), town.vera)
    with pytest.raises(Refused, match="Назовите"):
        set_template(town.municipality, TemplateWords(" ", "Текст"), town.vera)
