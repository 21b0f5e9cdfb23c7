"""`otklik calendar check`: totals of the production calendar and what is missing or unconfirmed in it."""

import json
from dataclasses import asdict, dataclass

import click
from django.utils import timezone

from otklik.common.words import count
from otklik.deadlines.plans import QUARTERS, YearPlan, alarm_for, plan_year
from otklik.deadlines.selectors import year_plans

DAYS = ("рабочий день", "рабочих дня", "рабочих дней")


@dataclass(frozen=True)
class YearReport:
    """What is said of one year."""

    year: int
    working: int
    off: int
    quarters: list[int]
    short: list[str]
    act: str
    source: str
    loaded: bool
    confirmed: bool
    warning: str


@click.group("calendar")
def command() -> None:
    """Производственный календарь."""


@command.command("check")
@click.option("--year", type=click.IntRange(2000, 2100), help="Только этот год.")
@click.option("--json", "as_json", is_flag=True, help="Ответ в JSON.")
def check(year: int | None, as_json: bool) -> None:
    """Показать рабочие дни по годам и кварталам и годы без подтверждённого акта."""
    plans, today = year_plans(), timezone.localdate()
    years = [year] if year else sorted({*plans, today.year, today.year + 1})
    reports = [_report(plans.get(one) or plan_year(one), one in plans) for one in years]
    alarm = alarm_for(plans, today)
    click.echo(_as_json(reports, alarm) if as_json else _as_text(reports, alarm))


def _report(plan: YearPlan, loaded: bool) -> YearReport:
    return YearReport(
        year=plan.year,
        working=len(plan.working),
        off=plan.off,
        quarters=[plan.working_in_quarter(quarter) for quarter in QUARTERS],
        short=[day.isoformat() for day in sorted(plan.short)],
        act=plan.act,
        source=plan.source,
        loaded=loaded,
        confirmed=plan.is_confirmed,
        warning=plan.warning,
    )


def _as_json(reports: list[YearReport], alarm: str) -> str:
    answer = {
        "years": [asdict(report) for report in reports],
        "missing": [report.year for report in reports if not report.loaded],
        "unconfirmed": [report.year for report in reports if report.loaded and not report.confirmed],
        "alarm": alarm or None,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def _as_text(reports: list[YearReport], alarm: str) -> str:
    lines = [
        f"{report.year}: {count(report.working, *DAYS)}, по кварталам {'/'.join(map(str, report.quarters))}; "
        f"{report.warning or report.act}"
        for report in reports
    ]
    return "\n".join([*lines, *([alarm] if alarm else [])])
