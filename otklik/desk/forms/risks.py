"""Forms of the card of a risk: its head, its level, the records of the procedure."""

from typing import Any

from django import forms

from otklik.accounts.models import Body, Post
from otklik.accounts.selectors import bodies_of
from otklik.analytics.targets.selectors import posts_of
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.desk.forms.problems import words_field
from otklik.outreach.models import OfficialPage
from otklik.outreach.selectors import open_pages
from otklik.places.models import Settlement
from otklik.risks.models import WatchedPage
from otklik.risks.selectors import levels_of, watched_pages
from otklik.risks.services import Figures, Level, Observed, Seen
from otklik.risks.words import (
    ANSWERS,
    KINDS,
    MEASURE_KINDS,
    PLACES,
    REACH_MARKS,
    SOURCES,
    SPREAD,
    TONES,
    VERDICTS,
)
from otklik.topics.models import Topic

MOST = 1_000_000_000
"""Nobody is read by more."""
OPTIONAL_LINK = "https://…; страницу человека в алерт-чат не отправим"


def count_field(label: str) -> forms.IntegerField:
    """A figure of reach: empty where nobody knows it."""
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)


def moment_field(label: str, help_text: str = "") -> forms.DateTimeField:
    """A moment picked from a calendar and a clock, in the town's own time."""
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=picker,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help_text=help_text,
    )


class ReachForm(DeedForm):
    """How far it went by now; at least one figure."""

    views = count_field("Просмотров")
    reactions = count_field("Реакций")
    comments = count_field("Комментариев")
    reposts = count_field("Перепостов")

    def figures(self) -> Figures:
        """Figures as the services take them."""
        names = ("views", "reactions", "comments", "reposts")
        return Figures(**{name: self.cleaned_data.get(name) for name in names})


class MeasuredForm(ReachForm):
    """A measure of reach with its mark."""

    mark = forms.ChoiceField(label="Какой замер", choices=list(REACH_MARKS.items()), initial="other")


class LevelForm(DeedForm):
    """A level of the charter with its criteria and the reason."""

    level = forms.ChoiceField(label="Уровень", widget=forms.RadioSelect)
    criteria = forms.MultipleChoiceField(
        label="Признаки уровня", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = words_field(
        "Почему такой уровень", 500, required=False, help_text="пусто — по отмеченным признакам"
    )

    def prepare(self) -> None:
        self.levels = levels_of(self.municipality)
        offer_words(self, "level", [(key, one.title) for key, one in self.levels.items()])
        offered = [(text, text) for one in self.levels.values() for text in one.criteria]
        offer_words(self, "criteria", list(dict.fromkeys(offered)))

    def graded(self) -> Level:
        """The level as the services take it: criteria of other levels are left out."""
        data: dict[str, Any] = self.cleaned_data
        own = self.levels[data["level"]].criteria
        return Level(data["level"], data["reason"], [one for one in data["criteria"] if one in own])


class RiskForm(DeedForm):
    """The head of a card: what, from where, where, who leads it."""

    title = forms.CharField(label="Тема", max_length=200, help_text="одной строкой: о чём слух")
    gist = words_field("Суть", 1000, 3, help_text="что утверждают; имена и телефоны жителей скроем сами")
    kind = forms.ChoiceField(label="Что это", choices=list(KINDS.items()))
    source = forms.ChoiceField(label="Откуда", choices=list(SOURCES.items()))
    page = forms.ModelChoiceField(
        WatchedPage.objects.none(), label="Страница", required=False, empty_label="не из списка"
    )
    link = forms.CharField(label="Ссылка", max_length=500, required=False, help_text=OPTIONAL_LINK)
    text = words_field("Копия записи", 8000, 4, required=False, help_text="сохраним без личных данных")
    file = forms.FileField(label="Снимок экрана", required=False)
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label="Тема справочника", required=False, empty_label="не выбрана"
    )
    settlement = forms.ModelChoiceField(
        Settlement.objects.none(), label="Место", required=False, empty_label="весь муниципалитет"
    )
    place_words = forms.CharField(label="Место точнее", max_length=200, required=False)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто отвечает", required=False, empty_label="не названа"
    )

    def prepare(self) -> None:
        town = self.municipality
        offer_rows(self, "page", watched_pages(town))
        offer_rows(self, "topic", Topic.objects.filter(is_open=True).order_by("title"))
        offer_rows(self, "settlement", Settlement.objects.filter(municipality=town).order_by("name"))
        offer_rows(self, "post", posts_of(town))

    def told(self, **more: Any) -> Seen:
        """What was seen, as the services take it; `more` is what it was found by."""
        data: dict[str, Any] = self.cleaned_data
        names = ("title", "gist", "kind", "source", "page", "link", "text", "topic", "settlement")
        told = {name: data[name] for name in (*names, "place_words", "post") if name in data}
        return Seen(**{**told, **more})


