"""The content plan of a training town: posts out with their figures and reach, a month of plan ahead of today.

Posts are marked as placed by hand with links that lead nowhere; nothing is sent.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from PIL import Image, ImageDraw

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_remembered
from otklik.analytics.selectors import sums
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count, number
from otklik.config.demo.year.cast import Cast
from otklik.outreach.content.models import Material, MediaItem, Post
from otklik.outreach.content.rules import Figure
from otklik.outreach.content.selectors import pages_to_post
from otklik.outreach.content.services import (
    add_picture,
    approve,
    mark_publics,
    note_reach,
    place_by_hand,
    set_template,
    submit,
    write,
)
from otklik.outreach.models import OfficialPage
from otklik.topics.models import Topic

DAYS_AHEAD = 28
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Talk:
    """What the centre tells: under which rubric, to whom."""

    rubric: str
    audience: str
    title: str
    text: str


TALKS: Sequence[Talk] = (
    Talk("works", "owners", "График ремонта сетей на неделю",
         "На этой неделе бригады меняют задвижки на трёх улицах.\n\nВоды не будет с 9 до 17 часов, к вечеру её"
         " вернут. Адреса и дни — в графике на сайте администрации. Телефон аварийной службы 112."),
    Talk("safety", "drivers", "Гололёд: где посыпают в первую очередь",
         "Первыми посыпают подъёмы, остановки и дороги к школам.\n\nЕсли во дворе скользко, напишите адрес:"
         " заявка попадёт подрядчику в тот же день."),
    Talk("done", "everyone", "Сделано по вашим обращениям",
         "Почти все сообщения об освещении закрыты: лампы заменили, опору у школы поставили ровно.\n\nЧто ещё"
         " в работе и к какому дню — в списке на нашем сайте."),
    Talk("rights", "seniors", "Как оформить перерасчёт за тепло",
         "Если в квартире холоднее 18 градусов, позвоните в управляющую организацию: температуру измерят и"
         " составят акт.\n\nПо акту пересчитают плату. Телефон горячей линии — на квитанции."),
    Talk("news", "parents", "Автобус к школе пойдёт раньше",
         "С понедельника первый рейс к школе отправляется на десять минут раньше.\n\nРасписание висит на"
         " остановках и стоит на сайте администрации."),
    Talk("polls", "youth", "Выберите место для спортивной площадки",
         "Предложены три двора. Голосование идёт до конца месяца на нашем портале, один житель — один голос."),
    Talk("answers", "owners", "Почему мусор вывозят не каждый день",
         "Вывоз идёт по графику: он зависит от числа жильцов и контейнеров.\n\nЕсли контейнер полон раньше,"
         " пришлите снимок: регулятор проверит график и добавит рейс."),
    Talk("people", "everyone", "Субботник у реки",
         "В субботу в 10 часов собираемся у моста. Мешки и перчатки выдадим, мусор вывезем в тот же день."),
)  # fmt: skip
FROM_ANALYSIS = Talk(
    "answers",
    "everyone",
    "О чём чаще всего писали в прошлом месяце",
    "Чаще всего жители писали о теме «{topic}»: {count} за месяц.\n\nЧто сделано и что будет дальше,"
    " рассказываем по каждому адресу в карточках обращений. Если вопрос не решён, напишите ещё раз.",
)
TEMPLATES = (
    ("Отключение воды", "works",
     "С {начало} до {конец} не будет воды: {адреса}.\n\nПричина: {причина}. Подвоз: {подвоз}."),
    ("Сделано по обращению", "done", "Жители просили: {просьба}.\n\nСделали: {сделано}. Срок гарантии: {гарантия}."),
)  # fmt: skip
PICTURES = (
    ("Ремонт на улице", "Схема улицы: участок ремонта отмечен жёлтым, объезд показан стрелкой", "steelblue"),
    ("Двор с площадкой", "Рисунок двора: дома по краям, посередине новая детская площадка", "seagreen"),
)


@dataclass(frozen=True)
class Plan:
    """Where and by whom the town tells: its open pages, who writes, who agrees."""

    town: Municipality
    pages: Sequence[OfficialPage]
    author: User
    head: User
    cast: Cast


def plan_of(town: Municipality, cast: Cast) -> Plan | None:
    """None where nobody keeps pages, or there are none."""
    author = cast.who("outreach.publish")
    pages = list(pages_to_post(town).filter(owner="administration").order_by("pk"))
    if author is None or not pages:
        return None
    head = cast.who("outreach.approve", but=author) or cast.who("outreach.approve") or author
    return Plan(town, pages, author, head, cast)


def make_content(town: Municipality, now: datetime) -> None:
    """Posts of the running month and the plan of the next one; once."""
    cast = Cast(town, now)
    plan = plan_of(town, cast)
    if plan is None or Material.objects.filter(municipality=town).exists():
        return
    past = Period(cast.today - timedelta(days=30), cast.today)
    with rights_remembered():
        for place, share in enumerate((0.1, 0.4, 0.6, 0.8)):
            tell(plan, past, place, cast.day_in(past, share))
        plan_ahead(plan)


def _page(pages: Sequence[OfficialPage], turn: int) -> OfficialPage:
    """Pages kept through the publication system come first: their clauses ask for it."""
    ordered = sorted(pages, key=lambda page: (not page.in_publics_system, page.pk))
    return ordered[turn % len(ordered)] if turn % 2 else ordered[0]


def tell(plan: Plan, month: Period, place: int, day: date) -> None:
    """Written in the morning, agreed to before noon, out at one, looked at in a week."""
    town, author, head, cast = plan.town, plan.author, plan.head, plan.cast
    page = _page(plan.pages, month.since.month + place)
    talk, figures, topic = _talk(town, month, place)
    material = write(
        town,
        title=talk.title,
        text=talk.text,
        pages=[page],
        at=cast.at(day, 13),
        by=author,
        rubric=talk.rubric,
        audience=talk.audience,
        topic_key=topic,
        figures=figures,
        now=cast.at(day, 9),
    )
    approve(submit(material, author, cast.at(day, 10)), head, cast.at(day, 11))
    post = Post.objects.select_related("page", "municipality", "material").get(material=material)
    post = place_by_hand(post, f"{page.url.rstrip('/')}?w=wall-{material.number}", author, cast.at(day, 13))
    if page.in_publics_system:
        post = mark_publics(post, "", author, cast.at(day, 14))
    seen = cast.at(day + WEEK, 10)
    if seen < cast.now:
        views = 300 + cast.chance.randrange(900)
        numbers = {"views": views, "likes": views // 40, "comments": views // 110, "reposts": views // 150}
        note_reach(post, numbers, author, seen)


def _talk(town: Municipality, month: Period, place: int) -> tuple[Talk, list[Figure], str]:
    """The first of the month goes by the analysis of the month before, the others by the calendar."""
    found = _loudest(town, month) if place == 0 else None
    if found is None:
        return TALKS[(month.since.month * 2 + place) % len(TALKS)], [], ""
    topic, cards = found
    told = FROM_ANALYSIS.text.format(
        topic=topic.title, count=count(cards, "карточка", "карточки", "карточек")
    )
    figures = [Figure("карточек по теме за месяц", number(cards), f"/cases/?topic={topic.key}")]
    return replace(FROM_ANALYSIS, text=told), figures, topic.key


def _loudest(town: Municipality, month: Period) -> tuple[Topic, int] | None:
    """The topic of the month before with most cards; of this one where a town has no past."""
    before = Period(month.since - timedelta(days=31), month.since - timedelta(days=1))
    for span in (before, month):
        cut = sums([town.pk], span, ("topic",), None, ("received",))
        known = {topic.key: topic for topic in Topic.objects.filter(key__in=[key for (key,) in cut if key])}
        most = max(((one["received"], key) for (key,), one in cut.items() if key in known), default=(0, ""))
        if most[0]:
            return known[most[1]], int(most[0])
    return None


def plan_ahead(plan: Plan) -> None:
    """Four weeks of plan in every state a board shows, pictures and templates to begin from."""
    town, author, cast = plan.town, plan.author, plan.cast
    for title, rubric, text in TEMPLATES:
        set_template(town, title, text, rubric, author, cast.now)
    items = [
        add_picture(
            town,
            _drawn(colour),
            "risunok",
            title=title,
            alt=alt,
            source="рисунок МЦУ",
            by=author,
            now=cast.now,
        )
        for title, alt, colour in PICTURES
    ]
    days = [cast.today + timedelta(days=ahead) for ahead in range(1, DAYS_AHEAD + 1)]
    working = [day for day in days if cast.calendar.is_working(day)]
    for place, day in enumerate(working[:: max(len(working) // 12, 1)]):
        at = datetime.combine(day, datetime.min.time(), cast.zone).replace(hour=9 + place % 9)
        _plan_one(
            plan, TALKS[place % len(TALKS)], at, items[place // 2 % len(items)] if place % 2 else None, place
        )


def _plan_one(plan: Plan, talk: Talk, at: datetime, picture: MediaItem | None, place: int) -> Material:
    """Every fourth goes to all pages; a third is agreed to, a third waits, a third is a draft."""
    author, now = plan.author, plan.cast.now
    pages = plan.pages if place % 4 == 0 else [plan.pages[place % len(plan.pages)]]
    material = write(
        plan.town,
        title=talk.title,
        text=talk.text,
        pages=pages,
        at=at,
        by=author,
        rubric=talk.rubric,
        audience=talk.audience,
        picture=picture,
        now=now,
    )
    if place % 3 < 2:
        material = submit(material, author, now)
    return approve(material, plan.head, now) if place % 3 == 0 else material


def _drawn(colour: str) -> bytes:
    """A drawing, so that no real place or person is shown."""
    image = Image.new("RGB", (1200, 800), "whitesmoke")
    pencil = ImageDraw.Draw(image)
    pencil.rectangle((0, 520, 1200, 800), fill=colour)
    for left in range(80, 1100, 260):
        pencil.rectangle((left, 220, left + 180, 520), fill="lightgrey", outline="dimgrey", width=4)
        for top in range(250, 500, 80):
            pencil.rectangle((left + 30, top, left + 70, top + 45), fill="khaki")
            pencil.rectangle((left + 110, top, left + 150, top + 45), fill="khaki")
    pencil.line((40, 660, 1160, 660), fill="gold", width=18)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
