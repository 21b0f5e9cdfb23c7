"""What a citizen may see of a case: by number and secret only, in the citizen's words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from otklik.accounts.models import Body
from otklik.cases.models import Answer, Case, CaseFile, Move, Question, Twin
from otklik.cases.rules import BEFORE_ANSWER
from otklik.cases.services.work import last_question
from otklik.channels.models import RawMessage
from otklik.charter.selectors import charter_of, parameter
from otklik.common.models import Municipality
from otklik.common.words import MONTHS, NBSP
from otklik.deadlines.rules import Kind, count_terms
from otklik.deadlines.selectors import calendar_of, parameters_of
from otklik.places.ground import ground_of
from otklik.portal.codes import hash_of
from otklik.portal.rules import Standing, Ways, standing, step_words
from otklik.satisfaction.selectors import was_rated

# Stands for the questions of a message that asks none.
WHOLE = "Ваше сообщение"
LONGEST_WAIT = timedelta(days=30)


@dataclass(frozen=True)
class Step:
    """One step shown to the citizen."""

    title: str
    line: str
    at: datetime


@dataclass(frozen=True)
class Asked:
    """A question of the message with its state."""

    text: str
    standing: Standing


@dataclass(frozen=True)
class Followed:
    """Everything the status page shows."""

    case: Case
    title: str
    asked: list[Asked]
    answers: list[Answer]
    steps: list[Step]
    photos: list[CaseFile]
    question: str
    like: Case | None
    may_rate: bool


def day_words(day: date | None) -> str:
    """«30 октября»."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}" if day else ""


def ways_of(town: Municipality, now: datetime) -> Ways:
    """Both ways to be heard with their dates already counted for a message sent now."""
    calendar, values = calendar_of(town), parameters_of(town)
    local = now.astimezone(calendar.zone)

    def due(kind: Kind) -> date:
        terms = count_terms(kind, "web_form", "normal", False, local, local, calendar, values)
        outer = [term.legal_at for term in terms if not term.inner and term.key != "fz59.register_days"]
        return max(outer).date()

    on = local.date()
    return Ways(
        due("message"), due("appeal"), parameter(town, "fz59.electronic_identification", on).value is True
    )


def case_by_code(town: Municipality, code: str, number: str = "") -> Case | None:
    """The case of this secret (and number when given); None for anything that does not fit."""
    digest = hash_of(code)
    if not digest:
        return None
    found = Case.objects.filter(municipality=town, follow_hash=digest)
    if number:
        found = found.filter(number=number)
    return found.select_related("municipality", "channel", "body", "topic", "joined_to").first()


def waits_by_code(town: Municipality, code: str) -> RawMessage | None:
    """A message kept a moment ago that has no number yet."""
    digest = hash_of(code)
    waiting = RawMessage.objects.filter(
        municipality=town, state__in=["new", "failed"], payload__follow_hash=digest
    )
    # Only the newest are searched: waiting takes seconds, and the payload has no index.
    return waiting.filter(came_at__gte=timezone.now() - LONGEST_WAIT).first() if digest else None


def follow(case: Case, now: datetime) -> Followed:
    """The page of the case; a joined one shows the answer of the common case too."""
    common = case.joined_to or case
    answers = _answers(common)
    return Followed(
        case=case,
        title=case.gist.removesuffix("."),
        asked=_asked(case, answers, now),
        answers=answers,
        steps=_steps(case),
        photos=list(_photos(case)),
        question=last_question(case) if case.state == "asking" else "",
        like=_like(case),
        may_rate=case.state in ("sent", "closed") and bool(answers) and not was_rated(case),
    )


def _answers(case: Case) -> list[Answer]:
    return list(Answer.objects.filter(case=case, state="sent"))


def _asked(case: Case, answers: list[Answer], now: datetime) -> list[Asked]:
    newest = answers[0] if answers else None
    promise = newest.promise_on if newest and newest.kind == "interim" else None
    legal = case.next_legal_at
    due = day_words(legal.astimezone(calendar_of(case.municipality).zone).date()) if legal else ""
    state = standing(case.state, newest.kind if newest else "", day_words(promise), due)
    texts = [question.text for question in Question.objects.filter(case=case)] or [WHOLE]
    return [Asked(text, state) for text in texts]


def _steps(case: Case) -> list[Step]:
    bodies = dict(Body.objects.filter(municipality=case.municipality).values_list("key", "short_name"))
    steps = []
    for move in Move.objects.filter(case=case).order_by("-at", "-id")[:100]:
        title, line = step_words(move.deed, move.why, move.details, bodies)
        if title:
            steps.append(Step(title, line, move.at))
    return steps


def _photos(case: Case) -> QuerySet[CaseFile]:
    shown = CaseFile.objects.filter(case=case, purpose__in=["message", "proof"])
    return shown.exclude(file__thumbnail_path="").select_related("file").order_by("pk")


def _like(case: Case) -> Case | None:
    """A like case of somebody else, still open, that the citizen may join."""
    if case.state not in BEFORE_ANSWER:
        return None
    pairs = Twin.objects.filter(
        case=case, decision="proposed", other__state__in=BEFORE_ANSWER, other__joined_to=None
    )
    pair = pairs.select_related("other__topic").order_by("-sureness").first()
    return pair.other if pair else None


def map_of(town: Municipality) -> dict[str, object]:
    """What the map shows without any tile server, and the tiles of the operator's choice."""
    return {**ground_of(town), "tiles": settings.MAP_TILES}


def town_address(town: Municipality) -> str:
    """The postal address for paper, as the charter names it."""
    identity = charter_of(town).identity
    return identity.address or identity.name
