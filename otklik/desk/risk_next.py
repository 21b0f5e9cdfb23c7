"""What the card of a risk offers: deeds the procedure asks for next, a form for each deed that may be done."""

from typing import Any

from django.utils import timezone

from otklik.desk.forms.deeds import DeedForm, NothingForm
from otklik.desk.risk_deeds import DEEDS
from otklik.risks.models import Risk

NEXT: dict[str, tuple[str, ...]] = {
    "found": ("tell_chat", "check", "verify"),
    "alert": ("check", "verify"),
    "verification": ("verify",),
    "work": ("answer", "place", "placed", "no_answer"),
    "answer_placed": ("report", "observe"),
    "report": ("observe",),
    "reaction": ("observe", "close", "return"),
    "closed": ("repeat",),
}
"""What the procedure asks for next in a state; the first of them stands open."""
WRITTEN = ("placed", "place", "answer", "no_answer")
"""What comes next in the work once the official text stands."""


def next_of(risk: Risk) -> tuple[str, ...]:
    """Deeds the procedure asks for next on this card, the nearest first."""
    return WRITTEN if risk.state == "work" and risk.official_text else NEXT.get(risk.state, ())


def bound_forms(risk: Risk, keys: list[str]) -> dict[str, DeedForm]:
    """An empty form for each deed that asks for words and may be done now."""
    initial: dict[str, dict[str, Any]] = {
        "verify": {"verdict": risk.verdict},
        "reverify": {"verdict": risk.verdict},
        "measure": {"kind": "taken"},
        "answer": {"kind": "full", "text": risk.official_text},
        "level": {"level": risk.level_key, "criteria": risk.level_criteria},
        "learnt": {"root_cause": risk.root_cause, "lesson": risk.lesson},
        "place": {"at": timezone.localtime()},
    }
    return {
        key: DEEDS[key].form(risk.municipality, initial=initial.get(key), auto_id=f"{key}-%s")
        for key in keys
        if key in DEEDS and DEEDS[key].form is not NothingForm
    }
