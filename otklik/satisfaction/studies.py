"""Studies of satisfaction: figures of a period frozen beside the question, the method and what was found."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.cases.models import Case
from otklik.charter.carrying import carries_out
from otklik.common import words
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.satisfaction.estimate import Estimate, Interval
from otklik.satisfaction.models import Study
from otklik.satisfaction.picture import LIFTS, Satisfaction, satisfaction_of
from otklik.satisfaction.rules import REASONS

LONG = 4000
USUAL_METHOD = (
    "Оценки от 1 до 5 по приглашению после ответа и из внешних систем. Карточка учтена один раз, по последней "
    "оценке. Средняя взвешена: каждая группа карточек (канал, решено или нет) входит по числу ответов, а не по "
    "числу оценок. Пределы — 95 %. Разницы — связи, а не причины; поправка на число сравнений по Холму."
)


@dataclass(frozen=True)
class StudyText:
    """What a person writes in a study."""

    title: str
    question: str
    method: str
    findings: str


@carries_out("BOG-II.2.6", "DEM-2.2.9")
def keep_study(
    municipality: Municipality,
    text: StudyText,
    period: Period,
    block: str,
    by: User,
    now: datetime,
    among: QuerySet[Case] | None = None,
) -> Study:
    """Freeze the figures of the period, of these cases alone when they are given, beside the words.

    Raises Refused for an empty part or an empty period.
    """
    for name, said in (("название", text.title), ("вопрос", text.question), ("выводы", text.findings)):
        if not said.strip():
            raise Refused(f"Заполните поле «{name}»: исследование без него не прочесть.")
    if max(len(text.method), len(text.findings)) > LONG:
        raise Refused(f"Метод и выводы — не больше {words.number(LONG)} знаков каждый.")
    satisfaction = satisfaction_of(municipality, period, block, among)
    if not satisfaction.estimate.answered:
        raise Refused("За эти дни ответов нет: исследовать нечего. Выберите другой период.")
    study = Study.objects.create(
        municipality=municipality,
        title=text.title.strip()[:200],
        question=text.question.strip()[:500],
        method=text.method.strip() or USUAL_METHOD,
        sample=say_sample(satisfaction),
        since=period.since,
        until=period.until,
        block=block,
        figures=frozen(satisfaction),
        findings=text.findings.strip(),
        author=by,
        author_title=rights_of(by, municipality).title[:200],
        at=now,
    )
    record(study, "satisfaction.studied", by, municipality, why=study.title)
    return study


def say_sample(satisfaction: Satisfaction) -> str:
    """Who could rate, who was asked, who did."""
    told = satisfaction.estimate
    answered = words.count(told.answered, "карточка", "карточки", "карточек")
    scored = words.count(told.scored, "карточке", "карточкам", "карточкам")
    rate = words.number(told.response_rate or 0, 1)
    invited = words.count(satisfaction.invited, "карточке", "карточкам", "карточкам")
    return words.tie(
        f"Ответ получили: {answered}. Приглашение оценить отправлено по {invited}. "
        f"Оценка есть по {scored}: {rate} % ответов."
    )


def frozen(satisfaction: Satisfaction) -> dict[str, Any]:
    """The figures as plain data: what a record shows years later without asking the cases again."""
    return {
        "whole": asdict(satisfaction.estimate),
        "by_block": {key: asdict(one) for key, one in satisfaction.by_block.items()},
        "by_applicant": {key: asdict(one) for key, one in satisfaction.by_applicant.items()},
        "links": [asdict(one) | {"sureness": one.sureness} for one in satisfaction.links],
        "reasons": [list(one) for one in satisfaction.reasons],
        "counts": list(satisfaction.counts),
        "invited": satisfaction.invited,
        "by_invitation": satisfaction.by_invitation,
    }


def lines_of(figures: dict[str, Any], blocks: dict[str, str]) -> list[tuple[str, str]]:
    """Frozen figures in words: pairs of what and how much."""
    whole = thawed(figures["whole"])
    lines = [
        ("Ответов", words.number(whole.answered)),
        ("Оценок", f"{words.number(whole.scored)} ({words.number(whole.response_rate or 0, 1)} % ответов)"),
        ("Средняя взвешенная", say_interval(whole.weighted, 2)),
        ("Средняя как есть", say_interval(whole.plain, 2)),
        ("Оценили на 4 и 5", say_interval(whole.good, 0, " %")),
        ("Довольны среди всех ответов", say_bounds(whole)),
    ]
    lines += [(f"Оценка {place}", words.number(count)) for place, count in enumerate(figures["counts"], 1)]
    lines += [(f"Причина: {REASONS.get(key, key)}", words.number(count)) for key, count in figures["reasons"]]
    for key, one in figures["by_block"].items():
        lines.append((f"Блок «{blocks.get(key, 'вне блоков')}»", say_interval(thawed(one).weighted, 2)))
    lines += [(capital(LIFTS.get(one["key"], one["key"])), say_link(one)) for one in figures["links"]]
    return [(words.tie(name), words.tie(said)) for name, said in lines]


def capital(said: str) -> str:
    """A circumstance as the head of a line."""
    return words.capitalised(said)


def say_link(link: dict[str, Any]) -> str:
    """«+0,62 балла (от 0,31 до 0,93), уверенно; 40 оценок против 25»."""
    sign = "+" if link["difference"] > 0 else ""
    numbers = f"{words.number(link['low'], 2)} до {words.number(link['high'], 2)}"
    sides = f"{link['with_it']['count']}{words.NBSP}против{words.NBSP}{link['without']['count']}"
    difference = words.number(link["difference"], 2)
    return f"{sign}{difference} балла (от {numbers}), {link['sureness']}; оценок {sides}"


def say_interval(interval: Interval | None, digits: int, unit: str = "") -> str:
    """«3,91 (3,62–4,20)»; a dash where there is none."""
    if interval is None:
        return "—"
    said = f"{words.number(interval.number, digits)}{unit}"
    if interval.low is None or interval.high is None:
        return said
    return f"{said} ({words.number(interval.low, digits)}–{words.number(interval.high, digits)}{unit})"


def say_bounds(told: Estimate) -> str:
    """Between which shares the content must lie, whatever the silent think."""
    return f"от {words.number(told.good_at_least, 0)} до {words.number(told.good_at_most, 0)} %"


def thawed(data: dict[str, Any]) -> Estimate:
    """An estimate from its frozen data."""
    intervals = {
        name: Interval(**data[name]) if data[name] else None for name in ("plain", "weighted", "good")
    }
    return Estimate(**{**data, **intervals})
