"""Deeds of the catalogue of advice, called by the desk and the demo. Each ends in the journal."""

from otklik.problems.advice.services.outcome import EffectText, record_effect, report_adoption
from otklik.problems.advice.services.priorities import make_priority, set_effort
from otklik.problems.advice.services.proposing import AdviceText, address_of, advise, change_advice, decide

__all__ = [
    "AdviceText",
    "EffectText",
    "address_of",
    "advise",
    "change_advice",
    "decide",
    "make_priority",
    "record_effect",
    "report_adoption",
    "set_effort",
]
