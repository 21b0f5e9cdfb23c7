"""A poll is written, sent for approval, approved or returned: the author never approves his own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from otklik.accounts.esia.selectors import can_enter
from otklik.accounts.models import Body, User
from otklik.accounts.selectors import may, people_with, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.charter.selectors import parameter
from otklik.common.errors import Refused, changed_meanwhile
from otklik.common.models import Municipality
from otklik.common.queue import next_number
from otklik.common.today import day_in
from otklik.outreach.polls import rules
from otklik.outreach.polls.models import Option, Poll, Question, Stratum
from otklik.outreach.polls.selectors import asked_of
from otklik.outreach.polls.services.guard import check_right, locked, page_of
from otklik.outreach.polls.words import ACCESS, CHOSEN, FORMS, KINDS, PLACES, STRATA


@dataclass(frozen=True)
class QuestionText:
    """A question as it is written; `options` in their order, empty for kinds that have none."""

    text: str
    kind: str = "single"
    options: Sequence[str] = ()
    help: str = ""
    is_required: bool = True
    most: int | None = None
    low: int = 1
    high: int = 5
    low_words: str = ""
    high_words: str = ""


@dataclass(frozen=True)
class StratumText:
    """A group of residents: `kind` is "age" or "area", `key` its word in a form, `population` how many there are."""

    kind: str
    key: str
    title: str
    population: int | None = None


@dataclass(frozen=True)
class PollText:
    """All that the author writes of a poll; a draft may lack anything but a title."""

    form: str
    title: str
    why: str = ""
    rules: str = ""
    territory: str = ""
    audience: str = ""
    audience_count: int | None = None
    strata_source: str = ""
    access: str = "open"
    place: str = "portal"
    opens_on: date | None = None
    closes_on: date | None = None
    topic_key: str = ""
    about: str = ""
    body: Body | None = None
    is_training: bool = False
    questions: Sequence[QuestionText] = ()
    strata: Sequence[StratumText] = field(default=())


@carries_out("BOG-III.4.4.5", "LOV-2.2.4", "MIH-3.2.8", "MIH-3.2.8.1", "MIH-3.2.8.2")
@transaction.atomic
def draft(municipality: Municipality, text: PollText, by: User, now: datetime) -> Poll:
    """Begin a poll, a vote or a discussion (BOG-III.4.4.5, MIH-3.2.8). Raises Refused without the right or a title."""
    check_right(by, municipality)
    _check_text(text)
    made = Poll.objects.create(
        municipality=municipality,
        number=next_number(Poll, municipality),
        author=by,
        author_title=rights_of(by, municipality).title[:200],
        made_at=now,
        **_columns(text),
    )
    _write_parts(made, text)
    record(made, "polls.drafted", by, municipality, why=f"№ {made.number}. {made.title}")
    return made


@transaction.atomic
def rewrite(poll: Poll, text: PollText, version: int, by: User) -> Poll:
    """Write the draft anew, questions with it; `version` is the one the person was looking at.

    Raises Refused once it has left for approval or another has changed it.
    """
    check_right(by, poll.municipality)
    held = locked(poll)
    if held.state != "draft":
        raise Refused("Править можно черновик: верните опрос на доработку.")
    if held.version != version:
        raise changed_meanwhile("черновик")
    _check_text(text)
    for name, value in _columns(text).items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*_columns(text), "version"])
    held.questions.all().delete()
    held.strata.all().delete()
    _write_parts(held, text)
    record(held, "polls.changed", by, held.municipality, why=f"№ {held.number}")
    return held


def submit(poll: Poll, by: User, now: datetime) -> Poll:
    """Send the draft for approval. Raises Refused with the first thing it lacks."""
    check_right(by, poll.municipality)
    with transaction.atomic():
        held = locked(poll)
        leads_to = rules.check_deed("submit", held.state)
        if lacking := lacks_of(held, now):
            raise Refused(lacking[0])
        held.state, held.returned_why = leads_to, ""
        held.save(update_fields=["state", "returned_why"])
        record(held, "polls.submitted", by, held.municipality, why=f"№ {held.number}")
        for one in people_with("outreach.approve_polls", held.municipality):
            if one.pk != held.author_id:
                leave_notice(held.municipality, f"Утвердите: {held.title}"[:300], page_of(held), user=one)
    return held


def approve(poll: Poll, by: User, now: datetime) -> Poll:
    """Let the poll run from its first day. Raises Refused for its author and without the right."""
    with transaction.atomic():
        held = locked(poll)
        leads_to = rules.check_deed("approve", held.state)
        _check_approver(held, by)
        if lacking := lacks_of(held, now):
            raise Refused(lacking[0])
        held.state, held.approved_by, held.approved_at = leads_to, by, now
        held.approved_title = rights_of(by, held.municipality).title[:200]
        held.save(update_fields=["state", "approved_by", "approved_at", "approved_title"])
        record(held, "polls.approved", by, held.municipality, why=f"№ {held.number}")
        leave_notice(held.municipality, f"Утверждено: {held.title}"[:300], page_of(held), user=held.author)
    return held


def send_back(poll: Poll, why: str, by: User) -> Poll:
    """Return it to its author with the reason."""
    said = rules.check_verdict(why, 500, "Напишите, что поправить: автор увидит эти слова.")
    with transaction.atomic():
        held = locked(poll)
        leads_to = rules.check_deed("send_back", held.state)
        _check_approver(held, by)
        held.state, held.returned_why = leads_to, said
        held.save(update_fields=["state", "returned_why"])
        record(held, "polls.sent_back", by, held.municipality, why=f"№ {held.number}. {said}"[:300])
        leave_notice(held.municipality, f"На доработку: {held.title}"[:300], page_of(held), user=held.author)
    return held


def withdraw(poll: Poll, why: str, by: User) -> Poll:
    """Give up a poll nobody has voted in yet; it stays on the list with the reason."""
    check_right(by, poll.municipality)
    said = rules.check_verdict(why, 500, "Напишите, почему опрос снят.")
    with transaction.atomic():
        held = locked(poll)
        held.state, held.closed_why = rules.check_deed("withdraw", held.state), said
        held.save(update_fields=["state", "closed_why"])
        record(held, "polls.withdrawn", by, held.municipality, why=f"№ {held.number}. {said}"[:300])
    return held


def lacks_of(poll: Poll, now: datetime) -> list[str]:
    """Everything that keeps the draft from approval; empty when it is ready."""
    outline = rules.Outline(
        poll.form,
        poll.title,
        poll.why,
        poll.rules,
        poll.territory,
        poll.audience,
        poll.opens_on,
        poll.closes_on,
        asked_of(poll),
    )
    found = rules.lacks(outline, day_in(poll.municipality, now))
    return found + ([] if poll.place == "pos" else _lacks_of_access(poll))


def _lacks_of_access(poll: Poll) -> list[str]:
    key = "polls.vote_least_access" if poll.form == "vote" else "polls.least_access"
    least = str(parameter(poll.municipality, key).value)
    if rules.is_weaker(poll.access, least):
        return [f"Положение требует не слабее: {ACCESS[least]}. Смените доступ."]
    if poll.access == "esia" and not can_enter():
        return ["Вход через Госуслуги не подключён: выберите доступ по коду или открытый."]
    return []


def _check_approver(poll: Poll, by: User) -> None:
    if not may(by, "outreach.approve_polls", poll.municipality):
        raise Refused("Утверждает тот, у кого есть это право в положении: передайте ему.")
    if poll.author_id == by.pk:
        raise Refused("Свой опрос не утверждают: попросите другого, у кого есть это право.")


def _check_text(text: PollText) -> None:
    lists = ((text.form, FORMS), (text.access, ACCESS), (text.place, PLACES))
    if any(value not in known for value, known in lists):
        raise Refused("Выберите из списка форму, доступ и место проведения.")
    if not 1 <= len(text.title.strip()) <= 200:
        raise Refused("Назовите, о чём спрашиваете: от одного до 200 знаков.")
    if len(text.questions) > rules.MOST_QUESTIONS:
        raise Refused(f"Вопросов не больше {rules.MOST_QUESTIONS}: длинный список не дочитывают.")
    for number, one in enumerate(text.questions, start=1):
        _check_question(number, one)
    if any(one.kind not in STRATA or not one.key or not one.title.strip() for one in text.strata):
        raise Refused("Назовите каждую группу жителей.")


def _check_question(number: int, one: QuestionText) -> None:
    if one.kind not in KINDS:
        raise Refused(f"Выберите вид вопроса {number} из списка.")
    if len(one.text.strip()) > 300 or any(len(option.strip()) > 200 for option in one.options):
        raise Refused(f"Вопрос {number}: до 300 знаков, вариант ответа — до 200.")
    if len(one.options) > rules.MOST_OPTIONS:
        raise Refused(f"В вопросе {number} больше {rules.MOST_OPTIONS} вариантов: разбейте его.")
    if one.kind == "scale" and not 0 <= one.low < one.high <= 10:
        raise Refused(f"Шкала вопроса {number}: начало меньше конца, оба от 0 до 10.")


LIMITS = {
    "title": 200,
    "why": 2000,
    "rules": 6000,
    "territory": 300,
    "audience": 300,
    "strata_source": 200,
    "topic_key": 80,
    "about": 60,
}
"""Signs a column keeps."""


def _columns(text: PollText) -> dict[str, object]:
    plain = ("form", "access", "place", "audience_count", "opens_on", "closes_on", "body", "is_training")
    for name, limit in LIMITS.items():
        if len(getattr(text, name).strip()) > limit:
            raise Refused(f"Сократите: в одном из полей больше {limit} знаков.")
    return {name: getattr(text, name) for name in plain} | {
        name: getattr(text, name).strip() for name in LIMITS
    }


def _write_parts(poll: Poll, text: PollText) -> None:
    whose = poll.municipality
    for place, one in enumerate(text.questions):
        question = Question.objects.create(
            municipality=whose,
            poll=poll,
            position=place,
            text=one.text.strip(),
            help=one.help.strip()[:500],
            kind=one.kind,
            is_required=one.is_required,
            most=one.most,
            low=one.low,
            high=one.high,
            low_words=one.low_words.strip()[:80],
            high_words=one.high_words.strip()[:80],
        )
        options = [option.strip() for option in one.options if option.strip()]
        Option.objects.bulk_create(
            Option(municipality=whose, question=question, position=number, text=option)
            for number, option in enumerate(options if one.kind in CHOSEN else [])
        )
    Stratum.objects.bulk_create(
        Stratum(
            municipality=whose,
            poll=poll,
            kind=one.kind,
            key=one.key[:40],
            title=one.title.strip()[:160],
            population=one.population,
            position=place,
        )
        for place, one in enumerate(text.strata)
    )
