"""Answers handed over are read for hints; explanations of the solvable are looked at by somebody else."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from otklik.audit.models import JournalEntry
from otklik.cases import services
from otklik.cases.models import Answer, Case
from otklik.cases.selectors import CaseFilter
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.quality.models import ExplainedReview
from otklik.quality.selectors import explained_to_look, hints_of, returned_of
from otklik.quality.services import read_new_answers, review_explained
from otklik.quality.tasks import read_answers
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
TEXT = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
GOOD = "Яму на улице Гагарина напротив дома 12 заделали 19 октября, фото прилагаем."
TEMPLATE = "Ваше сообщение рассмотрено. Благодарим за активную гражданскую позицию."


def handed(town: Town, text: str, kind: str = "solved", hours: int = 5) -> Case:
    """An answer handed over for approval."""
    at = NOW - timedelta(hours=hours)
    case = services.assign_case(town.case(TEXT, now=at), town.bodies[0], town.vera, at, "разобрано")
    services.take_case(case, town.boris, at)
    services.save_draft(case, text, kind, None, 0, town.boris)
    services.submit_answer(case, town.boris, at)
    case.refresh_from_db()
    return case


def explained(town: Town) -> Case:
    """A solvable case closed by an explanation that the first body wrote."""
    case = handed(town, GOOD, "explained")
    Answer.objects.filter(case=case).update(state="sent", signed_at=NOW, sent_at=NOW, approved_at=NOW)
    Case.objects.filter(pk=case.pk).update(
        state="closed", result="explained", answered_at=NOW, closed_at=NOW, solvable=True
    )
    case.refresh_from_db()
    return case


def test_it_reads_each_answer_once_and_counts_hints_by_kind_and_body() -> None:
    town = build_town()
    plain, good = handed(town, TEMPLATE), handed(town, GOOD)
    day = timezone.localdate(Answer.objects.get(case=good).created_at)
    today = Period(day, day)
    assert hints_of(town.municipality, today, "body").waiting == 2
    assert read_answers() == 2
    assert read_new_answers(town.municipality) == 0
    assert "template" in Answer.objects.get(case=plain).faults
    assert Answer.objects.get(case=good).faults == []
    hints = hints_of(town.municipality, today, "body")
    assert (hints.waiting, hints.whole.read, hints.whole.hinted, hints.whole.template) == (0, 2, 1, 1)
    assert dict(hints.by_code)["template"] == 1
    assert hints.by_cut[town.bodies[0].pk] == hints.whole
    listed = CaseFilter(fault="template").apply(Case.objects.all(), town.vera, town.municipality, NOW)
    assert list(listed) == [plain]
    handed(town, TEMPLATE)
    assert hints_of(town.municipality, today, "topic").waiting == 1
    assert read_new_answers(town.municipality, at_most=1) == 1


def test_it_shows_returned_drafts_with_their_reasons() -> None:
    town = build_town()
    case = handed(town, TEMPLATE)
    services.return_answer(case, "Нет даты", town.vera, NOW)
    today = Period(NOW.date(), NOW.date())
    (back,) = returned_of(town.municipality, today, Case.objects.all())
    assert (back.case_id, back.why) == (case.pk, "Нет даты")
    assert not returned_of(town.municipality, today, Case.objects.none()).exists()
    listed = CaseFilter(returned="1").apply(Case.objects.all(), town.vera, town.municipality, NOW)
    assert list(listed) == [case]


def test_it_lets_somebody_else_decide_on_an_explanation_once() -> None:
    town = build_town()
    case = explained(town)
    assert list(explained_to_look(town.municipality, Case.objects.all())) == [case]
    with pytest.raises(Refused, match="почему"):
        review_explained(case, "right", " ", town.vera, NOW)
    with pytest.raises(Refused, match="другой сотрудник"):
        review_explained(case, "right", "так", town.boris, NOW)
    review_explained(case, "right", "вопрос был о сроках программы", town.vera, NOW)
    assert not explained_to_look(town.municipality, Case.objects.all()).exists()
    with pytest.raises(Refused, match="уже проверено"):
        review_explained(case, "reopened", "передумал", town.vera, NOW)
    assert JournalEntry.objects.filter(code="quality.explained_reviewed").count() == 1


def test_it_brings_back_to_work_what_could_have_been_solved() -> None:
    town = build_town()
    case = explained(town)
    review_explained(case, "reopened", "яма на месте, её можно заделать", town.vera, NOW)
    case.refresh_from_db()
    assert case.state == "assigned"
    assert ExplainedReview.objects.get().decision == "reopened"


def test_it_leaves_alone_what_could_not_be_solved() -> None:
    town = build_town()
    case = explained(town)
    Case.objects.filter(pk=case.pk).update(solvable=False)
    assert not explained_to_look(town.municipality, Case.objects.all()).exists()
    with pytest.raises(Refused, match="Выберите"):
        review_explained(case, "maybe", "x", town.vera, NOW)
