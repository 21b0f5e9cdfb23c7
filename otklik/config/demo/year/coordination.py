"""Coordination through a month: the plan, requests, affairs with others, proposals."""

from datetime import timedelta

from otklik.accounts.models import User
from otklik.accounts.selectors import bodies_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.affair import play_affair, posts_held
from otklik.config.demo.year.cast import Cast
from otklik.config.demo.year.own_work import play_own_work
from otklik.office.coordination.models import WorkPlan
from otklik.office.coordination.rules import MOST_ITEMS, plan_period
from otklik.office.coordination.services import affairs, inquiries, plans, proposals
from otklik.topics.models import Block

QUESTIONS = (
    ("statistics", "Заявки на ямочный ремонт", "Сколько заявок принято и закрыто за месяц, по улицам."),
    ("documents", "График вывоза ТКО", "Действующий график и акты о срывах за месяц."),
    ("reference", "Отопление в домах", "Какие дома без тепла дольше суток, причина и день пуска."),
)

ANSWER = "Сведения за месяц: принято 38 заявок, закрыто 31, семь в работе до конца следующего месяца."

MEETINGS = (
    "Планёрка по благоустройству",
    "Комиссия по безопасности дорожного движения",
    "Штаб отопительного сезона",
)

MEETING_RESULT = "Доложили число сообщений и три адреса, где жалуются чаще. Адреса взяты в план работ органа."

PROPOSALS = (
    (
        "Ямы на въездах в сёла",
        "Поручить проверить гарантию подрядчика.",
        "41 сообщение за месяц, год назад 19",
    ),
    ("Фонари гаснут после дождя", "Перевести линию на закрытые щиты.", "26 сообщений за месяц, 9 повторных"),
)


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """What the centre does with others in a month; quietly less where nobody has the right."""
    head, curator = cast.who("office.organise"), cast.who("office.chair")
    if head is None:
        return
    number = month.since.month
    if curator is not None:
        _plan(town, month, cast, head, curator)
    _ask(town, month, cast, number)
    _meet_others(town, month, cast, head, number)
    _cooperate(town, month, cast, head, number)
    if number % 2 == 0:
        _propose(town, month, cast, head, number)
    play_own_work(town, month, cast, head)


def _plan(town: Municipality, month: Period, cast: Cast, head: User, curator: User) -> None:
    """The quarter's plan: drafted, posts named, approved; then its lines are done as their days come."""
    quarter = plan_period(month.since)
    plan = WorkPlan.objects.filter(municipality=town, since=quarter.since, until=quarter.until).first()
    if plan is None:
        plan = plans.draft_plan(town, quarter, head, cast.at(cast.day_in(month, 0), 9))
        post = posts_held(town, 1)[0]
        for item in plan.items.filter(post=None)[:MOST_ITEMS]:
            plans.edit_item(item, plans.ItemText(item.text, item.due, post, ground=item.ground), head)
        if not plan.items.exists():
            said = plans.ItemText("Сверить телефоны и адреса органов", month.until, post)
            plans.add_item(plan, said, head, cast.at(cast.day_in(month, 0), 10))
        plans.approve_plan(plan, curator, cast.at(cast.day_in(month, 0.05), 11))
        plan.refresh_from_db()
    for item in plan.items.filter(done_at=None, dropped_at=None, due__lte=month.until).order_by(
        "due", "number"
    ):
        if not cast.has_come(item.due) or item.number % 11 == 0:
            continue
        proof = (
            "Сделано в срок, запись в системе" if item.number % 7 else "Сделано, задержали сведения органов"
        )
        late = 0 if item.number % 7 else 2
        plans.mark_done(item, proof, "", None, head, cast.at(item.due + timedelta(days=late), 15))


