"""What the centre does for itself through a month: training, methods, visas, equipment, the map, acts."""

from collections.abc import Sequence

from otklik.accounts.models import User
from otklik.accounts.selectors import bodies_of
from otklik.analytics.heatmap.selectors import Asked as MapQuestion
from otklik.analytics.heatmap.selectors import matrix_of
from otklik.analytics.heatmap.slices import SliceText, hand_slice, keep_slice
from otklik.analytics.models import FactMark
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, quarter_of
from otklik.config.demo.year.affair import play_affair, posts_held
from otklik.config.demo.year.cast import Cast
from otklik.desk.heatmap_export import to_workbook
from otklik.office.coordination.composed import Change, changes_of, without_act
from otklik.office.coordination.models import MethodNote, Visa
from otklik.office.coordination.services import affairs, papers
from otklik.office.coordination.services.composition import ActWords, note_act
from otklik.topics.models import Block, Topic

LESSONS = (
    "Ответы в соцсетях простыми словами",
    "Сроки по 59-ФЗ и как их считать",
    "Работа в ПОС без возвратов",
)

LESSON_RESULT = "Разобрали двенадцать ответов, каждый переписал один свой. Памятка разослана."

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


def play_own_work(town: Municipality, month: Period, cast: Cast, head: User) -> None:
    """What a month of this number asks of the centre itself."""
    number = month.since.month
    if number % 3 == 1:
        _teach(town, month, cast, head, number // 3)
        _send_round(town, month, cast, head)
        _equip(town, month, cast, head)
    if number in (2, 7):
        _change_work(town, month, cast, head)
    if number % 3 == 0:
        _keep_map(town, month, cast)
    _name_acts(town, month, cast)


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
        posts=posts_held(town, 5),
    )
    play_affair(town, said, LESSON_RESULT, head, cast)
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
    play_affair(town, said, "Место выделено, доступ открыт, расходы внесены в смету.", head, cast)


def _change_work(town: Municipality, month: Period, cast: Cast, head: User) -> None:
    topic = Topic.objects.filter(group="improvement", is_open=True).order_by("position").first()
    day = cast.day_in(month, 0.15)
    said = affairs.AffairText(
        "process", "Второй читатель у ответов по дворам", day, topic=topic, programme=CHANGED
    )
    play_affair(town, said, "Порядок введён, исполнители извещены.", head, cast)


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
