"""The protocol of results on paper: rules, response, answers with bounds, signs looked at, proposals, the decision."""

from datetime import date, datetime

from otklik.charter.selectors import charter_of
from otklik.common import words
from otklik.common.today import day_in
from otklik.desk.poll_results import Bar, Told, taken_part, told_of
from otklik.language.personal import mask
from otklik.office.errands.of_polls import execution_of
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.results import Results
from otklik.outreach.polls.selectors import shown_proposals
from otklik.outreach.polls.words import ACCESS, PLACES, VERDICTS
from otklik.reports.parts import Cell, Document, Writing, count_cell, text_cell

SUBJECTS = {"poll": "опроса", "vote": "голосования", "discussion": "общественного обсуждения"}
ANSWER_HEAD, ANSWER_WIDTHS = ("Ответ", "Голосов", "Доля", "Границы, 95 %"), (3.6, 1.0, 1.0, 1.4)
WEIGHTED_HEAD, WEIGHTED_WIDTHS = (*ANSWER_HEAD, "Взвешенная"), (3.2, 1.0, 1.0, 1.4, 1.2)
FOOT = "Личных данных нет."


def paper_of(poll: Poll, now: datetime) -> Document:
    """The protocol as of now; figures are those of the opened box."""
    figures, questions = told_of(poll)
    page = Writing()
    _about(poll, page)
    _response(figures, page)
    for one in questions:
        _question(one, page)
    _signs(poll, page)
    if poll.form == "discussion":
        _proposals(poll, page)
    _decision(poll, page, day_in(poll.municipality, now))
    page.say(f"Вывод. {_sentence(poll.summed_words)}" if poll.summed_words else "")
    days = [words.table_day(one) for one in (poll.opens_on, poll.closes_on) if one]
    return Document(
        heading="Протокол итогов",
        subject=words.tie(f"{SUBJECTS[poll.form]} «{mask(poll.title).text}»"),
        period=" – ".join(days),
        centre=charter_of(poll.municipality).identity.centre_title,
        addressee="",
        signer=_signer(poll),
        parts=tuple(page.parts),
        number=str(poll.number) if poll.summed_at else "",
        day=words.full_day(day_in(poll.municipality, poll.summed_at)) if poll.summed_at else "",
        foot=words.tie(f"Составлено {words.full_day(day_in(poll.municipality, now))}. {_seal(poll)}{FOOT}"),
    )


def _about(poll: Poll, page: Writing) -> None:
    page.head("Что и как спрашивали")
    page.say(
        f"Цель: {_sentence(mask(poll.why).text)}",
        f"Территория: {poll.territory}. Спрашивали: {_sentence(poll.audience)}",
        f"Проведено {PLACES[poll.place]}; доступ {ACCESS[poll.access]}." if poll.place != "pos" else "",
        f"Проведено в ПОС: {poll.outer_link}." if poll.place == "pos" and poll.outer_link else "",
        _approved(poll),
        f"Закрыто раньше срока: {_sentence(poll.closed_why)}" if poll.closed_why else "",
    )


def _approved(poll: Poll) -> str:
    if poll.approved_at is None:
        return ""
    day = words.full_day(day_in(poll.municipality, poll.approved_at))
    return f"Утверждено: {poll.approved_title or 'уполномоченный сотрудник'}, {day}."


def _response(figures: Results, page: Writing) -> None:
    page.head("Участие")
    page.say(f"Участвовали: {taken_part(figures)}.")
    page.say(*((figures.words, figures.weighing.words) if figures.questions else ()))
    page.table(
        "участники по группам",
        ("Группа", "Ответили", "Жителей"),
        [
            (
                text_cell(one.title),
                Cell("меньше десяти") if one.count is None else count_cell(one.count),
                Cell("нет данных") if one.population is None else count_cell(one.population),
            )
            for one in figures.groups
        ],
        (3.0, 1.2, 1.2),
    )


