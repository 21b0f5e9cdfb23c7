"""Where records of coordination are read on the desk, and the words of their states."""

from otklik.office.coordination.models import Affair, Inquiry, MethodNote, VisaSheet, WorkPlan

PAGE, REQUESTS, PROPOSALS = "/coordination/", "/requests/", "/coordination/proposals/"
STATES = {
    "done": "исполнено в срок",
    "late": "исполнено позже срока",
    "off": "исключено",
    "over": "просрочено",
    "today": "срок сегодня",
    "soon": "скоро срок",
    "ok": "в работе",
}
"""Words of `rules.term_state`."""


def plan_address(plan: WorkPlan) -> str:
    """Where a plan is read."""
    return f"/coordination/plans/{plan.pk}/"


def register_address(kind: str) -> str:
    """Where affairs of a kind stand."""
    return f"{PAGE}register/{kind}/"


def affair_address(affair: Affair) -> str:
    """Where an affair is read."""
    return f"/coordination/affairs/{affair.pk}/"


def method_address(note: MethodNote) -> str:
    """Where a method note is read."""
    return f"/coordination/methods/{note.pk}/"


def visa_address(sheet: VisaSheet) -> str:
    """Where a paper goes round."""
    return f"/coordination/visas/{sheet.pk}/"


def inquiry_address(inquiry: Inquiry) -> str:
    """Where a request sent out is read."""
    return f"/requests/{inquiry.pk}/"