def _ask(town: Municipality, month: Period, cast: Cast, number: int) -> None:
    """Materials of two departments; answered, assembled, the last month's still waits."""
    by = cast.who("office.errands")
    bodies = [
        one for one in bodies_of(town).filter(is_external=False).order_by("pk") if cast.who("cases.work", one)
    ]
    if by is None or not bodies:
        return
    day = cast.day_in(month, 0.3)
    if not cast.has_come(day):
        return
    kind, title, text = QUESTIONS[number % len(QUESTIONS)]
    chosen = [bodies[number % len(bodies)], bodies[(number + 1) % len(bodies)]]
    asked = inquiries.Asked(
        kind,
        title,
        text,
        cast.day_in(month, 0.6) + timedelta(days=number % 3 + 1),
        list(dict.fromkeys(chosen)),
    )
    made = inquiries.ask(town, asked, by, cast.at(day, 10))
    for part in made.parts.select_related("body", "municipality", "inquiry__municipality"):
        answered = cast.day_in(month, 0.55)
        worker = cast.who("cases.work", part.body)
        if worker is not None and cast.has_come(answered):
            inquiries.answer_part(part, ANSWER, [], worker, cast.at(answered, 14))
    if not made.parts.filter(answered_at=None).exists() and cast.has_come(cast.day_in(month, 0.6)):
        inquiries.assemble(made, inquiries.proposed_result(made), by, cast.at(cast.day_in(month, 0.6), 16))


def _meet_others(town: Municipality, month: Period, cast: Cast, head: User, number: int) -> None:
    bodies = list(bodies_of(town).filter(is_external=False).order_by("pk"))
    said = affairs.AffairText(
        "outer_meeting",
        MEETINGS[number % len(MEETINGS)],
        cast.day_in(month, 0.4),
        partner=bodies[number % len(bodies)] if bodies else None,
        with_whom="Администрация",
        posts=posts_held(town, 1),
    )
    play_affair(town, said, MEETING_RESULT, head, cast)


def _cooperate(town: Municipality, month: Period, cast: Cast, head: User, number: int) -> None:
    """A block and a department agree on something; the coordinator helps where there is one."""
    blocks = list(Block.objects.filter(municipality=town).order_by("position"))
    helper = next((one for one in cast.of_role("coordinator") if one in cast.everyone("office.attend")), None)
    heads = cast.of_block(blocks[number % len(blocks)].key) if blocks else []
    by = next((one for one in heads if one in cast.everyone("office.attend")), None)
    if by is None and helper is None:
        helper = head
    for who, title in (
        (by, "Сверка сроков блока с центром"),
        (helper, "Сверка данных с ЦУР: доступ и сроки"),
    ):
        if who is None:
            continue
        block = blocks[number % len(blocks)].key if who == by and blocks else ""
        day = cast.day_in(month, 0.7)
        said = affairs.AffairText("cooperation", title, day, with_whom="Администрация", block_key=block)
        play_affair(
            town,
            said,
            "Договорились: сведения по просроченным — каждую пятницу, ответственный назван.",
            who,
            cast,
        )


def _propose(town: Municipality, month: Period, cast: Cast, head: User, number: int) -> None:
    day = cast.day_in(month, 0.5)
    if not cast.has_come(day):
        return
    problem, text, figures = PROPOSALS[number // 2 % len(PROPOSALS)]
    bodies = list(bodies_of(town).filter(is_external=False).order_by("pk"))
    decider = cast.who("office.errands", but=head)
    for kind in ("head", "participation"):
        body = bodies[number % len(bodies)] if kind == "participation" and bodies else None
        if kind == "participation" and body is None:
            continue
        said = proposals.ProposalText(kind, problem, text, figures, "/summary/", body)
        made = proposals.propose(town, said, head, cast.at(day, 10))
        after = cast.calendar.add_working_days(day, 3)
        if decider is not None and cast.has_come(after):
            words, due = "Согласен. Доложить о результате.", after + timedelta(days=14)
            proposals.decide(made, "accepted", words, due, decider, cast.at(after, 12))