class VerifyForm(DeedForm):
    """Whether it is so, and on which grounds."""

    verdict = forms.ChoiceField(label="Итог", choices=list(VERDICTS.items()), widget=forms.RadioSelect)
    grounds = words_field("На каком основании", 1000, 3, help_text="документ, проба, осмотр, чей ответ")
    asked = forms.CharField(label="У кого проверено", max_length=300, required=False, help_text="должности")
    file = forms.FileField(label="Документ", required=False)


class UnknownForm(DeedForm):
    """What nobody knows yet, and who was told of it."""

    text = words_field("Что неизвестно", 500)
    told_to = forms.CharField(
        label="Кого уведомили", max_length=300, required=False, help_text="должность; пусто — орган из списка"
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Орган", required=False, empty_label="не из списка"
    )

    def prepare(self) -> None:
        offer_rows(self, "body", bodies_of(self.municipality))


class MeasureForm(DeedForm):
    """A measure taken already, or planned by a moment."""

    kind = forms.ChoiceField(label="Мера", choices=list(MEASURE_KINDS.items()), widget=forms.RadioSelect)
    text = words_field("Что", 500)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто отвечает", required=False, empty_label="не названа"
    )
    due_at = moment_field("К сроку", "для запланированной")

    def prepare(self) -> None:
        offer_rows(self, "post", posts_of(self.municipality))


class TellForm(DeedForm):
    """An administration, a post or a service told of the risk."""

    whom = forms.CharField(label="Кому", max_length=200, help_text="должность, орган, служба")
    way = forms.CharField(
        label="Каким путём", max_length=100, required=False, help_text="звонок, письмо, чат"
    )
    words = words_field("Что сказано", 500, required=False)


class AnswerForm(DeedForm):
    """The official text and the pages it goes to by the content plan."""

    kind = forms.ChoiceField(label="Что это", choices=list(ANSWERS.items()), widget=forms.RadioSelect)
    text = words_field("Официальный текст", 8000, 6, help_text="по фактам проверки; без имён жителей")
    pages = forms.ModelMultipleChoiceField(
        OfficialPage.objects.none(),
        label="Разместить на страницах",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="уйдёт в контент-план на согласование; пусто — разместите сами и запишите ссылки",
    )

    def prepare(self) -> None:
        pages = open_pages(self.municipality)
        offer_rows(self, "pages", pages)
        if not pages.exists():
            del self.fields["pages"]


class PlaceForm(DeedForm):
    """Where the answer stands."""

    kind = forms.ChoiceField(label="Где", choices=list(PLACES.items()))
    place = forms.CharField(label="Площадка", max_length=200, help_text="название страницы или издания")
    link = forms.CharField(label="Ссылка", max_length=500)
    at = moment_field("Когда размещено")
    is_first_word = forms.BooleanField(label="это только первое слово", required=False)


class ObserveForm(DeedForm):
    """What is seen of the reaction now."""

    spread = forms.ChoiceField(
        label="Распространение", choices=list(SPREAD.items()), widget=forms.RadioSelect
    )
    tone = forms.ChoiceField(label="Реакция", choices=list(TONES.items()), widget=forms.RadioSelect)
    comments = count_field("Новых отзывов")
    negative = count_field("Из них негативных")
    words = words_field("Что видели", 500, help_text="где смотрели и что там")
    links = words_field("Ссылки", 2000, required=False, help_text="по одной в строке")

    def observed(self) -> Observed:
        """The observation as the services take it; links stand one a line."""
        data: dict[str, Any] = self.cleaned_data
        links = [one.strip() for one in str(data["links"] or "").splitlines() if one.strip()]
        names = ("spread", "tone", "words", "comments", "negative")
        return Observed(**{name: data[name] for name in names}, links=links)


class CompensateForm(DeedForm):
    """A publication that makes up for the harm."""

    title = forms.CharField(label="О чём", max_length=200)
    place = forms.CharField(label="Где", max_length=200)
    link = forms.CharField(label="Ссылка", max_length=500)


class CloseForm(DeedForm):
    """What is added to the observation that proves the end."""

    words = words_field("Что ещё видно", 500, required=False, help_text="само наблюдение впишем сами")


class LessonForm(DeedForm):
    """What it grew from and what was learnt."""

    root_cause = words_field("Первопричина", 500)
    lesson = words_field("Урок", 500, help_text="что сделать, чтобы не повторилось")


class ReasonForm(DeedForm):
    """Why."""

    why = words_field("Почему", 500)


class RepeatForm(DeedForm):
    """A closed risk spreads again."""

    why = words_field("Что снова", 500, help_text="где появилось и что пишут")
    link = forms.CharField(label="Ссылка", max_length=500, required=False)


class LinkForm(DeedForm):
    """A case or a problem the risk is tied to."""

    case = forms.CharField(label="Номер карточки", max_length=40, required=False)
    problem = forms.CharField(label="Номер проблемы", max_length=40, required=False)


class EffectForm(DeedForm):
    """What changed after a publication."""

    effect = words_field("Что изменилось", 500)


class LearnForm(DeedForm):
    """What became known."""

    answer = words_field("Что выяснилось", 500)


class ControlForm(DeedForm):
    """The control mark of a place."""

    stands = forms.BooleanField(required=False)
    seen = forms.CharField(max_length=300, required=False)
