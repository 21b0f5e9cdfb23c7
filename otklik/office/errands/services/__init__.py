"""Deeds of errands: give, take, note, report, ask for more time, accept, send back, extend, remove from control.

Called by the desk, by the signing of a protocol and by roadmaps. Each deed locks its errand, asks the rules, leaves a
row of history, a journal line and a notice to whom it now concerns.
"""

from otklik.office.errands.services.carrying import act, ask_more_time, extend
from otklik.office.errands.services.giving import Order, Source, give
from otklik.office.errands.services.telling import page_of, tell

__all__ = ["Order", "Source", "act", "ask_more_time", "extend", "give", "page_of", "tell"]
