"""A roadmap on paper: head, table of measures, route, effect; any renderer draws it."""

from collections.abc import Sequence
from datetime import date

from otklik.charter.selectors import charter_of
from otklik.common import words
from otklik.common.today import day_in
from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.reports.parts import Cell, Document, Writing, text_cell

HEAD = ("№", "Мероприятие, результат, ресурсы", "Показатель", "Ответственный", "Срок", "Состояние")
WIDTHS = (5.0, 27.0, 18.0, 19.0, 15.0, 16.0)
EFFECT_HEAD = ("Посчитано по", "Вывод", "Сравнение")
EFFECT_WIDTHS = (16.0, 54.0, 30.0)


def paper_of(roadmap: Roadmap, measures: Sequence[Measure], today: date) -> Document:
    """The document as of today."""
    writing = Writing()
    aims = [str(aim.problem) for aim in roadmap.aims.select_related("problem")]
    writing.head("Основание")
    writing.say(f"Первопричина: {_sentence(roadmap.cause_text)}" if roadmap.cause_text else "")
    writing.say(f"Проблемы: {_sentence('; '.join(aims))}" if aims else "")
    writing.say(f"Чего добиваемся: {_sentence(roadmap.goal)}")
    writing.head("Мероприятия")
    kept = [(place, one) for place, one in enumerate(measures, start=1) if one.state != "dropped"]
    places = {one.pk: place for place, one in kept}
    writing.table("мероприятия", HEAD, [_row(place, one, places) for place, one in kept], WIDTHS)
    writing.say("" if kept else "Мероприятия ещё не внесены.")
    effects = list(roadmap.effects.all()[:4])
    if effects:
        writing.head("Эффект")
        rows = [
            [
                text_cell(words.table_day(one.until)),
                text_cell(one.words),
                text_cell(one.control_title or "нет"),
            ]
            for one in effects
        ]
        writing.table("эффект по неделям", EFFECT_HEAD, rows, EFFECT_WIDTHS)
    return Document(
        heading=roadmap.get_kind_display(),
        subject=roadmap.title,
        period=_period(measures),
        centre=charter_of(roadmap.municipality).identity.centre_title,
        addressee="",
        signer=roadmap.author_title,
        parts=tuple(writing.parts),
        number=str(roadmap.number) if roadmap.edition else "",
        day=words.full_day(day_in(roadmap.municipality, roadmap.approved_at)) if roadmap.approved_at else "",
        confirmed=tuple(
            f"{one.post.title}: {'утверждено' if one.is_last else 'согласовано'} "
            f"{words.table_day(day_in(roadmap.municipality, one.at))}"
            for one in roadmap.approvals.filter(decision="agreed", edition=roadmap.edition)
            .select_related("post")
            .order_by("turn")
            if one.at
        ),
        foot=words.tie(
            f"По состоянию на {words.full_day(today)}, редакция {roadmap.edition}. Личных данных нет."
        ),
    )


def _row(place: int, one: Measure, places: dict[int, int]) -> list[Cell]:
    helpers = ", ".join(helper.post.title for helper in one.helpers.all())
    after = ", ".join(str(places[wait.other_id]) for wait in one.waits.all() if wait.other_id in places)
    days = f"{words.table_day(one.start)} – {words.table_day(one.due)}"
    resources = f". Ресурсы: {one.resources}" if one.resources else ""
    fact = f"; стало: {one.fact}" if one.fact else ""
    proofs = ", ".join(proof.get_kind_display() for proof in one.proofs.all())
    done = f", {words.table_day(one.done_on)}" if one.done_on else ""
    return [
        text_cell(str(place)),
        text_cell(f"{one.title}. Результат: {one.result}{resources}"),
        text_cell(f"{one.indicator}: было {one.was}, станет {one.will_be}{fact}"),
        text_cell(f"{one.post.title}{f'; соисполнители: {helpers}' if helpers else ''}"),
        # Not tied: two dates have to break between them.
        Cell(f"{days}{f', после {after}' if after else ''}"),
        text_cell(f"{one.get_state_display()}{done}{f'; {proofs}' if proofs else ''}"),
    ]


def _period(measures: Sequence[Measure]) -> str:
    if not measures:
        return ""
    first, last = min(one.start for one in measures), max(one.due for one in measures)
    return f"{words.table_day(first)} – {words.table_day(last)}"


def _sentence(text: str) -> str:
    said = text.strip()
    return said if said.endswith((".", "…")) else f"{said}."
