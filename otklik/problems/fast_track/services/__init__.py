"""Deeds of fast-track mechanisms: find what recurs, design, approve, stop, measure. Each ends in the journal."""

from otklik.problems.fast_track.services.designing import (
    MechanismText,
    add_measure,
    change,
    design,
    do_measure,
)
from otklik.problems.fast_track.services.proposing import propose, refuse_proposal
from otklik.problems.fast_track.services.running import approve, measure_gain, stop

__all__ = [
    "MechanismText",
    "add_measure",
    "approve",
    "change",
    "design",
    "do_measure",
    "measure_gain",
    "propose",
    "refuse_proposal",
    "stop",
]
