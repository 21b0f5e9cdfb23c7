"""Coordination through a month: the plan, requests, affairs with others, proposals, methods, visas, acts."""

from collections.abc import Sequence
from datetime import date, timedelta

from otklik.accounts.models import Holding, Post, User
from otklik.accounts.selectors import bodies_of
from otklik.analytics.heatmap.selectors import Asked as MapQuestion
from otklik.analytics.heatmap.selectors import matrix_of
from otklik.analytics.heatmap.slices import SliceText, hand_slice, keep_slice
from otklik.analytics.models import FactMark
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, quarter_of
from otklik.config.demo.year.cast import Cast
from otklik.desk.heatmap_export import to_workbook
from otklik.office.coordination.composed import Change, changes_of, without_act
from otklik.office.coordination.models import MethodNote, Visa, WorkPlan
from otklik.office.coordination.rules import MOST_ITEMS, plan_period
from otklik.office.coordination.services import affairs, inquiries, papers, plans, proposals
from otklik.office.coordination.services.composition import ActWords, note_act
from otklik.topics.models import Block, Topic

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
LESSONS = (
    "Ответы в соцсетях простыми словами",
    "Сроки по 59-ФЗ и как их считать",
    "Работа в ПОС без возвратов",
)
LESSON_RESULT = "Разобрали двенадцать ответов, каждый переписал один свой. Памятка разослана."
PROPOSALS = (
    (
        "Ямы на въездах в сёла",
        "Поручить проверить гарантию подрядчика.",
        "41 сообщение за месяц, год назад 19",
    ),
    ("Фонари гаснут после дождя", "Перевести линию на закрытые щиты.", "26 сообщений за месяц, 9 повторных"),
)
METHODS = (
    (
        "Как ответить на сообщение в соцсети",
        "social",
        "Первая строка — что сделано. Дальше день и кто отвечает.",
    ),
    (
        "Порядок и сроки обработки",
        "processing",
        "Взять в работу в день поступления. Проект — за два дня до срока.",
    ),
    ("Три признака хорошего ответа", "answers", "Ответ по вопросу, со сроком, без чужих личных данных."),
)
CHANGED = "Ответы по дворам проверяет второй сотрудник до согласования: раньше этого не делали."


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
    _cooperate(town, month, cast, number)
    if number % 2 == 0:
        _propose(town, month, cast, head, number)
    if number % 3 == 1:
        _teach(town, month, cast, head, number // 3)
        _send_round(town, month, cast, head)
        _equip(town, month, cast, head)
    if number in (2, 7):
        _change_work(town, month, cast, head)
    if number % 3 == 0:
        _keep_map(town, month, cast)
    _name_acts(town, month, cast)


def _plan(town: Municipality, month: Period, cast: Cast, head: User, curator: User) -> None:
    """The quarter's plan: drafted, posts named, approved; then its lines are done as their days come."""
    quarter = plan_period(month.since)
    plan = WorkPlan.objects.filter(municipality=town, since=quarter.since, until=quarter.until).first()
    if plan is None:
        plan = plans.draft_plan(town, quarter, head, cast.at(cast.day_in(month, 0), 9))
        post = _posts(town, 1)[0]
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
        posts=_posts(town, 1),
    )
    _note(town, said, MEETING_RESULT, head, cast)


