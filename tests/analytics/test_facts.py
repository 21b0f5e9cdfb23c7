"""Facts over a town that has lived: built in parts or whole they are the same, and they are what the cases say."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from otklik.accounts.models import Body
from otklik.analytics.columns import DIMENSIONS, HOURS
from otklik.analytics.figures import Histogram, total
from otklik.analytics.models import DayFact
from otklik.analytics.selectors import TIMES, hours, sums
from otklik.analytics.services import correct, rebuild
from otklik.cases import services
from otklik.cases.models import Answer, Case, Move
from otklik.common.period import Period
from otklik.common.scope import within
from otklik.config.cli.facts import command
from otklik.satisfaction.models import Score
from otklik.satisfaction.services import invite, take_score
from tests.analytics.living import NOW, POTHOLE, facts_of, go_on, live
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def test_it_gives_the_same_facts_by_parts_and_whole() -> None:
    town = build_town()
    live(town, 30)
    assert correct(town.municipality, NOW) > 5
    before = facts_of(town.municipality)
    correct(town.municipality, NOW)
    assert correct(town.municipality, NOW) == 0
    assert facts_of(town.municipality) == before
    later = go_on(town)
    touched = correct(town.municipality, later)
    by_parts = facts_of(town.municipality)
    assert 0 < touched < 40
    assert by_parts != before
    rebuild(town.municipality, now=later)
    assert facts_of(town.municipality) == by_parts
    rebuild(town.municipality, OCTOBER.days(), later)
    assert facts_of(town.municipality) == by_parts
    _says_what_cases_say(town, later)


def _says_what_cases_say(town: Town, now: datetime) -> None:
    """The same figures counted the long way round, case by case."""
    own = [town.municipality.pk]
    cases = list(Case.objects.filter(municipality=town.municipality).prefetch_related("answers", "moves"))
    said = sums(own, YEAR)[()]
    assert said["received"] == len(cases)
    assert said["appeals_received"] == sum(case.kind == "appeal" for case in cases)
    assert said["answered"] == sum(case.answered_at is not None for case in cases)
    assert said["closed"] == sum(case.closed_at is not None for case in cases)
    assert said["score_sum"] == sum(Score.objects.values_list("score", flat=True))
    assert said["returned"] == Move.objects.filter(deed="return_case").count()
    assert said["auto_corrected"] <= 1
    assert said["auto_topic"] + said["auto_corrected"] <= said["received"]
    assert said["due_overdue"] <= said["due"]
    assert said["returned_answers"] == Answer.objects.filter(state="returned").count()
    zone = ZoneInfo(town.municipality.time_zone)
    days: dict[date, int] = {}
    for case in cases:
        day = case.came_at.astimezone(zone).date()
        days[day] = days.get(day, 0) + 1
    by_day = sums(own, YEAR, ("day",))
    assert {key[0]: one["received"] for key, one in by_day.items() if one["received"]} == days
    waited = hours(own, YEAR, "final", ("channel",))
    assert sum(one.count for one in waited.values()) == said["answered"]
    _adds_up_by_any_cut(own)


def _adds_up_by_any_cut(own: list[int]) -> None:
    """Months from the roll and the same days from the daily facts give the same sums."""
    fortnight, days = (
        Period(date(2026, 9, 12), date(2026, 10, 17)),
        Period(date(2026, 10, 5), date(2026, 10, 9)),
    )
    for period in (YEAR, OCTOBER, fortnight, days):
        whole = sums(own, period)[()]
        for cut in (*DIMENSIONS, *TIMES, "municipality"):
            assert total(sums(own, period, (cut,)).values()) == whole, (period, cut)
        kinds = ["appeal", "message"]
        apart = [sums(own, period, ("body",), {"kind": kind}).values() for kind in kinds]
        assert total(part for parts in apart for part in parts) == whole
        assert total(sums(own, period, ("kind", "settlement"), {"kind": kinds}).values()) == whole
        for what in HOURS:
            by_days = sum(hours(own, period, what, ("day", "channel")).values(), start=Histogram())
            by_bodies = hours(own, period, what, ("body",))
            assert hours(own, period, what)[()] == by_days, (period, what)
            assert sum(hours(own, period, what, ("month",)).values(), start=Histogram()) == by_days, (
                period,
                what,
            )
            assert {key: hours(own, period, what, (), {"body": key[0]})[()] for key in by_bodies} == by_bodies
            assert sum(by_bodies.values(), start=Histogram()) == by_days, (period, what)


def test_it_counts_one_case_from_receipt_to_score() -> None:
    town = build_town()
    case = town.case(POTHOLE, "web_form", NOW, email="anna@example.org")
    hour = NOW + timedelta(hours=5, minutes=59)
    if case.body is None:
        case = services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано")
    worker = town.user_with("worker", ["cases.work", "cases.view_body"], case.body)
    case = services.take_case(case, worker, hour)
    services.save_draft(case, "Скоро.", "explained", None, 0, worker)
    services.submit_answer(case, worker, hour)
    services.return_answer(case, "не на всё отвечено", town.vera, hour)
    services.save_draft(case, "Яму заделали 20.10.2026.", "solved", None, 1, worker)
    services.submit_answer(case, worker, hour)
    services.approve_answer(case, town.vera, hour)
    services.sign_answer(case, town.galina, hour)
    case.refresh_from_db()
    take_score(invite(case, hour), 5, [], "", hour)
    services.close_case(case, town.vera, hour)
    rebuild(town.municipality, now=NOW + timedelta(days=40))
    said = sums([town.municipality.pk], YEAR)[()]
    once = [
        "received",
        "answered",
        "answered_control",
        "answered_legal",
        "answered_solved",
        "checked",
        "closed",
    ]
    once += ["due", "invited", "scored", "scored_invited", "returned_answers"]
    assert {name: said[name] for name in once} == dict.fromkeys(once, 1)
    assert (said["score_sum"], said["score_squares"]) == (5, 25)
    assert (said["due_overdue"], said["first_pass"], said["answered_explained"], said["low_scores"]) == (
        0,
        0,
        0,
        0,
    )
    waited = hours([town.municipality.pk], YEAR, "final")[()]
    assert (waited.count, waited.median) == (1, 5)


def test_it_finds_a_case_overdue_when_its_day_has_passed_by_itself() -> None:
    town = build_town()
    case = town.case(POTHOLE, "pos", NOW)
    own = [town.municipality.pk]
    correct(town.municipality, NOW)
    assert sums(own, YEAR)[()]["due"] == 0
    correct(town.municipality, NOW + timedelta(days=60))
    assert (sums(own, YEAR)[()]["due"], sums(own, YEAR)[()]["due_overdue"]) == (1, 1)
    term = case.terms.filter(is_inner=False).first()
    assert term is not None
    day = term.legal_at.astimezone(ZoneInfo(town.municipality.time_zone)).date()
    assert sums(own, Period(day, day))[()]["due_overdue"] == 1


def test_it_counts_by_the_day_of_the_town_seven_hours_east() -> None:
    town = build_town("bogotol")
    assert town.municipality.time_zone == "Asia/Krasnoyarsk"
    town.case(POTHOLE, "pos", datetime.fromisoformat("2026-09-30T20:00:00+00:00"))
    rebuild(town.municipality)
    own = [town.municipality.pk]
    assert sums(own, Period(date(2026, 9, 1), date(2026, 9, 30)))[()]["received"] == 0
    assert sums(own, OCTOBER, ("month",))[(date(2026, 10, 1),)]["received"] == 1


def test_it_gives_noughts_for_an_empty_month_and_a_town_without_cases() -> None:
    town = build_town()
    own = [town.municipality.pk]
    rebuild(town.municipality)
    assert sums(own, OCTOBER)[()]["received"] == 0
    assert sums(own, OCTOBER, ("body",)) == {}
    assert hours(own, OCTOBER, "first")[()].count == 0
    assert sums([], OCTOBER)[()]["received"] == 0


def test_it_keeps_figures_of_a_body_under_its_new_name() -> None:
    town = build_town()
    services.assign_case(town.case(POTHOLE, "pos", NOW), town.bodies[0], town.vera, NOW, "разобрано")
    rebuild(town.municipality)
    Body.objects.filter(pk=town.bodies[0].pk).update(name="Управление городского хозяйства")
    town.case(POTHOLE.replace("12", "14"), "pos", NOW)
    correct(town.municipality)
    assert sums([town.municipality.pk], YEAR, ("body",))[(town.bodies[0].pk,)]["received"] >= 1


def test_it_does_not_show_facts_of_a_town_outside_the_scope() -> None:
    here, there = build_town("borovichi"), build_town("bogotol")
    there.case(POTHOLE, "pos", NOW)
    rebuild(there.municipality)
    both = [here.municipality.pk, there.municipality.pk]
    assert sums(both, YEAR)[()]["received"] == 1
    with within(here.municipality.pk):
        assert sums(both, YEAR)[()]["received"] == 0
        assert DayFact.objects.count() == 0


def test_it_refuses_a_cut_that_facts_do_not_have() -> None:
    with pytest.raises(LookupError, match="applicant"):
        sums([1], YEAR, ("applicant",))
    with pytest.raises(LookupError, match="settlement"):
        hours([1], YEAR, "final", ("settlement",))


def test_it_builds_facts_by_a_command() -> None:
    town = build_town()
    town.case(POTHOLE, "pos", NOW)
    key = town.municipality.key
    first = CliRunner().invoke(command, ["rebuild", "--municipality", key], catch_exceptions=False)
    assert "построено" in first.stdout
    again = CliRunner().invoke(command, ["correct", "--municipality", key], catch_exceptions=False)
    assert "пересчитан" in again.stdout
