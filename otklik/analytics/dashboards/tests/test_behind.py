"""The cases behind a number are as many as the number says, for every measure of the catalogue and every row."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict

from otklik.analytics.dashboards.asking import Asking
from otklik.analytics.dashboards.behind import Asked, Behind, as_filter, asked_from, cases_behind
from otklik.analytics.dashboards.rows import behind_of
from otklik.analytics.dashboards.whose import whole
from otklik.analytics.measures import MEASURES, Measure, measure
from otklik.analytics.services import rebuild
from otklik.cases.models import Case
from otklik.cases.selectors import CaseFilter
from otklik.common.models import Municipality
from otklik.common.period import Period
from tests.analytics.living import NOW, go_on, live
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=4)
DAYS = Period(date(2026, 8, 1), date(2026, 10, 24))
COUNTED = sorted(key for key, one in MEASURES.items() if not one.waited)


def a_town_of_weeks() -> Town:
    found = build_town()
    live(found, 50)
    go_on(found)
    rebuild(found.municipality, now=LATER)
    return found


lived = made_once(a_town_of_weeks)


@pytest.fixture
def town(lived: Town, db: None) -> Municipality:
    return back_in(lived).municipality


def behind(town: Municipality, one: Measure, part: str = "above", by: str = "", key: object = "") -> Behind:
    return cases_behind(town, Asked(one, part == "below", DAYS, by, str(key or "")), {}, LATER)


def test_it_finds_as_many_events_as_every_measure_counts(town: Municipality) -> None:
    asking, wrong = Asking(whole(town)), []
    for name in COUNTED:
        one = measure(name)
        value = asking.value(one, DAYS)
        expected = {"above": value.denominator if name == "satisfaction" else value.numerator}
        if one.below and one.unit != "на 1000":
            expected["below"] = value.denominator
        for part, number in expected.items():
            found = behind(town, one, part)
            if found.events != number or found.cases != len(found.ids) or found.cases > found.events:
                wrong.append((name, part, number, found))
    assert wrong == []
    assert asking.value(measure("received"), DAYS).numerator > 40


def test_it_finds_the_cases_of_each_row(town: Municipality) -> None:
    asking = Asking(whole(town))
    for by in ("topic", "settlement", "channel", "body", "block"):
        for name in ("overdue_count", "answered"):
            one = measure(name)
            for key, value in asking.values(one, DAYS, by).items():
                asked = asked_from(QueryDict(behind_of(one, DAYS, whole(town), by, key)))
                assert asked is not None
                assert cases_behind(town, asked, {}, LATER).events == value.numerator, (
                    by,
                    key,
                )


def test_it_finds_the_cases_that_waited(town: Municipality) -> None:
    asking = Asking(whole(town))
    for name in ("first_median", "final_p90"):
        found = behind(town, measure(name))
        assert found.events == asking.value(measure(name), DAYS).denominator > 0


def test_it_keeps_to_the_part_a_person_may_see(town: Municipality) -> None:
    one = measure("answered")
    asked = Asked(one, False, DAYS)
    keys = set(Case.objects.filter(municipality=town).values_list("block_key", flat=True))
    parts = [cases_behind(town, asked, {"block": [key]}, LATER).events for key in keys]
    assert sum(parts) == cases_behind(town, asked, {}, LATER).events
    assert cases_behind(town, asked, {"block": []}, LATER).events == 0
    foreign = Asked(one, False, DAYS, "block", "somebody-elses")
    assert cases_behind(town, foreign, {"block": sorted(keys)}, LATER).events == 0


@pytest.mark.parametrize(
    ("name", "part", "by", "key", "where", "expected"),
    [
        ("received", "above", "", "", {}, CaseFilter()),
        ("appeals_share", "above", "", "", {}, CaseFilter(kind="appeal")),
        ("appeals_share", "below", "", "", {}, CaseFilter()),
        ("messages", "above", "channel", "pos", {}, CaseFilter(kind="message", channel="pos")),
        ("repeated", "above", "topic", "", {}, CaseFilter(repeat="1", topic="0")),
        (
            "urgent",
            "above",
            "body",
            "5",
            {"block": ["roads"]},
            CaseFilter(urgency="high", body="5", block="roads"),
        ),
        ("received", "above", "body", "0", {}, None),
        ("received", "above", "", "", {"channel": ["pos", "portal_gov"]}, None),
        ("overdue", "above", "", "", {}, None),
        ("first_median", "above", "", "", {}, None),
    ],
)
def test_it_sends_to_the_list_what_its_filter_can_say(
    name: str, part: str, by: str, key: str, where: dict[str, list[str]], expected: CaseFilter | None
) -> None:
    found = as_filter(Asked(measure(name), part == "below", DAYS, by, key), where)
    days = {"since": "2026-08-01", "until": "2026-10-24"}
    if expected is None:
        assert found is None
    else:
        assert found == CaseFilter(**{**expected.__dict__, **days})


@pytest.mark.parametrize(
    "query",
    [
        "measure=nonsense&since=2026-10-01&until=2026-10-02",
        "measure=received&since=2026-10-09&until=2026-10-02",
        "measure=received",
        "measure=received&since=2026-10-01&until=2026-10-02&by=time&key=1",
        "measure=received&since=2026-10-01&until=2026-10-02&by=body&key=x",
        "measure=received&since=2026-10-01&until=2026-10-02&by=nonsense&key=x",
    ],
)
def test_it_understands_nothing_but_its_own_questions(query: str) -> None:
    assert asked_from(QueryDict(query)) is None
