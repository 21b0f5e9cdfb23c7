"""The box of a secret ballot: who was admitted on one side, what was chosen on the other, nothing between them.

While the box is shut a vote is an admission and a sealed envelope of one transaction, so that neither can stand without
the other. When it is opened all envelopes become ballots in random order at once and are removed. Keys of all these
tables are random, none has a moment finer than a day, and ballots have none. See docs/decisions.
"""

import uuid

from django.db import models
from django.db.models import Q

from otklik.common.models import Owned
from otklik.outreach.polls.models.poll import Option, Poll, Question
from otklik.outreach.polls.words import ADMITTED


class Admission(Owned):
    """Somebody took part: `mark` is a keyed hash of the person and the deed, so a second try meets the first row.

    A support's mark hashes the proposal too: two supports of one person cannot be told to be of one person.
    """

    mark = models.UUIDField(primary_key=True, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="admissions")
    kind = models.CharField("что сделал", max_length=8, choices=list(ADMITTED.items()), default="ballot")
    on = models.DateField("день")

    class Meta:
        verbose_name = "допуск"
        indexes = [models.Index(fields=["poll", "kind", "on"], name="poll_admitted")]


class Envelope(Owned):
    """A vote in a shut box, sealed by a key that is not in the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="envelopes")
    receipt_hash = models.CharField("отпечаток квитанции", max_length=64)
    sealed = models.TextField("запечатано")

    class Meta:
        verbose_name = "конверт"
        constraints = [models.UniqueConstraint(fields=["poll", "receipt_hash"], name="poll_envelope_once")]


class Ballot(Owned):
    """One vote of an opened box; `age` and `area` are keys of strata the voter chose to name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    receipt_hash = models.CharField("отпечаток квитанции", max_length=64)
    age = models.CharField("возраст", max_length=40, blank=True)
    area = models.CharField("место жительства", max_length=40, blank=True)

    class Meta:
        verbose_name = "бюллетень"
        constraints = [models.UniqueConstraint(fields=["poll", "receipt_hash"], name="poll_ballot_once")]


class Choice(Owned):
    """One mark of a ballot: an option, a number of a scale, words, a point. Words are kept with persons masked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="choices")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(
        Option, null=True, blank=True, on_delete=models.CASCADE, related_name="choices"
    )
    number = models.SmallIntegerField("оценка", null=True, blank=True)
    text = models.TextField("слова", max_length=1000, blank=True)
    lat = models.FloatField("широта", null=True, blank=True)
    lon = models.FloatField("долгота", null=True, blank=True)
    topic_key = models.CharField("тема слов", max_length=80, blank=True)

    class Meta:
        verbose_name = "отметка бюллетеня"
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "question", "option"], name="poll_choice_once", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["question", "option"], name="poll_choice_option"),
            models.Index(
                fields=["question"], condition=Q(topic_key="") & ~Q(text=""), name="poll_choice_unread"
            ),
        ]


class Pulse(Owned):
    """How many votes came in a span of time or from one network: signs are looked for in counts, never in persons."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="pulses")
    kind = models.CharField("чего", max_length=8)
    key = models.CharField("ключ", max_length=40)
    count = models.PositiveIntegerField("голосов", default=0)

    class Meta:
        verbose_name = "счётчик голосов"
        constraints = [models.UniqueConstraint(fields=["poll", "kind", "key"], name="poll_pulse")]


class CodeSent(Owned):
    """A code sent to an address: only keyed hashes are kept, removed with the closing."""

    mark = models.UUIDField(primary_key=True, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField("отпечаток кода", max_length=64)
    good_until = models.DateTimeField("годен до")
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    sent = models.PositiveSmallIntegerField("отправлено раз", default=1)

    class Meta:
        verbose_name = "код участника"
