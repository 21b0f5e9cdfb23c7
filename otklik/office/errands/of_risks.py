"""Errands because of information risks: a risk is a source of decisions equal to appeals (DEM-2.4.5).

Risks stand below and know nothing of errands: the desk gives them here, and the card of the risk keeps the decision.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.office.errands.models import Errand
from otklik.office.errands.selectors import errands_for
from otklik.office.errands.services import Order, Source, give
from otklik.risks.models import Risk
from otklik.risks.selectors import page_of
from otklik.risks.services import note_decision

KIND = "risk"


@carries_out("DEM-2.4.5")
@transaction.atomic
def give_for_risk(risk: Risk, order: Order, by: User, now: datetime) -> Errand:
    """Give an errand because of the risk and write the decision into its history (DEM-2.4.5).

    Whatever source the order names is replaced by the risk. Raises Refused for an exercise and by the rules of errands.
    """
    if risk.drill:
        raise Refused("По учебному риску поручений не дают.")
    source = Source(KIND, risk.pk, page_of(risk), f"информационный риск {risk}")
    made = give(risk.municipality, replace(order, source=source), by, now)
    note_decision(risk, f"поручение № {made.number}: {made.text}", by, now)
    return made


def errands_about(risk: Risk, user: User, rights: Rights) -> QuerySet[Errand]:
    """Errands given because of the risk that the person may see, the newest first."""
    rows = errands_for(user, risk.municipality, rights).filter(kind=KIND, source_id=risk.pk)
    return rows.order_by("-given_at", "-pk")
