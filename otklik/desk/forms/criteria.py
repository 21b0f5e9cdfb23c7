"""The form of a criterion of the automatic analysis."""

from typing import Any, ClassVar

from django import forms

from otklik.analytics.criteria.models import Criterion
from otklik.analytics.criteria.rules import COMPARISONS, MOST_WINDOW
from otklik.analytics.criteria.selectors import roles_to_tell
from otklik.analytics.criteria.services import CriterionText, check_text
from otklik.analytics.criteria.words import CUTS
from otklik.analytics.measures import GROUPS
from otklik.channels.selectors import channels_of
from otklik.common.errors import Refused
from otklik.common.words import capitalised
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_words


class CriterionForm(DeedForm):
    """What is measured, what it is cut by, what is compared, who is told."""

    STARTS: ClassVar[dict[str, Any]] = {
        "measure": "repeated_count",
        "cut": "topic",
        "comparison": "growth",
        "limit": 30,
        "window_days": 7,
        "least": 3,
    }

    title = forms.CharField(
        label="Название", max_length=160, help_text="так находка будет названа в уведомлении"
    )
    measure = forms.ChoiceField(label="Показатель")
    cut = forms.ChoiceField(label="Разложить", required=False)
    channels = forms.MultipleChoiceField(
        label="Только каналы", required=False, help_text="несколько — с Ctrl; пусто — все каналы"
    )
    comparison = forms.ChoiceField(label="Сообщить, когда показатель")
    limit = forms.FloatField(
        label="Порог",
        min_value=0,
        help_text="проценты или число; для необычного дня 0",
    )
    window_days = forms.IntegerField(
        label="Окно, дней", min_value=1, max_value=MOST_WINDOW, help_text="внутри окна находка не повторяется"
    )
    least = forms.IntegerField(
        label="Не меньше карточек", min_value=1, help_text="на меньшем числе показателю верить рано"
    )
    roles = forms.MultipleChoiceField(label="Кому сообщить", help_text="роли положения; несколько — с Ctrl")

    def prepare(self) -> None:
        measures = self.fields["measure"]
        if isinstance(measures, forms.ChoiceField):
            measures.choices = [
                (title, [(one.key, f"{one.title}, {one.unit}") for one in group if one.unit != "на 1000"])
                for title, group in GROUPS.items()
            ]
        offer_words(self, "cut", [(key, title or "не раскладывать") for key, title in CUTS.items()])
        offer_words(self, "channels", [(one.key, one.title) for one in channels_of(self.municipality)])
        offer_words(self, "comparison", COMPARISONS.items())
        offer_words(
            self, "roles", [(key, capitalised(title)) for key, title in roles_to_tell(self.municipality)]
        )

    def clean(self) -> dict[str, Any]:
        """What no criterion may be, said in the service's own words."""
        data = super().clean() or {}
        if not self.errors:
            try:
                check_text(self.text())
            except Refused as refusal:
                self.add_error(None, str(refusal))
        return data

    @staticmethod
    def values_of(criterion: Criterion) -> dict[str, Any]:
        """What the form opens with for an existing criterion."""
        names = (
            "title",
            "measure",
            "cut",
            "channels",
            "comparison",
            "limit",
            "window_days",
            "least",
            "roles",
        )
        return {name: getattr(criterion, name) for name in names}

    def text(self) -> CriterionText:
        """The criterion as the service takes it."""
        return CriterionText(**self.cleaned_data)
