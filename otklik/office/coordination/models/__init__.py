"""Records of coordination: plans, proposals, requests sent out, affairs with others, papers, changes of composition."""

from otklik.office.coordination.models.affairs import KINDS, MEANS, Affair, Participant
from otklik.office.coordination.models.attachment import Attachment
from otklik.office.coordination.models.composition import CompositionAct, CompositionLine
from otklik.office.coordination.models.inquiry import INQUIRY_KINDS, Inquiry, InquiryPart
from otklik.office.coordination.models.papers import MethodNote, MethodReading, MethodText, Visa, VisaSheet
from otklik.office.coordination.models.plan import PlanItem, Proposal, WorkPlan

__all__ = [
    "INQUIRY_KINDS",
    "KINDS",
    "MEANS",
    "Affair",
    "Attachment",
    "CompositionAct",
    "CompositionLine",
    "Inquiry",
    "InquiryPart",
    "MethodNote",
    "MethodReading",
    "MethodText",
    "Participant",
    "PlanItem",
    "Proposal",
    "Visa",
    "VisaSheet",
    "WorkPlan",
]
