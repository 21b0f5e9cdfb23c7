"""The two messages of the procedure, the alert and the two-part report; the chat itself is `risks.chat`."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.charter.carrying import carries_out
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.outreach.models import Publication
from otklik.risks import rules
from otklik.risks.chat import services as chat
from otklik.risks.chat.composing import alert_of, progress_text, report_of
from otklik.risks.chat.rules import ReportParts, Site, report_text
from otklik.risks.models import Alert, Risk
from otklik.risks.services.guard import begin, finish, stop_clock


@carries_out("DEM-RISK-1.5")
@transaction.atomic
def tell_chat(risk: Risk, by: User, now: datetime) -> Alert:
    """Put the message about the risk before the alert chat (DEM-RISK-1.5); the clock of the alert stops here.

    Raises Refused where the charter has no chat, or while personal data of residents stand in the message.
    """
    held, rights, to = begin(risk, "tell_chat", by)
    made = chat.say(held.municipality, "alert", alert_of(held, now), by, now, risk=held)
    stop_clock(held, "alert", now)
    finish(held, "tell_chat", to, by, rights, now)
    return made


@carries_out("DEM-RISK-2.6", "DEM-RISK-2.7", "DEM-RISK-2.8")
@transaction.atomic
def report(risk: Risk, by: User, now: datetime) -> Alert:
    """Put the two-part report before the chat (DEM-RISK-2.6…2.8). Raises Refused naming every missing part."""
    held, rights, to = begin(risk, "report", by)
    parts = report_parts(held)
    rules.check_report(report_lacks(held, parts))
    kept = {
        "text": parts.text,
        "places": [one.title for one in parts.sites],
        "links": [[one.kind, one.link] for one in parts.links],
    }
    said = report_text(parts)
    made = chat.say(held.municipality, "report", said, by, now, risk=held, parts=kept, public=parts.text)
    finish(held, "report", to, by, rights, now)
    return made


@carries_out("DEM-RISK-2.2", "DEM-RISK-2.3")
@transaction.atomic
def tell_progress(risk: Risk, by: User, now: datetime) -> Alert:
    """Tell the chat what is not clear yet and which measures are taken and planned (DEM-RISK-2.2, 2.3).

    Raises Refused where there is nothing to tell.
    """
    held, rights, to = begin(risk, "progress", by)
    unknown = [one.text for one in held.unknowns.filter(round=held.round, answer="")]
    measures = list(held.measures.filter(round=held.round).select_related("post"))
    if not unknown and not measures:
        raise Refused("Сообщать нечего: ни неизвестных обстоятельств, ни мер в карточке нет.")
    said = progress_text(held, unknown, measures, now)
    made = chat.say(held.municipality, "measures" if measures else "unknown", said, by, now, risk=held)
    finish(held, "progress", to, by, rights, now)
    return made


def report_parts(risk: Risk) -> ReportParts:
    """Both parts as they stand now: what was seen to stand, and what the register of publications knows of the risk."""
    parts = report_of(risk)
    known = {one.link for one in parts.links}
    rows = Publication.objects.filter(municipality=risk.municipality, about=risk.about, struck_at=None)
    more = [Site(one.kind, one.outlet, one.url) for one in rows.order_by("on", "pk") if one.url]
    return replace(parts, links=[*parts.links, *(one for one in more if one.link not in known)])


def report_lacks(risk: Risk, parts: ReportParts) -> list[str]:
    """What the report lacks by the kinds of proof the charter names; empty when it is whole."""
    links = [(one.kind, one.link) for one in parts.links]
    asked = charter_of(risk.municipality).risks.proof_links
    return rules.report_lacks(parts.text, [one.title for one in parts.sites], links, asked)
