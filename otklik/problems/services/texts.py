"""One official text for all authors of a problem. It is never posted for everybody: every case gets a draft of its
own, which goes the case's own way of approval and signature, so each author is answered individually."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.cases.models import Case, Draft
from otklik.cases.rules import WORKING
from otklik.cases.services import add_note, save_draft
from otklik.cases.states import ANSWER_KINDS
from otklik.common.errors import Refused, changed_meanwhile
from otklik.problems.models import OfficialText, Problem, ProblemCase
from otklik.problems.services.locking import held_alive
from otklik.problems.words import OPEN_STATES

PAGE = "/problems/"
FORWARDED = "forwarded"


@dataclass(frozen=True)
class Given:
    """How many cases got the text as a draft, how many were left and why is written at each of them."""

    drafted: int
    left: int


@transaction.atomic
def write_text(
    problem: Problem, text: str, kind: str, promise_on: date | None, version: int, by: User, now: datetime
) -> OfficialText:
    """Write or change the text at work; `version` is the one the person started from, 0 for none."""
    fresh, said = held_alive(problem, by), text.strip()
    if fresh.state not in OPEN_STATES:
        raise Refused("Сначала подтвердите проблему: официальный текст отвечает на то, в чём уверены.")
    if not said:
        raise Refused("Напишите текст: его получит каждый автор в своём ответе.")
    if kind not in dict(ANSWER_KINDS) or kind == FORWARDED:
        raise Refused("Выберите вид ответа из списка.")
    if kind == "interim" and promise_on is None:
        raise Refused("В промежуточном ответе нужен день, к которому будет окончательный. Укажите дату.")
    draft = fresh.texts.filter(state="draft").first()
    if (draft.version if draft else 0) != version:
        raise changed_meanwhile("текст")
    promised = promise_on if kind == "interim" else None
    if draft is None:
        draft = OfficialText.objects.create(
            municipality=fresh.municipality,
            problem=fresh,
            text=said,
            kind=kind,
            promise_on=promised,
            by=by,
            at=now,
        )
    else:
        draft.text, draft.kind, draft.promise_on, draft.by, draft.at = said, kind, promised, by, now
        draft.version = F("version") + 1
        draft.save(update_fields=["text", "kind", "promise_on", "by", "at", "version"])
        draft.refresh_from_db(fields=["version"])
    record(fresh, "problems.text_written", by, fresh.municipality, why=said[:200])
    return draft


@transaction.atomic
def give_text(text: OfficialText, by: User, now: datetime) -> Given:
    """Hand the text to every agreed case as its draft. A case where somebody writes already, one without an
    executor or answered before is left, and why is kept beside it. A given text may be given to cases joined later.
    """
    problem = held_alive(text.problem, by)
    fresh = OfficialText.objects.select_for_update().get(pk=text.pk)
    if fresh.state == "withdrawn":
        raise Refused("Этот текст отозван. Составьте новый.")
    links = list(
        problem.links.filter(state="confirmed")
        .exclude(text=fresh)
        .select_related("case__municipality", "case__body")
        .order_by("pk")
    )
    if not links:
        raise Refused("Раздавать некому: в проблеме нет подтверждённых карточек без этого текста.")
    drafted = sum(_give(link, fresh, by) for link in links)
    ProblemCase.objects.bulk_update(links, ["text", "text_note"])
    fresh.state, fresh.given_at = "given", now
    fresh.save(update_fields=["state", "given_at"])
    _tell_bodies(problem, [link for link in links if link.text_id])
    details = {"drafted": drafted, "left": len(links) - drafted}
    record(problem, "problems.text_given", by, problem.municipality, details=details)
    return Given(drafted, len(links) - drafted)


def withdraw_text(text: OfficialText, by: User) -> OfficialText:
    """Take back a text that is not right any more; drafts already given stay with their cases."""
    with transaction.atomic():
        problem = held_alive(text.problem, by)
        if not OfficialText.objects.filter(pk=text.pk).exclude(state="withdrawn").update(state="withdrawn"):
            raise Refused("Текст уже отозван. Обновите страницу.")
        record(problem, "problems.text_withdrawn", by, problem.municipality)
    text.refresh_from_db()
    return text


def _give(link: ProblemCase, text: OfficialText, by: User) -> bool:
    case = link.case
    draft = Draft.objects.filter(case=case).first()
    link.text_note = _why_not(case, draft)
    if link.text_note:
        return False
    save_draft(case, text.text, text.kind, text.promise_on, draft.version if draft else 0, by)
    add_note(case, f"Проект ответа — официальный текст проблемы {link.problem.number}", by)
    link.text = text
    return True


def _why_not(case: Case, draft: Draft | None) -> str:
    if case.state == "registered":
        return "исполнитель ещё не назначен"
    if case.state not in WORKING:
        return f"карточка уже «{case.get_state_display()}»"
    if draft is not None and draft.text.strip():
        return "в карточке уже пишут свой проект"
    return ""


def _tell_bodies(problem: Problem, links: list[ProblemCase]) -> None:
    """One line a body: how many of its cases got a draft."""
    bodies = {link.case.body_id: link.case.body for link in links if link.case.body_id}
    for key, body in bodies.items():
        many = sum(link.case.body_id == key for link in links)
        said = f"Готов общий текст по проблеме {problem.number}: проект стоит в ваших карточках, их {many}"
        leave_notice(
            problem.municipality, said, f"{PAGE}{problem.number}/", body=body, permission="cases.work"
        )
