"""A month of a town is rated by facts, frozen, shown later as it stood, objected to and answered."""

from datetime import date, timedelta

import pytest
from pydantic import JsonValue

from otklik.accounts.models import Body, Notice
from otklik.analytics.rating import selectors
from otklik.analytics.rating.models import RatingFormula, RatingPeriod, RatingRow
from otklik.analytics.rating.rules import TOO_FEW
from otklik.analytics.rating.services import answer_objection, freeze, object_to
from otklik.analytics.rating.sheets import SHEETS
from otklik.analytics.rating.spans import span_of
from otklik.analytics.rating.tasks import freeze_past
from otklik.analytics.rating.tests.lived import (
    CAME,
    FIFTH,
    OCTOBER,
    answered,
    executor,
    live_through_october,
    silent,
)
from otklik.analytics.services import correct
from otklik.audit.models import JournalEntry
from otklik.charter.evidence import evidence_for
from otklik.charter.models import Parameter
from otklik.charter.selectors import forget_remembered
from otklik.charter.services import change_parameter
from otklik.common.errors import Refused
from otklik.common.period import Period
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town


def a_town_after_october() -> Town:
    """A town that has lived through October."""
    town = build_town()
    live_through_october(town)
    return town


lived = made_once(a_town_after_october)


@pytest.fixture
def town(lived: Town, db: None) -> Town:
    return back_in(lived)


def rated(town: Town, sheet: str = "total") -> list[tuple[int, int]]:
    found = selectors.counted(town.municipality, OCTOBER, sheet)
    return [(row.body.body_id, row.place) for row in found.sheet.rows]


def test_it_rates_by_facts_each_cell_with_its_parts(town: Town) -> None:
    correct(town.municipality, FIFTH)
    quick, slow, rare = town.bodies[:3]
    sheet = selectors.count_now(town.municipality, OCTOBER, "total").sheet
    assert [(row.body.body_id, row.place) for row in sheet.rows] == [(quick.pk, 1), (slow.pk, 2)]
    first, second = ({cell.key: cell.figure for cell in row.cells} for row in sheet.rows)
    assert (first["overdue"].numerator, first["overdue"].denominator) == (0, 3)
    assert (second["overdue"].numerator, second["overdue"].denominator) == (3, 3)
    assert (first["speed"].numerator, first["speed"].denominator) == (4, 3)
    assert (second["speed"].value, second["speed"].denominator) == (30 / 24, 1)
    assert set(first) == {"overdue", "speed", "repeats", "solved"}
    assert {row.body.body_id: row.why for row in sheet.unrated}[rare.pk] == TOO_FEW
    assert len(sheet.rows) + len(sheet.unrated) == len(town.bodies)


def test_it_rates_each_channel_by_its_own_cases(town: Town) -> None:
    answered(town, town.bodies[2], 3, "pos", 5)
    answered(town, town.bodies[2], 3, "pos", 5)
    correct(town.municipality, FIFTH)
    assert rated(town, "pos") == [(town.bodies[2].pk, 1)]
    assert rated(town, "incident") == [(town.bodies[0].pk, 1), (town.bodies[1].pk, 2)]
    assert rated(town, "edms") == []
    assert selectors.sheets_in(town.municipality) == list(SHEETS)


def test_it_freezes_once_and_shows_it_later_as_it_stood(town: Town) -> None:
    frozen = freeze(town.municipality, OCTOBER, town.vera, FIFTH)
    before = rated(town)
    assert before and JournalEntry.objects.filter(code="rating.frozen").count() == 1
    assert Notice.objects.filter(body=town.bodies[0], text__contains="октябрь 2026").exists()
    Body.objects.filter(pk=town.bodies[0].pk).update(short_name="Новое имя")
    for _ in range(4):
        silent(town, town.bodies[0])
    correct(town.municipality, FIFTH + timedelta(days=300))
    kept = selectors.counted(town.municipality, OCTOBER, "total")
    assert kept.frozen == frozen and rated(town) == before
    assert "Новое имя" not in {row.body.name for row in kept.sheet.rows}
    for sheet in SHEETS:
        again = selectors.recounted(frozen, sheet)
        assert again == selectors.counted(town.municipality, OCTOBER, sheet).sheet
    with pytest.raises(Refused, match="уже заморожен"):
        freeze(town.municipality, OCTOBER, town.vera, FIFTH)


def test_it_recounts_by_a_new_formula_beside_the_old_one(town: Town) -> None:
    old = freeze(town.municipality, OCTOBER, None, FIFTH)
    weights: dict[str, JsonValue] = {
        "overdue": 60,
        "speed": 10,
        "repeats": 10,
        "solved": 10,
        "satisfaction": 5,
        "quality": 5,
    }
    change_parameter(town.municipality, "rating.weights", weights, "решение", town.vera, OCTOBER.since)
    new = freeze(town.municipality, OCTOBER, town.vera, FIFTH)
    assert [old.formula.number, new.formula.number] == [1, 2]
    assert selectors.frozen_of(town.municipality, OCTOBER) == new
    assert selectors.frozen_of(town.municipality, OCTOBER, 1) == old
    assert RatingFormula.objects.count() == 2
    assert JournalEntry.objects.filter(code="rating.recounted").count() == 1


