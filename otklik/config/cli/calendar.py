"""`otklik calendar`: totals and gaps of the production calendar; the deeds that close the gaps."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

import click
from django.utils import timezone

from otklik.accounts.models import User
from otklik.accounts.selectors import may
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.words import count, table_day
from otklik.config.cli.towns import named_town
from otklik.deadlines.plans import DAY_KINDS, QUARTERS, DayKind, YearPlan, alarm_for, plan_year
from otklik.deadlines.selectors import year_plans
from otklik.deadlines.services import confirm_year, set_day

PERMISSION = "deadlines.manage"
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


@command.command("confirm")
@click.option("--year", required=True, type=click.IntRange(2000, 2100), help="Какой год сверен.")
@click.option("--act", required=True, help="Акт: вид, дата, номер.")
@click.option("--source", default="", help="Где опубликован.")
@click.option("--municipality", "key", required=True, help="В чей журнал записать.")
@click.option("--by", "username", required=True, help="Имя для входа того, кто сверил.")
def confirm(year: int, act: str, source: str, key: str, username: str) -> None:
    """Подтвердить календарь года по акту, с записью в журнал."""
    municipality = named_town(key)
    with within(municipality.id):
        confirm_year(year, act, source, _keeper(username, municipality), municipality)
    click.echo(f"Календарь {year} года подтверждён: {act}.")


@command.command("day")
@click.option("--date", "moment", required=True, type=click.DateTime(["%Y-%m-%d"]), help="День.")
@click.option(
    "--kind", required=True, type=click.Choice(DAY_KINDS), help="Выходной, рабочий или сокращённый."
)
@click.option("--why", required=True, help="Основание: акт края, области или страны.")
@click.option("--municipality", "key", required=True, help="Для кого день меняется.")
@click.option("--by", "username", required=True, help="Имя для входа того, кто вносит.")
@click.option("--country", is_flag=True, help="Для всей страны, а не только для этого муниципалитета.")
def day(moment: datetime, kind: DayKind, why: str, key: str, username: str, country: bool) -> None:
    """Внести выходной, рабочий или сокращённый день, с записью в журнал."""
    municipality = named_town(key)
    with within(municipality.id):
        row = set_day(moment.date(), kind, why, _keeper(username, municipality), municipality, country)
    click.echo(f"{table_day(row.date)} — {row.get_kind_display()}: {why}. Уже посчитанные сроки не меняются.")


def _keeper(username: str, municipality: Municipality) -> User:
    user = User.objects.filter(username=username).first()
    if user is None or not may(user, PERMISSION, municipality):
        raise Refused(f"У «{username}» нет права вести календарь: {municipality.short_name}.")
    return user


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
