"""Questions about polls: those on the desk and on the open page, who took part, what a receipt stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from otklik.common.models import Municipality
from otklik.outreach.polls.marks import mark_of
from otklik.outreach.polls.models import Admission, Ballot, Envelope, Poll, Proposal, Question, Sign
from otklik.outreach.polls.results import results, turnout
from otklik.outreach.polls.rules import Asked

__all__ = [
    "asked_of",
    "day_of",
    "findings",
    "polls_of",
    "proposals_of",
    "receipt_state",
    "results",
    "shown_polls",
    "signs_of",
    "took_part",
    "turnout",
]
SHOWN = ("open", "closed", "summed", "decided")
"""States a resident sees on the open page; an approved one is seen when it opens."""


def local_moment(municipality: Municipality, now: datetime) -> datetime:
    """The moment by the clocks of the municipality."""
    return now.astimezone(ZoneInfo(municipality.time_zone))


def day_of(municipality: Municipality, now: datetime) -> date:
    """The day of the moment in the municipality's own zone."""
    return local_moment(municipality, now).date()


def polls_of(municipality: Municipality) -> QuerySet[Poll]:
    """All polls of the municipality, the newest first."""
    rows = Poll.objects.filter(municipality=municipality)
    return rows.select_related("municipality", "author", "body").order_by("-made_at", "-pk")


def shown_polls(municipality: Municipality) -> QuerySet[Poll]:
    """What the open page lists: running ones first, those that end sooner above; training ones are never shown."""
    rows = polls_of(municipality).filter(state__in=SHOWN, is_training=False)
    return rows.annotate(is_over=~Q(state="open")).order_by("is_over", "closes_on", "-pk")


def questions_of(poll: Poll) -> list[Question]:
    """Questions in their order with their options, in two queries."""
    return list(poll.questions.prefetch_related("options"))


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
    """What a finished poll says that may be a problem: the answer most gave, or a proposal many supported."""

    poll: Poll
    key: str
    title: str
    votes: int
    share: float | None
    topic_key: str


LEAST_SUPPORTS = 5


def findings(municipality: Municipality, since: date) -> list[Finding]:
    """Findings of polls summed up since the day, for the list of problems (BOG-II.2.2.2, DEM-2.2.5.2).

    `key` names the same finding again. The leading answer of each question of a list; supported proposals.
    """
    rows = Poll.objects.filter(
        municipality=municipality,
        state__in=["summed", "decided"],
        summed_at__date__gte=since,
        is_training=False,
    )
    polls = {one.pk: one for one in rows.order_by("-summed_at")}
    found = [finding for one in polls.values() for finding in _of_summary(one)]
    proposals = Proposal.objects.filter(poll__in=polls, state="shown", supports__gte=LEAST_SUPPORTS)
    for one in proposals.order_by("-supports", "pk"):
        poll = polls[one.poll_id]
        found.append(Finding(poll, f"proposal:{one.pk}", one.title, one.supports, None, poll.topic_key))
    return found


def _of_summary(poll: Poll) -> list[Finding]:
    found = []
    for asked in poll.summary.get("questions", []):
        rows = [row for row in asked["rows"] if row["votes"]]
        if asked["kind"] in ("single", "multiple") and rows:
            best = max(rows, key=lambda row: row["votes"])
            key = f"question:{asked['question']}"
            title = f"{asked['text']} — {best['text']}"
            found.append(Finding(poll, key, title[:200], best["votes"], best["share"], poll.topic_key))
    return found


def counted(municipality: Municipality) -> dict[str, int]:
    """How many polls stand in each state."""
    rows = Poll.objects.filter(municipality=municipality).values("state").annotate(n=Count("pk"))
    return {str(row["state"]): int(row["n"]) for row in rows}
