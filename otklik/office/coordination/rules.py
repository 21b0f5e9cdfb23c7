"""Pure decisions of coordination: what a plan is drafted of, how a record stands on a day.

Nothing here reads the database or the clock; days and the charter come as arguments.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.charter.schema import Charter
from otklik.charter.schema import Report as CharterReport
from otklik.common.period import Period
from otklik.common.periods import fortnight_of, month_of, quarter_of, say_period, week_of, year_of

CADENCE_WORDS = {
    "ежедневно": "daily",
    "еженедельно": "weekly",
    "2 раза в месяц": "twice_a_month",
    "ежемесячно": "monthly",
    "ежеквартально": "quarterly",
    "ежегодно": "yearly",
    "сезонно / ежегодно": "yearly",
}
"""How clauses of the charters say their cadence; other words fix no day and give the plan nothing."""

STANDING = frozenset({"daily", "weekly"})
"""Done so often that one line for the whole plan says more than fifty."""

STANDING_WORDS = {"daily": "ежедневно", "weekly": "еженедельно"}
LONGEST_WAIT = 62
SOON_DAYS = 3
MOST_ITEMS = 200


@dataclass(frozen=True)
class ClauseLine:
    """A clause of the charter as the draft needs it."""

    clause: str
    title: str
    cadence: str
    evidence: str


@dataclass(frozen=True)
class Drafted:
    """A line a plan is drafted with; `origin` tells it from every other line of the plan."""

    text: str
    clause: str
    ground: str
    post_key: str
    due: date
    origin: str


def draft_lines(
    charter: Charter, clauses: Iterable[ClauseLine], waits: Mapping[str, int], period: Period
) -> list[Drafted]:
    """Everything the charter asks for at known times within the period, by its day.

    Papers come from the charter's reports, meetings from their cadence, the rest from clauses whose cadence is said
    in days. A clause that a paper already serves gives no line of its own.
    """
    listed = list(clauses)
    papers = list(_papers(charter, listed, waits, period))
    served = {one.clause for one in papers if one.clause}
    answered = {clause.evidence for clause in listed if clause.clause in served}
    others = [
        line
        for clause in listed
        if clause.clause not in served and clause.evidence not in answered
        for line in _of_clause(clause, period)
    ]
    found = [*papers, *_meetings(charter, period), *others]
    return sorted(found, key=lambda one: (one.due, one.origin))[:MOST_ITEMS]


def _papers(
    charter: Charter, clauses: list[ClauseLine], waits: Mapping[str, int], period: Period
) -> Iterator[Drafted]:
    for report in charter.reports.values():
        clause = next((one.clause for one in clauses if one.evidence == f"reports.{report.key}"), "")
        post = _post_of(charter, report.prepared_by)
        ground = f"отчётность: {report.addressee}"[:300]
        if report.cadence in STANDING:
            text = f"{report.title}: {STANDING_WORDS[report.cadence]}"
            yield Drafted(text, clause, ground, post, period.until, f"report:{report.key}")
            continue
        for part, due in _dues(report, waits, period):
            text = f"{report.title} за {say_period(part)}"
            yield Drafted(text, clause, ground, post, due, f"report:{report.key}:{part.until}")


def _dues(report: CharterReport, waits: Mapping[str, int], period: Period) -> Iterator[tuple[Period, date]]:
    """Periods of the paper whose due day falls into the plan: the one before the plan may be due inside it."""
    early = Period(period.since - timedelta(days=LONGEST_WAIT), period.until)
    for part in parts_of(report.cadence, early):
        following = (part.until + timedelta(days=step) for step in range(1, LONGEST_WAIT))
        wait = part.until + timedelta(days=waits.get(report.cadence, 0))
        due = next((day for day in following if day.day in report.days), wait)
        if period.since <= due <= period.until:
            yield part, due


def _meetings(charter: Charter, period: Period) -> Iterator[Drafted]:
    meetings = charter.meetings
    post = _post_of(charter, meetings.organiser)
    for part in parts_of(meetings.cadence, period):
        due = min(part.until, period.until)
        yield Drafted(
            f"Заседание центра за {say_period(part)}",
            "",
            "порядок заседаний",
            post,
            due,
            f"meeting:{part.until}",
        )


def _of_clause(clause: ClauseLine, period: Period) -> Iterator[Drafted]:
    cadence = CADENCE_WORDS.get(clause.cadence, "")
    if cadence in STANDING:
        text = f"{clause.title}: {STANDING_WORDS[cadence]}"
        yield Drafted(text, clause.clause, "", "", period.until, f"clause:{clause.clause}")
        return
    for part in parts_of(cadence, period):
        if period.since <= part.until <= period.until:
            text = f"{clause.title}, {say_period(part)}"
            yield Drafted(text, clause.clause, "", "", part.until, f"clause:{clause.clause}:{part.until}")


def parts_of(cadence: str, period: Period) -> list[Period]:
    """The stretches of a cadence that end within the period, the first first; none without a cadence."""
    found: list[Period] = []
    day = period.since
    while day <= period.until:
        match cadence:
            case "weekly":
                part = week_of(day)
            case "twice_a_month":
                part = fortnight_of(day)
            case "monthly":
                part = month_of(day.year, day.month)
            case "quarterly":
                part = quarter_of(day.year, (day.month + 2) // 3)
            case "yearly":
                part = year_of(day.year)
            case _:
                return []
        if part.until <= period.until:
            found.append(part)
        day = part.until + timedelta(days=1)
    return found


def _post_of(charter: Charter, role: str | None) -> str:
    """The key of the post that holds the role, empty when nobody or several do."""
    posts = {holder.post for holder in charter.holders_of(role)} if role else set()
    return posts.pop() if len(posts) == 1 else ""


def plan_period(day: date, ahead: int = 0) -> Period:
    """The quarter of the day, or the one `ahead` quarters later."""
    place = day.year * 4 + (day.month - 1) // 3 + ahead
    return quarter_of(place // 4, place % 4 + 1)


def term_state(due: date, today: date, done: date | None, is_off: bool = False) -> str:
    """How a term stands: done, late (done after it), off, over, today, soon, ok."""
    if is_off:
        return "off"
    if done is not None:
        return "done" if done <= due else "late"
    left = (due - today).days
    if left < 0:
        return "over"
    if left == 0:
        return "today"
    return "soon" if left <= SOON_DAYS else "ok"
