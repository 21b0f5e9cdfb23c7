"""Screens of findings, quality, satisfaction, solvable questions and targets by requests, empty and lived-in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Holding, User
from otklik.analytics.criteria.models import Criterion, Finding
from otklik.analytics.criteria.services import CriterionText, evaluate, make_criterion
from otklik.analytics.services import rebuild
from otklik.analytics.targets.models import Direction, Target
from otklik.cases import services
from otklik.cases.models import Answer, Case
from otklik.common.period import Period
from otklik.desk.cuts import MOST
from otklik.quality.services import read_new_answers
from otklik.satisfaction.models import Study
from otklik.satisfaction.services import take_outer_score
from tests.town import Town

pytestmark = pytest.mark.django_db
Enter = Callable[[User], Client]
FOUND = re.compile(r"/findings/(\d+)/cases/")
SCREENS = ("findings", "quality", "satisfaction", "solvable", "kpi", "terms_kept", "measures")
RIGHTS = [
    "cases.view",
    "analytics.view",
    "analytics.criteria",
    "analytics.study",
    "analytics.targets",
    "satisfaction.view",
    "quality.check",
    "cases.reopen",
]


@pytest.fixture
def keeper(town: Town) -> User:
    return town.user_with("keeper", RIGHTS)


def lived(town: Town) -> Case:
    """An explained answer to a solvable question, a low score, a returned draft, facts and hints."""
    # Some hours ago, and today all the same: a test begun after midnight must find it today.
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    now = max(timezone.now() - timedelta(hours=3), midnight)
    case = town.case("На улице Гагарина напротив дома 12 яма. Когда заделаете?", now=now)
    case = services.assign_case(case, town.bodies[0], town.vera, now, "разобрано")
    services.take_case(case, town.boris, now)
    services.save_draft(case, "Ваше сообщение рассмотрено.", "explained", None, 0, town.boris)
    services.submit_answer(case, town.boris, now)
    services.return_answer(case, "Назовите дату работ", town.vera, now)
    services.submit_answer(case, town.boris, now)
    Answer.objects.filter(case=case, state="on_approval").update(
        state="sent", signed_at=now, sent_at=now, approved_at=now
    )
    Case.objects.filter(pk=case.pk).update(
        state="closed", result="explained", answered_at=now, closed_at=now, solvable=True
    )
    case.refresh_from_db()
    take_outer_score(case, 2, now)
    read_new_answers(town.municipality)
    rebuild(town.municipality)
    return case


def page_of(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"desk:{name}", args=args), query)
    assert answer.status_code == 200, name
    return plain(answer)


def plain(answer: HttpResponseBase) -> str:
    return bytes(getattr(answer, "content", b"")).decode().replace("\xa0", " ")


def test_every_screen_of_a_new_town_says_what_to_do(town: Town, keeper: User, enter: Enter) -> None:
    client = enter(keeper)
    pages = {name: page_of(client, name) for name in SCREENS}
    assert "Анализ по критериям ещё не шёл" in pages["findings"]
    assert "За эти дни ответов нет" in pages["satisfaction"]
    assert "Целевые показатели не доведены" in pages["kpi"]
    for name in ("quality", "solvable", "terms_kept"):
        assert "Показатели ещё не построены" in pages[name], name
    assert "Критериев нет" in page_of(client, "criteria")


def test_quality_shows_hints_returns_and_opens_their_cases(town: Town, keeper: User, enter: Enter) -> None:
    case = lived(town)
    client = enter(keeper)
    page = page_of(client, "quality", by="body")
    assert "Назовите дату работ" in page and "Отписка" in page and "прочитано 2" in page
    assert "fault=template" in page and town.bodies[0].short_name in page
    listed = client.get(reverse("desk:list"), {"fault": "template", "dates": "answered"})
    assert case.number in plain(listed) and "подсказка «Отписка»" in plain(listed)
    for query in (
        {"returned": "1"},
        {"score": "2"},
        {"score": "any"},
        {"solvable": "1", "result": "explained"},
    ):
        assert case.number in plain(client.get(reverse("desk:list"), query)), query
    assert "По этому фильтру ничего нет" in plain(client.get(reverse("desk:list"), {"score": "5"}))


def test_satisfaction_shows_the_response_and_keeps_a_study(town: Town, keeper: User, enter: Enter) -> None:
    lived(town)
    client = enter(keeper)
    page = page_of(client, "satisfaction")
    assert ">1 ответа</a>" in page and "Промолчали 0" in page
    assert 'name="block" value=""' in page
    today = timezone.localdate()
    given = {
        "since": today.isoformat(),
        "until": today.isoformat(),
        "title": "Осень",
        "question": "Почему двойка?",
        "findings": "Не названа дата.",
    }
    client.post(reverse("desk:study_new"), {**given, "findings": ""})
    assert not Study.objects.exists()
    client.post(reverse("desk:study_new"), given)
    study = Study.objects.get()
    shown = page_of(client, "study", study.pk)
    assert "Почему двойка?" in shown and "блок «" not in shown and "keeper" in study.author_title
    file = client.get(reverse("desk:study_file", args=[study.pk]))
    assert file.content[:2] == b"PK" and "attachment" in file["Content-Disposition"]
    assert client.post(reverse("desk:study_new"), {**given, "block": "moon"}).status_code == 422
    assert client.post(reverse("desk:study_new"), {**given, "since": "вчера"}).status_code == 422


def test_solvable_gives_the_explained_to_look_at(town: Town, keeper: User, enter: Enter) -> None:
    case = lived(town)
    client = enter(keeper)
    assert case.number in page_of(client, "solvable") and "100,0 %" in page_of(client, "solvable")
    address = reverse("desk:solvable_review", args=[case.number])
    assert client.post(address, {"decision": "right", "words": ""}).status_code == 422
    done = client.post(address, {"decision": "reopened", "words": "яму можно заделать"})
    assert done.status_code == 302, plain(done)
    case.refresh_from_db()
    assert case.state == "assigned"
    assert "Все разъяснения по решаемым вопросам проверены" in page_of(client, "solvable")


def test_terms_are_compared_by_every_cut(town: Town, keeper: User, enter: Enter) -> None:
    lived(town)
    client = enter(keeper)
    for by in ("block", "body", "topic", "channel", "moon"):
        page = page_of(client, "terms_kept", by=by)
        assert "9 из 10" in page
    assert "По блокам ожидание не считается" in page_of(client, "terms_kept", by="block")
    assert MOST == 25


def test_a_criterion_is_written_tried_switched_and_its_finding_decided(
    town: Town, keeper: User, enter: Enter
) -> None:
    lived(town)
    client = enter(keeper)
    form = {
        "title": "Что-то пришло",
        "measure": "received",
        "cut": "",
        "comparison": "spike",
        "limit": "0",
        "window_days": "1",
        "least": "1",
        "roles": ["head"],
    }
    assert client.post(reverse("desk:criterion_new"), {**form, "roles": []}).status_code == 422
    wrong = client.post(reverse("desk:criterion_new"), {**form, "measure": "first_median", "cut": "block"})
    assert "не считается" in plain(wrong)
    client.post(reverse("desk:criterion_new"), form)
    criterion = Criterion.objects.get()
    assert "не сработал бы ни разу" in page_of(client, "criterion_trial", criterion.pk)
    client.post(reverse("desk:criterion_edit", args=[criterion.pk]), {**form, "comparison": "above"})
    client.post(reverse("desk:criterion_switch", args=[criterion.pk]), {"on": "1"})
    criterion.refresh_from_db()
    assert criterion.is_on and criterion.comparison == "above"
    assert "включён" in page_of(client, "criteria")
    evaluate(town.municipality, timezone.now() + timedelta(days=1))
    finding = Finding.objects.get()
    assert finding.text.replace("\xa0", " ")[:20] in page_of(client, "findings")
    assert finding.text.replace("\xa0", " ")[:20] in page_of(client, "day")
    client.post(reverse("desk:finding_decide", args=[finding.pk]), {"decision": "weak", "words": "дороги"})
    assert "слабая сторона" in page_of(client, "findings", show="weak")
    assert "Ничего не ждёт решения" in page_of(client, "findings")


def test_a_growth_factor_is_written_with_its_days(town: Town, keeper: User, enter: Enter) -> None:
    lived(town)
    client = enter(keeper)
    today = timezone.localdate().isoformat()
    said = {"since": today, "until": today, "cause": "Первый снег"}
    assert client.post(reverse("desk:finding_growth"), {**said, "since": ""}).status_code == 422
    assert client.post(reverse("desk:finding_growth"), {**said, "channel": "moon"}).status_code == 422
    client.post(reverse("desk:finding_growth"), said)
    assert "Первый снег" in page_of(client, "findings", show="growth")


def test_a_target_is_handed_down_changed_and_dropped(town: Town, keeper: User, enter: Enter) -> None:
    lived(town)
    client = enter(keeper)
    year = str(timezone.localdate().year)
    form = {
        "measure": "in_time",
        "period": year,
        "plan": "95",
        "edge": "",
        "block": "",
        "post": "",
        "ground": "",
    }
    assert client.post(reverse("desk:target_new"), {**form, "plan": ""}).status_code == 422
    client.post(reverse("desk:target_new"), form)
    target = Target.objects.get()
    assert target.is_floor
    assert "Отвечено в срок" in page_of(client, "kpi")
    here = reverse("desk:target", args=[target.pk])
    assert client.post(here, {"plan": "90", "post": "", "why": ""}).status_code == 422
    client.post(here, {"plan": "90", "post": "", "why": "протокол № 5"})
    assert "протокол № 5" in page_of(client, "target", target.pk)
    reader = enter(town.user_with("reader", ["analytics.view"]))
    assert "Изменить план" not in page_of(reader, "target", target.pk)
    assert reader.post(here, {"plan": "1", "post": "", "why": "так"}).status_code == 422
    enter(keeper).post(reverse("desk:target_drop", args=[target.pk]), {"why": "заменён"})
    assert enter(keeper).get(here).status_code == 404


def test_a_direction_is_approved_and_ended(town: Town, keeper: User, enter: Enter) -> None:
    client = enter(keeper)
    assert client.post(reverse("desk:direction_new"), {"text": ""}).status_code == 422
    client.post(reverse("desk:direction_new"), {"text": "Решать больше решаемого", "ground": "План"})
    direction = Direction.objects.get()
    assert "Решать больше решаемого" in page_of(client, "kpi")
    client.post(reverse("desk:direction_end", args=[direction.pk]))
    direction.refresh_from_db()
    assert direction.until == timezone.localdate()


def test_a_block_head_counts_the_own_part_alone(town: Town, enter: Enter) -> None:
    case = lived(town)
    rights = ["cases.view_block", "analytics.view", "satisfaction.view", "quality.check"]
    mine, strange = (town.user_with(name, rights) for name in ("mine", "strange"))
    Holding.objects.filter(user=mine).update(block_key=case.block_key)
    Holding.objects.filter(user=strange).update(block_key="other_block")
    for name, shown in (
        ("quality", "прочитано 2"),
        ("satisfaction", ">1 ответа</a>"),
        ("solvable", reverse("desk:card", args=[case.number])),
    ):
        assert shown in page_of(enter(mine), name), name
        assert "Показана ваша часть" in page_of(enter(mine), name), name
        assert shown not in page_of(enter(strange), name), name
    assert "сроков не наступало и ответов не было" not in page_of(enter(mine), "terms_kept")
    assert "сроков не наступало и ответов не было" in page_of(enter(strange), "terms_kept")


def test_a_finding_opens_exactly_its_cases_and_a_part_sees_its_own(
    town: Town, keeper: User, enter: Enter
) -> None:
    case = lived(town)
    place, today = town.municipality, timezone.localdate()
    ways = {
        ("received", "block"): f"block={case.block_key}",
        ("low_scores", "block"): "Плохие оценки",
        ("received", ""): "since=",
    }
    for (measure, cut), said in ways.items():
        channels = ["nowhere", case.channel.key] if measure == "low_scores" else []
        text = CriterionText(f"{measure} {cut}", measure, cut, channels, "above", 0, 7, 1, ["head"])
        criterion = make_criterion(place, text, None)
        found = told(criterion, case.block_key if cut else "", Period(today - timedelta(days=6), today))
        answer = enter(keeper).get(reverse("desk:finding_cases", args=[found.pk]), follow=True)
        assert case.number in plain(answer) and (said in plain(answer) or said in str(answer.redirect_chain))
    mass = make_criterion(
        place, CriterionText("Массовое", "received", "", [], "mass", 3, 7, 1, ["head"]), None
    )
    other = town.case("На улице Ленина не горит фонарь.", "pos")
    found = told(
        mass, f"case{case.pk}", Period(today, today), {"cases": [case.pk], "measure": "mass_problems"}
    )
    page = plain(enter(keeper).get(reverse("desk:finding_cases", args=[found.pk])))
    assert case.number in page and other.number not in page
    boss = town.user_with("boss", ["cases.view_block", "analytics.view", "analytics.study"])
    boss.holdings.update(block_key=case.block_key)
    seen = set(FOUND.findall(page_of(enter(boss), "findings", show="all")))
    assert seen == {str(one.pk) for one in Finding.objects.exclude(cut_key="")}
    boss.holdings.update(block_key="other_block")
    assert not FOUND.findall(page_of(enter(boss), "findings", show="all"))
    assert enter(boss).get(reverse("desk:finding_cases", args=[found.pk])).status_code == 404
    said_no = enter(boss).post(reverse("desk:finding_growth"), {"since": "", "until": ""})
    assert said_no.status_code == 422 and "весь муниципалитет" in plain(said_no)


def told(criterion: Criterion, key: str, days: Period, figures: dict[str, object] | None = None) -> Finding:
    """A finding of the criterion as the timer keeps it."""
    return Finding.objects.create(
        municipality=criterion.municipality,
        criterion=criterion,
        cut_key=key,
        since=days.since,
        until=days.until,
        text=f"Найдено {key}",
        formula="",
        figures=figures or {"measure": criterion.measure},
        link="/cases/",
        at=timezone.now(),
    )
