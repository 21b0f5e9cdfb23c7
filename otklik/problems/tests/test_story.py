"""A wave of messages becomes a proposed problem, a person confirms it, each author is answered individually."""

from datetime import timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Notice, User
from otklik.analytics.services import rebuild
from otklik.audit.models import JournalEntry
from otklik.cases.models import Answer, Case, Draft, Note
from otklik.cases.services import assign_case, save_draft, submit_answer, take_case
from otklik.charter.evidence import evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.problems.gathering import Member
from otklik.problems.massing import mass
from otklik.problems.models import Problem, ProblemCase, TalkError
from otklik.problems.outer_table import OuterLine
from otklik.problems.proposing import look
from otklik.problems.selectors import ProblemFilter, flow_of, picture_of_block, problems_of, tree_of
from otklik.problems.services import (
    CauseText,
    Proof,
    Proposal,
    add_cause,
    call_body,
    decide_cause,
    drop_cause,
    give_text,
    grow,
    join_cases,
    learn,
    list_outer,
    move,
    name_root,
    note_talk_error,
    part_done,
    propose,
    prove,
    raise_problem,
    remove_cause,
    set_owner,
    strike_case,
    unprove,
    write_text,
    write_why5,
)
from otklik.problems.services.talk import TalkText
from otklik.topics.models import Block
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now().replace(microsecond=0)
MONTH = Period(TODAY - timedelta(days=40), TODAY)
WORDS = (
    "Во дворе дома по улице Гоголя мусор не вывозят вторую неделю, контейнеры переполнены",
    "Во дворе дома по улице Гоголя мусор не вывозят уже вторую неделю, контейнеры переполнены",
    "Во дворе дома на улице Гоголя мусор не вывозят вторую неделю, все контейнеры переполнены",
    "Во дворе дома по улице Гоголя мусор не вывозят вторую неделю, контейнеры переполнены и воняет",
    "У нас во дворе дома по улице Гоголя мусор не вывозят вторую неделю, контейнеры переполнены",
)


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def head(town: Town) -> User:
    return town.user_with("head", [], role_key="head")


def wave(town: Town) -> list[Case]:
    return [
        town.case(text, now=NOW - timedelta(days=3, minutes=at), author=f"Житель {at}")
        for at, text in enumerate(WORDS)
    ]


def proposal(cases: list[Case], **more: object) -> Proposal:
    values: dict[str, object] = {
        "source": "cases",
        "title": "Мусор во дворе",
        "reason": "тексты совпадают",
        "since": TODAY - timedelta(days=5),
        "topic": cases[0].topic if cases else None,
        "settlement": cases[0].settlement if cases else None,
        "cases": {one.pk: Member(0.8, "текст совпадает на 80 %") for one in cases},
        "seed": "test:1",
    }
    return Proposal(**{**values, **more})  # type: ignore[arg-type]


def count_of(key: str, town: Town) -> int:
    found = evidence_for(key, town.municipality, MONTH)
    assert found is not None
    return found.count


def test_it_proposes_a_wave_once_and_offers_later_cases_to_the_same_problem(town: Town, head: User) -> None:
    cases = wave(town)
    (problem,) = mass(town.municipality, NOW)
    assert problem.state == "proposed" and problem.number == f"П-{NOW.year}-001"
    assert problem.links.count() == 5 and 0.6 < problem.sureness < 1
    assert "5\xa0карточек" in problem.reason
    assert all(link.reason for link in problem.links.all())
    assert mass(town.municipality, NOW) == [] and Problem.objects.count() == 1
    assert (
        Notice.objects.filter(permission="problems.manage", link=f"/problems/{problem.number}/").count() == 1
    )
    sixth = town.case(WORDS[1], now=NOW - timedelta(hours=2), author="Шестой")
    for _ in range(2):
        grow(problem, {sixth.pk: Member(0.8, "как остальные")}, NOW)
    problem.refresh_from_db()
    assert problem.reason.count("теперь всего") == 1 and problem.reason.endswith("6\xa0карточек")
    struck = cases[0]
    move(problem, "confirm", head, NOW, without=[struck.pk])
    problem.refresh_from_db()
    assert problem.state == "confirmed" and problem.confirmed_by == head
    assert problem.links.filter(state="confirmed").count() == 5
    later = town.case(WORDS[0], now=NOW - timedelta(hours=1), author="Пятый")
    grow(problem, {later.pk: Member(0.8, "как остальные"), struck.pk: Member(0.8, "снова")}, NOW)
    assert problem.links.get(case=later).state == "proposed"
    assert problem.links.get(case=struck).state == "struck"
    with pytest.raises(Refused, match="Обновите страницу"):
        move(problem, "confirm", head, NOW)


