"""Deeds of quality: hints of answers handed over, decisions on explanations of what could have been solved."""

from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.cases.models import Answer, Case, CaseText
from otklik.cases.services import reopen_case
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.quality.models import REVIEWS, ExplainedReview, ReadingMark
from otklik.quality.rules import find_faults
from otklik.quality.selectors import explained_answer

AT_ONCE = 300
WORDS_LIMIT = 500


@transaction.atomic
def read_new_answers(municipality: Municipality, at_most: int = AT_ONCE) -> int:
    """Write codes of hints beside answers handed over since the last reading; returns how many were read.

    Answers are read in the order of their numbers; the mark stays locked, so two readers wait for one another.
    """
    ReadingMark.objects.get_or_create(municipality=municipality)
    mark = ReadingMark.objects.select_for_update().get(municipality=municipality)
    waiting = Answer.objects.filter(municipality=municipality, pk__gt=mark.last_answer).order_by("pk")
    answers = list(waiting.select_related("case__applicant")[:at_most])
    if not answers:
        return 0
    texts = dict(
        CaseText.objects.filter(case__in=[one.case_id for one in answers]).values_list("case_id", "text")
    )
    for answer in answers:
        author = answer.case.applicant.name if answer.case.applicant else ""
        answer.faults = codes_of(texts.get(answer.case_id, answer.case.masked_text), answer.text, author)
    Answer.objects.bulk_update([one for one in answers if one.faults], ["faults"])
    mark.last_answer = answers[-1].pk
    mark.save(update_fields=["last_answer"])
    return len(answers)


def codes_of(message: str, answer: str, author: str) -> list[str]:
    """Codes of the hints of an answer, each once, in the order of the checks."""
    return list(dict.fromkeys(fault.code for fault in find_faults(message, answer, author)))


def review_explained(case: Case, decision: str, words: str, by: User, now: datetime) -> ExplainedReview:
    """Decide on the explanation of a case: it is right, or the case comes back to work. Raises Refused."""
    if decision not in dict(REVIEWS):
        raise Refused("Выберите: разъяснение уместно, могли решить или вернуть в работу.")
    said = words.strip()[:WORDS_LIMIT]
    if not said:
        raise Refused("Напишите, почему: решение останется при ответе.")
    answer = explained_answer(case)
    if answer is None or ExplainedReview.objects.filter(answer=answer).exists():
        raise Refused("Это разъяснение уже проверено. Обновите страницу.")
    if answer.author_id == by.pk:
        raise Refused("Свой ответ проверяет другой сотрудник.")
    with transaction.atomic():
        review = ExplainedReview.objects.create(
            municipality=answer.municipality, answer=answer, decision=decision, words=said, by=by, at=now
        )
        if decision == "reopened":
            reopen_case(answer.case, said, by, now)
        details = {"decision": decision}
        record(
            answer.case,
            "quality.explained_reviewed",
            by,
            answer.municipality,
            why=said[:300],
            details=details,
        )
    return review
