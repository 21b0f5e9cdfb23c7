"""Questions about polls: those on the desk and on the open page, who took part, what a receipt stands for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from otklik.accounts.models import Role
from otklik.charter.selectors import charter_of, numbers_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count, number
from otklik.outreach.polls.marks import mark_of
from otklik.outreach.polls.models import Admission, Ballot, Envelope, Poll, Proposal, Question, Sign
from otklik.outreach.polls.results import questions_of, results, turnout
from otklik.outreach.polls.rules import Asked, Within
from otklik.outreach.polls.words import CHOSEN

__all__ = [
    "asked_of",
    "authorised_of",
    "findings",
    "participants",
    "polls_of",
    "proposals_of",
    "questions_of",
    "receipt_state",
    "results",
    "shown_polls",
    "signs_of",
    "took_part",
    "turnout",
    "within_of",
]
SHOWN = ("open", "closed", "summed", "decided")
"""States a resident sees on the open page; an approved one is seen when it opens."""


def authorised_of(municipality: Municipality) -> Role | None:
    """The role of муниципальный уполномоченный by the charter; None where it names none."""
    key = charter_of(municipality).polls.authorised_role
    return Role.objects.filter(municipality=municipality, key=key).first() if key else None


def within_of(municipality: Municipality) -> Within:
    """By when results are summed up and the decision is told here."""
    return numbers_of(municipality, "polls.", Within())


def polls_of(municipality: Municipality) -> QuerySet[Poll]:
    """All polls of the municipality, the newest first."""
    rows = Poll.objects.filter(municipality=municipality)
    return rows.select_related("municipality", "author", "body").order_by("-made_at", "-pk")


def shown_polls(municipality: Municipality) -> QuerySet[Poll]:
    """What the open page lists: running ones first, those that end sooner above; training ones are never shown."""
    rows = polls_of(municipality).filter(state__in=SHOWN, is_training=False)
    return rows.annotate(is_over=~Q(state="open")).order_by("is_over", "closes_on", "-pk")


def asked_of(poll: Poll) -> list[Asked]:
    """Questions as the rules see them."""
    return [as_asked(one) for one in questions_of(poll)] if poll.pk else []


def as_asked(one: Question) -> Asked:
    """A question with its options already fetched, as the rules see it."""
    options = tuple(option.pk for option in one.options.all())
    return Asked(one.pk, one.text, one.kind, one.is_required, one.most, one.low, one.high, options)


def took_part(poll: Poll, voter: str) -> bool:
    """Whether this person has voted, while the key of marks exists; afterwards nobody can tell."""
    if not poll.voter_key:
        return False
    return Admission.objects.filter(mark=mark_of(poll, "ballot", voter)).exists()


def people_of(poll: Poll) -> int:
    """How many have voted."""
    return Admission.objects.filter(poll=poll, kind="ballot").count()


def with_participants(rows: QuerySet[Poll]) -> QuerySet[Poll]:
    """Polls with `people` who voted and `offers` of a discussion counted beside them, for `participants`."""
    return rows.annotate(
        people=counts_of(Admission.objects.filter(kind="ballot")), offers=counts_of(Proposal.objects.all())
    )


def counts_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows belong to the poll in hand: joins of several counts would multiply them."""
    counts = rows.filter(poll=OuterRef("pk")).order_by().values("poll").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def participants(poll: Poll) -> int:
    """Who took part, by the counts of `with_participants`: as the other place says, else who voted or proposed here."""
    if poll.outer_count is not None:
        return poll.outer_count
    people, offers = (int(getattr(poll, name)) for name in ("people", "offers"))
    return max(people, offers) if poll.form == "discussion" else people


def talk_of(poll: Poll) -> tuple[int, int] | None:
    """How many proposals came and how often they were supported; None for anything but a talk without questions."""
    if poll.form != "discussion" or poll.place == "pos" or poll.questions.exists():
        return None
    found = Proposal.objects.filter(poll=poll).aggregate(offers=Count("pk"), supports=Sum("supports"))
    return found["offers"], found["supports"] or 0


def supported_by(poll: Poll, voter: str, proposals: Sequence[Proposal]) -> set[int]:
    """Keys of those of the proposals this person has supported."""
    if not poll.voter_key:
        return set()
    marks = {mark_of(poll, "support", f"{one.pk}:{voter}"): one.pk for one in proposals}
    found = Admission.objects.filter(mark__in=marks).values_list("mark", flat=True)
    return {marks[mark] for mark in found}


