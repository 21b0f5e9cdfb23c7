"""Forms of campaigns: a threat of the calendar, the head of a campaign, a step."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from otklik.accounts.models import Post
from otklik.accounts.selectors import held_posts
from otklik.analytics.targets.selectors import posts_of
from otklik.common.period import Period
from otklik.common.periods import MONTH_NAMES
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows
from otklik.outreach.models import OfficialPage
from otklik.outreach.selectors import open_pages
from otklik.places.models import Settlement
from otklik.risks.campaigns.models import Campaign, CampaignStep, Threat
from otklik.risks.campaigns.services import CampaignText, StepText, ThreatText
from otklik.risks.campaigns.words import KINDS, STEP_KINDS
from otklik.topics.models import Topic

SEVERAL = "несколько — с Ctrl"
MONTHS = [(number, name) for number, name in enumerate(MONTH_NAMES, start=1)]


def _area(
    label: str, limit: int, rows: int = 2, required: bool = True, help_text: str = ""
) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=limit, widget=area, required=required, help_text=help_text)


def _line(label: str, limit: int, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text)


def _day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


def _topics(label: str, help_text: str) -> "forms.ModelMultipleChoiceField[Topic]":
    return forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=label, required=False, to_field_name="key", help_text=help_text
    )


class ThreatForm(DeedForm):
    """A threat: how it returns, when here, what to say beforehand."""

    title = _line("Угроза", 160)
    kind = forms.ChoiceField(label="Как повторяется", choices=list(KINDS.items()))
    begin_day = forms.IntegerField(label="Начало, число", min_value=1, max_value=31)
    begin_month = forms.TypedChoiceField(label="месяц", choices=MONTHS, coerce=int)
    end_day = forms.IntegerField(label="Конец, число", min_value=1, max_value=31)
    end_month = forms.TypedChoiceField(label="месяц", choices=MONTHS, coerce=int)
    warn_weeks = forms.IntegerField(
        label="Предупреждать за, недель", min_value=1, max_value=12, initial=3, help_text="обычно 2–3"
    )
    gist = _area("Чем грозит", 500)
    topics = _topics("Темы обращений", f"по ним считаем прогноз и эффект; {SEVERAL}")
    advice = _area("Что сделать заранее", 500, required=False)
    audience = _line("Кому говорим", 200, required=False)
    message = _area(
        "Заготовка текста",
        4000,
        5,
        required=False,
        help_text="пропуски оставляйте в скобках: [телефон дежурного]",
    )
    check_words = _line("Что сверить перед публикацией", 300, required=False)

    def prepare(self) -> None:
        offer_rows(self, "topics", Topic.objects.filter(is_open=True).order_by("title"))

    @staticmethod
    def of_threat(threat: Threat, here: tuple[str, str]) -> dict[str, Any]:
        """What the form opens with; `here` are the days «MM-DD» as they fall in this climate."""
        plain = (
            "title",
            "kind",
            "warn_weeks",
            "gist",
            "topics",
            "advice",
            "audience",
            "message",
            "check_words",
        )
        begin, end = (one.split("-") for one in here)
        return {
            **{name: getattr(threat, name) for name in plain},
            "begin_month": int(begin[0]),
            "begin_day": int(begin[1]),
            "end_month": int(end[0]),
            "end_day": int(end[1]),
        }

    def told(self) -> ThreatText:
        """The threat as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        return ThreatText(
            title=data["title"],
            kind=data["kind"],
            gist=data["gist"],
            begins=f"{data['begin_month']:02d}-{data['begin_day']:02d}",
            ends=f"{data['end_month']:02d}-{data['end_day']:02d}",
            warn_weeks=data["warn_weeks"],
            advice=data["advice"],
            audience=data["audience"],
            message=data["message"],
            check_words=data["check_words"],
            topics=[one.key for one in data["topics"]],
        )


