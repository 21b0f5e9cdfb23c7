"""Sections that several forms share: the short account, the channels, what grows, what burns."""

from otklik.analytics.figures import Sums
from otklik.common.words import NBSP, capitalised, count, number, plural, table_day
from otklik.reports.behind import Behind
from otklik.reports.parts import (
    Bar,
    Cell,
    Writing,
    change_cell,
    count_cell,
    of_cell,
    score_cell,
    text_cell,
)
from otklik.reports.periods import in_short, in_words
from otklik.reports.phrases import (
    CARDS,
    by_cards,
    is_notable,
    listed,
    of_cards,
    of_whole,
    received,
    sentence,
)
from otklik.reports.source import Pair, Source, most_changed, sum_of

TOP = 5
LATE = ("просрочена", "просрочены", "просрочено")
SPIKES = 3


def sources(source: Source, page: Writing, typed: str) -> None:
    page.head("Период и источники")
    channels = [
        f"{source.channels.get(key, key)} ({number(pair.now['received'])})"
        for (key,), pair in _by_size(source)
        if pair.now["received"]
    ]
    page.say(
        sentence(f"данные за{NBSP}{in_words(source.period)}"),
        sentence(f"сравнение с{NBSP}предыдущим периодом: {in_words(source.previous)}"),
        sentence(f"источники: {listed(channels)}") if channels else "",
    )


def summary(source: Source, page: Writing, typed: str) -> None:
    _account(source, page, _changes(source))


def brief(source: Source, page: Writing, typed: str) -> None:
    """The same about one thing: the topics of the whole municipality stay out of it."""
    _account(source, page, "")


def _account(source: Source, page: Writing, changes: str) -> None:
    page.head("Коротко")
    now, was = source.whole.now, source.whole.was
    appeals = now["appeals_received"]
    came = received(appeals, now["received"] - appeals, was["received"], source.previous_words)
    page.say(sentence(f"за{NBSP}{in_short(source.period)} {came}"))
    page.say(_answers(source), _terms(source))
    page.say(_burning(source))
    page.say(changes)
    page.say(_quality(source))


def by_channel(source: Source, page: Writing, typed: str) -> None:
    rows = _by_size(source)
    if not rows:
        return
    page.head("Каналы")
    lines = [
        line_of(source.channels.get(key, key), pair, source.behind("channel", key)) for (key,), pair in rows
    ]
    if len(lines) > 1:
        lines.append(line_of("Всего", sum_of(pair for _, pair in rows), source.behind()))
    lines_table(page, "Поступление и исполнение по каналам", "Канал", lines, has_total=len(lines) > 1)


def lines_table(
    page: Writing, title: str, first: str, lines: list[tuple[Cell, ...]], has_total: bool = False
) -> None:
    """A table whose every row is one `line_of`: received, in time, overdue, repeated, solved, score, change."""
    head = (
        "Посту\u00adпило",
        "Отвечено в\u00a0срок",
        "Просро\u00adчено",
        "Повтор\u00adных",
        "Решено из\u00a0решаемых",
        "Оценка",
        "К\u00a0прош\u00adлому",
    )
    page.table(title, (first, *head), lines, (2.0, 0.9, 1.4, 1.0, 1.0, 1.4, 0.9, 0.9), has_total)


def top_topics(source: Source, page: Writing, typed: str) -> None:
    pairs = source.by_topic
    changed = most_changed(pairs, "received", TOP)
    if not changed:
        return
    page.head("Что растёт и снижается")
    page.say("На диаграмме — темы, где число изменилось больше всего.", _spikes(source))
    bars = (
        Bar(source.topic(key).strip("«»"), pair.was["received"], pair.now["received"])
        for key, pair in changed
    )
    page.bars(
        f"Обращения и сообщения по темам: контур — {source.previous_words}, заливка — {in_short(source.period)}",
        bars,
    )
    spots = source.spots(TOP)
    page.table(
        "Где пишут чаще",
        ("Место", "Поступило", "Было", "Изменение"),
        [
            (text_cell(one.name), count_cell(one.cards), count_cell(one.was), change_cell(one.cards, one.was))
            for one in spots
        ],
        (3.4, 1.0, 1.0, 1.0),
    )


def overdue(source: Source, page: Writing, typed: str) -> None:
    page.head("Просрочено")
    late = source.overdue
    if not late:
        page.say("Карточек с прошедшим сроком по закону нет.")
        return
    page.table(
        "Карточки с прошедшим сроком, по органам",
        ("Орган", "Карточек", "Дольше всех ждёт, дней"),
        [
            (
                text_cell(capitalised(one.body)),
                count_cell(one.cards, one.link),
                count_cell(one.days),
            )
            for one in late
        ],
        (3.0, 1.0, 1.4),
    )


