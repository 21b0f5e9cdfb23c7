"""The way of an answer: draft, approval, signature, sending, placement in outer systems.

Who approves and signs says the charter's route; nothing unsigned leaves where the charter wants a signature.
"""

from datetime import date, datetime

from django.db.models import Max

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.cases.letters import letter
from otklik.cases.models import Answer, Case, Draft
from otklik.cases.services.clocks import (
    check_promise,
    pause_inner,
    start_clock,
    start_promise,
    stop_clocks,
)
from otklik.cases.services.moving import begin, finish, rights_for
from otklik.cases.services.sending import is_placed_by_hand, send_letter
from otklik.cases.services.ways import chosen_way, refuse_unfit
from otklik.cases.templates import empty_place
from otklik.channels.models import Outgoing
from otklik.channels.style import way_of
from otklik.charter.carrying import carries_out
from otklik.charter.schema.work import AnswerRoute
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.deadlines.clocks import INCIDENT_CHANNELS


class DraftConflict(Refused):  # a refusal, like its parent
    """Somebody saved a newer draft meanwhile; `current` is theirs, the typed text stays with the person."""

    def __init__(self, current: Draft) -> None:
        who = current.saved_by.get_full_name() if current.saved_by else "система"
        super().__init__(f"Пока вы писали, проект изменил сотрудник «{who}». Ваш текст цел.")
        self.current = current


@carries_out("BOG-III.4.4.1.2", "BOG-III.4.5.1.1")
def save_draft(
    case: Case,
    text: str,
    kind: str,
    promise_on: date | None,
    version: int,
    by: User,
    way: str = "",
) -> Draft:
    """Save the text being typed. `version` is the one the person started from (0 = none yet); `way` is how it is to
    leave where the network knows two ways."""
    draft, _ = Draft.objects.select_for_update().get_or_create(
        case=case, defaults={"municipality": case.municipality}
    )
    if draft.version != version and draft.text != text:
        raise DraftConflict(draft)
    draft.text, draft.kind, draft.promise_on, draft.saved_by = text, kind, promise_on, by
    draft.way = way if way_of(case.channel.kind, way) else ""
    draft.version += 1
    draft.save(update_fields=["text", "kind", "promise_on", "way", "saved_by", "version", "saved_at"])
    return draft


def route_of(case: Case) -> AnswerRoute:
    """The first line of the charter's approval route that fits the case."""
    charter = charter_of(case.municipality)
    for route in charter.answers:
        of_kind = not route.kinds or case.kind in route.kinds
        of_channel = not route.channels or case.channel.key in route.channels
        if of_kind and of_channel:
            return route
    raise Refused("В положении не сказано, кто согласует ответы. Дополните порядок в разделе «Положение».")


def submit_answer(case: Case, by: User, now: datetime) -> Answer:
    """Hand the draft over for approval; a promise is checked against the calendar at once.

    Whoever hands it over vouches for it: the title stays with the version (ЛОВ 3.4).
    """
    case = begin(case, "submit", by)
    draft = Draft.objects.filter(case=case).first()
    if draft is None or not draft.text.strip():
        raise Refused("Проект ответа пуст. Напишите ответ и передайте его снова.")
    if place := empty_place(draft.text):
        raise Refused(f"В проекте осталось место шаблона «{place}». Заполните его или уберите.")
    if draft.kind == "interim":
        if draft.promise_on is None:
            raise Refused("В промежуточном ответе нужен день, к которому будет окончательный. Укажите дату.")
        check_promise(case, draft.promise_on, now)
    way = chosen_way(case, draft.way)
    if way:
        refuse_unfit(draft.text.strip(), way, case.channel)
    last = Answer.objects.filter(case=case).aggregate(last=Max("version"))["last"] or 0
    rights = rights_for(case, by)
    answer = Answer.objects.create(
        municipality=case.municipality,
        case=case,
        version=last + 1,
        kind=draft.kind,
        text=draft.text.strip(),
        way=draft.way,
        promise_on=draft.promise_on,
        author=by,
        vouched_title=rights.title if rights else "",
    )
    stop_clocks(
        case, now, "проект сдан", ["deadline.draft_days", "pos.executor_days_before", "fast_track.study"]
    )
    start_clock(case, "deadline.approval_days", now)
    finish(case, "submit", "cases.answer_submitted", by, now, details={"version": answer.version})
    leave_notice(
        case.municipality,
        f"Проект ответа ждёт: {case.number}",
        f"/cases/{case.number}/",
        permission="cases.approve_answer",
    )
    return answer


def current_answer(case: Case) -> Answer:
    """The newest version, locked."""
    answer = Answer.objects.select_for_update(of=("self",)).filter(case=case).order_by("-version").first()
    if answer is None:
        raise Refused("Ответа ещё нет.")
    return answer


def return_answer(case: Case, reason: str, by: User, now: datetime) -> Case:
    """Give the draft back for rework with the reason."""
    if not reason.strip():
        raise Refused("Напишите, что исправить: без причины вернуть нельзя.")
    case = begin(case, "return_answer", by)
    answer = current_answer(case)
    answer.state, answer.return_reason = "returned", reason.strip()[:500]
    answer.save(update_fields=["state", "return_reason"])
    stop_clocks(case, now, "возвращено", ["deadline.approval_days"])
    finish(case, "return_answer", "cases.answer_returned", by, now, reason)
    if case.body:
        leave_notice(
            case.municipality, f"Ответ вернули: {case.number}", f"/cases/{case.number}/", body=case.body
        )
    return case


