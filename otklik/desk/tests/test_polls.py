"""Опросы on the desk: the maker, approval, results with bounds, ПОС by a table, proposals, the queue, the decision."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Post, User
from otklik.desk.poll_paper import paper_of
from otklik.desk.poll_results import Told
from otklik.office.errands.models import Errand
from otklik.outreach.polls import services
from otklik.outreach.polls.models import DecisionStep, OuterResult, Poll, Proposal, Sign
from otklik.outreach.polls.results import QuestionResult
from otklik.outreach.polls.services import PollText, ProposalText, QuestionText
from otklik.outreach.polls.tests.cast import vote
from otklik.problems.asking.models import Candidate
from otklik.problems.models import Problem
from otklik.reports.parts import Paragraph
from otklik.topics.models import Topic
from tests.town import Town

pytestmark = pytest.mark.django_db
Enter = Callable[[User], Client]
RUNS, APPROVES = "outreach.polls", "outreach.approve_polls"
WHERE = QuestionText("Где начать?", "single", ("Сквер", "Набережная"))
HOW = QuestionText("Насколько удобно?", "scale", is_required=False)


def page_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"desk:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def do(client: Client, poll: Poll, name: str, **said: object) -> str:
    """A deed on the poll; the sentence of a refusal, empty when it is done."""
    answer = client.post(reverse("desk:poll_deed", args=[poll.pk, name]), said)
    return "" if answer.status_code == 302 else answer.content.decode().replace("\xa0", " ")


def today() -> date:
    return timezone.localdate()


def head_form(**more: object) -> dict[str, object]:
    return {
        "form": "poll",
        "title": "Какой сквер обновить",
        "why": "Решим, что внести в программу.",
        "rules": "Один голос человека.",
        "territory": "Боровичи",
        "audience": "жители",
        "audience_count": 200,
        "place": "portal",
        "access": "open",
        "opens_on": today(),
        "closes_on": today() + timedelta(days=9),
        "ages": "18–34 года: 2 100\n35 лет и старше — 4300",
        "strata_source": "справка статистики",
        **more,
    }


@pytest.fixture
def runner(town: Town) -> User:
    return town.user_with("runner", [RUNS])


@pytest.fixture
def head(town: Town) -> User:
    return town.user_with("head", [RUNS, APPROVES, "office.errands", "problems.manage", "cases.view"])


def running(town: Town, runner: User, head: User, **more: object) -> Poll:
    """A poll that is open today."""
    values: dict[str, Any] = {
        "form": "poll",
        "title": "Какой сквер обновить",
        "why": "Решим, что внести в программу.",
        "rules": "Один голос человека.",
        "territory": "Боровичи",
        "audience": "жители",
        "audience_count": 200,
        "opens_on": today(),
        "closes_on": today() + timedelta(days=9),
        "questions": [WHERE, HOW],
        **more,
    }
    now = timezone.now()
    made = services.draft(town.municipality, PollText(**values), runner, now)
    services.submit(made, runner, now)
    approved = services.approve(made, head, now)
    return approved if approved.place == "pos" else services.open_poll(approved, runner, now)


def voted(poll: Poll, first: int, second: int) -> None:
    for voter in range(first + second):
        answer = "Сквер" if voter < first else "Набережная"
        vote(poll, f"житель {voter}", answer, "4", now=timezone.now())


def ended(town: Town, runner: User, head: User) -> Poll:
    poll = running(town, runner, head)
    voted(poll, 9, 3)
    now = timezone.now()
    services.close(poll, runner, now, "ответили все, кого звали")
    return services.sum_up(poll, "Начать со сквера.", runner, now)


def test_a_poll_is_made_put_in_order_approved_and_opened(
    town: Town, runner: User, head: User, enter: Enter
) -> None:
    client = enter(runner)
    assert "Сейчас опросы не идут" in page_of(client, "polls")
    client.post(reverse("desk:poll_new"), head_form())
    poll = Poll.objects.get(municipality=town.municipality)
    assert [one.population for one in poll.strata.all()] == [2100, 4300]
    assert "Добавьте хотя бы один вопрос." in page_of(client, "poll", poll.pk)
    for place, question in enumerate(
        ({"kind": "text", "text": "Почему?"}, {"kind": "single", "text": "Где начать?"})
    ):
        said = {**question, "options": "Сквер\n\nНабережная", "is_required": "on", "version": place + 1}
        client.post(reverse("desk:poll_question", args=[poll.pk, place]), said)
    moved = client.post(reverse("desk:poll_question_deed", args=[poll.pk, 1, "up"]), {"version": 3})
    assert moved.headers["Location"].endswith("?at=0&way=up#question-0")
    assert [one.text for one in poll.questions.all()] == ["Где начать?", "Почему?"]
    assert [one.text for one in poll.questions.all()[0].options.all()] == ["Сквер", "Набережная"]
    assert "Так опрос увидит житель" in page_of(client, "poll_preview", poll.pk)
    assert do(client, poll, "submit") == ""
    assert "Свой опрос не утверждают" in page_of(client, "poll", poll.pk)
    assert do(enter(head), poll, "approve") == ""
    assert do(client, poll, "open") == ""
    poll.refresh_from_db()
    assert poll.state == "open"
    assert "урна запечатана" in page_of(client, "poll", poll.pk)
    assert "Урна ещё запечатана" in page_of(client, "poll_results", poll.pk)


def test_what_polls_wait_for_stands_on_the_day_of_who_decides(
    town: Town, runner: User, head: User, enter: Enter
) -> None:
    made = services.draft(town.municipality, PollText("discussion", "Парк у реки"), runner, timezone.now())
    Poll.objects.filter(pk=made.pk).update(state="approval")
    assert "Парк у реки" in page_of(enter(head), "day")
    assert "Парк у реки" not in page_of(enter(runner), "day")
    Poll.objects.filter(pk=made.pk).update(
        state="closed", approved_at=timezone.now(), closed_at=timezone.now()
    )
    assert "Подвести итоги" in page_of(enter(town.user_with("other", [RUNS])), "day")
    Poll.objects.filter(pk=made.pk).update(state="open", place="pos", closes_on=today() - timedelta(days=1))
    assert "Внести итоги" in page_of(enter(town.user_with("third", [RUNS])), "day")


def test_a_scale_without_an_end_is_said_beside_the_field_and_nothing_typed_is_lost(
    town: Town, runner: User, enter: Enter
) -> None:
    poll = services.draft(town.municipality, PollText("poll", "Дворы"), runner, timezone.now())
    said = {"kind": "scale", "text": "Удобно ли ходить?", "low": 5, "high": 1, "high_words": "очень удобно"}
    answer = enter(runner).post(reverse("desk:poll_question", args=[poll.pk, 0]), said)
    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert "начало меньше конца" in page and "очень удобно" in page
    assert not poll.questions.exists()


def test_it_says_which_line_of_ages_cannot_be_read(runner: User, enter: Enter) -> None:
    answer = enter(runner).post(reverse("desk:poll_new"), head_form(ages="молодёжь"))
    assert answer.status_code == 422
    assert "Строка 1: напишите группу и число жителей" in answer.content.decode()


def test_a_poll_is_prolonged_and_closed_with_a_reason(
    town: Town, runner: User, head: User, enter: Enter
) -> None:
    poll, client = running(town, runner, head), enter(runner)
    later = today() + timedelta(days=20)
    assert "почему продлён" in do(client, poll, "prolong", closes_on=later)
    assert do(client, poll, "prolong", closes_on=later, why="просят сёла") == ""
    voted(poll, 2, 1)
    assert "закрывают с причиной" in do(client, poll, "close")
    assert do(client, poll, "close", why="ответили все, кого звали") == ""
    assert "Чаще всего выбирали «Сквер» — 67 %" in page_of(client, "poll_results", poll.pk)


def test_results_are_told_with_bounds_and_honest_words(
    town: Town, runner: User, head: User, enter: Enter
) -> None:
    page = page_of(enter(runner), "poll_results", ended(town, runner, head).pk)
    assert "12 участников, отклик 6,0 % от 200." in page
    assert "Чаще всего выбирали «Сквер» — 75 %" in page
    assert "75,0 %" in page and "47–91 %" in page
    assert "Средняя оценка 4,00" in page
    assert 'class="answers__fill is-told" x="0" y="3" width="75.0"' in page


def test_a_map_shows_cells_of_three_points_and_no_single_one() -> None:
    points = [*[(58.3901, 33.9101, "")] * 3, (58.45, 34.2, "")]
    told = Told(1, QuestionResult(1, "Где", "point", 4, points=points), "", (), ())
    assert told.map is not None
    assert [one["label"] for one in told.map["points"]] == ["3"]
    few = Told(1, QuestionResult(1, "Где", "point", 1, points=points[3:]), "", (), ())
    assert few.map is None


def test_the_protocol_tells_rules_answers_and_signs(town: Town, runner: User, head: User) -> None:
    poll = ended(town, runner, head)
    paper = paper_of(poll, timezone.now())
    said = " ".join(part.text for part in paper.parts if isinstance(part, Paragraph)).replace("\xa0", " ")
    assert paper.number == str(poll.number)
    assert "Участвовали: 12 участников, отклик 6,0 % от 200." in said
    assert "Признаков накрутки не замечено." in said
    assert "Вывод. Начать со сквера." in said
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row]
    assert "47–91 %" in cells


def test_a_sign_of_fraud_waits_for_a_person(town: Town, runner: User, head: User, enter: Enter) -> None:
    poll, client = running(town, runner, head), enter(runner)
    voted(poll, 2, 0)
    sign = Sign.objects.create(
        municipality=town.municipality,
        poll=poll,
        kind="network",
        key="1",
        words="Из одной сети 12 голосов.",
        votes=12,
        sureness=0.6,
        found_at=timezone.now(),
    )
    services.close(poll, runner, timezone.now(), "срок вышел")
    assert "Сначала разберите 1 признак накрутки" in page_of(client, "poll", poll.pk)
    assert "неразобранные признаки" in do(client, poll, "sum-up", words="итог")
    client.post(reverse("desk:poll_sign", args=[sign.pk]), {"words": "это школа"})
    assert do(client, poll, "sum-up", words="Начать со сквера.") == ""
    assert "это школа" in page_of(client, "poll_results", poll.pk)


def table(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("itogi.csv", "\n".join(("Вопрос;Ответ;Голосов", *rows)).encode())


def test_results_of_pos_are_brought_by_the_authorised_person_alone(
    town: Town, runner: User, head: User, enter: Enter
) -> None:
    poll = running(town, runner, head, place="pos")
    authorised = enter(town.user_with("pos", [], role_key="pos_officer"))
    link = {"link": "https://pos.example/1"}
    assert "муниципальный уполномоченный" in do(enter(runner), poll, "publish", **link)
    assert do(authorised, poll, "publish", **link) == ""
    wrong = table("Где начать?;Сквер;сорок")
    refusal = do(authorised, poll, "results", people=50, file=wrong)
    assert "Строка 2, столбец «Голосов»: «сорок» — не целое число" in refusal
    stranger = table("Где начать?;Сквер;30", "Где начать?;Парк;5")
    assert "Строка 3, столбец «Ответ»" in do(authorised, poll, "results", people=50, file=stranger)
    more = table("Где начать?;Сквер;30", "Где начать?;Набережная;25")
    assert "голосов 55, а участников 50" in do(authorised, poll, "results", people=50, file=more)
    good = table("Где начать?;Сквер;30", "Где начать?;Набережная;15", "Насколько удобно?;4;40")
    assert do(authorised, poll, "results", people=50, file=good) == ""
    assert sorted(OuterResult.objects.filter(poll=poll).values_list("votes", flat=True)) == [15, 30, 40]
    assert "50 участников" in page_of(authorised, "poll_results", poll.pk)


def test_proposals_are_moderated_with_a_reason_and_answered(
    town: Town, runner: User, head: User, enter: Enter
) -> None:
    poll = running(town, runner, head, form="discussion", questions=[])
    said = [("Лавки", "Поставить лавки у пруда"), ("Гараж", "Продам гараж, звоните 8 900 123-45-67")]
    lamps, ad = (
        services.propose(poll, ProposalText(title, text, title), timezone.now()) for title, text in said
    )
    client = enter(runner)
    page = page_of(client, "poll_proposals", poll.pk)
    assert "На проверке 2 предложения" in page and "123-45-67" not in page
    client.post(reverse("desk:poll_proposal", args=[lamps.pk, "show"]))
    without = client.post(reverse("desk:poll_proposal", args=[ad.pk, "refuse"]), {"reason": " "})
    assert "Назовите пункт правил" in without.content.decode()
    client.post(reverse("desk:poll_proposal", args=[ad.pk, "refuse"]), {"reason": "объявления не публикуем"})
    answer = {"verdict": "accepted", "answer": "Поставим до 1 июня."}
    client.post(reverse("desk:poll_proposal", args=[lamps.pk, "answer"]), answer)
    states = dict(Proposal.objects.filter(poll=poll).values_list("title", "state"))
    assert states == {"Лавки": "shown", "Гараж": "refused"}
    answered = client.get(
        reverse("desk:poll_proposals", args=[poll.pk]), {"show": "answered"}
    ).content.decode()
    assert "Поставим до 1 июня." in answered


def test_a_decision_is_carried_out_by_an_errand_and_shown_to_voters(
    town: Town, runner: User, head: User, enter: Enter
) -> None:
    poll, client = ended(town, runner, head), enter(head)
    said = {"text": "Обновить сквер", "ground": "за него девять из двенадцати"}
    assert do(client, poll, "decide", **said) == ""
    post = Post.objects.filter(municipality=town.municipality).first()
    assert post is not None
    due = today() + timedelta(days=30)
    assert do(client, poll, "step", text="Поставить лавки", post=post.pk, due_on=due) == ""
    step = DecisionStep.objects.get()
    client.post(reverse("desk:poll_step", args=[step.pk, "errand"]))
    errand = Errand.objects.get(kind="poll", source_id=step.pk)
    assert errand.text == "Поставить лавки" and errand.due_on == due
    assert f"поручение № {errand.number}" in page_of(client, "poll", poll.pk)
    open_page = reverse("portal:poll", args=[town.municipality.key, poll.number])
    seen = Client().get(open_page).content.decode().replace("\xa0", " ")
    assert "Обновить сквер" in seen and "Поставить лавки" in seen and "поручено" in seen
    client.post(reverse("desk:poll_step", args=[step.pk, "done"]), {"proof": "Двенадцать лавок стоят"})
    assert "Двенадцать лавок стоят" in Client().get(open_page).content.decode()


def test_results_raise_a_problem_with_their_ground(
    town: Town, runner: User, head: User, enter: Enter
) -> None:
    poll, client = ended(town, runner, head), enter(head)
    assert do(client, poll, "problem", title="Сквер запущен") == ""
    problem = Problem.objects.get(source="polls")
    assert problem.ground_link == f"/polls/{poll.pk}/"
    assert problem.number in page_of(client, "poll", poll.pk)


def question(town: Town) -> Candidate:
    return Candidate.objects.create(
        municipality=town.municipality,
        seed="topic:roads",
        title="С какого места начать: ямы",
        form="vote",
        topic=Topic.objects.order_by("pk").first(),
        sources=["growth"],
        priority=62,
        sureness=0.8,
        reason="40 сообщений за 90 дней",
        figures={"parts": {"reach": 40}, "places": [[1, "с. Ключи", 22], [2, "с. Лесное", 11]]},
        since=today() - timedelta(days=90),
        until=today(),
        at=timezone.now(),
        counted_at=timezone.now(),
    )


def test_a_question_of_the_queue_becomes_a_draft_by_one_press(town: Town, runner: User, enter: Enter) -> None:
    found, client = question(town), enter(runner)
    page = page_of(client, "poll_queue")
    assert "Стоит спросить жителей: 1 вопрос" in page and "40 сообщений за 90 дней" in page
    client.post(reverse("desk:poll_queue_deed", args=[found.pk, "take"]))
    poll = Poll.objects.get(municipality=town.municipality)
    first = poll.questions.order_by("position").first()
    assert first is not None
    assert [one.text for one in first.options.all()] == ["с. Ключи", "с. Лесное", "В другом месте"]
    found.refresh_from_db()
    assert (found.state, found.poll_id) == ("taken", poll.pk)


def test_a_question_is_refused_only_with_a_reason(town: Town, runner: User, enter: Enter) -> None:
    found, client = question(town), enter(runner)
    address = reverse("desk:poll_queue_deed", args=[found.pk, "refuse"])
    assert "почему не спрашиваем" in client.post(address, {"words": ""}).content.decode()
    client.post(address, {"words": "решает область"})
    found.refresh_from_db()
    assert (found.state, found.words) == ("refused", "решает область")