class CampaignForm(DeedForm):
    """The head of a campaign: aim, audience, places, days, who answers, what is counted."""

    title = _line("Название", 200)
    aim = _area("Цель", 500, help_text="что должны узнать и сделать жители")
    ground = _area("Почему нужна", 500)
    audience = _line("Кому говорим", 300)
    places = _line("Где, словами", 300, required=False)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Отвечает", required=False, empty_label="выберите должность"
    )
    since = _day("Кампания с")
    until = _day("по")
    topics = _topics("Темы обращений", f"по ним считаем, сколько обращений предупредили; {SEVERAL}")
    settlements: "forms.ModelMultipleChoiceField[Settlement]" = forms.ModelMultipleChoiceField(
        Settlement.objects.none(),
        label="Места",
        required=False,
        help_text=f"пусто — весь муниципалитет; {SEVERAL}",
    )
    watch_since = _day("Считаем обращения с")
    watch_until = _day("по")

    def prepare(self) -> None:
        offer_rows(self, "post", posts_of(self.municipality))
        offer_rows(self, "topics", Topic.objects.filter(is_open=True).order_by("title"))
        places = Settlement.objects.filter(municipality=self.municipality).order_by("name")
        offer_rows(self, "settlements", places)

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        data: dict[str, Any] = super().clean() or {}
        for begin, end in (("since", "until"), ("watch_since", "watch_until")):
            if data.get(begin) and data.get(end) and data[begin] > data[end]:
                self.add_error(end, "Конец раньше начала: поменяйте дни.")
        return data

    @staticmethod
    def of_campaign(campaign: Campaign) -> dict[str, Any]:
        """What the form of a draft opens with."""
        plain = (
            "title",
            "aim",
            "ground",
            "audience",
            "places",
            "since",
            "until",
            "watch_since",
            "watch_until",
        )
        return {
            **{name: getattr(campaign, name) for name in plain},
            "post": campaign.post_id,
            "topics": campaign.topics,
            "settlements": campaign.settlements,
        }

    def told(self) -> CampaignText:
        """The head as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        return CampaignText(
            title=data["title"],
            aim=data["aim"],
            audience=data["audience"],
            ground=data["ground"],
            run=Period(data["since"], data["until"]),
            watch=Period(data["watch_since"], data["watch_until"]),
            topics=[one.key for one in data["topics"]],
            settlements=[one.pk for one in data["settlements"]],
            places=data["places"],
            post=data["post"],
        )


class StepForm(DeedForm):
    """A step: a post on pages or a deed off the network."""

    kind = forms.ChoiceField(label="Вид", choices=list(STEP_KINDS.items()))
    title = _line("Что делаем", 200)
    text = _area(
        "Текст",
        4000,
        6,
        required=False,
        help_text="для записи — обязательно; пропуски в скобках заполните до отправки",
    )
    pages: "forms.ModelMultipleChoiceField[OfficialPage]" = forms.ModelMultipleChoiceField(
        OfficialPage.objects.none(),
        label="Страницы",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="только для записи",
    )
    day = _day("День")
    hour = forms.TimeField(
        label="Время", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="10:00"
    )
    audience = _line("Кому", 200, required=False)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто делает", required=False, empty_label="ответственный за кампанию"
    )

    def prepare(self) -> None:
        offer_rows(self, "pages", open_pages(self.municipality))
        offer_rows(self, "post", posts_of(self.municipality))

    @staticmethod
    def of_step(step: CampaignStep) -> dict[str, Any]:
        """What the form of a planned step opens with."""
        local = step.at.astimezone(ZoneInfo(step.municipality.time_zone))
        return {
            **{name: getattr(step, name) for name in ("kind", "title", "text", "audience")},
            "pages": [one.pk for one in step.pages.all()],
            "post": step.post_id,
            "day": local.date(),
            "hour": local.time(),
        }

    def told(self) -> StepText:
        """The step as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        day: date = data["day"]
        return StepText(
            kind=data["kind"],
            title=data["title"],
            at=datetime.combine(day, data["hour"], ZoneInfo(self.municipality.time_zone)),
            text=data["text"],
            audience=data["audience"],
            pages=list(data["pages"]) if data["kind"] == "post" else [],
            post=data["post"],
        )


class SendForm(DeedForm):
    """Whose visas are asked; none: straight to approval."""

    posts: "forms.ModelMultipleChoiceField[Post]" = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label="Согласуют",
        required=False,
        help_text=f"пусто — сразу на утверждение; {SEVERAL}",
    )

    def prepare(self) -> None:
        held = held_posts(self.municipality).values("post")
        offer_rows(self, "posts", posts_of(self.municipality).filter(pk__in=held))


class CallForm(DeedForm):
    """A topic that needs a campaign, as a person sees it."""

    topic = forms.ModelChoiceField(Topic.objects.none(), label="Тема", empty_label="выберите тему")
    why = _area("Почему нужна кампания", 500)
    since = _day("Угроза с")
    until = _day("по")

    def prepare(self) -> None:
        offer_rows(self, "topic", Topic.objects.filter(is_open=True).order_by("title"))
