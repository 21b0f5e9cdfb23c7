"""The curator's criterion from its writing to a finding, a notice, a decision and the evidence of the clause."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Notice
from otklik.analytics.criteria.models import Criterion, Finding, Run
from otklik.analytics.criteria.reading import found_on
from otklik.analytics.criteria.selectors import roles_to_tell, try_criterion, undecided
from otklik.analytics.criteria.services import (
    CriterionText,
    change_criterion,
    decide,
    evaluate,
    load_criteria,
    make_criterion,
    note_growth,
    switch_criterion,
)
from otklik.analytics.criteria.tasks import look_by_criteria
from otklik.analytics.measures import MEASURES
from otklik.analytics.picture.selectors import mass_problems, picture_of
from otklik.analytics.services import correct, rebuild
from otklik.audit.models import JournalEntry
from otklik.cases.models import Case, Twin
from otklik.charter.evidence import evidence_for
from otklik.charter.files import preset_folders
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.period import Period
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-21T12:00:00+03:00")
TODAY = date(2026, 10, 21)
POTHOLE = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
REPEATED = CriterionText(
    title="Повторные по теме выросли",
    measure="repeated_count",
    cut="topic",
    channels=[],
    comparison="growth",
    limit=30.0,
    window_days=7,
    least=3,
    roles=["curator"],
)


def come(town: Town, days_ago: int, many: int, **more: object) -> list[Case]:
    """Cases of one topic on a day; the marks are set past the reading, which the rules of kin would decide."""
    cases = [
        town.case(f"{POTHOLE} {number}", now=NOW - timedelta(days=days_ago, hours=1))
        for number in range(many)
    ]
    Case.objects.filter(pk__in=[one.pk for one in cases]).update(**more)
    return cases


def test_it_finds_what_grew_tells_the_named_role_once_and_proves_the_clause() -> None:
    town = build_town("mikhaylovka")
    curator = town.user_with("curator", [], role_key="curator")
    head = town.user_with("head", [], role_key="head")
    come(town, 9, 3, is_repeat=True)
    come(town, 2, 5, is_repeat=True)
    rebuild(town.municipality, now=NOW)
    criterion = switch_criterion(make_criterion(town.municipality, REPEATED, town.vera), True, town.vera)

    made = evaluate(town.municipality, NOW)

    assert [one.criterion_id for one in made] == [criterion.pk]
    assert "5" in made[0].text and "рост на" in made[0].text
    assert made[0].link.startswith("/cases/?") and "repeat=1" in made[0].link
    assert made[0].figures["now"] == 5 and made[0].figures["past"] == 3
    assert Notice.objects.filter(user=curator, link="/findings/").count() == 1
    assert not Notice.objects.filter(user=head, link="/findings/").exists()
    assert JournalEntry.objects.filter(code="criteria.found").count() == 1

    assert evaluate(town.municipality, NOW) == [], "the facts have not moved since"
    correct(town.municipality, NOW + timedelta(hours=1))
    assert evaluate(town.municipality, NOW + timedelta(hours=1)) == [], "told within its window"
    assert Run.objects.count() == 2
    runs = evidence_for("analytics.auto_runs", town.municipality, Period(TODAY, TODAY))
    assert runs is not None and runs.count == 2 and "1 находка" in runs.words.replace("\xa0", " ")


def test_it_tries_a_criterion_on_past_weeks_before_it_is_on() -> None:
    town = build_town()
    come(town, 30, 4, is_repeat=True)
    come(town, 3, 4, is_repeat=True)
    rebuild(town.municipality, now=NOW)
    criterion = make_criterion(town.municipality, REPEATED, town.vera)
    trial = try_criterion(criterion, town.municipality, TODAY)
    assert trial.times == 2
    assert {one.period.until for one in trial.found} == {
        TODAY - timedelta(days=30),
        TODAY - timedelta(days=3),
    }
    assert evaluate(town.municipality, NOW) == [], "a criterion that is off finds nothing"
    calm = change_criterion(criterion, replace(REPEATED, limit=500.0, least=5), town.vera)
    assert try_criterion(calm, town.municipality, TODAY).times == 0
    assert JournalEntry.objects.get(code="criteria.changed").details["least"] == [3, 5]


def test_it_decides_once_and_a_weak_side_proves_the_clause() -> None:
    town = build_town("demyansk")
    come(town, 1, 4)
    rebuild(town.municipality, now=NOW)
    rule = replace(REPEATED, measure="received", cut="", comparison="above", limit=4.0)
    switch_criterion(make_criterion(town.municipality, rule, None), True, None)
    (found,) = evaluate(town.municipality, NOW)
    assert list(undecided(town.municipality, NOW)) == [found]
    with pytest.raises(Refused, match="в чём слабость"):
        decide(found, "weak", " ", town.vera, NOW)
    decide(found, "weak", "Ямы латают, а не ремонтируют", town.vera, NOW)
    with pytest.raises(Refused, match="решение уже есть"):
        decide(found, "usual", "", town.vera, NOW)
    assert not undecided(town.municipality, NOW).exists()
    weak = evidence_for("analytics.weak_sides", town.municipality, Period(TODAY, TODAY))
    assert weak is not None and weak.count == 1


def test_it_writes_down_a_growth_factor_with_figures_of_its_own() -> None:
    town = build_town()
    come(town, 1, 4)
    rebuild(town.municipality, now=NOW)
    week = Period(TODAY - timedelta(days=6), TODAY)
    with pytest.raises(Refused, match="причину"):
        note_growth(town.municipality, "", week, "  ", town.vera, NOW)
    with pytest.raises(Refused, match="не вырос: было 0, стало 0"):
        note_growth(town.municipality, "pos", week, "Снег", town.vera, NOW)
    channel = town.channel("web_form").key
    noted = note_growth(town.municipality, channel, week, "Снег сошёл с асфальтом", town.vera, NOW)
    assert noted.cause == "Снег сошёл с асфальтом" and noted.figures["now"] == 4
    assert not undecided(town.municipality, NOW).exists(), "a person has spoken already"
    key = town.channel("incident").key
    Finding.objects.filter(pk=noted.pk).update(channel=key)
    grown = evidence_for("analytics.incident_growth", town.municipality, Period(TODAY, TODAY))
    other = evidence_for("analytics.pos_growth", town.municipality, Period(TODAY, TODAY))
    assert grown is not None and other is not None and (grown.count, other.count) == (1, 0)


def test_it_gathers_like_cases_into_a_mass_problem() -> None:
    town = build_town()
    cases = come(town, 1, 5)
    Twin.objects.all().delete()
    Case.objects.update(joined_to=None)
    for one, other in zip(cases[1:], cases[:-1], strict=True):
        Twin.objects.create(
            municipality=town.municipality,
            case=one,
            other=other,
            case_came_at=one.came_at,
            other_came_at=other.came_at,
            kind="joined",
            sureness=0.9,
            reason="то же",
        )
    rebuild(town.municipality, now=NOW)
    week = Period(TODAY - timedelta(days=6), TODAY)
    assert [len(group) for group in mass_problems(town.municipality, week)] == [5]
    picture = picture_of(town.municipality, week)
    assert (picture["mass_problems"].number, picture["mass_share"].number) == (1, 100)
    rule = replace(REPEATED, measure="received", cut="", comparison="mass", limit=5.0, least=1)
    criterion = make_criterion(town.municipality, rule, None)
    (told,) = found_on(criterion, town.municipality, TODAY)
    assert "пишут 5 раз" in told.text.replace("\xa0", " ")
    Twin.objects.filter(case=cases[2]).update(decision="refused")
    assert [len(group) for group in mass_problems(town.municipality, week)] == [3]


def test_it_names_silent_places_of_an_empty_month() -> None:
    town = build_town()
    rebuild(town.municipality, now=NOW)
    picture = picture_of(town.municipality, Period(TODAY - timedelta(days=29), TODAY))
    assert picture["silent"].number == picture["silent"].denominator > 0
    assert picture["coverage"].number == 0
    assert picture["mass_share"].number is None


@pytest.mark.parametrize("preset", sorted(preset_folders()))
def test_it_starts_every_charter_with_criteria_that_can_be_evaluated(preset: str) -> None:
    town = build_town(preset)
    charter = charter_of(town.municipality)
    assert all(part.measure in MEASURES for part in charter.criteria.values())
    made = load_criteria(charter, town.municipality)
    assert made >= 6
    assert load_criteria(charter, town.municipality) == 0, "a second loading makes nothing"
    known = dict(roles_to_tell(town.municipality))
    for criterion in Criterion.objects.filter(municipality=town.municipality):
        assert criterion.is_on and criterion.roles and set(criterion.roles) <= set(known), criterion.key
    town.case(POTHOLE, now=timezone.now() - timedelta(hours=5))
    rebuild(town.municipality)
    assert look_by_criteria() >= 0
    assert Run.objects.filter(municipality=town.municipality).count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(REPEATED, measure="happiness"), "из списков"),
        (replace(REPEATED, roles=[]), "роль"),
        (replace(REPEATED, window_days=0), "Окно"),
        (replace(REPEATED, measure="first_median", cut="block"), "не считается"),
        (replace(REPEATED, measure="per_thousand"), "не считается"),
    ],
)
def test_it_refuses_a_criterion_that_could_never_tell(wrong: CriterionText, said: str) -> None:
    town = build_town()
    with pytest.raises(Refused, match=said):
        make_criterion(town.municipality, wrong, town.vera)
