"""Campaigns as screens draw them: the ribbon of the year, what a threat waits for, the curve of the effect. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common import words
from otklik.common.period import Period
from otklik.common.words import MONTHS, SHORT_MONTHS
from otklik.desk.flow_picture import axis_of
from otklik.risks.campaigns.flows import Picture
from otklik.risks.campaigns.models import Campaign, EffectCount
from otklik.risks.campaigns.selectors import Coming

WIDTH, LEFT, RIGHT, HEAD, ROW, BAR = 1100.0, 280.0, 8.0, 28.0, 28.0, 14.0
LONGEST_TITLE = 38
CURVE_WIDTH, CURVE_HEIGHT = 720.0, 220.0
EDGE_LEFT, EDGE_RIGHT, EDGE_TOP, EDGE_BOTTOM = 36.0, 26.0, 14.0, 26.0


@dataclass(frozen=True)
class Bar:
    """A stretch of the ribbon."""

    x: float
    width: float


@dataclass(frozen=True)
class Line:
    """A threat of the ribbon: its seasons, the weeks of warning before them, campaigns of the year."""

    key: int
    title: str
    said: str
    y: float
    text_y: float
    seasons: tuple[Bar, ...]
    warns: tuple[Bar, ...]
    campaigns: tuple[Bar, ...]

    @property
    def short(self) -> str:
        """The title as it fits before the ribbon."""
        return (
            self.title if len(self.title) <= LONGEST_TITLE else f"{self.title[: LONGEST_TITLE - 1].rstrip()}…"
        )


@dataclass(frozen=True)
class Ribbon:
    """The picture of a year: months, lines, today; `says` is the same in words."""

    width: float
    height: float
    months: tuple[tuple[float, float, str], ...]
    lines: tuple[Line, ...]
    today: float | None
    says: str


@dataclass(frozen=True)
class Asked:
    """What a line is drawn from."""

    key: int
    title: str
    seasons: Sequence[Period]
    warn_weeks: int
    campaigns: Sequence[Period] = ()


def ribbon_of(year: int, rows: Sequence[Asked], today: date) -> Ribbon | None:
    """The twelve months with a line for each threat; None when there is nothing to draw."""
    if not rows:
        return None
    whole = Period(date(year, 1, 1), date(year, 12, 31))
    days = (whole.until - whole.since).days + 1
    step = (WIDTH - LEFT - RIGHT) / days

    def bar(part: Period) -> Bar | None:
        since, until = max(part.since, whole.since), min(part.until, whole.until)
        if since > until:
            return None
        x = LEFT + (since - whole.since).days * step
        return Bar(round(x, 1), round(((until - since).days + 1) * step, 1))

    def bars(parts: Iterable[Period]) -> tuple[Bar, ...]:
        return tuple(one for one in map(bar, parts) if one is not None)

    lines = tuple(
        Line(
            one.key,
            one.title,
            said_of(one),
            round(HEAD + place * ROW + (ROW - BAR) / 2, 1),
            round(HEAD + place * ROW + ROW / 2 + 4.5, 1),
            bars(one.seasons),
            bars(_before(part, one.warn_weeks) for part in one.seasons if part.since > whole.since),
            bars(one.campaigns),
        )
        for place, one in enumerate(rows)
    )
    starts = [date(year, month, 1) for month in range(1, 13)]
    months = tuple(
        (
            round(LEFT + (first - whole.since).days * step, 1),
            round(LEFT + (first - whole.since).days * step + 4, 1),
            name,
        )
        for first, name in zip(starts, SHORT_MONTHS, strict=True)
    )
    now = round(LEFT + (today - whole.since).days * step, 1) if whole.since <= today <= whole.until else None
    count = words.count(len(rows), "угроза", "угрозы", "угроз")
    says = f"{count} по месяцам {year} года. То же в таблице ниже."
    return Ribbon(WIDTH, HEAD + ROW * len(rows) + 6, months, lines, now, says)


def said_of(one: Asked) -> str:
    """«Паводок: 28 марта – 10 мая, предупреждать за 3 недели»."""
    parts = ", ".join(days_words(part) for part in one.seasons) or "в этом году не приходит"
    return (
        f"{one.title}: {parts}, предупреждать за {words.count(one.warn_weeks, 'неделю', 'недели', 'недель')}"
    )


def days_words(part: Period) -> str:
    """«28 марта – 10 мая»."""
    return words.tie(
        f"{part.since.day} {MONTHS[part.since.month - 1]} – {part.until.day} {MONTHS[part.until.month - 1]}"
    )


def _before(season: Period, weeks: int) -> Period:
    return Period(season.since - timedelta(weeks=weeks), season.since - timedelta(days=1))


@dataclass(frozen=True)
class ThreatRow:
    """A threat of the table: its season here, where it stands today, last season's cases, its campaign."""

    coming: Coming
    came: int | None
    campaign: Campaign | None
    today: date

    @property
    def stage(self) -> str:
        """«пора предупреждать», «идёт», «впереди»."""
        if self.coming.period.since <= self.today:
            return "идёт"
        return "пора предупреждать" if self.coming.warn <= self.today else "впереди"


