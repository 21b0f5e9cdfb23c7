"""A paper put together: the form's sections over the figures, the words of the charter on its title.

Reads only; `services` keeps what comes out. What a person has typed is searched for personal data beforehand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from otklik.analytics.models import FactMark
from otklik.charter.schema import Charter
from otklik.charter.schema.office import Report as CharterReport
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import write_period
from otklik.common.words import tie
from otklik.reports.forms import FORMS, Form
from otklik.reports.parts import Document, Writing
from otklik.reports.periods import in_words
from otklik.reports.phrases import to_whom
from otklik.reports.source import Source

SIGNER, LEADER = "head", "leader"


@dataclass(frozen=True)
class Order:
    """What to compose: a form over a period, for a report of the charter when it asks for one."""

    form: Form
    period: Period
    charter_key: str = ""

    def wanted(self, charter: Charter) -> CharterReport | None:
        return charter.reports.get(self.charter_key)


def form_of(report: CharterReport) -> Form | None:
    """Which of our forms carries a report of the charter; None where people write it themselves."""
    if report.key in ("note", "summary", "decision_support"):
        return FORMS["note"]
    if report.key == "recipients_work":
        return FORMS["bodies"]
    if report.key in ("quarterly", "block"):
        return FORMS["quarter"]
    return FORMS["week"] if report.channel else None


def asked_by(charter: Charter, form: Form) -> str:
    """The charter's report this form carries, empty when the charter asks for none."""
    return next((key for key, one in charter.reports.items() if form_of(one) is form and not one.channel), "")


def compose(
    town: Municipality, order: Order, now: datetime, additions: Mapping[str, str] | None = None
) -> Document:
    """The document of this moment, without number and day: the figures of the facts as they are now."""
    wanted = _charter_report(town, order)
    source = Source(town, order.period, now, (wanted.channel or "") if wanted else "")
    page = Writing()
    for key in sections_of(town, order):
        order.form.sections[key](source, page, (additions or {}).get(key, ""))
    return Document(
        heading=wanted.title if wanted else order.form.heading,
        subject=tie(order.form.subject),
        period=f"за\u00a0{in_words(order.period)}",
        centre=source.charter.identity.centre_title,
        addressee=to_whom(wanted.addressee if wanted else _addressee(source.charter)),
        signer=_signer(source.charter, wanted),
        parts=tuple(page.parts),
    )


def sections_of(town: Municipality, order: Order) -> list[str]:
    """Keys of the sections this paper has here."""
    wanted = _charter_report(town, order)
    return order.form.chosen(wanted.sections if wanted else [])


def basis_of(town: Municipality, order: Order) -> dict[str, object]:
    """By what the figures were made: version of the form, how far the facts were brought, the conditions."""
    mark = FactMark.objects.filter(municipality=town).first()
    wanted = _charter_report(town, order)
    brought = mark.brought_at.isoformat() if mark and mark.brought_at else ""
    return {
        "form": order.form.key,
        "form_version": order.form.version,
        "facts_brought_at": brought,
        "filters": {
            "period": write_period(order.period),
            "channel": (wanted.channel or "") if wanted else "",
        },
    }


def _charter_report(town: Municipality, order: Order) -> CharterReport | None:
    return order.wanted(charter_of(town, order.period.until)) if order.charter_key else None


def _addressee(charter: Charter) -> str:
    leader = charter.roles.get(LEADER)
    return leader.title if leader else charter.identity.name


def _signer(charter: Charter, wanted: CharterReport | None) -> str:
    role = charter.roles.get((wanted.prepared_by if wanted else None) or SIGNER)
    return role.title if role else "Руководитель МЦУ"
