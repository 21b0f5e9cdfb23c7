"""Publications of a year: three posts a month with their figures and reach, and a month of plan ahead of today."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PIL import Image, ImageDraw

from otklik.accounts.models import User
from otklik.analytics.selectors import sums
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import number
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


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """What went out in the month; in the running one also what is planned for the next four weeks."""
    author = cast.who("outreach.publish")
    if author is None:
        return
    head = cast.who("outreach.approve", but=author) or cast.who("outreach.approve") or author
    pages = list(pages_to_post(town).order_by("pk"))
    if not pages:
        return
    for place, share in enumerate((0.2, 0.5, 0.8)):
        day = cast.day_in(month, share)
        if cast.has_come(day):
            page = _page(pages, month.since.month + place)
            _tell(town, month, place, page, day, (author, head), cast)
    if month.until == cast.today:
        _plan_ahead(town, pages, author, head, cast)


def _page(pages: Sequence[OfficialPage], turn: int) -> OfficialPage:
    """Pages kept through the publication system come first: their clauses ask for it."""
    ordered = sorted(pages, key=lambda page: (not page.in_publics_system, page.pk))
    return ordered[turn % len(ordered)] if turn % 3 else ordered[0]


def _tell(
    town: Municipality,
    month: Period,
    place: int,
    page: OfficialPage,
    day: date,
    people: tuple[User, User],
    cast: Cast,
) -> None:
    """Written in the morning, agreed to before noon, out at one, looked at in a week."""
    author, head = people
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
    if place == 0:
        before = Period(month.since - timedelta(days=31), month.since - timedelta(days=1))
        cut = sums([town.pk], before, ("topic",), None, ("received",))
        known = Topic.objects.in_bulk([key for (key,) in cut if key], field_name="key")
        most = max(((one["received"], key) for (key,), one in cut.items() if key in known), default=None)
        if most is not None and most[0]:
            told = FROM_ANALYSIS.text.format(topic=known[most[1]].title, count=_cards(most[0]))
            figures = [Figure("карточек по теме за месяц", number(most[0]), f"/cases/?topic={most[1]}")]
            return (
                Talk(FROM_ANALYSIS.rubric, FROM_ANALYSIS.audience, FROM_ANALYSIS.title, told),
                figures,
                most[1],
            )
    return TALKS[(month.since.month * 2 + place) % len(TALKS)], [], ""


def _cards(count: int) -> str:
    return f"карточек {number(count)}"


def _plan_ahead(
    town: Municipality, pages: Sequence[OfficialPage], author: User, head: User, cast: Cast
) -> None:
    """Four weeks of plan in every state a board shows, pictures and templates to begin from."""
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
        talk = TALKS[place % len(TALKS)]
        at = datetime.combine(day, datetime.min.time(), cast.zone).replace(hour=9 + place % 9)
        chosen = pages if place % 4 == 0 else [pages[place % len(pages)]]
        _plan_one(
            town, talk, chosen, at, items[place % 2] if place % 2 else None, place, (author, head), cast
        )


def _plan_one(
    town: Municipality,
    talk: Talk,
    pages: Sequence[OfficialPage],
    at: datetime,
    picture: MediaItem | None,
    place: int,
    people: tuple[User, User],
    cast: Cast,
) -> Material:
    author, head = people
    material = write(
        town,
        title=talk.title,
        text=talk.text,
        pages=pages,
        at=at,
        by=author,
        rubric=talk.rubric,
        audience=talk.audience,
        picture=picture,
        now=cast.now,
    )
    if place % 3 < 2:
        material = submit(material, author, cast.now)
    return approve(material, head, cast.now) if place % 3 == 0 else material


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
