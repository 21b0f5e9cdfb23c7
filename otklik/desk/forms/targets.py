"""Forms of targets: handing down, changing, directions of development."""

from datetime import date
from typing import Any

from django import forms

from otklik.accounts.models import Post
from otklik.analytics.measures import MEASURES
from otklik.analytics.targets.selectors import measures_to_plan, posts_of
from otklik.analytics.targets.services import Plan
from otklik.common.period import Period
from otklik.common.periods import month_of, quarter_of, say_period, write_period, year_of
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.desk.periods import told_period
from otklik.topics.models import Block


def periods_ahead(today: date) -> list[Period]:
    """Periods a plan is usually for: the quarters of this year and of the next, years, this month and the next."""
    months = [month_of(today.year, today.month)]
    after = months[0].until.toordinal() + 1
    following = date.fromordinal(after)
    months.append(month_of(following.year, following.month))
    years = (today.year, today.year + 1)
    quarters = [quarter_of(year, quarter) for year in years for quarter in range(1, 5)]
    return [one for one in [*quarters, *map(year_of, years), *months] if one.until >= today]


class TargetForm(DeedForm):
    """What is planned, for which days, for whom."""

    measure = forms.ChoiceField(label="Показатель")
    block = forms.ChoiceField(label="Блок", required=False)
    period = forms.ChoiceField(label="Период")
    edge = forms.ChoiceField(
        label="План", choices=[("floor", "не ниже"), ("ceiling", "не выше")], required=False
    )
    plan = forms.FloatField(label="Число", min_value=0, localize=True)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто отвечает", required=False, empty_label="весь центр"
    )
    ground = forms.CharField(
        label="Основание", required=False, max_length=300, help_text="документ, дата, номер"
    )

    today: date | None = None

    def prepare(self) -> None:
        measures = self.fields["measure"]
        if isinstance(measures, forms.ChoiceField):
            measures.choices = [(title, list(group)) for title, group in measures_to_plan()]
        blocks = Block.objects.filter(municipality=self.municipality).values_list("key", "title")
        offer_words(self, "block", [("", "все"), *blocks])
        offer_rows(self, "post", posts_of(self.municipality))

    def offer_periods(self, today: date) -> "TargetForm":
        """Let choose among the periods that are not over yet."""
        offer_words(self, "period", [(write_period(one), say_period(one)) for one in periods_ahead(today)])
        return self

    def clean_period(self) -> Period | None:
        return told_period(self.cleaned_data["period"])

    def told(self) -> Plan:
        """The plan as the service takes it; a measure that has a good side keeps it unless another is said."""
        data: dict[str, Any] = self.cleaned_data
        usual = "ceiling" if MEASURES[data["measure"]].direction == "down" else "floor"
        return Plan(
            data["measure"],
            data["block"],
            data["period"],
            data["plan"],
            (data["edge"] or usual) == "floor",
            data["post"],
            data["ground"],
        )


class ChangeForm(DeedForm):
    """Another number or post, and why."""

    plan = forms.FloatField(label="Новый план", min_value=0, localize=True)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто отвечает", required=False, empty_label="весь центр"
    )
    why = forms.CharField(label="Почему", max_length=300)

    def prepare(self) -> None:
        offer_rows(self, "post", posts_of(self.municipality))


class DirectionForm(DeedForm):
    """A direction of development."""

    text = forms.CharField(label="Направление", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    ground = forms.CharField(label="Основание", required=False, max_length=300)
