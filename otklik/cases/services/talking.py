"""The conversation of a case: questions of the staff and replies of the applicant as added rows.

Messages that the intake joins to a case are saved by `remarks`, apart from processes that answer pages.
"""

from datetime import datetime

from otklik.accounts.models import User
from otklik.cases.models import Case, Utterance, UtteranceText
from otklik.cases.services.clocks import resume_inner
from otklik.cases.services.moving import begin, finish
from otklik.channels.models import Outgoing
from otklik.language.personal import mask


def resume_after_reply(case: Case, now: datetime) -> Case:
    """The applicant has answered: the case goes on, and so do its inner clocks."""
    case = begin(case, "reply", None)
    resume_inner(case, now)
    finish(case, "reply", "cases.applicant_replied", None, now, "заявитель прислал уточнение")
    return case


def add_reply(case: Case, text: str, now: datetime) -> Utterance:
    """What the applicant answered on the page of the case or told a clerk."""
    found = mask(text)
    row = Utterance.objects.create(
        municipality=case.municipality,
        case=case,
        said_by="applicant",
        kind="reply",
        at=now,
        masked_text=found.text,
    )
    spans = [[span.start, span.end, span.kind] for span in found.spans]
    UtteranceText.objects.create(municipality=case.municipality, utterance=row, text=text, spans=spans)
    return row


def add_question(
    case: Case, question: str, outgoing: Outgoing, by: User, title: str, now: datetime
) -> Utterance:
    """What the staff asked the applicant, with the letter that carries it."""
    return Utterance.objects.create(
        municipality=case.municipality,
        case=case,
        said_by="official",
        kind="question",
        at=now,
        masked_text=question,
        title=title[:200],
        by=by,
        page=case.channel.title,
        outgoing=outgoing,
    )
