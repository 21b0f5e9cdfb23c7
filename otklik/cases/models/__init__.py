"""The heart: case, applicant, questions, moves, assignments, terms, answers, twins.

Written by `cases.services`, read through the doors of `cases.selectors`. History is added to, never edited:
the case row only points at what is current.
"""

from otklik.cases.models.answer import Answer, Draft, Note
from otklik.cases.models.case import Applicant, Case, CaseCounter
from otklik.cases.models.history import Assignment, Move, Term
from otklik.cases.models.parts import CaseFile, CaseText, Question, SavedView, Twin
from otklik.cases.models.talk import Thread, Utterance, UtteranceText
from otklik.cases.models.template import AnswerTemplate

__all__ = [
    "Answer",
    "AnswerTemplate",
    "Applicant",
    "Assignment",
    "Case",
    "CaseCounter",
    "CaseFile",
    "CaseText",
    "Draft",
    "Move",
    "Note",
    "Question",
    "SavedView",
    "Term",
    "Thread",
    "Twin",
    "Utterance",
    "UtteranceText",
]