def test_it_does_not_ask_again_about_what_a_person_dismissed(town: Town, head: User) -> None:
    wave(town)
    (problem,) = mass(town.municipality, NOW)
    with pytest.raises(Refused, match="почему"):
        move(problem, "dismiss", head, NOW)
    move(problem, "dismiss", head, NOW, "разные дворы")
    assert mass(town.municipality, NOW) == []


def test_it_answers_each_author_by_a_draft_of_his_own_case(town: Town, head: User) -> None:
    cases = wave(town)
    for case in cases[:4]:
        assign_case(case, town.bodies[0], head, NOW, "по компетенции")
    for case in cases[:3]:
        take_case(case, town.boris, NOW)
    save_draft(cases[2], "Свой проект", "explained", None, 0, town.boris)
    problem = raise_problem(town.municipality, proposal(cases), head, NOW)
    text = write_text(problem, "Контейнеры вывезут 25 октября", "explained", None, 0, head, NOW)
    with pytest.raises(Refused, match="изменил кто-то другой"):
        write_text(problem, "Иначе", "explained", None, 0, head, NOW)
    given = give_text(text, head, NOW)
    states = {link.case_id: (link.text_id, link.text_note) for link in problem.links.all()}
    assert states[cases[2].pk] == (None, "в карточке уже пишут свой проект")
    assert given.drafted == sum(1 for key, _ in states.values() if key) >= 3
    assert given.drafted + given.left == 5
    drafts = Draft.objects.filter(text="Контейнеры вывезут 25 октября")
    assert drafts.count() == given.drafted and not Answer.objects.exists()
    assert Note.objects.filter(case=cases[0], text__contains=problem.number).count() == 1
    answer = submit_answer(cases[0], town.boris, NOW)
    assert answer.text == "Контейнеры вывезут 25 октября" and answer.state == "on_approval"
    assert Answer.objects.count() == 1
    with pytest.raises(Refused, match="вид ответа"):
        write_text(problem, "Нет", "forwarded", None, 0, head, NOW)


def test_it_keeps_a_case_in_one_problem_only(town: Town, head: User) -> None:
    cases = wave(town)
    first = raise_problem(town.municipality, proposal(cases[:3]), head, NOW)
    second = raise_problem(town.municipality, proposal(cases[2:], seed="other"), head, NOW)
    assert second.links.count() == 2
    with pytest.raises(Refused, match=first.number):
        join_cases(second, [cases[0].number], "тоже", head, NOW)
    strike_case(first, cases[0], "не о том", head, NOW)
    assert join_cases(second, [cases[0].number], "о том же", head, NOW) == 1
    with pytest.raises(Refused, match="не найдены"):
        join_cases(second, ["2026-9999"], "о том же", head, NOW)
    assert propose(town.municipality, proposal([], seed="test:1"), NOW) is None


def test_it_walks_a_problem_to_its_end_through_a_proved_cause(town: Town, head: User) -> None:
    cases = wave(town)
    rebuild(town.municipality)
    problem = raise_problem(town.municipality, proposal(cases), head, NOW)
    with pytest.raises(Refused, match="кто отвечает"):
        move(problem, "take", head, NOW)
    set_owner(problem, None, town.bodies[0], head, NOW)
    move(problem, "take", head, NOW)
    with pytest.raises(Refused, match="первопричина"):
        move(problem, "solve", head, NOW, "вывезли")
    chain = write_why5(problem, ["Не вывозят", "Машина в ремонте", "Нет запасной"], head, NOW)
    root = chain[-1]
    with pytest.raises(Refused, match="догадка"):
        name_root(root, True, head, NOW)
    assert count_of("problems.causes", town) == 0
    proof = prove(root, Proof("case", "жители видели пустую базу", case=cases[0]), head, NOW)
    with pytest.raises(Refused, match="само доказательство"):
        prove(root, Proof("file", "акт"), head, NOW)
    root = name_root(root, True, head, NOW)
    assert root.cost is not None and root.cost_on == TODAY
    assert count_of("problems.causes", town) == 1
    with pytest.raises(Refused, match="последнее"):
        unprove(proof, head)
    with pytest.raises(Refused, match="звенья"):
        drop_cause(chain[0], head)
    decide_cause(root, "Купить вторую машину", None, town.bodies[0], head, NOW)
    remove_cause(root, TODAY - timedelta(days=1), head, NOW)
    nodes = tree_of(problem, TODAY)
    assert [one.depth for one in nodes] == [0, 1, 2]
    assert nodes[-1].effect is not None and nodes[-1].effect.verdict == "few"
    assert nodes[-1].cost is not None and nodes[-1].cost.is_guessed
    part = call_body(problem, town.bodies[1], "Даёт машину на время", head, NOW)
    with pytest.raises(Refused, match="уже участвует"):
        call_body(problem, town.bodies[1], "Ещё раз", head, NOW)
    part_done(part, "Машина работает", head, NOW)
    move(problem, "solve", head, NOW, "вывозят по графику")
    watched = move(problem, "watch", head, NOW)
    assert watched.watch_until == TODAY + timedelta(days=90)
    move(problem, "return", head, NOW, "снова не вывозят")
    problem.refresh_from_db()
    assert problem.state == "in_work" and problem.solved_on is None
    assert JournalEntry.objects.filter(code__startswith="problems.").count() > 10