def _answers(source: Source) -> str:
    now = source.whole.now
    if not now["answered"]:
        return ""
    in_time = of_whole(now["answered_legal"], now["answered"])
    return sentence(f"ответ дан по{NBSP}{by_cards(now['answered'])}, в{NBSP}срок — {in_time}")


def _terms(source: Source) -> str:
    now = source.whole.now
    if not now["due"]:
        return ""
    if not now["due_overdue"]:
        return sentence(f"срок ответа наступил у{NBSP}{of_cards(now['due'])}, все отвечены вовремя")
    late = of_whole(now["due_overdue"], now["due"])
    stayed = plural(now["due_overdue"], "осталась", "остались", "осталось")
    return sentence(
        f"срок ответа наступил у{NBSP}{of_cards(now['due'])}, без ответа к{NBSP}сроку {stayed} {late}"
    )


def _burning(source: Source) -> str:
    late = source.overdue
    if not late:
        return "Просроченных карточек нет."
    whole = sum(one.cards for one in late)
    named = listed([f"{one.body} — {number(one.cards)}" for one in late[:TOP]])
    rest = (
        f"; ещё {number(whole - sum(one.cards for one in late[:TOP]))} у{NBSP}других"
        if len(late) > TOP
        else ""
    )
    return sentence(
        f"на{NBSP}{table_day(source.today)} {plural(whole, *LATE)} {count(whole, *CARDS)}: {named}{rest}"
    )


def _changes(source: Source) -> str:
    pairs = source.by_topic
    notable = [
        (source.topic(key), pair.was["received"], pair.now["received"])
        for key, pair in most_changed(pairs, "received", len(pairs))
        if is_notable(pair.now["received"], pair.was["received"])
    ]
    if not notable:
        return "Заметных изменений по темам нет."
    more = [f"{name} (было {was}, стало {now})" for name, was, now in notable if now > was][:TOP]
    less = [f"{name} (было {was}, стало {now})" for name, was, now in notable if now < was][:TOP]
    return " ".join(
        sentence(f"{word}: {listed(names)}")
        for word, names in (("Чаще пишут", more), ("Реже пишут", less))
        if names
    )


def _spikes(source: Source) -> str:
    """Days that brought more than their weekday usually does."""
    days = sorted(source.spikes, key=lambda one: one.band.expected - one.count)[:SPIKES]
    said = [
        f"{table_day(one.day)} — {number(one.count)}, обычно не{NBSP}больше {number(int(one.band.high))}"
        for one in sorted(days, key=lambda one: one.day)
    ]
    return sentence(f"дни всплеска: {'; '.join(said)}") if said else ""


def _quality(source: Source) -> str:
    now = source.whole.now
    said = [
        f"решено {of_whole(now['solvable_solved'], now['solvable_answered'])} решаемых с{NBSP}ответом"
        if now["solvable_answered"]
        else "",
        f"повторных — {of_whole(now['received_repeated'], now['received'])}"
        if now["received_repeated"]
        else "",
        f"средняя оценка {number(now['score_sum'] / now['scored'], 1)} "
        f"({count(now['scored'], 'оценка', 'оценки', 'оценок')})"
        if now["scored"]
        else "",
    ]
    return sentence("; ".join(one for one in said if one)) if any(said) else ""


def _by_size(source: Source) -> list[tuple[tuple[str], Pair]]:
    """Channels with anything received now or before, the largest first."""
    found = [
        (key, pair)
        for key, pair in source.pairs("channel").items()
        if any(pair.now[name] or pair.was[name] for name in ("received", "answered", "due"))
    ]
    return sorted(found, key=lambda one: (-one[1].now["received"], one[0]))


def line_of(name: str, pair: Pair, way: Behind | None) -> tuple[Cell, ...]:
    """One channel, topic, place or body as a row of `lines_table`; `way` leads to the cases behind its numbers."""
    change = change_cell(pair.now["received"], pair.was["received"])
    return text_cell(name), *work_cells(pair.now, way), change


def work_cells(now: Sums, way: Behind | None) -> tuple[Cell, ...]:
    """Received, in time, overdue, repeated, solved, score: the work of anybody in one line."""
    cells = (
        ("received", count_cell(now["received"])),
        ("in_time", of_cell(now["answered_legal"], now["answered"])),
        ("overdue_count", count_cell(now["due_overdue"])),
        ("repeated_count", count_cell(now["received_repeated"])),
        ("solvable_solved", of_cell(now["solvable_solved"], now["solvable_answered"])),
        ("satisfaction", score_cell(now["score_sum"], now["scored"])),
    )
    return tuple(way.opens(cell, key) if way else cell for key, cell in cells)
