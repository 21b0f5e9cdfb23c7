"""Ways of 59-ФЗ beside the ordinary answer: forwarding, copies, extension, leaving without an answer (ст. 8, 11, 12).

Each writes its notice to the applicant and says what becomes of the clocks (`deadlines.branches`).
"""

from collections.abc import Sequence
from datetime import datetime

from otklik.accounts.models import Body, User
from otklik.cases.letters import letter
from otklik.cases.models import Case
from otklik.cases.rules import LEAVE_GROUNDS
from otklik.cases.services.clocks import end_branch, extend_review, stop_clocks
from otklik.cases.services.moving import begin, finish, rights_for
from otklik.cases.services.sending import send_letter
from otklik.channels.services import make_outgoing
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.deadlines.branches import BRANCHES


def extend_term(case: Case, days: int, reason: str, by: User, now: datetime) -> Case:
    """Extend the law's clock once, up to 30 days, and tell the applicant before the first date (ст. 12 ч. 2)."""
    case = begin(case, "extend", by)
    fresh = extend_review(case, days, reason, now)
    rights = rights_for(case, by)
    notice = letter(
        "extended", case, due=fresh.legal_at, reason=reason, signer=rights.title if rights else ""
    )
    send_letter(case, notice, by, now)
    finish(case, "extend", "cases.term_extended", by, now, reason, details={"days": days})
    return case


@carries_out("BOG-III.4.2.2", "BOR-3.1.1", "DEM-2.3.1", "LOV-1.1.1", "LOV-4.1", "MIH-3.2.2", "MIH-4.1.1.6")
def forward_case(case: Case, body: Body, reason: str, by: User, now: datetime) -> Case:
    """Send the case to the competent outer body and tell the applicant (ст. 8 ч. 3)."""
    if not reason.strip():
        raise Refused("Назовите основание: почему вопрос решает другой орган.")
    _refuse_subject(case, [body])
    case = begin(case, "forward", by)
    _hand_over(case, [body], now, "forward")
    send_letter(case, letter("forwarded", case, body=body.name, day=now, reason=reason), by, now)
    stop_clocks(case, now, "переадресовано")
    end_branch(case, BRANCHES["forward"], now)
    finish(case, "forward", "cases.forwarded", by, now, reason, {"result": "forwarded"}, {"body": body.key})
    return case


def send_copies(case: Case, bodies: Sequence[Body], reason: str, by: User, now: datetime) -> Case:
    """Send copies to several competent bodies; the own clock runs on (ст. 8 ч. 4)."""
    if not bodies:
        raise Refused("Выберите хотя бы один орган.")
    _refuse_subject(case, bodies)
    case = begin(case, "send_copies", by)
    _hand_over(case, bodies, now, "copy")
    names = ", ".join(body.name for body in bodies)
    send_letter(
        case, letter("copies", case, bodies=names, day=now, reason=reason or "их полномочия"), by, now
    )
    end_branch(case, BRANCHES["copies"], now)
    keys = [body.key for body in bodies]
    finish(case, "send_copies", "cases.copies_sent", by, now, reason, details={"bodies": keys})
    return case


def _refuse_subject(case: Case, bodies: Sequence[Body]) -> None:
    if case.text_kind == "complaint" and case.complained_of_id in {body.pk for body in bodies}:
        raise Refused(
            "Жалобу нельзя передать тому, на кого жалуются. Выберите другой орган "
            "или верните заявителю с разъяснением."
        )


def _hand_over(case: Case, bodies: Sequence[Body], now: datetime, kind: str) -> None:
    """The letter to each body carries the text as it came: forwarding is no disclosure (59-ФЗ ст. 6)."""
    for body in bodies:
        make_outgoing(
            channel=case.channel,
            kind=kind,
            about=case.number,
            recipient=body.email or body.name,
            subject=f"Обращение № {case.number} по компетенции",
            body=case.original.text,
            key=f"{case.number}:{kind}:{body.key}:{case.version}",
            reply_to="",
            now=now,
        )


def leave_case(case: Case, ground: str, by: User, now: datetime, reason: str = "") -> Case:
    """End a case without an answer on the merits on one of the law's grounds, with its notice (ст. 8, 11)."""
    if ground not in LEAVE_GROUNDS:
        raise Refused("Выберите основание из закона 59-ФЗ.")
    case = begin(case, "leave", by)
    if ground == "repeated":
        reason = _earlier_answers(case)
    if ground == "published" and not reason.strip():
        raise Refused("Вставьте адрес страницы, где опубликован ответ.")
    branch = BRANCHES[ground]
    if branch.notice:
        send_letter(case, letter(ground, case, reason=reason), by, now)
    stop_clocks(case, now, branch.title)
    end_branch(case, branch, now)
    why = f"{branch.title}, 59-ФЗ {branch.clause}"
    finish(case, "leave", "cases.left", by, now, why, {"result": "left"}, {"ground": ground})
    return case


def _earlier_answers(case: Case) -> str:
    """Correspondence may be ended only after several answers on the merits of the same question (ст. 11 ч. 5)."""
    author = case.applicant.fingerprint if case.applicant else ""
    earlier = Case.objects.filter(
        municipality=case.municipality,
        applicant__fingerprint=author,
        topic=case.topic,
        answered_at__isnull=False,
    ).exclude(pk=case.pk)
    answered = list(earlier.order_by("answered_at").values_list("number", "answered_at")) if author else []
    if len(answered) < 2:
        raise Refused("Прекратить переписку можно после двух письменных ответов на этот вопрос, а их меньше.")
    return ", ".join(f"№ {number} от {at:%d.%m.%Y}" for number, at in answered)