def test_it_lets_a_block_head_keep_the_own_block_and_nobody_else(town: Town, head: User) -> None:
    problem = raise_problem(town.municipality, proposal([], block_key="social"), head, NOW)
    other = town.user_with("block", ["problems.manage", "cases.view_block"])
    with pytest.raises(Refused, match="руководитель её блока"):
        add_cause(problem, CauseText("не туда"), other, NOW)
    with pytest.raises(Refused, match="руководитель её блока"):
        move(problem, "dismiss", town.boris, NOW, "нет")


def test_it_learns_from_errors_and_turns_repeated_ones_into_a_problem(town: Town, head: User) -> None:
    body = town.bodies[0]
    text = TalkText("formal", "Ответили, что вопрос на контроле", TODAY, body=body)
    made = [note_talk_error(town.municipality, text, head, NOW) for _ in range(3)]
    assert made[0] is not None
    learn(made[0], "Пишем срок и исполнителя", head, NOW)
    (problem,) = [one for one in look(town.municipality, NOW) if one.source == "communication"]
    assert body.short_name in problem.title
    assert look(town.municipality, NOW) == []
    assert TalkError.objects.exclude(lesson="").count() == 1
    again = note_talk_error(town.municipality, text, None, NOW, "recheck", 5)
    assert again is not None and note_talk_error(town.municipality, text, None, NOW, "recheck", 5) is None


def test_it_keeps_an_outer_list_and_proposes_what_falls_behind_the_plan(town: Town, head: User) -> None:
    town_row = town.municipality
    lines = [
        OuterLine("1", "Доля дорог в норме", TODAY, plan=60, fact=52, unit="%"),
        OuterLine("2", "Аварийных домов", TODAY, plan=10, fact=8, is_lower_better=True),
    ]
    with pytest.raises(Refused, match="откуда"):
        list_outer(town_row, "Нацпроекты", "", lines, head, NOW)
    assert list_outer(town_row, "Нацпроекты", "письмо района", lines, head, NOW).new == 2
    again = list_outer(town_row, "Нацпроекты", "письмо района", lines, head, NOW)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    (problem,) = look(town_row, NOW)
    assert problem.source == "national_projects" and problem.indicator is not None
    assert count_of("problems.national_projects", town) == 0
    move(problem, "confirm", head, NOW)
    assert count_of("problems.national_projects", town) == 1


KEYS: dict[str, dict[str, object]] = {
    "problems.list": {},
    "problems.local": {"place_text": "у школы"},
    "problems.points": {"point": (58.39, 33.91)},
    "problems.from_polls": {"source": "polls"},
    "problems.by_block": {"block_key": "social"},
    "problems.channel_setup": {"source": "channel_setup"},
}


def test_it_proves_each_key_by_rows_that_come_and_go(town: Town, head: User) -> None:
    for key, more in KEYS.items():
        before = count_of(key, town)
        made = raise_problem(town.municipality, proposal([], **more), head, NOW)
        assert count_of(key, town) == before + 1, key
        made.delete()
        assert count_of(key, town) == before, key


def test_it_proves_problems_of_cases_and_shows_the_flow_and_the_block(town: Town, head: User) -> None:
    cases = wave(town)
    rebuild(town.municipality)
    assert count_of("problems.from_cases", town) == 0
    problem = raise_problem(town.municipality, proposal(cases), head, NOW)
    assert count_of("problems.from_cases", town) == 1
    assert flow_of(problem, TODAY).total >= 1
    block = Block.objects.get(municipality=town.municipality, key=problem.block_key)
    picture = picture_of_block(town.municipality, block, MONTH, TODAY)
    assert [one.pk for one, _ in picture.problems] == [problem.pk]
    found = problems_of(town.municipality, ProblemFilter(block=block.key, q="двор"))
    assert [(one.pk, vars(one)["many"]) for one in found] == [(problem.pk, 5)]
    ProblemCase.objects.all().delete()
    assert count_of("problems.from_cases", town) == 0
