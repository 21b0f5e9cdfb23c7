"""A paper put together: the form's sections over the figures, the words of the charter on its title.

Reads only; `services` keeps what comes out. What a person has typed is searched for personal data beforehand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.analytics.models import FactMark
from otklik.charter.schema import Charter
from otklik.charter.schema.office import Report as CharterReport
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import write_period
from otklik.common.words import NBSP, table_day, tie
from otklik.reports.about import KINDS, WHOLE, About
from otklik.reports.forms import FORMS, Form
from otklik.reports.grounds import ground_of
from otklik.reports.parts import Document, Writing
from otklik.reports.periods import in_words
from otklik.reports.phrases import to_whom
from otklik.reports.source import Source

SIGNER, LEADER = "head", "leader"
CARRIERS = {
    "note": "note",
    "summary": "note",
    "decision_support": "note",
    "recipients_work": "bodies",
    "quarterly": "quarter",
    "block": "branch",
    "planning": "planning",
    "region_projects": "projects",
    "block_projects": "projects",
    "region_request": "materials",
    "auto_analysis": "analysis",
}
"""Which form carries a report that a charter names."""
Told = Callable[[int, int], None]
"""Called after every part with how many are ready and of how many."""


@dataclass(frozen=True)
class Order:
    """What to compose: a form over a period, about one thing or all, for a report of the charter if it asks."""

    form: Form
    period: Period
    charter_key: str = ""
    about: About = WHOLE

    def wanted(self, charter: Charter) -> CharterReport | None:
        return charter.reports.get(self.charter_key)


def form_of(report: CharterReport) -> Form | None:
    """Which of our forms carries a report of the charter; None where people write it themselves."""
    if report.key in CARRIERS:
        return FORMS[CARRIERS[report.key]]
    return FORMS["week"] if report.channel else None


def asked_by(charter: Charter, form: Form) -> str:
    """The charter's report this form carries, empty when the charter asks for none."""
    return next((key for key, one in charter.reports.items() if form_of(one) is form and not one.channel), "")


def compose(
    town: Municipality,
    order: Order,
    now: datetime,
    additions: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
    told: Told | None = None,
) -> Document:
    """The document of this moment, without number and day: the figures of the facts as they are now.

    Raises Refused for a form that wants one thing and is given none, or another; for days that have not begun.
    """
    if order.form.about != order.about.kind:
        name = f"«{order.form.heading} {order.form.subject}»"
        wanted_thing = f"выберите {KINDS[order.form.about]}" if order.form.about else "составляется обо всём"
        raise Refused(f"{name}: {wanted_thing}.")
    if order.period.since > now.astimezone(ZoneInfo(town.time_zone)).date():
        raise Refused(f"Период ещё не начался: {in_words(order.period)}.")
    wanted = _charter_report(town, order)
    channel = (wanted.channel or "") if wanted else ""
    source = Source(town, order.period, now, channel, order.about, said or {})
    page, sections = Writing(), sections_of(town, order)
    page.say(ground_of(town, order.charter_key))
    page.say(_running(source))
    for place, key in enumerate(sections, 1):
        order.form.sections[key](source, page, (additions or {}).get(key, ""))
        if told:
            told(place, len(sections))
    return Document(
        heading=wanted.title if wanted else order.form.heading,
        subject=_subject(order, wanted),
        period=f"за\u00a0{in_words(order.period)}",
        centre=source.charter.identity.centre_title,
        addressee=to_whom(wanted.addressee if wanted else _addressee(source.charter)),
        signer=_signer(source.charter, wanted),
        parts=tuple(page.parts),
    )


def _running(source: Source) -> str:
    """A part of a period is not to be read as the whole of it."""
    if source.period.until < source.today:
        return ""
    return (
        f"Период ещё идёт: показатели на{NBSP}{table_day(source.today)}, сравнение с прошлым предварительное."
    )


def _subject(order: Order, wanted: CharterReport | None) -> str:
    """What stands under the title; nothing when the charter's title says it already."""
    said = f"{order.form.subject} {order.about.title}".strip()
    return "" if wanted and said.lower() in wanted.title.lower() else tie(said)


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
            **order.about.conditions,
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