def test_it_remembers_the_places_before(town: Town) -> None:
    freeze(town.municipality, OCTOBER, None, FIFTH)
    november = span_of(FIFTH.date(), "month")
    before = selectors.places_before(town.municipality, november, "total")
    assert before == {town.bodies[0].pk: 1, town.bodies[1].pk: 2}
    assert selectors.scores_before(town.municipality, november, "total").keys() == before.keys()
    assert selectors.places_before(town.municipality, OCTOBER, "total") == {}


@pytest.mark.django_db
def test_it_refuses_a_running_period_and_a_charter_without_a_rating(town: Town) -> None:
    with pytest.raises(Refused, match="Октябрь 2026 ещё не закончился"):
        freeze(town.municipality, OCTOBER, None, CAME)
    with pytest.raises(Refused, match="не предусматривает рейтинга"):
        freeze(build_town("demyansk").municipality, OCTOBER, None, FIFTH)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("preset", "keys"),
    [
        ("borovichi", ["overdue", "speed", "repeats", "solved"]),
        ("mikhaylovka", ["overdue", "speed", "repeats", "solved", "satisfaction", "quality"]),
        ("lovozero", ["overdue", "speed", "repeats", "solved", "satisfaction", "quality"]),
        ("bogotol", ["overdue", "speed", "repeats"]),
    ],
)
def test_it_takes_criteria_from_the_charter_and_freezes_an_empty_month(preset: str, keys: list[str]) -> None:
    town = build_town(preset)
    assert [one.key for one in selectors.formula_of(town.municipality).criteria] == keys
    frozen = freeze(town.municipality, Period(date(2026, 6, 1), date(2026, 6, 30)), None, FIFTH)
    assert not RatingRow.objects.filter(period=frozen, place__isnull=False).exists()


def test_it_records_an_objection_and_its_answer(town: Town) -> None:
    frozen = freeze(town.municipality, OCTOBER, None, FIFTH)
    slow = town.bodies[1]
    of_body, keeper = (
        executor(town, slow),
        town.user_with("keeper", ["analytics.view", "analytics.rate"]),
    )
    with pytest.raises(Refused, match="сотрудник этого органа"):
        object_to(frozen, slow, "не наше", town.gleb, FIFTH)
    with pytest.raises(Refused, match="с чем орган не согласен"):
        object_to(frozen, slow, "  ", of_body, FIFTH)
    objection = object_to(frozen, slow, "Два повтора относятся к перевозчику.", of_body, FIFTH)
    with pytest.raises(Refused, match="уже ждёт ответа"):
        object_to(frozen, slow, "ещё раз", keeper, FIFTH)
    with pytest.raises(Refused, match="принято возражение или отклонено"):
        answer_objection(objection, "", "проверили", keeper, FIFTH)
    with pytest.raises(Refused, match="Напишите ответ"):
        answer_objection(objection, "declined", "", keeper, FIFTH)
    answer_objection(objection, "declined", "Повторы по вине органа.", keeper, FIFTH)
    with pytest.raises(Refused, match="уже ответили"):
        answer_objection(objection, "accepted", "передумали", keeper, FIFTH)
    codes = list(JournalEntry.objects.filter(code__startswith="rating.o").values_list("code", flat=True))
    assert codes == ["rating.objected"] and JournalEntry.objects.filter(code="rating.answered").count() == 1
    assert Notice.objects.filter(permission="analytics.rate").count() == 1
    assert Notice.objects.filter(body=slow, text__contains="отклонено").exists()


def test_it_proves_the_clauses(town: Town) -> None:
    freeze(town.municipality, OCTOBER, None, FIFTH)
    november = span_of(FIFTH.date(), "month")

    def found(key: str, period: Period) -> int:
        evidence = evidence_for(key, town.municipality, period)
        assert evidence is not None
        return evidence.count

    keys = ["recipients", "count", "terms", "speed", "completeness", "incident"]
    assert {found(f"rating.{key}", november) for key in keys} == {1}
    assert {found(f"rating.{key}", OCTOBER) for key in keys} == {0}
    assert found("rating.quality", november) == 0
    assert found("rating.pos", november) == 0


def test_it_freezes_the_past_month_by_the_timer_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: FIFTH)
    assert freeze_past() == 0, "nothing is known of the month before the facts are built"
    correct(town.municipality, FIFTH)
    assert freeze_past() == 1
    assert freeze_past() == 0
    assert RatingPeriod.objects.get().until == OCTOBER.until
    monkeypatch.setattr("django.utils.timezone.now", lambda: FIFTH + timedelta(days=27))
    assert freeze_past() == 0


def test_it_tells_the_keepers_why_the_timer_did_not_freeze(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(town.municipality, FIFTH)
    Parameter.objects.filter(municipality=town.municipality, key="rating.weights").update(
        value={"overdue": 40}
    )
    forget_remembered()
    monkeypatch.setattr("django.utils.timezone.now", lambda: FIFTH)
    assert freeze_past() == 0
    assert Notice.objects.filter(
        permission="analytics.rate", text__contains="Сумма весов рейтинга 40"
    ).exists()
    forget_remembered()
