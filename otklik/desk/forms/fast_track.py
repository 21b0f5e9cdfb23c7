"""Forms of fast-track mechanisms: the design, a measure."""

from typing import Any

from django import forms

from otklik.accounts.models import Body, Post
from otklik.channels.selectors import channels_of
from otklik.common.words import capitalised
from otklik.deadlines.clocks import FAST_STAGES
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.problems.fast_track.models import MEASURE_KINDS, Mechanism, Proposal
from otklik.problems.fast_track.selectors import limit_days
from otklik.problems.fast_track.services import MechanismText
from otklik.problems.models import Problem
from otklik.problems.words import LIVE_STATES
from otklik.topics.models import Topic

STAGE_FIELDS = {clock.key: clock.key.partition(".")[2] for clock in FAST_STAGES}
"""The form's field of each stage by the key of its clock."""


def stage_title(key: str) -> str:
    """«Регистрация», «Рассмотрение»: the name of a stage without the word of its clock."""
    title = next(clock.title for clock in FAST_STAGES if clock.key == key)
    return capitalised(title.partition(": ")[2])


class MechanismForm(DeedForm):
    """Topics, bodies, days of each stage and of the whole."""

    title = forms.CharField(label="Название", max_length=200)
    ground = forms.CharField(label="Почему нужен", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    topics = forms.MultipleChoiceField(label="Темы", help_text="несколько — с Ctrl")
    body = forms.ModelChoiceField(Body.objects.none(), label="Ведёт", empty_label="выберите орган")
    co_bodies = forms.ModelMultipleChoiceField(
        Body.objects.none(), label="Участвуют", required=False, help_text="несколько — с Ctrl"
    )
    channels = forms.MultipleChoiceField(
        label="Только каналы", required=False, help_text="пусто — все каналы"
    )
    problem = forms.ModelChoiceField(
        Problem.objects.none(), label="Проблема", required=False, empty_label="не связан с проблемой"
    )
    register = forms.IntegerField(min_value=0, max_value=29)
    study = forms.IntegerField(min_value=0, max_value=29)
    draft = forms.IntegerField(min_value=0, max_value=29)
    send = forms.IntegerField(min_value=0, max_value=29)
    whole_days = forms.IntegerField(label="Весь цикл, календарных дней", min_value=1)

    def prepare(self) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for topic in Topic.objects.filter(is_open=True):
            groups.setdefault(topic.group, []).append((topic.key, topic.title))
        offer_words(self, "topics", [one for topics in groups.values() for one in topics])
        offer_rows(self, "body", self.own_bodies())
        offer_rows(self, "co_bodies", self.own_bodies())
        offer_words(self, "channels", [(one.key, one.title) for one in channels_of(self.municipality)])
        live = Problem.objects.filter(municipality=self.municipality, state__in=LIVE_STATES)
        offer_rows(self, "problem", live)
        for clock in FAST_STAGES:
            field = self.fields[STAGE_FIELDS[clock.key]]
            field.label, field.initial = f"{stage_title(clock.key)}, рабочих дней", clock.amount
        limit = limit_days(self.municipality)
        self.fields["whole_days"].initial = min(15, limit)
        self.fields["whole_days"].help_text = f"от регистрации до отправки, не больше {limit}"

    @staticmethod
    def of_mechanism(mechanism: Mechanism) -> dict[str, Any]:
        """What the form opens with for a draft."""
        return {
            "title": mechanism.title,
            "ground": mechanism.ground,
            "topics": [topic.key for topic in mechanism.topics.all()],
            "body": mechanism.body_id,
            "co_bodies": [body.pk for body in mechanism.co_bodies.all()],
            "channels": mechanism.channels,
            "problem": mechanism.problem_id,
            "whole_days": mechanism.whole_days,
            **{name: mechanism.stages.get(key) for key, name in STAGE_FIELDS.items()},
        }

    @staticmethod
    def of_proposal(proposal: Proposal) -> dict[str, Any]:
        """What the form opens with for a topic that comes back."""
        return {
            "title": proposal.topic.title,
            "ground": proposal.reason,
            "topics": [proposal.topic.key],
            "body": proposal.body_id,
        }

    def text(self) -> MechanismText:
        """The mechanism as the service takes it."""
        data = self.cleaned_data
        return MechanismText(
            title=data["title"],
            ground=data["ground"],
            topics=list(Topic.objects.filter(key__in=data["topics"])),
            body=data["body"],
            stages={key: data[name] for key, name in STAGE_FIELDS.items()},
            whole_days=data["whole_days"],
            co_bodies=list(data["co_bodies"]),
            channels=data["channels"],
            problem=data["problem"],
        )


class MeasureForm(DeedForm):
    """An organisational or technical measure."""

    kind = forms.ChoiceField(label="Какая мера", choices=MEASURE_KINDS)
    text = forms.CharField(label="Что делаем", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто отвечает", required=False, empty_label="орган, который ведёт"
    )
    due_on = forms.DateField(
        label="К какому дню", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def prepare(self) -> None:
        offer_rows(self, "post", Post.objects.filter(municipality=self.municipality).order_by("title"))