def _question(told: Told, page: Writing) -> None:
    one = told.result
    page.subhead(words.tie(f"Вопрос {told.place}. {mask(one.text).text}"))
    page.say(told.finding)
    head, widths = (WEIGHTED_HEAD, WEIGHTED_WIDTHS) if told.is_weighted else (ANSWER_HEAD, ANSWER_WIDTHS)
    page.table(
        f"ответы на вопрос {told.place}", head, [_answer(bar, told.is_weighted) for bar in told.bars], widths
    )
    page.table(
        f"о чём написали, вопрос {told.place}",
        ("Тема", "Ответов", "Например"),
        [
            (text_cell(title), count_cell(n), text_cell(examples[0][:300] if examples else ""))
            for title, n, examples in told.said
        ],
        (1.8, 0.8, 4.2),
    )
    places = [(text_cell(name), count_cell(n)) for name, n in told.places]
    page.table(f"где отметили, вопрос {told.place}", ("Место", "Точек"), places, (4.0, 1.0))


def _answer(bar: Bar, is_weighted: bool) -> tuple[Cell, ...]:
    plain = (
        text_cell(mask(bar.row.text).text),
        count_cell(bar.row.votes),
        Cell(bar.share),
        Cell(bar.bounds or "—"),
    )
    return (*plain, Cell(bar.weighted or "—")) if is_weighted else plain


def _signs(poll: Poll, page: Writing) -> None:
    rows = [
        (text_cell(one.words), text_cell(one.looked_words or "не разобрано"))
        for one in poll.signs.order_by("pk")
    ]
    page.head("Признаки накрутки")
    page.say("" if rows else "Признаков накрутки не замечено.")
    page.table("признаки и что выяснили", ("Замечено", "Что выяснили"), rows, (3.4, 3.4))
    page.say("Голоса из-за признаков не исключались." if rows else "")


def _proposals(poll: Poll, page: Writing) -> None:
    page.head("Предложения")
    shown = list(shown_proposals(poll))
    refused = poll.proposals.filter(state="refused").count()
    page.say(
        f"Опубликовано предложений: {words.number(len(shown))}, не опубликовано по правилам: {words.number(refused)}."
    )
    rows = [
        (
            count_cell(one.number),
            text_cell(mask(one.title).text),
            count_cell(one.supports),
            text_cell(
                mask(f"{words.capitalised(VERDICTS[one.verdict])}. {one.answer}").text
                if one.verdict
                else "ответа ещё нет"
            ),
        )
        for one in shown
    ]
    page.table(
        "предложения и ответы", ("№", "Предложение", "Поддержали", "Ответ"), rows, (0.5, 2.2, 1.0, 3.6)
    )


def _decision(poll: Poll, page: Writing, today: date) -> None:
    decision = getattr(poll, "decision", None)
    if decision is None:
        return
    page.head("Решение")
    page.say(
        _sentence(mask(decision.text).text),
        f"Как учтено мнение: {_sentence(mask(decision.ground).text)}",
        f"Документ: {_sentence(decision.act)}" if decision.act else "",
    )
    rows = [
        (
            text_cell(mask(one.text).text),
            text_cell(one.post or "не назван"),
            text_cell(words.table_day(one.due_on)),
            text_cell(f"{one.said} {words.table_day(one.done_on)}" if one.done_on else one.said),
        )
        for one in execution_of(poll, today)
    ]
    page.table(
        "исполнение решения", ("Что сделать", "Кто отвечает", "Срок", "Состояние"), rows, (3.0, 2.0, 1.2, 1.6)
    )


def _signer(poll: Poll) -> str:
    charter = charter_of(poll.municipality)
    role = charter.roles.get(charter.polls.authorised_role or "")
    return role.title if role else poll.author_title


def _seal(poll: Poll) -> str:
    return f"Отпечаток урны {poll.seal[:16]}. " if poll.seal else ""


def _sentence(text: str) -> str:
    said = text.strip()
    return said if said.endswith((".", "…", "!", "?")) else f"{said}."
