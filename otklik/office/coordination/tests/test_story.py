"""Coordination as people do it: a plan to its proof, a request to its result, visas, methods, proposals, acts."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from otklik.accounts.models import Body, Holding, Notice, Post, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import end_role
from otklik.channels.files import store_file
from otklik.common.errors import Refused
from otklik.office.coordination.competence import competence_of, narrowed
from otklik.office.coordination.composed import changes_of, composition_on, without_act
from otklik.office.coordination.models import Visa, WorkPlan
from otklik.office.coordination.paper import TablePaper, TablePart, paper_docx, paper_pdf
from otklik.office.coordination.rules import plan_period
from otklik.office.coordination.selectors import inquiry_lines, plan_lines, waiting_for
from otklik.office.coordination.services import affairs, inquiries, papers, plans, proposals
from otklik.office.coordination.services.composition import ActWords, note_act
from otklik.office.coordination.tasks import draft_next_plans, remind
from otklik.topics.models import Block
from tests.town import SINCE, Town

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
TODAY = NOW.date()


@pytest.fixture
def head(town: Town) -> User:
    return town.user_with(
        "head", ["office.organise", "office.attend", "office.errands", "problems.recommend"]
    )


@pytest.fixture
def curator(town: Town) -> User:
    return town.user_with("curator", ["office.chair", "office.attend", "office.errands"])


def specialist(town: Town, post: Post) -> User:
    """Somebody who holds the post."""
    user = town.user_with("specialist", ["office.attend"])
    Holding.objects.filter(user=user).update(post=post, body=post.body)
    return user


def test_it_leads_a_plan_from_the_charter_to_the_proof(town: Town, head: User, curator: User) -> None:
    whose, now, today = town.municipality, NOW, TODAY
    period = plan_period(today)
    plan = plans.draft_plan(whose, period, head, now)
    drafted = plan.items.count()
    assert drafted > 3
    assert plans.draft_plan(whose, period, head, now).items.count() == drafted, (
        "a second draft doubles nothing"
    )
    post = Post.objects.filter(municipality=whose).order_by("pk")[0]
    worker = specialist(town, post)
    added = plans.add_item(plan, plans.ItemText("Сверить телефоны органов", period.until, post), head, now)
    with pytest.raises(Refused, match="утверждает куратор"):
        plans.approve_plan(plan, head, now)
    if plan.items.filter(post=None).exists():
        with pytest.raises(Refused, match="Без ответственного"):
            plans.approve_plan(plan, curator, now)
    plan.items.filter(post=None).update(post=post)
    with pytest.raises(Refused, match="не утверждён"):
        plans.mark_done(added, "Сверено", "", None, worker, now)
    plans.approve_plan(plan, curator, now)
    assert Notice.objects.filter(user=worker, text__contains="утверждён").exists()
    plan.refresh_from_db()
    with pytest.raises(Refused, match="уже утверждён"):
        plans.draft_plan(whose, period, head, now)
    with pytest.raises(Refused, match="добавит тот, кто его утверждает"):
        plans.add_item(plan, plans.ItemText("Ещё", period.until, post), head, now)
    with pytest.raises(Refused, match="Чем подтверждается"):
        plans.mark_done(added, " ", "", None, worker, now)
    with pytest.raises(Refused, match="другой сайт"):
        plans.mark_done(added, "Сверено", "https://example.org/", None, worker, now)
    file = store_file("Сверено".encode(), "sverka.txt", whose)
    done = plans.mark_done(added, "Сверено, список на странице", "/people/", file, worker, now)
    lines = {one.item.pk: one for one in plan_lines(plan, today, worker, rights_of(worker, whose))}
    assert lines[added.pk].state in ("done", "late") and not lines[added.pk].is_open
    assert done.files.get().file == file
    with pytest.raises(Refused, match="уже исполнен"):
        plans.mark_done(added, "Снова", "", None, worker, now)
    other = plan.items.filter(done_at=None).order_by("pk")[0]
    plans.move_item(other, period.until + timedelta(days=1), "ждём область", curator, now)
    other.refresh_from_db()
    assert other.moves[0]["why"] == "ждём область"
    plans.drop_item(other, "стало не нужно", curator, now)
    with pytest.raises(Refused, match="исключён"):
        plans.mark_done(other, "Сделано", "", None, curator, now)


def test_it_drafts_the_next_plan_by_itself_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otklik.office.coordination.tasks.DRAFT_DAYS", 400)
    assert draft_next_plans() >= 1
    assert draft_next_plans() == 0
    assert WorkPlan.objects.filter(municipality=town.municipality).count() == 1


def test_it_asks_bodies_and_makes_one_result_of_their_answers(town: Town, head: User) -> None:
    whose, now = town.municipality, NOW
    outer = Body.objects.filter(municipality=whose, is_external=True).order_by("pk")[0]
    boris, gleb = town.boris, town.gleb
    due = TODAY + timedelta(days=1)
    asked = inquiries.Asked(
        "statistics", "Ямы", "Сколько заявок?", due, [town.bodies[0], outer], ["По дорогам"]
    )
    with pytest.raises(Refused, match="право поручений"):
        inquiries.ask(whose, asked, boris, now)
    made = inquiries.ask(whose, asked, head, now)
    mine, theirs = made.parts.get(body=town.bodies[0]), made.parts.get(body=outer)
    assert mine.text == "По дорогам" and theirs.text == ""
    assert [one.kind for one in waiting_for(boris, rights_of(boris, whose), whose, TODAY)] == ["request"]
    assert [line.inquiry for line in inquiry_lines(whose, TODAY, {town.bodies[0].pk})] == [made]
    assert inquiry_lines(whose, TODAY, {town.bodies[-1].pk}) == []
    # An appointment for a time is an appointment.
    boris.holdings.update(until=TODAY + timedelta(days=365))
    assert remind() > 0 and remind() == 0
    assert Notice.objects.filter(user=boris, text__contains=": ответ ").count() == 1
    with pytest.raises(Refused, match="отвечают его сотрудники"):
        inquiries.answer_part(mine, "41", [], gleb, now)
    with pytest.raises(Refused, match="личные данные"):
        inquiries.answer_part(mine, "Звонить +7 911 123-45-67", [], boris, now)
    inquiries.answer_part(mine, "41 заявка", [], boris, now)
    with pytest.raises(Refused, match="Ещё не ответили"):
        inquiries.assemble(made, "Итог", head, now)
    inquiries.return_part(mine, "нет дат", head)
    mine.refresh_from_db()
    file = store_file(b"41", "zayavki.txt", whose)
    inquiries.answer_part(mine, "41 заявка с 1 по 30 октября", [file], boris, now)
    inquiries.note_letter(theirs, "12-345", None, head)
    inquiries.answer_part(theirs, "Заявок не было", [], head, now)
    assert Notice.objects.filter(user=head, text__contains="ответили все").exists()
    result = inquiries.proposed_result(made)
    assert "41 заявка с 1 по 30 октября" in result and outer.short_name in result
    inquiries.assemble(made, result, head, now)
    with pytest.raises(Refused, match="собран и закрыт"):
        inquiries.return_part(mine, "ещё раз", head)


def test_it_writes_down_training_with_who_came_and_what_came_of_it(town: Town, head: User) -> None:
    whose, now, today = town.municipality, NOW, TODAY
    first, second = Post.objects.filter(municipality=whose).order_by("pk")[:2]
    worker = specialist(town, first)
    words = affairs.AffairText("training", "Ответы в соцсетях", today, with_whom="ЦУР", posts=[first, second])
    with pytest.raises(Refused, match="учить некого"):
        affairs.note_affair(whose, affairs.AffairText("training", "Ответы", today), head, now)
    made = affairs.note_affair(whose, words, head, now)
    assert Notice.objects.filter(user=worker, text__contains="в составе участников").exists()
    with pytest.raises(Refused, match="не наступил"):
        affairs.hold_affair(made, "Прошло", today + timedelta(days=1), [], [], head, now)
    affairs.hold_affair(made, "Разобрали 12 ответов", today, [first], [], head, now)
    assert {one.post_id: one.came for one in made.participants.all()} == {first.pk: True, second.pk: False}
    with pytest.raises(Refused, match="уже записан"):
        affairs.call_off(made, "не нужно", head, now)


def test_it_sends_a_paper_round_until_blocks_agree(town: Town, head: User) -> None:
    whose, now, due = town.municipality, NOW, TODAY + timedelta(days=3)
    first, second = Block.objects.filter(municipality=whose).order_by("position")[:2]
    heads = {}
    for block in (first, second):
        heads[block.key] = user = town.user_with(block.key, ["accounts.name_specialists", "office.attend"])
        Holding.objects.filter(user=user).update(block_key=block.key)
    sheet = papers.send_round(whose, "Порядок", "Ответ за 2 дня.", due, [first.key, second.key], head, now)
    assert [
        one.kind for one in waiting_for(heads[first.key], rights_of(heads[first.key], whose), whose, due)
    ] == ["visa"]
    mine = sheet.visas.get(block_key=first.key)
    with pytest.raises(Refused, match="руководитель этого блока"):
        papers.put_visa(mine, "agreed", "", heads[second.key], now)
    with pytest.raises(Refused, match="Замечания"):
        papers.put_visa(mine, "remarks", "", heads[first.key], now)
    papers.put_visa(mine, "remarks", "Два дня мало", heads[first.key], now)
    with pytest.raises(Refused, match="Виза уже стоит"):
        papers.put_visa(mine, "agreed", "", heads[first.key], now)
    renewed = papers.new_edition(sheet, "Ответ за 3 дня.", due, head, now)
    assert renewed.edition == 2 and renewed.visas.count() == 4
    old = Visa.objects.get(sheet=sheet, edition=1, block_key=second.key)
    with pytest.raises(Refused, match="редакции 2"):
        papers.put_visa(old, "agreed", "", heads[second.key], now)
    for block in (first, second):
        papers.put_visa(
            renewed.visas.get(edition=2, block_key=block.key), "agreed", "", heads[block.key], now
        )
    assert Notice.objects.filter(user=head, text__contains="высказались все блоки").exists()


def test_it_waits_for_readers_of_each_version_of_a_method(town: Town, head: User) -> None:
    whose, now = town.municipality, NOW
    reader = town.user_with("reader", [])
    note = papers.issue_method(whose, papers.MethodWords("Как отвечать", "answers", "Кратко."), [], head, now)
    assert reader in papers.readers_of(note, TODAY)
    assert [one.kind for one in waiting_for(reader, rights_of(reader, whose), whose, TODAY)] == ["reading"]
    papers.read_method(note, reader, now)
    with pytest.raises(Refused, match="уже отметили"):
        papers.read_method(note, reader, now)
    assert waiting_for(reader, rights_of(reader, whose), whose, TODAY) == []
    papers.renew_method(note, "Кратко и по делу.", "добавлен пример", [], head, now)
    assert len(waiting_for(reader, rights_of(reader, whose), whose, TODAY)) == 1
    papers.withdraw_method(note, head, now)
    with pytest.raises(Refused, match="снят"):
        papers.read_method(note, reader, now)


def test_it_decides_a_proposal_by_another_person_and_figures(town: Town, head: User, curator: User) -> None:
    whose, now = town.municipality, NOW
    bare = proposals.ProposalText("participation", "Ямы", "Поручить", "много жалоб", body=town.bodies[0])
    with pytest.raises(Refused, match="ни одного числа"):
        proposals.propose(whose, bare, head, now)
    said = proposals.ProposalText(
        "participation", "Ямы", "Поручить", "41 жалоба за октябрь", body=town.bodies[0]
    )
    made = proposals.propose(whose, said, head, now)
    with pytest.raises(Refused, match="решает другой"):
        proposals.decide(made, "accepted", "Согласен", None, head, now)
    decided = proposals.decide(made, "accepted", "Согласен", None, curator, now)
    assert decided.decided_title == "curator"
    with pytest.raises(Refused, match="уже есть"):
        proposals.decide(made, "declined", "Нет", None, curator, now)


def test_it_names_the_act_of_each_change_of_the_composition(town: Town) -> None:
    whose, now, today = town.municipality, NOW, TODAY
    keeper = town.user_with("keeper", ["accounts.manage"])
    holding = town.user_with("comer", []).holdings.get()
    end_role(holding, keeper, today)
    comer = [one for one in changes_of(whose, today) if one.holding.pk == holding.pk]
    assert sorted(one.what for one in comer) == ["begun", "ended"]
    words = ActWords("распоряжение", "15-р", today, today, "О составе", [holding.pk], [holding.pk])
    act = note_act(whose, words, [], keeper, now)
    named = [one for one in changes_of(whose, today) if one.holding.pk == holding.pk]
    assert [one.act for one in named] == [act, act]
    assert holding.pk not in [one.holding.pk for one in without_act(changes_of(whose, today))]
    with pytest.raises(Refused, match="уже"):
        note_act(whose, words, [], keeper, now)
    assert holding in composition_on(whose, SINCE) and holding not in composition_on(
        whose, today + timedelta(days=1)
    )


def test_it_shows_where_a_topic_has_no_body_and_a_body_nobody(town: Town) -> None:
    whose, today = town.municipality, TODAY
    found = competence_of(whose, today)
    roads = next(line for line in found.lines if line.topic.group == "roads")
    assert [one.body.key for one in roads.bodies] == ["housing_roads"]
    assert roads.block and any("нет сотрудников" in gap for gap in roads.gaps)
    body = roads.bodies[0].body
    town.user_with("worker", ["cases.work"], body)
    after = next(line for line in competence_of(whose, today).lines if line.topic == roads.topic)
    assert after.bodies[0].posts == ("worker",) and not any("сотрудников" in gap for gap in after.gaps)
    only = narrowed(found, roads.topic.title)
    assert [line.topic for line in only.lines if line.topic == roads.topic] == [roads.topic]
    assert narrowed(found, "такой темы нет").lines == []


def test_it_prints_a_paper_with_the_same_words_in_both_forms() -> None:
    made = TablePaper(
        "План", [TablePart(["№", "Что"], [1, 5], [["1", "Сверить телефоны"]])], ["Центр"], ["УТВЕРЖДЁН"]
    )
    document: Any = Document(BytesIO(paper_docx(made)))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["1", "Сверить\u00a0телефоны"] or [
        cell.text for cell in document.tables[0].rows[1].cells
    ] == ["1", "Сверить телефоны"]
    assert paper_pdf(made).startswith(b"%PDF")
