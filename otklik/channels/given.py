"""Questions about answers given to operators in tables; apart from `selectors`, for services ask them too."""

from django.db.models import QuerySet

from otklik.channels.models import AnswerSheet, Channel, Outgoing


def answers_to_give(channel: Channel) -> QuerySet[Outgoing]:
    """Signed answers that wait for an operator's hand and stand in no table yet, the eldest first."""
    waiting = Outgoing.objects.filter(channel=channel, kind="answer", state="by_hand", given=None)
    return waiting.exclude(reply_to="").order_by("created_at", "id")


def answers_not_placed(channel: Channel) -> QuerySet[Outgoing]:
    """Answers given in a table and not confirmed with a link yet, the eldest first."""
    given = Outgoing.objects.filter(channel=channel, state="by_hand", given__isnull=False)
    return given.select_related("given__sheet").order_by("given__sheet__at", "id")


def sheets_of(channel: Channel) -> QuerySet[AnswerSheet]:
    """Tables of answers given out, newest first."""
    return AnswerSheet.objects.filter(channel=channel).select_related("file", "by")