def opening_of(calls: int, running: int, waiting: int) -> str:
    """«Идут две кампании, согласования ждёт одна. Начать кампанию просят три темы.»"""
    said = []
    if running:
        verb = "Идёт" if running == 1 else "Идут"
        said.append(f"{verb} {words.spell_count(running, ('кампания', 'кампании', 'кампаний'), 'f')}")
    if waiting:
        said.append(f"согласования {'ждёт' if waiting == 1 else 'ждут'} {words.spell(waiting, 'f')}")
    first = words.capitalised(", ".join(said)) if said else "Кампаний в работе нет"
    if not calls:
        return f"{first}."
    verb = "просит" if calls % 10 == 1 and calls % 100 != 11 else "просят"
    return f"{first}. Начать кампанию {verb} {words.spell_count(calls, ('тема', 'темы', 'тем'), 'f')}."


def avoided_words(effect: EffectCount) -> str:
    """«меньше на 23 (от 6 до 40)»; empty where nothing could be told."""
    if effect.avoided is None or effect.low is None or effect.high is None:
        return ""
    if effect.avoided >= 0:
        return f"меньше на {_round(effect.avoided)} (от {_round(effect.low)} до {_round(effect.high)})"
    return f"больше на {_round(-effect.avoided)} (от {_round(-effect.high)} до {_round(-effect.low)})"


def _round(value: float) -> str:
    return words.number(round(value))


@dataclass(frozen=True)
class Curve:
    """The effect drawn: the band of the forecast, its line, dots of what came."""

    width: float
    height: float
    band: str
    expected: str
    line: str
    dots: tuple[tuple[float, float, int, date], ...]
    axis: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]


def curve_of(picture: Picture) -> Curve | None:
    """The picture of the effect; None when nothing was foretold."""
    told = [(monday, week, came) for monday, week, came in picture.rows if week]
    if not told:
        return None
    top = max(max(week[2] for _, week, _ in told), max((came or 0) for _, _, came in told)) or 1
    step = (CURVE_WIDTH - EDGE_LEFT - EDGE_RIGHT) / max(len(told) - 1, 1)
    high = CURVE_HEIGHT - EDGE_TOP - EDGE_BOTTOM

    def x_of(place: int) -> float:
        return round(EDGE_LEFT + place * step, 1)

    def y_of(value: float) -> float:
        return round(EDGE_TOP + high * (1 - value / top), 1)

    def points(values: Iterable[tuple[int, float]]) -> str:
        return " ".join(f"{x_of(place):g},{y_of(value):g}" for place, value in values)

    upper = [(place, week[2]) for place, (_, week, _) in enumerate(told)]
    lower = [(place, week[1]) for place, (_, week, _) in enumerate(told)]
    came = [(place, count, monday) for place, (monday, _, count) in enumerate(told) if count is not None]
    shown = range(0, len(told), max(1, len(told) // 6))
    return Curve(
        CURVE_WIDTH,
        CURVE_HEIGHT,
        points([*upper, *reversed(lower)]),
        points((place, week[0]) for place, (_, week, _) in enumerate(told)),
        points((place, float(count)) for place, count, _ in came),
        tuple((x_of(place), y_of(count), count, monday) for place, count, monday in came),
        tuple((y_of(value), words.number(value)) for value in axis_of(top)),
        tuple((x_of(place), words.short_day(told[place][0])) for place in shown),
    )
