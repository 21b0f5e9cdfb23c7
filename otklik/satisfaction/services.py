"""Asking the applicant and taking the score; a bad score opens a check and may bring the case back to work.

Called by the portal, by imports of outer scores and by the timer; calls `cases.services`.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.cases.letters import letter
from otklik.cases.models import Answer, Case
from otklik.cases.rules import MOVES
from otklik.cases.services import reopen_case
from otklik.cases.services.bots import cases_of_talk
from otklik.cases.services.moving import trace
from otklik.cases.services.sending import send_letter
from otklik.channels.models import BotEvent
from otklik.channels.services.talking import answer_talk
from otklik.charter.carrying import carries_out
from otklik.charter.selectors import parameter
from otklik.common.errors import Refused
from otklik.satisfaction.models import Invitation, Recheck, Score
from otklik.satisfaction.rules import RECHECK_RESULTS, WORDS_LIMIT, hash_of, is_bad, known_reasons


def open_invitation(case: Case) -> str:
    """A link's secret for one score of this case, shown once; nothing is sent."""
    token = f"{case.municipality_id}-{secrets.token_urlsafe(24)}"
    Invitation.objects.create(municipality=case.municipality, case=case, token_hash=hash_of(token))
    return token


def invite(case: Case, now: datetime) -> str:
    """Ask the applicant by the case's channel how the answer helped; returns the token of the link."""
    token = open_invitation(case)
    link = f"{settings.PUBLIC_URL}/p/rate/{token}/"
    send_letter(case, letter("rate", case, link=link), None, now)
    record(case, "satisfaction.invited", None, case.municipality)
    return token


@carries_out("BOR-1.2.г.4", "LOV-1.2.5.2", "LOV-2.2.1.5", "MIH-1.4.5")
def take_score(token: str, score: int, reasons: Sequence[str], words: str, now: datetime) -> Score:
    """Take the applicant's score, once for an invitation. Raises Refused with what to do."""
    invitation = find_invitation(token)
    if invitation is None:
        raise Refused("Ссылка неполная или устарела. Откройте её из письма ещё раз.")
    if not 1 <= score <= 5:
        raise Refused("Выберите оценку от 1 до 5.")
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now):
            raise Refused("Оценка по этой ссылке уже принята. Изменить её нельзя.")
        given = _given(invitation, score, known_reasons(reasons), words.strip()[:WORDS_LIMIT], now)
        _after_score(given, now)
    return given


def find_invitation(token: str) -> Invitation | None:
    """The invitation of this token within the current scope."""
    found = Invitation.objects.filter(token_hash=hash_of(token))
    return found.select_related("case__municipality", "case__channel").first()


def _given(invitation: Invitation, score: int, reasons: list[str], words: str, now: datetime) -> Score:
    try:
        with transaction.atomic():
            return Score.objects.create(
                municipality=invitation.municipality,
                case=invitation.case,
                invitation=invitation,
                score=score,
                reasons=reasons,
                words=words,
                at=now,
            )
    except IntegrityError as already:
        raise Refused("Оценка по этой ссылке уже принята. Изменить её нельзя.") from already


def take_outer_score(case: Case, score: int, now: datetime) -> Score | None:
    """A score the applicant gave in the outer system; the same score again changes nothing."""
    last = Score.objects.filter(case=case, source="outer").first()
    if not 1 <= score <= 5 or (last and last.score == score):
        return None
    with transaction.atomic():
        given = Score.objects.create(
            municipality=case.municipality, case=case, score=score, source="outer", at=now
        )
        _after_score(given, now)
    return given


def take_bot_score(event: BotEvent, now: datetime) -> Score | None:
    """A score pressed under an answer in a talk with a bot; the person is told what became of it.

    Only the talk that sent the message may rate it; the same score pressed again changes nothing.
    """
    number, score = str(event.content.get("number")), int(event.content.get("score") or 0)
    case = next((case for case in cases_of_talk(event) if case.number == number), None)
    if case is None or case.state not in ("sent", "closed"):
        words = (
            "Работа ещё идёт: оценить можно будет окончательный ответ."
            if case
            else "Такого номера здесь не было."
        )
        answer_talk(event, "talk_rated", words, now)
        return None
    given = take_outer_score(case, score, now)
    answer_talk(event, "talk_rated", f"Спасибо, оценка {score} за ответ № {number} записана.", now)
    return given


def _after_score(given: Score, now: datetime) -> None:
    """Show it on the case, journal it, and let a bad one open a check."""
    case = given.case
    Case.objects.filter(pk=case.pk).update(score=given.score)
    case.score = given.score
    details = {"score": given.score, "source": given.source}
    trace(case, "score", "satisfaction.scored", None, now, f"оценка {given.score} из 5", details)
    if is_bad(given.score, int(str(parameter(case.municipality, "pos.rating_negative_max").value))):
        _open_recheck(given, now)


def _open_recheck(given: Score, now: datetime) -> None:
    case = given.case
    Recheck.objects.create(municipality=case.municipality, case=case, score=given, opened_at=now)
    record(case, "satisfaction.recheck_opened", None, case.municipality, details={"score": given.score})
    leave_notice(
        case.municipality,
        f"Плохая оценка, проверьте ответ: {case.number}",
        "/rechecks/",
        permission="quality.check",
    )
    reopens = parameter(case.municipality, "pos.bad_score_reopens").value is True
    if reopens and case.state in ("sent", "closed"):
        reopen_case(case, f"заявитель оценил ответ на {given.score}", None, now)


@carries_out(
    "BOG-II.2.1.4", "BOG-III.4.4.6", "BOR-1.2.г.1", "DEM-2.2.1.5", "LOV-1.2.5", "LOV-2.2.1.4", "MIH-1.4.3.1"
)
def close_recheck(recheck: Recheck, result: str, reason: str, by: User, now: datetime) -> None:
    """End the check with what was seen; `reopened` brings the case back to work. Raises Refused."""
    if result not in dict(RECHECK_RESULTS):
        raise Refused("Выберите итог проверки: ответ верный или открыть заново.")
    if not reason.strip():
        raise Refused("Напишите, что увидели в ответе: итог проверки останется в истории.")
    if Answer.objects.filter(case=recheck.case, state="sent", author=by).exists():
        raise Refused("Свой ответ проверяет другой сотрудник.")
    with transaction.atomic():
        words = reason.strip()[:300]
        ended = Recheck.objects.filter(pk=recheck.pk, closed_at=None)
        if not ended.update(closed_at=now, result=result, outcome=words):
            raise Refused("Проверка уже закончена: обновите страницу.")
        title = dict(RECHECK_RESULTS)[result]
        details = {"result": result}
        trace(recheck.case, "recheck", "satisfaction.recheck_closed", by, now, f"{title}: {words}", details)
        if result == "reopened" and recheck.case.state in MOVES["reopen"].states:
            reopen_case(recheck.case, words, by, now)
