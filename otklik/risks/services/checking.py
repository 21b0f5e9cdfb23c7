"""Verification: taken in check, the verdict with its grounds, circumstances nobody knows yet."""

from datetime import datetime

from django.db import transaction

from otklik.accounts.models import Body, User
from otklik.accounts.services import leave_notice
from otklik.channels.models import StoredFile
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.risks.models import Risk, UnknownFact, Verification
from otklik.risks.selectors import page_of
from otklik.risks.services.guard import begin, finish, plain, signed, stop_clock, written
from otklik.risks.telling import tell_workers
from otklik.risks.words import VERDICTS


@transaction.atomic
def check(risk: Risk, by: User, now: datetime) -> Risk:
    """Take the risk in verification."""
    held, rights, to = begin(risk, "check", by)
    return finish(held, "check", to, by, rights, now)


@carries_out("DEM-RISK-2.1")
@transaction.atomic
def verify(
    risk: Risk,
    verdict: str,
    grounds: str,
    by: User,
    now: datetime,
    asked: str = "",
    file: StoredFile | None = None,
) -> Verification:
    """Write down whether it is so, and on which grounds; a false alarm too (DEM-RISK-2.1).

    `asked` is with whom it was verified, in posts and bodies. A later verdict mends an earlier one and both stay.
    """
    deed = "reverify" if risk.verdict and risk.state not in ("found", "alert", "verification") else "verify"
    held, rights, to = begin(risk, deed, by)
    if verdict not in VERDICTS:
        raise Refused("Выберите итог: подтверждён, опровергнут или подтверждён частично.")
    made = Verification(
        **signed(held, by, rights, now),
        verdict=verdict,
        grounds=written(grounds, "основания", 1000),
        asked=plain(asked)[:300],
        file=file,
    )
    made.save()
    held.verdict = verdict
    stop_clock(held, "verify", now)
    finish(held, deed, to, by, rights, now, f"{VERDICTS[verdict]}: {made.grounds}", "verdict")
    tell_workers(held, f"Риск {held} {VERDICTS[verdict]}: {held.title}")
    return made


@carries_out("DEM-RISK-2.2")
@transaction.atomic
def note_unknown(
    risk: Risk, text: str, told_to: str, by: User, now: datetime, body: Body | None = None
) -> UnknownFact:
    """Tell those who may know of a circumstance that is not clear (DEM-RISK-2.2); a body of ours gets a line."""
    held, rights, to = begin(risk, "unknown", by)
    made = UnknownFact(
        **signed(held, by, rights, now),
        text=written(text, "что неизвестно", 500),
        told_to=written(told_to or (body.short_name if body else ""), "кого уведомили", 300),
        body=body,
    )
    made.save()
    if body is not None:
        said = f"Уточните по риску {held}: {made.text}"
        leave_notice(held.municipality, said[:300], page_of(held), body=body)
    finish(held, "unknown", to, by, rights, now, f"{made.text} — {made.told_to}")
    return made


@transaction.atomic
def learn(fact: UnknownFact, answer: str, by: User, now: datetime) -> UnknownFact:
    """Write down what became known."""
    held, rights, to = begin(fact.risk, "learn", by)
    known = UnknownFact.objects.select_for_update().get(pk=fact.pk, risk=held)
    if known.answer:
        raise Refused("Это обстоятельство уже выяснено. Обновите страницу.")
    known.answer, known.answered_at = written(answer, "что выяснилось", 500), now
    known.save(update_fields=["answer", "answered_at"])
    finish(held, "learn", to, by, rights, now, known.answer)
    return known
