"""What a person says of a problem: its way from a proposal to the end, which cases are of it and which are not."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.problems.models import Problem, ProblemCase
from otklik.problems.rules import MOVES, WATCH_DAYS, refusal
from otklik.problems.services.locking import held, held_alive, save

PAGE = "/problems/"


@carries_out("BOR-1.1.3.е", "DEM-2.2.1.2", "MIH-1.1.7.6")
@transaction.atomic
def move(
    problem: Problem,
    deed: str,
    by: User,
    now: datetime,
    why: str = "",
    version: int | None = None,
    without: Collection[int] = (),
) -> Problem:
    """One step of a problem's life. `without` are keys of proposed cases a person strikes out while confirming."""
    if deed not in MOVES:
        raise Refused("Такого хода у проблемы нет. Обновите страницу.")
    fresh, said = held(problem, by, version), why.strip()[:500]
    step = MOVES[deed]
    told = refusal(deed, fresh.state) or _missing(fresh, deed, said)
    if told:
        raise Refused(told)
    fields = _fields(fresh, deed, by, now, said)
    if deed == "confirm":
        _confirm_cases(fresh, without, by, now)
        fields |= _body_of_most(fresh)
    fields["state"] = step.becomes
    for name, value in fields.items():
        setattr(fresh, name, value)
    save(fresh, *fields)
    record(fresh, f"problems.{deed}", by, fresh.municipality, why=said or fresh.title)
    _tell_owner(fresh, deed, by)
    return fresh


def _missing(problem: Problem, deed: str, said: str) -> str:
    if MOVES[deed].needs_words and not said:
        return "Напишите, почему: без причины этот ход не записывается."
    if deed == "take" and problem.owner_post_id is None and problem.body_id is None:
        return "Сначала назовите, кто отвечает за решение: должность или орган."
    if deed == "solve" and not problem.causes.filter(is_root=True).exclude(decision="").exists():
        return "Решённой отмечают проблему, у которой названа первопричина и записано, что по ней решили."
    return ""


def _fields(problem: Problem, deed: str, by: User, now: datetime, said: str) -> dict[str, object]:
    today = now.astimezone(ZoneInfo(problem.municipality.time_zone)).date()
    match deed:
        case "confirm":
            return {"confirmed_by": by, "confirmed_at": now, "state_reason": said}
        case "dismiss" | "close":
            return {"closed_at": now, "state_reason": said}
        case "solve":
            return {"solved_on": today, "state_reason": said}
        case "watch":
            return {"watch_until": (problem.solved_on or today) + timedelta(days=WATCH_DAYS)}
        case "return":
            return {"solved_on": None, "watch_until": None, "state_reason": said}
        case _:
            return {}


def _confirm_cases(problem: Problem, without: Collection[int], by: User, now: datetime) -> None:
    """Proposed links become agreed, those named are struck out; a case agreed elsewhere meanwhile is left there."""
    proposed = problem.links.filter(state="proposed")
    proposed.filter(case_id__in=without).update(state="struck", by=by, at=now)
    waiting = proposed.exclude(case_id__in=without)
    elsewhere = ProblemCase.objects.filter(state="confirmed").exclude(problem=problem).values("case_id")
    waiting.filter(case_id__in=elsewhere).update(state="struck", by=by, at=now)
    waiting.exclude(case_id__in=elsewhere).update(state="confirmed", by=by, at=now)


def _body_of_most(problem: Problem) -> dict[str, object]:
    """The body most of the agreed cases stand at, where nobody has named one."""
    if problem.body_id or problem.owner_post_id:
        return {}
    cases = Case.objects.filter(
        problem_links__problem=problem, problem_links__state="confirmed", body__isnull=False
    )
    most = cases.values("body_id").annotate(n=Count("pk")).order_by("-n", "body_id").first()
    return {"body_id": most["body_id"]} if most else {}


def _tell_owner(problem: Problem, deed: str, by: User) -> None:
    if deed in ("take", "return") and problem.body_id:
        leave_notice(
            problem.municipality,
            f"Проблема {problem.number} в работе: {problem.title}"[:300],
            f"{PAGE}{problem.number}/",
            body=problem.body,
            permission="problems.recommend",
        )


@transaction.atomic
def join_cases(problem: Problem, numbers: Sequence[str], why: str, by: User, now: datetime) -> int:
    """Put cases into the problem by their numbers; returns how many were put in."""
    fresh = held_alive(problem, by)
    said = why.strip()[:300]
    asked = [one for one in dict.fromkeys(numbers) if one]
    if not asked or not said:
        raise Refused("Назовите номера карточек и почему они об этой проблеме.")
    found = cases_for(by, fresh.municipality).filter(number__in=asked)
    missing = sorted({*asked} - {one.number for one in found})
    if missing:
        raise Refused(f"Карточки не найдены: {', '.join(missing[:5])}. Проверьте номера.")
    taken = ProblemCase.objects.filter(case__in=found, state="confirmed").exclude(problem=fresh)
    other = taken.select_related("problem", "case").order_by("pk").first()
    if other is not None:
        raise Refused(f"Карточка {other.case.number} уже в проблеме {other.problem.number}.")
    state = "proposed" if fresh.state == "proposed" else "confirmed"
    for case in found:
        ProblemCase.objects.update_or_create(
            problem=fresh,
            case=case,
            defaults={
                "municipality": fresh.municipality,
                "state": state,
                "sureness": 1.0,
                "reason": said,
                "by": by,
                "at": now,
            },
        )
    record(fresh, "problems.case_joined", by, fresh.municipality, why=said, details={"cases": asked})
    return len(asked)


@transaction.atomic
def strike_case(problem: Problem, case: Case, why: str, by: User, now: datetime) -> ProblemCase:
    """Take a case out with the reason: it is not proposed for this problem again."""
    fresh, said = held_alive(problem, by), why.strip()[:300]
    if not said:
        raise Refused("Напишите, почему карточка не об этой проблеме.")
    link = fresh.links.exclude(state="struck").filter(case=case).first()
    if link is None:
        raise Refused("Этой карточки в проблеме уже нет. Обновите страницу.")
    link.state, link.by, link.at, link.reason = "struck", by, now, said
    link.save(update_fields=["state", "by", "at", "reason"])
    record(fresh, "problems.case_struck", by, fresh.municipality, why=said, details={"case": case.number})
    return link