def receipt_state(poll: Poll, receipt_hash: str) -> str:
    """«in_box» while the box is shut, «counted» when it is opened, empty when there is no such vote."""
    if not receipt_hash:
        return ""
    if Ballot.objects.filter(poll=poll, receipt_hash=receipt_hash).exists():
        return "counted"
    return "in_box" if Envelope.objects.filter(poll=poll, receipt_hash=receipt_hash).exists() else ""


def receipts_of(poll: Poll) -> list[str]:
    """Fingerprints of all receipts of an opened box in order: anybody may find his own and count them."""
    return list(
        Ballot.objects.filter(poll=poll).order_by("receipt_hash").values_list("receipt_hash", flat=True)
    )


def proposals_of(poll: Poll) -> QuerySet[Proposal]:
    """All proposals of a discussion, the most supported first."""
    return Proposal.objects.filter(poll=poll).order_by("-supports", "number")


def shown_proposals(poll: Poll) -> QuerySet[Proposal]:
    """Those that passed moderation."""
    return proposals_of(poll).filter(state="shown")


def proposal_by_code(poll: Poll, follow_hash: str) -> Proposal | None:
    """The proposal of this secret, whatever its state; None for an empty or unknown one."""
    return Proposal.objects.filter(poll=poll, follow_hash=follow_hash).first() if follow_hash else None


def signs_of(poll: Poll) -> QuerySet[Sign]:
    """Signs of fraud, the surest first."""
    return Sign.objects.filter(poll=poll).select_related("looked_by").order_by("-sureness", "pk")


@dataclass(frozen=True)
class Finding:
    """What a finished poll says that may be a problem; `key` names the same finding again, `votes` speak for it."""

    poll: Poll
    key: str
    title: str
    reason: str
    votes: int
    topic_key: str
    point: tuple[float, float] | None = None


LEAST_SUPPORTS, LEAST_ANSWERS = 5, 10
ANSWERS = ("ответ", "ответа", "ответов")


def findings(municipality: Municipality, since: date) -> list[Finding]:
    """Findings of polls summed up since the day, for the list of problems (BOG-II.2.2.2, DEM-2.2.5.2).

    What was voted for, what was scored below the middle, topics many wrote of, proposals many supported.
    """
    start, _ = Period(since, since).moments(municipality.time_zone)
    rows = Poll.objects.filter(
        municipality=municipality, state__in=["summed", "decided"], summed_at__gte=start, is_training=False
    )
    polls = {one.pk: one for one in rows.select_related("body").order_by("-summed_at", "-pk")}
    found = [
        finding
        for one in polls.values()
        for asked in one.summary.get("questions", [])
        for finding in _of_question(one, asked)
    ]
    proposals = Proposal.objects.filter(poll__in=polls, state="shown", supports__gte=LEAST_SUPPORTS)
    return found + [_of_proposal(polls[one.poll_id], one) for one in proposals.order_by("-supports", "pk")]


def _of_question(poll: Poll, asked: Mapping[str, Any]) -> Iterator[Finding]:
    key, name = f"poll:{poll.pk}:{asked['question']}", poll.get_form_display()
    if poll.form == "vote" and asked["kind"] in CHOSEN:
        best = max(asked["rows"], key=lambda row: row["votes"])
        if best["votes"] >= LEAST_ANSWERS:
            title = f"{asked['text']} — {best['text']}"
            reason = f"{name}: за это {count(best['votes'], 'голос', 'голоса', 'голосов')}"
            yield Finding(poll, key, title[:200], reason, best["votes"], poll.topic_key)
    is_scored = asked["kind"] == "scale" and asked["answered"] >= LEAST_ANSWERS
    if is_scored and asked["mean"] < (asked["low"] + asked["high"]) / 2:
        mean = f"средняя оценка {number(asked['mean'], 1)} из {asked['high']}"
        reason = f"{name}: {mean}, {count(asked['answered'], *ANSWERS)}"
        title = f"Низкая оценка: {asked['text']}"[:200]
        yield Finding(poll, key, title, reason, asked["answered"], poll.topic_key)
    for group in asked["groups"]:
        if group["topic"] and group["count"] >= LEAST_ANSWERS:
            reason = f"{name}: об этом {count(group['count'], *ANSWERS)} своими словами"
            title = f"{group['title']}: называют жители"[:200]
            yield Finding(poll, f"{key}:{group['topic']}", title, reason, group["count"], group["topic"])


def _of_proposal(poll: Poll, one: Proposal) -> Finding:
    reason = f"обсуждение: поддержали {count(one.supports, 'житель', 'жителя', 'жителей')}"
    point = (one.lat, one.lon) if one.lat is not None and one.lon is not None else None
    return Finding(poll, f"proposal:{one.pk}", one.title, reason, one.supports, poll.topic_key, point)
