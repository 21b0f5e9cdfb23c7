"""The form of an auto-rule and its conditions in words."""

from typing import Any

from django import forms

from otklik.accounts.models import Body
from otklik.cases.states import KINDS
from otklik.channels.selectors import channels_of
from otklik.common.models import Municipality
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.places.models import Settlement
from otklik.routing.models import Rule
from otklik.routing.services import RuleText
from otklik.topics.groups import GROUP_TITLES
from otklik.topics.models import Topic

LISTS = ("topics", "groups", "settlements", "channels", "kinds")
NAMES = {
    "topics": "тема",
    "groups": "группа тем",
    "settlements": "населённый пункт",
    "channels": "канал",
    "kinds": "вид",
    "words": "слова",
    "urgency": "срочность",
    "hours": "часы",
}


def _many(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, help_text="несколько — с Ctrl; пусто — любые"
    )


class RuleForm(DeedForm):
    """Conditions, body, what else the rule sets. Words are separated by commas."""

    title = forms.CharField(label="Название", max_length=200, help_text="что и кому передаёт")
    body = forms.ModelChoiceField(Body.objects.none(), label="Кому передать", empty_label="выберите орган")
    co_bodies = forms.ModelMultipleChoiceField(Body.objects.none(), label="Соисполнители", required=False)
    topics = _many("Темы")
    groups = _many("Группы тем")
    settlements = _many("Населённые пункты")
    channels = _many("Каналы")
    kinds = _many("Вид")
    words = forms.CharField(
        label="Слова в тексте",
        required=False,
        max_length=500,
        help_text="через запятую; достаточно одного из них",
    )
    hours_from = forms.TimeField(
        label="Часы с", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    hours_to = forms.TimeField(
        label="Часы до", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    urgency = forms.ChoiceField(
        label="Срочность", required=False, choices=[("", "не менять"), ("high", "срочно")]
    )
    fast_track = forms.BooleanField(label="ускоренное решение", required=False)
    position = forms.IntegerField(
        label="Порядок", required=False, min_value=0, help_text="правила пробуются по порядку, решает первое"
    )

    def prepare(self) -> None:
        offer_rows(self, "body", self.own_bodies())
        offer_rows(self, "co_bodies", self.own_bodies())
        topics = Topic.objects.filter(is_open=True)
        choices = {
            "topics": [(one.key, one.title) for one in topics],
            "groups": [
                (key, title) for key, title in GROUP_TITLES.items() if key in {one.group for one in topics}
            ],
            "settlements": [
                (one.name, str(one)) for one in Settlement.objects.filter(municipality=self.municipality)
            ],
            "channels": [(one.key, one.title) for one in channels_of(self.municipality)],
            "kinds": KINDS,
        }
        for name, found in choices.items():
            offer_words(self, name, found)

    @staticmethod
    def values_of(rule: Rule) -> dict[str, Any]:
        """What the form opens with for an existing rule."""
        hours = rule.conditions.get("hours") or ["", ""]
        return {
            "title": rule.title,
            "body": rule.body_id,
            "co_bodies": [body.pk for body in rule.co_bodies.all()],
            "urgency": rule.urgency,
            "fast_track": rule.fast_track,
            "position": rule.position,
            "words": ", ".join(rule.conditions.get("words", [])),
            "hours_from": hours[0],
            "hours_to": hours[1],
            **{name: rule.conditions.get(name, []) for name in LISTS},
        }

    def text(self) -> RuleText:
        """The rule as the service takes it."""
        data = self.cleaned_data
        conditions: dict[str, Any] = {name: list(data[name]) for name in LISTS}
        conditions["words"] = [word.strip().lower() for word in data["words"].split(",") if word.strip()]
        if data["hours_from"] and data["hours_to"]:
            conditions["hours"] = [f"{data['hours_from']:%H:%M}", f"{data['hours_to']:%H:%M}"]
        return RuleText(
            title=data["title"],
            conditions=conditions,
            body=data["body"],
            co_bodies=list(data["co_bodies"]),
            urgency=data["urgency"],
            fast_track=data["fast_track"],
            position=data["position"],
        )


def words_of_conditions(conditions: dict[str, Any], municipality: Municipality) -> str:
    """«тема: уличное освещение; слова: фонарь»."""
    titles = dict(Topic.objects.filter(key__in=conditions.get("topics", [])).values_list("key", "title"))
    titles |= GROUP_TITLES
    said = []
    for name, value in conditions.items():
        if not value:
            continue
        values = value if isinstance(value, list) else [value]
        separator = "–" if name == "hours" else ", "
        said.append(f"{NAMES.get(name, name)}: {separator.join(titles.get(one, str(one)) for one in values)}")
    return "; ".join(said) or "без условий"
