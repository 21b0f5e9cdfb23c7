"""«Темы»: the tree, the threshold, and how many messages went to the tray for their topic."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.cases.models import Case
from otklik.cases.selectors import confirmed_topics
from otklik.charter.services import change_parameter
from otklik.topics.models import Topic
from tests.town import Town

Enter = Callable[[User], Client]
POTHOLE = "На улице Ленина огромная яма на дороге, пробил колесо. Когда отремонтируют асфальт?"


def test_the_tree_is_shown_with_codes_and_figures(town: Town, enter: Enter) -> None:
    now = timezone.now()
    town.case("Прошу разобраться и навести порядок.", now=now)
    case = town.case(POTHOLE, now=now)
    Case.objects.filter(pk=case.pk).update(topic_checked=True)
    page = enter(town.user_with("reader", ["charter.view"])).get(reverse("desk:topics")).content.decode()
    topic = Topic.objects.get(key="road-potholes")
    assert topic.codes[0] in page
    assert "85" in page
    assert "<dt>пришло за 30 дней</dt><dd>2</dd>" in page
    assert "<dt>в разбор из-за темы</dt><dd>1</dd>" in page
    assert confirmed_topics(town.municipality) == [(case.masked_text, "road-potholes")]


def test_a_municipality_may_ask_for_more_sureness_than_the_tree(town: Town) -> None:
    now = timezone.now()
    assert town.case(POTHOLE, now=now).state == "assigned"
    change_parameter(
        town.municipality, "routing.sureness", 1.0, "распоряжение", town.vera, timezone.localdate(), None
    )
    case = town.case(POTHOLE.replace("Ленина", "Мира"), now=now)
    assert (case.state, case.triage_reason) == ("registered", "тема ниже порога уверенности: решает человек")