@carries_out("BOG-III.4.7.1", "BOR-1.2.г.2", "DEM-2.2.3.1")
def approve_answer(case: Case, by: User, now: datetime) -> Answer:
    """Agree with the answer. Where the charter asks for four eyes, the author may not approve the own draft."""
    case = begin(case, "approve", by)
    answer, route = current_answer(case), route_of(case)
    if route.four_eyes and answer.author_id == by.pk:
        raise Refused("Свой проект согласует другой сотрудник: так велит положение.")
    _refuse_stranger(case, route, by)
    answer.state, answer.approver, answer.approved_at = "approved", by, now
    answer.save(update_fields=["state", "approver", "approved_at"])
    stop_clocks(case, now, "согласовано", ["deadline.approval_days"])
    finish(case, "approve", "cases.answer_approved", by, now, details={"version": answer.version})
    leave_notice(
        case.municipality,
        f"Ответ ждёт подписи: {case.number}",
        f"/cases/{case.number}/",
        permission="cases.sign_answer",
    )
    return answer


def _refuse_stranger(case: Case, route: AnswerRoute, by: User) -> None:
    """The charter's route names the roles that approve; a substitute acts with the role of the absent."""
    rights = rights_for(case, by)
    if route.approves and rights and not rights.role_keys & set(route.approves):
        roles = charter_of(case.municipality).roles
        names = ", ".join(roles[key].title for key in route.approves if key in roles)
        raise Refused(f"По положению этот ответ согласует: {names}.")


@carries_out("BOR-1.2.г.2", "DEM-2.2.3.1")
def sign_answer(case: Case, by: User, now: datetime) -> Outgoing:
    """Sign the approved answer and queue it for its channel.

    Where the charter requires a signature, only a role with the right to sign may do it (59-ФЗ ст. 10 ч. 3);
    where a mark is enough, the approver sends it.
    """
    case = begin(case, "sign", by)
    answer, route, rights = current_answer(case), route_of(case), rights_for(case, by)
    if answer.state != "approved":
        raise Refused("Сначала ответ нужно согласовать.")
    if route.signature == "required" and (rights is None or "cases.sign_answer" not in rights.permissions):
        raise Refused("Подписать может только тот, кому положение дало право подписи.")
    answer.state, answer.signer, answer.signed_at, answer.sent_at = "sent", by, now, now
    answer.signer_title = rights.title if rights else ""
    answer.save(update_fields=["state", "signer", "signed_at", "sent_at", "signer_title"])
    notice = letter("answer", case, text=answer.text, signer=answer.signer_title)
    outgoing = send_letter(case, notice, by, now, answer.way)
    _after_signing(case, answer, by, now)
    return outgoing


def _after_signing(case: Case, answer: Answer, by: User, now: datetime) -> None:
    details = {"version": answer.version, "kind": answer.kind}
    if answer.kind == "interim":
        _after_interim(case, answer, by, now, details)
        return
    fields: dict[str, object] = {"result": answer.kind}
    if is_placed_by_hand(case):
        stop_clocks(case, now, "ответ подписан", ["fast_track.draft"])
        pause_inner(case, now, but=["fast_track.send"])
        fields["state"] = "placing"
    else:
        fields["answered_at"] = now
        stop_clocks(case, now, "ответ отправлен")
    finish(case, "sign", "cases.answer_signed", by, now, fields=fields, details=details)


def _after_interim(case: Case, answer: Answer, by: User, now: datetime, details: dict[str, object]) -> None:
    """An interim answer ends the clock of the first answer; the promise goes under control, the law runs on."""
    stop_clocks(case, now, "промежуточный ответ", ["im.first_answer_hours", "im.first_answer_hours_urgent"])
    if case.channel.kind in INCIDENT_CHANNELS:
        start_clock(case, "im.final_after_interim_days", now, "после промежуточного ответа")
    if answer.promise_on:
        start_promise(case, answer.promise_on, now)
    Draft.objects.filter(case=case).update(text="", kind="explained", promise_on=None)
    finish(case, "sign", "cases.answer_signed", by, now, fields={"state": "in_work"}, details=details)


@carries_out("BOG-I.2.1.3", "BOR-1.1.1.3", "LOV-1.2.3", "MIH-1.1.2.3")
def mark_placed(case: Case, link: str, by: User | None, now: datetime) -> Case:
    """Record that the answer stands in the outer system, with the link as proof; its clocks stop now."""
    if by is not None and not link.strip():
        raise Refused("Вставьте ссылку на размещённый ответ или номер в системе: это подтверждение.")
    case = begin(case, "place", by)
    waiting = Outgoing.objects.filter(municipality=case.municipality, about=case.number, kind="answer")
    waiting.exclude(state="sent").update(state="sent", sent_at=now, proof=link[:500])
    stop_clocks(case, now, "ответ размещён")
    fields = {"answered_at": case.answered_at or now}
    finish(case, "place", "cases.answer_placed", by, now, fields=fields, details={"link": link[:500]})
    return case