def _cooperate(town: Municipality, month: Period, cast: Cast, number: int) -> None:
    """A block and a department agree on something; the coordinator helps where there is one."""
    blocks = list(Block.objects.filter(municipality=town).order_by("position"))
    helper = next((one for one in cast.of_role("coordinator") if one in cast.everyone("office.attend")), None)
    heads = cast.of_block(blocks[number % len(blocks)].key) if blocks else []
    by = next((one for one in heads if one in cast.everyone("office.attend")), None)
    for who, title in (
        (by, "Сверка сроков блока с центром"),
        (helper, "Помощь координатора: доступ к данным ЦУР"),
    ):
        if who is None:
            continue
        block = blocks[number % len(blocks)].key if who == by and blocks else ""
        day = cast.day_in(month, 0.7)
        said = affairs.AffairText("cooperation", title, day, with_whom="Администрация", block_key=block)
        _note(
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


def _teach(town: Municipality, month: Period, cast: Cast, head: User, place: int) -> None:
    """A training with the region's centre, and a method note read by those it is for."""
    centre = bodies_of(town).filter(kind="region_centre").order_by("pk").first()
    said = affairs.AffairText(
        "training",
        LESSONS[place % len(LESSONS)],
        cast.day_in(month, 0.5),
        partner=centre,
        with_whom="" if centre else "ЦУР",
        programme="Правило, пять примеров, работа над своим ответом.",
        posts=_posts(town, 5),
    )
    _note(town, said, LESSON_RESULT, head, cast)
    day = cast.day_in(month, 0.6)
    maker = next((one for key in papers.METHOD_MAKERS for one in cast.everyone(key)), head)
    title, theme, text = METHODS[place % len(METHODS)]
    if not cast.has_come(day):
        return
    note = MethodNote.objects.filter(municipality=town, title=title).first()
    if note is None:
        note = papers.issue_method(town, papers.MethodWords(title, theme, text), [], maker, cast.at(day, 11))
    else:
        papers.renew_method(note, f"{text} Пример — в конце.", "добавлен пример", [], maker, cast.at(day, 11))
    after = cast.calendar.add_working_days(day, 2)
    if cast.has_come(after):
        for reader in papers.readers_of(note, cast.today)[:6]:
            papers.read_method(note, reader, cast.at(after, 10))


def _send_round(town: Municipality, month: Period, cast: Cast, head: User) -> None:
    day = cast.day_in(month, 0.2)
    blocks = list(Block.objects.filter(municipality=town).order_by("position").values_list("key", flat=True))
    if not blocks or not cast.has_come(day):
        return
    title = f"Порядок обмена сведениями, {month.since.year}"
    text = "Орган отвечает центру за два рабочих дня. О задержке говорит в тот же день."
    due = cast.calendar.add_working_days(day, 5)
    sheet = papers.send_round(town, title, text, due, blocks, head, cast.at(day, 12))
    signed = cast.calendar.add_working_days(day, 3)
    for visa in Visa.objects.filter(sheet=sheet).select_related("municipality").order_by("block_title", "pk"):
        heads = papers.heads_of(town, visa.block_key, cast.today)
        if heads and cast.has_come(signed):
            papers.put_visa(visa, "agreed", "", heads[0], cast.at(signed, 11))


def _equip(town: Municipality, month: Period, cast: Cast, head: User) -> None:
    day = cast.day_in(month, 0.35)
    said = affairs.AffairText(
        "support",
        "Рабочее место и доступ для сотрудника центра",
        day,
        with_whom="Администрация",
        means="equipment",
    )
    _note(town, said, "Место выделено, доступ открыт, расходы внесены в смету.", head, cast)


def _change_work(town: Municipality, month: Period, cast: Cast, head: User) -> None:
    topic = Topic.objects.filter(group="improvement", is_open=True).order_by("position").first()
    day = cast.day_in(month, 0.15)
    said = affairs.AffairText(
        "process", "Второй читатель у ответов по дворам", day, topic=topic, programme=CHANGED
    )
    _note(town, said, "Порядок введён, исполнители извещены.", head, cast)


def _keep_map(town: Municipality, month: Period, cast: Cast) -> None:
    """The map of the quarter, kept for the meeting and handed over to the region."""
    by, day = cast.who("analytics.study"), cast.day_in(month, 0.9)
    mark = FactMark.objects.filter(municipality=town).first()
    if by is None or mark is None or mark.brought_at is None or not cast.has_come(day):
        return
    quarter = quarter_of(month.since.year, (month.since.month + 2) // 3)
    period = Period(quarter.since, min(quarter.until, day))
    asked = MapQuestion(period, before(quarter))
    matrix = matrix_of(town, asked)
    content = to_workbook(town, matrix, asked)
    said = SliceText(period, "", matrix.total, content, "Где в следующем квартале чинить дороги и дворы")
    kept = keep_slice(town, said, by, cast.at(day, 12))
    where = f"BI {charter_of(town).identity.regional_centre or 'ЦУР'}"
    hand_slice(kept, where, f"{month.since:%m}-{kept.cards}", by, cast.at(day, 16))


def _name_acts(town: Municipality, month: Period, cast: Cast) -> None:
    """The first month names the act of the composition; later ones the acts of what has changed."""
    by, day = cast.who("accounts.manage"), cast.day_in(month, 0.1)
    bare = [one for one in without_act(changes_of(town, day)) if one.day <= day]
    if by is None or not bare or not cast.has_come(day):
        return
    begun, ended = _ids(bare, "begun"), _ids(bare, "ended")
    number = f"{month.since:%m}-р"
    note_act(
        town,
        ActWords("распоряжение", number, day, day, "О составе центра", begun, ended),
        [],
        by,
        cast.at(day),
    )


def _ids(changes: Sequence[Change], what: str) -> list[int]:
    return [one.holding.pk for one in changes if one.what == what]


def _note(town: Municipality, said: affairs.AffairText, result: str, by: User, cast: Cast) -> None:
    """Written down four days ahead, its result on the day; what is still ahead stays planned."""
    made = affairs.note_affair(town, said, by, cast.at(said.day - timedelta(days=4), 10))
    if cast.has_come(said.day):
        came = [one.post for one in made.participants.select_related("post")]
        affairs.hold_affair(made, result, _local(cast, said.day), came, [], by, cast.at(said.day, 17))


def _local(cast: Cast, day: date) -> date:
    return min(day, cast.today)


def _posts(town: Municipality, count: int) -> list[Post]:
    """Posts that somebody holds, in a steady order."""
    held = Holding.objects.filter(municipality=town, until=None, post__isnull=False).values("post")
    return list(Post.objects.filter(pk__in=held).order_by("pk")[:count])
