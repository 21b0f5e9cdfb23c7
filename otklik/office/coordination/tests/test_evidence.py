"""Keys of coordination: a planted record is counted, a removed one no more, another period holds nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.models import Model

from otklik.accounts.models import Post, User
from otklik.analytics.heatmap.slices import SliceText, hand_slice, keep_slice
from otklik.analytics.models import FactMark, HeatmapSlice
from otklik.cases import services as cases
from otklik.cases.models import Answer
from otklik.charter.evidence import evidence_for
from otklik.charter.permissions import PERMISSIONS
from otklik.common.period import Period
from otklik.office.coordination.models import (
    Affair,
    Inquiry,
    MethodNote,
    PlanItem,
    Proposal,
    VisaSheet,
    WorkPlan,
)
from otklik.office.coordination.rules import plan_period
from otklik.office.coordination.services import affairs, inquiries, papers, plans, proposals
from otklik.topics.models import Block
from tests.rights.coordinated import workbook
from tests.town import Town

pytestmark = pytest.mark.django_db
Plant = Callable[[Town, User, datetime], type[Model]]


def _affair(kind: str) -> Plant:
    def plant(town: Town, by: User, now: datetime) -> type[Model]:
        today = now.date()
        posts = list(Post.objects.filter(municipality=town.municipality)[:1])
        said = affairs.AffairText(kind, "Сверка", today, with_whom="Общий отдел", means="rooms", posts=posts)
        made = affairs.note_affair(town.municipality, said, by, now)
        affairs.hold_affair(made, "Сверили", today, posts, [], by, now)
        return Affair

    return plant


def _plan(town: Town, by: User, now: datetime) -> type[Model]:
    period = plan_period(now.date())
    plan = plans.draft_plan(town.municipality, period, by, now)
    PlanItem.objects.filter(plan=plan).update(post=Post.objects.filter(municipality=town.municipality)[0])
    plans.approve_plan(plan, by, now)
    return WorkPlan


def _inquiry(town: Town, by: User, now: datetime) -> type[Model]:
    due = now.date() + timedelta(days=3)
    inquiries.ask(
        town.municipality, inquiries.Asked("other", "Дороги", "Сведения", due, town.bodies[:1]), by, now
    )
    return Inquiry


def _method(town: Town, by: User, now: datetime) -> type[Model]:
    papers.issue_method(
        town.municipality, papers.MethodWords("Как отвечать", "social", "Кратко."), [], by, now
    )
    return MethodNote


def _visa(town: Town, by: User, now: datetime) -> type[Model]:
    block = Block.objects.filter(municipality=town.municipality).order_by("position")[0]
    by.holdings.update(block_key=block.key)
    due = now.date() + timedelta(days=3)
    sheet = papers.send_round(town.municipality, "Порядок", "Текст", due, [block.key], by, now)
    papers.put_visa(sheet.visas.get(), "agreed", "", by, now)
    return VisaSheet


def _participation(town: Town, by: User, now: datetime) -> type[Model]:
    said = proposals.ProposalText("participation", "Ямы", "Поручить", "41 жалоба", body=town.bodies[0])
    proposals.propose(town.municipality, said, by, now)
    return Proposal


def _slice(town: Town, by: User, now: datetime) -> type[Model]:
    FactMark.objects.update_or_create(municipality=town.municipality, defaults={"brought_at": now})
    today = now.date()
    said = SliceText(Period(today, today), "", 3, workbook(), "Где чинить дороги")
    hand_slice(keep_slice(town.municipality, said, by, now), "BI ЦУР", "7", by, now)
    return HeatmapSlice


def _vouched(town: Town, by: User, now: datetime) -> type[Model]:
    case = town.case("На улице Гагарина яма. Когда заделаете?", "web_form", now)
    cases.assign_case(case, town.bodies[0], town.vera, now, "разобрано")
    cases.take_case(case, town.boris, now)
    cases.save_draft(case, "Яму заделали.", "solved", None, 0, town.boris)
    cases.submit_answer(case, town.boris, now)
    Answer.objects.filter(case=case).update(created_at=now)
    return Answer


@pytest.mark.parametrize(
    ("key", "plant"),
    [
        ("office.plan", _plan),
        ("office.outer_meetings", _affair("outer_meeting")),
        ("office.training", _affair("training")),
        ("office.cooperation", _affair("cooperation")),
        ("office.support", _affair("support")),
        ("quality.process_change", _affair("process")),
        ("office.requests_out", _inquiry),
        ("office.methods", _method),
        ("office.visas", _visa),
        ("problems.participation", _participation),
        ("analytics.heat_map", _slice),
        ("channels.heat_map_export", _slice),
        ("answers.truth_mark", _vouched),
    ],
)
def test_it_counts_what_is_planted_and_forgets_what_is_removed(town: Town, key: str, plant: Plant) -> None:
    now = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
    today = now.date()
    period, long_ago = Period(today, today), Period(today - timedelta(days=900), today - timedelta(days=800))
    by = town.user_with("everything", sorted(PERMISSIONS))

    def count(asked: Period) -> int:
        found = evidence_for(key, town.municipality, asked)
        assert found is not None
        assert (found.count == 0) is (found.last_at is None)
        return found.count

    assert count(period) == 0
    model = plant(town, by, now)
    assert count(period) == 1
    assert count(long_ago) == 0
    model._default_manager.filter(municipality=town.municipality).delete()
    assert count(period) == 0
